//! The fonts: embedded, so that a paper looks the same wherever it is made.
//!
//! `fonts/README.md` says where they come from and under which licences.

use std::sync::LazyLock;

use rayon::prelude::*;
use typst::foundations::Bytes;
use typst::layout::Abs;
use typst::text::{Font, FontInstance, FontVariant, FontVariations};
use typst_kit::fonts::FontStore;

use crate::edition::Edition;

/// The family of headings, which has a bold weight.
const HEADINGS: &str = "BIZ UDPGothic";
/// The parts of that family which are fonts of their own: its brackets, which are those of BIZ
/// UDGothic, as half of their width is blank and can be taken away; and the kanji that an annex
/// seldom has, since Typst reads a font to its end before it sets a letter of it.
const PARTS: [&str; 2] = ["BIZ UDPGothic Brackets", "BIZ UDPGothic Rest"];
/// The families that have what the chosen one lacks.
const FALLBACK: [&str; 2] = ["Bessatsu Fallback", "Bessatsu Marks"];

static FILES: [&[u8]; 9] = [
    include_bytes!("../../../fonts/BIZUDPGothic-Regular-Common.ttf"),
    include_bytes!("../../../fonts/BIZUDPGothic-Regular-Rest.ttf"),
    include_bytes!("../../../fonts/BIZUDPGothic-Bold-Common.ttf"),
    include_bytes!("../../../fonts/BIZUDPGothic-Bold-Rest.ttf"),
    include_bytes!("../../../fonts/BIZUDPGothic-Brackets.ttf"),
    include_bytes!("../../../fonts/BIZUDGothic-Regular.ttf"),
    include_bytes!("../../../fonts/BIZUDMincho-Regular.ttf"),
    include_bytes!("../../../fonts/BessatsuFallback-Regular.ttf"),
    include_bytes!("../../../fonts/BessatsuMarks-Regular.ttf"),
];

static FONTS: LazyLock<Vec<Font>> = LazyLock::new(|| {
    FILES.par_iter().flat_map_iter(|file| Font::iter(Bytes::new(*file))).collect()
});

/// Gets the fonts of an edition ready on a core that has nothing better to do: Typst knows a font
/// by the hash of its bytes, which takes some milliseconds a font when it is first asked for.
pub fn warm(edition: &Edition) {
    let families = [edition.layout.font.as_str(), HEADINGS, PARTS[0]];
    for font in FONTS.iter().filter(|font| families.contains(&font.info().family.as_str())) {
        std::hint::black_box(typst::utils::hash128(font));
    }
}

/// All embedded fonts, ready for a world.
pub fn store() -> FontStore {
    let mut store = FontStore::new();
    store.extend(FONTS.iter().map(|font| (font.clone(), font.info().clone())));
    store
}

/// The families of the edition's text, the chosen one first.
pub fn text(edition: &Edition) -> Vec<String> {
    with_fallback(&edition.layout.font)
}

/// The families of headings.
pub fn headings() -> Vec<String> {
    with_fallback(HEADINGS)
}

fn with_fallback(family: &str) -> Vec<String> {
    let parts: &[&str] = if family == HEADINGS { &PARTS } else { &[] };
    [family].iter().chain(parts).chain(&FALLBACK).map(|&family| family.to_owned()).collect()
}

/// Whether a character can be printed in the edition's fonts.
///
/// Line feeds, spaces that show nothing and variation selectors can: they need no glyph.
pub fn covers(edition: &Edition) -> impl Fn(char) -> bool + Sync + use<> {
    let families = text(edition);
    let chosen = FONTS
        .iter()
        .map(Font::info)
        .filter(|info| families.iter().any(|family| info.family.eq_ignore_ascii_case(family)));
    // A font answers for one character by walking through its runs; every character of the annex
    // asks, so the answers are written down once.
    let mut covered = vec![false; char::MAX as usize + 1];
    for code in chosen.flat_map(|info| info.coverage.iter()) {
        if let Some(entry) = covered.get_mut(code as usize) {
            *entry = true;
        }
    }
    move |c| needs_no_glyph(c) || covered.get(c as usize) == Some(&true)
}

/// The width of a character in a family, in em. What its first font lacks, kanji and brackets, is as
/// wide as it is high.
pub fn advances(family: &str) -> impl Fn(char) -> f64 + use<> {
    let chosen = FONTS.iter().find(|font| font.info().family == family).map(|font| {
        font.clone().instantiate(FontVariant::default(), Abs::pt(10.0), &FontVariations::default())
    });
    move |c| {
        let of = |font: &FontInstance| Some(font.x_advance(font.ttf().glyph_index(c)?.0)?.get());
        chosen.as_ref().and_then(of).unwrap_or(1.0)
    }
}

fn needs_no_glyph(c: char) -> bool {
    matches!(
        c,
        '\n' | '\u{200B}' | '\u{2060}' | '\u{FEFF}' | '\u{FE00}'..='\u{FE0F}'
            | '\u{E0100}'..='\u{E01EF}'
    )
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use typst::text::FontWeight;

    use super::*;
    use crate::edition::FAMILIES;

    #[test]
    fn every_family_that_an_edition_may_choose_is_embedded() {
        for family in FAMILIES.iter().chain(&PARTS).chain(&FALLBACK).chain([&HEADINGS]) {
            assert!(FONTS.iter().any(|font| font.info().family == *family), "{family}");
        }
    }

    /// The characters of a family, in a weight.
    fn characters(families: &[&str], is_bold: bool) -> BTreeSet<u32> {
        let infos = FONTS.iter().map(Font::info);
        infos
            .filter(|info| families.contains(&info.family.as_str()))
            .filter(|info| (info.variant.weight == FontWeight::BOLD) == is_bold)
            .flat_map(|info| info.coverage.iter().collect::<Vec<_>>())
            .collect()
    }

    #[test]
    fn no_character_is_lost_where_a_face_comes_in_parts() {
        let whole = characters(&["BIZ UDGothic"], false);
        assert!(whole.len() > 11_000);
        let parts = [HEADINGS, PARTS[0], PARTS[1]];
        assert_eq!(characters(&parts, false), whole);
        assert_eq!(characters(&parts, true), whole);
    }
}
