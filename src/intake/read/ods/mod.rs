//! `.ods` and `.fods`: read from their XML, which holds the text that LibreOffice showed beside
//! every value.
//!
//! calamine gives the values without their shown text, in ranges that a repeated empty row can
//! blow up; here repeated cells without content cost nothing.

mod bare;
mod conditions;
mod content;
mod data_styles;
mod geometry;
mod shapes;
mod styles;
mod white_space;

use std::collections::BTreeMap;

use super::grid::Book;
use super::package::stamp_of;
use super::part::{Parts, Tag, Xml, attribute, walk};
use super::refusal::Refusal;
use crate::edition::Limits;
use crate::model::{FormStamp, ObservationKind};
use content::Content;
use styles::Styles;

pub fn fill(book: &mut Book, parts: &mut Parts) -> Result<(), Refusal> {
    let manifest = parts.xml("META-INF/manifest.xml")?.unwrap_or_default();
    if manifest.contains("encryption-data") {
        return Err(Refusal::new(ObservationKind::Encrypted, ""));
    }
    if parts
        .names()
        .iter()
        .any(|name| name.starts_with("Basic/") && name.ends_with("script-lc.xml"))
    {
        book.note(ObservationKind::HasMacros, "");
    }
    let xml = parts.xml("content.xml")?.ok_or_else(|| Refusal::damaged("content.xml がない"))?;
    let properties = parts.xml("meta.xml")?.unwrap_or_default();
    let styles = parts.xml("styles.xml")?.unwrap_or_default();
    let settings = parts.xml("settings.xml")?.unwrap_or_default();
    let limits = *parts.limits();
    fill_from(
        book,
        &xml,
        &Beside { properties: &properties, styles: &styles, settings: &settings },
        &limits,
    )
}

/// A document that is one XML text, with all that a package has in parts.
pub fn fill_flat(book: &mut Book, xml: &Xml, limits: &Limits) -> Result<(), Refusal> {
    if xml.contains("<ooo:module") || xml.contains("<script:module") {
        book.note(ObservationKind::HasMacros, "");
    }
    let beside = Beside { properties: xml, styles: &Xml::default(), settings: xml };
    fill_from(book, xml, &beside, limits)
}

/// What lies beside the content of a document.
struct Beside<'a> {
    properties: &'a Xml,
    styles: &'a Xml,
    settings: &'a Xml,
}

fn fill_from(
    book: &mut Book,
    content: &Xml,
    beside: &Beside,
    limits: &Limits,
) -> Result<(), Refusal> {
    let mut styles = Styles::default();
    walk(beside.styles, |tag, text| {
        styles.see(&tag, &text);
        Ok(())
    })?;
    let mut content = Content::read(content, styles, hides_zeros(beside.settings)?, limits)?;
    book.stamp = stamp_of(&mut content.names).or(stamp_of_properties(beside.properties)?);
    book.names = content.ranges;
    book.sheets = content.sheets;
    Ok(())
}

/// Whether the view of the document shows no zeros.
fn hides_zeros(xml: &Xml) -> Result<bool, Refusal> {
    let (mut in_view, mut is_switch, mut hides) = (false, false, false);
    walk(xml, |tag, text| {
        match tag {
            Tag::Open(start) => {
                let name = attribute(start, "name");
                in_view |= name.as_deref() == Some("ooo:view-settings");
                is_switch = in_view && name.as_deref() == Some("ShowZeroValues");
            }
            Tag::Close("config-item-set") => in_view = false,
            Tag::Close(_) => hides |= std::mem::take(&mut is_switch) && text.trim() == "false",
        }
        Ok(())
    })?;
    Ok(hides)
}

/// The stamp among the user-defined properties.
fn stamp_of_properties(xml: &Xml) -> Result<Option<FormStamp>, Refusal> {
    let mut values = BTreeMap::new();
    let mut name = String::new();
    walk(xml, |tag, text| {
        match tag {
            Tag::Open(start) => name = attribute(start, "name").unwrap_or_default(),
            Tag::Close("user-defined") => {
                values.insert(std::mem::take(&mut name), text);
            }
            Tag::Close(_) => {}
        }
        Ok(())
    })?;
    Ok(stamp_of(&mut values))
}
