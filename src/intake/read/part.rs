//! The parts of a zip package, held to the size that they declare, and the walk over their XML.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};
use std::ops::Deref;

use percent_encoding::percent_decode_str;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use zip::ZipArchive;
use zip::read::ZipFile;

use super::bytes::u16_at;
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
    /// Where the parts are, by their [`key`].
    places: BTreeMap<String, usize>,
    limits: Limits,
}

/// What the names of a part have in common, however they are written: letters of either case,
/// either slash, letters as they are or as `%E8%A1%A8`.
fn key(name: &str) -> String {
    let name = percent_decode_str(name).decode_utf8().unwrap_or(Cow::Borrowed(name));
    name.replace('\\', "/").trim_start_matches('/').to_ascii_lowercase()
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
    /// A text that is a file of its own.
    pub fn of_file(bytes: Vec<u8>, limits: &Limits) -> Option<Self> {
        let mut text = decoded(bytes)?;
        if text.starts_with('\u{FEFF}') {
            text.remove(0);
        }
        Some(Self { name: "XML".to_owned(), text, limits: *limits })
    }

    /// The same with some words replaced by others.
    pub fn replaced(&self, from: &str, to: &str) -> Self {
        Self { name: self.name.clone(), text: self.text.replace(from, to), limits: self.limits }
    }

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
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(Refusal::of_package)?;
        within(limits, [(Limit::Entries, zip.len() as u64)])?;
        let mut size = 0u64;
        for index in 0..zip.len() {
            let entry = zip.by_index_raw(index).map_err(Refusal::of_package)?;
            if entry.encrypted() {
                return Err(Refusal::new(ObservationKind::Encrypted, ""));
            }
            size = size.saturating_add(entry.size());
        }
        let names = (0..zip.len()).filter_map(|index| zip.name_for_index(index)?.ok());
        let steps_out = |name: &Cow<str>| name.split(['/', '\\']).any(|step| step == "..");
        if let Some(name) = names.into_iter().find(steps_out) {
            return Err(Refusal::damaged(format!("パッケージの外を指す部品名「{name}」")));
        }
        within(limits, [(Limit::Unpacked, size)])?;
        if zip.has_duplicate_names()
            && let Some(name) = given_twice(bytes, zip.central_directory_start())
        {
            return Err(part_twice(&name));
        }
        let mut places = BTreeMap::new();
        for index in 0..zip.len() {
            let Some(Ok(name)) = zip.name_for_index(index) else { continue };
            let first = places.insert(key(&name), index);
            // In a package of Office a part is the same in letters of either case.
            if first.is_some() && !name.ends_with(['/', '\\']) {
                return Err(part_twice(&name));
            }
        }
        Ok(Self { zip, places, limits: *limits })
    }

    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Which workbook it is, by the parts it has.
    pub fn format(&mut self) -> Result<Format, Refusal> {
        if let Some(kind) = self.read("mimetype")? {
            let spreadsheet = kind.trim_ascii_start().starts_with(SPREADSHEET.as_bytes());
            return if spreadsheet { Ok(Format::Ods) } else { Err(not_a_workbook("ODF")) };
        }
        let Some(types) = self.xml("[Content_Types].xml")? else {
            // The part `mimetype` is for those who only look at the first bytes.
            let content = self.xml("content.xml")?;
            let is_spreadsheet = content.is_some_and(|xml| xml.contains("<office:spreadsheet"));
            return if is_spreadsheet { Ok(Format::Ods) } else { Err(not_a_workbook("ZIP")) };
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

    /// The bytes of a part, if there is one of that name.
    pub fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>, Refusal> {
        let Some(&index) = self.places.get(&key(name)) else { return Ok(None) };
        let broken = |why: &dyn std::fmt::Display| {
            Refusal::damaged(format!("{name}: 圧縮された中身を取り出せない（{why}）"))
        };
        let mut part = self.zip.by_index(index).map_err(|error| match error {
            zip::result::ZipError::CompressionMethodNotSupported(method) => {
                broken(&format!("圧縮方式 {method}"))
            }
            _ => broken(&"見出しが正しくない"),
        })?;
        let most = part.size().saturating_add(1);
        let mut bytes = Vec::new();
        let unpacked = part.by_ref().take(most).read_to_end(&mut bytes);
        unpacked.map_err(|_| broken(&"途中で切れているか、書き換わっている"))?;
        if bytes.len() as u64 == most {
            return Err(larger_than_it_says(&part));
        }
        Ok(Some(bytes))
    }

    /// The text of an XML part.
    pub fn xml(&mut self, name: &str) -> Result<Option<Xml>, Refusal> {
        let Some(bytes) = self.read(name)? else { return Ok(None) };
        let xml = Xml::of_file(bytes, &self.limits).ok_or_else(|| {
            Refusal::damaged(format!("{name}: UTF-8 でも UTF-16 でもない文字がある"))
        })?;
        Ok(Some(Xml { name: name.to_owned(), ..xml }))
    }
}

/// The name that two entries of a package have, by its directory, which begins at `start`.
fn given_twice(bytes: &[u8], start: u64) -> Option<String> {
    let mut rest = bytes.get(usize::try_from(start).ok()?..)?;
    let mut names = BTreeSet::new();
    while rest.starts_with(b"PK\x01\x02") {
        let [name, extra, comment] = [28, 30, 32].map(|at| u16_at(rest, at).map(usize::from));
        let end = 46 + name?;
        let name = String::from_utf8_lossy(rest.get(46..end)?).into_owned();
        if names.contains(&name) {
            return Some(name);
        }
        names.insert(name);
        rest = rest.get(end + extra? + comment?..)?;
    }
    None
}

fn part_twice(name: &str) -> Refusal {
    Refusal::damaged(format!("同じ名前の部品が2つある「{name}」"))
}

fn larger_than_it_says<R: Read>(part: &ZipFile<'_, R>) -> Refusal {
    let name = part.name().map(|name| name.into_owned()).unwrap_or_default();
    Refusal::damaged(format!("{name}: 中身が{}バイトより大きい", part.size()))
}

fn not_a_workbook(what: &str) -> Refusal {
    Refusal::new(ObservationKind::NotAWorkbook, what)
}

/// The media type of spreadsheets in Open Document.
pub const SPREADSHEET: &str = "application/vnd.oasis.opendocument.spreadsheet";

/// A text in UTF-8, or in UTF-16 of either order, with its mark or without.
fn decoded(bytes: Vec<u8>) -> Option<String> {
    match (bytes.first(), bytes.get(1)) {
        (Some(0xFF), Some(0xFE)) | (Some(b'<'), Some(0)) => utf16(&bytes, u16::from_le_bytes),
        (Some(0xFE), Some(0xFF)) | (Some(0), Some(b'<')) => utf16(&bytes, u16::from_be_bytes),
        // A large part is not to lie in memory twice.
        _ => String::from_utf8(bytes).ok(),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<String> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units: Vec<u16> = pairs.iter().map(|&pair| unit(pair)).collect();
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
    // A part that is not there has no name, and nothing in it.
    let mut is_over = xml.name.is_empty();
    let ill_formed = |error: quick_xml::Error| xml.damaged(fault(&error));
    loop {
        match reader.read_event().map_err(ill_formed)? {
            Event::Start(start) => {
                if depth == 0 && is_over {
                    return Err(xml.damaged("終わりの後に別の内容がある"));
                }
                is_over = true;
                depth += 1;
                if depth > deepest {
                    return Err(Refusal::beyond(&xml.limits, Limit::Nesting, depth));
                }
                attributes_are_readable(&start).map_err(ill_formed)?;
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
                    text.push_str(
                        letter.ok_or_else(|| xml.damaged(format!("知らない実体「&{name};」")))?,
                    );
                }
            }
            Event::Eof if depth > 0 => return Err(xml.damaged("途中で切れている")),
            Event::Eof if !is_over => return Err(xml.damaged("中身がない")),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// What is wrong with an XML text, in our users' words.
fn fault(error: &quick_xml::Error) -> String {
    use quick_xml::Error;
    use quick_xml::errors::IllFormedError;
    match error {
        Error::IllFormed(IllFormedError::MismatchedEndTag { expected, found }) => {
            format!("「<{expected}>」が「</{found}>」で閉じられている")
        }
        Error::IllFormed(IllFormedError::UnmatchedEndTag(tag)) => {
            format!("始まりのない「</{tag}>」がある")
        }
        Error::IllFormed(IllFormedError::MissingEndTag(_)) | Error::Syntax(_) => {
            "途中で切れている".to_owned()
        }
        Error::InvalidAttr(_) => "属性の書き方が正しくない".to_owned(),
        Error::Escape(_) => "「&」で始まる文字の書き方が正しくない".to_owned(),
        Error::Encoding(_) => "文字コードが正しくない".to_owned(),
        Error::Io(_) | Error::IllFormed(_) | Error::Namespace(_) => {
            "XML の書き方が正しくない".to_owned()
        }
    }
}

/// Whether all attributes of an element can be read, so that one that is missing for [`attribute`]
/// is not there.
fn attributes_are_readable(start: &BytesStart) -> Result<(), quick_xml::Error> {
    for attribute in start.attributes() {
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

/// Attributes by their local names, in one look; of two of a name the first.
pub fn attributes<'s, const N: usize>(
    start: &'s BytesStart,
    names: [&str; N],
) -> [Option<Cow<'s, str>>; N] {
    let mut values = [const { None }; N];
    for attribute in start.attributes().with_checks(false) {
        let Ok(attribute) = attribute else { continue };
        let local = attribute.key.local_name();
        for (value, name) in values.iter_mut().zip(names) {
            if value.is_none() && *name == *local.as_ref() {
                *value = attribute.normalized_value(XmlVersion::Implicit1_0).ok();
            }
        }
    }
    values
}

/// Whether an attribute says yes; `absent` where there is none.
pub fn flag(start: &BytesStart, name: &str, absent: bool) -> bool {
    attribute(start, name).map_or(absent, |value| is_yes(&value))
}

/// Whether the value of an attribute says yes.
pub fn is_yes(value: &str) -> bool {
    ["1", "true", "on"].contains(&value)
}

/// A numeric attribute; one that is no number is damage, for nothing stands for what it said.
pub fn number(start: &BytesStart, name: &str) -> Result<Option<u32>, Refusal> {
    let Some(stated) = attribute(start, name) else { return Ok(None) };
    match stated.trim().parse() {
        Ok(number) => Ok(Some(number)),
        Err(_) => Err(Refusal::damaged(format!("数でない属性 {name}=\"{stated}\""))),
    }
}
