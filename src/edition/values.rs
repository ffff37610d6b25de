//! `[[kpi-value]]` → the columns of the KPIs that hold a value.
//!
//! Whoever declares one declares all: they stand in place of 現状値 and 目標値, in the order of the
//! settings. A value with the key of one of these two is that one with what is said of it changed.

use super::reader::{Reader, Section};
use super::rules;
use crate::diag::Finding;
use crate::schema::{Column, FigureRole, Kind, NextYear, Paper, Role, Schema, Table, Widths};
use crate::text::key as label_key;
use crate::text::similar::nearest;

const HEADER: &str = "[[kpi-value]]";
/// The words of the settings for what a value stands for.
const ROLES: [&str; 4] = ["base", "interim", "actual", "target"];
/// The words of the settings for the papers that a value can stand on.
const PAPERS: [(&str, Paper); 6] = [
    ("form", Paper::Form),
    ("annex", Paper::Annex),
    ("workbook", Paper::Workbook),
    ("web", Paper::Web),
    ("data", Paper::Data),
    ("diff", Paper::Diff),
];
/// Fiscal years that a plan can name.
const YEARS: std::ops::RangeInclusive<i32> = 1901..=9998;

/// What a value says of other columns, to be looked at when all of them are known.
pub(super) struct Pending {
    key: String,
    after: Option<Reference>,
    under: Option<Reference>,
    /// What is told where another column has its label.
    label: Finding,
}

/// The key of another column, and what is told where there is none.
struct Reference {
    key: String,
    fault: Finding,
}

/// Puts the declared values into the schema. What they say of other columns is given back for
/// [`settle`].
pub(super) fn read(top: &mut Section, r: &mut Reader, schema: &mut Schema) -> Vec<Pending> {
    let standard = Schema::standard();
    let mut values: Vec<Column> = Vec::new();
    let mut pending = Vec::new();
    let others: Vec<Column> =
        schema.kpis.iter().filter(|column| !column.is_figure()).cloned().collect();
    let tables = top.sections(r, "kpi-value", HEADER, |s, r| {
        let Some((mut column, said)) = value(s, r, &standard) else { return };
        if others.iter().chain(&values).any(|other| other.key == column.key) {
            let key = &column.key;
            let message = say!("欄の名前「{key}」が2回使われている", "key “{key}” is used twice");
            let finding = s.fault(r, &rules::KPI_VALUE, "key", message).found(&**key);
            return r.add(finding);
        }
        // A label that is said stands above a synonym that is only the standard's.
        for value in &mut values {
            value.synonyms.retain(|synonym| !same(synonym, &column.label));
        }
        column.synonyms.retain(|synonym| !values.iter().any(|other| same(synonym, &other.label)));
        values.push(column);
        pending.push(said);
    });
    if values.is_empty() {
        // A table that cannot be used has been told of.
        if top.has("kpi-value") && tables.is_empty() {
            let message = say!("KPIの値が1つもない", "the KPIs have no value at all");
            r.add(top.fault(r, &rules::KPI_VALUE, "kpi-value", message));
        }
        return pending;
    }
    let first = schema.kpis.iter().position(Column::is_figure);
    schema.kpis.retain(|column| !column.is_figure());
    let at = first.map_or(schema.kpis.len(), |at| at.min(schema.kpis.len()));
    schema.kpis.splice(at..at, values);
    pending
}

/// Moves the values that are to stand behind another column there, and tells of those that name
/// a column that is not there, or have the label of another.
pub(super) fn settle(pending: Vec<Pending>, r: &mut Reader, schema: &mut Schema) {
    for Pending { key, after, under, label } in pending {
        if let Some(after) = after
            && is_there(&after.key, &key, after.fault, r, schema)
            && let Some(from) = schema.position(Table::Kpis, &key)
        {
            let column = schema.kpis.remove(from);
            let at = schema.position(Table::Kpis, &after.key).map_or(from, |at| at + 1);
            schema.kpis.insert(at, column);
        }
        if let Some(under) = under
            && !is_there(&under.key, &key, under.fault, r, schema)
            && let Some(column) = schema.kpis.iter_mut().find(|column| column.is(&key))
        {
            column.under = None;
        }
        let Some(own) = schema.column(Table::Kpis, &key) else { continue };
        let labels = |column: &Column| -> Vec<String> {
            std::iter::once(&column.label).chain(&column.synonyms).cloned().collect()
        };
        let others = schema.kpis.iter().filter(|column| !column.is(&key));
        let taken =
            others.flat_map(labels).find(|other| labels(own).iter().any(|l| same(l, other)));
        if let Some(taken) = taken {
            r.add(label.found(taken));
        }
    }
}

fn same(label: &str, other: &str) -> bool {
    label_key(label) == label_key(other)
}

/// Whether another column has the key; told of where none has.
fn is_there(key: &str, own: &str, fault: Finding, r: &mut Reader, schema: &Schema) -> bool {
    let known: Vec<&str> =
        schema.kpis.iter().map(|column| &*column.key).filter(|key| *key != own).collect();
    if known.contains(&key) {
        return true;
    }
    let finding = fault.found(key).expected(known.join("、"));
    r.add(match nearest(key, known.iter().copied()) {
        Some(near) => {
            finding.help(say!("{near} の書き誤りではありませんか。", "did you mean {near}?"))
        }
        None => finding,
    });
    false
}

/// One declared value; `None` where it has no usable key.
fn value(s: &mut Section, r: &mut Reader, standard: &Schema) -> Option<(Column, Pending)> {
    let key = s.text(r, "key");
    let known = standard.figures().find(|column| column.is(&key));
    let mut column = known.cloned().unwrap_or_else(|| plain(&key));
    match s.optional(r, "label").filter(|label| !label.is_empty()) {
        Some(label) => column.label = label,
        None if known.is_none() => {
            let message = say!("{HEADER}に label がない", "{HEADER} has no label");
            let finding = s.fault(r, &rules::KPI_VALUE, "label", message);
            r.add(finding.expected("label = \"R7目標\""));
            column.label.clone_from(&key);
        }
        None => {}
    }
    column.role = Role::Figure { role: role(s, r, known), year: year(s, r) };
    if known.is_none() {
        column.next_year = match column.role {
            Role::Figure { role: FigureRole::Actual, .. } => NextYear::Reference,
            _ => NextYear::Keep,
        };
    }
    details(s, r, &mut column);
    let is_key = key.starts_with(|c: char| c.is_ascii_lowercase())
        && key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c));
    if !key.is_empty() && !is_key {
        let message = say!(
            "key が半角の英小文字と数字でない",
            "the key is not lower case letters and digits"
        );
        r.add(s.fault(r, &rules::KPI_VALUE, "key", message).found(&key).expected("t2025"));
    }
    let after = reference(s, r, "after");
    let under = reference(s, r, "under");
    column.under = under.as_ref().map(|under| under.key.as_str().into());
    let message = say!("同じ見出しの欄がある", "another column has this label");
    let label = s.fault(r, &rules::KPI_VALUE, "label", message);
    is_key.then_some((column, Pending { key, after, under, label }))
}

fn reference(s: &mut Section, r: &mut Reader, name: &'static str) -> Option<Reference> {
    let key = s.optional(r, name).filter(|key| !key.is_empty())?;
    let message = say!("{name} の欄「{key}」がない", "{name} names no column: “{key}”");
    Some(Reference { fault: s.fault(r, &rules::KPI_VALUE, name, message), key })
}

/// What is known of a value of which the settings say no more than key, label and role.
fn plain(key: &str) -> Column {
    Column {
        kind: Kind::Amount,
        longest: Some(60),
        widths: Widths { form: Some(14.0), workbook: Some(13.0), annex: None },
        ..Column::new(key, "")
    }
}

fn role(s: &mut Section, r: &mut Reader, known: Option<&Column>) -> FigureRole {
    let usual = match known.map(|column| column.role) {
        Some(Role::Figure { role, .. }) => Some(role),
        _ => None,
    };
    match s.choice(r, "role", "", &ROLES) {
        "base" => FigureRole::Base,
        "interim" => FigureRole::Interim,
        "actual" => FigureRole::Actual,
        "target" => FigureRole::Target,
        _ => usual.unwrap_or_else(|| {
            if !s.has("role") {
                let message = say!("{HEADER}に role がない", "{HEADER} has no role");
                let finding = s.fault(r, &rules::KPI_VALUE, "role", message);
                r.add(finding.expected("role = \"base\"、\"interim\"、\"actual\" 又は \"target\""));
            }
            FigureRole::Interim
        }),
    }
}

fn year(s: &mut Section, r: &mut Reader) -> Option<i32> {
    let year = s.number_if_any::<i32>(r, "year")?;
    if YEARS.contains(&year) {
        return Some(year);
    }
    let message = say!("year が西暦の年度でない", "year is no fiscal year");
    let finding = s.fault(r, &rules::KPI_VALUE, "year", message).found(year.to_string());
    r.add(finding.expected("year = 2025"));
    None
}

/// What a value may say as any other column.
fn details(s: &mut Section, r: &mut Reader, column: &mut Column) {
    if let Some(short) = s.optional(r, "short").filter(|short| !short.is_empty()) {
        column.short = Some(short);
    }
    if s.has("synonyms") {
        column.synonyms = s.texts(r, "synonyms");
    } else {
        s.texts(r, "synonyms");
    }
    column.unit = s.optional(r, "unit").filter(|unit| !unit.is_empty()).or(column.unit.take());
    column.filled = s.flag(r, "required", column.filled);
    if let Some(longest) = s.number_if_any::<usize>(r, "longest") {
        column.longest = Some(longest);
    }
    if s.has("papers") {
        column.papers = papers(s, r).into_iter().collect();
        // The text of an annex has what its pages have.
        if column.is_on(Paper::Annex) {
            column.papers.insert(Paper::Text);
        }
    } else {
        s.texts(r, "papers");
    }
    if let Some(width) = s.decimal(r, "width") {
        if width > 0.0 {
            column.widths.annex = Some(width);
        } else {
            let message = say!("width が0より大きくない", "width is not above 0");
            let finding = s.fault(r, &rules::KPI_VALUE, "width", message);
            r.add(finding.found(width.to_string()).expected("width = 18"));
        }
    }
    column.next_year = match s.choice(r, "next-year", "", &["keep", "clear", "reference"]) {
        "keep" => NextYear::Keep,
        "clear" => NextYear::Clear,
        "reference" => NextYear::Reference,
        _ => column.next_year,
    };
    column.head = s.optional(r, "head").filter(|head| !head.is_empty());
    if let Some(guide) = s.optional(r, "guide") {
        column.prompt.clone_from(&guide);
        column.guide = guide;
    }
    if let Some(sample) = s.optional(r, "sample") {
        column.sample = sample;
    }
}

fn papers(s: &mut Section, r: &mut Reader) -> Vec<Paper> {
    let mut papers = Vec::new();
    for word in s.texts(r, "papers") {
        match PAPERS.iter().find(|(known, _)| *known == word) {
            Some((_, paper)) => papers.push(*paper),
            None => {
                let known = PAPERS.map(|(known, _)| known);
                let message = say!("papers に「{word}」は選べない", "papers may not have “{word}”");
                let mut finding = s.fault(r, &rules::KPI_VALUE, "papers", message).found(&word);
                if let Some(near) = nearest(&word, known) {
                    finding = finding.help(say!(
                        "\"{near}\" の書き誤りではありませんか。",
                        "did you mean \"{near}\"?"
                    ));
                }
                r.add(finding.expected(known.join("、")));
            }
        }
    }
    papers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edition::parse;

    const EXAMPLE: &str = include_str!("../../inputs/2025/edition.toml");

    fn read(values: &str) -> (Schema, Vec<Finding>) {
        let (edition, findings) = parse("edition.toml", &format!("{EXAMPLE}\n{values}"));
        (Schema::clone(&edition.expect("it is TOML").schema), findings)
    }

    fn labels(schema: &Schema) -> String {
        let labels: Vec<&str> = schema.figures().map(|column| &*column.label).collect();
        labels.join(" ")
    }

    #[test]
    fn the_values_that_are_explained_in_the_settings_can_be_taken_as_they_stand() {
        let lines = EXAMPLE.lines().skip_while(|line| *line != "# [[kpi-value]]");
        let lines = lines.take_while(|line| line.starts_with('#')).map(|line| &line[1..]);
        let (schema, findings) = read(&lines.collect::<Vec<_>>().join("\n"));
        assert!(findings.is_empty(), "{findings:#?}");
        assert_eq!(labels(&schema), "基準値（R5） R7目標 R7実績 目標値（R9）");
        let target = schema.column(Table::Kpis, "target").unwrap();
        assert!(target.filled && target.synonyms.contains(&"目標".to_owned()), "as the usual one");
        let role = Role::Figure { role: FigureRole::Target, year: Some(2027) };
        assert_eq!(target.role, role);
        let under = schema.column(Table::Kpis, "a2025").unwrap().under.as_deref();
        assert_eq!(under, Some("t2025"));
        assert_eq!(schema.fault(), None);
    }

    #[test]
    fn without_values_the_usual_ones_stand() {
        assert!(read("").0.is_standard());
        let (schema, findings) = read("[[kpi-value]]\nkey = \"\"\nlabel = \"\"\n");
        assert_eq!(labels(&schema), "現状値 目標値");
        assert!(!findings.is_empty());
    }

    #[test]
    fn a_value_stands_where_it_is_said_to_stand() {
        let (schema, findings) = read(
            "[[kpi-value]]\nkey = \"target\"\n\n\
             [[kpi-value]]\nkey = \"actual\"\nlabel = \"実績値\"\nrole = \"actual\"\n\
             after = \"note\"\npapers = [\"annex\"]\n",
        );
        assert!(findings.is_empty(), "{findings:#?}");
        assert_eq!(schema.kpis.last().map(|column| &*column.key), Some("actual"));
        let papers: Vec<Paper> = schema.kpis.last().unwrap().papers.iter().copied().collect();
        assert_eq!(papers, [Paper::Annex, Paper::Text]);
    }

    #[test]
    fn what_is_said_wrongly_is_told_of() {
        let plain = "key = \"a\"\nlabel = \"あ\"\nrole = \"base\"\n";
        for (value, code, found, help) in [
            ("key = \"a\"\nrole = \"base\"", "S230", "", ""),
            ("key = \"a\"\nlabel = \"あ\"", "S230", "", ""),
            ("label = \"あ\"\nrole = \"base\"", "S103", "", ""),
            (&plain.replace("\"base\"", "\"targe\""), "S104", "\"targe\"", "target"),
            (&plain.replace("\"a\"", "\"値\""), "S230", "値", ""),
            (&plain.replace("\"a\"", "\"name\""), "S230", "name", ""),
            (&plain.replace("あ", "対象施策"), "S230", "対象施策", ""),
            (&format!("{plain}year = 7"), "S230", "7", ""),
            (&format!("{plain}width = 0"), "S230", "0", ""),
            (&format!("{plain}papers = [\"anex\"]"), "S230", "anex", "annex"),
            (&format!("{plain}after = \"nam\""), "S230", "nam", "name"),
            (&format!("{plain}under = \"a\""), "S230", "a", ""),
            (&format!("{plain}yaer = 2025"), "S102", "yaer", "year"),
        ] {
            let (_, findings) = read(&format!("[[kpi-value]]\n{value}\n"));
            let [finding] = findings.as_slice() else { panic!("{value}: {findings:#?}") };
            assert_eq!((finding.rule.code, &*finding.found), (code, found), "{value}");
            assert!(finding.help.ja.contains(help), "{value}: {}", finding.help.ja);
            assert!(finding.place.line.is_some(), "{value}");
        }
    }
}
