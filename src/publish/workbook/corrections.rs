//! The sheet 修正一覧, and the paper of that name: what the secretariat changed in what was
//! submitted, with a sheet for each department to consent to.

use std::collections::BTreeSet;

use rust_xlsxwriter::Worksheet;

use super::{document, sheet, source_cell};
use crate::edition::Edition;
use crate::model::{Annex, Correction};
use crate::publish::artifact::Rendered;
use crate::schema::Table;
use crate::schema::form::consolidated;
use crate::xlsx::{self, CellStyle, CellValue, Properties, TableColumn, WriteError};

pub(super) const NAME: &str = consolidated::CORRECTIONS;

/// The list as a file of its own.
pub const PAPER: &str = "corrections.xlsx";

const WIDTHS: [(f64, CellStyle); consolidated::CORRECTION_LABELS.len()] = [
    (9.0, CellStyle::Centre),
    (7.0, CellStyle::Centre),
    (30.0, CellStyle::Body),
    (14.0, CellStyle::Body),
    (13.0, CellStyle::Body),
    (16.0, CellStyle::Body),
    (36.0, CellStyle::Body),
    (36.0, CellStyle::Body),
    (26.0, CellStyle::Body),
    (12.0, CellStyle::Centre),
    (12.0, CellStyle::Body),
    (15.0, CellStyle::Body),
    (16.0, CellStyle::Body),
];

/// What a sheet for consent has of these: the department and where the text came from go without
/// saying.
const FOR_CONSENT: [usize; 8] = [0, 2, 4, 5, 6, 7, 8, 9];

/// The sheet of all corrections; it reads back.
pub(super) fn write(sheet: &mut Worksheet, annex: &Annex) -> Result<(), WriteError> {
    let labels = consolidated::CORRECTION_LABELS.into_iter().zip(WIDTHS);
    let columns: Vec<TableColumn> =
        labels.map(|(label, (width, style))| TableColumn::new(label, width, style)).collect();
    let rows: Vec<Vec<CellValue>> =
        annex.corrections.iter().map(|correction| cells(annex, correction).into()).collect();
    xlsx::table(sheet, &columns, &rows)
}

fn cells<'a>(
    annex: &'a Annex,
    correction: &'a Correction,
) -> [CellValue<'a>; consolidated::CORRECTION_LABELS.len()] {
    let table = if annex.kpi(&correction.id).is_some() { Table::Kpis } else { Table::Measures };
    let entry = annex.entry(&correction.id);
    [
        correction.id.as_str().into(),
        annex.schema.words.entry(table).into(),
        entry.map_or("", |entry| entry.name.as_str()).into(),
        entry.map_or("", |entry| entry.submitted_by.as_str()).into(),
        correction.kind.label().into(),
        correction.column.as_ref().map_or("", |_| annex.label_of(correction)).into(),
        correction.from.as_str().into(),
        correction.to.as_str().into(),
        correction.reason.as_str().into(),
        correction.date.as_str().into(),
        correction.by.as_str().into(),
        (*correction.at.file).into(),
        source_cell(&correction.at).into(),
    ]
}

/// The list of corrections with a sheet for each department; without corrections it says so.
pub fn render(edition: &Edition, annex: &Annex) -> Rendered {
    Rendered::workbook(PAPER, book(edition, annex))
}

fn book(edition: &Edition, annex: &Annex) -> Result<Vec<u8>, WriteError> {
    let document = format!("{} {NAME}", document(&annex.front));
    let mut book = xlsx::workbook(&Properties {
        title: &document,
        subject: NAME,
        author: &annex.front.issuer,
        year: edition.year,
    })?;
    write(sheet(&mut book, &document, NAME)?, annex)?;
    let mut taken = BTreeSet::from([NAME.to_owned()]);
    for department in departments(edition, annex) {
        let name = sheet_name(department, &mut taken);
        let sheet = book.add_worksheet().set_name(&name)?;
        for_consent(sheet, annex, department)?;
        let footer = format!("{document}　{department}");
        xlsx::page(sheet, &footer, false)?;
        sheet.set_repeat_rows(HEADER_ROW, HEADER_ROW)?;
    }
    Ok(book.save_to_buffer()?)
}

/// The departments whose values are corrected, in the order of the settings.
fn departments<'a>(edition: &'a Edition, annex: &'a Annex) -> Vec<&'a str> {
    let all = annex.corrections.iter().filter_map(|correction| annex.entry(&correction.id));
    let own: BTreeSet<&str> = all.map(|entry| entry.submitted_by.as_str()).collect();
    let known = edition.departments.iter().map(|department| department.name.as_str());
    let known: Vec<&str> = known.filter(|name| own.contains(name)).collect();
    let others = own.into_iter().filter(|name| !known.contains(name)).collect::<Vec<_>>();
    known.into_iter().chain(others).collect()
}

/// Characters of the longest name that Excel gives a sheet.
const LONGEST_NAME: usize = 31;

/// The name of a department's sheet, as Excel allows it and no other sheet has it.
fn sheet_name(department: &str, taken: &mut BTreeSet<String>) -> String {
    let allowed = |c: char| if r"[]:*?/\'".contains(c) || c.is_control() { '_' } else { c };
    let plain: String = department.chars().map(allowed).take(LONGEST_NAME - 4).collect();
    let plain = if plain.trim().is_empty() { "提出部局不明".to_owned() } else { plain };
    let mut name = plain.clone();
    let mut number = 1;
    while !taken.insert(name.clone()) {
        number += 1;
        name = format!("{plain}({number})");
    }
    name
}

const HEADER_ROW: u32 = 3;

/// The page of a department: what was corrected, and room for its word on it.
fn for_consent(sheet: &mut Worksheet, annex: &Annex, department: &str) -> Result<(), WriteError> {
    let title = format!("{department}　{NAME}");
    xlsx::write_cell(sheet, (0, 0), &title.into(), CellStyle::Heading)?;
    let said = format!(
        "「{}」について、御提出いただいた調査票を、事務局で次のとおり修正しました。御確認ください。",
        document(&annex.front)
    );
    xlsx::write_cell(sheet, (1, 0), &said.into(), CellStyle::Note)?;
    let columns = FOR_CONSENT
        .iter()
        .filter_map(|&at| Some((*consolidated::CORRECTION_LABELS.get(at)?, *WIDTHS.get(at)?)));
    let columns: Vec<(&str, (f64, CellStyle))> = columns.collect();
    for (at, (label, (width, _))) in (0u16..).zip(&columns) {
        sheet.set_column_width(at, *width)?;
        xlsx::write_cell(sheet, (HEADER_ROW, at), &(*label).into(), CellStyle::Header)?;
    }
    let of_department = |correction: &&Correction| {
        annex.entry(&correction.id).is_some_and(|entry| entry.submitted_by == department)
    };
    let mut row = HEADER_ROW;
    for correction in annex.corrections.iter().filter(of_department) {
        row += 1;
        let all = cells(annex, correction);
        let shown = FOR_CONSENT.iter().filter_map(|&at| all.get(at));
        let mut sizes: Vec<(&str, f64)> = Vec::new();
        for (at, (cell, (_, (width, style)))) in (0u16..).zip(shown.zip(&columns)) {
            xlsx::write_cell(sheet, (row, at), cell, *style)?;
            if let CellValue::Text(text) = cell {
                sizes.push((text, *width));
            }
        }
        sheet.set_row_height(row, xlsx::height(sizes))?;
    }
    for label in ["修正について（同意する・同意しない）", "確認した日", "確認した人"]
    {
        row += 2;
        xlsx::write_cell(sheet, (row, 1), &label.into(), CellStyle::Label)?;
        xlsx::write_cell(sheet, (row, 2), &CellValue::Blank, CellStyle::Value)?;
        sheet.set_row_height(row, xlsx::height([(label, 30.0)]))?;
    }
    Ok(())
}
