//! Reads what a KPI's name and values say: parts, numbers, units, years, dates, absences.
//!
//! Reading never changes what is printed but for the line breaks before ①②. What cannot be read
//! as a number is kept in words, so every part of a value has a reading; digits that no number
//! was made of are kept as the reading's leftover. A value that leaves open which number is meant
//! has none.

mod absence;
mod accounting;
mod doubt;
mod leftover;
mod marks;
mod name_unit;
mod row;
mod scale;
mod typed;
mod value;
mod when;

use crate::model::{Figure, Part, Reading};
use marks::Piece;
pub use typed::typed;

pub use name_unit::unit_of_name;
pub use row::{Slot, read_row};

/// A KPI's name with its parts ①② on lines of their own, and the parts. Lines may stand above ①; a
/// name in which no line starts with it has no parts and stays as it is.
pub fn parts(name: &str) -> (String, Vec<Part>) {
    if let Some((title, below)) = marks::below_title(name) {
        let (below, parts) = parts(below);
        return (format!("{title}\n{below}"), parts);
    }
    let pieces = marks::split(name);
    let parts = pieces
        .iter()
        .filter_map(|p| Some(Part { mark: p.mark?, name: p.body.trim().to_owned() }))
        .collect();
    (marks::join(&pieces), parts)
}

/// A current or target value, read. The text must be cleaned.
///
/// A year or date behind the last part is said of all parts that have none of their own.
pub fn read(text: &str) -> Figure {
    let mut figure = read_loosely(text);
    doubt::settle(&mut figure);
    figure
}

/// The same with all numbers, in doubt or not.
fn read_loosely(text: &str) -> Figure {
    let pieces = marks::split(text);
    let mut readings: Vec<Reading> = pieces.iter().flat_map(read_piece).collect();
    share_time(&mut readings);
    Figure { printed: marks::join(&pieces), readings }
}

fn read_piece(piece: &Piece) -> Vec<Reading> {
    let mut readings = value::read(piece.body);
    for reading in &mut readings {
        reading.mark = piece.mark;
    }
    readings
}

fn share_time(readings: &mut [Reading]) {
    let Some((last, others)) = readings.split_last_mut() else { return };
    for reading in others.iter_mut().filter(|r| r.number.is_some() || absence::in_words(r)) {
        value::date(reading, last);
    }
}

#[cfg(test)]
mod tests;
