//! The laid-out pages as a printer would look at them: on which page every row begins, and how the
//! lines of every cell were broken.

use bessatsu::edition::Edition;
use bessatsu::model::Annex;
use bessatsu::publish::pdf::walk::{Text, Walk};
use bessatsu::publish::pdf::{Options, pages};
use typst::foundations::{Label, Selector, Value};
use typst::introspection::{Introspector, MetadataElem};
use typst::layout::Abs;
use typst::text::{Glyph, TextItem};
use typst::utils::PicoStr;
use typst_layout::PagedDocument;

/// Where a row begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The heading of its category: 「(1) 子育て支援」.
    pub category: String,
    /// The id of the measure or KPI.
    pub id: String,
    /// The printed page number.
    pub page: u64,
}

/// A line of a cell as it was broken.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The printed page number.
    pub page: u64,
    /// The id of the measure or KPI.
    pub row: String,
    /// The number of its cell: lines of one cell have the same.
    pub cell: usize,
    pub text: String,
    /// By how much letters of Japanese were pulled apart to justify the line, in em.
    pub stretch: f64,
    /// The narrowest gap between the ink of two neighbouring characters, in em; less than nothing
    /// where they print over each other.
    pub gap: f64,
}

fn document(edition: &Edition, annex: &Annex, options: &Options) -> PagedDocument {
    let (document, findings) = pages(edition, annex, options);
    document.unwrap_or_else(|| panic!("{findings:#?}"))
}

/// The printed page on which every row begins, in printed order.
pub fn page_map(edition: &Edition, annex: &Annex, options: &Options) -> Vec<Place> {
    let document = document(edition, annex, options);
    let label = Label::new(PicoStr::intern("row")).expect("a label");
    let introspector = document.introspector();
    let place = |content: &typst::foundations::Content| {
        let mark = &content.to_packed::<MetadataElem>().expect("a mark").value;
        let Value::Dict(mark) = mark else { panic!("{mark:?}") };
        let text = |key: &str| match mark.get(key) {
            Ok(Value::Str(text)) => text.as_str().to_owned(),
            other => panic!("{key}: {other:?}"),
        };
        let position = introspector.position(content.location().expect("a place"));
        let sheet = position.expect("on a page").page.get() - 1;
        let page = document.pages()[sheet].number;
        Place { category: text("category"), id: text("id"), page }
    };
    introspector.query(&Selector::Label(label)).iter().map(place).collect()
}

/// The lines of all rows in printed order.
pub fn lines(edition: &Edition, annex: &Annex, options: &Options) -> Vec<Line> {
    let document = document(edition, annex, options);
    let walk = Walk::through(&document);
    let mut lines: Vec<Line> = Vec::new();
    let (mut base, mut ink) = (Abs::zero(), Abs::zero());
    for text in &walk.texts {
        let (Some(row), Some(cell)) = (text.row(), text.cell) else { continue };
        let page = text.page.number;
        let same = |line: &&mut Line| {
            line.cell == cell && line.page == page && (text.at.y - base).abs() < Abs::pt(1.0)
        };
        let (words, stretch) = (text.item.text.as_str(), stretch(text.item));
        let glyphs = inked(text);
        let mut gap = narrowest(&glyphs, text.item.size);
        if let Some(line) = lines.last_mut().filter(same) {
            if let Some((left, _)) = glyphs.first() {
                gap = gap.min((*left - ink) / text.item.size);
            }
            line.text.push_str(words);
            line.stretch = line.stretch.max(stretch);
            line.gap = line.gap.min(gap);
        } else {
            let (row, text) = (row.to_owned(), words.to_owned());
            lines.push(Line { page, row, cell, text, stretch, gap });
        }
        base = text.at.y;
        ink = glyphs.last().map_or(ink, |(_, right)| *right);
    }
    lines
}

/// From where to where every character of a text has ink.
fn inked(text: &Text) -> Vec<(Abs, Abs)> {
    let mut x = text.at.x;
    let mut inked = Vec::new();
    for glyph in &text.item.glyphs {
        let one = TextItem { glyphs: vec![glyph.clone()], ..text.item.clone() }.bbox();
        if one.max.x > one.min.x {
            inked.push((x + one.min.x, x + one.max.x));
        }
        x += glyph.x_advance.at(text.item.size);
    }
    inked
}

fn narrowest(glyphs: &[(Abs, Abs)], size: Abs) -> f64 {
    let pairs = glyphs.iter().zip(glyphs.iter().skip(1));
    pairs.map(|((_, right), (left, _))| (*left - *right) / size).fold(f64::INFINITY, f64::min)
}

/// The widest gap between two letters of Japanese beyond their own widths, in em.
fn stretch(item: &TextItem) -> f64 {
    let letter = |glyph: &Glyph| item.text[glyph.range()].chars().all(is_japanese_letter);
    let pairs = item.glyphs.windows(2).filter(|pair| pair.iter().all(letter));
    let gaps = pairs.filter_map(|pair| {
        let own = item.font.x_advance(pair[0].id)?;
        // The quarter space after a Latin letter comes as an offset.
        Some((pair[0].x_advance - pair[0].x_offset - own).get())
    });
    gaps.fold(0.0, f64::max)
}

fn is_japanese_letter(c: char) -> bool {
    matches!(c, 'ぁ'..='ゖ' | 'ァ'..='ヺ' | 'ー' | '々' | '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}')
}
