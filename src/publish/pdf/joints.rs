//! Characters of no width that say where a line may end and where it may not.
//!
//! They are put into texts that have marks of their own, which no box could go across, and are
//! taken out of the finished pages, so that nobody searches or copies them.

use typst::layout::{Frame, FrameItem};
use typst::model::Document;
use typst::text::TextItem;
use typst_layout::PagedDocument;

use super::blocks::{Run, runs};

/// No line ends here: the word joiner.
pub const JOINER: char = '\u{2060}';
/// A line may end here: the space of no width.
pub const SEAM: char = '\u{200B}';

/// A part of a word that is longer than this breaks anywhere.
const LONG_PART: usize = 24;

/// The joints of a text, each with the place in bytes before which it belongs.
pub fn joints(text: &str) -> Vec<(usize, char)> {
    let mut joints = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        for run in runs(line) {
            let length = match &run {
                Run::Text(text) => text.len(),
                Run::Keep { keep, .. } => {
                    let is_long = keep.chars().count() > LONG_PART;
                    // A number that no line holds ends after one of its commas.
                    joints.extend(inner(keep, at, |before| {
                        if is_long && before == ',' { SEAM } else { JOINER }
                    }));
                    keep.len()
                }
                Run::Word { word } => {
                    joints.extend(seams(word, at));
                    word.len()
                }
                Run::Seam { .. } => 0,
            };
            at += length;
        }
    }
    joints
}

/// A joint before every character of a piece but the first, as the character before it asks.
fn inner(
    piece: &str,
    at: usize,
    joint: impl Fn(char) -> char,
) -> impl Iterator<Item = (usize, char)> {
    let places = piece.char_indices().skip(1);
    piece.chars().zip(places).map(move |(before, (place, _))| (at + place, joint(before)))
}

/// Where a long word may end: after its signs, and anywhere in a part that is long itself.
fn seams(word: &str, at: usize) -> Vec<(usize, char)> {
    let mut seams = Vec::new();
    let mut start = at;
    for part in word.split_inclusive(|c: char| !c.is_ascii_alphanumeric()) {
        if start > at && part.starts_with(|c: char| c.is_ascii_alphanumeric()) {
            seams.push((start, SEAM));
        }
        if part.len() > LONG_PART {
            seams.extend(inner(part, start, |_| SEAM));
        }
        start += part.len();
    }
    seams
}

/// The pages without the joints in their texts.
pub fn without(document: &PagedDocument) -> PagedDocument {
    let freed = |page: &typst_layout::Page| {
        let mut page = page.clone();
        free(&mut page.frame);
        page
    };
    let pages = document.pages().iter().map(freed).collect();
    PagedDocument::new(pages, document.info().clone())
}

fn free(frame: &mut Frame) {
    frame.retain(|item| {
        match item {
            FrameItem::Text(text) if text.text.contains([JOINER, SEAM]) => part(text),
            FrameItem::Group(group) => free(&mut group.frame),
            _ => {}
        }
        true
    });
}

/// Takes the joints out of a text; its glyphs, which have none for them, stay.
fn part(item: &mut TextItem) {
    let is_joint = |c: &char| matches!(*c, JOINER | SEAM);
    let text = item.text.clone();
    let kept = |end: u16| {
        let before = text.get(..usize::from(end)).unwrap_or_default();
        let joints: usize = before.chars().filter(is_joint).map(char::len_utf8).sum();
        end.saturating_sub(u16::try_from(joints).unwrap_or(end))
    };
    for glyph in &mut item.glyphs {
        glyph.range = kept(glyph.range.start)..kept(glyph.range.end);
    }
    item.text = text.chars().filter(|c| !is_joint(c)).collect::<String>().into();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let mut shown = text.to_owned();
        for (at, joint) in joints(text).into_iter().rev() {
            shown.insert(at, if joint == SEAM { '|' } else { '~' });
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
        assert_eq!(joints(&long).len(), LONG_PART);
    }
}
