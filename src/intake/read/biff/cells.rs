//! The cells of a sheet: their values as the sheet shows them. A value that cannot be read is
//! damage at its cell, never another value.

use super::super::appearance::Appearance;
use super::super::bytes::{f64_at, rk, u16_at, u32_at};
use super::super::formula::stands_for_picture;
use super::super::grid::{Cell, Kind, Sheet};
use super::super::look::lacking_format;
use super::super::refusal::{Budget, Refusal};
use super::super::runs::{Text, place};
use super::super::value::{error_text, number_cell, text_cell};
use super::Global;
use super::letters::Letters;
use super::record::Record;
use super::strings::changes;
use crate::diag::CellRef;

/// The kinds of the records of cells with content.
const FORMULA: u16 = 0x0006;
const SEVERAL_NUMBERS: u16 = 0x00BD;
const RICH_LABEL: u16 = 0x00D6;
const SHARED_STRING: u16 = 0x00FD;
const NUMBER: u16 = 0x0203;
const LABEL: u16 = 0x0204;
const TRUTH_OR_ERROR: u16 = 0x0205;
const STRING_OF_FORMULA: u16 = 0x0207;
const SHORT_NUMBER: u16 = 0x027E;

/// Puts the cells of a sheet on it.
pub struct CellReader<'a> {
    pub global: &'a Global,
    /// A formula whose text is in one of the records behind it, with its format.
    pub awaited: Option<(CellRef, u16)>,
    pub appearance: Appearance,
}

impl CellReader<'_> {
    /// Reads a record, if it is one of cells.
    pub fn see(
        &mut self,
        record: &Record,
        sheet: &mut Sheet,
        budget: &mut Budget,
    ) -> Result<(), Refusal> {
        if record.kind == STRING_OF_FORMULA {
            let Some((at, format)) = self.awaited.take() else { return Ok(()) };
            let text = self.global.letters.long(record, 0).ok_or_else(|| broken(at))?.0;
            return self.put(sheet, budget, at, format, Content::Text(Text::plain(&text)));
        }
        if !matches!(
            record.kind,
            FORMULA
                | SEVERAL_NUMBERS
                | RICH_LABEL
                | SHARED_STRING
                | NUMBER
                | LABEL
                | TRUTH_OR_ERROR
                | SHORT_NUMBER
        ) {
            return Ok(());
        }
        self.finish(sheet, budget)?;
        let data = record.data;
        let head = cell(data).zip(u16_at(data, 4));
        let (at, format) = head.ok_or_else(|| Refusal::damaged("セルの記録が途中で切れている"))?;
        if record.kind == SEVERAL_NUMBERS {
            return self.several(at, data, sheet, budget);
        }
        if matches!(record.kind, LABEL | RICH_LABEL) && self.is_full(data) {
            sheet.full.insert(at);
        }
        let Some(content) = self.content(record, at)? else {
            self.awaited = Some((at, format));
            return Ok(());
        };
        self.put(sheet, budget, at, format, content)
    }

    /// Whether a text in its cell is as long as one could be before Excel 97; half a letter does not
    /// fit at its end.
    fn is_full(&self, data: &[u8]) -> bool {
        const MOST: u16 = 255;
        let is_old = self.global.letters != Letters::Unicode;
        is_old && u16_at(data, 6).is_some_and(|length| length >= MOST - 1)
    }

    /// A formula whose text did not come has no value.
    pub fn finish(&mut self, sheet: &mut Sheet, budget: &mut Budget) -> Result<(), Refusal> {
        let Some((at, format)) = self.awaited.take() else { return Ok(()) };
        let unvalued = Cell { text: String::new(), kind: Kind::Unvalued };
        self.put(sheet, budget, at, format, Content::Cell(unvalued))
    }

    /// What a record says of its cell; nothing where the next one says it.
    fn content(&self, record: &Record, at: CellRef) -> Result<Option<Content>, Refusal> {
        let data = record.data;
        let whole = |value: Option<f64>| value.map(Content::Number).ok_or_else(|| broken(at));
        Ok(Some(match record.kind {
            NUMBER => whole(f64_at(data, 6))?,
            SHORT_NUMBER => whole(u32_at(data, 6).map(rk))?,
            SHARED_STRING => {
                let index = u32_at(data, 6).ok_or_else(|| broken(at))?;
                let text = self.global.strings.get(index as usize);
                let wrong = || Refusal::damaged(format!("{at}: ない共有文字列「{index}」"));
                Content::Text(text.ok_or_else(wrong)?.clone())
            }
            LABEL | RICH_LABEL => {
                self.label(record).map(Content::Text).ok_or_else(|| broken(at))?
            }
            TRUTH_OR_ERROR => match (data.get(6), data.get(7)) {
                (Some(&value), Some(0)) => truth(value, at)?,
                (Some(&code), Some(1)) => error(code, at)?,
                _ => return Err(broken(at)),
            },
            // A formula: its value is a number, unless the last two bytes say what else it is.
            _ => match data.get(6..14).and_then(|value| value.first_chunk::<8>()) {
                Some(&[0, .., 0xFF, 0xFF]) => return Ok(None),
                Some(&[1, _, value, .., 0xFF, 0xFF]) => truth(value, at)?,
                Some(&[2, _, code, .., 0xFF, 0xFF]) => error(code, at)?,
                Some(&[3, .., 0xFF, 0xFF]) => Content::Text(Text::default()),
                Some(&[kind, .., 0xFF, 0xFF]) => {
                    return Err(Refusal::damaged(format!("{at}: 計算式の結果の種類「{kind}」")));
                }
                value => whole(value.copied().map(f64::from_le_bytes))?,
            },
        }))
    }

    /// A text in the cell itself, with the changes of its font behind it.
    fn label(&self, record: &Record) -> Option<Text> {
        let (shown, mut rest) = self.global.letters.long(record, 6)?;
        if record.kind == LABEL {
            return Some(Text::plain(&shown));
        }
        let changes = match self.global.letters {
            Letters::Unicode => {
                let count = u16_at(&rest.take(2)?, 0)?;
                changes(&mut rest, count.into())?
            }
            // Places count bytes there: one that lies within a letter is the letter's.
            Letters::Bytes(_) => {
                let count = usize::from(*rest.take(1)?.first()?);
                let table = rest.take(count * 2)?;
                let bytes = record.data.get(8..)?;
                let place = |place: u8| {
                    let (before, _) = self.global.letters.counted(bytes, place.into())?;
                    Some(before.encode_utf16().count())
                };
                let pair = |&[at, font]: &[u8; 2]| Some((place(at)?, u16::from(font)));
                table.as_chunks::<2>().0.iter().map(pair).collect::<Option<_>>()?
            }
        };
        Some(Text::new(&shown, &changes, |font| self.global.fonts.get(font)))
    }

    /// Numbers side by side: a format and a value each, then the last column.
    fn several(
        &mut self,
        first: CellRef,
        data: &[u8],
        sheet: &mut Sheet,
        budget: &mut Budget,
    ) -> Result<(), Refusal> {
        let inner = data.get(4..data.len().saturating_sub(2)).ok_or_else(|| broken(first))?;
        let (numbers, rest) = inner.as_chunks::<6>();
        let last = u16_at(data, data.len() - 2).map(u32::from);
        let expected = (first.column + numbers.len() as u32).checked_sub(1);
        if !rest.is_empty() || last != expected {
            return Err(broken(first));
        }
        for (column, &[f0, f1, n0, n1, n2, n3]) in (first.column..).zip(numbers) {
            let at = CellRef::new(first.row, column);
            let value = rk(u32::from_le_bytes([n0, n1, n2, n3]));
            self.put(sheet, budget, at, u16::from_le_bytes([f0, f1]), Content::Number(value))?;
        }
        Ok(())
    }

    fn put(
        &mut self,
        sheet: &mut Sheet,
        budget: &mut Budget,
        at: CellRef,
        format: u16,
        content: Content,
    ) -> Result<(), Refusal> {
        let known = self.global.formats.get(usize::from(format));
        let code = known.and_then(|format| format.code.as_deref());
        let number = if let Content::Number(number) = content { Some(number) } else { None };
        let (shown, runs) = match content {
            Content::Cell(shown) => (shown, None),
            Content::Text(text) => (text_cell(&text.shown, code.unwrap_or("General")), text.runs),
            Content::Number(value) => {
                let date1904 = self.global.date1904;
                let shown = number_cell(value, code.unwrap_or("General"), date1904);
                // Where the workbook lacks the format, nobody knows what Excel showed.
                let is_usual = code.is_some() || format == 0;
                let kind = if is_usual { shown.kind } else { unknown_format(format) };
                (Cell { text: shown.text, kind }, None)
            }
        };
        if shown.text.is_empty() && shown.kind != Kind::Unvalued {
            return Ok(());
        }
        budget.spend(&shown)?;
        if sheet.is_given_twice(at, &shown.text) {
            return Ok(());
        }
        if stands_for_picture(&shown.text) {
            sheet.cells.insert(at, Cell::picture());
            return Ok(());
        }
        if !shown.is_unshown() {
            let formats = self.global.formats.len();
            sheet.lacking.extend(lacking_format(format.into(), formats));
        }
        let look = known.map(|format| format.look).unwrap_or_default();
        self.appearance.see(sheet, at, &shown, number, look, runs.as_deref());
        place(sheet, at, shown, runs.as_deref(), look.struck);
        Ok(())
    }
}

/// What a cell holds.
enum Content {
    Text(Text),
    Number(f64),
    Cell(Cell),
}

fn unknown_format(format: u16) -> Kind {
    Kind::Unshown(format!("書式番号 {format}"))
}

fn truth(value: u8, at: CellRef) -> Result<Content, Refusal> {
    let text = match value {
        0 => "FALSE",
        1 => "TRUE",
        _ => return Err(Refusal::damaged(format!("{at}: 真偽値「{value}」"))),
    };
    Ok(Content::Cell(Cell { text: text.into(), kind: Kind::Truth }))
}

fn error(code: u8, at: CellRef) -> Result<Content, Refusal> {
    let text = error_text(code);
    let text = text.ok_or_else(|| Refusal::damaged(format!("{at}: エラー値の番号「{code}」")))?;
    Ok(Content::Cell(Cell { text: text.into(), kind: Kind::Error }))
}

/// The place of a cell's record.
pub fn cell(data: &[u8]) -> Option<CellRef> {
    Some(CellRef::new(u16_at(data, 0)?.into(), u16_at(data, 2)?.into()))
}

fn broken(at: CellRef) -> Refusal {
    Refusal::damaged(format!("{at}: セルの記録が途中で切れている"))
}
