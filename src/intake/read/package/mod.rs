//! What `.xlsx` and `.xlsb` packages have in common: relations, links to other workbooks, notes and
//! drawings, and the form's stamp.

pub mod bin;
pub mod colour;
mod drawing;
pub mod floating;
mod relations;
pub mod rich_value;
mod vml;

use std::collections::BTreeMap;

use super::part::{Parts, Tag, attribute, walk};
use super::refusal::Refusal;
use crate::model::FormStamp;
use crate::schema::form::{EDITION_NAME, VERSION_NAME};
pub use relations::Relations;

/// The text of a formula that is one string or number.
pub fn literal(formula: &str) -> String {
    formula.trim().trim_start_matches('=').trim_matches('"').to_owned()
}

/// The stamp among names and their values.
pub fn stamp_of(values: &mut BTreeMap<String, String>) -> Option<FormStamp> {
    let edition = values.remove(EDITION_NAME)?;
    Some(FormStamp { edition, version: values.remove(VERSION_NAME).unwrap_or_default() })
}

/// The stamp in the custom document properties.
pub fn stamp_of_properties(
    parts: &mut Parts,
    root: &Relations,
) -> Result<Option<FormStamp>, Refusal> {
    let part = root.first("custom-properties").unwrap_or("docProps/custom.xml");
    let Some(xml) = parts.xml(part)? else { return Ok(None) };
    let mut values = BTreeMap::new();
    let mut name = String::new();
    let mut value = String::new();
    walk(&xml, |tag, text| {
        match tag {
            Tag::Open(start) => {
                if start.local_name().as_ref() == "property" {
                    name = attribute(start, "name").unwrap_or_default();
                }
            }
            Tag::Close("property") => {
                values.insert(std::mem::take(&mut name), std::mem::take(&mut value));
            }
            Tag::Close(_) => value = text,
        }
        Ok(())
    })?;
    Ok(stamp_of(&mut values))
}

/// The targets of the links to other workbooks.
pub fn external(parts: &mut Parts, related: &Relations) -> Result<Vec<String>, Refusal> {
    let mut links = Vec::new();
    for part in related.all("externalLink") {
        let targets = Relations::read(parts, part)?;
        let target = targets.first("externalLinkPath").unwrap_or(part);
        links.push(target.to_owned());
    }
    Ok(links)
}
