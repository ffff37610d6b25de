//! Values that are no text and no number: pictures placed in a cell, and linked data types. Their
//! cells hold an error value for programs that do not know them.

use super::super::part::{Parts, Tag, attribute, walk};
use super::super::refusal::Refusal;
use super::super::shape::PICTURE;
use super::Relations;

/// The kinds of the rich values, by the number that a cell has.
#[derive(Debug, Default)]
pub struct RichValues(Vec<Option<String>>);

/// The part with the kinds that the rich values of a package have.
const STRUCTURES: &str = "xl/richData/rdrichvaluestructure.xml";

/// What stands in a cell as a rich value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RichValue {
    Picture,
    /// An error that older programs do not know.
    Error,
    DataType,
    /// The package does not say.
    Unknown,
}

impl RichValue {
    /// What it is called where it is no error.
    pub fn label(self) -> Option<&'static str> {
        match self {
            Self::Picture => Some(PICTURE),
            Self::DataType => Some("データ型"),
            Self::Unknown => Some("画像又はデータ型"),
            Self::Error => None,
        }
    }
}

impl RichValues {
    pub fn read(parts: &mut Parts, related: &Relations) -> Result<Self, Refusal> {
        let mut list = |kind: &str, usual: &str, element: &str, name: &str| {
            list(parts, related.first(kind).unwrap_or(usual), element, name)
        };
        let metadata = "xl/metadata.xml";
        let blocks = list("sheetMetadata", metadata, "rvb", "i")?;
        if blocks.is_empty() {
            return Ok(Self::default());
        }
        let cells = list("sheetMetadata", metadata, "rc", "v")?;
        let values = list("rdRichValue", "xl/richData/rdrichvalue.xml", "rv", "s")?;
        let structures = list("rdRichValueStructure", STRUCTURES, "s", "t")?;
        let at =
            |list: &[String], index: &str| list.get(index.trim().parse::<usize>().ok()?).cloned();
        let kind = |index: &String| {
            let value = at(&blocks, index)?;
            at(&structures, &at(&values, &value)?)
        };
        Ok(Self(cells.iter().map(kind).collect()))
    }

    /// What a cell has, by its number, which counts from 1.
    pub fn get(&self, number: &str) -> RichValue {
        let index = number.trim().parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        let kind = index.and_then(|index| self.0.get(index)?.as_deref());
        kind.map_or(RichValue::Unknown, RichValue::of_kind)
    }
}

impl RichValue {
    fn of_kind(kind: &str) -> Self {
        match kind {
            "_localImage" | "_webimage" => Self::Picture,
            "_error" => Self::Error,
            _ => Self::DataType,
        }
    }

    /// What any rich value of a package is, where all of them are of one kind.
    pub fn of_all(parts: &mut Parts, related: &Relations) -> Result<Self, Refusal> {
        let part = related.first("rdRichValueStructure").unwrap_or(STRUCTURES);
        let kinds = list(parts, part, "s", "t")?;
        let mut kinds = kinds.iter().map(|kind| Self::of_kind(kind));
        let first = kinds.next().unwrap_or(Self::Unknown);
        Ok(if kinds.all(|kind| kind == first) { first } else { Self::Unknown })
    }
}

/// An attribute of every element of a name, in the order of a part.
fn list(parts: &mut Parts, part: &str, element: &str, name: &str) -> Result<Vec<String>, Refusal> {
    let xml = parts.xml(part)?.unwrap_or_default();
    let mut values = Vec::new();
    walk(&xml, |tag, _| {
        if let Tag::Open(start) = tag
            && start.local_name().as_ref() == element
        {
            values.push(attribute(start, name).unwrap_or_default());
        }
        Ok(())
    })?;
    Ok(values)
}
