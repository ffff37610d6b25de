//! `.xls`: workbooks written record by record, as careful and as careless writers write them.

use std::io::{Cursor, Write};

use super::form::{observations, read};
use crate::intake::Intake;
use crate::schema::keys;

/// A record's kind and data.
pub type Record = (u16, Vec<u8>);

pub const EXCEL_97: u16 = 0x0600;
pub const EXCEL_95: u16 = 0x0500;
/// Where a cell's current value stands: C3 is a text, D3 what a test puts there.
pub const CURRENT: [u16; 2] = [2, 3];

pub fn short(number: u16) -> [u8; 2] {
    number.to_le_bytes()
}

/// A text of two bytes a letter, its length before it.
pub fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut bytes = short(units.len() as u16).to_vec();
    bytes.push(1);
    bytes.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
    bytes
}

/// A text in the code page of Japanese Windows, its length before it.
fn japanese(text: &str) -> Vec<u8> {
    let (bytes, ..) = encoding_rs::SHIFT_JIS.encode(text);
    [&short(bytes.len() as u16)[..], &bytes].concat()
}

pub fn at([row, column]: [u16; 2], format: u16) -> Vec<u8> {
    [short(row), short(column), short(format)].concat()
}

/// A workbook while it is written.
pub struct Workbook {
    version: u16,
    text: fn(&str) -> Vec<u8>,
    pub global: Vec<Record>,
    pub cells: Vec<Record>,
}

impl Workbook {
    /// A form of one KPI, and formats: 0 the usual one, 1 「0"人"」, 2 struck through.
    pub fn form(version: u16) -> Self {
        let text = if version == EXCEL_97 { wide } else { japanese };
        let format = |code: &str| match version {
            EXCEL_97 => [&short(164)[..], &text(code)].concat(),
            // The length is one byte there.
            _ => [&short(164)[..], &text(code)[..1], &text(code)[2..]].concat(),
        };
        let font =
            |flags: u16| (0x0031, [short(200), short(flags), [0; 2], [0; 2], [0; 2]].concat());
        let cell = |font: u16, format: u16| (0x00E0, [short(font), short(format), [0; 2]].concat());
        let mut workbook = Self { version, text, global: Vec::new(), cells: Vec::new() };
        workbook.global.extend([font(0), font(8), (0x041E, format("#,##0\"人\""))]);
        workbook.global.extend([cell(0, 0), cell(0, 164), cell(1, 0)]);
        for (row, texts) in [
            (0, &["部局名", "総務部"][..]),
            (1, &["分野", "主なKPI", "対象施策", "現状値", "目標値"]),
            (2, &["1(1)", "人数", "施策", "", "2,000人"]),
        ] {
            for (column, text) in texts.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
                workbook.label([row, column as u16], 0, text);
            }
        }
        workbook
    }

    pub fn label(&mut self, place: [u16; 2], format: u16, text: &str) {
        self.cells.push((0x0204, [at(place, format), (self.text)(text)].concat()));
    }

    /// Gives the text at a place the format that strikes it through.
    fn strike(&mut self, place: [u16; 2]) {
        let [whole, struck] = [0, 2].map(|format| at(place, format));
        for (_, content) in &mut self.cells {
            if content.starts_with(&whole) {
                content.splice(..struck.len(), struck.iter().copied());
            }
        }
    }

    pub fn with(mut self, cells: impl IntoIterator<Item = Record>) -> Self {
        self.cells.extend(cells);
        self
    }

    fn stream(&self) -> Vec<u8> {
        fn record(stream: &mut Vec<u8>, kind: u16, data: &[u8]) {
            stream.extend(short(kind));
            stream.extend(short(data.len() as u16));
            stream.extend(data);
        }
        let begin = |kind: u16| [short(self.version), short(kind), [0; 2], [0; 2]].concat();
        let name = (self.text)("様式２");
        // The length is one byte there.
        let name = [&name[..1], &name[2..]].concat();
        let mut stream = Vec::new();
        record(&mut stream, 0x0809, &begin(5));
        for (kind, data) in &self.global {
            record(&mut stream, *kind, data);
        }
        let place = stream.len() + 4 + 6 + name.len() + 4;
        let bound = [&(place as u32).to_le_bytes()[..], &[0, 0], &name].concat();
        record(&mut stream, 0x0085, &bound);
        record(&mut stream, 0x000A, &[]);
        record(&mut stream, 0x0809, &begin(16));
        for (kind, data) in &self.cells {
            record(&mut stream, *kind, data);
        }
        record(&mut stream, 0x000A, &[]);
        stream
    }

    pub fn read(&self) -> Intake {
        let name = if self.version == EXCEL_97 { "Workbook" } else { "Book" };
        read(&[("01_総務部.xls", container(&[(name, &self.stream())]))])
    }
}

/// An OLE container with these streams.
pub fn container(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let mut container =
        cfb::CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new()))
            .expect("a container");
    for (name, content) in streams {
        let mut part = container.create_stream(name).expect("a stream");
        part.write_all(content).expect("a stream");
    }
    container.flush().expect("a container");
    container.into_inner().into_inner()
}

/// The current value of the KPI, and what is told but for the columns that the form lacks.
pub fn current(intake: &Intake) -> (String, String) {
    let kpi = intake.annex.kpis.first();
    let printed = kpi.map_or(String::new(), |kpi| kpi.figure(keys::CURRENT).value.printed.clone());
    let told = observations(&intake.receipts[0]);
    let told = told.iter().filter(|told| !told.ends_with("Missing") && !told.contains("Missing "));
    (printed, told.cloned().collect::<Vec<_>>().join("|"))
}

pub fn number(place: [u16; 2], format: u16, value: f64) -> Record {
    (0x0203, [&at(place, format)[..], &value.to_le_bytes()].concat())
}

#[test]
fn the_code_page_means_nothing_since_excel_97() {
    for page in [0, 367, 932, 1200, 1252, 10_001, 20_127, 32_768, 54_936, 65_001] {
        let mut workbook = Workbook::form(EXCEL_97).with([number(CURRENT, 1, 974.0)]);
        workbook.global.insert(0, (0x0042, short(page).to_vec()));
        let intake = workbook.read();
        assert_eq!(current(&intake), ("974人".into(), String::new()), "{page}");
        assert_eq!(intake.annex.kpis[0].name.value, "人数", "{page}");
    }
}

#[test]
fn an_old_workbook_is_read_in_its_code_page_or_refused() {
    let form = |page: u16| {
        let mut workbook = Workbook::form(EXCEL_95).with([number(CURRENT, 1, 974.0)]);
        workbook.global.insert(0, (0x0042, short(page).to_vec()));
        let note = encoding_rs::SHIFT_JIS.encode("要確認").0.into_owned();
        let (first, rest) = note.split_at(4);
        workbook.cells.push((0x001C, [&at([2, 1], 6), first].concat()));
        workbook.cells.push((0x001C, [&at([0xFFFF, 0], 2), rest].concat()));
        workbook.strike([2, 2]);
        workbook.read()
    };
    for page in [932, 10_001] {
        let intake = form(page);
        let told = "StruckText C3 施策|Note B3 要確認".to_owned();
        assert_eq!(current(&intake), ("974人".into(), told), "{page}");
        assert_eq!(intake.annex.kpis[0].name.value, "人数", "{page}");
    }
    let refused = observations(&form(936).receipts[0]);
    assert_eq!(refused, ["Damaged Excel 95 以前の形式で、文字コード 936 が分からない"]);
}

#[test]
fn a_cell_shows_what_its_record_says() {
    let formula = |value: [u8; 8]| (0x0006, [&at(CURRENT, 1)[..], &value, &[0; 8]].concat());
    let text_of_formula = (0x0207, wide("65%"));
    let several = |value: i32| {
        let value = (value << 2 | 2).to_le_bytes();
        (0x00BD, [&short(2)[..], &short(3), &short(1), &value, &short(3)].concat())
    };
    let rich = [&at(CURRENT, 0)[..], &wide("10件"), &short(1), &short(2), &short(1)].concat();
    for (records, printed, told) in [
        (
            vec![(0x027E, [&at(CURRENT, 1)[..], &(1551i32 << 2 | 2).to_le_bytes()].concat())],
            "1,551人",
            "",
        ),
        (vec![several(12)], "12人", ""),
        (vec![formula(9.0f64.to_le_bytes())], "9人", ""),
        (vec![formula([0, 0, 0, 0, 0, 0, 0xFF, 0xFF]), text_of_formula.clone()], "65%", ""),
        // A shared formula stands between a formula and its text.
        (
            vec![formula([0, 0, 0, 0, 0, 0, 0xFF, 0xFF]), (0x04BC, vec![0; 10]), text_of_formula],
            "65%",
            "",
        ),
        (vec![formula([0, 0, 0, 0, 0, 0, 0xFF, 0xFF])], "", "FormulaWithoutValue D3"),
        (vec![formula([3, 0, 0, 0, 0, 0, 0xFF, 0xFF])], "", ""),
        (vec![formula([2, 0, 0x17, 0, 0, 0, 0xFF, 0xFF])], "#REF!", "ErrorValue D3 #REF!"),
        (vec![(0x0205, [&at(CURRENT, 0)[..], &[1, 0]].concat())], "TRUE", ""),
        (vec![(0x0205, [&at(CURRENT, 0)[..], &[0x2A, 1]].concat())], "#N/A", "ErrorValue D3 #N/A"),
        (vec![(0x00D6, rich)], "10件", "StruckText D3 件"),
        (vec![number(CURRENT, 7, 974.0)], "974", "UnshownFormat D3 974"),
        (
            vec![number(CURRENT, 1, 974.0), number(CURRENT, 1, 975.0)],
            "",
            "Damaged 「様式２」: D3: 同じセルが2回書かれている「974人」「975人」",
        ),
    ] {
        let intake = Workbook::form(EXCEL_97).with(records.clone()).read();
        assert_eq!(current(&intake), (printed.into(), told.into()), "{records:?}");
    }
}

#[test]
fn a_cell_that_cannot_be_read_is_told_with_its_place() {
    for (record, told) in [
        ((0x00FD, [&at(CURRENT, 0)[..], &[9, 0, 0, 0]].concat()), "D3: ない共有文字列「9」"),
        ((0x0203, [&at(CURRENT, 0)[..], &[0; 7]].concat()), "D3: セルの記録が途中で切れている"),
        (
            (0x0204, [&at(CURRENT, 0)[..], &[9, 0, 1, 0]].concat()),
            "D3: セルの記録が途中で切れている",
        ),
        ((0x0205, [&at(CURRENT, 0)[..], &[2, 0]].concat()), "D3: 真偽値「2」"),
        ((0x0205, [&at(CURRENT, 0)[..], &[9, 1]].concat()), "D3: エラー値の番号「9」"),
        ((0x00BD, [&at(CURRENT, 0)[..], &[0; 6]].concat()), "D3: セルの記録が途中で切れている"),
        ((0x0203, vec![2, 0]), "セルの記録が途中で切れている"),
        ((0x00E5, vec![2, 0, 1]), "結合セルの記録が途中で切れている"),
    ] {
        let intake = Workbook::form(EXCEL_97).with([record]).read();
        let (_, found) = current(&intake);
        assert_eq!(found, format!("Damaged 「様式２」: {told}"));
    }
    let stream = Workbook::form(EXCEL_97).stream();
    for length in [stream.len() - 4, stream.len() - 20, 200, 20] {
        let intake = read(&[("01_総務部.xls", container(&[("Workbook", &stream[..length])]))]);
        let told = observations(&intake.receipts[0]);
        assert!(told.len() == 1 && told[0].ends_with("途中で切れている"), "{length}: {told:?}");
    }
}

#[test]
fn texts_go_on_in_the_records_behind_and_pass_over_empty_ones() {
    let mut table = [[1u8, 0, 0, 0], [1, 0, 0, 0]].concat();
    table.extend([5, 0, 0, b'1', b'2']);
    let rest = [vec![1], "人以上".encode_utf16().flat_map(u16::to_le_bytes).collect()].concat();
    let shared = (0x00FD, [&at(CURRENT, 0)[..], &[0; 4]].concat());
    let mut workbook = Workbook::form(EXCEL_97).with([shared]);
    workbook.global.extend([(0x00FC, table), (0x003C, Vec::new()), (0x003C, rest.clone())]);
    assert_eq!(current(&workbook.read()).0, "12人以上");
    let formula = [&at(CURRENT, 0)[..], &[0, 0, 0, 0, 0, 0, 0xFF, 0xFF], &[0; 8]].concat();
    let text = (0x0207, vec![5, 0, 0, b'1', b'2']);
    let workbook = Workbook::form(EXCEL_97).with([
        (0x0006, formula),
        text,
        (0x003C, Vec::new()),
        (0x003C, rest),
    ]);
    assert_eq!(current(&workbook.read()).0, "12人以上");
}

#[test]
fn what_is_hidden_is_told_however_it_is_hidden() {
    let row = |height: u16, flags: u16| {
        (
            0x0208,
            [short(2), [0; 2], [0; 2], short(height), [0; 2], [0; 2], short(flags), [0; 2]]
                .concat(),
        )
    };
    let column = |width: u16, flags: u16| {
        (0x007D, [short(3), short(3), short(width), [0; 2], short(flags), [0; 2]].concat())
    };
    for (record, is_hidden) in [
        (row(300, 0x20), true),
        (row(0, 0x40), true),
        (row(300, 0), false),
        // The height is one that nobody set.
        (row(0x80FF, 0), false),
        ((0x0225, vec![2, 0, 0, 0]), true),
        ((0x0225, vec![0, 0, 0, 0]), false),
        (column(2_000, 1), true),
        (column(0, 0), true),
        (column(2_000, 0), false),
    ] {
        let cells = [record.clone(), number(CURRENT, 1, 974.0)];
        let (printed, told) = current(&Workbook::form(EXCEL_97).with(cells).read());
        assert_eq!(printed, "974人");
        assert_eq!(told.contains("HiddenData"), is_hidden, "{record:?}: {told}");
    }
}

#[test]
fn a_container_of_a_careless_writer_is_opened() {
    let stream = Workbook::form(EXCEL_97).with([number(CURRENT, 1, 974.0)]).stream();
    let mut long = stream.clone();
    long.resize(9_000, 0);
    for stream in [stream, long] {
        let whole = container(&[("Workbook", &stream)]);
        let sector = |bytes: &[u8], at: usize| {
            let number = u32::from_le_bytes(*bytes[at..].first_chunk().expect("a number"));
            (number as usize + 1) * 512
        };
        let (table, directory) = (sector(&whole, 76), sector(&whole, 48));
        // Unused sectors as the ends of chains, as SheetJS writes them.
        let mut unused = whole.clone();
        for entry in unused[table..table + 512].as_chunks_mut::<4>().0 {
            if *entry == [0xFF; 4] {
                *entry = [0xFE, 0xFF, 0xFF, 0xFF];
            }
        }
        // A root that is no whole number of sectors, and a tree without its colours.
        let mut root = whole.clone();
        root[directory + 120] = root[directory + 120].wrapping_sub(5);
        root[directory + 67] = 7;
        for bytes in [whole, unused, root] {
            let intake = read(&[("01_総務部.xls", bytes)]);
            assert_eq!(current(&intake), ("974人".into(), String::new()));
        }
    }
}

#[test]
fn an_encrypted_package_in_a_careless_container_is_called_so() {
    let mut bytes = container(&[("EncryptedPackage", &[7; 5_000]), ("EncryptionInfo", &[9; 99])]);
    let number = u32::from_le_bytes(*bytes[76..].first_chunk().expect("a number"));
    let table = (number as usize + 1) * 512;
    for entry in bytes[table..table + 512].as_chunks_mut::<4>().0 {
        if *entry == [0xFF; 4] {
            *entry = [0xFE, 0xFF, 0xFF, 0xFF];
        }
    }
    let intake = read(&[("01_総務部.xlsx", bytes)]);
    let told = observations(&intake.receipts[0]);
    assert!(told.len() == 1 && told[0].starts_with("Encrypted"), "{told:?}");
}

#[test]
fn what_is_drawn_over_the_cells_is_told_with_its_cell() {
    let drawing = |shape: u16| {
        let form = [short(shape << 4 | 2), short(0xF00A), short(8), [0; 2]].concat();
        let anchor = [0xF010, 18, 0].map(short).concat();
        // Flags, then the column and the row of each corner, each with an offset.
        let corner = [0, 3, 0, 2, 0, 4, 9, 3, 0].map(short).concat();
        let body = [&form[..], &[0; 8], &short(0), &anchor, &corner].concat();
        // The piece of a container that ends in a later record.
        (0x00EC, [&short(0x0F)[..], &short(0xF004), &short(9_999), &[0; 2], &body].concat())
    };
    let object = |kind: u16| {
        // What Excel itself puts there has a flag that says so.
        let flags = if kind == 0x14 { 0x2101 } else { 0x11 };
        (0x005D, [0x15, 18, kind, 1, flags].map(short).concat())
    };
    for (shape, kind, told) in [
        (1, 2, "FloatingText D3 四角形"),
        (3, 3, "FloatingText D3 楕円"),
        (2, 0x1E, "FloatingText D3 四角形"),
        (3, 0x1E, "FloatingText D3 楕円"),
        (61, 0x1E, "FloatingText D3 吹き出し"),
        (12, 0x1E, "FloatingText D3 図形"),
        (20, 1, "FloatingText D3 線"),
        (32, 0x1E, "FloatingText D3 線"),
        (75, 8, "FloatingText D3 画像"),
        (75, 0x1E, "FloatingText D3 画像"),
        // The arrow of a list, and a note without words.
        (201, 0x14, ""),
        (202, 0x19, ""),
    ] {
        let cells = [number(CURRENT, 1, 974.0), drawing(shape), object(kind)];
        let intake = Workbook::form(EXCEL_97).with(cells).read();
        assert_eq!(current(&intake), ("974人".into(), told.into()), "{shape} {kind}");
        let why = intake.receipts[0].observations.iter().map(|told| told.why.ja.as_str());
        let over = why.filter(|why| !why.is_empty()).collect::<String>();
        assert_eq!(over, if told.is_empty() { "" } else { "D3:E3の上にある" }, "{shape} {kind}");
    }
}
