//! What stands beside the cells: notes, threaded comments, and whatever lies over them.

use std::collections::BTreeSet;

use super::super::bytes::u32_at;
use super::super::grid::Sheet;
use super::super::part::{Parts, Tag, Xml, attribute, walk};
use super::super::refusal::{Refusal, within};
use super::bin;
use super::relations::Relations;
use crate::diag::CellRef;

/// As [`crate::intake::read::grid::Sheet`] has it.
type Floating = (Option<CellRef>, String);

pub fn read(parts: &mut Parts, related: &Relations, sheet: &mut Sheet) -> Result<(), Refusal> {
    let (mut threads, mut notes) = (Vec::new(), Vec::new());
    for part in related.all("threadedComment") {
        comments(&parts.xml(part)?.unwrap_or_default(), "threadedComment", &mut threads)?;
    }
    for part in related.all("comments") {
        if part.ends_with(".bin") {
            notes.extend(binary_comments(&parts.read(part)?.unwrap_or_default())?);
        } else {
            comments(&parts.xml(part)?.unwrap_or_default(), "comment", &mut notes)?;
        }
    }
    // Excel writes a stand-in note for readers that do not know threads.
    let threaded: BTreeSet<CellRef> = threads.iter().map(|(at, _)| *at).collect();
    notes.retain(|(at, _)| !threaded.contains(at));
    sheet.notes = threads;
    sheet.notes.append(&mut notes);
    for part in related.all("drawing") {
        drawing(parts, part, &mut sheet.floating)?;
    }
    within(parts.limits(), sheet.marks())
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
fn binary_comments(part: &[u8]) -> Result<Vec<(CellRef, String)>, Refusal> {
    let mut notes = Vec::new();
    let mut at = None;
    bin::walk(part, |kind, data| {
        match kind {
            635 => {
                at = u32_at(data, 4).zip(u32_at(data, 12));
            }
            637 => {
                let words = bin::rich(data).map(|(words, _)| words);
                let place = at.take().map(|(row, column)| CellRef::new(row, column));
                notes.extend(place.zip(words.filter(|words| !words.trim().is_empty())));
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(notes)
}

/// Adds what a drawing lays over the cells: texts, and pictures and lines, which hide or strike out
/// what is below them.
fn drawing(parts: &mut Parts, part: &str, floating: &mut Vec<Floating>) -> Result<(), Refusal> {
    let mut anchor = Anchor::default();
    let mut diagrams = Vec::new();
    walk(&parts.xml(part)?.unwrap_or_default(), |tag, text| {
        match tag {
            Tag::Open(start) => match start.local_name().as_ref() {
                "twoCellAnchor" | "oneCellAnchor" | "absoluteAnchor" => anchor = Anchor::default(),
                "from" => anchor.in_from = true,
                "pic" => anchor.wordless = Some("画像"),
                "cxnSp" => anchor.wordless = Some("線"),
                "prstGeom" if attribute(start, "prst").is_some_and(|form| form == "line") => {
                    anchor.wordless = Some("線");
                }
                "relIds" => {
                    let diagram = attribute(start, "dm");
                    diagrams.extend(diagram.map(|diagram| (anchor.at(), diagram)));
                }
                _ => {}
            },
            Tag::Close("from") => anchor.in_from = false,
            Tag::Close("col") if anchor.in_from => anchor.column = text.trim().parse().ok(),
            Tag::Close("row") if anchor.in_from => anchor.row = text.trim().parse().ok(),
            Tag::Close("t") => anchor.words.push_str(&text),
            Tag::Close("p") => anchor.words.push('\n'),
            Tag::Close("twoCellAnchor" | "oneCellAnchor" | "absoluteAnchor") => {
                let words = anchor.words.trim();
                let words = if words.is_empty() { anchor.wordless } else { Some(words) };
                floating.extend(words.map(|words| (anchor.at(), words.to_owned())));
            }
            Tag::Close(_) => {}
        }
        Ok(())
    })?;
    if diagrams.is_empty() {
        return Ok(());
    }
    let related = Relations::read(parts, part)?;
    for (at, diagram) in diagrams {
        let Some(target) = related.target(&diagram) else { continue };
        let words = words(&parts.xml(target)?.unwrap_or_default())?;
        floating.extend(Some(words).filter(|words| !words.is_empty()).map(|words| (at, words)));
    }
    Ok(())
}

/// A thing on a drawing, as far as it is read.
#[derive(Default)]
struct Anchor {
    in_from: bool,
    column: Option<u32>,
    row: Option<u32>,
    words: String,
    /// What it is called where it has no words.
    wordless: Option<&'static str>,
}

impl Anchor {
    /// The cell at its upper left corner.
    fn at(&self) -> Option<CellRef> {
        self.row.zip(self.column).map(|(row, column)| CellRef::new(row, column))
    }
}

/// The words of a SmartArt diagram, a paragraph a line.
fn words(diagram: &Xml) -> Result<String, Refusal> {
    let mut words = String::new();
    walk(diagram, |tag, text| {
        match tag {
            Tag::Close("t") => words.push_str(&text),
            Tag::Close("p") if !words.is_empty() && !words.ends_with('\n') => words.push('\n'),
            _ => {}
        }
        Ok(())
    })?;
    Ok(words.trim().to_owned())
}
