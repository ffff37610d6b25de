//! Files that are no forms, or that mean harm: each is named, and the rest goes on.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::form::{Form, oddities, read};
use crate::intake::{self, Source};
use crate::model::{OddityKind, Outcome};

/// A package with its parts rewritten.
pub fn rewritten(bytes: &[u8], change: impl Fn(&str, String) -> String) -> Vec<u8> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..zip.len() {
        let mut part = zip.by_index(index).expect("a part");
        let name = part.name().expect("a name").into_owned();
        let mut text = String::new();
        part.read_to_string(&mut text).expect("a text part");
        out.start_file(&name, SimpleFileOptions::default()).expect("a part");
        out.write_all(change(&name, text).as_bytes()).expect("a part");
    }
    out.finish().expect("a package").into_inner()
}

/// A package without a piece of its sheets.
pub fn without(bytes: &[u8], piece: &str) -> Vec<u8> {
    rewritten(bytes, |name, text| if is_sheet(name) { text.replace(piece, "") } else { text })
}

fn is_sheet(name: &str) -> bool {
    name.starts_with("xl/worksheets/sheet")
}

/// Reads a bad file between two good ones: they must come through.
fn told(name: &str, bytes: Vec<u8>, kind: OddityKind) {
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
    let kinds: Vec<OddityKind> = receipt.oddities.iter().map(|oddity| oddity.kind).collect();
    assert_eq!(kinds, [kind], "{:?}", receipt.oddities);
    assert_eq!(receipt.outcome, Outcome::Unreadable);
}

#[test]
fn what_is_no_workbook_is_named() {
    told("02_復興・危機管理部.xlsx", Vec::new(), OddityKind::EmptyFile);
    told("~$02_復興・危機管理部.xlsx", vec![1; 165], OddityKind::LockFile);
    told("02_復興・危機管理部.xlsx", "a,b,c\n".into(), OddityKind::NotAWorkbook);
    told("02.pdf", b"%PDF-1.7 ...".to_vec(), OddityKind::NotAWorkbook);
    told("02.xls", "<html><table></table></html>".into(), OddityKind::NotAWorkbook);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("a.txt", SimpleFileOptions::default()).expect("a part");
    told("02.xlsx", zip.finish().expect("a zip").into_inner(), OddityKind::NotAWorkbook);
}

#[test]
fn a_truncated_or_garbled_file_is_damaged() {
    let bytes = Form::new().bytes();
    for length in [10, bytes.len() / 2, bytes.len() - 30] {
        told("02.xlsx", bytes[..length].to_vec(), OddityKind::Damaged);
    }
    let cut =
        rewritten(
            &bytes,
            |name, text| {
                if is_sheet(name) { text.chars().take(900).collect() } else { text }
            },
        );
    told("02.xlsx", cut, OddityKind::Damaged);
    let astray = rewritten(&bytes, |name, text| {
        if is_sheet(name) { text.replace("t=\"s\"><v>", "t=\"s\"><v>9999") } else { text }
    });
    told("02.xlsx", astray, OddityKind::Damaged);
    let mut ole = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    ole.resize(4096, 0);
    told("02.xls", ole, OddityKind::Damaged);
}

#[test]
fn a_file_that_could_not_be_read_from_the_disk_is_named() {
    let source = Source { name: "02.xlsx".into(), bytes: Err("権限がありません".into()) };
    let intake = intake::run(&super::form::edition(), None, vec![source]);
    assert_eq!(oddities(&intake.receipts[0]), ["Unreadable 権限がありません"]);
}

#[test]
fn a_cell_in_the_last_corner_costs_nothing() {
    let mut form = Form::new();
    form.measures.edit(|sheet| drop(sheet.write(1_048_575, 16_383, "x").unwrap()));
    assert_eq!(form.names(), ["施策あ"]);
    assert_eq!(form.oddities(), [""; 0]);
}

#[test]
fn a_package_that_declares_too_much_is_not_unpacked() {
    let mut bytes = Form::new().bytes();
    // The size of the first part in the central directory.
    let at = bytes.windows(4).position(|w| w == b"PK\x01\x02").expect("a directory") + 24;
    bytes[at..at + 4].copy_from_slice(&0x7FFF_FFFFu32.to_le_bytes());
    told("02.xlsx", bytes, OddityKind::TooLarge);
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
    told("02.xlsx", bytes, OddityKind::Damaged);
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
    assert_eq!(oddities(&intake.receipts[0]), told);
    assert_eq!(intake.annex.measures.len(), 1);
}
