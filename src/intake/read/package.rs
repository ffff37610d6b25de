//! The side reader of an `.xlsx` package: what calamine does not give.
//!
//! Runs of rich text, hidden rows and columns, filters, merged regions, notes, text boxes,
//! formulas without a value, macros, links to other workbooks, and the form's stamp.

pub mod floating;
mod relations;
mod sheet;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::grid::{Region, Sheet, Struck};
use super::part::{Parts, Tag, Xml, attribute, declared_strings, flag, walk};
use super::{Font, Refusal, within};
use crate::diag::CellRef;
use crate::edition::fields::{EDITION_NAME, VERSION_NAME};
use crate::edition::{Limit, Limits};
use crate::model::FormStamp;
pub use relations::Relations;

/// What the package says beside the values.
#[derive(Debug, Default)]
pub struct Package {
    /// Worksheets in the workbook's order.
    pub sheets: Vec<Side>,
    pub macros: bool,
    /// The targets of links to other workbooks.
    pub external: Vec<String>,
    pub stamp: Option<FormStamp>,
}

/// What a sheet says beside its values.
#[derive(Debug, Default)]
pub struct Side {
    /// The name of the sheet's part.
    pub part: String,
    /// The sheet as far as it is known without its cells.
    pub sheet: Sheet,
    /// Cells whose text has runs.
    pub rich: BTreeMap<CellRef, Arc<Runs>>,
    /// Formulas without a cached value.
    pub unvalued: Vec<CellRef>,
    /// Error values that calamine does not know.
    pub foreign_errors: BTreeMap<CellRef, String>,
}

impl Side {
    /// Refuses more marks, and more cells that need a second look, than there may be.
    pub fn within(&self, limits: &Limits) -> Result<(), Refusal> {
        let cells = self.rich.len() + self.unvalued.len() + self.foreign_errors.len();
        within(limits, [(Limit::Cells, cells as u64)])?;
        within(limits, self.sheet.marks())
    }
}

/// The runs of a rich text, each with its own font; `None` is the cell's.
#[derive(Debug, Default)]
pub struct Runs(Vec<(String, Option<Font>)>);

impl Runs {
    pub fn push(&mut self, text: String, own: Option<Font>) {
        self.0.push((text, own));
    }

    /// The superscripts and subscripts.
    pub fn raised(&self) -> String {
        let raised = self.0.iter().filter(|(_, own)| own.is_some_and(|own| own.raised));
        raised.map(|(text, _)| text.as_str()).collect()
    }

    /// What is struck, given whether the cell's own font is.
    pub fn struck(&self, cell: bool) -> Struck {
        let mut struck = Struck::default();
        for (text, own) in &self.0 {
            struck.push(text, own.map_or(cell, |own| own.struck));
        }
        struck
    }
}

/// Refuses a part that declares more shared strings than it has room for: calamine makes room for
/// all of them before it reads the first, and whoever asks for too much memory is ended.
fn strings_that_can_be(parts: &mut Parts) -> Result<(), Refusal> {
    let is_strings = |name: &String| name.to_ascii_lowercase().ends_with("sharedstrings.xml");
    for name in parts.names().into_iter().filter(is_strings) {
        let Some(xml) = parts.xml(&name)? else { continue };
        let declared = declared_strings(&xml).unwrap_or(0);
        if declared > xml.len() / "<si/>".len() {
            return Err(Refusal::damaged(format!("{name}: uniqueCount {declared}")));
        }
    }
    Ok(())
}

impl Package {
    pub fn read(parts: &mut Parts) -> Result<Self, Refusal> {
        strings_that_can_be(parts)?;
        let root = Relations::read(parts, "")?;
        let workbook = root.first("officeDocument").unwrap_or("xl/workbook.xml").to_owned();
        let related = Relations::read(parts, &workbook)?;
        let xml = parts.xml(&workbook)?.ok_or_else(|| Refusal::damaged(&workbook))?;
        let outline = Outline::read(&xml)?;
        let strings = match related.first("sharedStrings") {
            Some(part) => runs_of_strings(&parts.xml(part)?.unwrap_or_default())?,
            None => Vec::new(),
        };
        let mut package = Self {
            macros: parts.names().iter().any(|name| name.ends_with("vbaProject.bin")),
            external: external(parts, &related)?,
            stamp: outline.stamp.or(stamp_of_properties(parts)?),
            ..Self::default()
        };
        within(parts.limits(), [(Limit::Sheets, outline.sheets.len() as u64)])?;
        for (name, relation, hidden) in outline.sheets {
            let Some(part) = related.target(&relation).map(str::to_owned) else { continue };
            let sheet = Sheet { name: name.as_str().into(), hidden, ..Sheet::default() };
            let mut side = Side { part, sheet, ..Side::default() };
            sheet::read(parts, &strings, &mut side)?;
            floating::read(parts, &mut side)?;
            package.sheets.push(side);
        }
        Ok(package)
    }
}

/// What `workbook.xml` lists.
#[derive(Default)]
struct Outline {
    /// Name, relation and whether it is hidden.
    sheets: Vec<(String, String, bool)>,
    stamp: Option<FormStamp>,
}

impl Outline {
    fn read(xml: &Xml) -> Result<Self, Refusal> {
        let mut outline = Self::default();
        let mut name = String::new();
        let mut stamp = BTreeMap::new();
        walk(xml, |tag, text| {
            match tag {
                Tag::Open(start) => match start.local_name().as_ref() {
                    "sheet" => {
                        let hidden = attribute(start, "state").is_some_and(|s| s != "visible");
                        outline.sheets.push((
                            attribute(start, "name").unwrap_or_default(),
                            attribute(start, "id").unwrap_or_default(),
                            hidden,
                        ));
                    }
                    "definedName" => name = attribute(start, "name").unwrap_or_default(),
                    _ => {}
                },
                Tag::Close("definedName") => {
                    stamp.insert(std::mem::take(&mut name), literal(&text));
                }
                Tag::Close(_) => {}
            }
            Ok(())
        })?;
        outline.stamp = stamp_of(&mut stamp);
        Ok(outline)
    }
}

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
pub fn stamp_of_properties(parts: &mut Parts) -> Result<Option<FormStamp>, Refusal> {
    let root = Relations::read(parts, "")?;
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

/// The runs of the shared strings, by index; `None` for a plain one.
fn runs_of_strings(xml: &Xml) -> Result<Vec<Option<Arc<Runs>>>, Refusal> {
    let mut strings = Vec::new();
    let mut reader = RunReader::default();
    walk(xml, |tag, text| {
        match &tag {
            Tag::Open(start) if start.local_name().as_ref() == "si" => {
                reader = RunReader::default()
            }
            Tag::Close("si") => strings.push(reader.take()),
            _ => reader.see(&tag, text),
        }
        Ok(())
    })?;
    Ok(strings)
}

/// Collects the runs of one string (`<si>` or `<is>`).
#[derive(Default)]
struct RunReader {
    runs: Runs,
    in_run: bool,
    /// What the run's own properties say, once it has any.
    own: Option<Font>,
}

impl RunReader {
    fn see(&mut self, tag: &Tag, text: String) {
        match tag {
            Tag::Open(start) => match start.local_name().as_ref() {
                "r" => (self.in_run, self.own) = (true, None),
                "rPr" => self.own = Some(Font::default()),
                "strike" => {
                    self.own.get_or_insert_default().struck = flag(start, "val", true);
                }
                "vertAlign" => {
                    let raised = attribute(start, "val").is_some_and(|val| val != "baseline");
                    self.own.get_or_insert_default().raised = raised;
                }
                _ => {}
            },
            Tag::Close("r") => self.in_run = false,
            Tag::Close("t") if self.in_run => self.runs.0.push((text, self.own)),
            Tag::Close(_) => {}
        }
    }

    fn take(&mut self) -> Option<Arc<Runs>> {
        let runs = std::mem::take(self).runs;
        (!runs.0.is_empty()).then(|| Arc::new(runs))
    }
}

/// Reads `A1:B2` or `A1`.
fn region(text: &str) -> Option<Region> {
    let (first, last) = text.split_once(':').unwrap_or((text, text));
    Some(Region { first: CellRef::parse(first)?, last: CellRef::parse(last)? })
}
