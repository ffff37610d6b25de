//! One of the form's two tables: what stands above it, header, sample, rows, spare rows.

use rust_xlsxwriter::{
    ConditionalFormatFormula, DataValidation, DataValidationErrorStyle, Format, FormatBorder,
    ProtectionOptions, Workbook, Worksheet, XlsxError,
};

use super::entry::Entry;
use super::{Form, guide, lists, sheet, styles};
use crate::diag::CellRef;
use crate::schema::form::{
    AS_OF_LABELS, DEPARTMENT_LABELS, FILL_HINT, NOTHING_LABELS, NOTHING_MARK, ROUND_HINT,
    ROUND_LABELS, SAMPLE_MARK, nothing_hint,
};
use crate::schema::{Column, NextYear, Role, Schema, Table};
use crate::xlsx::{self, CellStyle, WriteError};

/// Adds the sheet of a table.
pub(super) fn write(book: &mut Workbook, form: &Form, table: Table) -> Result<(), WriteError> {
    let sheet = book.add_worksheet();
    sheet.set_name(form.edition.schema.words.sheet(table))?;
    above(sheet, form, table)?;
    header(sheet, &form.edition.schema, table)?;
    body(sheet, form, table)?;
    references(sheet, form, table)?;
    lists::attach(sheet, form.edition, table)?;
    mark_wanted(sheet, &form.edition.schema, table)?;
    // Where there is only to be added to what is shown, its name stays in sight.
    let name = sheet::column(&form.edition.schema, table, Role::Name);
    let beside = name.filter(|_| is_closed(&form.edition.schema, table)).map_or(0, |at| at + 1);
    sheet.set_freeze_panes(sheet::HEADER_ROW + 1, beside)?;
    sheet.set_selection(sheet::FIRST_ROW, 1, sheet::FIRST_ROW, 1)?;
    protect(sheet);
    let document = format!("{}　{}", form.edition.front.title, form.department.name);
    xlsx::page(sheet, &document, false)?;
    sheet.set_repeat_rows(sheet::HEADER_ROW, sheet::HEADER_ROW)?;
    Ok(())
}

/// Nothing but the cells to fill in can be changed; who has to adapt the form takes the
/// protection off, there is no password.
fn protect(sheet: &mut Worksheet) {
    sheet.protect_with_options(&ProtectionOptions {
        format_cells: true,
        format_columns: true,
        format_rows: true,
        insert_rows: true,
        ..ProtectionOptions::new()
    });
}

/// Title, department, reference date and number of the submission.
fn above(sheet: &mut Worksheet, form: &Form, table: Table) -> Result<(), WriteError> {
    let Form { edition, department, .. } = form;
    for (index, column) in sheet::columns(&edition.schema, table) {
        sheet.set_column_width(index, sheet::width(column))?;
        let format = if sheet::is_locked(column) {
            styles::locked(column).set_border(FormatBorder::None)
        } else {
            styles::beyond(column)
        };
        sheet.set_column_format(index, &format)?;
        for row in 0..sheet::HEADER_ROW {
            sheet.write_blank(row, index, &CellStyle::Note.format())?;
        }
    }
    let title = edition.schema.words.title(table);
    let title = format!("{}　{}　{title}", edition.front.title, edition.front.volume);
    xlsx::write_cell(sheet, (sheet::TITLE_ROW, 0), &title.into(), CellStyle::Heading)?;
    let stated = [
        (sheet::DEPARTMENT_ROW, DEPARTMENT_LABELS, Entry::text(&department.name)),
        (sheet::AS_OF_ROW, AS_OF_LABELS, Entry::text(&edition.form.as_of)),
        (sheet::ROUND_ROW, ROUND_LABELS, Entry::number(form.round.into())),
    ];
    for (row, labels, entry) in stated {
        let label = labels.first().copied().unwrap_or_default();
        xlsx::write_text(sheet, (row, 0), label, &styles::label())?;
        let format = match entry {
            Entry::Text(_) => styles::stated(),
            Entry::Number { .. } => styles::answer(),
        };
        put_entry(sheet, (row, 1), &entry, format)?;
    }
    xlsx::write_cell(sheet, (sheet::ROUND_ROW, 2), &ROUND_HINT.into(), CellStyle::Note)?;
    xlsx::write_cell(sheet, (sheet::DEPARTMENT_ROW, 5), &FILL_HINT.into(), CellStyle::Note)?;
    nothing(sheet, form, table)
}

/// The box in which a department says that it has nothing for the table: yellow for as long as
/// the table is blank and nobody has said so.
fn nothing(sheet: &mut Worksheet, form: &Form, table: Table) -> Result<(), WriteError> {
    let schema = &form.edition.schema;
    if is_closed(schema, table) && !form.rows(table).is_empty() {
        return Ok(());
    }
    let (row, column) = (sheet::NOTHING_ROW, sheet::STATED_COLUMN);
    let label = NOTHING_LABELS.first().copied().unwrap_or_default();
    let hint = nothing_hint(&schema.words, table);
    let is_said = form.nothing.contains(&table);
    let said = Entry::text(if is_said { NOTHING_MARK } else { "" });
    xlsx::write_text(sheet, (row, 0), label, &styles::label())?;
    put_entry(sheet, (row, column), &said, styles::answer())?;
    xlsx::write_cell(sheet, (row, column + 1), &hint.as_str().into(), CellStyle::Note)?;
    let offered = DataValidation::new()
        .allow_list_strings(&[NOTHING_MARK])?
        .set_input_title(label)?
        .set_input_message(format!("{hint}あるときは、空欄のままにしてください。"))?
        .set_error_style(DataValidationErrorStyle::Stop)
        .set_error_title(label)?
        .set_error_message(format!("「{NOTHING_MARK}」を選ぶか、空欄にしてください。"))?;
    sheet.add_data_validation(row, column, row, column, &offered)?;
    let Some(name) = sheet::column(schema, table, Role::Name) else { return Ok(()) };
    let (name, this) = (CellRef::column_letters(name.into()), CellRef::new(row, column.into()));
    let (first, last) = (sheet::FIRST_ROW + 1, sheet::LAST_ROW + 1);
    let rule = format!("=AND(TRIM({this})=\"\",COUNTA(${name}${first}:${name}${last})=0)");
    let wanted =
        ConditionalFormatFormula::new().set_rule(rule.as_str()).set_format(styles::wanted());
    sheet.add_conditional_format(row, column, row, column, &wanted)?;
    Ok(())
}

fn header(sheet: &mut Worksheet, schema: &Schema, table: Table) -> Result<(), WriteError> {
    for (index, column) in sheet::columns(schema, table) {
        xlsx::write_cell(
            sheet,
            (sheet::HEADER_ROW, index),
            &column.label.as_str().into(),
            CellStyle::Header,
        )?;
    }
    Ok(())
}

/// The sample row, the rows of the form and the spare ones.
fn body(sheet: &mut Worksheet, form: &Form, table: Table) -> Result<(), WriteError> {
    let schema = &form.edition.schema;
    let samples: Vec<(&Column, String)> = sheet::columns(schema, table)
        .map(|(_, column)| (column, guide::sample(form, table, column)))
        .collect();
    let mut heights = vec![xlsx::DEFAULT_HEIGHT; sheet::HEADER_ROW as usize + 1];
    for (index, (column, sample)) in (0u16..).zip(&samples) {
        let entry = match column.role {
            Role::Id => Entry::text(SAMPLE_MARK),
            _ => Entry::figure(sample),
        };
        put_entry(sheet, (sheet::SAMPLE_ROW, index), &entry, styles::locked(column))?;
    }
    let texts = samples.iter().map(|(column, text)| (text.as_str(), sheet::width(column)));
    heights.push(xlsx::height(texts));
    let rows = form.rows(table);
    let shown = reference_columns(form, table);
    for (at, row) in (sheet::FIRST_ROW..).zip(rows) {
        let before = shown.iter().filter_map(|column| {
            row.reference(&column.key).map(|text| (text, sheet::width(column)))
        });
        let texts =
            sheet::columns(schema, table).filter_map(|(_, column)| match row.get(&column.key)? {
                Entry::Text(text) => Some((text.as_str(), sheet::width(column))),
                Entry::Number { .. } => None,
            });
        heights.push(xlsx::height(texts.chain(before)));
        for (index, column) in sheet::columns(schema, table) {
            cell(sheet, (at, index), column, row.get(&column.key))?;
        }
    }
    let filled = xlsx::row(heights.len())?;
    let empty = xlsx::height([("\n", 1.0)]);
    let room = xlsx::rows_left(&widths(form, table), &heights, xlsx::DEFAULT_HEIGHT, empty);
    // Where the names are locked, no row can be added.
    let spare = if is_closed(schema, table) { 0 } else { room.min(sheet::SPARE_ROWS) };
    for at in filled..filled + spare {
        heights.push(empty);
        for (index, column) in sheet::columns(schema, table) {
            cell(sheet, (at, index), column, None)?;
        }
    }
    for (at, height) in (0u32..).zip(heights).skip(sheet::SAMPLE_ROW as usize) {
        sheet.set_row_height(at, height)?;
    }
    borders(sheet, schema, table, filled + spare)
}

/// Whether the rows of a table are those of the edition before, and no others.
fn is_closed(schema: &Schema, table: Table) -> bool {
    schema.with_role(table, Role::Name).is_some_and(|column| column.locked)
}

/// Draws the lines around whatever is filled in below the rows that have them. There are no more
/// of these than the page has room for, so that no page of empty rows is printed.
fn borders(
    sheet: &mut Worksheet,
    schema: &Schema,
    table: Table,
    first: u32,
) -> Result<(), WriteError> {
    let last = sheet::columns(schema, table).map(|(index, _)| index).max().unwrap_or(0);
    if first > sheet::LAST_ROW {
        return Ok(());
    }
    let (row, letters) = (first + 1, CellRef::column_letters(last.into()));
    let rule = format!("=COUNTA($A{row}:${letters}{row})>0");
    let lines =
        ConditionalFormatFormula::new().set_rule(rule.as_str()).set_format(styles::filled());
    sheet.add_conditional_format(first, 0, sheet::LAST_ROW, last, &lines)?;
    Ok(())
}

/// The widths of the columns with those of the edition before beside them.
fn widths(form: &Form, table: Table) -> Vec<f64> {
    let own = sheet::columns(&form.edition.schema, table).map(|(_, column)| column);
    own.chain(reference_columns(form, table)).map(sheet::width).collect()
}

/// A cell of a row.
fn cell(
    sheet: &mut Worksheet,
    at: (u32, u16),
    column: &Column,
    entry: Option<&Entry>,
) -> Result<(), WriteError> {
    let format =
        if sheet::is_locked(column) { styles::locked(column) } else { styles::input(column) };
    let nothing = Entry::text("");
    put_entry(sheet, at, entry.unwrap_or(&nothing), format)
}

/// The columns that show what stood in the edition before.
fn reference_columns<'a>(form: &'a Form, table: Table) -> Vec<&'a Column> {
    let is_shown = |column: &&Column| {
        column.next_year == NextYear::Reference
            && form.rows(table).iter().any(|row| row.reference(&column.key).is_some())
    };
    let columns = sheet::columns(&form.edition.schema, table).map(|(_, column)| column);
    columns.filter(is_shown).collect()
}

/// What stood in the edition before, right of the table, where the form asks for it anew.
fn references(sheet: &mut Worksheet, form: &Form, table: Table) -> Result<(), WriteError> {
    let rows = form.rows(table);
    let first = sheet::columns(&form.edition.schema, table).count();
    for (at, column) in (first..).zip(reference_columns(form, table)) {
        let at = u16::try_from(at).map_err(|_| XlsxError::RowColumnLimitError)?;
        sheet.set_column_width(at, sheet::width(column))?;
        let label = column.reference_label();
        xlsx::write_cell(sheet, (sheet::HEADER_ROW, at), &label.into(), CellStyle::Header)?;
        for (number, row) in (sheet::FIRST_ROW..).zip(rows) {
            let old = Entry::figure(row.reference(&column.key).unwrap_or_default());
            put_entry(sheet, (number, at), &old, styles::locked(column))?;
        }
    }
    Ok(())
}

fn put_entry(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    entry: &Entry,
    format: Format,
) -> Result<(), WriteError> {
    match entry {
        Entry::Text(text) if text.is_empty() => {
            sheet.write_blank(row, column, &format)?;
        }
        Entry::Text(text) => xlsx::write_text(sheet, (row, column), text, &format)?,
        Entry::Number { value, format: code } => {
            let format = format.set_num_format(code);
            sheet.write_number_with_format(row, column, *value, &format)?;
        }
    }
    Ok(())
}

/// Colours a required cell of a row that has a name for as long as it is empty.
fn mark_wanted(sheet: &mut Worksheet, schema: &Schema, table: Table) -> Result<(), WriteError> {
    let Some(name) = sheet::column(schema, table, Role::Name) else { return Ok(()) };
    let name = CellRef::column_letters(name.into());
    let row = sheet::FIRST_ROW + 1;
    for (index, column) in sheet::columns(schema, table) {
        if !column.filled || column.role == Role::Name || column.locked {
            continue;
        }
        let this = CellRef::column_letters(index.into());
        let rule = format!("=AND(${name}{row}<>\"\",TRIM({this}{row})=\"\")");
        let format =
            ConditionalFormatFormula::new().set_rule(rule.as_str()).set_format(styles::wanted());
        sheet.add_conditional_format(sheet::FIRST_ROW, index, sheet::LAST_ROW, index, &format)?;
    }
    Ok(())
}
