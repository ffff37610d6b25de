//! The findings in a form that goes back: a first sheet that lists them, with a link to the cell
//! that each speaks of, and the words for that cell's note.

use std::collections::BTreeMap;

use rust_xlsxwriter::{FormatAlign, Note, Url, Workbook, Worksheet};

use super::rows::{Cell, Row};
use super::{Form, sheet};
use crate::diag::{CellRef, Finding, Place, Severity};
use crate::schema::form::{FINDINGS_SHEET, NOTE_PREFIX};
use crate::schema::{Role, Schema, Table};
use crate::xlsx::{self, CellStyle, WriteError};

/// The findings of one department, each with the cell of the new form that it speaks of.
#[derive(Default)]
pub(super) struct Remarks<'a> {
    lines: Vec<Line<'a>>,
}

struct Line<'a> {
    finding: &'a Finding,
    /// Where the finding's cell stands in the new form.
    target: Option<(Table, CellRef)>,
    /// Where it stood in the submission.
    origin: &'a Place,
}

impl<'a> Remarks<'a> {
    /// The findings of the form's department that nobody has accepted, a line for every place.
    pub fn new(form: &Form, findings: impl IntoIterator<Item = &'a Finding>) -> Self {
        let places = Places::of(form);
        let own = findings
            .into_iter()
            .filter(|f| f.department == form.department.name && f.accepted.is_none());
        let lines = own.flat_map(|finding| {
            std::iter::once(&finding.place)
                .chain(&finding.more)
                .map(move |origin| (finding, origin))
        });
        let lines = lines
            .map(|(finding, origin)| Line { finding, target: places.find(origin), origin })
            .collect();
        Self { lines }
    }

    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The gravest severity at a cell and what is said of it there.
    pub fn at(&self, schema: &Schema, table: Table, cell: CellRef) -> Option<(Severity, String)> {
        let here: Vec<&Finding> = self
            .lines
            .iter()
            .filter(|line| line.target == Some((table, cell)))
            .map(|line| line.finding)
            .collect();
        let severity = here.iter().map(|f| f.severity).min()?;
        let texts: Vec<String> = here.iter().map(|f| words(schema, f)).collect();
        Some((severity, format!("{NOTE_PREFIX}\n{}", texts.join("\n\n"))))
    }
}

/// The cells of the submission by place, and where they stand now.
struct Places {
    cells: BTreeMap<Place, (Table, CellRef)>,
    /// The name's cell of every row of the submission: where a cell that was empty is shown.
    rows: BTreeMap<(Place, u32), (Table, CellRef)>,
}

impl Places {
    fn of(form: &Form) -> Self {
        let mut places = Self { cells: BTreeMap::new(), rows: BTreeMap::new() };
        for table in Table::ALL {
            for (row, content) in (sheet::FIRST_ROW..).zip(form.rows(table)) {
                places.add(&form.edition.schema, table, row, content);
            }
        }
        places
    }

    fn add(&mut self, schema: &Schema, table: Table, row: u32, content: &Row) {
        for (index, column) in sheet::columns(schema, table) {
            let Some(Cell { at, .. }) = content.cell(&column.key) else { continue };
            let target = (table, CellRef::new(row, index.into()));
            let Some(cell) = at.cell else { continue };
            self.cells.entry(at.clone()).or_insert(target);
            if column.role == Role::Name {
                self.rows.insert((Place { cell: None, ..at.clone() }, cell.row), target);
            }
        }
    }

    fn find(&self, place: &Place) -> Option<(Table, CellRef)> {
        let row = || {
            let cell = place.cell?;
            self.rows.get(&(Place { cell: None, ..place.clone() }, cell.row))
        };
        self.cells.get(place).or_else(row).copied()
    }
}

/// A finding in the note of its cell.
fn words(schema: &Schema, finding: &Finding) -> String {
    let severity = finding.severity.say().ja;
    let mut text = format!("{severity} {}　{}", finding.rule.code, finding.message.ja);
    if !finding.expected.is_empty() {
        text.push_str(&format!("\n求める内容：{}", finding.expected));
    }
    text.push_str(&format!("\n直し方：{}", schema.mend(finding)));
    text
}

/// A note for a cell, large enough for its text.
pub(super) fn note(text: String) -> Note {
    const COLUMNS: f64 = 46.0;
    let lines = xlsx::lines(&text, COLUMNS);
    Note::new(text).add_author_prefix(false).set_width(360).set_height(20 + 18 * lines)
}

const COLUMNS: [xlsx::TableColumn; 8] = [
    xlsx::TableColumn::new("重大度", 8.0, CellStyle::Centre),
    xlsx::TableColumn::new("コード", 8.0, CellStyle::Centre),
    xlsx::TableColumn::new("シート", 18.0, CellStyle::Body),
    xlsx::TableColumn::new("セル", 10.0, CellStyle::Link),
    xlsx::TableColumn::new("指摘", 40.0, CellStyle::Body),
    xlsx::TableColumn::new("記載内容", 36.0, CellStyle::Body),
    xlsx::TableColumn::new("求める内容", 28.0, CellStyle::Body),
    xlsx::TableColumn::new("直し方", 44.0, CellStyle::Body),
];
const HEADER_ROW: u32 = 4;
const CELL_COLUMN: u16 = 3;

/// Adds the sheet with the findings, which the workbook opens with.
pub(super) fn write(book: &mut Workbook, form: &Form) -> Result<(), WriteError> {
    let sheet = book.add_worksheet();
    sheet.set_name(FINDINGS_SHEET)?.set_active(true);
    let lines = &form.remarks.lines;
    let schema = &form.edition.schema;
    let words = &schema.words;
    above(sheet, form)?;
    for (index, column) in (0u16..).zip(&COLUMNS) {
        sheet.set_column_width(index, column.width)?;
        xlsx::write_cell(sheet, (HEADER_ROW, index), &column.label.into(), CellStyle::Header)?;
    }
    for (row, line) in (HEADER_ROW + 1..).zip(lines) {
        let Line { finding, target, origin } = line;
        let cell = match target {
            Some((_, cell)) => cell.to_string(),
            None => origin.cell.map(|cell| format!("（元の{cell}）")).unwrap_or_default(),
        };
        let name = match (target, &origin.sheet) {
            (Some((table, _)), _) => words.sheet(*table),
            (None, Some(sheet)) => sheet,
            (None, None) => "",
        };
        let severity = finding.severity.say().ja;
        let texts = [
            &severity,
            finding.rule.code,
            name,
            &cell,
            &finding.message.ja,
            &finding.found,
            &finding.expected,
            &schema.mend(finding),
        ];
        for ((index, column), text) in (0u16..).zip(&COLUMNS).zip(texts) {
            xlsx::write_cell(sheet, (row, index), &text.into(), column.style)?;
        }
        if let Some((table, cell)) = target {
            let url = Url::new(format!("internal:'{}'!{cell}", words.sheet(*table)))
                .set_text(cell.to_string());
            let format = CellStyle::Link.format().set_align(FormatAlign::Top);
            sheet.write_url_with_format(row, CELL_COLUMN, url, &format)?;
        }
        let sizes = texts.into_iter().zip(&COLUMNS).map(|(text, column)| (text, column.width));
        sheet.set_row_height(row, xlsx::height(sizes))?;
    }
    let last = HEADER_ROW + u32::try_from(lines.len()).unwrap_or(0);
    sheet.autofilter(HEADER_ROW, 0, last, COLUMNS.len() as u16 - 1)?;
    sheet.set_freeze_panes(HEADER_ROW + 1, 0)?;
    let document = format!("{}　{}", form.edition.front.title, form.department.name);
    xlsx::page(sheet, &document, false)?;
    sheet.set_repeat_rows(HEADER_ROW, HEADER_ROW)?;
    Ok(())
}

fn above(sheet: &mut Worksheet, form: &Form) -> Result<(), WriteError> {
    // A finding with many cells has as many lines, and counts once.
    let findings = form.remarks.lines.iter().filter(|l| std::ptr::eq(l.origin, &l.finding.place));
    let count = |wanted| findings.clone().filter(|l| l.finding.severity == wanted).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let title = format!("{}　{FINDINGS_SHEET}", form.department.name);
    let counts = format!("エラー{errors}件（修正が必要）、警告{warnings}件（確認が必要）");
    let hint = "「セル」を押すと、その欄に移ります。色の付いた欄を直し、このファイルをそのまま提出してください。このシートと欄のメモは、残したままで構いません。";
    xlsx::write_cell(sheet, (0, 0), &title.into(), CellStyle::Heading)?;
    xlsx::write_cell(sheet, (1, 0), &counts.into(), CellStyle::Note)?;
    xlsx::write_cell(sheet, (2, 0), &hint.into(), CellStyle::Note)
}
