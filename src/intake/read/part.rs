//! The parts of a zip package, measured before they are unpacked.

use std::io::{Cursor, Read};
use std::ops::Deref;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use zip::ZipArchive;
use zip::result::ZipError;

use super::{Refusal, within};
use crate::edition::{Limit, Limits};
use crate::model::OddityKind;

/// A workbook that unpacks to no more bytes than this is unpacked once for all who read it here.
const SMALL: u64 = 4 << 20;

/// The zip formats of workbooks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Xlsx,
    Xlsb,
    Ods,
}

/// A package whose parts keep within the limits and are as large as they say.
pub struct Parts<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// The parts by their index, where the whole is small enough to keep what was unpacked for
    /// measuring it.
    unpacked: Vec<Option<Vec<u8>>>,
    limits: Limits,
}

/// The text of an XML part, and how deep its elements may go.
#[derive(Debug, Default)]
pub struct Xml {
    text: String,
    limits: Limits,
}

impl Deref for Xml {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl<'a> Parts<'a> {
    /// Opens a package, sums up what it declares, and then lets every part pass once, so that
    /// nobody after us meets one that is larger than it says.
    pub fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, Refusal> {
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(Refusal::damaged)?;
        within(limits, [(Limit::Entries, zip.len() as u64)])?;
        let mut size = 0u64;
        for index in 0..zip.len() {
            let entry = zip.by_index_raw(index).map_err(Refusal::damaged)?;
            if entry.encrypted() {
                return Err(Refusal::new(OddityKind::Encrypted, ""));
            }
            size = size.saturating_add(entry.size());
        }
        within(limits, [(Limit::Unpacked, size)])?;
        let mut unpacked = Vec::new();
        for index in 0..zip.len() {
            unpacked.push(measure(&mut zip, index, size <= SMALL)?);
        }
        Ok(Self { zip, unpacked, limits: *limits })
    }

    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Which workbook it is, by the parts it has.
    pub fn format(&mut self) -> Result<Format, Refusal> {
        if let Some(kind) = self.read("mimetype")? {
            let spreadsheet = kind.starts_with(b"application/vnd.oasis.opendocument.spreadsheet");
            return if spreadsheet { Ok(Format::Ods) } else { Err(not_a_workbook("ODF")) };
        }
        let Some(types) = self.xml("[Content_Types].xml")? else {
            return Err(not_a_workbook("ZIP"));
        };
        if types.contains("spreadsheetml.sheet.main+xml")
            || types.contains("ms-excel.sheet.macroEnabled.main+xml")
            || types.contains("spreadsheetml.template.main+xml")
            || types.contains("ms-excel.template.macroEnabled.main+xml")
        {
            Ok(Format::Xlsx)
        } else if types.contains("ms-excel.sheet.binary.macroEnabled.main") {
            Ok(Format::Xlsb)
        } else {
            Err(not_a_workbook(if types.contains("wordprocessingml") { "Word" } else { "OOXML" }))
        }
    }

    /// The names of the parts in the package's order.
    pub fn names(&self) -> Vec<String> {
        self.zip.file_names().flatten().map(|name| name.into_owned()).collect()
    }

    /// The bytes of a part, if there is one of that name (letters of either case).
    pub fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>, Refusal> {
        let name = name.trim_start_matches('/');
        let found = match self.zip.index_for_name(name) {
            Some(index) => Some(index),
            None => {
                let at = |index: usize| self.zip.name_for_index(index)?.ok();
                (0..self.zip.len())
                    .find(|&index| at(index).is_some_and(|n| n.eq_ignore_ascii_case(name)))
            }
        };
        let Some(index) = found else { return Ok(None) };
        if let Some(Some(bytes)) = self.unpacked.get(index) {
            return Ok(Some(bytes.clone()));
        }
        let mut part = match self.zip.by_index(index) {
            Ok(part) => part,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(Refusal::damaged(error)),
        };
        let mut bytes = Vec::new();
        part.by_ref()
            .take(self.limits.most(Limit::Unpacked))
            .read_to_end(&mut bytes)
            .map_err(Refusal::damaged)?;
        Ok(Some(bytes))
    }

    /// The text of an XML part.
    pub fn xml(&mut self, name: &str) -> Result<Option<Xml>, Refusal> {
        let Some(bytes) = self.read(name)? else { return Ok(None) };
        let mut text = match (bytes.first(), bytes.get(1)) {
            (Some(0xFF), Some(0xFE)) => utf16(&bytes, u16::from_le_bytes),
            (Some(0xFE), Some(0xFF)) => utf16(&bytes, u16::from_be_bytes),
            // A large part is not to lie in memory twice.
            _ => String::from_utf8(bytes)
                .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()),
        };
        if text.starts_with('\u{FEFF}') {
            text.remove(0);
        }
        Ok(Some(Xml { text, limits: self.limits }))
    }
}

/// Refuses a part that is larger than it says, or that names a place outside of the package. Gives
/// what was unpacked if it is to be kept and is whole.
fn measure(
    zip: &mut ZipArchive<Cursor<&[u8]>>,
    index: usize,
    keep: bool,
) -> Result<Option<Vec<u8>>, Refusal> {
    if let Some(Ok(name)) = zip.name_for_index(index)
        && name.split(['/', '\\']).any(|step| step == "..")
    {
        return Err(Refusal::damaged(name));
    }
    // A part that cannot be unpacked at all is told of when it is needed.
    let Ok(mut part) = zip.by_index(index) else { return Ok(None) };
    let declared = part.size();
    let mut kept = Vec::new();
    let mut piece = [0; 1 << 14];
    let mut size = 0u64;
    loop {
        let read = match part.read(&mut piece) {
            Ok(0) => return Ok(keep.then_some(kept)),
            Ok(read) => read,
            Err(_) => return Ok(None),
        };
        size = size.saturating_add(read as u64);
        if size > declared {
            let name = part.name().map(|name| name.into_owned()).unwrap_or_default();
            return Err(Refusal::damaged(format!("{name}: {declared} < {size}")));
        }
        if keep {
            kept.extend_from_slice(&piece[..read]);
        }
    }
}

fn not_a_workbook(what: &str) -> Refusal {
    Refusal::new(OddityKind::NotAWorkbook, what)
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units: Vec<u16> = bytes.as_chunks::<2>().0.iter().skip(1).map(|&pair| unit(pair)).collect();
    String::from_utf16_lossy(&units)
}

/// Walks an XML text: `visit` sees every tag, with the text that stood before it since the last.
/// An empty element has two.
pub fn walk(
    xml: &Xml,
    mut visit: impl FnMut(Tag<'_, '_>, String) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    let mut reader = Reader::from_str(xml);
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    config.check_end_names = false;
    let mut text = String::new();
    let (mut depth, deepest) = (0, xml.limits.most(Limit::Nesting));
    loop {
        match reader.read_event().map_err(Refusal::damaged)? {
            Event::Start(start) => {
                depth += 1;
                if depth > deepest {
                    return Err(Refusal::beyond(&xml.limits, Limit::Nesting, depth));
                }
                visit(Tag::Open(&start), std::mem::take(&mut text))?;
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                let name = end.local_name();
                visit(Tag::Close(name.as_ref()), std::mem::take(&mut text))?;
            }
            Event::Text(piece) => text.push_str(&piece.xml10_content()),
            Event::CData(piece) => text.push_str(&piece.xml10_content()),
            Event::GeneralRef(entity) => {
                if let Ok(Some(letter)) = entity.resolve_char_ref() {
                    text.push(letter);
                } else {
                    let name = entity.xml10_content();
                    text.push_str(quick_xml::escape::resolve_xml_entity(&name).unwrap_or(""));
                }
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// A tag on the way through an XML text.
pub enum Tag<'a, 'b> {
    Open(&'a BytesStart<'b>),
    /// By its local name.
    Close(&'a str),
}

/// How many strings a part of shared strings says it has.
pub fn declared_strings(xml: &Xml) -> Option<usize> {
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) | Event::Empty(start) if start.local_name().as_ref() == "sst" => {
                return attribute(&start, "uniqueCount")?.trim().parse().ok();
            }
            Event::Eof => return None,
            _ => {}
        }
    }
}

/// An attribute by its local name, its entities resolved.
pub fn attribute(start: &BytesStart, name: &str) -> Option<String> {
    start
        .attributes()
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.local_name().as_ref() == name)
        .and_then(|attribute| {
            Some(attribute.normalized_value(XmlVersion::Implicit1_0).ok()?.into())
        })
}

/// Whether an attribute says yes; `absent` where there is none.
pub fn flag(start: &BytesStart, name: &str, absent: bool) -> bool {
    attribute(start, name).map_or(absent, |value| value == "1" || value == "true" || value == "on")
}

/// A numeric attribute.
pub fn number(start: &BytesStart, name: &str) -> Option<u32> {
    attribute(start, name)?.parse().ok()
}
