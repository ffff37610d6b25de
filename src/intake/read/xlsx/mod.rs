//! `.xlsx` and `.xlsm`: every part is unpacked once and walked once.
//!
//! The reading is strict. What is no number, no cell or no end of a part is told as damage with
//! its place, for a reader that guesses would print the text of another cell.

mod colour;
mod conditional;
mod drop_down;
mod effect;
mod rich_value;
mod sheet;
mod strings;
mod styles;
mod table;
mod workbook;

use super::grid::{Book, Sheet};
use super::package::{Relations, external, floating, stamp_of_properties};
use super::part::Parts;
use super::refusal::{Budget, Refusal, within};
use crate::edition::Limit;
use crate::model::ObservationKind;
use colour::Theme;
use rich_value::RichValues;
use sheet::Context;
use strings::SharedStrings;
use styles::Styles;
use workbook::{Entry, Workbook};

pub fn fill(book: &mut Book, parts: &mut Parts) -> Result<(), Refusal> {
    let root = Relations::read(parts, "")?;
    let part = root.first("officeDocument").unwrap_or("xl/workbook.xml").to_owned();
    let related = Relations::read(parts, &part)?;
    let xml = parts.xml(&part)?.ok_or_else(|| Refusal::damaged(&part))?;
    let workbook = Workbook::read(&xml)?;
    let is_program = |name: &String| name.ends_with("vbaProject.bin");
    if parts.names().iter().any(is_program) || related.has(&["xlMacrosheet", "xlIntlMacrosheet"]) {
        book.note(ObservationKind::HasMacros, "");
    }
    for link in external(parts, &related)? {
        book.note(ObservationKind::ExternalLink, link);
    }
    book.stamp = workbook.stamp.or(stamp_of_properties(parts, &root)?);
    book.names = workbook.names;
    within(parts.limits(), [(Limit::Sheets, workbook.sheets.len() as u64)])?;
    let strings = related.first("sharedStrings").unwrap_or("xl/sharedStrings.xml");
    let strings = SharedStrings::read(&parts.xml(strings)?.unwrap_or_default())?;
    let styles = related.first("styles").unwrap_or("xl/styles.xml");
    let theme = match parts.xml(related.first("theme").unwrap_or("xl/theme/theme1.xml"))? {
        Some(xml) => Theme::read(&xml)?,
        None => Theme::default(),
    };
    let styles = Styles::read(&parts.xml(styles)?.unwrap_or_default(), theme)?;
    let rich_values = RichValues::read(parts, &related)?;
    let context = Context { strings, styles, rich_values, date1904: workbook.date1904 };
    let mut budget = Budget::new(parts.limits());
    for entry in &workbook.sheets {
        let Some(part) = related.worksheet(&entry.relation) else { continue };
        let sheet = read_sheet(parts, part, entry, &context, &mut budget);
        book.sheets.push(sheet.map_err(|refusal| refusal.on_sheet(&entry.name))?);
    }
    Ok(())
}

fn read_sheet(
    parts: &mut Parts,
    part: &str,
    entry: &Entry,
    context: &Context,
    budget: &mut Budget,
) -> Result<Sheet, Refusal> {
    let xml = parts.xml(part)?.ok_or_else(|| Refusal::damaged(part))?;
    let name = entry.name.as_str().into();
    let mut sheet = Sheet { name, hidden: entry.hidden, ..Sheet::default() };
    sheet::read(&xml, context, &mut sheet, budget)?;
    let related = Relations::read(parts, part)?;
    for part in related.all("table") {
        table::read(&parts.xml(part)?.unwrap_or_default(), &mut sheet)?;
    }
    floating::read(parts, &related, &mut sheet)?;
    Ok(sheet)
}
