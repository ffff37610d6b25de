//! The drop-downs, and the hidden sheet and defined names behind them.
//!
//! 担当課室 offers the sections of the department chosen beside it: every department has a
//! defined name of its own, numbered as in the list, which `INDIRECT` looks up. The levels of the
//! outline do likewise: [`levels`]. The lists for
//! 再掲分野 and 対象施策 only offer; they refuse nothing, because a cell may hold several lines.

use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, Formula, Workbook, Worksheet,
    XlsxError,
};

use super::levels::{self, LEVEL, Names};
use super::{Form, sheet};
use crate::diag::CellRef;
use crate::edition::{Edition, Places};
use crate::model::Status;
use crate::schema::form::LISTS_SHEET;
use crate::schema::{Column, Kind, Role, Schema, Table};
use crate::xlsx::{self, CellStyle, WriteError};

const STATUSES: &str = "bessatsu_statuses";
/// The headings under which measures may stand.
const CATEGORIES: &str = "bessatsu_categories";
/// Those under which KPIs may, where they are others.
const KPI_CATEGORIES: &str = "bessatsu_categories_kpis";
const DEPARTMENTS: &str = "bessatsu_departments";
/// The sections of the department of this number follow: `bessatsu_sections_01`.
const SECTIONS: &str = "bessatsu_sections_";
const ALL_SECTIONS: &str = "bessatsu_sections_all";
const MEASURES: &str = "bessatsu_measures";

/// What a year in an era begins with.
const ERAS: &str = "RHSMT令平昭大明";

/// No number that is asked for is larger.
const LARGEST: f64 = 1e15;

/// A list: its defined name, its heading and its items.
pub(super) struct List {
    pub name: String,
    pub heading: String,
    pub items: Vec<String>,
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
    let names = levels::names(form.edition, &Places::new(form.edition));
    let first = xlsx::column(lists.len())?;
    for (column, names) in (first..).step_by(2).zip(&names) {
        names_of_headings(sheet, column, names)?;
    }
    for (column, list) in (0u32..).zip(&lists) {
        let letters = CellRef::column_letters(column);
        let last = list.items.len() + 1;
        book.define_name(&list.name, &format!("='{LISTS_SHEET}'!${letters}$2:${letters}${last}"))?;
    }
    for (column, names) in (u32::from(first)..).step_by(2).zip(&names) {
        let (from, to) = (CellRef::column_letters(column), CellRef::column_letters(column + 1));
        let last = names.rows.len() + 1;
        book.define_name(&names.name, &format!("='{LISTS_SHEET}'!${from}$2:${to}${last}"))?;
    }
    if form.edition.levels.have(Table::Measures)
        && let Some(names) = measure_names(&form.edition.schema)
    {
        book.define_name(MEASURES, &names)?;
    }
    Ok(())
}

/// Writes what is looked up, and beside it what is found.
fn names_of_headings(sheet: &mut Worksheet, column: u16, names: &Names) -> Result<(), WriteError> {
    sheet.set_column_width(column, 24)?;
    xlsx::write_cell(sheet, (0, column), &names.heading.as_str().into(), CellStyle::Header)?;
    for (row, (name, number)) in (1u32..).zip(&names.rows) {
        for (column, text) in [(column, name), (column + 1, number)] {
            xlsx::write_cell(sheet, (row, column), &text.as_str().into(), CellStyle::Body)?;
        }
    }
    Ok(())
}

fn lists(edition: &Edition) -> Vec<List> {
    let list = |name: &str, heading: &str, items: Vec<String>| List {
        name: name.into(),
        heading: heading.into(),
        items,
    };
    let places = Places::new(edition);
    let of_measures = places.labels(Table::Measures);
    let of_kpis = places.labels(Table::Kpis);
    let of_kpis = if of_kpis == of_measures { Vec::new() } else { of_kpis };
    let statuses = Status::ALL.iter().map(|s| s.label().to_owned()).collect();
    let departments = departments(edition);
    let names = departments.iter().map(|(name, _)| name.clone()).collect();
    let mut all: Vec<String> = Vec::new();
    for section in departments.iter().flat_map(|(_, sections)| sections) {
        if !all.contains(section) {
            all.push(section.clone());
        }
    }
    let called = |what: &'static str| edition.schema.fill(what);
    let mut lists = vec![
        list(STATUSES, &called("{measures.status}の選択肢"), statuses),
        list(CATEGORIES, &called("{measures.category}の選択肢"), of_measures),
        list(KPI_CATEGORIES, &called("{kpi}を載せる見出しの選択肢"), of_kpis),
        list(DEPARTMENTS, &called("{measures.department}の選択肢"), names),
    ];
    for (number, (name, sections)) in (1..).zip(departments) {
        lists.push(List {
            name: format!("{SECTIONS}{number:02}"),
            heading: format!("{name}の課室"),
            items: sections,
        });
    }
    lists.push(list(ALL_SECTIONS, "全ての課室", all));
    lists.extend(levels::lists(edition, &places));
    for table in Table::ALL.into_iter().filter(|&table| edition.levels.have(table)) {
        for (_, column) in sheet::columns(&edition.schema, table) {
            let heading = format!("{}の選択肢", column.short());
            lists.push(list(&choices(table, column), &heading, column.choices.clone()));
        }
    }
    lists.retain(|l| !l.items.is_empty());
    lists
}

/// The name of the list of headings for a column that names the place of an entry, or those that
/// it is listed under again.
fn headings_of(edition: &Edition, table: Table, column: &Column) -> String {
    let depths = edition.levels.columns(table);
    match (column.role, depths.as_slice()) {
        (Role::Above { level }, _) => format!("{LEVEL}{level}"),
        (Role::Place, [_, .., lowest]) => format!("{LEVEL}{lowest}"),
        _ => {
            let places = Places::new(edition);
            let differs = places.labels(Table::Kpis) != places.labels(Table::Measures);
            let own = if table == Table::Kpis && differs { KPI_CATEGORIES } else { CATEGORIES };
            own.to_owned()
        }
    }
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
fn measure_names(schema: &Schema) -> Option<String> {
    let table = Table::Measures;
    let column = sheet::column(schema, table, Role::Name)?;
    let (letters, first, last) =
        (CellRef::column_letters(column.into()), sheet::FIRST_ROW + 1, sheet::LAST_ROW + 1);
    let cell = |row: u32| format!("'{}'!${letters}${row}", schema.words.sheet(table));
    let range = format!("{}:${letters}${last}", cell(first));
    Some(format!(
        "=OFFSET({},0,0,MAX(1,SUMPRODUCT(MAX(({range}<>\"\")*(ROW({range})-{})))),1)",
        cell(first),
        sheet::FIRST_ROW
    ))
}

/// The defined name of what may be chosen in a column.
fn choices(table: Table, column: &Column) -> String {
    let table = match table {
        Table::Measures => "measures",
        Table::Kpis => "kpis",
    };
    // No hyphen can stand in a defined name.
    format!("bessatsu_choices_{table}_{}", column.key.replace('-', "."))
}

/// Adds the drop-downs and prompts to a table's columns.
pub(super) fn attach(
    sheet: &mut Worksheet,
    edition: &Edition,
    table: Table,
) -> Result<(), WriteError> {
    for (index, column) in sheet::columns(&edition.schema, table) {
        if column.locked {
            continue;
        }
        if let Some(validation) = validation(edition, table, index, column)? {
            let validation = validation.ignore_blank(true);
            let (first, last) = (sheet::FIRST_ROW, sheet::LAST_ROW);
            sheet.add_data_validation(first, index, last, index, &validation)?;
        }
    }
    Ok(())
}

/// What a column offers, refuses and says beside its cells.
fn validation(
    edition: &Edition,
    table: Table,
    index: u16,
    column: &Column,
) -> Result<Option<DataValidation>, XlsxError> {
    if column.prompt.is_empty() && column.choices.is_empty() {
        return Ok(None);
    }
    let plain = DataValidation::new();
    let list = |source: &str| plain.clone().allow_list_formula(Formula::new(source));
    let offered = match column.role {
        Role::Status => list(&format!("={STATUSES}")),
        Role::Place | Role::Above { .. } | Role::Reposts => {
            let all = || format!("={}", headings_of(edition, table, column));
            list(&levels::source(edition, table, index).unwrap_or_else(all))
        }
        Role::Department => list(&format!("={DEPARTMENTS}")),
        Role::Section | Role::Value | Role::Note if !column.choices.is_empty() => {
            list(&format!("={}", choices(table, column)))
        }
        Role::Section => list(&sections_of_row(&edition.schema, table)),
        Role::Measures => list(&format!("={MEASURES}")),
        Role::Order => plain.allow_decimal_number(DataValidationRule::GreaterThan(0.0)),
        Role::Value if column.kind == Kind::Number => {
            plain.allow_decimal_number(DataValidationRule::Between(-LARGEST, LARGEST))
        }
        Role::Value if matches!(column.kind, Kind::Year | Kind::Date) => {
            plain.allow_custom(Formula::new(format!("=OR({})", is_dated(&first_cell(index)))))
        }
        Role::Value if column.kind == Kind::Period => {
            plain.allow_custom(Formula::new(is_period(&first_cell(index))))
        }
        Role::Id | Role::Name | Role::Note | Role::Figure { .. } | Role::Value => {
            plain.allow_any_value()
        }
    };
    let [prompt, alert] = [&column.prompt, &column.alert].map(|text| edition.schema.fill(text));
    let prompted = offered.set_input_title(column.short())?.set_input_message(&*prompt)?;
    let style = match column.role {
        Role::Status | Role::Place | Role::Above { .. } | Role::Order => {
            DataValidationErrorStyle::Stop
        }
        Role::Department | Role::Section => DataValidationErrorStyle::Warning,
        Role::Value if column.kind == Kind::Choice => DataValidationErrorStyle::Stop,
        Role::Value
            if matches!(column.kind, Kind::Number | Kind::Year | Kind::Period | Kind::Date) =>
        {
            DataValidationErrorStyle::Warning
        }
        _ => return Ok(Some(prompted.show_error_message(false))),
    };
    let alerted = prompted.set_error_style(style);
    Ok(Some(alerted.set_error_title(column.short())?.set_error_message(&*alert)?))
}

/// The first cell to fill in of a column.
fn first_cell(index: u16) -> String {
    format!("{}{}", CellRef::column_letters(index.into()), sheet::FIRST_ROW + 1)
}

/// Whether a cell begins as a year or a date does: with an era or western digits.
fn is_dated(cell: &str) -> String {
    let first = format!("LEFT(TRIM({cell}),1)");
    format!("ISNUMBER(SEARCH({first},\"{ERAS}\")),AND(LEN({cell})>=4,ISNUMBER(-LEFT({cell},4)))")
}

/// The same of a period, which may be open at its beginning.
fn is_period(cell: &str) -> String {
    let (first, second) = (format!("LEFT(TRIM({cell}),1)"), format!("MID(TRIM({cell}),2,"));
    let is_open = format!("ISNUMBER(FIND({first},\"～〜~-－–―\"))");
    let behind = format!("OR(ISNUMBER(SEARCH({second}1),\"{ERAS}\")),ISNUMBER(-{second}4)))");
    format!("=OR({},AND({is_open},{behind}))", is_dated(cell))
}

/// The sections of the department in the same row; all of them where it is none of the list, or
/// the table has no departments.
fn sections_of_row(schema: &Schema, table: Table) -> String {
    let Some(column) = sheet::column(schema, table, Role::Department) else {
        return format!("={ALL_SECTIONS}");
    };
    let letters = CellRef::column_letters(column.into());
    let row = sheet::FIRST_ROW + 1;
    format!(
        "=INDIRECT(IFERROR(\"{SECTIONS}\"&TEXT(MATCH(${letters}{row},{DEPARTMENTS},0),\"00\"),\"{ALL_SECTIONS}\"))"
    )
}
