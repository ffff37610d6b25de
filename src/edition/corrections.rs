//! `corrections.toml`: what the secretariat changes in submitted values, kept apart from them; as
//! plain data, and one more written into the file.

use std::ops::Range;

use toml::de::{DeTable, DeValue};
use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, Value, value};

use super::parse::text_of;
use super::reader::{Reader, Section};
use super::syntax;
use crate::diag::Finding;

/// The name of the file in an edition's folder.
pub const CORRECTIONS: &str = "corrections.toml";

/// What a new file begins with, so that who opens it knows what it is.
const HEAD: &str = "\
# 事務局の修正。提出された様式はそのままにして、ここに書いた修正を当ててから点検し、別冊を作ります。
# 「bessatsu correct」で書き足せます。やめる修正は「bessatsu correct ID 欄 --withdraw」で取り除けます。
";

/// What the secretariat changes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Corrections {
    pub texts: Vec<Correction>,
    pub decisions: Vec<Decision>,
}

impl Corrections {
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty() && self.decisions.is_empty()
    }
}

/// A text in the place of another: `[[correction]]`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Correction {
    /// The id of the entry.
    pub id: String,
    /// The label or key of its column.
    pub column: String,
    /// 誤: what stands in the form.
    pub from: String,
    /// 正
    pub to: String,
    pub grounds: Grounds,
    /// The line of its table.
    pub line: u32,
}

/// What is decided of one entry: `[[decision]]`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Decision {
    pub id: String,
    /// 掲載しない
    pub leave_out: bool,
    /// 再掲: the headings that it is listed under besides.
    pub list_again: Vec<String>,
    /// 掲載順
    pub order: Option<f64>,
    pub grounds: Grounds,
    pub line: u32,
}

/// Why, when and by whom.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grounds {
    pub reason: String,
    pub date: String,
    pub by: String,
}

/// What is to be written into the file.
#[derive(Clone, Debug, PartialEq)]
pub enum NewCorrection {
    Text(Correction),
    Decision(Decision),
}

/// Reads the file. Nothing comes of one that is no TOML; the findings say why.
pub fn read_corrections(bytes: &[u8]) -> (Option<Corrections>, Vec<Finding>) {
    match text_of(CORRECTIONS, bytes) {
        Ok(text) => parse(text),
        Err(finding) => (None, vec![*finding]),
    }
}

fn parse(text: &str) -> (Option<Corrections>, Vec<Finding>) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = Reader::new(CORRECTIONS, text);
    let (root, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        return (None, syntax::findings(&reader, &errors));
    }
    let mut top = Section::new(CORRECTIONS, root.get_ref(), 0..0);
    let texts = top.sections(&mut reader, "correction", "[[correction]]", correction);
    let decisions = top.sections(&mut reader, "decision", "[[decision]]", decision);
    top.finish(&mut reader);
    let mut findings = reader.findings;
    findings.sort_by_key(|f| (f.place.line, f.place.column));
    (Some(Corrections { texts, decisions }), findings)
}

fn correction(s: &mut Section, r: &mut Reader) -> Correction {
    Correction {
        id: s.text(r, "id"),
        column: s.text(r, "column"),
        from: s.text_as_written(r, "from"),
        to: s.text_as_written(r, "to"),
        grounds: grounds(s, r),
        line: s.line(r),
    }
}

fn decision(s: &mut Section, r: &mut Reader) -> Decision {
    Decision {
        id: s.text(r, "id"),
        leave_out: s.flag(r, "leave-out", false),
        list_again: s.texts(r, "list-again"),
        order: s.decimal(r, "order"),
        grounds: grounds(s, r),
        line: s.line(r),
    }
}

fn grounds(s: &mut Section, r: &mut Reader) -> Grounds {
    Grounds { reason: s.text(r, "reason"), date: s.date(r, "date"), by: s.text_or(r, "by", "") }
}

/// The text of the file with one more correction, or decision, behind all that is there, which stays
/// as it is, letter for letter. A file that is not there is an empty text.
///
/// # Errors
/// The text is no `corrections.toml`; the findings say where. It is not to be written over.
pub fn with_correction(bytes: &[u8], new: &NewCorrection) -> Result<String, Vec<Finding>> {
    let text = text_of(CORRECTIONS, bytes).map_err(|finding| vec![*finding])?;
    let (read, findings) = parse(text);
    if read.is_none() {
        return Err(findings);
    }
    let (key, fields) = match new {
        NewCorrection::Text(correction) => ("correction", fields_of_text(correction)),
        NewCorrection::Decision(decision) => ("decision", fields_of_decision(decision)),
    };
    let (bom, rest) = match text.strip_prefix('\u{feff}') {
        Some(rest) => ("\u{feff}", rest),
        None => ("", text),
    };
    let Ok(mut document) = rest.parse::<DocumentMut>() else { return Err(findings) };
    match document.get_mut(key) {
        // `correction = [{ … }]` has no room behind it.
        Some(Item::Value(Value::Array(tables))) => {
            tables.push(fields.into_iter().collect::<InlineTable>());
            return Ok(format!("{bom}{document}"));
        }
        Some(Item::ArrayOfTables(_)) | None => {}
        Some(_) => return Err(findings),
    }
    let head = if rest.trim().is_empty() { HEAD } else { "" };
    let end = if rest.is_empty() || rest.ends_with('\n') { "" } else { "\n" };
    let table: Table = fields.into_iter().map(|(key, of)| (key, value(of))).collect();
    let mut tables = ArrayOfTables::new();
    tables.push(table);
    let mut own = DocumentMut::new();
    own.insert(key, Item::ArrayOfTables(tables));
    Ok(format!("{text}{end}{head}\n{own}"))
}

/// The tables of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `[[correction]]`
    Texts,
    /// `[[decision]]`
    Decisions,
}

impl Kind {
    fn key(self) -> &'static str {
        match self {
            Self::Texts => "correction",
            Self::Decisions => "decision",
        }
    }
}

/// The text of the file without some of its corrections or decisions, which are counted from 0; all
/// else, comments among it, stays as it is, letter for letter.
///
/// # Errors
/// The text is no `corrections.toml`; the findings say where. It is not to be written over.
pub fn without_corrections(
    bytes: &[u8],
    kind: Kind,
    which: &[usize],
) -> Result<String, Vec<Finding>> {
    let text = text_of(CORRECTIONS, bytes).map_err(|finding| vec![*finding])?;
    let (read, findings) = parse(text);
    if read.is_none() {
        return Err(findings);
    }
    let (bom, rest) = match text.strip_prefix('\u{feff}') {
        Some(rest) => ("\u{feff}", rest),
        None => ("", text),
    };
    let Ok(mut document) = rest.parse::<DocumentMut>() else { return Err(findings) };
    // `correction = [{ … }]` is one value, from which its parts are taken.
    if let Some(Item::Value(Value::Array(tables))) = document.get_mut(kind.key()) {
        let mut at = 0;
        tables.retain(|_| {
            at += 1;
            !which.contains(&(at - 1))
        });
        return Ok(format!("{bom}{document}"));
    }
    let (root, _) = DeTable::parse_recoverable(rest);
    let tables = root.get_ref().get(kind.key()).and_then(|tables| tables.get_ref().as_array());
    let mut kept = rest.to_owned();
    // From the last to the first, so that what is before it stays where it is.
    let mut removed: Vec<usize> = which.to_vec();
    removed.sort_unstable_by(|a, b| b.cmp(a));
    for at in removed {
        let table = tables.and_then(|tables| tables.get(at));
        let lines = table.and_then(|table| lines_of(rest, table.span(), table.get_ref()));
        // Rather nothing is taken out than something else.
        let Some(lines) = lines else { return Err(findings) };
        kept.replace_range(lines, "");
    }
    Ok(format!("{bom}{kept}"))
}

/// The lines of a table, from its header to its last value, and the blank line that parts it from
/// what is next; `None` where the text has no such place.
fn lines_of(text: &str, header: Range<usize>, table: &DeValue) -> Option<Range<usize>> {
    let values = table.as_table().into_iter().flat_map(|table| table.iter());
    let last = values.map(|(_, value)| value.span().end).chain([header.end]).max();
    let begin = text.get(..header.start)?.rfind('\n').map_or(0, |end| end + 1);
    let behind = |at: usize| {
        let rest = text.get(at..)?;
        Some(rest.find('\n').map_or(text.len(), |end| at + end + 1))
    };
    let end = behind(last?)?;
    let next = behind(end)?;
    let is_blank = text.get(end..next)?.trim().is_empty();
    Some(begin..if is_blank { next } else { end })
}

type Fields = Vec<(&'static str, Value)>;

fn fields_of_text(correction: &Correction) -> Fields {
    let Correction { id, column, from, to, grounds, .. } = correction;
    let texts = [("id", id), ("column", column), ("from", from), ("to", to)];
    let fields = texts.into_iter().map(|(key, text)| (key, Value::from(text.as_str())));
    fields.chain(fields_of_grounds(grounds)).collect()
}

fn fields_of_decision(decision: &Decision) -> Fields {
    let mut fields: Fields = vec![("id", decision.id.as_str().into())];
    if decision.leave_out {
        fields.push(("leave-out", true.into()));
    }
    if !decision.list_again.is_empty() {
        let headings: Array = decision.list_again.iter().map(String::as_str).collect();
        fields.push(("list-again", headings.into()));
    }
    // A whole number is written as one, as a clerk would.
    fields.extend(decision.order.map(|order| match order {
        order if order.fract() == 0.0 && order.abs() < 1e9 => ("order", (order as i64).into()),
        order => ("order", order.into()),
    }));
    fields.extend(fields_of_grounds(&decision.grounds));
    fields
}

fn fields_of_grounds(grounds: &Grounds) -> Fields {
    let Grounds { reason, date, by } = grounds;
    let mut fields: Fields = vec![("reason", reason.as_str().into())];
    if !date.is_empty() {
        let dated = date.parse::<toml_edit::Datetime>();
        fields.push(("date", dated.map_or_else(|_| date.as_str().into(), Value::from)));
    }
    if !by.is_empty() {
        fields.push(("by", by.as_str().into()));
    }
    fields
}
