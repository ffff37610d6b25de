//! 新旧対照表 and 見え消し as a workbook: one sheet, a row a line, changed words underlined or
//! struck through within the cells.

use rust_xlsxwriter::{Format, FormatUnderline, IgnoreError, Worksheet};

use crate::edition::Edition;
use crate::publish::artifact::Rendered;
use crate::publish::comparison::table::{
    Entry, Layout, Mark, OMITTED, Row, Side, Span, Table, redline, side,
};
use crate::xlsx::{self, CellStyle, FONT, FONT_SIZE, Properties, WriteError};

/// Widths in half-width characters.
const LABEL: f64 = 12.0;
const SIDE: f64 = 56.0;
const WHOLE: f64 = 96.0;
const REMARKS: f64 = 24.0;
/// Title, versions and how to read the marks stand above the header row.
const HEADER: u32 = 3;

/// The workbook as the bytes of an `.xlsx` file; the same input gives the same bytes.
pub fn render(edition: &Edition, table: &Table) -> Rendered {
    Rendered::workbook("comparison.xlsx", write(edition, table))
}

fn write(edition: &Edition, table: &Table) -> Result<Vec<u8>, WriteError> {
    let mut workbook = xlsx::workbook(&Properties {
        title: &table.title,
        subject: &table.legend,
        author: &edition.front.issuer,
        year: edition.year,
    })?;
    let sheet = workbook.add_worksheet().set_name(table.options.layout.label())?;
    xlsx::page(sheet, &table.title, false)?;
    if table.options.layout == Layout::Redline {
        sheet.set_portrait();
    }
    sheet.set_repeat_rows(HEADER, HEADER)?;
    Writer { sheet, table, next: HEADER + 1 }.write()?;
    Ok(workbook.save_to_buffer()?)
}

/// The spans of one row: of each text column, with the label before and the remarks behind them.
struct Line<'a> {
    label: &'a str,
    texts: Vec<Vec<Span>>,
    remarks: &'a str,
    /// Headings and names.
    bold: bool,
}

struct Writer<'s, 't> {
    sheet: &'s mut Worksheet,
    table: &'t Table,
    next: u32,
}

impl Writer<'_, '_> {
    fn write(mut self) -> Result<(), WriteError> {
        let table = self.table;
        self.head()?;
        for row in &table.rows {
            match row {
                Row::Heading { text, .. } => {
                    let texts = self.columns(|s| side(text, s), || redline(text));
                    self.line(
                        Line { label: "", texts, remarks: "", bold: true },
                        CellStyle::Label,
                    )?;
                }
                Row::Entry(entry) => self.entry(entry)?,
                Row::Omitted => {
                    let note = || vec![Span { text: OMITTED.to_owned(), mark: Mark::Note }];
                    let texts = self.columns(|_| note(), note);
                    self.line(
                        Line { label: "", texts, remarks: "", bold: false },
                        CellStyle::Body,
                    )?;
                }
            }
        }
        let last = self.next.saturating_sub(1);
        let columns = xlsx::column(self.widths().len().saturating_sub(1))?;
        self.sheet.ignore_error_range(0, 0, last, columns, IgnoreError::NumberStoredAsText)?;
        self.sheet.set_freeze_panes(HEADER + 1, 1)?;
        Ok(())
    }

    /// The texts of a row from left to right, as the layout has them.
    fn columns(
        &self,
        of: impl Fn(Side) -> Vec<Span>,
        whole: impl Fn() -> Vec<Span>,
    ) -> Vec<Vec<Span>> {
        match self.table.options.layout {
            Layout::SideBySide => self.table.options.sides().map(|(s, _)| of(s)).into(),
            Layout::Redline => vec![whole()],
        }
    }

    fn widths(&self) -> Vec<f64> {
        let mut widths = vec![LABEL];
        match self.table.options.layout {
            Layout::SideBySide => widths.extend([SIDE, SIDE]),
            Layout::Redline => widths.push(WHOLE),
        }
        if self.table.options.remarks {
            widths.push(REMARKS);
        }
        widths
    }

    fn head(&mut self) -> Result<(), WriteError> {
        let table = self.table;
        let options = &table.options;
        for (column, width) in (0u16..).zip(self.widths()) {
            self.sheet.set_column_width(column, width)?;
        }
        let versions = format!(
            "{}：{}　{}：{}",
            options.new_label, table.new_version, options.old_label, table.old_version
        );
        let title = CellStyle::Title.format().set_font_size(14);
        xlsx::write_text(self.sheet, (0, 0), &table.title, &title)?;
        xlsx::write_text(
            self.sheet,
            (1, 0),
            &versions,
            &CellStyle::Note.format().set_font_size(FONT_SIZE),
        )?;
        xlsx::write_text(
            self.sheet,
            (2, 0),
            &table.legend,
            &CellStyle::Note.format().set_font_size(FONT_SIZE),
        )?;
        let mut labels = vec!["項目"];
        match options.layout {
            Layout::SideBySide => labels.extend(options.sides().map(|(_, label)| label)),
            Layout::Redline => labels.push("本文"),
        }
        if options.remarks {
            labels.push("備考");
        }
        for (column, label) in (0u16..).zip(&labels) {
            xlsx::write_cell(self.sheet, (HEADER, column), &(*label).into(), CellStyle::Header)?;
        }
        Ok(())
    }

    fn entry(&mut self, entry: &Entry) -> Result<(), WriteError> {
        for (at, line) in entry.lines.iter().enumerate() {
            let texts = self.columns(|s| line.side(s), || line.redline());
            let label = if line.label.is_empty() { &entry.word } else { &line.label };
            let remarks = if at == 0 { entry.remarks.as_str() } else { "" };
            self.line(Line { label, texts, remarks, bold: at == 0 }, CellStyle::Body)?;
        }
        Ok(())
    }

    fn line(&mut self, line: Line, style: CellStyle) -> Result<(), WriteError> {
        let row = self.next;
        xlsx::write_cell(self.sheet, (row, 0), &line.label.into(), style)?;
        let mut column = 1;
        for spans in &line.texts {
            rich(self.sheet, (row, column), spans, style, line.bold)?;
            column += 1;
        }
        if self.table.options.remarks {
            xlsx::write_cell(self.sheet, (row, column), &line.remarks.into(), style)?;
        }
        let mut texts = vec![line.label.to_owned()];
        texts.extend(line.texts.iter().map(|spans| plain(spans)));
        texts.push(line.remarks.to_owned());
        let widths = self.widths();
        let cells = texts.iter().map(String::as_str).zip(widths);
        self.sheet.set_row_height(row, xlsx::height(cells))?;
        self.next += 1;
        Ok(())
    }
}

fn plain(spans: &[Span]) -> String {
    spans.iter().map(|span| span.text.as_str()).collect()
}

/// Writes a text whose parts are set differently.
fn rich(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    spans: &[Span],
    style: CellStyle,
    bold: bool,
) -> Result<(), WriteError> {
    let format = if bold { style.format().set_bold() } else { style.format() };
    if let [] | [_] = spans {
        let text = plain(spans);
        let mark = spans.first().map_or(Mark::Plain, |span| span.mark);
        if text.is_empty() {
            sheet.write_blank(row, column, &format)?;
            return Ok(());
        }
        return xlsx::write_text(sheet, (row, column), &text, &marked(format, mark));
    }
    let parts: Vec<(Format, &str)> =
        spans.iter().map(|span| (part(span.mark, bold), span.text.as_str())).collect();
    xlsx::write_rich_text(sheet, (row, column), &parts, &format)
}

fn part(mark: Mark, bold: bool) -> Format {
    let format = Format::new()
        .set_font_name(FONT)
        .set_font_size(FONT_SIZE)
        .set_font_family(3)
        .set_font_charset(128);
    marked(if bold { format.set_bold() } else { format }, mark)
}

fn marked(format: Format, mark: Mark) -> Format {
    match mark {
        Mark::Underline => format.set_underline(FormatUnderline::Single),
        Mark::Strike => format.set_font_strikethrough(),
        Mark::Plain | Mark::Note => format,
    }
}
