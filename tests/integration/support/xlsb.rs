//! Planted submissions as `.xlsb`: packages written record by record, as no program at hand
//! writes them.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};

use bessatsu::schema::form::{EDITION_NAME, VERSION_NAME};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::planted::{Cell, Mark, cells};

/// A binary part that is being written.
#[derive(Default)]
struct Part(Vec<u8>);

impl Part {
    fn record(&mut self, kind: u16, data: &[&[u8]]) {
        let data = data.concat();
        if kind < 0x80 {
            self.0.push(kind as u8);
        } else {
            self.0.extend([(kind & 0x7F) as u8 | 0x80, (kind >> 7) as u8]);
        }
        let mut length = data.len();
        while length >= 0x80 {
            self.0.push((length & 0x7F) as u8 | 0x80);
            length >>= 7;
        }
        self.0.push(length as u8);
        self.0.extend(data);
    }
}

fn long(number: u32) -> [u8; 4] {
    number.to_le_bytes()
}

fn short(number: u16) -> [u8; 2] {
    number.to_le_bytes()
}

/// A text with its length before it.
fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let letters = units.iter().flat_map(|unit| unit.to_le_bytes());
    long(units.len() as u32).into_iter().chain(letters).collect()
}

/// The formats of cells that are always there: plain, struck, white; those of numbers follow.
const PLAIN: u32 = 0;
const STRUCK: u32 = 1;
const WHITE: u32 = 2;
/// The font of raised letters.
const RAISED: u16 = 3;

/// A sheet that is being written.
#[derive(Default)]
struct Sheet {
    name: String,
    cells: BTreeMap<(u32, u32), (u16, u32, Vec<u8>)>,
    merges: Vec<[u32; 4]>,
    hidden_rows: Vec<u32>,
    hidden_columns: Vec<u32>,
    conditions: Vec<[u32; 4]>,
    notes: Vec<((u32, u32), String)>,
    boxes: Vec<((u32, u32), String)>,
    filtered: bool,
}

/// A workbook that is being written.
#[derive(Default)]
struct Workbook {
    sheets: Vec<Sheet>,
    stamp: Vec<String>,
    codes: Vec<String>,
}

/// The workbook of a text that is written as `tests/editions/faults/contents.txt` says.
pub fn workbook(lines: &str) -> Vec<u8> {
    let mut workbook = Workbook::default();
    for line in lines.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(stamp) = line.strip_prefix("stamp ") {
            workbook.stamp = stamp.split(' ').map(str::to_owned).collect();
        } else if let Some(name) = line.strip_prefix("-- ") {
            workbook.sheets.push(Sheet { name: name.to_owned(), ..Sheet::default() });
        } else if let Some(mark) = line.strip_prefix('@') {
            workbook.sheets.last_mut().expect("a sheet").mark(&Mark::parse(mark));
        } else {
            workbook.row(line);
        }
    }
    workbook.package()
}

impl Workbook {
    fn row(&mut self, line: &str) {
        let (row, cells) = cells(line);
        for (column, cell) in (0u32..).zip(cells) {
            let record = match cell {
                Cell::Blank => continue,
                Cell::Text(text) => (6, PLAIN, wide(&text)),
                Cell::Number(number, code) => (5, self.format(code), number.to_le_bytes().to_vec()),
                Cell::Formula(_, result) => formula(result),
            };
            let sheet = self.sheets.last_mut().expect("a sheet");
            sheet.cells.insert((row, column), record);
        }
    }

    /// The format of a number.
    fn format(&mut self, code: &str) -> u32 {
        if code == "General" {
            return PLAIN;
        }
        let known = self.codes.iter().position(|known| known == code);
        let place = known.unwrap_or_else(|| {
            self.codes.push(code.to_owned());
            self.codes.len() - 1
        });
        WHITE + 1 + place as u32
    }

    fn styles(&self) -> Part {
        let mut styles = Part::default();
        for (number, code) in (164u16..).zip(&self.codes) {
            styles.record(44, &[&short(number), &wide(code)]);
        }
        let (black, white) = ([0; 8], [5, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF]);
        for (flags, raised, colour) in [(0, 0, black), (8, 0, black), (0, 0, white), (0, 1, black)]
        {
            let font = [220, flags, 400, raised].map(short).concat();
            styles.record(43, &[&font, &[0; 4], &colour, &[0], &wide("游ゴシック")]);
        }
        styles.record(45, &[&long(0), &[0; 16]]);
        styles.record(617, &[&long(WHITE + 1 + self.codes.len() as u32)]);
        let numbers = (164u16..).take(self.codes.len()).map(|number| (number, 0));
        for (number, font) in [(0, 0), (0, 1), (0, 2)].into_iter().chain(numbers) {
            styles.record(47, &[&[0xFFFF, number, font, 0, 0].map(short).concat(), &[0; 6]]);
        }
        styles.record(618, &[]);
        // One format of conditions, which strikes through.
        styles.record(505, &[&long(1)]);
        styles.record(507, &[&[0; 4], &[1, 29, 5].map(short).concat(), &[1]]);
        styles.record(506, &[]);
        styles
    }

    /// The list of the sheets, and the names that hold the stamp.
    fn list(&self) -> Part {
        let mut list = Part::default();
        list.record(131, &[]);
        list.record(143, &[]);
        for (number, sheet) in (1..).zip(&self.sheets) {
            let relation = wide(&format!("rId{number}"));
            list.record(156, &[&long(0), &long(number), &relation, &wide(&sheet.name)]);
        }
        list.record(144, &[]);
        for (name, value) in [EDITION_NAME, VERSION_NAME].iter().zip(&self.stamp) {
            let text = wide(value);
            let (length, letters) = text.split_at(4);
            let tokens = [&[0x17], &length[..2], letters].concat();
            let formula = [&long(tokens.len() as u32)[..], &tokens, &long(0)].concat();
            list.record(39, &[&[0; 5], &long(u32::MAX), &wide(name), &formula]);
        }
        list.record(132, &[]);
        list
    }

    fn package(&self) -> Vec<u8> {
        let types = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>"#;
        // What every picture in a cell is.
        let pictures = r#"<rvStructures><s t="_webimage"/></rvStructures>"#;
        let sheet = |number: usize| format!("/xl/worksheets/sheet{number}.bin");
        let mut related: Vec<(&str, String)> =
            (1..=self.sheets.len()).map(|number| ("worksheet", sheet(number))).collect();
        related.push(("styles", "/xl/styles.bin".to_owned()));
        let mut parts: Vec<(String, Vec<u8>)> = vec![
            ("[Content_Types].xml".to_owned(), types.into()),
            ("_rels/.rels".to_owned(), relations(&[("officeDocument", "/xl/workbook.bin".into())])),
            ("xl/workbook.bin".to_owned(), self.list().0),
            ("xl/_rels/workbook.bin.rels".to_owned(), relations(&related)),
            ("xl/styles.bin".to_owned(), self.styles().0),
            ("xl/richData/rdrichvaluestructure.xml".to_owned(), pictures.into()),
        ];
        for (number, sheet) in (1..).zip(&self.sheets) {
            sheet.parts(number, &mut parts);
        }
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in parts {
            zip.start_file(name, SimpleFileOptions::default()).expect("a part");
            zip.write_all(&bytes).expect("a part");
        }
        zip.finish().expect("a package").into_inner()
    }
}

/// The record of a formula by its result. One without a result is not to be written in this
/// format: it shows an empty text.
fn formula(result: &str) -> (u16, u32, Vec<u8>) {
    // The flags, and the formula `1`.
    let tokens = [&short(0)[..], &long(3), &[0x1E, 1, 0], &long(0)].concat();
    let code = match result {
        "" => return (8, PLAIN, [&wide("")[..], &tokens].concat()),
        "#REF!" => 0x17,
        "#VALUE!" => 0x0F,
        result => panic!("{result}?"),
    };
    (11, PLAIN, [&[code][..], &tokens].concat())
}

impl Sheet {
    fn mark(&mut self, mark: &Mark) {
        let [top, left, bottom, right] = mark.cells;
        let cells = [top, bottom, left, right];
        let place = (top, left);
        let text = |text: &str| (6, PLAIN, wide(text));
        match mark.kind {
            "strike" => self.cells.get_mut(&place).expect("a cell").1 = STRUCK,
            "white" => _ = self.cells.insert(place, (6, WHITE, wide(mark.text))),
            "below" => _ = self.cells.insert(place, text(mark.text)),
            "repeat" => _ = self.cells.insert(place, text(&mark.repeated())),
            "raise" => {
                let pieces: Vec<&str> = mark.text.split('|').collect();
                let [before, raised, _] = pieces[..] else { panic!("three pieces") };
                let begin = before.encode_utf16().count() as u16;
                let end = begin + raised.encode_utf16().count() as u16;
                let runs = [begin, RAISED, end, 0].map(short).concat();
                let rich = [&[1][..], &wide(&pieces.concat()), &long(2), &runs].concat();
                self.cells.insert(place, (62, PLAIN, rich));
            }
            "merge" => {
                self.merges.push(cells);
                self.cells.insert(place, text(mark.text));
            }
            "condition" => self.conditions.push(cells),
            "note" => self.notes.push((place, mark.text.to_owned())),
            "box" => self.boxes.push((place, mark.text.to_owned())),
            "hide-row" => self.hidden_rows.push(top),
            "hide-column" => self.hidden_columns.push(left),
            "filter" => self.filtered = true,
            kind => panic!("@{kind}?"),
        }
    }

    fn part(&self) -> Part {
        let mut part = Part::default();
        part.record(129, &[]);
        part.record(390, &[]);
        for column in &self.hidden_columns {
            let numbers = [*column, *column, 2_048, 0].map(long).concat();
            part.record(60, &[&numbers, &short(1)]);
        }
        part.record(391, &[]);
        part.record(145, &[]);
        let mut last = None;
        for ((row, column), (kind, format, data)) in &self.cells {
            if last != Some(row) {
                let flags = if self.hidden_rows.contains(row) { 0x10 } else { 0 };
                part.record(0, &[&long(*row), &long(0), &short(300), &[0, flags], &[0; 5]]);
                last = Some(row);
            }
            // A picture in a cell is an error for those who do not know its value.
            if *kind == 11 && data.first() == Some(&0x0F) {
                part.record(50, &[&long(1)]);
            }
            part.record(*kind, &[&long(*column), &long(*format), data]);
        }
        part.record(146, &[]);
        if self.filtered {
            part.record(161, &[&[0; 16]]);
            part.record(163, &[&[0; 6]]);
            part.record(164, &[]);
            part.record(162, &[]);
        }
        for merge in &self.merges {
            part.record(176, &[&merge.map(long).concat()]);
        }
        for cells in &self.conditions {
            let cells = cells.map(long).concat();
            part.record(461, &[&[1, 0, 1].map(long).concat(), &cells]);
            // A function of one operand that nobody works out.
            let tokens = [0x1E, 1, 0, 0x42, 1, 90, 1];
            let numbers = [2, 1, 0, 1, 0, 0, 0].map(long).concat();
            let lengths = [tokens.len() as u32, 0, 0, u32::MAX].map(long).concat();
            let formula = [&long(tokens.len() as u32)[..], &tokens, &long(0)].concat();
            part.record(463, &[&numbers, &short(0), &lengths, &formula]);
            part.record(464, &[]);
            part.record(462, &[]);
        }
        part.record(130, &[]);
        part
    }

    /// The part of the sheet, and those that lie beside it.
    fn parts(&self, number: usize, parts: &mut Vec<(String, Vec<u8>)>) {
        parts.push((format!("xl/worksheets/sheet{number}.bin"), self.part().0));
        let mut related = Vec::new();
        if !self.notes.is_empty() {
            let mut notes = Part::default();
            notes.record(628, &[]);
            for ((row, column), text) in &self.notes {
                let cell = [0, *row, *row, *column, *column].map(long).concat();
                notes.record(635, &[&cell, &[0; 16]]);
                notes.record(637, &[&[0], &wide(text)]);
                notes.record(636, &[]);
            }
            notes.record(629, &[]);
            let name = format!("xl/comments{number}.bin");
            related.push(("comments", format!("/{name}")));
            parts.push((name, notes.0));
        }
        if !self.boxes.is_empty() {
            let boxes: String =
                self.boxes.iter().map(|(place, text)| text_box(*place, text)).collect();
            let name = format!("xl/drawings/drawing{number}.xml");
            related.push(("drawing", format!("/{name}")));
            parts.push((name, format!("<wsDr>{boxes}</wsDr>").into_bytes()));
        }
        let name = format!("xl/worksheets/_rels/sheet{number}.bin.rels");
        parts.push((name, relations(&related)));
    }
}

fn text_box((row, column): (u32, u32), text: &str) -> String {
    let (below, right) = (row + 2, column + 1);
    format!(
        "<twoCellAnchor><from><col>{column}</col><row>{row}</row></from><to><col>{right}</col><row>{below}</row></to><sp><txBody><p><r><t>{text}</t></r></p></txBody></sp></twoCellAnchor>"
    )
}

fn relations(related: &[(&str, String)]) -> Vec<u8> {
    const KIND: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let entry = |(number, (kind, target)): (usize, &(&str, String))| {
        format!(r#"<Relationship Id="rId{number}" Type="{KIND}/{kind}" Target="{target}"/>"#)
    };
    let entries: String = (1..).zip(related).map(entry).collect();
    let namespace = "http://schemas.openxmlformats.org/package/2006/relationships";
    format!(r#"<Relationships xmlns="{namespace}">{entries}</Relationships>"#).into_bytes()
}
