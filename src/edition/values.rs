//! `[[kpi-value]]` → the columns of the KPIs that hold a value.
//!
//! Whoever declares one declares all: they stand in place of 現状値 and 目標値, in the order of the
//! settings. Those that are asked for with the results of a year alone stand beside the others. A value with the key of one of these two is that one with what is said of it changed.
//! Beside its role and its year, a value says what any column says; [`super::schema`] applies and
//! judges that.

use super::columns::{Asked, Declared};
use super::reader::{Reader, Section};
use super::rules;
use crate::diag::Say;
use crate::schema::{Column, FigureRole, Half, Kind, NextYear, Role, Schema, Table, Widths};

const HEADER: &str = "[[kpi-value]]";
/// The words of the settings for what a value stands for.
const ROLES: [&str; 4] = ["base", "interim", "actual", "target"];
/// And for the half of a year that it is of.
const PERIODS: [&str; 2] = ["first-half", "second-half"];
/// Fiscal years that a plan can name.
const YEARS: std::ops::RangeInclusive<i32> = 1901..=9998;

/// Puts the declared values into the schema in place of the usual ones, and gives back what they
/// say as columns.
pub(super) fn read(top: &mut Section, r: &mut Reader, schema: &mut Schema) -> Vec<Declared> {
    let usual: Vec<Column> = schema.figures().cloned().collect();
    let (mut values, mut are_results): (Vec<Column>, bool) = (Vec::new(), true);
    let others = |key: &str| schema.column(Table::Kpis, key).is_some_and(|c| !c.is_figure());
    let tables = top.sections(r, "kpi-value", HEADER, |s, r| {
        let declared = Declared::read(s, r);
        let column = value(s, r, &declared, &usual);
        let key = &declared.key;
        if others(key) {
            let message = say!(
                "値の key「{key}」はほかの欄の名前である",
                "key {key} is that of another column"
            );
            fault(s, r, "key", message, key, "key = \"t2025\"");
            return None;
        }
        if !key.is_empty() && !values.iter().any(|other| other.is(key)) {
            values.push(column);
            are_results &= declared.asked == Asked::Results;
        }
        Some(declared)
    });
    if values.is_empty() {
        // A table that cannot be used has been told of.
        if tables.is_empty() && top.span_of("kpi-value").is_some() {
            let kpi = &schema.words.kpi;
            let message = say!("{kpi}の値が1つもない", "the KPIs have no value at all");
            fault(top, r, "kpi-value", message, "", HEADER);
        }
        return Vec::new();
    }
    // What is asked for with the results alone stands beside the values of the annex.
    if are_results {
        let is_usual = |value: &Column| usual.iter().any(|other| other.key == value.key);
        let added = values.into_iter().filter(|value| !is_usual(value));
        let alike = added.map(|value| Column { unit_from_name: false, ..value });
        values = usual.iter().cloned().chain(alike).collect();
    }
    let at = schema.kpis.iter().position(Column::is_figure);
    schema.kpis.retain(|column| !column.is_figure());
    let at = at.map_or(schema.kpis.len(), |at| at.min(schema.kpis.len()));
    schema.kpis.splice(at..at, values);
    tables.into_iter().flatten().collect()
}

/// The column of a value before what it says as a column.
fn value(s: &mut Section, r: &mut Reader, declared: &Declared, usual: &[Column]) -> Column {
    let key = &*declared.key;
    let known = usual.iter().find(|column| column.is(key));
    let role = Role::Figure { role: role(s, r, known), year: year(s, r) };
    let half = half(s, r, role);
    if known.is_none() && declared.label.is_none() && !key.is_empty() {
        let message = say!("値「{key}」に label がない", "value {key} has no label");
        fault(s, r, "label", message, "", "label = \"R7目標\"");
    }
    let plain = || Column {
        kind: Kind::Amount,
        longest: Some(60),
        widths: Widths { form: Some(14.0), workbook: Some(13.0), annex: None },
        next_year: match role {
            Role::Figure { role: FigureRole::Actual, .. } => NextYear::Reference,
            _ => NextYear::Keep,
        },
        ..Column::new(key, key)
    };
    Column { role, half, unit_from_name: true, ..known.cloned().unwrap_or_else(plain) }
}

fn role(s: &mut Section, r: &mut Reader, known: Option<&Column>) -> FigureRole {
    let usual = match known.map(|column| column.role) {
        Some(Role::Figure { role, .. }) => Some(role),
        _ => None,
    };
    match s.choice_if_any(r, "role", &ROLES) {
        Some("base") => FigureRole::Base,
        Some("interim") => FigureRole::Interim,
        Some("actual") => FigureRole::Actual,
        Some("target") => FigureRole::Target,
        _ => usual.unwrap_or_else(|| {
            if s.span_of("role").is_none() {
                let message = say!("{HEADER}に role がない", "{HEADER} has no role");
                let expected = "role = \"base\"、\"interim\"、\"actual\" 又は \"target\"";
                fault(s, r, "role", message, "", expected);
            }
            FigureRole::Interim
        }),
    }
}

/// The half of a year that a value is of, which is one that is measured.
fn half(s: &mut Section, r: &mut Reader, role: Role) -> Option<Half> {
    let half = match s.choice_if_any(r, "period", &PERIODS)? {
        "first-half" => Half::First,
        _ => Half::Second,
    };
    if matches!(role, Role::Figure { role: FigureRole::Actual, year: Some(_) }) {
        return Some(half);
    }
    let message = say!(
        "period のある値に、role = \"actual\" と year がない",
        "a value of a half-year is no actual value of a year"
    );
    fault(s, r, "period", message, half.label(), "role = \"actual\"、year = 2026");
    None
}

fn year(s: &mut Section, r: &mut Reader) -> Option<i32> {
    let year = s.number_if_any::<i32>(r, "year")?;
    if YEARS.contains(&year) {
        return Some(year);
    }
    let message = say!("year が西暦の年度でない", "year is no fiscal year");
    fault(s, r, "year", message, &year.to_string(), "year = 2025");
    None
}

/// Tells of the value of a key, or of the table where it lacks the key.
fn fault(s: &Section, r: &mut Reader, key: &str, message: Say, found: &str, expected: &str) {
    r.add(s.fault(r, &rules::KPI_VALUE, key, message).found(found).expected(expected));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Finding;
    use crate::edition::parse;
    use crate::schema::Paper;

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
        for (value, code, found) in [
            ("key = \"a\"\nrole = \"base\"", "S230", ""),
            ("key = \"a\"\nlabel = \"あ\"", "S230", ""),
            (&plain.replace("\"base\"", "\"targe\""), "S104", "\"targe\""),
            (&plain.replace("\"a\"", "\"name\""), "S230", "name"),
            (&format!("{plain}year = 7"), "S230", "7"),
            (&plain.replace("\"a\"", "\"値\""), "S220", "値"),
            (&plain.replace("あ", "対象施策"), "S221", "対象施策"),
            (&format!("{plain}[[kpi-value]]\n{plain}"), "S220", "a"),
            (&format!("{plain}width = 0"), "S224", "0"),
            (&format!("{plain}papers = [\"anex\"]"), "S104", "\"anex\""),
            (&format!("{plain}after = \"nam\""), "S223", "nam"),
            (&format!("{plain}under = \"a\""), "S223", "a"),
            (&format!("{plain}yaer = 2025"), "S102", "yaer"),
            (&format!("{plain}year = 2025\nperiod = \"first-half\""), "S230", "上半期"),
            (&format!("{plain}period = \"first\""), "S104", "\"first\""),
        ] {
            let (_, findings) = read(&format!("[[kpi-value]]\n{value}\n"));
            let [finding] = findings.as_slice() else { panic!("{value}: {findings:#?}") };
            assert_eq!((finding.rule.code, &*finding.found), (code, found), "{value}");
            assert!(finding.place.line.is_some(), "{value}");
        }
        let (edition, findings) = parse("edition.toml", &format!("kpi-value = []\n{EXAMPLE}"));
        assert!(edition.expect("it is TOML").schema.is_standard());
        assert_eq!(findings.first().map(|finding| finding.rule.code), Some("S230"));
    }
}
