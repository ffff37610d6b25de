//! What does not fit: text of the finished pages that leaves its column, the type area or the
//! sheet, as findings at the cells and settings that the templates mark it with.
//!
//! The templates break long words and let long rows go on, so this finds what a template of
//! one's own, or a text that nobody thought of, makes of a page.

use std::collections::BTreeSet;

use typst::foundations::{Label, Selector, Value};
use typst::introspection::{Introspector, MetadataElem};
use typst::layout::Abs;
use typst::utils::PicoStr;
use typst_layout::PagedDocument;

use super::chapters;
use super::errors::OVERFLOW;
use super::walk::{Origin, TOLERANCE, Text, Walk};
use crate::diag::{Finding, Place};
use crate::edition::Edition;
use crate::model::{Annex, Id, Row};
use crate::schema::{Table, front};

/// What a printer may not reach at the edge of a sheet: 5 mm, in points.
const EDGE: f64 = 14.2;
/// The settings, as findings name them.
const SETTINGS: &str = "edition.toml";

/// What was printed where it does not fit, one finding a cell or line of the settings.
pub fn findings(document: &PagedDocument, edition: &Edition, annex: &Annex) -> Vec<Finding> {
    let walk = Walk::through(document);
    let area = TypeArea::of(document);
    let mut told = BTreeSet::new();
    let mut findings = Vec::new();
    for text in &walk.texts {
        if !is_out(&walk, text, &area) {
            continue;
        }
        let (place, department) = place(text.origin.as_ref(), edition, annex);
        if told.insert(place.clone()) {
            let (number, sheet) = (text.page.number, text.sheet + 1);
            let message = say!(
                "紙面に収まらない文字がある（{number}ページ、表紙から{sheet}枚目）",
                "text does not fit on page {number} (sheet {sheet} from the cover)"
            );
            findings.push(
                OVERFLOW.finding(message).found(walk.line_of(text)).at(&place).of(department),
            );
        }
    }
    findings
}

/// What was printed outside of its cell or sheet in a paper that is one table, one finding a page.
pub fn of_tables(document: &PagedDocument) -> Vec<Finding> {
    let walk = Walk::through(document);
    let mut findings = Vec::new();
    let mut told = None;
    for text in &walk.texts {
        let is_out = is_off_sheet(text) || is_off_column(&walk, text);
        if is_out && told.replace(text.sheet) != Some(text.sheet) {
            let number = text.page.number;
            let message = say!(
                "紙面に収まらない文字がある（{number}ページ）",
                "text does not fit on page {number}"
            );
            findings.push(OVERFLOW.finding(message).found(walk.line_of(text)));
        }
    }
    findings
}

/// What the body of a page may fill, in points from the edges of the sheet.
struct TypeArea {
    top: f64,
    bottom: f64,
}

impl TypeArea {
    /// As the templates give it under `<type-area>`; else what a printer reaches.
    fn of(document: &PagedDocument) -> Self {
        let given = || {
            let label = Selector::Label(Label::new(PicoStr::intern("type-area"))?);
            let content = document.introspector().query_first(&label)?;
            let Value::Dict(area) = &content.to_packed::<MetadataElem>()?.value else {
                return None;
            };
            let length = |key: &str| match area.get(key) {
                Ok(Value::Length(length)) => Some(length.abs.to_pt()),
                _ => None,
            };
            Some(Self { top: length("top")?, bottom: length("bottom")? })
        };
        given().unwrap_or(Self { top: EDGE, bottom: EDGE })
    }
}

/// Whether a text leaves the sheet, or, in a row of a table, its column or the type area.
fn is_out(walk: &Walk, text: &Text, area: &TypeArea) -> bool {
    let (base, height) = (text.at.y.to_pt(), text.page.frame.height().to_pt());
    let off_area = || beyond((area.top, height - area.bottom), (base, base));
    is_off_sheet(text) || (text.row().is_some() && (is_off_column(walk, text) || off_area()))
}

fn is_off_sheet(text: &Text) -> bool {
    let sheet = text.page.frame.size();
    let base = text.at.y.to_pt();
    let printable = |length: Abs| (EDGE, length.to_pt() - EDGE);
    beyond(printable(sheet.x), reach(text))
        || beyond(printable(sheet.y), (base - text.item.size.to_pt() / 2.0, base))
}

fn is_off_column(walk: &Walk, text: &Text) -> bool {
    walk.edges(text).is_some_and(|column| beyond(column, reach(text)))
}

/// From where to where a text reaches along its line, without the space that justifying it gave its
/// last glyph.
fn reach(text: &Text) -> (f64, f64) {
    let item = text.item;
    let space = item.glyphs.last().and_then(|last| {
        let own = item.font.x_advance(last.id)?;
        Some((last.x_advance - last.x_offset - own).at(item.size).max(Abs::zero()))
    });
    let right = text.at.x + item.width() - space.unwrap_or(Abs::zero());
    (text.at.x.to_pt(), right.to_pt())
}

fn beyond((low, high): (f64, f64), (from, to): (f64, f64)) -> bool {
    from < low - TOLERANCE || to > high + TOLERANCE
}

/// Where a text comes from, and whose form that is.
fn place(origin: Option<&Origin>, edition: &Edition, annex: &Annex) -> (Place, String) {
    let settings = |line: Option<u32>| match line {
        Some(line) if line > 0 => (Place::line(SETTINGS, line), String::new()),
        _ => (Place::file(SETTINGS), String::new()),
    };
    match origin {
        Some(Origin::Cell { id, column }) => cell(annex, id, column.as_deref()),
        Some(Origin::Front(field)) => settings(front(edition, field)),
        Some(Origin::Heading(id)) => settings(heading(edition, id)),
        None => settings(None),
    }
}

/// The cell of an entry's column; that of its name where a template names no column, or where the
/// column's text came from no cell.
fn cell(annex: &Annex, id: &str, key: Option<&str>) -> (Place, String) {
    let id = Id(id.to_owned());
    let (table, row): (_, &dyn Row) = match (annex.measure(&id), annex.kpi(&id)) {
        (Some(measure), _) => (Table::Measures, measure),
        (None, Some(kpi)) => (Table::Kpis, kpi),
        (None, None) => return (Place::default(), String::new()),
    };
    let entry = row.entry();
    let column = key.and_then(|key| annex.schema.column(table, key));
    let cell = column.and_then(|column| row.places(column).first().copied());
    (cell.unwrap_or(&entry.name.at).clone(), entry.submitted_by.clone())
}

/// The line of the settings with a field of the front matter.
fn front(edition: &Edition, field: &str) -> Option<u32> {
    let setting = front::SETTINGS.iter().find(|setting| setting.field_name() == field)?;
    Some(edition.line_of(setting))
}

/// The line of the settings with a heading of the outline, or with a department.
fn heading(edition: &Edition, id: &str) -> Option<u32> {
    let headings = edition.headings();
    let known = headings.iter().find(|heading| heading.id.to_string() == id);
    let department = || edition.departments.iter().find(|department| department.name == id);
    known
        .map(|known| known.heading.line)
        .or_else(|| department().map(|department| department.line))
        .or_else(|| chapters::line(edition, id))
}
