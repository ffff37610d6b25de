//! The marks ①② that divide a name or a value into parts.

use super::value::Depth;
use crate::text::quantity::{FIRST_MARK, following_mark};

/// A part, or a whole text without parts.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Piece<'a> {
    pub mark: Option<char>,
    /// The text behind the mark, without white space at its end.
    pub body: &'a str,
}

/// Words that join two marks in a sentence: 「①と②の合計」 has no parts.
const JOINTS: [&str; 13] =
    ["", "と", "・", "、", ",", "，", "及び", "及", "又は", "または", "～", "〜", "から"];

/// The parts of a text. It has parts where it starts with ①; each part then goes on to the next
/// number. Where ② starts a line, the others must too; marks in brackets divide nothing.
pub(super) fn split(text: &str) -> Vec<Piece<'_>> {
    divide(text).unwrap_or_else(|| {
        let body = text;
        if text.is_empty() { Vec::new() } else { vec![Piece { mark: None, body }] }
    })
}

/// The lines above the line that starts with ①, and that line with those behind it; `None` where
/// it is the first, or no ② starts a line.
pub(super) fn below_title(text: &str) -> Option<(&str, &str)> {
    let at = text
        .match_indices('\n')
        .map(|(at, _)| at + 1)
        .find(|&at| text.get(at..).is_some_and(|rest| rest.trim_start().starts_with(FIRST_MARK)))?;
    let (title, below) = text.split_at(at);
    let title = title.trim_end();
    let has_parts = split(below).len() > 1 && position(below, '②', true).is_some();
    let is_title = !title.is_empty() && !title.trim_start().starts_with(FIRST_MARK);
    (is_title && has_parts).then_some((title, below))
}

/// The pieces one a line.
pub(super) fn join(pieces: &[Piece]) -> String {
    let mut text = String::new();
    for (index, piece) in pieces.iter().enumerate() {
        if index > 0 {
            text.push('\n');
        }
        text.extend(piece.mark);
        text.push_str(piece.body);
    }
    text
}

fn divide(text: &str) -> Option<Vec<Piece<'_>>> {
    let mut mark = FIRST_MARK;
    let mut rest = text.trim_start().strip_prefix(mark)?;
    let by_lines = position(rest, '②', true).is_some();
    let mut pieces = Vec::new();
    while let Some((next, at)) =
        following_mark(mark).and_then(|n| Some((n, position(rest, n, by_lines)?)))
    {
        let (body, behind) = rest.split_at(at);
        pieces.push(Piece { mark: Some(mark), body: body.trim_end() });
        rest = behind.strip_prefix(next)?;
        mark = next;
    }
    pieces.push(Piece { mark: Some(mark), body: rest.trim_end() });
    pieces.iter().all(|p| !JOINTS.contains(&p.body.trim())).then_some(pieces)
}

/// Where a mark stands outside brackets, at the start of a line if so asked.
fn position(text: &str, mark: char, line_start: bool) -> Option<usize> {
    let mut depth = Depth::default();
    let mut starts = false;
    for (at, c) in text.char_indices() {
        depth.pass(c);
        if c == mark && (starts || !line_start) && depth.is_outside() {
            return Some(at);
        }
        starts = c == '\n' || starts && c.is_whitespace();
    }
    None
}
