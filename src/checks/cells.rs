//! Every text that a department wrote, as one list, for the rules that look at texts alone.

use crate::diag::{Finding, Place, Rule, Say};
use crate::edition::fields::{Field, Table};
use crate::model::{Annex, Kpi, Measure, Sourced, Status};
use crate::text::Change;

/// One text of a form.
pub struct Cell<'a> {
    pub table: Table,
    pub field: Field,
    /// The department whose form it is.
    pub department: &'a str,
    /// As published.
    pub text: &'a str,
    pub changes: &'a [Change],
    pub at: &'a Place,
}

impl Cell<'_> {
    /// The label of the cell's column.
    pub fn label(&self) -> &'static str {
        self.table.label(self.field)
    }

    /// A finding on this cell.
    pub fn finding(&self, rule: &'static Rule, message: Say) -> Finding {
        rule.finding(message).of(self.department).at(self.at)
    }
}

/// The characters of a kind in a text, each once, with their code points: `U+E000`.
pub fn characters(text: &str, is_meant: impl Fn(char) -> bool) -> Vec<(char, String)> {
    let mut found: Vec<(char, String)> = Vec::new();
    for c in text.chars().filter(|&c| is_meant(c)) {
        if found.iter().all(|(seen, _)| *seen != c) {
            found.push((c, format!("U+{:04X}", c as u32)));
        }
    }
    found
}

/// The texts of every entry that is printed, by entry and then in the form's order of columns.
pub fn cells(annex: &Annex) -> Vec<Cell<'_>> {
    let mut cells = Vec::new();
    for measure in annex.measures.iter().filter(|m| m.status.value != Status::Abolished) {
        of_measure(measure, &mut cells);
    }
    for kpi in annex.kpis.iter().filter(|k| k.status.value != Status::Abolished) {
        of_kpi(kpi, &mut cells);
    }
    cells
}

fn of_measure<'a>(measure: &'a Measure, cells: &mut Vec<Cell<'a>>) {
    let texts = [
        (Field::Name, &measure.name),
        (Field::Overview, &measure.overview),
        (Field::Purpose, &measure.purpose),
        (Field::Department, &measure.department),
        (Field::Section, &measure.section),
    ];
    for (field, text) in texts {
        cells.push(cell(Table::Measures, field, &measure.submitted_by, text, &text.value));
    }
}

fn of_kpi<'a>(kpi: &'a Kpi, cells: &mut Vec<Cell<'a>>) {
    let table = Table::Kpis;
    let by = &kpi.submitted_by;
    cells.push(cell(table, Field::Name, by, &kpi.name, &kpi.name.value));
    for link in &kpi.measures {
        cells.push(cell(table, Field::Measures, by, &link.text, &link.text.value));
    }
    for (field, figure) in [(Field::Current, &kpi.current), (Field::Target, &kpi.target)] {
        cells.push(cell(table, field, by, figure, &figure.value.printed));
    }
}

fn cell<'a, T>(
    table: Table,
    field: Field,
    department: &'a str,
    source: &'a Sourced<T>,
    text: &'a str,
) -> Cell<'a> {
    Cell { table, field, department, text, changes: &source.changes, at: &source.at }
}
