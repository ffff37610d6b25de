//! `.xlsb`: a package with binary parts, each of them walked once and strictly, as those of
//! `.xlsx` are.

mod conditions;
mod drop_down;
mod sheet;
mod styles;
mod table;
mod workbook;

use super::bytes::u32_at;
use super::grid::{Book, Region, Sheet};
use super::package::bin::{cut_off, rich, walk};
use super::package::colour::Theme;
use super::package::rich_value::RichValue;
use super::package::{Relations, external, floating, stamp_of_properties};
use super::part::Parts;
use super::refusal::{Budget, Refusal, within};
use super::runs::Text;
use crate::diag::CellRef;
use crate::edition::Limit;
use crate::model::ObservationKind;
use styles::Styles;
use workbook::{Entry, Workbook};

/// What the cells of all sheets refer to.
struct Context {
    strings: Vec<Text>,
    styles: Styles,
    /// What the cells are that have a rich value.
    rich_value: RichValue,
    date1904: bool,
}

pub fn fill(book: &mut Book, parts: &mut Parts) -> Result<(), Refusal> {
    let root = Relations::read(parts, "")?;
    let part = root.first("officeDocument").unwrap_or("xl/workbook.bin").to_owned();
    let related = Relations::read(parts, &part)?;
    let bytes = parts.read(&part)?.ok_or_else(|| Refusal::damaged(&part))?;
    let workbook = Workbook::read(&bytes)?;
    let is_program = |name: &String| name.ends_with("vbaProject.bin");
    if parts.names().iter().any(is_program) || related.has(&["xlMacrosheet", "xlIntlMacrosheet"]) {
        book.note(ObservationKind::HasMacros, "");
    }
    for link in external(parts, &related)? {
        book.note(ObservationKind::ExternalLink, link);
    }
    book.stamp = workbook.stamp.or(stamp_of_properties(parts, &root)?);
    within(parts.limits(), [(Limit::Sheets, workbook.sheets.len() as u64)])?;
    // A workbook without texts may lack the part of them, and one without formats that of those.
    let styles = related.first("styles").unwrap_or("xl/styles.bin");
    let theme = match parts.xml(related.first("theme").unwrap_or("xl/theme/theme1.xml"))? {
        Some(xml) => Theme::read(&xml)?,
        None => Theme::default(),
    };
    let styles = Styles::read(&parts.read(styles)?.unwrap_or_default(), theme)?;
    for lacking in styles.lacking() {
        book.note(ObservationKind::PartLacking, lacking);
    }
    let strings = related.first("sharedStrings").unwrap_or("xl/sharedStrings.bin");
    let strings = strings_of(&parts.read(strings)?.unwrap_or_default(), &styles)?;
    let rich_value = RichValue::of_all(parts, &related)?;
    let context = Context { strings, styles, rich_value, date1904: workbook.date1904 };
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
    let bytes = parts.read(part)?.ok_or_else(|| Refusal::damaged(part))?;
    let name = entry.name.as_str().into();
    let mut sheet = Sheet { name, hidden: entry.hidden, ..Sheet::default() };
    sheet::read(&bytes, context, &mut sheet, budget)?;
    let related = Relations::read(parts, part)?;
    for part in related.all("table") {
        let table = sheet.had(parts.read(part)?, part);
        table::read(&table, &context.styles, &mut sheet)?;
    }
    floating::read(parts, &related, &mut sheet)?;
    Ok(sheet)
}

fn strings_of(part: &[u8], styles: &Styles) -> Result<Vec<Text>, Refusal> {
    let mut strings = Vec::new();
    walk(part, |kind, data| {
        if kind == 19 {
            let (shown, changes) = rich(data).ok_or_else(cut_off)?;
            strings.push(Text::new(&shown, &changes, |font| styles.font(font)));
        }
        Ok(())
    })?;
    Ok(strings)
}

/// A rectangle: first and last row, first and last column.
fn region(data: &[u8]) -> Option<Region> {
    let first = CellRef::new(u32_at(data, 0)?, u32_at(data, 8)?);
    let last = CellRef::new(u32_at(data, 4)?, u32_at(data, 12)?);
    Some(Region { first, last }.in_order())
}

/// A list of rectangles with their number before them, and what is behind it.
fn regions(data: &[u8]) -> Option<(Vec<Region>, &[u8])> {
    let count = (u32_at(data, 0)? as usize).checked_mul(16)?;
    let (listed, rest) = data.get(4..)?.split_at_checked(count)?;
    Some((listed.as_chunks::<16>().0.iter().filter_map(|listed| region(listed)).collect(), rest))
}
