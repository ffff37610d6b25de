//! `[results]`: an edition that asks the departments for the results of a year, with the texts of
//! the annex shown beside and locked.
//!
//! Such an edition is the annex's own with further columns: those that say `asked = "progress"`,
//! and the values that are measured in that year. Everything else is as `previous`, the annex that
//! is reported on, has it. [`start`] makes its settings of those of the annex.

mod start;

pub use start::results;

use super::check::Checker;
use super::columns::{Asked, Declared};
use super::reader::{Reader, Section};
use super::settings::Edition;
use crate::diag::{Rule, Say, Severity};
use crate::schema::{Column, FigureRole, NextYear, Role, Schema, Table};

pub(super) static RULE: Rule = Rule {
    code: "S116",
    name: "settings-results",
    severity: Severity::Error,
    title: "実績を集める版の設定が成り立たない",
    title_en: "an edition that asks for results cannot do so",
    what: "[results] のある版について、year が計画の年度か、実績を尋ねる元の版 previous があるか、尋ねる欄（asked = \"progress\"）が1つ以上あるかを調べます。",
    why: "元の版がないと、様式に何も記入できず、部局が記入を変えていないことも確かめられません。",
    mend: "bessatsu forms 元の版 --progress 新しいフォルダー で用意したときの edition.toml と見比べて、足りないものを書き足してください。",
    example: "[results]\nyear = 2025",
    source: "",
};

/// What an edition asks for that is made for results.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Results {
    /// The fiscal year (western); 0 where the settings do not say it.
    pub year: i32,
    pub line: u32,
}

pub(super) fn read(top: &mut Section, r: &mut Reader) -> Option<Results> {
    let is_there = top.span_of("results").is_some();
    top.section(r, "results", "[results]", |s, r| {
        is_there.then(|| Results { year: s.number(r, "year").unwrap_or_default(), line: s.line(r) })
    })
}

/// Leaves in the schema what the edition asks for, and gives back the keys of the columns of
/// measures that are asked for with results alone. An annex is without these; where results are
/// asked for, all others are locked but the notes to the secretariat.
pub(super) fn settle(
    schema: &mut Schema,
    declared: &[Vec<Declared>; 2],
    results: Option<&Results>,
) -> Vec<String> {
    for (table, declared) in Table::ALL.into_iter().zip(declared) {
        let columns = schema.columns_mut(table);
        match results {
            None => leave_out(columns, declared),
            Some(results) => columns.iter_mut().for_each(|column| lock(column, declared, results)),
        }
    }
    let [measures, _] = declared;
    let asked = measures.iter().filter(|one| one.asked == Asked::Results);
    asked.map(|one| one.key.clone()).collect()
}

fn is_asked(column: &Column, declared: &[Declared]) -> bool {
    declared.iter().any(|one| one.asked == Asked::Results && column.is(&one.key))
}

fn leave_out(columns: &mut Vec<Column>, declared: &[Declared]) {
    columns.retain(|column| !is_asked(column, declared));
    let left: Vec<_> = columns.iter().map(|column| column.key.clone()).collect();
    for column in columns {
        column.under = column.under.take().filter(|under| left.contains(under));
    }
}

/// Locks a column, or asks for it anew.
fn lock(column: &mut Column, declared: &[Declared], results: &Results) {
    let is_measured = match column.role {
        Role::Figure { role: FigureRole::Actual, year } => year == Some(results.year),
        _ => false,
    };
    if is_asked(column, declared) || is_measured || column.role == Role::Note {
        column.next_year = NextYear::Clear;
    } else {
        column.next_year = NextYear::Keep;
        column.locked = true;
    }
}

impl Checker<'_> {
    /// What an edition that asks for results cannot do without.
    pub(super) fn results(&mut self, edition: &Edition) {
        let Some(Results { year, line }) = edition.results else { return };
        let mut fault = |message: Say, found: String, expected: String| {
            let finding = self.add(&RULE, line, message);
            (finding.found, finding.expected) = (found, expected);
        };
        let (first, last) = (edition.front.first_year, edition.front.last_year);
        // What is not said, and a plan without years, are told of already.
        if year > 0 && first > 0 && first <= last && !(first..=last).contains(&year) {
            fault(
                say!(
                    "実績を集める年度が計画期間の中にない",
                    "the year of the results is not one of the plan's"
                ),
                format!("year = {year}"),
                format!("{first} から {last} まで"),
            );
        }
        if edition.previous.is_none() {
            fault(
                say!(
                    "実績を集める版に、元の版 previous がない",
                    "an edition that asks for results names no previous one"
                ),
                String::new(),
                "previous = \"previous.json\"".into(),
            );
        }
        let columns = Table::ALL.into_iter().flat_map(|table| edition.schema.columns(table));
        if columns.filter(|column| column.role != Role::Note).all(|column| column.locked) {
            fault(
                say!(
                    "実績を集める版に、尋ねる欄が1つもない",
                    "an edition that asks for results asks for nothing"
                ),
                String::new(),
                "[[measure-column]] などに asked = \"progress\"".into(),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edition::parse;

    const EXAMPLE: &str = include_str!("../../../inputs/2025/edition.toml");
    const ASKED: &str = "
[[measure-column]]
key = \"state\"
label = \"取組状況\"
asked = \"progress\"

[[kpi-value]]
key = \"result\"
label = \"R7実績値\"
role = \"actual\"
year = 2025
asked = \"progress\"
after = \"current\"
";

    fn keys(edition: &Edition, table: Table, locked: bool) -> String {
        let columns = edition.schema.columns(table).iter();
        let keys = columns.filter(|column| column.locked == locked).map(|column| &*column.key);
        keys.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn an_annex_is_without_what_is_asked_for_with_the_results() {
        let on = "on = [\"page\"]";
        let text = EXAMPLE.replace(on, &format!("{on}\nmeasures = [\"state\"]"));
        let (edition, findings) = parse("edition.toml", &format!("{text}{ASKED}"));
        assert!(findings.is_empty(), "{findings:#?}");
        let edition = edition.expect("TOML");
        assert!(edition.schema.is_standard());
        assert_eq!(edition.asked_with_results, ["state"]);
    }

    #[test]
    fn where_results_are_asked_for_everything_else_is_locked() {
        let text =
            format!("previous = \"previous.json\"\n{EXAMPLE}{ASKED}[results]\nyear = 2025\n");
        let (edition, findings) = parse("edition.toml", &text);
        assert!(findings.is_empty(), "{findings:#?}");
        let edition = edition.expect("TOML");
        assert_eq!(keys(&edition, Table::Measures, false), "state note");
        assert_eq!(keys(&edition, Table::Kpis, false), "result note");
        assert_eq!(
            keys(&edition, Table::Kpis, true),
            "id status category order name measures current target"
        );
        assert_eq!(edition.progress.measures, ["state"]);
        assert_eq!(edition.progress.reporting_year, Some(2025));
    }

    #[test]
    fn an_edition_that_cannot_ask_for_results_is_told_so() {
        let of = |more: &str| {
            let (_, findings) = parse("edition.toml", &format!("{EXAMPLE}{more}"));
            let said = findings.iter().map(|f| format!("{} {}", f.rule.code, f.found));
            said.collect::<Vec<_>>().join("、")
        };
        assert_eq!(of("[results]\nyear = 2025\n"), "S116 、S116 ");
        let late = of(&format!("{ASKED}[results]\nyear = 2028\n"));
        assert_eq!(late, "S116 year = 2028、S116 ");
        assert_eq!(of(&format!("{ASKED}[results]\n")), "S116 、S103 ");
        assert!(
            of("[[measure-column]]\nkey = \"a\"\nlabel = \"い\"\nasked = \"later\"\n")
                .starts_with("S104")
        );
    }
}
