//! Leaves out what follows from another finding, makes one of what has one cause, and sorts.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use crate::diag::{Finding, Place, Severity};
use crate::edition::Edition;

/// Where a consequence stands, seen from its cause.
enum Reach {
    /// In the same cell.
    Cell,
    /// In the column that is missing from the sheet: both expect the same label.
    Column,
    /// Wherever it is printed: both are about the same character.
    Character,
    /// In the row that the cause is about from end to end, or about another row and this one.
    Row,
}

/// Causes, and the consequences (beginnings of codes) that need not be shown with them.
const CONSEQUENCES: &[(&str, &str, Reach)] = &[
    // A required column is missing, so each of its cells is blank.
    ("F202", "E601", Reach::Column),
    ("F202", "K50", Reach::Column),
    // The cell shows an error or nothing, so its value is none or makes no sense.
    ("F212", "C", Reach::Cell),
    ("F212", "E", Reach::Cell),
    ("F212", "K", Reach::Cell),
    ("F212", "N", Reach::Cell),
    ("F213", "E", Reach::Cell),
    ("F213", "K", Reach::Cell),
    // The cell cannot be read, and the mark in its place is no text of the department's.
    ("F245", "C", Reach::Cell),
    ("F245", "E", Reach::Cell),
    ("F245", "K", Reach::Cell),
    ("F245", "N", Reach::Cell),
    // The row has no name, which is a required field.
    ("F216", "E601", Reach::Cell),
    // The row of a measure that stands elsewhere too has （再掲） in its name by hand.
    ("E605", "E612", Reach::Cell),
    ("E606", "E612", Reach::Cell),
    // The row is struck through from end to end: what it says is not meant.
    ("F208", "C", Reach::Row),
    ("F208", "E", Reach::Row),
    ("F208", "K", Reach::Row),
    ("F208", "N", Reach::Row),
    ("F208", "F214", Reach::Row),
    ("F208", "F215", Reach::Row),
    ("F208", "F217", Reach::Row),
    ("F208", "F218", Reach::Row),
    ("F208", "F236", Reach::Row),
    ("F208", "F252", Reach::Row),
    ("F208", "F270", Reach::Row),
    // The cell with the character is named, so it need not be named again where it is printed.
    ("C301", "T903", Reach::Character),
    ("C302", "T903", Reach::Character),
];

pub(super) fn arrange(edition: &Edition, mut findings: Vec<Finding>) -> Vec<Finding> {
    leave_out_consequences(&mut findings);
    sort(edition, &mut findings);
    group(findings)
}

fn leave_out_consequences(findings: &mut Vec<Finding>) {
    let is_cause = |f: &&Finding| CONSEQUENCES.iter().any(|(cause, ..)| f.rule.code == *cause);
    let causes: Vec<Finding> = findings.iter().filter(is_cause).cloned().collect();
    let causes = Causes::new(&causes);
    findings.retain(|finding| {
        !CONSEQUENCES.iter().any(|(cause, consequence, reach)| {
            finding.rule.code.starts_with(consequence) && causes.reach(cause, reach, finding)
        })
    });
}

/// The causes by their codes and what their consequences have in common with them.
struct Causes<'f> {
    cells: BTreeSet<(&'f str, &'f Place)>,
    /// File, sheet and label.
    columns: BTreeSet<(&'f str, &'f str, Option<&'f str>, &'f str)>,
    /// What was found, and how much it matters; what somebody accepted says no more why a paper
    /// cannot be made.
    found: BTreeSet<(&'f str, &'f str, Severity)>,
    /// Rows by file, sheet and number, and how much the cause matters, likewise.
    rows: BTreeMap<(&'f str, &'f str, Option<&'f str>, u32), Severity>,
}

impl<'f> Causes<'f> {
    fn new(causes: &'f [Finding]) -> Self {
        let (mut cells, mut columns) = (BTreeSet::new(), BTreeSet::new());
        let (mut found, mut rows) = (BTreeSet::new(), BTreeMap::new());
        for cause in causes {
            let (code, place) = (cause.rule.code, &cause.place);
            cells.insert((code, place));
            columns.insert((code, &*place.file, place.sheet.as_deref(), cause.expected.as_str()));
            if cause.accepted.is_none() {
                found.insert((code, cause.found.as_str(), cause.severity));
                // What is about a row as a whole names its other cells too.
                let row = row_of(place).filter(|_| !cause.more.is_empty());
                rows.extend(
                    row.map(|(file, sheet, row)| ((code, file, sheet, row), cause.severity)),
                );
            }
        }
        Self { cells, columns, found, rows }
    }

    /// Whether a cause of that code reaches a finding.
    fn reach(&self, code: &str, reach: &Reach, finding: &Finding) -> bool {
        let place = &finding.place;
        match reach {
            Reach::Cell => place.cell.is_some() && self.cells.contains(&(code, place)),
            Reach::Row => {
                let rows = std::iter::once(place).chain(&finding.more).filter_map(row_of);
                let mut causes =
                    rows.filter_map(|(file, sheet, row)| self.rows.get(&(code, file, sheet, row)));
                causes.any(|cause| *cause <= finding.severity)
            }
            Reach::Character => {
                let as_grave = [Severity::Error, Severity::Warning, Severity::Info];
                let as_grave = as_grave.into_iter().filter(|own| *own <= finding.severity);
                as_grave.into_iter().any(|own| self.found.contains(&(code, &*finding.found, own)))
            }
            Reach::Column => [place.sheet.as_deref(), None].into_iter().any(|sheet| {
                self.columns.contains(&(code, &*place.file, sheet, finding.expected.as_str()))
            }),
        }
    }
}

/// File, sheet and row of a cell.
fn row_of(place: &Place) -> Option<(&str, Option<&str>, u32)> {
    Some((&place.file, place.sheet.as_deref(), place.cell?.row))
}

/// Where the findings of a department stand.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// Of the settings themselves: whatever they cause comes behind them.
    Settings,
    Known(usize),
    Unknown,
    Nobody,
}

/// How the codes begin of what is wrong with the settings and the file of the ids.
const OF_SETTINGS: [&str; 2] = ["S1", "S2"];

/// The settings, then by department in their order, then file, sheet, cell and code.
fn sort(edition: &Edition, findings: &mut [Finding]) {
    let mut ranks: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, department) in edition.departments.iter().enumerate() {
        ranks.entry(&department.name).or_insert(index);
    }
    let rank = |finding: &Finding| match ranks.get(finding.department.as_str()) {
        Some(index) => Rank::Known(*index),
        None if finding.department.is_empty() => {
            let of_settings = OF_SETTINGS.iter().any(|code| finding.rule.code.starts_with(code));
            if of_settings { Rank::Settings } else { Rank::Nobody }
        }
        None => Rank::Unknown,
    };
    findings.sort_by(|a, b| {
        rank(a)
            .cmp(&rank(b))
            .then_with(|| a.department.cmp(&b.department))
            .then_with(|| a.place.cmp(&b.place))
            .then_with(|| a.rule.code.cmp(b.rule.code))
    });
}

/// Makes one finding of all that say the same of cells in one column: the first keeps the rest
/// as its further places. Findings with further places of their own stay as they are.
fn group(findings: Vec<Finding>) -> Vec<Finding> {
    let mut groups: IndexMap<String, Finding> = IndexMap::new();
    for (number, finding) in findings.into_iter().enumerate() {
        let key = if finding.more.is_empty() { cause(&finding) } else { number.to_string() };
        match groups.get_mut(&key) {
            Some(first) if first.place != finding.place => first.more.push(finding.place),
            Some(_) => {}
            None => drop(groups.insert(key, finding)),
        }
    }
    groups.into_values().collect()
}

/// All that a finding says, but for its row.
fn cause(finding: &Finding) -> String {
    let Place { file, sheet, cell, line, column } = &finding.place;
    let cell_column = cell.map(|cell| cell.column);
    let Finding { rule, severity, message, help, found, expected, accepted, .. } = finding;
    let code = rule.code;
    format!(
        "{code}\0{severity:?}\0{message:?}\0{help:?}\0{found}\0{expected}\0{accepted:?}\0{file}\0{sheet:?}\0{cell_column:?}\0{line:?}\0{column:?}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::RULES;
    use crate::diag::{Rule, Say};
    use crate::report::testing::{edition, finding};

    fn shown(findings: Vec<Finding>) -> Vec<String> {
        arrange(&edition(), findings)
            .iter()
            .map(|f| format!("{} {} +{}", f.rule.code, f.place, f.more.len()))
            .collect()
    }

    fn of(code: &str, cell: &str, expected: &str) -> Finding {
        let rule = RULES.iter().map(|c| c.rule).find(|r| r.code == code).expect("a rule");
        let place = finding("01_総務部.xlsx", cell).place;
        rule.finding(Say::new("文", "text")).at(&place).of("総務部").expected(expected)
    }

    #[test]
    fn the_order_is_department_file_sheet_cell_code() {
        let findings = vec![
            finding("x.xlsx", "A1"),
            finding("02_企画部.xlsx", "A1"),
            finding("01_総務部.xlsx", "B10"),
            finding("01_総務部.xlsx", "A9"),
        ];
        assert_eq!(
            shown(findings),
            [
                "T100 01_総務部.xlsx「様式２　KPI」A9 +0",
                "T100 01_総務部.xlsx「様式２　KPI」B10 +0",
                "T100 02_企画部.xlsx「様式２　KPI」A1 +0",
                "T100 x.xlsx「様式２　KPI」A1 +0",
            ]
        );
    }

    #[test]
    fn forty_blanks_of_a_column_are_one_finding() {
        let mut findings: Vec<_> =
            (7..47).map(|row| finding("01_総務部.xlsx", &format!("G{row}"))).collect();
        findings.push(finding("01_総務部.xlsx", "H7"));
        findings.push(finding("01_総務部.xlsx", "G50").found("ほかの値"));
        assert_eq!(
            shown(findings),
            [
                "T100 01_総務部.xlsx「様式２　KPI」G7 +39",
                "T100 01_総務部.xlsx「様式２　KPI」H7 +0",
                "T100 01_総務部.xlsx「様式２　KPI」G50 +0",
            ]
        );
    }

    #[test]
    fn accepted_findings_are_not_grouped_with_open_ones() {
        let mut accepted = finding("01_総務部.xlsx", "G7");
        accepted.accepted = Some("確認済み".into());
        assert_eq!(shown(vec![accepted, finding("01_総務部.xlsx", "G8")]).len(), 2);
    }

    #[test]
    fn a_character_that_cannot_be_printed_is_told_once_unless_its_cell_was_accepted() {
        let of = |code: &str, cell: &str| of(code, cell, "").found("😀");
        let (cell, print) = (of("C302", "F7"), of("C301", "F8"));
        static PRINTED: Rule = Rule {
            code: "T903",
            name: "test",
            severity: Severity::Error,
            title: "",
            title_en: "",
            what: "",
            why: "",
            mend: "",
            example: "",
            source: "",
        };
        let printed = || PRINTED.finding(Say::new("文", "text")).found("😀");
        assert_eq!(shown(vec![cell.clone(), printed()]).len(), 1);
        assert_eq!(shown(vec![print, printed()]).len(), 1);
        assert_eq!(shown(vec![cell.clone(), printed().found("🈳")]).len(), 2);
        let accepted = Finding { accepted: Some("確認済み".into()), ..cell.clone() };
        assert_eq!(shown(vec![accepted, printed()]).len(), 2);
        let light = cell.severity(Severity::Info);
        assert_eq!(shown(vec![light, printed()]).len(), 2, "the reason of an error is shown");
    }

    #[test]
    fn a_row_that_is_struck_through_is_told_and_nothing_else_of_it() {
        let row = |accepted: Option<&str>, severity| {
            let struck = of("F208", "B9", "").severity(severity);
            let struck = struck.also_at([of("F208", "E9", "").place]);
            let struck = Finding { accepted: accepted.map(str::to_owned), ..struck };
            let twice = of("E605", "E12", "").also_at([of("E605", "E9", "").place]);
            let [blank, box_over, below] = ["E601", "F209", "E602"].map(|code| of(code, "G9", ""));
            let below = below.at(&of("E602", "C10", "").place);
            shown(vec![struck, twice, blank, box_over, below])
        };
        let codes = |shown: Vec<String>| -> Vec<String> {
            shown.iter().map(|line| line[..4].to_owned()).collect()
        };
        assert_eq!(codes(row(None, Severity::Error)), ["F208", "F209", "E602"]);
        let all = ["F208", "E601", "F209", "E602", "E605"];
        assert_eq!(codes(row(Some("残す"), Severity::Error)), all);
        assert_eq!(codes(row(None, Severity::Warning)), all, "what would be printed is told");
        // A cell alone is told beside what else is said of it.
        let cell = shown(vec![of("F208", "G9", ""), of("E620", "G9", "")]);
        assert_eq!(cell.len(), 2);
    }

    #[test]
    fn what_follows_from_another_finding_is_not_shown_twice() {
        let column = "目的（X：目指す姿）";
        let findings = vec![
            of("F202", "A5", column),
            of("E601", "G7", column),
            of("E601", "F7", "概要（D：デジタルで）"),
            of("F212", "H9", ""),
            of("K503", "H9", "目標値"),
            of("K503", "H10", "目標値"),
            of("F245", "H11", ""),
            of("N408", "H11", ""),
        ];
        let place = "01_総務部.xlsx「様式２　KPI」";
        assert_eq!(
            shown(findings),
            [
                format!("F202 {place}A5 +0"),
                format!("E601 {place}F7 +0"),
                format!("F212 {place}H9 +0"),
                format!("K503 {place}H10 +0"),
                format!("F245 {place}H11 +0"),
            ]
        );
    }
}
