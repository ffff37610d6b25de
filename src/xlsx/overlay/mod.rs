//! A sheet of ours laid into a workbook of somebody else's, and marks on its cells, everything
//! else as it was.
//!
//! Only what has to change is written anew in the parts of the package, and every other part is
//! copied as it lies there: so what no reader of ours knows of stays too. A package of an unusual
//! kind is left alone, rather than made into one that Excel has to repair: nothing is then given
//! back.

mod cells;
mod laid;
mod markup;
mod styles;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use cells::{Cells, Wanted};
use markup::{Edits, Kind, Tag, is_sound, is_usual, scan};
use styles::Styles;

/// What is laid over a workbook.
#[derive(Debug)]
pub struct Overlay<'a> {
    /// What the sheet is called. One of the same name is replaced, and the marks that came with it
    /// go.
    pub name: &'a str,
    /// The workbook of ours that has the sheet.
    pub book: &'a [u8],
    pub marks: Vec<Mark<'a>>,
    /// The colours of all marks there can be.
    pub colors: &'a [&'static str],
}

/// What becomes of a cell.
#[derive(Debug)]
pub struct Mark<'a> {
    pub sheet: &'a str,
    pub row: u32,
    pub column: u16,
    /// The colour behind the cell, as `FFF4B6B6`.
    pub color: Option<&'static str>,
    /// What it is to hold from now on.
    pub number: Option<u32>,
}

/// The workbook with what is laid over it; nothing where it is of a kind that is left alone.
pub fn overlay(workbook: &[u8], laid: &Overlay) -> Option<Vec<u8>> {
    let mut package = Package::open(workbook)?;
    let book = package.workbook()?;
    let parts = Sheets::read(&mut package, &book)?;
    let styles_part = parts.related("styles")?;
    let mut styles = Styles::read(package.text(&styles_part)?)?;
    let before = parts.sheets.iter().find(|sheet| sheet.name == laid.name);
    let faded = before.map_or_else(BTreeSet::new, |_| styles.of_colors(laid.colors));
    for sheet in parts.sheets.iter().filter(|sheet| sheet.name != laid.name) {
        let cells = cells_of(&sheet.name, &laid.marks);
        let xml = package.text(&sheet.part)?;
        if !sheet.is_worksheet {
            // What is shown beside another sheet would be edited together with it.
            if xml.contains("tabSelected") {
                return None;
            }
            continue;
        }
        package.put(&sheet.part, cells::marked(&xml, &cells, &mut styles, &faded)?);
    }
    let of_laid = laid::sheet(laid.book, &mut styles)?;
    package.put(&styles_part, styles.written()?);
    let (part, index) = match before {
        Some(sheet) => {
            package.drop_relations(&sheet.part);
            (sheet.part.clone(), parts.sheets.iter().position(|s| s.name == laid.name)?)
        }
        None => (parts.add(&mut package, &book, laid.name)?, parts.sheets.len()),
    };
    package.put(&part, of_laid);
    show_first(&mut package, &book, laid.name, index)?;
    package.written()
}

/// The marks of one sheet by row and column; of two on one cell, the first counts.
fn cells_of(sheet: &str, marks: &[Mark]) -> Cells {
    let mut cells = Cells::new();
    for mark in marks.iter().filter(|mark| mark.sheet == sheet) {
        let wanted: &mut Wanted =
            cells.entry(mark.row).or_default().entry(mark.column).or_default();
        wanted.color = wanted.color.or(mark.color);
        wanted.number = wanted.number.or(mark.number);
    }
    cells
}

/// Opens the workbook with this sheet.
fn show_first(package: &mut Package, book: &str, name: &str, index: usize) -> Option<()> {
    let xml = package.text(book)?;
    let mut edits = Edits::default();
    let (mut has_view, mut sheets) = (false, None);
    scan(&xml, |tag| {
        match (tag.name(), tag.opens()) {
            ("workbookView", true) if !has_view => {
                has_view = true;
                let active = tag.with("activeTab", &index.to_string());
                let view = Tag { kind: tag.kind, text: &active, at: 0..active.len() };
                edits.replace(tag.at.clone(), view.without("firstSheet"));
            }
            ("sheets", true) => sheets = Some(tag.at.start),
            ("sheet", true) if tag.attribute("name").is_some_and(|own| own == name) => {
                edits.replace(tag.at.clone(), tag.without("state"));
            }
            _ => {}
        }
        Some(())
    })?;
    if !has_view {
        let view = format!("<bookViews><workbookView activeTab=\"{index}\"/></bookViews>");
        edits.insert(sheets?, view);
    }
    package.put(book, edits.apply(&xml)?);
    Some(())
}

/// A sheet of the workbook.
struct Sheet {
    name: String,
    part: String,
    is_worksheet: bool,
}

/// The namespace of the ids of relations.
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The sheets of a workbook and what else belongs to it.
struct Sheets {
    sheets: Vec<Sheet>,
    /// By id: the type, and the name of the part.
    relations: BTreeMap<String, (String, String)>,
    highest: u32,
}

impl Sheets {
    fn read(package: &mut Package, book: &str) -> Option<Self> {
        let xml = package.text(book)?;
        if !is_usual(&xml, "workbook") {
            return None;
        }
        let relations = package.relations(book)?;
        let mut read = Self { sheets: Vec::new(), relations, highest: 0 };
        scan(&xml, |tag| {
            if tag.name() != "sheet" || !tag.opens() {
                return Some(());
            }
            let (kind, part) = read.relations.get(&*tag.attribute("r:id")?)?;
            let name = tag.attribute("name")?.into_owned();
            let is_worksheet = kind.ends_with("/worksheet");
            read.sheets.push(Sheet { name, part: part.clone(), is_worksheet });
            read.highest = read.highest.max(tag.number("sheetId")?);
            Some(())
        })?;
        Some(read)
    }

    /// The part of a kind that belongs to the workbook.
    fn related(&self, kind: &str) -> Option<String> {
        let end = format!("/{kind}");
        self.relations.values().find(|(of, _)| of.ends_with(&end)).map(|(_, part)| part.clone())
    }

    /// Adds a sheet behind the others; the name of its part.
    fn add(&self, package: &mut Package, book: &str, name: &str) -> Option<String> {
        let folder = book.rsplit_once('/').map_or("", |(folder, _)| folder);
        let free =
            |number: &u32| !package.has(&format!("{folder}/worksheets/findings{number}.xml"));
        let number = (1..1000).find(free)?;
        let part = format!("{folder}/worksheets/findings{number}.xml");
        let id = (1..10_000).map(|n| format!("rIdFindings{n}"));
        let id = id.into_iter().find(|id| !self.relations.contains_key(id))?;
        let (kind, _) = self.relations.values().find(|(kind, _)| kind.ends_with("/worksheet"))?;
        let relation = format!("<Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"/{part}\"/>");
        package.insert_last(&relations_of(book), "Relationships", &relation)?;
        let content = format!(
            "<Override PartName=\"/{part}\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>"
        );
        package.insert_last("[Content_Types].xml", "Types", &content)?;
        let sheet_id = self.highest.checked_add(1)?;
        // Some programs declare the prefix at each sheet, and not for all.
        let sheet = format!(
            "<sheet xmlns:r=\"{RELATIONS}\" name=\"{name}\" sheetId=\"{sheet_id}\" r:id=\"{id}\"/>"
        );
        package.insert_last(book, "sheets", &sheet)?;
        Some(part)
    }
}

/// The part with the relations of a part.
fn relations_of(part: &str) -> String {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let slash = if folder.is_empty() { "" } else { "/" };
    format!("{folder}{slash}_rels/{file}.rels")
}

/// A package, and the parts of it that are written anew.
struct Package<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    names: BTreeSet<String>,
    edited: BTreeMap<String, String>,
    dropped: BTreeSet<String>,
}

impl<'a> Package<'a> {
    fn open(bytes: &'a [u8]) -> Option<Self> {
        let zip = ZipArchive::new(Cursor::new(bytes)).ok()?;
        let mut names = BTreeSet::new();
        for index in 0..zip.len() {
            let name = zip.name_for_index(index)?.ok()?.into_owned();
            // What is signed would be so no more.
            if name.starts_with("_xmlsignatures") || !names.insert(name) {
                return None;
            }
        }
        Some(Self { zip, names, edited: BTreeMap::new(), dropped: BTreeSet::new() })
    }

    fn has(&self, part: &str) -> bool {
        self.names.iter().any(|name| name.eq_ignore_ascii_case(part))
    }

    fn text(&mut self, part: &str) -> Option<String> {
        if let Some(edited) = self.edited.get(part) {
            return Some(edited.clone());
        }
        let mut bytes = Vec::new();
        self.zip.by_name(part).ok()?.read_to_end(&mut bytes).ok()?;
        let text = String::from_utf8(bytes).ok()?;
        Some(text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text))
    }

    fn put(&mut self, part: &str, text: String) {
        self.edited.insert(part.to_owned(), text);
    }

    /// The relations of a part that is written anew no longer hold.
    fn drop_relations(&mut self, part: &str) {
        self.dropped.insert(relations_of(part));
    }

    /// The name of the workbook's own part.
    fn workbook(&mut self) -> Option<String> {
        let relations = self.relations("")?;
        let book = relations.into_values().find(|(kind, _)| kind.ends_with("/officeDocument"));
        book.map(|(_, part)| part)
    }

    /// The types and the parts that a part is related to, by the ids of the relations.
    fn relations(&mut self, of: &str) -> Option<BTreeMap<String, (String, String)>> {
        let folder = of.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        let xml = self.text(&relations_of(of))?;
        let mut relations = BTreeMap::new();
        scan(&xml, |tag| {
            if tag.name() == "Relationship" && tag.opens() {
                let target = tag.attribute("Target")?;
                let part = match target.strip_prefix('/') {
                    Some(part) => part.to_owned(),
                    None if folder.is_empty() => target.into_owned(),
                    None => format!("{folder}/{target}"),
                };
                let kind = tag.attribute("Type")?.into_owned();
                relations.insert(tag.attribute("Id")?.into_owned(), (kind, part));
            }
            Some(())
        })?;
        Some(relations)
    }

    /// Adds an element as the last of the element of that name.
    fn insert_last(&mut self, part: &str, parent: &str, element: &str) -> Option<()> {
        let xml = self.text(part)?;
        let mut end = None;
        scan(&xml, |tag| {
            if tag.name() == parent && tag.kind == Kind::Close {
                end = Some(tag.at.start);
            }
            Some(())
        })?;
        let mut edits = Edits::default();
        edits.insert(end?, element);
        self.put(part, edits.apply(&xml)?);
        Some(())
    }

    fn written(mut self) -> Option<Vec<u8>> {
        if !self.edited.values().all(|text| is_sound(text)) {
            return None;
        }
        let mut to = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
        for index in 0..self.zip.len() {
            let part = self.zip.by_index_raw(index).ok()?;
            let name = part.name().ok()?.into_owned();
            match self.edited.remove(&name) {
                _ if self.dropped.contains(&name) => {}
                Some(text) => {
                    to.start_file(name, options).ok()?;
                    to.write_all(text.as_bytes()).ok()?;
                }
                None => to.raw_copy_file(part).ok()?,
            }
        }
        for (name, text) in self.edited {
            to.start_file(name, options).ok()?;
            to.write_all(text.as_bytes()).ok()?;
        }
        Some(to.finish().ok()?.into_inner())
    }
}
