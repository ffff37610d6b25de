//! What every workbook of ours shares: font, cell formats, sizes, print set-up, properties and
//! the fixed time stamp.
//!
//! The font is BIZ UDゴシック, which comes with Windows 10 and 11 and with Office: it has a fixed
//! pitch, so the lines that a text takes in a column can be counted before Excel shows it.
//! Widths are in half-width characters, heights in points, rows and columns zero-based.

use std::borrow::Cow;
use std::io::{Cursor, Read, Write};

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, IgnoreError,
    Url, Workbook, Worksheet, XlsxError,
};
use unicode_width::UnicodeWidthChar;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

pub const FONT: &str = "BIZ UDゴシック";
pub const FONT_SIZE: f64 = 10.0;
/// The one colour: titles, headers, links.
pub const ACCENT: Color = Color::RGB(0x1F_4E_79);
/// Behind headers and totals; light enough for a black and white print.
pub const TINT: Color = Color::RGB(0xE4_EC_F4);
/// Behind rows that changed.
const MARKED: Color = Color::RGB(0xFF_F2_CC);
const LINE: Color = Color::RGB(0xA6_A6_A6);
const GREY: Color = Color::RGB(0x59_59_59);

/// The longest text of a cell, in UTF-16 units: a limit of Excel.
pub const MAX_TEXT: usize = 32_767;
/// The longest page header, in UTF-16 units: a limit of Excel.
const MAX_HEADER: usize = 255;
/// The tallest row, in points: a limit of Excel.
const MAX_HEIGHT: f64 = 409.0;
const LINE_HEIGHT: f64 = 12.5;
const ROW_PADDING: f64 = 4.0;
const HEADER_PADDING: f64 = 6.0;
/// Default sizes in pixels that go with the font: its digits are 7 pixels wide.
const DEFAULT_ROW: u32 = 20;
const DEFAULT_COLUMN: u32 = 64;
const PAPER_A4: u8 = 9;
const COUNT: &str = "#,##0;-#,##0;\"-\"";
/// Signs that Excel never puts at the start of a line.
const NOT_FIRST: &str =
    "、。，．・：；？！）」』】〕〉》ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々…,.:;?!)]}%";
/// Signs that Excel never puts at the end of a line.
const NOT_LAST: &str = "（「『【〔〈《([{";
/// What the margin of an indented cell takes of its width.
const INDENT: f64 = 1.5;

/// Why a workbook could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    #[error(
        "シート「{sheet}」のセル{cell}に入れる文章が{length}文字あり、Excelの上限（32,767文字）を超えています"
    )]
    TooLong { sheet: String, cell: String, length: usize },
    #[error("Excelファイルを作成できません（{0}）")]
    Excel(#[from] XlsxError),
    #[error("Excelファイルを作成できません（{0}）")]
    Package(#[from] std::io::Error),
}

/// The document properties of a workbook.
#[derive(Clone, Copy, Debug)]
pub struct Properties<'a> {
    pub title: &'a str,
    pub subject: &'a str,
    pub author: &'a str,
    /// The fiscal year of the edition (western): its first day is the time stamp, because the
    /// same input must give the same bytes.
    pub year: i32,
}

/// An empty workbook with the font, the properties and the time stamp.
///
/// # Errors
/// A year that Excel has no date for (before 1900, after 9999).
pub fn workbook(properties: &Properties) -> Result<Workbook, WriteError> {
    workbook_with(properties, &[])
}

/// As [`workbook`], with document properties of our own: names and values.
///
/// # Errors
/// As [`workbook`].
pub fn workbook_with(
    properties: &Properties,
    custom: &[(&str, &str)],
) -> Result<Workbook, WriteError> {
    let stamp = ExcelDateTime::from_ymd(u16::try_from(properties.year).unwrap_or(0), 4, 1)?;
    let usual = DocProperties::new()
        .set_title(properties.title)
        .set_subject(properties.subject)
        .set_author(properties.author)
        .set_creation_datetime(&stamp);
    let all = custom.iter().fold(usual, |all, &(name, value)| all.set_custom_property(name, value));
    let mut workbook = Workbook::new();
    workbook.set_properties(&all);
    workbook.set_default_format(&base(), DEFAULT_ROW, DEFAULT_COLUMN)?;
    Ok(workbook)
}

fn base() -> Format {
    Format::new()
        .set_font_name(FONT)
        .set_font_size(FONT_SIZE)
        .set_font_family(3)
        .set_font_charset(128)
        .set_align(FormatAlign::VerticalCenter)
}

/// How a cell looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// The document's name on a cover.
    Title,
    /// Smaller words under a title.
    Subtitle,
    /// A heading above a block.
    Heading,
    /// Words without a border.
    Plain,
    /// Small grey words.
    Note,
    /// The first row of a table.
    Header,
    /// The first column of a table of pairs, and totals.
    Label,
    /// The second column of a table of pairs.
    Value,
    /// Text of any length.
    Body,
    /// Short text in the middle.
    Centre,
    /// Numbers with thousands separators.
    Number,
    /// A number without them.
    Year,
    /// A count; zero shows as a dash, so that the others stand out.
    Count,
    /// A count in a row or column of totals.
    Total,
    /// A link within the workbook.
    Link,
    /// A value for machines: no border, no number format.
    Data,
    /// A number for machines with its decimals.
    Figure,
}

impl Look {
    pub fn format(self) -> Format {
        let wrapped = base().set_text_wrap();
        match self {
            Self::Title => base().set_font_size(20).set_bold().set_font_color(ACCENT),
            Self::Subtitle => base().set_font_size(12).set_font_color(ACCENT),
            Self::Heading => base().set_font_size(12).set_bold().set_font_color(ACCENT),
            Self::Plain => wrapped.set_align(FormatAlign::Top),
            Self::Note => base().set_font_size(9).set_font_color(GREY),
            Self::Header => bordered(wrapped)
                .set_bold()
                .set_font_color(ACCENT)
                .set_background_color(TINT)
                .set_align(FormatAlign::Center)
                .set_align(FormatAlign::VerticalCenter),
            Self::Label => bordered(wrapped).set_bold().set_background_color(TINT),
            Self::Value => indented(bordered(wrapped)),
            Self::Body => indented(bordered(wrapped)).set_align(FormatAlign::Top),
            Self::Centre => {
                bordered(wrapped).set_align(FormatAlign::Center).set_align(FormatAlign::Top)
            }
            Self::Number => numeric(wrapped).set_num_format("#,##0").set_align(FormatAlign::Top),
            Self::Year => numeric(wrapped).set_num_format("0").set_align(FormatAlign::Top),
            Self::Count => numeric(wrapped).set_num_format(COUNT),
            Self::Total => {
                numeric(wrapped).set_num_format(COUNT).set_bold().set_background_color(TINT)
            }
            Self::Link => bordered(wrapped)
                .set_font_color(ACCENT)
                .set_underline(rust_xlsxwriter::FormatUnderline::Single)
                .set_align(FormatAlign::Top),
            Self::Data => indented(wrapped).set_align(FormatAlign::Top),
            Self::Figure => {
                base().set_align(FormatAlign::Right).set_indent(1).set_align(FormatAlign::Top)
            }
        }
    }

    /// Whether a long text goes on in further lines.
    fn wraps(self) -> bool {
        !matches!(self, Self::Title | Self::Subtitle | Self::Heading | Self::Note | Self::Figure)
    }
}

fn bordered(format: Format) -> Format {
    format.set_border(FormatBorder::Thin).set_border_color(LINE)
}

fn indented(format: Format) -> Format {
    format.set_align(FormatAlign::Left).set_indent(1)
}

fn numeric(format: Format) -> Format {
    bordered(format).set_align(FormatAlign::Right).set_indent(1)
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell<'a> {
    Blank,
    Text(Cow<'a, str>),
    Number(f64),
    Boolean(bool),
    /// A formula and its result, for readers that do not calculate.
    Formula {
        formula: String,
        result: f64,
    },
    /// Words that lead to the top of another sheet of the workbook.
    Link {
        sheet: &'a str,
    },
    /// Words that lead to a cell of the workbook: `'KPI'!A5`.
    Jump {
        to: String,
        text: String,
    },
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        if text.is_empty() { Self::Blank } else { Self::Text(text.into()) }
    }
}

impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        if text.is_empty() { Self::Blank } else { Self::Text(text.into()) }
    }
}

impl From<f64> for Cell<'_> {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<usize> for Cell<'_> {
    fn from(count: usize) -> Self {
        Self::Number(count as f64)
    }
}

/// Writes one cell. Text stays text whatever it begins with, also after somebody edits it.
///
/// # Errors
/// [`WriteError::TooLong`]; a place outside the sheet.
pub fn put(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    look: Look,
) -> Result<(), WriteError> {
    put_as(sheet, (row, column), cell, look, &look.format())
}

/// Writes one cell of a look in a format that goes beyond it.
fn put_as(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    look: Look,
    format: &Format,
) -> Result<(), WriteError> {
    match cell {
        Cell::Blank => sheet.write_blank(row, column, format)?,
        Cell::Text(text) => return put_text(sheet, (row, column), text, format),
        Cell::Number(number) if !number.is_finite() => sheet.write_blank(row, column, format)?,
        Cell::Number(number) => {
            if number.fract() != 0.0 && look == Look::Number {
                let format = format.clone().set_num_format("#,##0.0#####");
                sheet.write_number_with_format(row, column, *number, &format)?
            } else {
                sheet.write_number_with_format(row, column, *number, format)?
            }
        }
        Cell::Boolean(truth) => sheet.write_boolean_with_format(row, column, *truth, format)?,
        Cell::Formula { formula, result } => {
            let formula = Formula::new(formula).set_result(result.to_string());
            sheet.write_formula_with_format(row, column, formula, format)?
        }
        Cell::Link { sheet: to } => {
            let url = Url::new(format!("internal:'{to}'!A1")).set_text(*to);
            sheet.write_url_with_format(row, column, url, format)?
        }
        Cell::Jump { to, text } => {
            let url = Url::new(format!("internal:{to}")).set_text(text);
            sheet.write_url_with_format(row, column, url, format)?
        }
    };
    Ok(())
}

/// Writes a text in any format; see [`put`].
///
/// # Errors
/// As [`put`].
pub fn put_text(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    text: &str,
    format: &Format,
) -> Result<(), WriteError> {
    let length = text.encode_utf16().count();
    if length > MAX_TEXT {
        let cell = rust_xlsxwriter::utility::row_col_to_cell(row, column);
        return Err(WriteError::TooLong { sheet: sheet.name(), cell, length });
    }
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\'']) {
        sheet.write_string_with_format(row, column, text, &format.clone().set_quote_prefix())?;
    } else {
        sheet.write_string_with_format(row, column, text, format)?;
    }
    Ok(())
}

/// A column of a table.
#[derive(Clone, Copy, Debug)]
pub struct Column<'a> {
    pub label: &'a str,
    /// In half-width characters.
    pub width: f64,
    pub look: Look,
}

impl<'a> Column<'a> {
    pub const fn new(label: &'a str, width: f64, look: Look) -> Self {
        Self { label, width, look }
    }
}

/// Fills a sheet with a table: header in row 1, frozen and with a filter, then the rows, each as
/// high as its longest text needs.
///
/// # Errors
/// As [`put`].
pub fn table(
    sheet: &mut Worksheet,
    columns: &[Column],
    rows: &[Vec<Cell>],
) -> Result<(), WriteError> {
    table_with_marks(sheet, columns, rows, &[])
}

/// As [`table`], with a fill behind the rows that are marked; rows beyond `marks` are not.
///
/// # Errors
/// As [`put`].
pub fn table_with_marks(
    sheet: &mut Worksheet,
    columns: &[Column],
    rows: &[Vec<Cell>],
    marks: &[bool],
) -> Result<(), WriteError> {
    let last_row = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    let last_column = u16::try_from(columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
    for (at, column) in (0u16..).zip(columns) {
        sheet.set_column_width(at, column.width)?;
        put(sheet, (0, at), &column.label.into(), Look::Header)?;
    }
    sheet.set_row_height(0, header_height(columns.iter().map(|c| (c.label, c.width))))?;
    let plain: Vec<Format> = columns.iter().map(|column| column.look.format()).collect();
    let filled: Vec<Format> =
        plain.iter().map(|format| format.clone().set_background_color(MARKED)).collect();
    let marks = marks.iter().copied().chain(std::iter::repeat(false));
    for ((at, cells), marked) in (1u32..).zip(rows).zip(marks) {
        let formats = if marked { &filled } else { &plain };
        for (((number, column), cell), format) in (0u16..).zip(columns).zip(cells).zip(formats) {
            put_as(sheet, (at, number), cell, column.look, format)?;
        }
        let texts = columns.iter().zip(cells).filter_map(|(column, cell)| match cell {
            Cell::Text(text) if column.look.wraps() => Some((text.as_ref(), column.width)),
            _ => None,
        });
        sheet.set_row_height(at, height(texts))?;
    }
    sheet.set_freeze_panes(1, 1)?;
    sheet.autofilter(0, 0, last_row, last_column)?;
    sheet.ignore_error_range(0, 0, last_row, last_column, IgnoreError::NumberStoredAsText)?;
    Ok(())
}

/// Sets a sheet up for print: A4 landscape, one page wide, the document's name and the sheet's
/// above, page numbers below; `header_row` says that the first row is repeated on every page.
///
/// # Errors
/// None that a caller could cause.
pub fn page(sheet: &mut Worksheet, document: &str, header_row: bool) -> Result<(), WriteError> {
    sheet.set_paper_size(PAPER_A4).set_landscape().set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.4, 0.4, 0.65, 0.6, 0.3, 0.3).set_print_center_horizontally(true);
    sheet.set_header(format!("&L{}&R&A", header_text(document)));
    sheet.set_footer("&C&P / &N");
    if header_row {
        sheet.set_repeat_rows(0, 0)?;
    }
    Ok(())
}

/// Text for a page header: `&` doubled, control characters out, no longer than Excel allows.
fn header_text(text: &str) -> String {
    let mut header = String::new();
    let mut units = 0;
    for c in text.chars().filter(|c| !c.is_control()) {
        let shown = if c == '&' { "&&".to_string() } else { c.to_string() };
        units += shown.encode_utf16().count();
        if units > MAX_HEADER - "&L&R&A".len() {
            break;
        }
        header.push_str(&shown);
    }
    header
}

/// The bytes of a workbook whose rows fit themselves to their text when somebody edits it.
///
/// rust_xlsxwriter marks every height as set by hand, which keeps a spreadsheet from fitting the
/// row ever again; here the marks are taken out of the package, and the heights stay.
///
/// # Errors
/// As `Workbook::save_to_buffer`.
pub fn save_with_fitting_rows(workbook: &mut Workbook) -> Result<Vec<u8>, WriteError> {
    let mut from = ZipArchive::new(Cursor::new(workbook.save_to_buffer()?)).map_err(io)?;
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
    for index in 0..from.len() {
        let mut part = from.by_index(index).map_err(io)?;
        let name = part.name().map_err(io)?.into_owned();
        if !name.starts_with("xl/worksheets/sheet") {
            to.raw_copy_file(part).map_err(io)?;
            continue;
        }
        let mut text = String::new();
        part.read_to_string(&mut text)?;
        // The quotes of texts are escaped, so this can only be an attribute.
        to.start_file(name, options).map_err(io)?;
        to.write_all(text.replace(" customHeight=\"1\"", "").as_bytes())?;
    }
    Ok(to.finish().map_err(io)?.into_inner())
}

fn io(error: zip::result::ZipError) -> std::io::Error {
    error.into()
}

/// The height in points of a row that shows all of these texts in their columns' widths.
pub fn height<'a>(cells: impl IntoIterator<Item = (&'a str, f64)>) -> f64 {
    height_of(cells.into_iter().map(|(text, width)| (text, width - INDENT)), ROW_PADDING)
}

/// The height in points of a header row with these labels.
pub fn header_height<'a>(labels: impl IntoIterator<Item = (&'a str, f64)>) -> f64 {
    height_of(labels, ROW_PADDING + HEADER_PADDING)
}

fn height_of<'a>(cells: impl IntoIterator<Item = (&'a str, f64)>, padding: f64) -> f64 {
    let lines = cells.into_iter().map(|(text, width)| lines(text, width)).max().unwrap_or(1);
    (f64::from(lines.max(1)) * LINE_HEIGHT + padding).min(MAX_HEIGHT)
}

/// The width of a text's longest line, in half-width characters.
pub fn width(text: &str) -> usize {
    let line = |line: &str| line.chars().filter_map(UnicodeWidthChar::width_cjk).sum();
    text.split('\n').map(line).max().unwrap_or(0)
}

/// The number of lines that a text takes in a column of this width.
pub fn lines(text: &str, width: f64) -> u32 {
    let limit = (width as usize).max(2);
    text.split('\n').map(|line| paragraph(line, limit)).fold(0, u32::saturating_add)
}

/// Lines of one paragraph: what may not be parted goes to the next line as a whole.
fn paragraph(text: &str, limit: usize) -> u32 {
    let (mut count, mut used, mut piece) = (1u32, 0usize, 0usize);
    let mut place = |piece: usize| {
        if used + piece <= limit {
            used += piece;
            return;
        }
        // One that no line holds is cut where the line ends.
        let lines = piece.div_ceil(limit);
        count = count.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
        if used == 0 {
            count -= 1;
        }
        used = piece - (lines - 1) * limit;
    };
    let mut before = None;
    for c in text.chars() {
        if before.is_some_and(|before| may_part(before, c)) {
            place(std::mem::take(&mut piece));
        }
        piece += c.width_cjk().unwrap_or(0);
        before = Some(c);
    }
    place(piece);
    count
}

/// Whether a line may end between two characters.
fn may_part(before: char, after: char) -> bool {
    let is_latin = |c: char| c.width_cjk() == Some(1) && c != ' ';
    let in_word = is_latin(before) && is_latin(after);
    !(in_word || after == ' ' || NOT_FIRST.contains(after) || NOT_LAST.contains(before))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_as_a_fixed_pitch_font_sets_them() {
        for (text, width, expected) in [
            ("", 10.0, 1),
            ("子育て支援", 10.0, 1),
            ("子育て支援策", 10.0, 2),
            ("一\n二\n三", 10.0, 3),
            ("①②③④⑤⑥", 10.0, 2),
            ("AI word", 5.0, 2),
            ("abcdefghijkl", 5.0, 3),
            ("あいうえおか。", 12.0, 2),
            ("あいうえお」。", 12.0, 2),
            ("あいうえ（お）", 10.0, 2),
            ("総務部.xlsx 様式", 12.0, 2),
            ("第総務部.xlsx", 8.0, 2),
            ("あいうえお", 0.0, 5),
        ] {
            assert_eq!(lines(text, width), expected, "{text} in {width}");
        }
    }

    #[test]
    fn a_row_is_never_higher_than_excel_allows() {
        assert_eq!(height([("あ\n".repeat(500).as_str(), 10.0)]), MAX_HEIGHT);
        assert!(height([]) >= LINE_HEIGHT);
    }

    #[test]
    fn page_headers_keep_ampersands_and_their_limit() {
        assert_eq!(header_text("R&D\u{1}"), "R&&D");
        let long = header_text(&"&".repeat(400));
        assert!(long.len() <= MAX_HEADER && long.len().is_multiple_of(2), "{}", long.len());
    }

    #[test]
    fn a_text_that_no_cell_holds_is_an_error_with_its_cell() {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        let text = "あ".repeat(MAX_TEXT + 1);
        let error = put(sheet, (1, 2), &text.into(), Look::Body).unwrap_err();
        assert!(matches!(&error, WriteError::TooLong { cell, .. } if cell == "C2"), "{error}");
    }

    #[test]
    fn a_year_without_a_date_is_an_error() {
        let properties = Properties { title: "", subject: "", author: "", year: -1 };
        assert!(workbook(&properties).is_err());
    }
}
