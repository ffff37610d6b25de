//! Tables of several files and sheets put together: those with the same labels are one.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::intake::survey::{Cell, Column, Survey};
use crate::text::key;

/// The tables with the same labels, their rows one below the other.
#[derive(Clone, Debug, Default)]
pub struct Gathered {
    /// Where the first of them stands.
    pub file: Arc<str>,
    pub sheet: Arc<str>,
    /// How many they are.
    pub tables: usize,
    /// The sheets and the lines above the tables.
    pub names: Vec<String>,
    pub columns: Vec<Column>,
    /// Who sent each row in, as far as a table says so.
    pub departments: Vec<Option<String>>,
}

/// Puts tables together. Two tables are one where the labels of the smaller one are nearly all in the
/// larger, in whatever order.
pub fn gather(surveys: &[Survey]) -> Vec<Gathered> {
    let mut gathered: Vec<Gathered> = Vec::new();
    for survey in surveys {
        for table in &survey.tables {
            let department = table.department.clone().or_else(|| of_file(&survey.file));
            let departments = vec![department; table.rows];
            let mut names = vec![table.sheet.to_string(), table.title.clone()];
            match gathered.iter_mut().find(|known| is_same(&known.columns, &table.columns)) {
                Some(known) => {
                    known.append(&table.columns, table.rows);
                    known.tables += 1;
                    known.departments.extend(departments);
                    names.retain(|name| !known.names.contains(name));
                    known.names.append(&mut names);
                }
                None => gathered.push(Gathered {
                    file: survey.file.clone(),
                    sheet: table.sheet.clone(),
                    tables: 1,
                    names,
                    columns: table.columns.clone(),
                    departments,
                }),
            }
        }
    }
    gathered
}

/// The department that a file is named after: 「01_総務部.xlsx」.
fn of_file(file: &str) -> Option<String> {
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let begin = |c: char| {
        c.is_numeric()
            || matches!(
                c,
                '_' | '-' | '＿' | '－' | ' ' | '\u{3000}' | '.' | '（' | '）' | '(' | ')'
            )
    };
    let name = stem.trim_start_matches(begin).trim();
    let ends = ["部", "局", "庁", "本部", "委員会", "委員会事務局", "企業局", "警察"];
    let is_department = ends.iter().any(|end| name.ends_with(end)) && name.chars().count() <= 16;
    is_department.then(|| name.to_owned())
}

fn labels(columns: &[Column]) -> BTreeMap<String, usize> {
    let labels = columns.iter().enumerate();
    labels.map(|(index, column)| (key(&column.full_label()), index)).collect()
}

fn is_same(known: &[Column], other: &[Column]) -> bool {
    let (known, other) = (labels(known), labels(other));
    let common = known.keys().filter(|label| other.contains_key(*label)).count();
    let smaller = known.len().min(other.len());
    // Of few labels all must agree.
    common * 5 >= smaller * 4 && common >= 2
}

impl Gathered {
    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.departments.len()
    }

    /// Adds the rows of another table below, and the columns that only that has at the end.
    fn append(&mut self, columns: &[Column], rows: usize) {
        let before = self.rows();
        let known = labels(&self.columns);
        for column in columns {
            let index = known.get(&key(&column.full_label())).copied();
            let index = index.unwrap_or_else(|| {
                let empty = vec![None; before];
                self.columns.push(Column { cells: empty, ..column.clone() });
                self.columns.len() - 1
            });
            let Some(mine) = self.columns.get_mut(index) else { continue };
            mine.cells.extend(column.cells.iter().cloned());
            mine.hidden &= column.hidden;
            for choice in &column.choices {
                if !mine.choices.contains(choice) {
                    mine.choices.push(choice.clone());
                }
            }
            if mine.sample.is_empty() {
                mine.sample.clone_from(&column.sample);
            }
        }
        for column in &mut self.columns {
            column.cells.resize(before + rows, None);
        }
    }

    /// The text of a cell; nothing where it shows nothing.
    pub fn text(&self, column: usize, row: usize) -> Option<&str> {
        let cell: Option<&Cell> = self.columns.get(column)?.cells.get(row)?.as_ref();
        cell.map(|cell| cell.text.as_str())
    }
}
