//! One of the form's two tables: what stands above it, header, sample, rows, spare rows.

use rust_xlsxwriter::{
    ConditionalFormatFormula, Format, FormatBorder, ProtectionOptions, Workbook, Worksheet,
    XlsxError,
};

use super::entry::Entry;
use super::{Form, guide, lists, sheet, styles};
use crate::diag::CellRef;
use crate::schema::form::{
    AS_OF_LABELS, DEPARTMENT_LABELS, FILL_HINT, ROUND_HINT, ROUND_LABELS, SAMPLE_MARK,
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
    sheet.set_freeze_panes(sheet::HEADER_ROW + 1, 0)?;
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
        let format = match column.role {
            Role::Id => styles::locked(column).set_border(FormatBorder::None),
            _ => styles::beyond(column),
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
            Entry::Number { .. } => styles::round(),
        };
        put_entry(sheet, (row, 1), &entry, format)?;
    }
    xlsx::write_cell(sheet, (sheet::ROUND_ROW, 2), &ROUND_HINT.into(), CellStyle::Note)?;
    xlsx::write_cell(sheet, (sheet::DEPARTMENT_ROW, 5), &FILL_HINT.into(), CellStyle::Note)
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
    for (index, (column, sample)) in (0u16..).zip(&samples) {
        let entry = match column.role {
            Role::Id => Entry::text(SAMPLE_MARK),
            _ => Entry::figure(sample),
        };
        put_entry(sheet, (sheet::SAMPLE_ROW, index), &entry, styles::locked(column))?;
    }
    let texts = samples.iter().map(|(column, text)| (text.as_str(), sheet::width(column)));
    sheet.set_row_height(sheet::SAMPLE_ROW, xlsx::height(texts))?;
    let rows = form.rows(table);
    for (at, row) in (sheet::FIRST_ROW..).zip(rows) {
        let texts =
            sheet::columns(schema, table).filter_map(|(_, column)| match row.get(&column.key)? {
                Entry::Text(text) => Some((text.as_str(), sheet::width(column))),
                Entry::Number { .. } => None,
            });
        sheet.set_row_height(at, xlsx::height(texts))?;
        for (index, column) in sheet::columns(schema, table) {
            cell(sheet, (at, index), column, row.get(&column.key))?;
        }
    }
    let filled = sheet::FIRST_ROW + u32::try_from(rows.len()).unwrap_or(0);
    for at in filled..filled + sheet::SPARE_ROWS {
        sheet.set_row_height(at, xlsx::height([("\n", 1.0)]))?;
        for (index, column) in sheet::columns(schema, table) {
            cell(sheet, (at, index), column, None)?;
        }
    }
    Ok(())
}

/// A cell of a row.
fn cell(
    sheet: &mut Worksheet,
    at: (u32, u16),
    column: &Column,
    entry: Option<&Entry>,
) -> Result<(), WriteError> {
    let format = match column.role {
        Role::Id => styles::locked(column),
        _ => styles::input(column),
    };
    let nothing = Entry::text("");
    put_entry(sheet, at, entry.unwrap_or(&nothing), format)
}

/// What stood in the edition before, right of the table, where the form asks for it anew.
fn references(sheet: &mut Worksheet, form: &Form, table: Table) -> Result<(), WriteError> {
    let schema = &form.edition.schema;
    let rows = form.rows(table);
    let shown = |column: &&Column| {
        column.next_year == NextYear::Reference
            && rows.iter().any(|row| row.reference(&column.key).is_some())
    };
    let first = sheet::columns(schema, table).count();
    let columns = sheet::columns(schema, table).map(|(_, column)| column).filter(shown);
    for (at, column) in (first..).zip(columns) {
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
        if !column.filled || column.role == Role::Name {
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
