//! What stands beside the cells: notes, threaded comments, and whatever lies over them.

use std::collections::BTreeSet;

use super::super::bytes::u32_at;
use super::super::grid::Sheet;
use super::super::part::{Parts, Tag, Xml, attribute, walk};
use super::super::refusal::{Refusal, within};
use super::bin;
use super::relations::Relations;
use super::{drawing, vml};
use crate::diag::CellRef;

/// The names of the form controls that were told: a drawing shows them a second time.
pub type Controls = BTreeSet<String>;

pub fn read(parts: &mut Parts, related: &Relations, sheet: &mut Sheet) -> Result<(), Refusal> {
    let (mut threads, mut notes) = (Vec::new(), Vec::new());
    for part in related.all("threadedComment") {
        let xml = sheet.had(parts.xml(part)?, part);
        comments(&xml, "threadedComment", &mut threads)?;
    }
    for part in related.all("comments") {
        if part.ends_with(".bin") {
            notes.extend(binary_comments(&sheet.had(parts.read(part)?, part))?);
        } else {
            comments(&sheet.had(parts.xml(part)?, part), "comment", &mut notes)?;
        }
    }
    // Excel writes a stand-in note for readers that do not know threads.
    let threaded: BTreeSet<CellRef> = threads.iter().map(|(at, _)| *at).collect();
    notes.retain(|(at, _)| !threaded.contains(at));
    sheet.notes = threads;
    sheet.notes.append(&mut notes);
    let mut controls = Controls::new();
    for part in related.all("vmlDrawing") {
        let xml = sheet.had(parts.xml(part)?, part);
        vml::read(&xml, &mut controls, &mut sheet.floating);
    }
    for part in related.all("drawing") {
        drawing::read(parts, part, &controls, sheet)?;
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
                    let stated = attribute(start, "ref").unwrap_or_default();
                    let cell = CellRef::parse(stated.trim());
                    let fault = || Refusal::damaged(format!("メモのセル番地「{stated}」"));
                    at = Some(cell.ok_or_else(fault)?);
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
