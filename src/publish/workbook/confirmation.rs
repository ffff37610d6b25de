//! What a department is asked to confirm as a workbook: room for its answer, its entries as they
//! will be printed with the pages of the annex, and what the secretariat corrected.

use rust_xlsxwriter::Worksheet;

use super::sheet;
use crate::edition::Edition;
use crate::model::{Annex, Row};
use crate::publish::artifact::Rendered;
use crate::publish::confirmation::{Confirmation, Corrected, Listed};
use crate::schema::form::consolidated;
use crate::schema::{Column, Paper, Role, Table};
use crate::xlsx::{self, CellStyle, CellValue, Properties, TableColumn, WriteError};

pub(super) const NAME: &str = "確認票";
const FILE: &str = "confirmation.xlsx";

/// The workbook, of a department's `part` of an annex.
pub fn render(edition: &Edition, part: &Annex, asked: &Confirmation) -> Rendered {
    Rendered::workbook(FILE, write(edition, part, asked))
}

fn write(edition: &Edition, part: &Annex, asked: &Confirmation) -> Result<Vec<u8>, WriteError> {
    let title = format!("{}　{}", asked.document, asked.department);
    let mut book = xlsx::workbook(&Properties {
        title: &title,
        subject: NAME,
        author: &edition.front.issuer,
        year: edition.year,
    })?;
    front(sheet(&mut book, &title, NAME)?, asked)?;
    let words = &part.schema.words;
    if !part.measures.is_empty() {
        let name = consolidated::table_sheet(words, Table::Measures);
        let rows: Vec<&dyn Row> = part.measures.iter().map(|row| row as &dyn Row).collect();
        table(sheet(&mut book, &title, name)?, part, asked, (Table::Measures, &rows))?;
    }
    if !part.kpis.is_empty() {
        let name = consolidated::table_sheet(words, Table::Kpis);
        let rows: Vec<&dyn Row> = part.kpis.iter().map(|row| row as &dyn Row).collect();
        table(sheet(&mut book, &title, name)?, part, asked, (Table::Kpis, &rows))?;
    }
    Ok(book.save_to_buffer()?)
}

/// The widths of the front: those of its table of corrections.
const CORRECTED: [TableColumn; 5] = [
    TableColumn::new("ID", 10.0, CellStyle::Centre),
    TableColumn::new("項目", 28.0, CellStyle::Body),
    TableColumn::new("誤（提出された記載）", 40.0, CellStyle::Body),
    TableColumn::new("正（掲載する記載）", 40.0, CellStyle::Body),
    TableColumn::new("理由", 28.0, CellStyle::Body),
];

/// What is asked, what was corrected, and room for the answer.
fn front(sheet: &mut Worksheet, asked: &Confirmation) -> Result<(), WriteError> {
    for (at, column) in (0u16..).zip(&CORRECTED) {
        sheet.set_column_width(at, column.width)?;
    }
    let title = format!("{}　掲載内容の確認", asked.department);
    xlsx::write_cell(sheet, (0, 0), &title.into(), CellStyle::Heading)?;
    let said = format!(
        "「{}」に、次のシートのとおり掲載します。ページは、でき上がる冊子のページです。御確認のうえ、下の回答欄に記入して御回答ください。",
        asked.document
    );
    xlsx::write_cell(sheet, (1, 0), &said.into(), CellStyle::Note)?;
    let head = match asked.corrections.is_empty() {
        true => "事務局で修正したところは、ありません。",
        false => "事務局で次のとおり修正しました。御異議があればお知らせください。",
    };
    xlsx::write_cell(sheet, (3, 0), &head.into(), CellStyle::Heading)?;
    let mut row = 4;
    if !asked.corrections.is_empty() {
        for (at, column) in (0u16..).zip(&CORRECTED) {
            xlsx::write_cell(sheet, (row, at), &column.label.into(), CellStyle::Header)?;
        }
        row += 1;
    }
    for corrected in &asked.corrections {
        let Corrected { id, name, column, from, to, reason } = corrected;
        let of = format!("{column}\n（{name}）");
        let texts = [id.as_str(), &of, from, to, reason];
        for ((at, column), text) in (0u16..).zip(&CORRECTED).zip(texts) {
            xlsx::write_cell(sheet, (row, at), &text.into(), column.style)?;
        }
        let sizes = texts.into_iter().zip(&CORRECTED).map(|(text, column)| (text, column.width));
        sheet.set_row_height(row, xlsx::height(sizes))?;
        row += 1;
    }
    answer(sheet, row + 1, &asked.contact)
}

fn answer(sheet: &mut Worksheet, mut row: u32, contact: &str) -> Result<(), WriteError> {
    let head = match contact {
        "" => "回答".to_owned(),
        contact => format!("回答（回答先：{contact}）"),
    };
    xlsx::write_cell(sheet, (row, 0), &head.into(), CellStyle::Heading)?;
    for (label, lines) in [
        ("掲載内容（このとおりでよい・修正したい）", 2.0),
        ("修正したいところ", 5.0),
        ("確認した日", 1.5),
        ("確認した人（課室・氏名）", 1.5),
    ] {
        row += 1;
        xlsx::write_cell(sheet, (row, 1), &label.into(), CellStyle::Label)?;
        xlsx::write_cell(sheet, (row, 2), &CellValue::Blank, CellStyle::Value)?;
        sheet.set_row_height(row, lines * xlsx::DEFAULT_HEIGHT)?;
    }
    Ok(())
}

/// The width of a column of the form.
fn width(column: &Column) -> f64 {
    match column.role {
        Role::Name => 26.0,
        Role::Department | Role::Section => 14.0,
        Role::Figure { .. } => 16.0,
        _ if column.kind.is_numeric() => 16.0,
        _ => 34.0,
    }
}

/// The entries of a table with what will be printed of them.
fn table(
    sheet: &mut Worksheet,
    part: &Annex,
    asked: &Confirmation,
    (table, rows): (Table, &[&dyn Row]),
) -> Result<(), WriteError> {
    let printed: Vec<&Column> = part.schema.on(table, Paper::Annex).collect();
    let mut columns = vec![
        TableColumn::new("ページ", 12.0, CellStyle::Centre),
        TableColumn::new("ID", 10.0, CellStyle::Centre),
        TableColumn::new("掲載する場所", 20.0, CellStyle::Body),
    ];
    let own = printed.iter();
    columns
        .extend(own.map(|column| TableColumn::new(column.short(), width(column), CellStyle::Body)));
    columns.push(TableColumn::new("事務局の修正", 34.0, CellStyle::Body));
    let reposted = part.schema.words.reposted();
    let mut lines: Vec<(Option<usize>, Vec<CellValue>, bool)> = Vec::new();
    for row in rows {
        let id = row.entry().id.as_str();
        let own = |listed: &&Listed| listed.id == id;
        let place = asked.listed.iter().position(|listed| own(&listed) && !listed.repost);
        let heading = asked.listed.iter().filter(own).map(|listed| match listed.repost {
            true => format!("{}（{reposted}）", listed.heading),
            false => listed.heading.clone(),
        });
        let mut cells: Vec<CellValue> = vec![
            asked.pages_of(id, reposted).into(),
            id.into(),
            heading.collect::<Vec<_>>().join("\n").into(),
        ];
        cells.extend(printed.iter().map(|column| text(part, *row, column).into()));
        let corrected: Vec<String> = asked.corrections_of(id).map(said).collect();
        let is_marked = !corrected.is_empty();
        // What is abolished is printed nowhere.
        if place.is_none() && !is_marked {
            continue;
        }
        cells.push(corrected.join("\n").into());
        lines.push((place, cells, is_marked));
    }
    // As they will be printed; what is not printed stands last.
    lines.sort_by_key(|(place, ..)| place.map_or((1, 0), |place| (0, place)));
    let marks: Vec<bool> = lines.iter().map(|(.., marked)| *marked).collect();
    let rows: Vec<Vec<CellValue>> = lines.into_iter().map(|(_, cells, _)| cells).collect();
    xlsx::table_with_marks(sheet, &columns, &rows, &marks)
}

/// What is printed of an entry in a column.
fn text(part: &Annex, row: &dyn Row, column: &Column) -> String {
    part.printed_text(row, column).into_owned()
}

/// 「施策名：誤「…」→正「…」（表記の統一）」
fn said(corrected: &Corrected) -> String {
    let Corrected { column, from, to, reason, .. } = corrected;
    match (from.as_str(), to.as_str()) {
        ("", "") => format!("{column}（{reason}）"),
        (from, to) => format!("{column}：誤「{from}」→正「{to}」（{reason}）"),
    }
}
