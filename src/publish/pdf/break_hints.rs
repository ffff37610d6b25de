//! Characters of no width that say where a line may end and where it may not (UAX 14).
//!
//! They are put into texts that have marks of their own, which no box could go across, and are
//! taken out of the finished pages, so that nobody searches or copies them.

use typst::layout::{Frame, FrameItem};
use typst::model::Document;
use typst::text::TextItem;
use typst_layout::{Page, PagedDocument};

use super::blocks::{Run, runs};

/// No line ends here.
pub const WORD_JOINER: char = '\u{2060}';
/// A line may end here.
pub const ZERO_WIDTH_SPACE: char = '\u{200B}';

/// A part of a word that is longer than this breaks anywhere.
const LONG_PART: usize = 24;

/// The hints of a text, each with the place in bytes before which it belongs.
pub fn break_hints(text: &str) -> Vec<(usize, char)> {
    let mut hints = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        for run in runs(line) {
            let length = match &run {
                Run::Text(text) => text.len(),
                Run::NoBreak { text, .. } => {
                    let is_long = text.chars().count() > LONG_PART;
                    // A number that no line holds ends after one of its commas.
                    hints.extend(inner(text, at, |before| {
                        if is_long && before == ',' { ZERO_WIDTH_SPACE } else { WORD_JOINER }
                    }));
                    text.len()
                }
                Run::Word { word } => {
                    hints.extend(break_opportunities(word, at));
                    word.len()
                }
                Run::BreakOpportunity { .. } => 0,
            };
            at += length;
        }
    }
    hints
}

/// A hint before every character of a piece but the first, as the character before it asks.
fn inner(
    piece: &str,
    at: usize,
    hint: impl Fn(char) -> char,
) -> impl Iterator<Item = (usize, char)> {
    let places = piece.char_indices().skip(1);
    piece.chars().zip(places).map(move |(before, (place, _))| (at + place, hint(before)))
}

/// Where a long word may end: after its signs, and anywhere in a part that is long itself.
fn break_opportunities(word: &str, at: usize) -> Vec<(usize, char)> {
    let mut hints = Vec::new();
    let mut start = at;
    for part in word.split_inclusive(|c: char| !c.is_ascii_alphanumeric()) {
        if start > at && part.starts_with(|c: char| c.is_ascii_alphanumeric()) {
            hints.push((start, ZERO_WIDTH_SPACE));
        }
        if part.len() > LONG_PART {
            hints.extend(inner(part, start, |_| ZERO_WIDTH_SPACE));
        }
        start += part.len();
    }
    hints
}

/// The pages without the hints in their texts; `None` where a glyph names a place that its text
/// does not have, which Typst rules out.
pub fn removed(document: &PagedDocument) -> Option<PagedDocument> {
    let without_hints = |page: &Page| {
        let mut page = page.clone();
        remove_from_frame(&mut page.frame)?;
        Some(page)
    };
    let pages: Option<_> = document.pages().iter().map(without_hints).collect();
    Some(PagedDocument::new(pages?, document.info().clone()))
}

fn remove_from_frame(frame: &mut Frame) -> Option<()> {
    let mut removed = Some(());
    // There is no other way to change the items of a frame in place.
    frame.retain(|item| {
        let done = match item {
            FrameItem::Text(text) if text.text.contains(is_hint) => remove_from_text(text),
            FrameItem::Group(group) => remove_from_frame(&mut group.frame),
            _ => Some(()),
        };
        removed = removed.and(done);
        true
    });
    removed
}

/// The glyphs stay: they have none for the hints.
fn remove_from_text(item: &mut TextItem) -> Option<()> {
    let text = item.text.clone();
    let without_hints = |end: u16| -> Option<u16> {
        let before = text.get(..usize::from(end))?;
        let kept = before.chars().filter(|&c| !is_hint(c)).map(char::len_utf8);
        u16::try_from(kept.sum::<usize>()).ok()
    };
    for glyph in &mut item.glyphs {
        glyph.range = without_hints(glyph.range.start)?..without_hints(glyph.range.end)?;
    }
    item.text = text.chars().filter(|&c| !is_hint(c)).collect::<String>().into();
    Some(())
}

fn is_hint(c: char) -> bool {
    matches!(c, WORD_JOINER | ZERO_WIDTH_SPACE)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let mut shown = text.to_owned();
        for (at, hint) in break_hints(text).into_iter().rev() {
            shown.insert(at, if hint == ZERO_WIDTH_SPACE { '|' } else { '~' });
        }
        shown
    }

    #[test]
    fn figures_hold_together_and_long_words_break() {
        for (text, expected) in [
            ("平成20年度、12校\n3回", "平成2~0~年~度、1~2~校\n3~回"),
            ("(R9)まで", "(~R~9~)まで"),
            (
                "12,345,678,901,234,567,890人",
                "1~2~,|3~4~5~,|6~7~8~,|9~0~1~,|2~3~4~,|5~6~7~,|8~9~0~人",
            ),
            ("みやぎSecurityメール", "みやぎSecurityメール"),
            ("https://example.jp/aaaaaaaaaaaa", "https://|example.|jp/|aaaaaaaaaaaa"),
        ] {
            assert_eq!(shown(text), expected);
        }
        let long = "W".repeat(LONG_PART + 1);
        assert_eq!(break_hints(&long).len(), LONG_PART);
    }
}
