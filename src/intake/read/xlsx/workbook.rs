//! `workbook.xml`: the sheets in their order, the defined names, and from when days count.

use std::collections::BTreeMap;

use super::super::package::{literal, stamp_of};
use super::super::part::{Tag, Xml, attribute, flag, walk};
use super::super::refusal::Refusal;
use crate::model::FormStamp;

#[derive(Debug, Default)]
pub struct Workbook {
    pub sheets: Vec<Entry>,
    /// Days count from 1904, as old Macintoshes had it.
    pub date1904: bool,
    pub stamp: Option<FormStamp>,
    /// The defined names and what they stand for.
    pub names: BTreeMap<String, String>,
}

/// A sheet as the workbook lists it.
#[derive(Debug)]
pub struct Entry {
    pub name: String,
    /// The id of the relation to its part.
    pub relation: String,
    pub hidden: bool,
}

impl Workbook {
    pub fn read(xml: &Xml) -> Result<Self, Refusal> {
        let mut workbook = Self::default();
        let mut name = String::new();
        let mut names = BTreeMap::new();
        let mut formulas = BTreeMap::new();
        walk(xml, |tag, text| {
            match tag {
                Tag::Open(start) => match start.local_name().as_ref() {
                    "sheet" => workbook.sheets.push(Entry {
                        name: attribute(start, "name").unwrap_or_default(),
                        relation: attribute(start, "id").unwrap_or_default(),
                        hidden: attribute(start, "state")
                            .is_some_and(|state| state == "hidden" || state == "veryHidden"),
                    }),
                    // An extension has an element of the same name without the attribute.
                    "workbookPr" => workbook.date1904 |= flag(start, "date1904", false),
                    "definedName" => name = attribute(start, "name").unwrap_or_default(),
                    _ => {}
                },
                Tag::Close("definedName") => {
                    names.insert(name.clone(), literal(&text));
                    formulas.insert(std::mem::take(&mut name), text);
                }
                Tag::Close(_) => {}
            }
            Ok(())
        })?;
        workbook.stamp = stamp_of(&mut names);
        workbook.names = formulas;
        Ok(workbook)
    }
}
