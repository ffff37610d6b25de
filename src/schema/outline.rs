//! The levels of the outline: what a heading of each is called, how it is numbered, and what may
//! stand under it.

use std::ops::Deref;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{HeadingId, Table};
use crate::text::numeral::Numeral;

/// What stands in a pattern for the printed number of the heading above.
pub const UP: &str = "{up}";

/// A level of headings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Level {
    /// What a heading of it is called: 政策分野.
    pub word: String,
    /// The pattern of its printed numbers, with one placeholder such as `{1}` or `{Ⅰ}`, and
    /// [`UP`]; empty for headings without a number.
    pub number: String,
    /// Each of its headings but the first begins a page.
    pub page_break: bool,
    /// Its headings are printed; else they only give an order.
    pub printed: bool,
    /// Measures may stand under its headings.
    pub measures: bool,
    /// KPIs may.
    pub kpis: bool,
    /// The forms have a column for it.
    pub column: bool,
}

/// The levels of an edition, the topmost first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Levels(Vec<Level>);

impl Default for Levels {
    /// Those of the standard edition: 柱 and 分野.
    fn default() -> Self {
        Self(vec![
            Level {
                word: "柱".into(),
                number: "{1}".into(),
                page_break: true,
                printed: true,
                measures: false,
                kpis: false,
                column: false,
            },
            Level {
                word: "分野".into(),
                number: "{up}({1})".into(),
                page_break: false,
                printed: true,
                measures: true,
                kpis: true,
                column: true,
            },
        ])
    }
}

impl Deref for Levels {
    type Target = [Level];

    fn deref(&self) -> &[Level] {
        &self.0
    }
}

impl From<Vec<Level>> for Levels {
    fn from(levels: Vec<Level>) -> Self {
        Self(levels)
    }
}

impl Level {
    /// Whether entries of a table may stand under its headings.
    pub fn holds(&self, table: Table) -> bool {
        match table {
            Table::Measures => self.measures,
            Table::Kpis => self.kpis,
        }
    }

    /// The number of a heading under one whose printed number is `up`.
    pub fn printed_number(&self, up: &str, number: u32) -> String {
        let with_up = self.number.replace(UP, up);
        let numeral = placeholder(&self.number);
        match numeral {
            Some(numeral) => {
                with_up.replace(&format!("{{{}}}", numeral.sign()), &numeral.write(number))
            }
            None => with_up,
        }
    }

    /// The number with digits in place of its numeral: 目標1 for 目標Ⅰ.
    pub fn number_in_digits(&self, number: u32) -> Option<String> {
        let sign = format!("{{{}}}", placeholder(&self.number)?.sign());
        Some(self.number.replace(&sign, &number.to_string()))
    }

    /// The number where the heading stands under the other: one in brackets behind that of the
    /// heading above is printed without it, (1) under 1.
    pub fn number_in_place(&self, up: &str, number: u32) -> String {
        let rest = self.number.strip_prefix(UP).filter(|rest| rest.starts_with(['(', '（']));
        match rest {
            Some(rest) => {
                Self { number: rest.to_owned(), ..self.clone() }.printed_number(up, number)
            }
            None => self.printed_number(up, number),
        }
    }
}

/// The numeral that a pattern asks for; `None` where it has no placeholder of a number.
pub fn placeholder(pattern: &str) -> Option<Numeral> {
    Numeral::ALL.into_iter().find(|numeral| pattern.contains(&format!("{{{}}}", numeral.sign())))
}

impl Levels {
    /// Whether they are those of the standard edition.
    pub fn is_standard(&self) -> bool {
        *self == Self::default()
    }

    /// The level of a depth, which counts from 1.
    pub fn level(&self, depth: usize) -> Option<&Level> {
        self.get(depth.checked_sub(1)?)
    }

    /// The number of a heading by the patterns alone: as it is printed where it stands, and whole.
    pub fn numbers(&self, id: HeadingId) -> (String, String) {
        let (mut in_place, mut whole) = (String::new(), String::new());
        for (level, &own) in self.iter().zip(id.numbers()) {
            in_place = level.number_in_place(&whole, own);
            whole = level.printed_number(&whole, own);
        }
        (in_place, whole)
    }

    /// What a heading of a depth is called.
    pub fn word(&self, depth: usize) -> &str {
        self.level(depth).map_or("", |level| &level.word)
    }

    /// Whether entries of a table may stand at a depth.
    pub fn hold(&self, depth: usize, table: Table) -> bool {
        self.level(depth).is_some_and(|level| level.holds(table))
    }

    /// The depths at which entries of a table may stand.
    pub fn depths(&self, table: Table) -> impl DoubleEndedIterator<Item = usize> {
        (1..=self.len()).filter(move |&depth| self.hold(depth, table))
    }

    /// Whether entries of a table may stand anywhere: else the edition has no such table.
    pub fn have(&self, table: Table) -> bool {
        self.depths(table).next().is_some()
    }

    /// The lowest depth at which entries of a table may stand; 0 where they may nowhere.
    pub fn lowest(&self, table: Table) -> usize {
        self.depths(table).next_back().unwrap_or(0)
    }

    /// What the place of an entry of a table is called: the word of the lowest level that holds
    /// it, else of the lowest of all.
    pub fn place_word(&self, table: Table) -> &str {
        match self.lowest(table) {
            0 => self.word(self.len()),
            depth => self.word(depth),
        }
    }

    /// The depths that the form of a table has a column of its own for, the topmost first. The
    /// last is the entry's place. Beside columns of other levels, one that holds entries itself has
    /// its own too: nothing else could name them.
    pub fn columns(&self, table: Table) -> Vec<usize> {
        let lowest = self.lowest(table);
        let is_asked = |depth: usize| self.level(depth).is_some_and(|level| level.column);
        let several = (1..lowest).any(is_asked);
        let mut depths: Vec<usize> = (1..lowest)
            .filter(|&depth| is_asked(depth) || several && self.hold(depth, table))
            .collect();
        if lowest > 0 {
            depths.push(lowest);
        }
        depths
    }

    /// The words of the levels that hold entries: 「分野」.
    pub fn all_place_words(&self) -> String {
        let holding = self.iter().filter(|level| level.measures || level.kpis);
        holding.map(|level| level.word.as_str()).collect::<Vec<_>>().join("・")
    }

    /// All words in one, with a sign between: 「柱・分野」.
    pub fn words(&self, sign: &str) -> String {
        self.iter().map(|level| level.word.as_str()).collect::<Vec<_>>().join(sign)
    }
}

/// A number and the title behind it, as they are written in a line: a space parts them, a wide one
/// behind a wide sign.
pub fn label(number: &str, title: &str) -> String {
    match (number.chars().next_back(), title) {
        (None, title) => title.to_owned(),
        (Some(_), "") => number.to_owned(),
        (Some('／'), title) => format!("{number}{title}"),
        (Some(last), title) if last.is_ascii() => format!("{number} {title}"),
        (Some(_), title) => format!("{number}　{title}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(number: &str) -> Level {
        let Some(level) = Levels::default().first().cloned() else { unreachable!("it has two") };
        Level { number: number.into(), ..level }
    }

    #[test]
    fn a_number_is_printed_by_its_pattern() {
        for (pattern, full, in_place) in [
            ("{1}", "2", "2"),
            ("{up}({1})", "3(2)", "(2)"),
            ("{up}（{１}）", "3（２）", "（２）"),
            ("{up}-{1}", "3-2", "3-2"),
            ("政策({1})", "政策(2)", "政策(2)"),
            ("施策の展開{①}", "施策の展開②", "施策の展開②"),
            ("第{一}章", "第二章", "第二章"),
            ("{Ⅰ}", "Ⅱ", "Ⅱ"),
            ("", "", ""),
        ] {
            assert_eq!(level(pattern).printed_number("3", 2), full);
            assert_eq!(level(pattern).number_in_place("3", 2), in_place);
        }
    }

    #[test]
    fn the_standard_levels_are_two_and_the_lower_holds_all() {
        let levels = Levels::default();
        assert!(levels.is_standard());
        for table in Table::ALL {
            assert_eq!((levels.lowest(table), levels.place_word(table)), (2, "分野"));
            assert_eq!(levels.columns(table), [2]);
        }
        assert_eq!(levels.words("・"), "柱・分野");
    }

    #[test]
    fn a_label_parts_number_and_title() {
        for (number, title, expected) in [
            ("1", "暮らし", "1 暮らし"),
            ("1(1)", "暮らし", "1(1) 暮らし"),
            ("Ⅰ", "暮らし", "Ⅰ　暮らし"),
            ("", "暮らし", "暮らし"),
            ("第1章", "", "第1章"),
        ] {
            assert_eq!(label(number, title), expected);
        }
    }
}
