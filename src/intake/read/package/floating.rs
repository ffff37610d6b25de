//! Text that stands beside the cells: notes, threaded comments, text boxes and shapes.

use super::super::Refusal;
use super::super::part::{Parts, Tag, Xml, attribute, walk};
use super::super::xlsb::bin;
use super::Side;
use super::relations::Relations;
use crate::diag::CellRef;

pub fn read(parts: &mut Parts, side: &mut Side) -> Result<(), Refusal> {
    let related = Relations::read(parts, &side.part)?;
    for part in related.all("threadedComment") {
        comments(&parts.xml(part)?.unwrap_or_default(), "threadedComment", &mut side.notes)?;
    }
    let threaded = side.notes.len();
    for part in related.all("comments") {
        if part.ends_with(".bin") {
            side.notes.extend(binary_comments(&parts.read(part)?.unwrap_or_default()));
        } else {
            comments(&parts.xml(part)?.unwrap_or_default(), "comment", &mut side.notes)?;
        }
    }
    // Excel writes a stand-in note for readers that do not know threads.
    let (threads, notes) = side.notes.split_at(threaded);
    let notes: Vec<_> =
        notes.iter().filter(|(at, _)| !threads.iter().any(|(t, _)| t == at)).cloned().collect();
    side.notes.truncate(threaded);
    side.notes.extend(notes);
    for part in related.all("drawing") {
        shapes(&parts.xml(part)?.unwrap_or_default(), &mut side.floating)?;
    }
    side.within(parts.limits())
}

fn comments(xml: &Xml, element: &str, notes: &mut Vec<(CellRef, String)>) -> Result<(), Refusal> {
    let mut at = None;
    let mut words = String::new();
    walk(xml, |tag, text| {
        match tag {
            Tag::Open(start) => {
                if start.local_name().as_ref() == element {
                    at = attribute(start, "ref").as_deref().and_then(CellRef::parse);
                    words.clear();
                }
            }
            Tag::Close(name) if name == element => {
                let words = std::mem::take(&mut words);
                notes.extend(at.filter(|_| !words.trim().is_empty()).map(|at| (at, words)));
            }
            // `t` holds a run of a note, `text` the whole of a threaded comment.
            Tag::Close("t" | "text") => words.push_str(&text),
            Tag::Close(_) => {}
        }
        Ok(())
    })
}

/// The notes of an `.xlsb` sheet: a record with the place, then one with the text.
fn binary_comments(part: &[u8]) -> Vec<(CellRef, String)> {
    let mut notes = Vec::new();
    let mut at = None;
    for (kind, data) in bin::records(part) {
        match kind {
            635 => {
                at = bin::u32_at(data, 4).zip(bin::u32_at(data, 12));
            }
            637 => {
                let words = bin::rich(data).map(|(words, _)| words);
                let place = at.take().map(|(row, column)| CellRef::new(row, column));
                notes.extend(place.zip(words.filter(|words| !words.trim().is_empty())));
            }
            _ => {}
        }
    }
    notes
}

fn shapes(xml: &Xml, floating: &mut Vec<(Option<CellRef>, String)>) -> Result<(), Refusal> {
    let (mut column, mut row) = (None, None);
    let mut in_from = false;
    let mut words = String::new();
    walk(xml, |tag, text| {
        match tag {
            Tag::Open(start) => match start.local_name().as_ref() {
                "twoCellAnchor" | "oneCellAnchor" | "absoluteAnchor" => {
                    (column, row) = (None, None);
                    words.clear();
                }
                "from" => in_from = true,
                _ => {}
            },
            Tag::Close("from") => in_from = false,
            Tag::Close("col") if in_from => column = text.trim().parse().ok(),
            Tag::Close("row") if in_from => row = text.trim().parse().ok(),
            Tag::Close("t") => words.push_str(&text),
            Tag::Close("p") => words.push('\n'),
            Tag::Close("twoCellAnchor" | "oneCellAnchor" | "absoluteAnchor") => {
                if !words.trim().is_empty() {
                    let at = row.zip(column).map(|(row, column)| CellRef::new(row, column));
                    floating.push((at, words.trim().to_owned()));
                }
            }
            Tag::Close(_) => {}
        }
        Ok(())
    })
}
