//! `.xlsb`: a package written record by record, as no library at hand writes it.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::form::{observations, read};
use crate::schema::keys;

/// A part that is being written.
#[derive(Default)]
pub struct Part(pub Vec<u8>);

impl Part {
    pub fn record(&mut self, kind: u16, data: &[&[u8]]) -> &mut Self {
        let data = data.concat();
        if kind < 128 {
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
        self
    }
}

pub fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut bytes = (units.len() as u32).to_le_bytes().to_vec();
    bytes.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
    bytes
}

pub fn long(number: u32) -> [u8; 4] {
    number.to_le_bytes()
}

/// A row's header; the eleventh byte says whether it is hidden.
pub fn row(sheet: &mut Part, number: u32, hidden: bool) {
    let flags = [0, if hidden { 0x10 } else { 0 }, 0, 0, 0, 0, 0];
    sheet.record(0, &[&long(number), &long(0), &[0, 0], &flags]);
}

pub fn texts(sheet: &mut Part, columns: &[(u32, &str)]) {
    for (column, text) in columns {
        sheet.record(6, &[&long(*column), &long(0), &wide(text)]);
    }
}

pub fn styles() -> Part {
    let mut styles = Part::default();
    styles.record(44, &[&164u16.to_le_bytes(), &wide("#,##0\"人\"")]);
    styles.record(43, &[&[0xDC, 0, 0, 0]]).record(43, &[&[0xDC, 0, 8, 0, 0x90, 1, 1, 0]]);
    styles.record(617, &[&long(4)]);
    for (format, font) in [(0u16, 0u16), (164, 0), (0, 1), (0, 0)] {
        let head = [0xFFFFu16.to_le_bytes(), format.to_le_bytes(), font.to_le_bytes()].concat();
        styles.record(47, &[&head, &[0; 10]]);
    }
    styles.record(618, &[]);
    styles
}

fn package(sheet: &Part, strings: &Part) -> Vec<u8> {
    package_with(sheet, strings, &styles(), &[])
}

/// A package with these styles and with more parts beside its sheet, each with the kind of the
/// relation to it.
pub fn package_with(
    sheet: &Part,
    strings: &Part,
    styles: &Part,
    more: &[(&str, &str, Vec<u8>)],
) -> Vec<u8> {
    const KIND: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relations = |entries: &[(&str, &str)]| {
        let entry = |(index, (kind, target)): (usize, &(&str, &str))| {
            format!(
                r#"<Relationship Id="rId{}" Type="{KIND}/{kind}" Target="{target}"/>"#,
                index + 1
            )
        };
        let entries: String = entries.iter().enumerate().map(entry).collect();
        let namespace = "http://schemas.openxmlformats.org/package/2006/relationships";
        format!(r#"<Relationships xmlns="{namespace}">{entries}</Relationships>"#).into_bytes()
    };
    let types = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>"#;
    let mut workbook = Part::default();
    workbook.record(131, &[]).record(143, &[]);
    workbook.record(156, &[&long(0), &long(1), &wide("rId1"), &wide("様式１")]);
    workbook.record(144, &[]).record(132, &[]);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let beside: Vec<(&str, &str)> = more.iter().map(|(kind, name, _)| (*kind, *name)).collect();
    for (name, bytes) in [
        ("[Content_Types].xml", types.as_bytes().to_vec()),
        ("_rels/.rels", relations(&[("officeDocument", "xl/workbook.bin")])),
        ("xl/workbook.bin", workbook.0),
        (
            "xl/_rels/workbook.bin.rels",
            relations(&[
                ("worksheet", "worksheets/sheet1.bin"),
                ("styles", "styles.bin"),
                ("sharedStrings", "sharedStrings.bin"),
            ]),
        ),
        ("xl/styles.bin", styles.0.clone()),
        ("xl/worksheets/_rels/sheet1.bin.rels", relations(&beside)),
        ("xl/sharedStrings.bin", strings.0.clone()),
        ("xl/worksheets/sheet1.bin", sheet.0.clone()),
    ]
    .into_iter()
    .chain(more.iter().map(|(_, name, bytes)| (name.trim_start_matches('/'), bytes.clone())))
    {
        zip.start_file(name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(&bytes).expect("a part");
    }
    zip.finish().expect("a package").into_inner()
}

#[test]
fn a_binary_workbook_shows_its_formats_and_marks() {
    let mut strings = Part::default();
    strings.record(159, &[&long(1), &long(1)]);
    // 「あい」 with a run of font 1, which is struck and raised, from its second letter.
    strings.record(19, &[&[1], &wide("あい"), &long(1), &[1, 0, 1, 0]]);
    strings.record(160, &[]);
    let mut sheet = Part::default();
    sheet.record(129, &[]);
    sheet.record(148, &[&long(0), &long(9), &long(0), &long(6)]);
    sheet.record(390, &[]);
    sheet.record(60, &[&long(4), &long(4), &long(0), &long(0), &[1, 0]]);
    sheet.record(391, &[]);
    sheet.record(145, &[]);
    row(&mut sheet, 0, false);
    texts(&mut sheet, &[(0, "部局名"), (1, "総務部")]);
    row(&mut sheet, 2, false);
    texts(
        &mut sheet,
        &[(0, "分野"), (1, "主なKPI"), (2, "対象施策"), (3, "現状値"), (4, "目標値")],
    );
    row(&mut sheet, 3, true);
    texts(&mut sheet, &[(0, "1(1)"), (1, "人数"), (4, "2,000人")]);
    sheet.record(7, &[&long(2), &long(0), &long(0)]);
    sheet.record(5, &[&long(3), &long(1), &1551.0f64.to_le_bytes()]);
    row(&mut sheet, 4, false);
    texts(&mut sheet, &[(0, "1(1)"), (1, "誤り")]);
    sheet.record(6, &[&long(2), &long(2), &wide("やめた")]);
    sheet.record(11, &[&long(3), &long(0), &[0x17, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]]);
    sheet.record(146, &[]);
    sheet.record(176, &[&long(3), &long(4), &long(0), &long(0)]);
    sheet.record(130, &[]);
    let intake = read(&[("01_総務部.xlsb", package(&sheet, &strings))]);
    assert_eq!(
        observations(&intake.receipts[0]),
        [
            "ColumnMissing A3",
            "ColumnMissing A3",
            "ColumnMissing A3",
            "SheetMissing",
            "ErrorValue D5 #REF!",
            "StruckText C4 い",
            "StruckText C5 やめた",
            "RaisedText C4 い",
            "HiddenData A4 人数",
            "HiddenData E3 2,000人",
            "MergedCells A4 A4:A5",
        ]
    );
    let kpi = &intake.annex.kpis[0];
    assert_eq!(kpi.figure(keys::CURRENT).value.printed, "1,551人");
    assert_eq!(kpi.measures[0].text.value, "あい");
    assert_eq!(intake.annex.kpis[1].figure(keys::CURRENT).value.printed, "#REF!");
}

#[test]
fn a_cell_beyond_the_edge_of_a_sheet_is_damage() {
    for (number, column) in [(0, 16_384), (0, u32::MAX), (1_048_576, 0)] {
        let mut sheet = Part::default();
        sheet.record(129, &[]);
        sheet.record(148, &[&long(0), &long(9), &long(0), &long(6)]);
        sheet.record(145, &[]);
        row(&mut sheet, number, false);
        texts(&mut sheet, &[(column, "部局名")]);
        sheet.record(146, &[]).record(130, &[]);
        let mut strings = Part::default();
        strings.record(159, &[&long(0), &long(0)]).record(160, &[]);
        let bytes = package(&sheet, &strings);
        let intake = read(&[("01_総務部.xlsb", bytes)]);
        let [told] = &observations(&intake.receipts[0])[..] else { panic!("{number} {column}") };
        assert!(told.starts_with("Damaged シートにないセル"), "{told}");
    }
}

#[test]
fn of_one_cell_twice_nobody_knows_which_counts() {
    let mut sheet = Part::default();
    sheet.record(129, &[]);
    sheet.record(145, &[]);
    row(&mut sheet, 0, false);
    texts(&mut sheet, &[(0, "部局名"), (1, "総務部"), (1, "企画部")]);
    sheet.record(146, &[]).record(130, &[]);
    let mut strings = Part::default();
    strings.record(159, &[&long(0), &long(0)]).record(160, &[]);
    let intake = read(&[("01_総務部.xlsb", package(&sheet, &strings))]);
    let told = observations(&intake.receipts[0]);
    assert_eq!(told, ["Damaged 「様式１」: B1: 同じセルが2回書かれている「総務部」「企画部」"]);
}
