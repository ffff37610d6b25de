//! What does not fit: text of the finished pages that leaves its column, the type area or the
//! sheet, as findings at the cells and settings it came from.
//!
//! The templates break long words and let long rows go on, so this finds what a template of
//! one's own, or a text that nobody thought of, makes of a page.

use std::collections::BTreeSet;

use typst::foundations::{Label, Selector, Value};
use typst::introspection::{Introspector, MetadataElem};
use typst::layout::{Abs, Size};
use typst::utils::PicoStr;
use typst_layout::PagedDocument;

use super::errors::OVERFLOW;
use super::walk::{TOLERANCE, Text, Walk};
use crate::diag::{Finding, Place};
use crate::edition::Edition;
use crate::model::{Annex, Id};

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
        let Some(page) = document.pages().get(text.page) else { continue };
        if !is_out(&walk, text, &area, page.frame.size()) {
            continue;
        }
        let printed = walk.line_of(text);
        let (place, department) = match walk.row_of(text) {
            Some(row) => cell(annex, row, &printed),
            None => (setting(edition, &printed), String::new()),
        };
        if told.insert(place.clone()) {
            let (number, sheet) = (page.number, text.page + 1);
            let message = say!(
                "紙面に収まらない文字がある（{number}ページ、表紙から{sheet}枚目）",
                "text does not fit on page {number} (sheet {sheet} from the cover)"
            );
            findings.push(OVERFLOW.finding(message).found(printed).at(&place).of(department));
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
        let Some(page) = document.pages().get(text.page) else { continue };
        let is_out = is_off_sheet(text, page.frame.size()) || is_off_column(&walk, text);
        if is_out && told.replace(text.page) != Some(text.page) {
            let number = page.number;
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
fn is_out(walk: &Walk, text: &Text, area: &TypeArea, sheet: Size) -> bool {
    let base = text.at.y.to_pt();
    let off_area = || beyond((area.top, sheet.y.to_pt() - area.bottom), (base, base));
    is_off_sheet(text, sheet)
        || (walk.row_of(text).is_some() && (is_off_column(walk, text) || off_area()))
}

fn is_off_sheet(text: &Text, sheet: Size) -> bool {
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

/// The cell of a row that a printed line came from, and whose form it is.
fn cell(annex: &Annex, row: &str, printed: &str) -> (Place, String) {
    let id = Id(row.to_owned());
    let (fields, department) = if let Some(measure) = annex.measure(&id) {
        let fields = [
            &measure.name,
            &measure.overview,
            &measure.purpose,
            &measure.department,
            &measure.section,
        ];
        let fields = fields.map(|field| (field.value.as_str(), &field.at)).to_vec();
        (fields, measure.submitted_by.clone())
    } else if let Some(kpi) = annex.kpi(&id) {
        let mut fields = vec![(kpi.name.value.as_str(), &kpi.name.at)];
        fields.extend(kpi.measures.iter().map(|link| (annex.printed_name(link), &link.text.at)));
        fields.push((kpi.current.value.printed.as_str(), &kpi.current.at));
        fields.push((kpi.target.value.printed.as_str(), &kpi.target.at));
        (fields, kpi.submitted_by.clone())
    } else {
        return (Place::default(), String::new());
    };
    let field = nearest(fields.iter().copied(), printed).or(fields.first().map(|(_, at)| *at));
    (field.map_or_else(Place::default, Clone::clone), department)
}

/// The one whose text has the most in common with a printed line: either holds the other.
fn nearest<'a, T>(texts: impl Iterator<Item = (&'a str, T)>, printed: &str) -> Option<T> {
    let dense = |text: &str| text.split_whitespace().collect::<String>();
    let printed = dense(printed);
    texts
        .filter_map(|(text, value)| {
            let text = dense(text);
            let common = text.len().min(printed.len());
            (text.contains(&printed) || printed.contains(&text)).then_some((common, value))
        })
        .filter(|(common, _)| *common > 0)
        .max_by_key(|(common, _)| *common)
        .map(|(_, value)| value)
}

/// The line of the settings that a printed text came from.
fn setting(edition: &Edition, printed: &str) -> Place {
    let colophon = &edition.colophon;
    let mut lines = vec![
        (&edition.title, edition.line),
        (&edition.title_en, edition.line),
        (&edition.volume, edition.line),
        (&edition.version, edition.line),
        (&edition.period, edition.line),
        (&edition.slogan, edition.line),
        (&edition.subslogan, edition.line),
        (&edition.chapter, edition.line),
        (&edition.introduction, edition.line),
        (&colophon.issued, colophon.line),
        (&colophon.issuer, colophon.line),
        (&colophon.office, colophon.line),
        (&colophon.address, colophon.line),
        (&colophon.url, colophon.line),
    ];
    lines.extend(edition.pillars.iter().map(|pillar| (&pillar.title, pillar.line)));
    lines.extend(edition.categories().map(|(_, category)| (&category.title, category.line)));
    lines.extend(edition.departments.iter().map(|department| (&department.name, department.line)));
    let texts = lines.iter().map(|(text, line)| (text.as_str(), *line));
    match nearest(texts, printed) {
        Some(line) if line > 0 => Place::line(SETTINGS, line),
        _ => Place::file(SETTINGS),
    }
}
