//! The finished pages: where each row came to stand, which are wanted, and their pictures.

use std::num::NonZeroUsize;

use typst::foundations::{Label, Selector, Value};
use typst::introspection::{Introspector, MetadataElem};
use typst::layout::{Abs, PageRanges};
use typst::text::{Glyph, TextItem};
use typst::utils::PicoStr;
use typst_layout::{Page, PagedDocument};

use super::blocks::is_japanese_letter;
use super::walk::{Text, Walk};
use super::{Options, Picture, lay_out, world};
use crate::edition::Edition;
use crate::model::Annex;

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

/// The printed page on which every row begins, in printed order; empty where the templates fail.
pub fn page_map(edition: &Edition, annex: &Annex, options: &Options) -> Vec<Place> {
    let Ok(world) = world::AnnexWorld::new(edition, annex, options) else { return Vec::new() };
    let (Some(document), _) = lay_out(&world) else { return Vec::new() };
    let Some(label) = Label::new(PicoStr::intern("row")) else { return Vec::new() };
    let introspector = document.introspector();
    introspector
        .query(&Selector::Label(label))
        .iter()
        .filter_map(|content| {
            let Value::Dict(row) = &content.to_packed::<MetadataElem>()?.value else { return None };
            let text = |key: &str| match row.get(key) {
                Ok(Value::Str(text)) => Some(text.as_str().to_owned()),
                _ => None,
            };
            let sheet = introspector.position(content.location()?)?.page;
            let page = document.pages().get(sheet.get() - 1)?.number;
            Some(Place { category: text("category")?, id: text("id")?, page })
        })
        .collect()
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

/// The lines of all rows in printed order, for those who look at the typesetting.
pub fn lines(edition: &Edition, annex: &Annex, options: &Options) -> Vec<Line> {
    let Ok(world) = world::AnnexWorld::new(edition, annex, options) else { return Vec::new() };
    let (Some(document), _) = lay_out(&world) else { return Vec::new() };
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
    let letter = |glyph: &Glyph| {
        item.text.get(glyph.range()).is_some_and(|text| text.chars().all(is_japanese_letter))
    };
    let pairs = item.glyphs.windows(2).filter(|pair| pair.iter().all(letter));
    let gaps = pairs.filter_map(|pair| {
        let glyph = pair.first()?;
        let own = item.font.x_advance(glyph.id)?;
        // The quarter space after a Latin letter comes as an offset.
        Some((glyph.x_advance - glyph.x_offset - own).get())
    });
    gaps.fold(0.0, f64::max)
}

/// Reads 「5,8-10」 (also 「-3」 and 「40-」): sheets counted from the cover.
pub fn parse_pages(text: &str) -> Option<PageRanges> {
    let number = |text: &str| match text.trim() {
        "" => Some(None),
        digits => digits.parse::<NonZeroUsize>().ok().map(Some),
    };
    let range = |part: &str| {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let (first, last) = (number(first)?, number(last)?);
        let backwards = matches!((first, last), (Some(a), Some(b)) if a > b);
        (!backwards && (first.is_some() || last.is_some())).then_some(first..=last)
    };
    text.split(',').map(range).collect::<Option<Vec<_>>>().map(PageRanges::new)
}

/// The wanted pages with their numbers counted from the cover.
pub fn chosen<'a>(
    document: &'a PagedDocument,
    ranges: Option<&'a PageRanges>,
) -> impl Iterator<Item = (usize, &'a Page)> {
    document
        .pages()
        .iter()
        .enumerate()
        .filter(move |&(index, _)| ranges.is_none_or(|ranges| ranges.includes_page_index(index)))
        .map(|(index, page)| (index + 1, page))
}

/// The picture of a page as the bytes of a file.
pub fn draw(page: &Page, picture: Picture) -> Result<Vec<u8>, String> {
    match picture {
        Picture::Svg => Ok(typst_svg::svg(page, &typst_svg::SvgOptions::default()).into_bytes()),
        Picture::Png(scale) => {
            let options = typst_render::RenderOptions {
                pixel_per_pt: f64::from(scale).into(),
                ..Default::default()
            };
            typst_render::render(page, &options).encode_png().map_err(|error| error.to_string())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::parse_pages;

    #[test]
    fn page_ranges_are_read_as_typed_and_nonsense_is_refused() {
        let index = |text: &str| -> Vec<usize> {
            let ranges = parse_pages(text).unwrap_or_else(|| panic!("{text}"));
            (0..12).filter(|&i| ranges.includes_page_index(i)).map(|i| i + 1).collect()
        };
        assert_eq!(index("5,8-10"), [5, 8, 9, 10]);
        assert_eq!(index("-2"), [1, 2]);
        assert_eq!(index("11-"), [11, 12]);
        for bad in ["", "-", "0", "3-1", "a", "1,,2", "1.5"] {
            assert!(parse_pages(bad).is_none(), "{bad}");
        }
    }
}
