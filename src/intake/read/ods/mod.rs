//! `.ods` and `.fods`: read from their XML, which holds the text that LibreOffice showed beside
//! every value.
//!
//! calamine gives the values without their shown text, in ranges that a repeated empty row can
//! blow up; here repeated cells without content cost nothing.

mod content;
mod shapes;

use std::collections::BTreeMap;

use super::grid::Book;
use super::package::stamp_of;
use super::part::{Parts, Tag, Xml, attribute, walk};
use super::refusal::Refusal;
use crate::edition::Limits;
use crate::model::{FormStamp, ObservationKind};
use content::Content;

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
    let limits = *parts.limits();
    fill_from(book, &xml, &properties, &limits)
}

/// A document that is one XML text, with all that a package has in parts.
pub fn fill_flat(book: &mut Book, xml: &Xml, limits: &Limits) -> Result<(), Refusal> {
    if xml.contains("<ooo:module") || xml.contains("<script:module") {
        book.note(ObservationKind::HasMacros, "");
    }
    fill_from(book, xml, xml, limits)
}

fn fill_from(
    book: &mut Book,
    content: &Xml,
    properties: &Xml,
    limits: &Limits,
) -> Result<(), Refusal> {
    let mut content = Content::read(content, limits)?;
    book.stamp = stamp_of(&mut content.names).or(stamp_of_properties(properties)?);
    book.names = content.ranges;
    book.sheets = content.sheets;
    Ok(())
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
