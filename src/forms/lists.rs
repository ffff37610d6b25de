//! The drop-downs, and the hidden sheet and defined names behind them.
//!
//! 担当課室 offers the sections of the department chosen beside it: every department has a
//! defined name of its own, numbered as in the list, which `INDIRECT` looks up. The lists for
//! 再掲分野 and 対象施策 only offer; they refuse nothing, because a cell may hold several lines.

use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, Formula, Workbook, Worksheet,
    XlsxError,
};

use super::{Form, sheet};
use crate::diag::CellRef;
use crate::edition::Edition;
use crate::edition::fields::{Field, LISTS_SHEET, Table};
use crate::model::Status;
use crate::xlsx::{self, CellStyle, WriteError};

const STATUSES: &str = "bessatsu_statuses";
const CATEGORIES: &str = "bessatsu_categories";
const DEPARTMENTS: &str = "bessatsu_departments";
/// The sections of the department of this number follow: `bessatsu_sections_01`.
const SECTIONS: &str = "bessatsu_sections_";
const ALL_SECTIONS: &str = "bessatsu_sections_all";
const MEASURES: &str = "bessatsu_measures";

/// A list: its defined name, its heading and its items.
struct List {
    name: String,
    heading: String,
    items: Vec<String>,
}

/// Adds the hidden sheet and the defined names.
pub(super) fn write(book: &mut Workbook, form: &Form) -> Result<(), WriteError> {
    let lists = lists(form.edition);
    let sheet = book.add_worksheet();
    sheet.set_name(LISTS_SHEET)?.set_hidden(true).protect();
    for (column, list) in (0u16..).zip(&lists) {
        sheet.set_column_width(column, 24)?;
        xlsx::write_cell(sheet, (0, column), &list.heading.as_str().into(), CellStyle::Header)?;
        for (row, item) in (1u32..).zip(&list.items) {
            xlsx::write_cell(sheet, (row, column), &item.as_str().into(), CellStyle::Body)?;
        }
    }
    for (column, list) in (0u32..).zip(&lists) {
        let letters = CellRef::column_letters(column);
        let last = list.items.len() + 1;
        book.define_name(&list.name, &format!("='{LISTS_SHEET}'!${letters}$2:${letters}${last}"))?;
    }
    book.define_name(MEASURES, &measure_names())?;
    Ok(())
}

fn lists(edition: &Edition) -> Vec<List> {
    let list = |name: &str, heading: &str, items: Vec<String>| List {
        name: name.into(),
        heading: heading.into(),
        items,
    };
    let labels = edition.categories().map(|(p, c)| Edition::category_label(p, c)).collect();
    let statuses = Status::ALL.iter().map(|s| s.label().to_owned()).collect();
    let departments = departments(edition);
    let names = departments.iter().map(|(name, _)| name.clone()).collect();
    let mut all: Vec<String> = Vec::new();
    for section in departments.iter().flat_map(|(_, sections)| sections) {
        if !all.contains(section) {
            all.push(section.clone());
        }
    }
    let mut lists = vec![
        list(STATUSES, "区分の選択肢", statuses),
        list(CATEGORIES, "分野の選択肢", labels),
        list(DEPARTMENTS, "担当部局の選択肢", names),
    ];
    for (number, (name, sections)) in (1..).zip(departments) {
        lists.push(List {
            name: format!("{SECTIONS}{number:02}"),
            heading: format!("{name}の課室"),
            items: sections,
        });
    }
    lists.push(list(ALL_SECTIONS, "全ての課室", all));
    lists.retain(|l| !l.items.is_empty());
    lists
}

/// The departments with their sections, joint ones (警察本部・企画部) behind them.
fn departments(edition: &Edition) -> Vec<(String, Vec<String>)> {
    let mut all: Vec<(String, Vec<String>)> =
        edition.departments.iter().map(|d| (d.name.clone(), d.sections.clone())).collect();
    for joint in &edition.joints {
        match all.iter_mut().find(|(name, _)| *name == joint.department) {
            Some((_, sections)) => sections.push(joint.section.clone()),
            None => all.push((joint.department.clone(), vec![joint.section.clone()])),
        }
    }
    all
}

/// The names in 様式１ down to the last row that has one.
fn measure_names() -> String {
    let table = Table::Measures;
    let column = sheet::column(table, Field::Name).unwrap_or(0);
    let (letters, first, last) =
        (CellRef::column_letters(column.into()), sheet::FIRST_ROW + 1, sheet::LAST_ROW + 1);
    let cell = |row: u32| format!("'{}'!${letters}${row}", table.sheet());
    let range = format!("{}:${letters}${last}", cell(first));
    format!(
        "=OFFSET({},0,0,MAX(1,SUMPRODUCT(MAX(({range}<>\"\")*(ROW({range})-{})))),1)",
        cell(first),
        sheet::FIRST_ROW
    )
}

/// Adds the drop-downs and prompts to a table's columns.
pub(super) fn attach(sheet: &mut Worksheet, table: Table) -> Result<(), WriteError> {
    for (index, column) in (0u16..).zip(table.columns()) {
        if let Some(validation) = validation(table, column.field)? {
            let validation = validation.ignore_blank(true);
            let (first, last) = (sheet::FIRST_ROW, sheet::LAST_ROW);
            sheet.add_data_validation(first, index, last, index, &validation)?;
        }
    }
    Ok(())
}

fn validation(table: Table, field: Field) -> Result<Option<DataValidation>, XlsxError> {
    let Some(text) = text(field) else { return Ok(None) };
    let plain = DataValidation::new();
    let list = |source: &str| plain.clone().allow_list_formula(Formula::new(source));
    let offered = match field {
        Field::Status => list(&format!("={STATUSES}")),
        Field::Category => list(&format!("={CATEGORIES}")),
        Field::Reposts => list(&format!("={CATEGORIES}")),
        Field::Department => list(&format!("={DEPARTMENTS}")),
        Field::Section => list(&sections_of_row(table)),
        Field::Measures => list(&format!("={MEASURES}")),
        Field::Order => plain.allow_decimal_number(DataValidationRule::GreaterThan(0.0)),
        _ => plain.allow_any_value(),
    };
    let prompted = offered.set_input_title(text.title)?.set_input_message(text.prompt)?;
    let style = match field {
        Field::Status | Field::Category | Field::Order => DataValidationErrorStyle::Stop,
        Field::Department | Field::Section => DataValidationErrorStyle::Warning,
        _ => return Ok(Some(prompted.show_error_message(false))),
    };
    let alerted = prompted.set_error_style(style);
    Ok(Some(alerted.set_error_title(text.title)?.set_error_message(text.alert)?))
}

/// The sections of the department in the same row; all of them where it is none of the list.
fn sections_of_row(table: Table) -> String {
    let column = sheet::column(table, Field::Department).unwrap_or(0);
    let letters = CellRef::column_letters(column.into());
    let row = sheet::FIRST_ROW + 1;
    format!(
        "=INDIRECT(IFERROR(\"{SECTIONS}\"&TEXT(MATCH(${letters}{row},{DEPARTMENTS},0),\"00\"),\"{ALL_SECTIONS}\"))"
    )
}

/// What Excel says beside a cell, and when it refuses an entry. A title has at most 32
/// characters, a text 255.
struct Text {
    title: &'static str,
    prompt: &'static str,
    alert: &'static str,
}

fn text(field: Field) -> Option<Text> {
    let (title, prompt, alert) = match field {
        Field::Status => (
            "区分",
            "継続：前の版から続くもの\n新規：この版で加えるもの\n変更：続くもののうち、内容を改めたもの\n廃止：この版で取りやめるもの（行は消さないでください）",
            "「継続」「新規」「変更」「廃止」のどれかを一覧から選んでください。",
        ),
        Field::Category => (
            "分野",
            "掲載する分野を一覧から選んでください。",
            "分野は一覧から選んでください。ほかの分野にも載せるときは「再掲分野」に記入してください。",
        ),
        Field::Order => (
            "掲載順",
            "記入済みの数はそのままに、新しい行は空欄のままにしてください。分野の中で順番を指定したいときだけ、1、2、3…と記入してください。",
            "0より大きい数を半角で記入してください。",
        ),
        Field::Department => (
            "担当部局",
            "一覧から選んでください。選ぶと、その部局の課室が右の欄の一覧に出ます。",
            "一覧にない部局です。このまま使うときは「はい」を押し、備考に理由を記入してください。",
        ),
        Field::Section => (
            "担当課室",
            "先に担当部局を選ぶと、その課室が一覧に出ます。",
            "この部局の一覧にない課室です。組織改編などでこのまま使うときは「はい」を押し、備考に理由を記入してください。",
        ),
        Field::Reposts => (
            "再掲分野",
            "ほかの分野にも載せるときに選んでください。2つ以上あるときは、選んだ後にF2キーを押し、Alt+Enterで改行して続けて記入してください。",
            "",
        ),
        Field::Measures => (
            "対象施策",
            "様式１の施策名から選んでください。2つ以上あるときは、選んだ後にF2キーを押し、Alt+Enterで改行して続けて記入してください。",
            "",
        ),
        Field::Current => (
            "現状値",
            "単位を付けて記入してください（例：1,551人、69.0%）。時点が基準日と異なるときは（R5）のように添え、数値がないときは「未測定」などと理由を記入してください。",
            "",
        ),
        Field::Target => (
            "目標値",
            "現状値と同じ単位で記入し、目標とする年度を（R9）のように添えてください。",
            "",
        ),
        _ => return None,
    };
    Some(Text { title, prompt, alert })
}
