//! Findings: what is said about a place in a submission, and the rules that say it.
//!
//! Every rule has one static [`Rule`] that names and explains it; every [`Finding`] points back
//! to its rule. Messages follow one grammar: a short phrase without a full stop, `found` and
//! `expected` apart from it, the remedy in `help`. Both languages are written where the finding
//! is made, so that no renderer has to translate.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How much a finding matters.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Stops an official build.
    Error,
    /// Is shown.
    Warning,
    /// Is shown on request.
    Info,
}

impl Severity {
    /// The word that users see.
    pub fn say(self) -> Say {
        match self {
            Self::Error => Say::new("エラー", "error"),
            Self::Warning => Say::new("警告", "warning"),
            Self::Info => Say::new("情報", "info"),
        }
    }
}

/// The same words in Japanese (what users see) and in English (`--lang en`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Say {
    pub ja: String,
    pub en: String,
}

impl Say {
    pub fn new(ja: impl Into<String>, en: impl Into<String>) -> Self {
        Self { ja: ja.into(), en: en.into() }
    }

    pub fn is_empty(&self) -> bool {
        self.ja.is_empty()
    }

    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Ja => &self.ja,
            Lang::En => &self.en,
        }
    }
}

/// Builds a [`Say`] from two format strings over the same captured variables.
#[macro_export]
macro_rules! say {
    ($ja:literal, $en:literal $(,)?) => {
        $crate::diag::Say { ja: format!($ja), en: format!($en) }
    };
}

/// The language of messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    #[default]
    Ja,
    En,
}

/// What `explain` prints of a rule. All texts but `title_en` are in Japanese.
#[derive(Debug)]
pub struct Rule {
    /// Letter of the group and a number: `K502`.
    pub code: &'static str,
    /// Kebab-case name: `kpi-measure-unknown`.
    pub name: &'static str,
    pub severity: Severity,
    /// Short phrase for lists: 「KPIの対象施策が見つからない」.
    pub title: &'static str,
    pub title_en: &'static str,
    /// What the rule looks at.
    pub what: &'static str,
    /// Why it matters.
    pub why: &'static str,
    /// How to mend it.
    pub mend: &'static str,
    /// An example of the fault and its mended form.
    pub example: &'static str,
    /// The source of the rule (guideline and section), or empty.
    pub source: &'static str,
}

impl Rule {
    /// A finding of this rule; the rest is set by the builder methods of [`Finding`].
    pub fn finding(&'static self, message: Say) -> Finding {
        Finding {
            rule: self,
            severity: self.severity,
            message,
            help: Say::default(),
            found: String::new(),
            expected: String::new(),
            text: String::new(),
            department: String::new(),
            entry: String::new(),
            place: Place::default(),
            more: Vec::new(),
            help_at_more: Say::default(),
            accepted: None,
        }
    }
}

/// A zero-based cell address, shown and stored as `F9`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellRef {
    pub row: u32,
    pub column: u32,
}

impl CellRef {
    pub const fn new(row: u32, column: u32) -> Self {
        Self { row, column }
    }

    /// The letters of a zero-based column: 0 → `A`, 27 → `AB`.
    pub fn column_letters(column: u32) -> String {
        let mut letters = Vec::new();
        let mut rest = u64::from(column) + 1;
        while rest > 0 {
            let digit = (rest - 1) % 26;
            letters.push(b'A' + digit as u8);
            rest = (rest - 1) / 26;
        }
        letters.iter().rev().map(|&b| char::from(b)).collect()
    }

    /// Reads `F9` (letters, then a one-based row; `$` signs are passed over).
    pub fn parse(text: &str) -> Option<Self> {
        let text: Cow<str> =
            if text.contains('$') { text.replace('$', "").into() } else { text.into() };
        let split = text.find(|c: char| c.is_ascii_digit())?;
        let (letters, digits) = text.split_at(split);
        if letters.is_empty() || letters.len() > 3 {
            return None;
        }
        let mut column = 0u32;
        for c in letters.chars() {
            if !c.is_ascii_alphabetic() {
                return None;
            }
            column = column * 26 + (c.to_ascii_uppercase() as u32 - 'A' as u32 + 1);
        }
        let row: u32 = digits.parse().ok()?;
        Some(Self { row: row.checked_sub(1)?, column: column - 1 })
    }
}

impl fmt::Display for CellRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", Self::column_letters(self.column), u64::from(self.row) + 1)
    }
}

impl Serialize for CellRef {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for CellRef {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Self::parse(&text)
            .ok_or_else(|| serde::de::Error::custom(format!("not a cell address: {text}")))
    }
}

impl JsonSchema for CellRef {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "CellRef".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": "^[A-Z]{1,3}[0-9]+$" })
    }
}

/// Where something stands: a cell of a sheet of a file, a sheet, a file, or a line of the
/// settings or of a template. An empty `file` means no place.
#[derive(
    Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
pub struct Place {
    /// File name without its folder.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub file: Arc<str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<Arc<str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cell: Option<CellRef>,
    /// One-based line of a text file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// One-based column of a text file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<u32>,
}

impl Place {
    pub fn file(file: &str) -> Self {
        Self { file: file.into(), ..Self::default() }
    }

    pub fn line(file: &str, line: u32) -> Self {
        Self { file: file.into(), line: Some(line), ..Self::default() }
    }

    pub fn sheet(file: &Arc<str>, sheet: &Arc<str>) -> Self {
        Self { file: file.clone(), sheet: Some(sheet.clone()), ..Self::default() }
    }

    pub fn cell(file: &Arc<str>, sheet: &Arc<str>, cell: CellRef) -> Self {
        Self { cell: Some(cell), ..Self::sheet(file, sheet) }
    }

    pub fn is_nowhere(&self) -> bool {
        self.file.is_empty()
    }

    /// Where in its file: `F9`, 「12行目」, 「12行目8桁」; nothing for the file as a whole.
    pub fn position(&self) -> Say {
        match (self.cell, self.line, self.column) {
            (Some(cell), ..) => say!("{cell}", "{cell}"),
            (None, Some(line), Some(column)) => {
                say!("{line}行目{column}桁", "line {line}:{column}")
            }
            (None, Some(line), None) => say!("{line}行目", "line {line}"),
            (None, None, _) => Say::default(),
        }
    }

    /// All of it: `01_総務部.xlsx「様式１　個別施策」F9`, 「edition.toml 12行目」.
    pub fn say(&self) -> Say {
        let file = Self { cell: None, line: None, column: None, ..self.clone() };
        let Say { ja, en } = self.position();
        let gap = if self.sheet.is_some() || ja.is_empty() { "" } else { " " };
        say!("{file}{gap}{ja}", "{file}{gap}{en}")
    }
}

impl fmt::Display for Place {
    /// In no language: `01_総務部.xlsx「様式１　個別施策」F9`, `edition.toml:12`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if let Some(sheet) = &self.sheet {
            write!(f, "「{sheet}」")?;
        }
        if let Some(cell) = self.cell {
            write!(f, "{cell}")?;
        }
        match (self.line, self.column) {
            (Some(line), Some(column)) => write!(f, ":{line}:{column}"),
            (Some(line), None) => write!(f, ":{line}"),
            _ => Ok(()),
        }
    }
}

/// What a rule says of a place.
#[derive(Clone, Debug)]
pub struct Finding {
    pub rule: &'static Rule,
    /// The rule's severity unless the settings or the case change it.
    pub severity: Severity,
    pub message: Say,
    pub help: Say,
    pub found: String,
    pub expected: String,
    /// The cell's text, where `found` is only a part of it.
    pub text: String,
    /// The department whose submission it is, or empty.
    pub department: String,
    /// The id of the entry in whose row it stands, or empty.
    pub entry: String,
    pub place: Place,
    /// Further places of the same cause.
    pub more: Vec<Place>,
    /// How the further places are mended, where that is not how the place itself is.
    pub help_at_more: Say,
    /// The reason, where the settings accept this finding.
    pub accepted: Option<String>,
}

impl Finding {
    pub fn at(mut self, place: &Place) -> Self {
        self.place = place.clone();
        self
    }

    pub fn also_at(mut self, places: impl IntoIterator<Item = Place>) -> Self {
        self.more.extend(places);
        self
    }

    pub fn found(mut self, found: impl Into<String>) -> Self {
        self.found = found.into();
        self
    }

    /// The whole text of the cell that `found` is a part of.
    pub fn within(mut self, text: impl Into<String>) -> Self {
        self.text = text.into();
        self
    }

    pub fn expected(mut self, expected: impl Into<String>) -> Self {
        self.expected = expected.into();
        self
    }

    pub fn help(mut self, help: Say) -> Self {
        self.help = help;
        self
    }

    pub fn help_at_more(mut self, help: Say) -> Self {
        self.help_at_more = help;
        self
    }

    pub fn of(mut self, department: impl Into<String>) -> Self {
        self.department = department.into();
        self
    }

    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// An error that nobody has accepted: it stops an official build.
    pub fn is_blocking(&self) -> bool {
        self.severity == Severity::Error && self.accepted.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cell_addresses_read_back_as_written() {
        for (row, column, text) in
            [(0, 0, "A1"), (8, 5, "F9"), (99, 26, "AA100"), (0, 16383, "XFD1")]
        {
            let cell = CellRef::new(row, column);
            assert_eq!(cell.to_string(), text);
            assert_eq!(CellRef::parse(text), Some(cell));
        }
        for bad in ["", "9", "F", "F0", "F9x", "ABCD1"] {
            assert_eq!(CellRef::parse(bad), None, "{bad}");
        }
    }
}
