//! The standard workbook that departments fill in: blank, pre-filled, or returned with findings.
//!
//! One writer makes the first two. [`rows`] turns the model into cells, [`table`] writes the two
//! sheets of the form, [`guide`] the instructions, [`lists`] the hidden sheet behind the
//! drop-downs. What goes back is the department's own file: [`remarks`] says how, [`mod@letter`] and
//! [`mod@mail`] what is written with it. Where a row stands decides nothing for the reader: it goes by
//! the labels.
//!
//! The form follows the rules for machine-readable workbooks as far as a form can: one table a
//! sheet, one header row with unique names, no merged cells, one value a cell but for 再掲分野
//! and 対象施策, which hold one a line because a department knows no other way to say several.
//!
//! Rows are as high as their text needs and fit themselves again when somebody edits it.

mod corrections;
mod entry;
mod guide;
mod letter;
mod levels;
mod lists;
mod mail;
mod remarks;
mod reorganisation;
mod rows;
mod sheet;
mod styles;
mod table;
mod words;

pub use corrections::{OwnCorrection, own_corrections};
pub use letter::{Letter, letter};
pub use mail::mail;
pub use remarks::{Submitted, findings_beside, names_of_returns, returned};
pub use reorganisation::reorganisation;

use rows::{Purpose, Row};

use crate::edition::{Department, Edition};
use crate::model::Annex;
use crate::publish::artifact::Rendered;
use crate::schema::Table;
use crate::schema::form::{EDITION_NAME, VERSION_NAME};
use crate::xlsx::{self, WriteError};

/// What a workbook is made of.
struct Form<'a> {
    edition: &'a Edition,
    department: &'a Department,
    /// 提出回.
    round: u32,
    measures: Vec<Row>,
    kpis: Vec<Row>,
    /// The tables for which the department has said that it has nothing.
    nothing: Vec<Table>,
}

impl<'a> Form<'a> {
    fn new(
        edition: &'a Edition,
        department: &'a Department,
        content: Option<(&Annex, Purpose)>,
    ) -> Self {
        let (measures, kpis) = content.map_or_else(Default::default, |(annex, purpose)| {
            let measures = rows::measures(edition, department, annex, purpose);
            (measures, rows::kpis(edition, department, annex, purpose))
        });
        Self { edition, department, round: 1, measures, kpis, nothing: Vec::new() }
    }

    fn rows(&self, table: Table) -> &[Row] {
        match table {
            Table::Measures => &self.measures,
            Table::Kpis => &self.kpis,
        }
    }
}

/// The form of a department: with its measures and KPIs of `annex` as they are, or blank. Where the
/// annex has none of them for a table, the form says that there is nothing.
///
/// The same input gives the same bytes.
pub fn write(edition: &Edition, department: &Department, annex: Option<&Annex>) -> Rendered {
    let form = Form::new(edition, department, annex.map(|annex| (annex, Purpose::Known)));
    let is_nothing = |table: &Table| annex.is_some() && form.rows(*table).is_empty();
    let nothing = Table::ALL.into_iter().filter(is_nothing).collect();
    save(&Form { nothing, ..form })
}

/// What a form that was sent in says beside its entries.
#[derive(Clone, Debug, Default)]
pub struct Before {
    /// The 提出回 that the form is to come back with.
    pub round: u32,
    /// The tables for which it says that there is nothing.
    pub nothing: Vec<Table>,
}

/// As [`write()`], for a department that has submitted: what it has said of a blank table is kept,
/// and nothing is said for it.
pub fn write_again(
    edition: &Edition,
    department: &Department,
    annex: &Annex,
    before: Before,
) -> Rendered {
    let form = Form::new(edition, department, Some((annex, Purpose::Known)));
    let Before { round, nothing } = before;
    save(&Form { round, nothing, ..form })
}

/// The form of a department with what it had in the edition before: every entry goes on
/// (継続), the current values are to be filled in anew, with the old ones beside the table. Whether
/// there is nothing for a table is to be said anew as well, unless only results are asked for.
pub fn next(edition: &Edition, department: &Department, previous: &Annex) -> Rendered {
    let form = Form::new(edition, department, Some((previous, Purpose::Next)));
    let is_nothing = |table: &Table| edition.results.is_some() && form.rows(*table).is_empty();
    let nothing = Table::ALL.into_iter().filter(is_nothing).collect();
    save(&Form { nothing, ..form })
}

fn save(form: &Form) -> Rendered {
    Rendered::workbook(&file_name(form.edition, form.department), written(form))
}

fn written(form: &Form) -> Result<Vec<u8>, WriteError> {
    let Form { edition, department, .. } = form;
    let title = format!("{}　{}　調査票", edition.front.title, edition.front.volume);
    let properties = xlsx::Properties {
        title: &title,
        subject: &department.name,
        author: &edition.front.issuer,
        year: edition.year,
    };
    let stamp = [(EDITION_NAME, edition.id()), (VERSION_NAME, &edition.form.version)];
    let mut book = xlsx::workbook_with(&properties, &stamp)?;
    for (name, value) in stamp {
        book.define_name(name, &format!("=\"{}\"", value.replace('"', "\"\"")))?;
    }
    guide::write(&mut book, form)?;
    for table in Table::ALL.into_iter().filter(|&table| edition.levels.have(table)) {
        table::write(&mut book, form, table)?;
    }
    lists::write(&mut book, form)?;
    xlsx::save_with_fitting_rows(&mut book)
}

/// Characters of a department's name in a file's: with what stands around them, no file system
/// finds so many too long.
const NAME_CHARS: usize = 60;

/// The usual file name of a department's form: 「01_総務部.xlsx」, numbered as in the settings, and
/// such that Windows takes it too.
pub fn file_name(edition: &Edition, department: &Department) -> String {
    let index = edition.departments.iter().position(|d| d.name == department.name);
    let forbidden = |c: char| c.is_control() || r#"\/:*?"<>|"#.contains(c);
    let safe = department.name.chars().map(|c| if forbidden(c) { '_' } else { c });
    let safe: String = safe.take(NAME_CHARS).collect();
    // The number in front keeps it apart from the names of devices (CON, NUL) and from others
    // that begin alike.
    let safe = safe.trim_end_matches(['.', ' ']);
    format!("{:02}_{safe}.xlsx", index.map_or(0, |i| i + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_is_one_that_every_system_takes() {
        for (name, expected) in [
            ("総務部", "01_総務部.xlsx"),
            ("CON", "01_CON.xlsx"),
            ("部. . ", "01_部.xlsx"),
            ("a/b\\c:d*e?f\"g<h>i|j", "01_a_b_c_d_e_f_g_h_i_j.xlsx"),
            ("../../x", "01_.._.._x.xlsx"),
            ("改\n行\u{1b}\0", "01_改_行__.xlsx"),
        ] {
            let department = Department { name: name.into(), line: 1, ..Department::default() };
            let departments = vec![department.clone()];
            let edition = Edition { departments, ..Edition::default() };
            assert_eq!(file_name(&edition, &department), expected);
        }
        let long = Department { name: "𠮷".repeat(500), line: 1, ..Department::default() };
        let edition = Edition { departments: vec![long.clone()], ..Edition::default() };
        assert!(file_name(&edition, &long).len() <= 255);
    }
}
