//! `.xlsx` and `.xlsm`: every part is unpacked once and walked once.
//!
//! The reading is strict. What is no number, no cell or no end of a part is told with its place,
//! for a reader that guesses would print the text of another cell. And it is done twice: [`second`]
//! has the same cells from another reader.

mod cell;
mod conditional;
mod drop_down;
mod effect;
mod second;
mod sheet;
mod strings;
mod styles;
mod table;
mod workbook;

use std::collections::BTreeSet;

use super::grid::{Book, Fault, Sheet};
use super::package::colour::Theme;
use super::package::rich_value::RichValues;
use super::package::{Relations, external, floating, stamp_of_properties};
use super::part::Parts;
use super::refusal::{Budget, Refusal, within};
use crate::edition::Limit;
use crate::model::ObservationKind;
use second::Second;
use sheet::Context;
use strings::SharedStrings;
use styles::Styles;
use workbook::Workbook;

pub fn fill(book: &mut Book, bytes: &[u8], parts: &mut Parts) -> Result<(), Refusal> {
    let root = Relations::read(parts, "")?;
    let part = root.first("officeDocument").unwrap_or("xl/workbook.xml").to_owned();
    let related = Relations::read(parts, &part)?;
    let xml = parts.xml(&part)?.ok_or_else(|| Refusal::damaged(format!("{part} がない")))?;
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
    let strings = parts.xml(strings)?.unwrap_or_default();
    let is_plain = is_plain(&strings) && strings.len() <= MOST_READ_TWICE;
    let styles = related.first("styles").unwrap_or("xl/styles.xml");
    let theme = match parts.xml(related.first("theme").unwrap_or("xl/theme/theme1.xml"))? {
        Some(xml) => Theme::read(&xml)?,
        None => Theme::default(),
    };
    let strings = SharedStrings::read(&strings, &theme, parts.limits())?;
    let styles = Styles::read(&parts.xml(styles)?.unwrap_or_default(), theme)?;
    for lacking in styles.lacking() {
        book.note(ObservationKind::PartLacking, lacking);
    }
    let rich_values = RichValues::read(parts, &related)?;
    let context = Context { strings, styles, rich_values, date1904: workbook.date1904 };
    let mut budget = Budget::new(parts.limits());
    let mut second = match is_plain && !context.strings.have_blank() {
        true => Second::open(bytes),
        false => Second::none(),
    };
    let mut parts_read = BTreeSet::new();
    for entry in &workbook.sheets {
        let Some(part) = related.worksheet(&entry.relation) else { continue };
        // No program writes this, and each of the sheets would be unpacked and read anew.
        if !parts_read.insert(part) {
            let refusal = Refusal::damaged(format!("ほかのシートと同じ部品 {part} を指している"));
            return Err(refusal.on_sheet(&entry.name));
        }
        let name = entry.name.as_str();
        let mut sheet = Sheet { name: name.into(), hidden: entry.hidden, ..Sheet::default() };
        // Of two sheets of one name, the other reader has but one.
        let is_alone = workbook.sheets.iter().filter(|other| other.name == name).count() == 1;
        let second = if is_alone { &mut second } else { &mut Second::none() };
        match read_sheet(parts, part, &context, second, &mut sheet, &mut budget) {
            Err(refusal) if refusal.kind == ObservationKind::Damaged => {
                sheet.faults.push(Fault { kind: refusal.kind, at: None, found: refusal.found })
            }
            read => read.map_err(|refusal| refusal.on_sheet(name))?,
        }
        book.sheets.push(sheet);
    }
    Ok(())
}

/// Whether a part has nothing that parts the text of an element.
fn is_plain(xml: &str) -> bool {
    !xml.contains("<!--") && !xml.contains("<![CDATA[")
}

/// Bytes of a part that is read twice. A form has a hundredth of it; what is larger is no form of
/// a department, and would take twice the time.
const MOST_READ_TWICE: usize = 8 << 20;

fn read_sheet(
    parts: &mut Parts,
    part: &str,
    context: &Context,
    second: &mut Second,
    sheet: &mut Sheet,
    budget: &mut Budget,
) -> Result<(), Refusal> {
    let missing = || Refusal::damaged(format!("{part} がない"));
    let xml = parts.xml(part)?.ok_or_else(missing)?;
    let name = sheet.name.clone();
    let is_read_twice = is_plain(&xml) && xml.len() <= MOST_READ_TWICE;
    let second = if is_read_twice { second.of_sheet(&name) } else { None };
    sheet::read(&xml, context, second, sheet, budget)?;
    let related = Relations::read(parts, part)?;
    for part in related.all("table") {
        let table = sheet.had(parts.xml(part)?, part);
        table::read(&table, &context.styles, sheet)?;
    }
    floating::read(parts, &related, sheet)
}
