//! The standard workbook that departments fill in: blank, pre-filled, or returned with findings.
//!
//! One writer makes all three. [`rows`] turns the model into cells, [`table`] writes the two
//! sheets of the form, [`guide`] the instructions, [`lists`] the hidden sheet behind the
//! drop-downs. Where a row stands decides nothing for the reader: it goes by the labels.
//!
//! The form follows the rules for machine-readable workbooks as far as a form can: one table a
//! sheet, one header row with unique names, no merged cells, one value a cell but for 再掲分野
//! and 対象施策, which hold one a line because a department knows no other way to say several.
//!
//! Rows are as high as their text needs and fit themselves again when somebody edits it.

mod entry;
mod guide;
mod lists;
mod looks;
mod rows;
mod sheet;
mod table;

use crate::edition::fields::{EDITION_NAME, Table, VERSION_NAME};
use crate::edition::{Department, Edition};
use crate::model::Annex;
use crate::xlsx::{self, WriteError};

/// What a workbook is made of.
struct Form<'a> {
    edition: &'a Edition,
    department: &'a Department,
    measures: Vec<rows::Row>,
    kpis: Vec<rows::Row>,
}

impl Form<'_> {
    fn rows(&self, table: Table) -> &[rows::Row] {
        match table {
            Table::Measures => &self.measures,
            Table::Kpis => &self.kpis,
        }
    }
}

/// The form of a department: with its measures and KPIs of `annex`, or blank.
///
/// The same input gives the same bytes.
///
/// # Errors
/// A text that no cell of Excel holds, or an edition whose year Excel has no date for.
pub fn write(
    edition: &Edition,
    department: &Department,
    annex: Option<&Annex>,
) -> Result<Vec<u8>, WriteError> {
    let (measures, kpis) = annex.map_or_else(Default::default, |annex| {
        (rows::measures(edition, department, annex), rows::kpis(edition, department, annex))
    });
    save(&Form { edition, department, measures, kpis })
}

fn save(form: &Form) -> Result<Vec<u8>, WriteError> {
    let Form { edition, department, .. } = form;
    let title = format!("{}　{}　調査票", edition.title, edition.volume);
    let properties = xlsx::Properties {
        title: &title,
        subject: &department.name,
        author: &edition.colophon.issuer,
        year: edition.year,
    };
    let stamp = [(EDITION_NAME, edition.id.as_str()), (VERSION_NAME, &edition.form.version)];
    let mut book = xlsx::workbook_with(&properties, &stamp)?;
    for (name, value) in stamp {
        book.define_name(name, &format!("=\"{}\"", value.replace('"', "\"\"")))?;
    }
    guide::write(&mut book, form)?;
    for table in Table::ALL {
        table::write(&mut book, form, table)?;
    }
    lists::write(&mut book, form)?;
    xlsx::save_with_fitting_rows(&mut book)
}

/// The usual file name of a department's form: 「01_総務部.xlsx」, numbered as in the settings.
pub fn file_name(edition: &Edition, department: &Department) -> String {
    let index = edition.departments.iter().position(|d| d.name == department.name);
    let safe: String =
        department.name.chars().map(|c| if r#"\/:*?"<>|"#.contains(c) { '_' } else { c }).collect();
    format!("{:02}_{safe}.xlsx", index.map_or(0, |i| i + 1))
}
