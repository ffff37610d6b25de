//! What goes back to a department: its own file with the findings in it.
//!
//! The file is the department's, cell for cell: what is struck, hidden, noted or added stays as it
//! came, so that nothing that is complained of is lost on the way, every finding names a cell
//! that the department knows, and what comes back unchanged has the same findings again. A form of
//! ours filled in anew could not do that: it has no place for a column or a text of theirs, and
//! what our reader does not understand would be gone.
//!
//! In a workbook of Excel's (`.xlsx`, `.xlsm`) the findings are a sheet of their own, laid into the
//! package ([`xlsx::overlay`]), with links to the cells, which are coloured unless that would show
//! what cannot be seen; 提出回 is one higher. Other formats, and packages of an unusual kind, are
//! not written by us: they go back byte for byte, and the findings are a workbook beside them.
//!
//! No note is put on a cell. A cell has one note, so that of a cell with a note of the department's
//! would have to be changed, and notes are complained of themselves (F210): what was sent and what
//! was added could no longer be told apart. A note hides cells beside it, is not printed, and comes
//! back as it was when its cell is mended; and the drawing that shows it lies in a part that
//! programs write carelessly, which a package would have to be mended for. The sheet says the same
//! with a link to the cell, and goes with one click.

use rust_xlsxwriter::{FormatAlign, Url, Worksheet};

use super::corrections::{HEAD, OwnCorrection};
use super::letter::letter_name;
use super::{file_name, words};
use crate::diag::{CellRef, Finding, Place, Severity};
use crate::edition::{CORRECTIONS, Department, Edition};
use crate::publish::artifact::Rendered;
use crate::schema::form::FINDINGS_SHEET;
use crate::xlsx::{self, CellStyle, Mark, Overlay, WriteError};

/// A submission that goes back.
#[derive(Clone, Copy, Debug)]
pub struct Submitted<'a> {
    /// The file's name.
    pub file: &'a str,
    pub bytes: &'a [u8],
    /// The cells with its 提出回, and the one that it is to come back with.
    pub round_at: &'a [Place],
    pub round: u32,
    /// Whether the cells that findings speak of are coloured, which shows letters in the colour of
    /// their background.
    pub is_colored: bool,
    /// What the secretariat has corrected in it.
    pub corrections: &'a [OwnCorrection<'a>],
}

/// The file of a department with its findings in it; nothing where it is of a kind that we do not
/// write, or no finding is the department's.
pub fn returned<'f>(
    edition: &Edition,
    department: &Department,
    submitted: &Submitted,
    findings: impl IntoIterator<Item = &'f Finding>,
) -> Option<Vec<u8>> {
    let corrections = submitted.corrections;
    let remarks = Remarks::new(edition, department, submitted.file, findings, corrections);
    if remarks.is_empty() {
        return None;
    }
    let how_to_mend = if submitted.is_colored {
        "「セル」を押すと、その欄に移ります。色の付いた欄を直し、このファイルをそのまま提出してください。このシートは、残したままで構いません。"
    } else {
        "「セル」を押すと、その欄に移ります。その欄を直し、このファイルをそのまま提出してください。このシートは、残したままで構いません。"
    };
    let book = remarks.book(Some(how_to_mend)).ok()?;
    let laid = Overlay {
        name: FINDINGS_SHEET,
        book: &book,
        marks: remarks.marks(submitted),
        colors: &[ERROR, WARNING, INFO, RELATED],
    };
    xlsx::overlay(submitted.bytes, &laid)
}

/// The findings of a department's file, and its corrections, as a workbook of their own.
pub fn findings_beside<'f>(
    edition: &Edition,
    department: &Department,
    file: &str,
    findings: impl IntoIterator<Item = &'f Finding>,
    corrections: &[OwnCorrection],
) -> Rendered {
    let remarks = Remarks::new(edition, department, file, findings, corrections);
    if remarks.is_empty() {
        return Rendered::default();
    }
    Rendered::workbook(&beside(file), remarks.book(None))
}

/// The name of the workbook beside a file.
pub(super) fn beside(file: &str) -> String {
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    format!("{stem}_{FINDINGS_SHEET}.xlsx")
}

/// The names of all that may have been made for a department that sent in these files.
pub fn names_of_returns(
    edition: &Edition,
    department: &Department,
    files: impl IntoIterator<Item = String>,
) -> Vec<String> {
    let letters = ["txt", "eml"].map(|extension| letter_name(edition, department, extension));
    let mut own: Vec<String> = files.into_iter().collect();
    own.push(file_name(edition, department));
    let besides: Vec<String> = own.iter().map(|file| beside(file)).collect();
    let mut names: Vec<String> = own.into_iter().chain(besides).chain(letters).collect();
    names.sort();
    names.dedup();
    names
}

/// Behind a cell of which a finding speaks, and behind one that it names beside it.
const ERROR: &str = "FFF4B6B6";
const WARNING: &str = "FFFAD096";
const INFO: &str = "FFDDEBF8";
const RELATED: &str = "FFE3EEF9";

/// A line of the table of findings, and the place that it speaks of.
struct Line<'a> {
    texts: [String; COLUMNS.len()],
    at: &'a Place,
}

/// What stands in place of a severity where the finding is told above.
const RELATED_LINE: &str = "関連";

/// The findings of one department, the gravest first.
struct Remarks<'a> {
    edition: &'a Edition,
    department: &'a Department,
    file: &'a str,
    findings: Vec<&'a Finding>,
    corrections: &'a [OwnCorrection<'a>],
}

impl<'a> Remarks<'a> {
    fn new<'f: 'a>(
        edition: &'a Edition,
        department: &'a Department,
        file: &'a str,
        findings: impl IntoIterator<Item = &'f Finding>,
        corrections: &'a [OwnCorrection<'a>],
    ) -> Self {
        let mut findings: Vec<&Finding> = own(department, findings);
        findings.sort_by_key(|finding| finding.severity);
        Self { edition, department, file, findings, corrections }
    }

    fn is_empty(&self) -> bool {
        self.findings.is_empty() && self.corrections.is_empty()
    }

    /// The cell of a place that stands in the department's file.
    fn cell(&self, place: &'a Place) -> Option<(&'a str, CellRef)> {
        let sheet = place.sheet.as_deref().filter(|_| *place.file == *self.file)?;
        Some((sheet, place.cell?))
    }

    /// The colours of the cells, those that a finding speaks of before those that it names too.
    fn marks(&self, submitted: &Submitted<'a>) -> Vec<Mark<'a>> {
        let mark = |place: &'a Place, color, number| {
            let (sheet, CellRef { row, column }) = self.cell(place)?;
            Some(Mark { sheet, row, column: u16::try_from(column).ok()?, color, number })
        };
        let rounds = submitted.round_at.iter();
        let rounds = rounds.filter_map(|place| mark(place, None, Some(submitted.round)));
        let findings = || self.findings.iter().filter(|_| submitted.is_colored);
        let own = findings().filter_map(|finding| {
            let color = match finding.severity {
                Severity::Error => ERROR,
                Severity::Warning => WARNING,
                Severity::Info => INFO,
            };
            mark(&finding.place, Some(color), None)
        });
        let more = findings().flat_map(|finding| &finding.more);
        let more = more.filter_map(|place| mark(place, Some(RELATED), None));
        rounds.chain(own).chain(more).collect()
    }

    /// A workbook with the sheet of findings. It says how they are mended where it is to lie in the
    /// file that they speak of, and then has links to the cells.
    fn book(&self, how_to_mend: Option<&str>) -> Result<Vec<u8>, WriteError> {
        let Edition { front, year, .. } = self.edition;
        let title = format!("{}　{}　{FINDINGS_SHEET}", front.title, front.volume);
        let properties = xlsx::Properties {
            title: &title,
            subject: &self.department.name,
            author: &front.issuer,
            year: *year,
        };
        let mut book = xlsx::workbook(&properties)?;
        let sheet = book.add_worksheet();
        sheet.set_name(FINDINGS_SHEET)?;
        self.above(sheet, how_to_mend)?;
        self.table(sheet, how_to_mend.is_some())?;
        let document = format!("{}　{}", front.title, self.department.name);
        xlsx::page(sheet, &document, false)?;
        sheet.set_repeat_rows(HEADER_ROW, HEADER_ROW)?;
        xlsx::save_with_fitting_rows(&mut book)
    }

    fn above(&self, sheet: &mut Worksheet, how_to_mend: Option<&str>) -> Result<(), WriteError> {
        let count = |wanted| self.findings.iter().filter(|f| f.severity == wanted).count();
        let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
        let title = format!("{}　{FINDINGS_SHEET}", self.department.name);
        let counts = format!("エラー{errors}件（修正が必要）、警告{warnings}件（確認が必要）");
        let file = self.file;
        let hint = how_to_mend.map_or_else(|| {
            format!(
                "御提出のファイル「{file}」の、「シート」と「セル」に示した欄を直し、「提出回」の数を1つ増やして提出してください。"
            )
        }, str::to_owned);
        let (counts, hint) = match self.findings.is_empty() {
            true => (NOTHING_TO_MEND.to_owned(), LOOK_BELOW.to_owned()),
            false => (counts, hint),
        };
        xlsx::write_cell(sheet, (0, 0), &title.into(), CellStyle::Heading)?;
        xlsx::write_cell(sheet, (1, 0), &counts.into(), CellStyle::Note)?;
        xlsx::write_cell(sheet, (2, 0), &hint.into(), CellStyle::Note)
    }

    fn table(&self, sheet: &mut Worksheet, linked: bool) -> Result<(), WriteError> {
        for (index, column) in (0u16..).zip(&COLUMNS) {
            sheet.set_column_width(index, column.width)?;
            xlsx::write_cell(sheet, (HEADER_ROW, index), &column.label.into(), CellStyle::Header)?;
        }
        let lines: Vec<Line> = self.findings.iter().flat_map(|f| self.lines(f)).collect();
        for (row, Line { texts, at }) in (HEADER_ROW + 1..).zip(&lines) {
            for ((index, column), text) in (0u16..).zip(&COLUMNS).zip(texts) {
                xlsx::write_cell(sheet, (row, index), &text.as_str().into(), column.style)?;
            }
            if let Some(place) = self.cell(at).filter(|_| linked) {
                link(sheet, row, place)?;
            }
            let sizes = texts.iter().zip(&COLUMNS).map(|(text, of)| (text.as_str(), of.width));
            sheet.set_row_height(row, xlsx::height(sizes))?;
        }
        let last = HEADER_ROW + xlsx::row(lines.len())?;
        sheet.autofilter(HEADER_ROW, 0, last, COLUMNS.len() as u16 - 1)?;
        sheet.set_freeze_panes(HEADER_ROW + 1, 0)?;
        self.corrected(sheet, last + 2, linked)
    }

    /// What was corrected, below what is to be mended: for the department to know and to object to.
    fn corrected(
        &self,
        sheet: &mut Worksheet,
        mut row: u32,
        linked: bool,
    ) -> Result<(), WriteError> {
        if self.corrections.is_empty() {
            return Ok(());
        }
        let head =
            format!("{HEAD}。直していただく必要はありません。御異議があればお知らせください。");
        xlsx::write_cell(sheet, (row, 0), &head.into(), CellStyle::Heading)?;
        row += 1;
        for (index, label) in (0u16..).zip(CORRECTED) {
            xlsx::write_cell(sheet, (row, index), &label.into(), CellStyle::Header)?;
        }
        for own in self.corrections {
            row += 1;
            let [from, to] = own.texts();
            let OwnCorrection { correction, column, .. } = own;
            let place = self.cell(own.at());
            let (of, cell) = place.map_or((String::new(), String::new()), |(sheet, cell)| {
                (sheet.to_owned(), cell.to_string())
            });
            let dated = if correction.date.is_empty() { "" } else { "\n" };
            let name = own.name.replace('\n', " ");
            let texts: [String; COLUMNS.len()] = [
                "修正".into(),
                correction.id.to_string(),
                of,
                cell,
                format!("{column}\n（{name}）"),
                from,
                to,
                format!("{}{dated}{}", correction.reason, correction.date),
            ];
            for ((index, column), text) in (0u16..).zip(&COLUMNS).zip(&texts) {
                xlsx::write_cell(sheet, (row, index), &text.as_str().into(), column.style)?;
            }
            if let Some(place) = place.filter(|_| linked) {
                link(sheet, row, place)?;
            }
            let sizes = texts.iter().zip(&COLUMNS).map(|(text, of)| (text.as_str(), of.width));
            sheet.set_row_height(row, xlsx::height(sizes))?;
        }
        Ok(())
    }

    /// What is said of a finding, and below it of its further places that are mended otherwise.
    fn lines(&self, finding: &'a Finding) -> Vec<Line<'a>> {
        let mut lines = vec![Line { texts: self.line(finding), at: &finding.place }];
        let more = finding.more.iter().filter(|_| !finding.help_at_more.is_empty());
        lines.extend(more.filter_map(|at| {
            let (sheet, cell) = self.cell(at)?;
            let [_, code, _, _, _, found, ..] = self.line(finding);
            let said = words::said(&finding.message.ja);
            let mend = words::mend_at_more(finding);
            let texts = [
                RELATED_LINE.to_owned(),
                code,
                sheet.to_owned(),
                cell.to_string(),
                said,
                found,
                String::new(),
                mend,
            ];
            Some(Line { texts, at })
        }));
        lines
    }

    /// What is said of a finding, column by column.
    fn line(&self, finding: &Finding) -> [String; 8] {
        let Place { file, sheet, cell, .. } = &finding.place;
        let is_own = **file == *self.file;
        let cell = cell.filter(|_| is_own).map(|cell| cell.to_string());
        // The corrections are the secretariat's, and told of below.
        let more = || finding.more.iter().filter(|place| *place.file != *CORRECTIONS);
        let beyond = more().count().saturating_sub(MOST_PLACES);
        let more: Vec<String> =
            more().take(MOST_PLACES).map(|place| self.short(place, &finding.place)).collect();
        let beyond = if beyond > 0 { format!("ほか{beyond}か所") } else { String::new() };
        let also = match more.is_empty() {
            true => String::new(),
            false => format!("\n（ほかに関わる欄：{}{beyond}）", more.join("、")),
        };
        let schema = &self.edition.schema;
        [
            finding.severity.say().ja,
            finding.rule.code.to_owned(),
            sheet.as_deref().filter(|_| is_own).unwrap_or_default().to_owned(),
            cell.unwrap_or_default(),
            words::said(&finding.message.ja) + &also,
            words::quoted(&finding.found),
            words::quoted(&finding.expected),
            words::mend(schema, finding),
        ]
    }

    /// A further place, seen from the first.
    fn short(&self, place: &Place, from: &Place) -> String {
        let cell = place.cell.map(|cell| cell.to_string()).unwrap_or_default();
        if *place.file != *self.file {
            return format!("{place}");
        }
        match &place.sheet {
            Some(sheet) if place.sheet != from.sheet => format!("「{sheet}」{cell}"),
            _ => cell,
        }
    }
}

/// Leads from the row of a finding to its cell.
fn link(sheet: &mut Worksheet, row: u32, (of, cell): (&str, CellRef)) -> Result<(), WriteError> {
    let of = of.replace('\'', "''");
    let url = Url::new(format!("internal:'{of}'!{cell}")).set_text(cell.to_string());
    let format = CellStyle::Link.format().set_align(FormatAlign::Top);
    sheet.write_url_with_format(row, CELL_COLUMN, url, &format)?;
    Ok(())
}

/// The findings of a department that nobody has accepted.
pub(super) fn own<'f>(
    department: &Department,
    findings: impl IntoIterator<Item = &'f Finding>,
) -> Vec<&'f Finding> {
    let is_own = |f: &&Finding| f.department == department.name && f.accepted.is_none();
    findings.into_iter().filter(is_own).collect()
}

/// No more further places are named one by one.
const MOST_PLACES: usize = 10;

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
/// What is said in place of counts and hint where there are only corrections.
const NOTHING_TO_MEND: &str = "直していただく箇所はありません。";
const LOOK_BELOW: &str = "事務局で修正した箇所を、次のとおりお知らせします。";

/// What these columns say of corrections.
const CORRECTED: [&str; COLUMNS.len()] =
    ["種類", "ID", "シート", "セル", "項目", "修正前", "修正後", "理由・修正日"];
const HEADER_ROW: u32 = 4;
const CELL_COLUMN: u16 = 3;
