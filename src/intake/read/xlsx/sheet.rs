//! A worksheet: its cells, merged regions, filters, and what is hidden.

use std::borrow::Cow;

use quick_xml::events::BytesStart;

use super::super::appearance::Appearance;
use super::super::formula::{is_picture, stands_for_picture};
use super::super::grid::{Cell, Fault, Kind, Region, Sheet, Spans};
use super::super::package::rich_value::{RichValue, RichValues};
use super::super::part::{Tag, Xml, attribute, attributes, flag, is_yes, number, walk};
use super::super::refusal::{Budget, Refusal, within};
use super::super::runs::{Text, place};
use super::super::value::{number_cell, text_cell};
use super::cell::{Content, OpenCell, index, real, truth};
use super::conditional::Conditional;
use super::drop_down::OpenDropDown;
use super::second::Cells;
use super::strings::{SharedStrings, TextReader, unescaped};
use super::styles::Styles;
use crate::diag::CellRef;
use crate::intake::read::number_format::serial_of_iso;
use crate::model::ObservationKind;

/// What the cells of all sheets refer to.
pub struct Context {
    pub strings: SharedStrings,
    pub styles: Styles,
    pub rich_values: RichValues,
    pub date1904: bool,
}

/// Reads a worksheet's part into its sheet, beside what another reader has of it.
pub fn read(
    xml: &Xml,
    context: &Context,
    second: Option<Cells>,
    sheet: &mut Sheet,
    budget: &mut Budget,
) -> Result<(), Refusal> {
    let mut reader = SheetReader {
        context,
        sheet,
        budget,
        xml,
        second,
        in_cells: false,
        next: FIRST,
        furthest: None,
        cell: None,
        drop_down: None,
        conditional: Conditional::default(),
        appearance: Appearance::default(),
        usual: Usual::default(),
    };
    walk(xml, |tag, text| reader.see(&tag, text))?;
    reader.finish();
    let SheetReader { second, .. } = reader;
    let missing = second.map_or_else(Vec::new, |second| second.missing(sheet));
    sheet.faults.extend(missing);
    within(&budget.limits, sheet.marks())
}

const FIRST: CellRef = CellRef::new(0, 0);

struct SheetReader<'a, 'c> {
    context: &'a Context,
    sheet: &'a mut Sheet,
    budget: &'a mut Budget,
    xml: &'a str,
    second: Option<Cells<'c>>,
    /// Inside the rows.
    in_cells: bool,
    /// The place of a cell, and the row of a row, that does not say where it is.
    next: CellRef,
    /// The last cell in reading order so far.
    furthest: Option<CellRef>,
    cell: Option<Box<OpenCell>>,
    drop_down: Option<OpenDropDown>,
    conditional: Conditional,
    appearance: Appearance,
    usual: Usual,
}

/// What holds for all cells, rows and columns that do not say otherwise.
#[derive(Default)]
struct Usual {
    /// Rows have no height.
    no_height: bool,
    /// Columns have no width.
    no_width: bool,
    /// The columns that say how wide they are.
    columns: Spans,
}

impl SheetReader<'_, '_> {
    fn see(&mut self, tag: &Tag, text: String) -> Result<(), Refusal> {
        let theme = &self.context.styles.theme;
        match tag {
            Tag::Open(start) => self.open(tag, start),
            Tag::Close("sheetData") => {
                self.in_cells = false;
                Ok(())
            }
            Tag::Close("row") if self.in_cells => {
                self.next = CellRef::new(self.next.row.saturating_add(1), 0);
                Ok(())
            }
            Tag::Close("c") => self.close_cell(),
            Tag::Close(name) if self.drop_down.is_some() => self.close_in_drop_down(name, text),
            Tag::Close(name) if self.conditional.is_open() => {
                self.conditional.close(name, &text);
                Ok(())
            }
            Tag::Close(name) => {
                match self.cell.as_deref_mut() {
                    Some(cell) if *name == "v" => cell.value = text,
                    Some(cell) if *name == "f" => cell.formula = Some(text),
                    Some(OpenCell { text: Some(reader), .. }) => reader.see(tag, &text, theme),
                    _ => {}
                }
                Ok(())
            }
        }
    }

    fn open(&mut self, tag: &Tag, start: &BytesStart) -> Result<(), Refusal> {
        let theme = &self.context.styles.theme;
        match start.local_name().as_ref() {
            // There are millions of these; of all others, some.
            "c" if self.in_cells => self.cell = Some(Box::new(self.open_cell(start)?)),
            "row" if self.in_cells => self.open_row(start)?,
            _ if self.conditional.is_open() => self.conditional.open(start, &self.context.styles),
            "conditionalFormatting" => self.conditional.open(start, &self.context.styles),
            "sheetView" => self.appearance.no_zeros |= !flag(start, "showZeros", true),
            "sheetFormatPr" => {
                let is_nothing = |name| decimal(start, name) == Some(0.0);
                self.usual.no_height = is_nothing("defaultRowHeight");
                self.usual.no_width = is_nothing("defaultColWidth");
            }
            "sheetData" => self.in_cells = true,
            "col" => self.open_column(start)?,
            "dataValidation" => self.drop_down = OpenDropDown::open(start),
            "filterColumn" => self.sheet.filtered = true,
            "mergeCell" => {
                let stated = attribute(start, "ref").unwrap_or_default();
                let merge = region(&stated);
                let merge = merge.ok_or_else(|| unreadable_range("結合セル", &stated))?;
                if merge.first != merge.last {
                    self.sheet.merges.push(merge);
                    within(&self.budget.limits, self.sheet.marks())?;
                }
            }
            name => match self.cell.as_deref_mut() {
                Some(cell) if name == "f" => cell.formula = Some(String::new()),
                Some(cell) if name == "is" => cell.text = Some(TextReader::default()),
                Some(OpenCell { text: Some(reader), .. }) => reader.see(tag, "", theme),
                _ => {}
            },
        }
        Ok(())
    }

    fn close_in_drop_down(&mut self, name: &str, text: String) -> Result<(), Refusal> {
        if name == "dataValidation" {
            let Some(drop_down) = self.drop_down.take() else { return Ok(()) };
            drop_down.close(self.sheet);
            return within(&self.budget.limits, self.sheet.marks());
        }
        if let Some(drop_down) = &mut self.drop_down {
            drop_down.see(name, text);
        }
        Ok(())
    }

    fn open_row(&mut self, start: &BytesStart) -> Result<(), Refusal> {
        let [number, height, hidden] = attributes(start, ["r", "ht", "hidden"]);
        if let Some(stated) = number {
            let row = stated.trim().parse::<u32>().ok().and_then(|row| row.checked_sub(1));
            let row = row.ok_or_else(|| Refusal::damaged(format!("行番号「{stated}」")))?;
            self.next = CellRef::new(row, 0);
        }
        // A row of hardly any height is seen no more than a hidden one.
        let height = height.and_then(|height| height.trim().parse::<f64>().ok());
        let is_flat = height.map_or(self.usual.no_height, |height| height < 2.0);
        if hidden.is_some_and(|hidden| is_yes(&hidden)) || is_flat {
            self.sheet.hidden_rows.push(self.next.row, self.next.row);
            within(&self.budget.limits, self.sheet.marks())?;
        }
        Ok(())
    }

    fn open_column(&mut self, start: &BytesStart) -> Result<(), Refusal> {
        let first = number(start, "min")?.unwrap_or(1).saturating_sub(1);
        let last = number(start, "max")?.unwrap_or(1).saturating_sub(1);
        self.usual.columns.push(first, last);
        let is_narrow = decimal(start, "width").map_or(self.usual.no_width, |width| width < 0.3);
        if flag(start, "hidden", false) || is_narrow {
            self.sheet.hidden_columns.push(first, last);
        }
        Ok(())
    }

    fn open_cell(&self, start: &BytesStart) -> Result<OpenCell, Refusal> {
        // One look at the attributes for all of them: no element comes as often as this one.
        let [place, style, kind, rich_value] = attributes(start, ["r", "s", "t", "vm"]);
        let at = match place {
            Some(stated) => CellRef::parse(stated.trim())
                .ok_or_else(|| Refusal::damaged(format!("セル番地「{stated}」")))?,
            None => self.next,
        };
        let mut cell = OpenCell { at, ..OpenCell::default() };
        if let Some(stated) = style {
            match index(stated.trim()) {
                Some(style) => cell.style = style,
                None => cell.fault = Some(format!("書式番号「{stated}」")),
            }
        }
        cell.kind = kind.map_or_else(String::new, Cow::into_owned);
        cell.rich_value = rich_value.map(Cow::into_owned);
        Ok(cell)
    }

    fn close_cell(&mut self) -> Result<(), Refusal> {
        let Some(mut cell) = self.cell.take() else { return Ok(()) };
        let at = cell.at;
        // Cells come in reading order, so that a second of the same place is behind its time.
        let is_late = self.furthest.is_some_and(|furthest| at <= furthest);
        let is_given = is_late && self.sheet.cells.contains_key(&at);
        self.furthest = self.furthest.max(Some(at));
        self.next = CellRef::new(at.row, at.column.saturating_add(1));
        // Of a sheet that was painted to its end there are millions.
        if cell.is_empty() {
            return Ok(());
        }
        let text = cell.text.take().map(TextReader::finish);
        let content = match cell.fault.take() {
            Some(fault) => Err(fault),
            None => self.content(&cell, text),
        };
        if let (Ok(content), false) = (&content, is_given) {
            self.compare(&cell, content);
        }
        let (shown, runs) = match content {
            Ok(Content::Text(text)) => (text_cell(&text.shown, self.format(&cell)), text.runs),
            Ok(Content::Cell(shown)) => (shown, None),
            Err(fault) => return self.unreadable(at, fault),
        };
        if is_given && !shown.text.is_empty() && self.sheet.is_given_twice(at, &shown.text) {
            return within(&self.budget.limits, self.sheet.marks());
        }
        if let Some(what) = self.object(&cell, &shown) {
            let object = Cell { text: String::new(), kind: Kind::Object(what) };
            self.budget.spend(&object)?;
            self.sheet.cells.insert(at, object);
            return Ok(());
        }
        if shown.text.is_empty() && shown.kind != Kind::Unvalued {
            return Ok(());
        }
        self.budget.spend(&shown)?;
        if !shown.is_unshown() {
            self.sheet.lacking.extend(self.context.styles.lacks(cell.style));
        }
        let look = self.context.styles.look(cell.style);
        let number = match cell.kind.as_str() {
            "n" | "" => cell.value.trim().parse::<f64>().ok(),
            _ => None,
        };
        self.appearance.see(self.sheet, at, &shown, number, look, runs.as_deref());
        place(self.sheet, at, shown, runs.as_deref(), look.struck);
        Ok(())
    }

    /// What a cell shows in place of a text or a number.
    fn object(&self, cell: &OpenCell, shown: &Cell) -> Option<&'static str> {
        let is_error = matches!(shown.kind, Kind::Error | Kind::Unvalued);
        let formula = cell.formula.as_deref().unwrap_or_default();
        if stands_for_picture(&shown.text) || (is_error && is_picture(formula)) {
            return RichValue::Picture.label();
        }
        let number = cell.rich_value.as_deref().filter(|_| is_error)?;
        self.context.rich_values.get(number).label()
    }

    /// What can be told once all of the sheet is known.
    fn finish(&mut self) {
        if self.usual.no_width {
            let used = self.sheet.cells.keys().map(|at| at.column);
            for column in used.filter(|&column| !self.usual.columns.contains(column)) {
                self.sheet.hidden_columns.push(column, column);
            }
        }
        let mut appearance = std::mem::take(&mut self.appearance);
        appearance.rules.append(&mut self.conditional.rules);
        appearance.finish(self.sheet);
    }

    fn unreadable(&mut self, at: CellRef, fault: String) -> Result<(), Refusal> {
        self.sheet.unreadable(at, fault);
        within(&self.budget.limits, self.sheet.marks())
    }

    /// Holds a cell against what the other reader has.
    fn compare(&mut self, cell: &OpenCell, content: &Content) {
        let Some(second) = &mut self.second else { return };
        let Some(own) = cell.own(content) else { return };
        let Some(found) = second.contradiction(cell.at, &own) else { return };
        if cell.is_plainly_written(self.xml) {
            let kind = ObservationKind::ReadingsDiffer;
            self.sheet.faults.push(Fault { kind, at: Some(cell.at), found });
        }
    }

    /// The code of a cell's number format. Without a list of formats, 0 is the usual one.
    fn format(&self, cell: &OpenCell) -> &str {
        let style = self.context.styles.get(cell.style);
        style.and_then(|style| style.format.as_deref().ok()).unwrap_or("General")
    }

    /// What a cell holds, or what is wrong with it.
    fn content(&self, cell: &OpenCell, text: Option<Text>) -> Result<Content, String> {
        let value = cell.value.trim();
        let wrong = |what: &str| format!("{what}「{value}」");
        let shown = match (cell.kind.as_str(), text) {
            ("s", _) if value.is_empty() => Cell::text(""),
            ("s", _) => {
                let index = index(value).ok_or_else(|| wrong("共有文字列の番号"))?;
                let text = self.context.strings.get(index);
                return Ok(Content::Text(text.ok_or_else(|| wrong("ない共有文字列"))?.clone()));
            }
            ("str", _) => text_cell(&unescaped(&cell.value), self.format(cell)),
            (_, Some(text)) => return Ok(Content::Text(text)),
            ("inlineStr" | "is", None) => Cell::text(""),
            (_, None) if value.is_empty() => {
                // A formula that gave an empty text is of the kind `str`.
                let kind = if cell.formula.is_some() { Kind::Unvalued } else { Kind::Text };
                Cell { text: String::new(), kind }
            }
            ("b", None) => {
                let truth = truth(value).ok_or_else(|| wrong("真偽値"))?;
                Cell { text: if truth { "TRUE" } else { "FALSE" }.into(), kind: Kind::Truth }
            }
            ("e", None) => Cell { text: value.to_owned(), kind: Kind::Error },
            ("d", None) => match serial_of_iso(value, self.context.date1904) {
                Some(serial) => self.number(cell, serial),
                None => Cell { text: value.to_owned(), kind: Kind::Date },
            },
            ("n" | "", None) => match real(value) {
                Some(number) => self.number(cell, number),
                None if cell.kind.is_empty() => text_cell(value, self.format(cell)),
                None => return Err(wrong("数値")),
            },
            (kind, None) => return Err(wrong(&format!("種類 {kind} の値"))),
        };
        Ok(Content::Cell(shown))
    }

    /// A number as the sheet shows it. Where the workbook lacks the format that the cell names,
    /// nobody knows what Excel showed.
    fn number(&self, cell: &OpenCell, value: f64) -> Cell {
        let shown = number_cell(value, self.format(cell), self.context.date1904);
        let missing = match self.context.styles.get(cell.style) {
            Some(style) => style.format.as_ref().err().map(|id| format!("表示形式の番号 {id}")),
            None if cell.style > 0 => Some(format!("書式番号 {}", cell.style)),
            None => None,
        };
        match missing {
            Some(what) => {
                Cell { kind: Kind::Unshown(format!("{what}（ブックにない）")), ..shown }
            }
            None => shown,
        }
    }
}

/// A range of cells that is none: whatever it is of would be lost.
pub fn unreadable_range(of: &str, stated: &str) -> Refusal {
    Refusal::damaged(format!("{of}の範囲「{stated}」"))
}

/// An attribute that is a decimal number.
fn decimal(start: &BytesStart, name: &str) -> Option<f64> {
    attribute(start, name)?.trim().parse().ok()
}

/// Reads `A1:B2` or `A1`.
pub fn region(text: &str) -> Option<Region> {
    let (first, last) = text.split_once(':').unwrap_or((text, text));
    Some(Region { first: CellRef::parse(first)?, last: CellRef::parse(last)? }.in_order())
}
