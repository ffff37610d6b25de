//! The parts of a zip package, held to the size that they declare, and the walk over their XML.

use std::borrow::Cow;
use std::io::{Cursor, Read};
use std::ops::Deref;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use zip::ZipArchive;
use zip::read::ZipFile;
use zip::result::ZipError;

use super::refusal::{Refusal, within};
use crate::edition::{Limit, Limits};
use crate::model::ObservationKind;

/// The zip formats of workbooks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Xlsx,
    Xlsb,
    Ods,
}

/// A package that declares no more than the limits allow. A part is unpacked when it is read.
pub struct Parts<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    limits: Limits,
}

/// The text of an XML part, and how deep its elements may go.
#[derive(Debug, Default)]
pub struct Xml {
    /// The name of the part.
    name: String,
    text: String,
    limits: Limits,
}

impl Xml {
    fn damaged(&self, found: impl std::fmt::Display) -> Refusal {
        Refusal::damaged(format!("{}: {found}", self.name))
    }
}

impl Deref for Xml {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl<'a> Parts<'a> {
    /// Opens a package, and sums up what it declares.
    pub fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, Refusal> {
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(Refusal::damaged)?;
        within(limits, [(Limit::Entries, zip.len() as u64)])?;
        let mut size = 0u64;
        for index in 0..zip.len() {
            let entry = zip.by_index_raw(index).map_err(Refusal::damaged)?;
            if entry.encrypted() {
                return Err(Refusal::new(ObservationKind::Encrypted, ""));
            }
            size = size.saturating_add(entry.size());
        }
        let names = (0..zip.len()).filter_map(|index| zip.name_for_index(index)?.ok());
        let steps_out = |name: &Cow<str>| name.split(['/', '\\']).any(|step| step == "..");
        if let Some(name) = names.into_iter().find(steps_out) {
            return Err(Refusal::damaged(name));
        }
        within(limits, [(Limit::Unpacked, size)])?;
        Ok(Self { zip, limits: *limits })
    }

    /// Refuses a package with a part that is larger than it says, by unpacking all of it: for
    /// those that a dependency unpacks after us.
    pub fn measure(&mut self) -> Result<(), Refusal> {
        for index in 0..self.zip.len() {
            // A part that cannot be unpacked at all is told of when it is needed.
            let Ok(mut part) = self.zip.by_index(index) else { continue };
            let most = part.size().saturating_add(1);
            let unpacked = std::io::copy(&mut part.by_ref().take(most), &mut std::io::sink());
            if unpacked.is_ok_and(|size| size == most) {
                return Err(larger_than_it_says(&part));
            }
        }
        Ok(())
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
        let mut part = match self.zip.by_index(index) {
            Ok(part) => part,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(Refusal::damaged(error)),
        };
        let most = part.size().saturating_add(1);
        let mut bytes = Vec::new();
        part.by_ref().take(most).read_to_end(&mut bytes).map_err(Refusal::damaged)?;
        if bytes.len() as u64 == most {
            return Err(larger_than_it_says(&part));
        }
        Ok(Some(bytes))
    }

    /// The text of an XML part.
    pub fn xml(&mut self, name: &str) -> Result<Option<Xml>, Refusal> {
        let Some(bytes) = self.read(name)? else { return Ok(None) };
        let text = match (bytes.first(), bytes.get(1)) {
            (Some(0xFF), Some(0xFE)) => utf16(&bytes, u16::from_le_bytes),
            (Some(0xFE), Some(0xFF)) => utf16(&bytes, u16::from_be_bytes),
            // A large part is not to lie in memory twice.
            _ => String::from_utf8(bytes).ok(),
        };
        let mut text = text.ok_or_else(|| {
            Refusal::damaged(format!("{name}: UTF-8 でも UTF-16 でもない文字がある"))
        })?;
        if text.starts_with('\u{FEFF}') {
            text.remove(0);
        }
        Ok(Some(Xml { name: name.to_owned(), text, limits: self.limits }))
    }
}

fn larger_than_it_says<R: Read>(part: &ZipFile<'_, R>) -> Refusal {
    let name = part.name().map(|name| name.into_owned()).unwrap_or_default();
    Refusal::damaged(format!("{name}: 中身が{}バイトより大きい", part.size()))
}

fn not_a_workbook(what: &str) -> Refusal {
    Refusal::new(ObservationKind::NotAWorkbook, what)
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<String> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units: Vec<u16> = pairs.iter().skip(1).map(|&pair| unit(pair)).collect();
    String::from_utf16(&units).ok().filter(|_| rest.is_empty())
}

/// Walks an XML text: `visit` sees every tag, with the text that stood before it since the last;
/// comments and the borders of CDATA do not part it. An empty element has two tags. What is not
/// well-formed is refused: a text that ends inside an element was cut off, and an entity that XML
/// does not know has lost its meaning.
pub fn walk(
    xml: &Xml,
    mut visit: impl FnMut(Tag<'_, '_>, String) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    let mut text = String::new();
    let (mut depth, deepest) = (0, xml.limits.most(Limit::Nesting));
    loop {
        match reader.read_event().map_err(|error| xml.damaged(error))? {
            Event::Start(start) => {
                depth += 1;
                if depth > deepest {
                    return Err(Refusal::beyond(&xml.limits, Limit::Nesting, depth));
                }
                attributes_are_readable(&start).map_err(|error| xml.damaged(error))?;
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
                    let letter = quick_xml::escape::resolve_xml_entity(&name);
                    text.push_str(letter.ok_or_else(|| xml.damaged(format!("&{name};")))?);
                }
            }
            Event::Eof if depth > 0 => return Err(xml.damaged("途中で切れている")),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// Whether all attributes of an element can be read, so that one that is missing for [`attribute`]
/// is not there.
fn attributes_are_readable(start: &BytesStart) -> Result<(), quick_xml::Error> {
    for attribute in start.attributes().with_checks(false) {
        let attribute = attribute?;
        if attribute.value.contains('&') {
            attribute.normalized_value(XmlVersion::Implicit1_0)?;
        }
    }
    Ok(())
}

/// A tag on the way through an XML text.
pub enum Tag<'a, 'b> {
    Open(&'a BytesStart<'b>),
    /// By its local name.
    Close(&'a str),
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

/// A numeric attribute; one that is no number is damage, for nothing stands for what it said.
pub fn number(start: &BytesStart, name: &str) -> Result<Option<u32>, Refusal> {
    let Some(stated) = attribute(start, name) else { return Ok(None) };
    match stated.trim().parse() {
        Ok(number) => Ok(Some(number)),
        Err(_) => Err(Refusal::damaged(format!("{name}=\"{stated}\""))),
    }
}
