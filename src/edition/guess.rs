//! Headings whose titles were not written letter for letter, or with the number of another.

use super::places::{Found, Known, Places, Spelling, is_above};
use super::spelling::{BETWEEN, without_end};
use crate::schema::{HeadingId, Table};
use crate::text::similar::similarity;

/// From this likeness on, a title alone means the one that it resembles.
const ALIKE: f64 = 0.75;
/// As much more than any other it has to resemble that one.
const APART: f64 = 0.15;
/// From this likeness on, a title behind a number means the one that the number says.
const ALIKE_BEHIND_NUMBER: f64 = 0.5;
/// Bytes of the longest text that may name a heading.
const LONGEST: usize = 400;

/// A title that a text resembles, and how much.
struct Like {
    id: HeadingId,
    score: f64,
}

impl Places {
    /// What a loosened text names that is nothing that a heading is called.
    pub(super) fn guess(&self, table: Table, text: &str) -> Found {
        if text.is_empty() || text.len() > LONGEST {
            return Found::Nothing;
        }
        match self.contradicting(table, text) {
            Found::Nothing => self.alike(table, text),
            found => found,
        }
    }

    /// A title that is a heading's, behind what names another heading.
    fn contradicting(&self, table: Table, text: &str) -> Found {
        for known in &self.known {
            let before = without_end(text, &known.title).filter(|_| !known.title.is_empty());
            let Some(before) = before else { continue };
            let others = self.all_named(before, Spelling::Loose);
            if !before.is_empty() && !others.is_empty() {
                return self.both(table, others, known.id);
            }
        }
        Found::Nothing
    }

    /// The headings that a number names, and the one whose title stands there. Where the number
    /// alone could be several, it says of none that it is meant.
    fn both(&self, table: Table, others: Vec<HeadingId>, titled: HeadingId) -> Found {
        match (others.as_slice(), self.among(table, &others)) {
            (&[other], _) | (_, Found::One(other)) => Found::Contradicting(vec![other, titled]),
            _ => Found::Nothing,
        }
    }

    /// A heading whose title is written a little differently, with or without what it stands
    /// under before that.
    fn alike(&self, table: Table, text: &str) -> Found {
        let ends = text.char_indices().rev().map(|(at, _)| text.split_at(at));
        for (before, title) in ends {
            let is_cut = before.ends_with(|c: char| c.is_ascii_digit())
                && title.starts_with(|c: char| c.is_ascii_digit());
            let title = title.strip_prefix(BETWEEN).unwrap_or(title);
            if is_cut || !title.contains(|c: char| c.is_alphabetic()) {
                continue;
            }
            if before.is_empty() {
                return self.alone(table, title);
            }
            let under = self.all_named(before, Spelling::Loose);
            if !under.is_empty() {
                return self.behind(table, under, title);
            }
        }
        Found::Nothing
    }

    /// A title that stands alone.
    fn alone(&self, table: Table, title: &str) -> Found {
        let alike = best(self.known.iter(), title, ALIKE - APART);
        let Some(first) = alike.first().filter(|first| first.score >= ALIKE) else {
            return Found::Nothing;
        };
        let near: Vec<HeadingId> =
            alike.iter().filter(|l| l.score > first.score - APART).map(|l| l.id).collect();
        self.among(table, &near)
    }

    /// A title behind what names these headings: it is that of one of them, or of one below them.
    fn behind(&self, table: Table, under: Vec<HeadingId>, title: &str) -> Found {
        let is_within =
            |known: &&Known| under.iter().any(|&of| of == known.id || is_above(of, known.id));
        let (within, outside): (Vec<&Known>, Vec<&Known>) = self.known.iter().partition(is_within);
        let within = best(within.into_iter(), title, ALIKE_BEHIND_NUMBER);
        let outside = best(outside.into_iter(), title, ALIKE);
        match (within.first(), outside.first()) {
            (Some(own), other) if other.is_none_or(|other| other.score <= own.score) => {
                let equal = within.iter().filter(|like| like.score >= own.score);
                self.among(table, &equal.map(|like| like.id).collect::<Vec<_>>())
            }
            (_, Some(other)) => self.both(table, under, other.id),
            _ => Found::Nothing,
        }
    }
}

/// The headings whose titles are at least so like a text, the most alike first.
fn best<'k>(known: impl Iterator<Item = &'k Known>, text: &str, least: f64) -> Vec<Like> {
    let alike =
        known.map(|known| Like { id: known.id, score: likeness(&known.title, text, least) });
    let mut alike: Vec<Like> = alike.filter(|like| like.score >= least).collect();
    alike.sort_by(|a, b| b.score.total_cmp(&a.score));
    alike
}

/// How like a title a text is. Another number makes another title; a part of the title is enough
/// where a number says which is meant.
fn likeness(title: &str, text: &str, least: f64) -> f64 {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let part = text.chars().count() > 1 && least <= ALIKE_BEHIND_NUMBER && title.contains(text);
    if part {
        similarity(title, text).max(ALIKE_BEHIND_NUMBER)
    } else if digits(title) == digits(text) {
        similarity(title, text)
    } else {
        0.0
    }
}
