//! The table of a reorganisation (再編表) to be filled in: every department, section and heading of
//! the edition before with the same name as what it is now, and how much there is of each.

use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, Formula, Worksheet};

use crate::edition::Edition;
use crate::model::{Annex, Entry};
use crate::publish::artifact::Rendered;
use crate::schema::Words;
use crate::schema::reorganisation::{FILE, GONE, GUIDE, Sheet};
use crate::xlsx::{self, CellStyle, CellValue, TableColumn, WriteError};

/// So many rows below the last one have the drop-downs too.
const MORE_ROWS: u32 = 40;
const TITLE: &str = "再編表";
const NAME: f64 = 30.0;
const SHORT: f64 = 14.0;

/// The table for an edition whose settings have the names of the edition before, with the annex of
/// that one.
///
/// The same input gives the same bytes.
pub fn reorganisation(edition: &Edition, previous: &Annex) -> Rendered {
    Rendered::workbook(FILE, book(edition, previous))
}

fn book(edition: &Edition, previous: &Annex) -> Result<Vec<u8>, WriteError> {
    let title = format!("{} {TITLE}", edition.front.title);
    let mut book = xlsx::workbook(&xlsx::Properties {
        title: &title,
        subject: TITLE,
        author: &edition.front.issuer,
        year: edition.year,
    })?;
    let words = &edition.schema.words;
    guide(book.add_worksheet().set_name(GUIDE)?, words)?;
    let counted = [format!("{}の数", words.measure), format!("{}の数", words.kpi)];
    let counts = Counts { previous, columns: counted.each_ref().map(|label| count_column(label)) };
    for which in Sheet::ALL {
        let sheet = book.add_worksheet().set_name(which.name())?;
        match which {
            Sheet::Departments => departments(sheet, edition, &counts)?,
            Sheet::Sections => sections(sheet, edition, &counts)?,
            Sheet::Headings => headings(sheet, edition, &counts)?,
        }
        xlsx::page(sheet, &title, true)?;
    }
    Ok(book.save_to_buffer()?)
}

/// How many measures and KPIs go on, and the columns that say so.
struct Counts<'c> {
    previous: &'c Annex,
    columns: [TableColumn<'c>; 2],
}

impl Counts<'_> {
    fn of(&self, is_its: impl Fn(&Entry) -> bool) -> [CellValue<'static>; 2] {
        let is_its = |entry: &Entry| entry.is_printed() && is_its(entry);
        let measures = self.previous.measures.iter().filter(|measure| is_its(&measure.entry));
        let kpis = self.previous.kpis.iter().filter(|kpi| is_its(&kpi.entry));
        [measures.count().into(), kpis.count().into()]
    }
}

fn departments(
    sheet: &mut Worksheet,
    edition: &Edition,
    counts: &Counts,
) -> Result<(), WriteError> {
    let ([old, new], [measures, kpis]) = (columns(Sheet::Departments), counts.columns);
    let rows: Vec<Vec<CellValue>> = edition
        .departments
        .iter()
        .map(|department| {
            let name = department.name.as_str();
            let [a, b] = counts.of(|entry| entry.is_of(name, None));
            vec![name.into(), a, b, name.into()]
        })
        .collect();
    xlsx::table(sheet, &[old, measures, kpis, new], &rows)
}

fn sections(sheet: &mut Worksheet, edition: &Edition, counts: &Counts) -> Result<(), WriteError> {
    let [old_department, old, department, new] = columns(Sheet::Sections);
    let [measures, kpis] = counts.columns;
    let mut rows: Vec<Vec<CellValue>> = Vec::new();
    for known in &edition.departments {
        let name = known.name.as_str();
        for section in known.sections.iter().map(String::as_str) {
            let [a, b] = counts.of(|entry| entry.is_of(name, Some(section)));
            rows.push(vec![name.into(), section.into(), a, b, name.into(), section.into()]);
        }
    }
    xlsx::table(sheet, &[old_department, old, measures, kpis, department, new], &rows)?;
    // The departments of now, as they are written on their sheet.
    let last = xlsx::row(edition.departments.len())? + MORE_ROWS + 1;
    let list = format!("='{}'!$D$2:$D${last}", Sheet::Departments.name());
    offer(sheet, 4, rows.len(), DataValidation::new().allow_list_formula(Formula::new(list)))
}

fn headings(sheet: &mut Worksheet, edition: &Edition, counts: &Counts) -> Result<(), WriteError> {
    let ([level, old, new, number], [measures, kpis]) = (columns(Sheet::Headings), counts.columns);
    let numbered = edition.headings();
    let rows: Vec<Vec<CellValue>> = numbered
        .iter()
        .map(|heading| {
            let [a, b] = counts.of(|entry| entry.category.value == Some(heading.id));
            let word = edition.levels.word(heading.id.depth());
            let number = CellValue::from(f64::from(heading.heading.number));
            let title = heading.heading.title.as_str();
            vec![word.into(), heading.label().into(), a, b, title.into(), number]
        })
        .collect();
    let level = TableColumn { width: SHORT, ..level };
    let number = TableColumn { style: CellStyle::Centre, width: SHORT, ..number };
    xlsx::table(sheet, &[level, old, measures, kpis, new, number], &rows)?;
    let words: Vec<&str> = edition.levels.iter().map(|level| level.word.as_str()).collect();
    offer(sheet, 0, rows.len(), DataValidation::new().allow_list_strings(&words)?)
}

/// The columns that are read again.
fn columns<const N: usize>(sheet: Sheet) -> [TableColumn<'static>; N] {
    let labels = sheet.labels();
    std::array::from_fn(|at| {
        let label = labels.get(at).copied().unwrap_or("");
        TableColumn::new(label, NAME, CellStyle::Body)
    })
}

fn count_column(label: &str) -> TableColumn<'_> {
    TableColumn::new(label, SHORT, CellStyle::Count)
}

/// Offers what may stand in a column; other names may be written.
fn offer(
    sheet: &mut Worksheet,
    column: u16,
    rows: usize,
    offered: DataValidation,
) -> Result<(), WriteError> {
    let offered = offered
        .set_error_style(DataValidationErrorStyle::Information)
        .set_error_title("一覧にない名称")?
        .set_error_message("一覧にない名称です。書き誤りでなければ、そのままで構いません。")?;
    sheet.add_data_validation(1, column, xlsx::row(rows)? + MORE_ROWS, column, &offered)?;
    Ok(())
}

fn guide(sheet: &mut Worksheet, words: &Words) -> Result<(), WriteError> {
    let Words { measure, kpi, .. } = words;
    let gone = format!(
        "なくなるものは、この版の名称を「{GONE}」とします。{measure}や{kpi}のある部局と課室は、引き継ぐところを書いてください。"
    );
    let lines: [(&str, CellStyle); 13] = [
        ("再編表の書き方", CellStyle::Heading),
        (
            "前の版の部局、課室、見出しが、この版で何になるかを書く表です。初めは同じ名称が入っています。変わるところだけを書き改めてください。",
            CellStyle::Plain,
        ),
        ("「前の版の…」の列と行は、消したり書き改めたりしないでください。", CellStyle::Plain),
        (
            "部局の名称が変わったとき：シート「部局」のこの版の部局を書き改めます。シート「課室」は、そのままで構いません。",
            CellStyle::Plain,
        ),
        (
            "部局が1つになったとき：シート「部局」の両方の行に、同じ名称を書きます。",
            CellStyle::Plain,
        ),
        (
            "部局が分かれたとき：シート「部局」の元の行に一方の名称を書き、下に行を加えて、前の版の部局を空欄にしたままもう一方の名称を書きます。シート「課室」で、移る課室のこの版の部局を選びます。",
            CellStyle::Plain,
        ),
        (
            "課室が別の部局に移ったとき：シート「課室」で、この版の部局を選びます。",
            CellStyle::Plain,
        ),
        (
            "課室の名称が変わったとき：シート「課室」のこの版の課室を書き改めます。新しい課室は、前の版の欄を空欄にした行に書きます。",
            CellStyle::Plain,
        ),
        (
            "見出しの名称が変わったとき：シート「見出し」のこの版の見出しを書き改めます。番号は書き改めても構いません。",
            CellStyle::Plain,
        ),
        (
            "見出しを加えるときは置く場所に行を差し込み、移すときは行ごと移します。すぐ上にある1つ上の階層の見出しの下に入ります。",
            CellStyle::Plain,
        ),
        (&gone, CellStyle::Plain),
        ("部局の並び順は、シート「部局」の並び順です。課室と見出しも同じです。", CellStyle::Plain),
        (
            "書き終えたら：bessatsu forms （この版のフォルダー） --reorganisation （このファイル）",
            CellStyle::Plain,
        ),
    ];
    sheet.set_column_width(0, 100.0)?;
    for (row, (line, style)) in (0u32..).zip(&lines) {
        xlsx::write_cell(sheet, (row, 0), &(*line).into(), *style)?;
        sheet.set_row_height(row, xlsx::height([(*line, 100.0)]))?;
    }
    xlsx::page(sheet, TITLE, false)
}
