//! Files that are no forms, or that mean harm: each is named, and the rest goes on.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::form::{Form, observations, read};
use crate::diag::Say;
use crate::edition::{Edition, Limit, Limits};
use crate::intake::{self, Source, SubmissionCache};
use crate::model::{KnownIds, ObservationKind, Outcome};
use crate::schema::keys;

/// A package with its parts rewritten.
pub fn rewritten(bytes: &[u8], change: impl Fn(&str, String) -> String) -> Vec<u8> {
    rewritten_bytes(bytes, |name, text| change(name, text).into_bytes())
}

/// As [`rewritten`], with parts that are no UTF-8.
pub fn rewritten_bytes(bytes: &[u8], change: impl Fn(&str, String) -> Vec<u8>) -> Vec<u8> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..zip.len() {
        let mut part = zip.by_index(index).expect("a part");
        let name = part.name().expect("a name").into_owned();
        let mut text = String::new();
        part.read_to_string(&mut text).expect("a text part");
        out.start_file(&name, SimpleFileOptions::default()).expect("a part");
        out.write_all(&change(&name, text)).expect("a part");
    }
    out.finish().expect("a package").into_inner()
}

/// A package with its parts under other names.
pub fn renamed(bytes: &[u8], name: impl Fn(&str) -> String) -> Vec<u8> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..zip.len() {
        let mut part = zip.by_index(index).expect("a part");
        let mut content = Vec::new();
        part.read_to_end(&mut content).expect("a part");
        let name = name(&part.name().expect("a name"));
        out.start_file(name, SimpleFileOptions::default()).expect("a part");
        out.write_all(&content).expect("a part");
    }
    out.finish().expect("a package").into_inner()
}

/// A package with one more part.
pub fn with_part(bytes: &[u8], name: &str, text: &str) -> Vec<u8> {
    let mut zip = ZipWriter::new_append(Cursor::new(bytes.to_vec())).expect("a package");
    zip.start_file(name, SimpleFileOptions::default()).expect("a part");
    zip.write_all(text.as_bytes()).expect("a part");
    zip.finish().expect("a package").into_inner()
}

/// A package without a piece of its sheets.
pub fn without(bytes: &[u8], piece: &str) -> Vec<u8> {
    rewritten(bytes, |name, text| if is_sheet(name) { text.replace(piece, "") } else { text })
}

pub fn is_sheet(name: &str) -> bool {
    name.starts_with("xl/worksheets/sheet")
}

/// Reads a bad file between two good ones: they must come through.
fn told(name: &str, bytes: Vec<u8>, kind: ObservationKind) {
    let mut other = Form::new();
    other.measures.above[1] = vec!["部局名", "企画部"];
    other.kpis.above[1] = vec!["部局名", "企画部"];
    let intake = read(&[
        (name, bytes),
        ("01_総務部.xlsx", Form::new().bytes()),
        ("03_企画部.xlsx", other.bytes()),
    ]);
    assert_eq!(intake.annex.measures.len(), 2);
    let receipt = intake.receipts.iter().find(|r| r.file.as_ref() == name).expect("a receipt");
    let kinds: Vec<ObservationKind> =
        receipt.observations.iter().map(|observation| observation.kind).collect();
    assert_eq!(kinds, [kind], "{:?}", receipt.observations);
    assert_eq!(receipt.outcome, Outcome::Unreadable);
}

#[test]
fn what_is_no_workbook_is_named() {
    told("02_復興・危機管理部.xlsx", Vec::new(), ObservationKind::EmptyFile);
    told("~$02_復興・危機管理部.xlsx", vec![1; 165], ObservationKind::LockFile);
    told("02_復興・危機管理部.xlsx", "a,b,c\n".into(), ObservationKind::NotAWorkbook);
    told("02.xlsx", b"%PDF-1.7 ...".to_vec(), ObservationKind::NotAWorkbook);
    told("02.xls", "<html><table></table></html>".into(), ObservationKind::NotAWorkbook);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("a.txt", SimpleFileOptions::default()).expect("a part");
    told("02.xlsx", zip.finish().expect("a zip").into_inner(), ObservationKind::NotAWorkbook);
}

#[test]
fn a_truncated_or_garbled_file_is_damaged() {
    let bytes = Form::new().bytes();
    for length in [10, bytes.len() / 2, bytes.len() - 30] {
        told("02.xlsx", bytes[..length].to_vec(), ObservationKind::Damaged);
    }
    let cut =
        rewritten(
            &bytes,
            |name, text| {
                if is_sheet(name) { text.chars().take(900).collect() } else { text }
            },
        );
    told("02.xlsx", cut, ObservationKind::Damaged);
    let astray = rewritten(&bytes, |name, text| {
        if is_sheet(name) { text.replace("t=\"s\"><v>", "t=\"s\"><v>9999") } else { text }
    });
    told("02.xlsx", astray, ObservationKind::Damaged);
    let mut ole = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    ole.resize(4096, 0);
    told("02.xls", ole, ObservationKind::Damaged);
}

#[test]
fn a_file_that_could_not_be_read_from_the_disk_is_named() {
    let source = Source {
        name: "02.xlsx".into(),
        bytes: Err(Say::new("権限がありません", "no right").into()),
    };
    let intake = intake::run(&super::form::edition(), None, vec![source]);
    assert_eq!(observations(&intake.receipts[0]), ["Unreadable"]);
    assert_eq!(intake.receipts[0].observations[0].why.ja, "権限がありません");
}

#[test]
fn a_cell_in_the_last_corner_costs_nothing() {
    let mut form = Form::new();
    form.measures.edit(|sheet| {
        sheet.write(1_048_575, 16_383, "x").unwrap();
    });
    assert_eq!(form.names(), ["施策あ"]);
    assert_eq!(form.observations(), ["TextOutside XFD1048576 x"]);
}

#[test]
fn a_package_that_declares_too_much_is_not_unpacked() {
    let mut bytes = Form::new().bytes();
    // The size of the first part in the central directory.
    let at = bytes.windows(4).position(|w| w == b"PK\x01\x02").expect("a directory") + 24;
    bytes[at..at + 4].copy_from_slice(&0x7FFF_FFFFu32.to_le_bytes());
    told("02.xlsx", bytes, ObservationKind::TooLarge);
}

#[test]
fn a_bomb_that_declares_little_is_damaged() {
    let bomb = rewritten(&Form::new().bytes(), |name, text| {
        if is_sheet(name) {
            text.replace("<sheetData>", &format!("<sheetData>{}", " ".repeat(20 << 20)))
        } else {
            text
        }
    });
    let mut bytes = bomb;
    // Every declared size becomes 1000, in the directory and before the parts.
    for (mark, offset) in [(b"PK\x01\x02", 24), (b"PK\x03\x04", 22)] {
        let places: Vec<usize> =
            bytes.windows(4).enumerate().filter(|(_, w)| w == mark).map(|(at, _)| at).collect();
        for at in places {
            bytes[at + offset..at + offset + 4].copy_from_slice(&1000u32.to_le_bytes());
        }
    }
    told("02.xlsx", bytes, ObservationKind::Damaged);
}

#[test]
fn macros_and_links_to_other_workbooks_are_told() {
    let mut zip = ZipArchive::new(Cursor::new(Form::new().bytes())).expect("a package");
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..zip.len() {
        out.raw_copy_file(zip.by_index(index).expect("a part")).expect("a copy");
    }
    out.start_file("xl/vbaProject.bin", SimpleFileOptions::default()).expect("a part");
    let bytes = out.finish().expect("a package").into_inner();
    let bytes = {
        let relation = r#"<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLink" Target="externalLinks/externalLink1.xml"/>"#;
        rewritten(&bytes, |name, text| {
            if name == "xl/_rels/workbook.xml.rels" {
                text.replace("</Relationships>", &format!("{relation}</Relationships>"))
            } else {
                text
            }
        })
    };
    let intake = read(&[("01_総務部.xlsm", bytes)]);
    let told = ["HasMacros", "ExternalLink xl/externalLinks/externalLink1.xml"];
    assert_eq!(observations(&intake.receipts[0]), told);
    assert_eq!(intake.annex.measures.len(), 1);
}

/// An OLE container with one stream.
fn container(stream: &str, content: &[u8]) -> Vec<u8> {
    let mut container =
        cfb::CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new()))
            .expect("a container");
    let mut part = container.create_stream(stream).expect("a stream");
    part.write_all(content).expect("a stream");
    drop(part);
    container.into_inner().into_inner()
}

/// The records of an `.xls` workbook stream of one sheet with the given records.
fn biff(sheet: &[(u16, Vec<u8>)]) -> Vec<u8> {
    fn record(stream: &mut Vec<u8>, kind: u16, data: &[u8]) {
        stream.extend(kind.to_le_bytes());
        stream.extend((data.len() as u16).to_le_bytes());
        stream.extend(data);
    }
    let mut stream = Vec::new();
    record(&mut stream, 0x0809, &[0, 6, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    let place = stream.len() as u32 + 4 + 9 + 4;
    let mut bound = place.to_le_bytes().to_vec();
    bound.extend([0, 0, 1, 0, b'S']);
    record(&mut stream, 0x0085, &bound);
    record(&mut stream, 0x000A, &[]);
    record(&mut stream, 0x0809, &[0, 6, 16, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    for (kind, data) in sheet {
        record(&mut stream, *kind, data);
    }
    record(&mut stream, 0x000A, &[]);
    // Small streams lie elsewhere in the container.
    stream.resize(stream.len().max(8192), 0);
    stream
}

fn number(row: u16, column: u16) -> (u16, Vec<u8>) {
    let head = [row.to_le_bytes(), column.to_le_bytes(), [0, 0]].concat();
    (0x0203, [head, 1.0f64.to_le_bytes().to_vec()].concat())
}

#[test]
fn encrypted_workbooks_are_named_as_such() {
    told("02.xlsx", container("EncryptedPackage", b"secret"), ObservationKind::Encrypted);
    let mut stream = biff(&[]);
    // FilePass as the second record.
    stream.splice(20..20, [0x2F, 0, 4, 0, 0, 0, 0, 0]);
    told("02.xls", container("Workbook", &stream), ObservationKind::Encrypted);
    // The first record says that it is of an Excel before 5.0.
    let mut stream = biff(&[]);
    stream[5] = 4;
    told("02.xls", container("Workbook", &stream), ObservationKind::NotAWorkbook);
    told("02.xls", container("WordDocument", b"words"), ObservationKind::NotAWorkbook);
}

#[test]
fn what_lies_beside_the_forms_is_no_submission() {
    for (name, content) in [
        ("02_復興・危機管理部.pdf", "%PDF-1.7"),
        ("一覧.csv", "a,b"),
        ("様式.lnk", "L"),
        ("空.txt", ""),
    ] {
        let receipt = read(&[(name, content.into())]).receipts.remove(0);
        assert_eq!(receipt.outcome, Outcome::Beside, "{name}");
        assert_eq!(receipt.department, None, "{name}");
        assert_eq!(receipt.observations[0].kind, ObservationKind::StrayFile, "{name}");
    }
    let form = read(&[("様式.dat", Form::new().bytes())]);
    assert_eq!(form.annex.measures.len(), 1, "what it is counts, not what it is called");
}

#[test]
fn of_files_of_the_same_bytes_one_counts_and_the_other_is_no_rival() {
    let bytes = Form::new().bytes();
    let names = ["01_総務部 - コピー.xlsx", "01_総務部.xlsx"];
    let intake = read(&names.map(|name| (name, bytes.clone())));
    let outcomes: Vec<Outcome> = intake.receipts.iter().map(|r| r.outcome).collect();
    assert_eq!(outcomes, [Outcome::Superseded, Outcome::Read]);
    let told: Vec<Vec<String>> = intake.receipts.iter().map(observations).collect();
    assert_eq!(told, [vec!["Copy 01_総務部.xlsx".to_owned()], vec![]]);
    assert_eq!(intake.annex.measures.len(), 1);
}

#[test]
fn an_old_workbook_of_a_huge_range_costs_nothing() {
    let mut range = vec![0; 14];
    range[4..8].copy_from_slice(&u32::MAX.to_le_bytes());
    range[10..12].copy_from_slice(&u16::MAX.to_le_bytes());
    for records in [
        vec![number(0, 0), number(9, 9)],
        vec![number(0, 0), number(65_535, 255)],
        vec![(0x0200, range), number(0, 0), number(1, 1)],
    ] {
        let bytes = container("Workbook", &biff(&records));
        let receipt = read(&[("02_復興・危機管理部.xls", bytes)]).receipts.remove(0);
        let told = observations(&receipt);
        assert_eq!(told[..1], ["SheetMissing"], "{told:?}");
    }
    let astray = container("Workbook", &biff(&[number(0, 0), number(65_535, 65_535)]));
    told("02.xls", astray, ObservationKind::Damaged);
}

#[test]
fn more_shared_strings_than_a_part_has_room_for_are_not_made_room_for() {
    for count in ["4294967295", "18446744073709551615", "999999"] {
        let declared = format!("uniqueCount=\"{count}\" ");
        let bytes = rewritten(&Form::new().bytes(), |_, text| {
            let Some(at) = text.find("uniqueCount=\"") else { return text };
            let end = at + text[at..].find("\" ").or(text[at..].find("\">")).unwrap_or(0) + 1;
            format!("{}{declared}{}", &text[..at], &text[end..])
        });
        told("02.xlsx", bytes, ObservationKind::Damaged);
    }
}

/// An `.ods` file with this content.
pub fn open_document(content: &str) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in
        [("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content)]
    {
        zip.start_file(name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(text.as_bytes()).expect("a part");
    }
    zip.finish().expect("a package").into_inner()
}

#[test]
fn superscripts_of_an_open_document_are_told() {
    let row = |cells: &[&str]| {
        let cell = |text: &&str| {
            format!(
                r#"<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>"#
            )
        };
        let cells: String = cells.iter().map(cell).collect();
        format!("<table:table-row>{cells}</table:table-row>")
    };
    let style = |name: &str, position: &str| {
        format!(
            r#"<style:style style:name="{name}" style:family="text"><style:text-properties style:text-position="{position}"/></style:style>"#
        )
    };
    let current = r#"1<text:span text:style-name="T2">0</text:span><text:span text:style-name="T1">3</text:span>人"#;
    let content = format!(
        r#"<office:document-content>{}{}<office:body><office:spreadsheet><table:table table:name="様式２">{}{}{}</table:table></office:spreadsheet></office:body></office:document-content>"#,
        style("T1", "super 58%"),
        style("T2", "0% 100%"),
        row(&["部局名", "総務部"]),
        row(&["分野", "主なKPI", "対象施策", "現状値", "目標値"]),
        row(&["1(1)", "人数", "施策", current, "20人"]),
    );
    let intake = read(&[("01_総務部.ods", open_document(&content))]);
    assert_eq!(intake.annex.kpis[0].figure(keys::CURRENT).value.printed, "103人");
    let told = observations(&intake.receipts[0]);
    assert!(told.contains(&"RaisedText D3 3".to_owned()), "{told:?}");
}

#[test]
fn values_without_their_text_are_read_from_an_open_document() {
    let row = |cells: &str| format!("<table:table-row>{cells}</table:table-row>");
    let text = |text: &str| {
        format!(r#"<table:table-cell office:value-type="string" office:string-value="{text}"/>"#)
    };
    let texts = |texts: &[&str]| texts.iter().map(|cell| text(cell)).collect::<String>();
    let number = r#"<table:table-cell office:value-type="float" office:value="0.5"/>"#;
    let content = format!(
        r#"<office:document-content><office:body><office:spreadsheet><table:table table:name="様式２">{}{}{}</table:table></office:spreadsheet></office:body></office:document-content>"#,
        row(&texts(&["部局名", "総務部"])),
        row(&texts(&["分野", "主なKPI", "対象施策", "現状値", "目標値"])),
        row(&format!("{}{number}{}", texts(&["1(1)", "人数", "施策"]), text("20人"))),
    );
    let intake = read(&[("01_総務部.ods", open_document(&content))]);
    let kpi = &intake.annex.kpis[0];
    assert_eq!(kpi.name.value, "人数");
    assert_eq!(kpi.figure(keys::CURRENT).value.printed, "0.5");
    let told = observations(&intake.receipts[0]);
    assert!(!told.iter().any(|told| told.contains("D3")), "{told:?}");
}

#[test]
fn repeated_cells_of_an_open_document_are_counted_before_they_are_made() {
    let cells = |rows: u32, columns: u32| {
        let content = format!(
            r#"<office:document-content><office:body><office:spreadsheet><table:table table:name="S">
            <table:table-row table:number-rows-repeated="{rows}"><table:table-cell table:number-columns-repeated="{columns}" office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>
            </table:table></office:spreadsheet></office:body></office:document-content>"#
        );
        open_document(&content)
    };
    told("02.ods", cells(1_048_576, 16_384), ObservationKind::TooLarge);
    told("02.ods", cells(u32::MAX, u32::MAX), ObservationKind::TooLarge);
    let unreadable = r#"<table:table table:name="S"><table:table-row><table:table-cell table:number-columns-repeated="1x"/></table:table-row></table:table>"#;
    told("02.ods", open_document(unreadable), ObservationKind::Damaged);
    let receipt = read(&[("02_復興・危機管理部.ods", cells(100, 10))]).receipts.remove(0);
    assert_eq!(observations(&receipt), ["SheetMissing", "SheetNotRead A1 x"]);
}

#[test]
fn no_garbled_byte_stops_the_reading() {
    let form = Form::new().bytes();
    let old = container("Workbook", &biff(&[number(0, 0), number(5, 5)]));
    // A small generator of its own, so that a failure comes again.
    let mut state = 0x9E37_79B9_7F4A_7C15u64;
    let mut next = move |below: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    for _ in 0..30 {
        let mut bytes = old.clone();
        for _ in 0..4 {
            let at = next(bytes.len());
            bytes[at] = next(256) as u8;
        }
        read(&[("02.xls", bytes)]);
        let (at, to) = (next(2_000), next(128) as u8);
        let garbled = rewritten(&form, |name, text| {
            let mut text = text.into_bytes();
            if is_sheet(name)
                && let Some(byte) = text.get_mut(at)
            {
                *byte = to;
            }
            String::from_utf8_lossy(&text).into_owned()
        });
        assert_eq!(read(&[("02.xlsx", garbled)]).receipts.len(), 1);
    }
}

/// A form with something of everything that is counted.
fn rich() -> Vec<u8> {
    let mut form = Form::new();
    form.measures.edit(|sheet| {
        sheet.merge_range(20, 0, 20, 1, "結合", &rust_xlsxwriter::Format::new()).unwrap();
        sheet.merge_range(21, 0, 21, 1, "結合", &rust_xlsxwriter::Format::new()).unwrap();
        for row in [22, 24] {
            sheet.set_row_hidden(row).unwrap();
        }
        sheet.write(23, 0, "長".repeat(32_000)).unwrap();
    });
    form.bytes()
}

#[test]
fn a_limit_that_is_met_is_named_with_its_key_and_can_be_raised() {
    let mut edition = super::form::edition();
    let run = |edition: &Edition, bytes: &[u8]| {
        let source = Source { name: "01_総務部.xlsx".into(), bytes: Ok(bytes.to_vec()) };
        let receipt = intake::run(edition, None, vec![source]).receipts.remove(0);
        receipt
            .observations
            .into_iter()
            .find(|observation| observation.kind == ObservationKind::TooLarge)
    };
    assert_eq!(run(&edition, &rich()), None, "the usual limits are wide");
    for (limit, most, found) in [
        (Limit::Entries, 2, None),
        (Limit::Nesting, 3, Some("4")),
        (Limit::Sheets, 1, Some("2")),
        (Limit::Cells, 10, Some("11")),
        (Limit::CellCharacters, 31_999, Some("32000")),
        (Limit::Marks, 1, Some("2")),
        (Limit::HiddenRuns, 1, Some("2")),
    ] {
        let usual = Limits::default().most(limit);
        edition.limits.set(limit, most);
        let observation = run(&edition, &rich()).unwrap_or_else(|| panic!("{limit:?} is not met"));
        assert!(observation.found.contains(limit.label()), "{observation:?}");
        assert!(
            found.is_none_or(|found| observation.found.ends_with(&format!(" {found}"))),
            "{observation:?}"
        );
        assert!(observation.expected.contains(&format!("{most}以下")), "{observation:?}");
        assert!(
            observation.expected.contains(&format!("[limits] の {}", limit.key())),
            "{observation:?}"
        );
        edition.limits.set(limit, usual);
    }
    for (limit, bytes) in [
        (Limit::File, vec![b'P'; (1 << 20) + 1]),
        (Limit::Unpacked, rewritten(&rich(), |_, text| text + &" ".repeat(1 << 20))),
        (Limit::Text, many_long_texts()),
    ] {
        edition.limits.set(limit, 1);
        let observation = run(&edition, &bytes).unwrap_or_else(|| panic!("{limit:?} is not met"));
        assert!(
            observation
                .expected
                .contains(&format!("1MB以下（edition.toml の [limits] の {}", limit.key())),
            "{observation:?}"
        );
        edition.limits.set(limit, 64);
        assert_eq!(run(&edition, &bytes), None, "{limit:?} is raised");
    }
}

fn many_long_texts() -> Vec<u8> {
    let mut form = Form::new();
    form.measures.edit(|sheet| {
        for row in 0..40 {
            sheet.write(30 + row, 20, "長".repeat(10_000)).unwrap();
        }
    });
    form.bytes()
}

#[test]
fn a_kept_form_is_read_again_when_its_bytes_or_the_settings_change() {
    let mut edition = super::form::edition();
    let (first, mut second) = (Form::new(), Form::new());
    second.measures.row("施策い", &[]);
    let source = |form: &Form| Source { name: "01_総務部.xlsx".into(), bytes: Ok(form.bytes()) };
    let mut cache = SubmissionCache::default();
    let mut count = |edition: &Edition, sources: Vec<Source>| {
        let kept = intake::run_with(&mut cache, edition, KnownIds::default(), sources.clone());
        let fresh = intake::run(edition, None, sources);
        assert_eq!(kept.annex, fresh.annex);
        assert_eq!(kept.receipts, fresh.receipts);
        kept.annex.measures.len()
    };
    for (form, expected) in [(&first, 1), (&first, 1), (&second, 2), (&first, 1)] {
        assert_eq!(count(&edition, vec![source(form)]), expected);
    }
    edition.limits.set(Limit::Cells, 5);
    assert_eq!(count(&edition, vec![source(&first)]), 0, "the settings refuse it now");
    edition.limits.set(Limit::Cells, 500);
    assert_eq!(count(&edition, vec![source(&first)]), 1);
    let gone = Source {
        name: "01_総務部.xlsx".into(),
        bytes: Err(Say::new("ありません", "gone").into()),
    };
    assert_eq!(count(&edition, vec![gone]), 0, "what was there before does not stand in");
    assert_eq!(count(&edition, Vec::new()), 0);
    assert_eq!(count(&edition, vec![source(&second)]), 2);
}
