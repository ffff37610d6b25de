//! Every text that a department wrote, as one list, for the rules that look at texts alone.

use crate::diag::{Finding, Place, Rule, Say};
use crate::model::{Annex, Content, Row};
use crate::schema::{Column, Paper, Table};
use crate::text::Change;

/// One text of a form.
pub struct Cell<'a> {
    pub table: Table,
    pub column: &'a Column,
    /// The department whose form it is.
    pub department: &'a str,
    /// As published.
    pub text: &'a str,
    pub changes: &'a [Change],
    pub at: &'a Place,
}

impl Cell<'_> {
    /// The label of the cell's column.
    pub fn label(&self) -> &str {
        &self.column.label
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

/// The texts of every entry that is printed, by entry and then in the form's order of columns:
/// those that stand in the annex.
pub fn cells(annex: &Annex) -> Vec<Cell<'_>> {
    let mut cells = Vec::new();
    for measure in annex.measures.iter().filter(|measure| measure.is_printed()) {
        of_entry(annex, Table::Measures, measure, &mut cells);
    }
    for kpi in annex.kpis.iter().filter(|kpi| kpi.is_printed()) {
        of_entry(annex, Table::Kpis, kpi, &mut cells);
    }
    cells
}

fn of_entry<'a>(annex: &'a Annex, table: Table, row: &'a impl Row, cells: &mut Vec<Cell<'a>>) {
    let department = row.entry().submitted_by.as_str();
    for column in annex.schema.on(table, Paper::Annex) {
        let cell = |text, changes, at| Cell { table, column, department, text, changes, at };
        match row.content(column) {
            Content::Text(text) => cells.push(cell(text.as_str(), &text.changes[..], &text.at)),
            Content::Note(note) => {
                cells.extend(note.map(|note| cell(note.as_str(), &note.changes[..], &note.at)));
            }
            Content::Links(links) => cells.extend(
                links.iter().map(|l| cell(l.text.as_str(), &l.text.changes[..], &l.text.at)),
            ),
            Content::Figure(figure) => {
                cells.push(cell(&figure.value.printed, &figure.changes[..], &figure.at));
            }
            // What is no text of the department's.
            Content::Absent
            | Content::Id(..)
            | Content::Status(_)
            | Content::Place(_)
            | Content::Above(..)
            | Content::Places(_)
            | Content::Order(_) => {}
        }
    }
}
