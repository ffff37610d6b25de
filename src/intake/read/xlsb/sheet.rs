//! A worksheet of an `.xlsb` package: its cells, merged regions, filters, and what is hidden.

use super::super::appearance::Appearance;
use super::super::bytes::{f64_at, rk, u16_at, u32_at};
use super::super::conditional::Rule;
use super::super::formula::stands_for_picture;
use super::super::grid::{Cell, Kind, Region, Sheet, Spans};
use super::super::package::bin::{cut_off, rich, text, walk};
use super::super::package::rich_value::RichValue;
use super::super::refusal::{Budget, Refusal, within};
use super::super::runs::{Text, place};
use super::super::value::{error_text, number_cell, text_cell};
use super::{Context, conditions, drop_down, region};
use crate::diag::CellRef;
use crate::edition::Limit;

/// In parts of 256 of a letter, and in parts of 20 of a point: what is narrower or lower shows
/// nothing.
const NARROWEST: u32 = 77;
const LOWEST: u16 = 40;

/// Reads a worksheet's part into its sheet.
pub fn read(
    part: &[u8],
    context: &Context,
    sheet: &mut Sheet,
    budget: &mut Budget,
) -> Result<(), Refusal> {
    let mut reader = SheetReader {
        context,
        sheet,
        budget,
        next: CellRef::new(0, 0),
        is_whole: false,
        rows_hidden: false,
        rows: Spans::default(),
        appearance: Appearance::default(),
        has_rich_value: false,
        conditional: Vec::new(),
    };
    walk(part, |kind, data| reader.see(kind, data))?;
    // The record that ends the cells.
    if !reader.is_whole {
        return Err(cut_off());
    }
    reader.finish();
    Ok(())
}

struct SheetReader<'a> {
    context: &'a Context,
    sheet: &'a mut Sheet,
    budget: &'a mut Budget,
    /// The place of a cell that does not say where it is: behind the last one of the row.
    next: CellRef,
    /// The cells are at their end.
    is_whole: bool,
    /// Rows are hidden where no record says otherwise, and those of which one speaks.
    rows_hidden: bool,
    rows: Spans,
    appearance: Appearance,
    /// The next cell has a rich value.
    has_rich_value: bool,
    /// The cells of the list of conditional formats that is open.
    conditional: Vec<Region>,
}

/// What a cell holds.
enum Content<'a> {
    Nothing,
    Text(Text),
    Shared(&'a Text),
    Number(f64),
    Cell(Cell),
}

impl SheetReader<'_> {
    fn see(&mut self, kind: u16, data: &[u8]) -> Result<(), Refusal> {
        match kind {
            0 => self.row(data).ok_or_else(cut_off)?,
            1..=11 | 62 => {
                let (column, format) = u32_at(data, 0).zip(u32_at(data, 4)).ok_or_else(cut_off)?;
                self.cell(kind, column, format, data.get(8..).unwrap_or_default())?;
            }
            // The same without their column.
            12..=18 => {
                let format = u32_at(data, 0).ok_or_else(cut_off)?;
                let column = self.next.column;
                self.cell(kind - 11, column, format, data.get(4..).unwrap_or_default())?;
            }
            // Columns: hidden, or of hardly any width.
            60 if u16_at(data, 16).is_some_and(|flags| flags & 1 != 0)
                || u32_at(data, 8).is_some_and(|width| width < NARROWEST) =>
            {
                if let Some((first, last)) = u32_at(data, 0).zip(u32_at(data, 4)) {
                    self.sheet.hidden_columns.push(first, last);
                }
            }
            50 => self.has_rich_value = true,
            // A drop-down whose list stands in cells is passed over.
            64 => _ = drop_down::add(data, &mut self.sheet.drop_downs),
            // A view: whether it shows zeros.
            137 => {
                self.appearance.no_zeros |= u16_at(data, 0).is_some_and(|flags| flags & 0x10 == 0)
            }
            146 => self.is_whole = true,
            163 => self.sheet.filtered = true,
            176 => {
                let merge = region(data).ok_or_else(cut_off)?;
                if merge.first != merge.last {
                    self.sheet.merges.push(merge);
                }
            }
            461 => self.conditional = conditions::cells(data).ok_or_else(cut_off)?,
            463 => {
                let rule = conditions::rule(data, &self.conditional, &self.context.styles);
                let unread = || Rule::unread(self.conditional.clone());
                self.appearance.rules.push(rule.unwrap_or_else(unread));
                let rules = self.appearance.rules.len() as u64;
                within(&self.budget.limits, [(Limit::Marks, rules)])?;
            }
            485 => self.rows_hidden = u16_at(data, 8).is_some_and(|flags| flags & 2 != 0),
            _ => {}
        }
        within(&self.budget.limits, self.sheet.marks())
    }

    fn row(&mut self, data: &[u8]) -> Option<()> {
        let row = u32_at(data, 0)?;
        self.next = CellRef::new(row, 0);
        self.rows.push(row, row);
        let (height, flags) = (u16_at(data, 8)?, *data.get(11)?);
        // Hidden, or made so low by hand that nothing of it is seen.
        if flags & 0x10 != 0 || (height < LOWEST && flags & 0x20 != 0) {
            self.sheet.hidden_rows.push(row, row);
        }
        Some(())
    }

    /// What can be told once all of the sheet is known.
    fn finish(self) {
        self.appearance.finish(self.sheet);
        if !self.rows_hidden {
            return;
        }
        for row in self.sheet.cells.keys().map(|at| at.row) {
            if !self.rows.contains(row) {
                self.sheet.hidden_rows.push(row, row);
            }
        }
    }

    fn cell(&mut self, kind: u16, column: u32, format: u32, data: &[u8]) -> Result<(), Refusal> {
        let at = CellRef::new(self.next.row, column);
        self.next.column = column.saturating_add(1);
        let is_rich = std::mem::take(&mut self.has_rich_value);
        let context = self.context;
        let format = format & 0x00FF_FFFF;
        let code = context.styles.code(format);
        let usual = code.unwrap_or("General");
        let content = content(kind, at, data, context)?;
        let number = if let Content::Number(number) = content { Some(number) } else { None };
        let (shown, runs) = match content {
            Content::Nothing => return Ok(()),
            Content::Cell(shown) => (shown, None),
            Content::Text(text) => (text_cell(&text.shown, usual), text.runs),
            Content::Shared(text) => (text_cell(&text.shown, usual), text.runs.clone()),
            Content::Number(value) => {
                let shown = number_cell(value, usual, context.date1904);
                // Where the workbook lacks the format, nobody knows what Excel showed.
                let is_known = code.is_some() || format == 0;
                let kind = if is_known { shown.kind } else { unknown_format(format) };
                (Cell { text: shown.text, kind }, None)
            }
        };
        if shown.text.is_empty() {
            return Ok(());
        }
        self.budget.spend(&shown)?;
        if self.sheet.is_given_twice(at, &shown.text) {
            return Ok(());
        }
        if let Some(what) = object(&shown, context, is_rich) {
            let object = Cell { text: String::new(), kind: Kind::Object(what) };
            self.sheet.cells.insert(at, object);
            return Ok(());
        }
        if !shown.is_unshown() {
            self.sheet.lacking.extend(context.styles.lacks(format));
        }
        let look = context.styles.look(format);
        self.appearance.see(self.sheet, at, &shown, number, look, runs.as_deref());
        place(self.sheet, at, shown, runs.as_deref(), look.struck);
        Ok(())
    }
}

/// What a cell shows in place of a text or a number.
fn object(shown: &Cell, context: &Context, is_rich: bool) -> Option<&'static str> {
    if stands_for_picture(&shown.text) {
        return RichValue::Picture.label();
    }
    context.rich_value.label().filter(|_| is_rich && shown.kind == Kind::Error)
}

/// The content of a cell, by the kind of its record and the data behind its head.
fn content<'a>(
    kind: u16,
    at: CellRef,
    data: &[u8],
    context: &'a Context,
) -> Result<Content<'a>, Refusal> {
    let broken = || Refusal::damaged(format!("{at}: セルの記録が途中で切れている"));
    let first = || data.first().copied().ok_or_else(broken);
    Ok(match kind {
        1 => Content::Nothing,
        2 => Content::Number(u32_at(data, 0).map(rk).ok_or_else(broken)?),
        3 | 11 => {
            let code = first()?;
            let wrong = || Refusal::damaged(format!("{at}: エラー値の番号「{code}」"));
            let text = error_text(code).ok_or_else(wrong)?.into();
            Content::Cell(Cell { text, kind: Kind::Error })
        }
        4 | 10 => {
            let text = match first()? {
                0 => "FALSE",
                1 => "TRUE",
                value => return Err(Refusal::damaged(format!("{at}: 真偽値「{value}」"))),
            };
            Content::Cell(Cell { text: text.into(), kind: Kind::Truth })
        }
        5 | 9 => Content::Number(f64_at(data, 0).ok_or_else(broken)?),
        6 | 8 => Content::Text(Text::plain(&text(data).ok_or_else(broken)?.0)),
        7 => {
            let index = u32_at(data, 0).ok_or_else(broken)?;
            let wrong = || Refusal::damaged(format!("{at}: ない共有文字列「{index}」"));
            Content::Shared(context.strings.get(index as usize).ok_or_else(wrong)?)
        }
        _ => {
            let (shown, changes) = rich(data).ok_or_else(broken)?;
            Content::Text(Text::new(&shown, &changes, |font| context.styles.font(font)))
        }
    })
}

fn unknown_format(format: u32) -> Kind {
    Kind::Unshown(format!("書式番号 {format}"))
}
