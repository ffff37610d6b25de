//! The headings of the edition before among those of this one.

use std::collections::BTreeMap;

use crate::edition::{Edition, Numbered};
use crate::model::{self, Annex, Entry, HeadingId, Sourced};
use crate::text::key;
use crate::text::similar::likeness;

/// Titles of one number that are at least so alike are those of one heading.
const ALIKE: f64 = 0.6;

/// Where the headings of the edition before are now.
pub struct Headings {
    now: BTreeMap<HeadingId, Became>,
}

/// What became of a heading.
enum Became {
    One(HeadingId),
    /// As [`Self::One`], by its number alone: its title is another one.
    Renamed {
        id: HeadingId,
        label: String,
    },
    /// It could be any of these, by their labels.
    Unknown(Vec<String>),
}

/// A heading of the edition before of which a secretariat has to know what became.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HeadingNote {
    /// Taken for the heading that has its number now.
    Renamed { before: String, now: String },
    /// Of so many entries the place is blank; the heading could be one of these.
    Unknown { before: String, entries: usize, could: Vec<String> },
}

impl Headings {
    pub fn new(edition: &Edition, previous: &Annex) -> Self {
        let numbered = edition.headings();
        let mut matcher = Matcher { numbered: &numbered, now: BTreeMap::new() };
        let old: Vec<&model::Heading> = previous.headings().collect();
        for heading in &old {
            matcher.by_title(heading);
        }
        for heading in &old {
            matcher.by_number(heading, &old);
        }
        Self { now: matcher.now }
    }

    /// Puts an entry under the headings of now. What is not found is blank: it is asked for anew.
    pub fn move_on(&self, entry: &mut Entry) {
        self.move_place(&mut entry.category);
        entry.reposts.iter_mut().for_each(|repost| self.move_place(repost));
        entry.reposts.retain(|repost| repost.value.is_some() || repost.raw.is_some());
    }

    fn move_place(&self, place: &mut Sourced<Option<HeadingId>>) {
        let Some(before) = place.value else { return };
        place.value = match self.now.get(&before) {
            Some(Became::One(id) | Became::Renamed { id, .. }) => Some(*id),
            Some(Became::Unknown(_)) | None => None,
        };
        if place.value.is_none() {
            place.raw = None;
        }
    }

    /// What there is to say of the headings that entries of the annex stand under.
    pub fn notes<'s>(&'s self, previous: &'s Annex) -> impl Iterator<Item = HeadingNote> + 's {
        previous.headings().filter_map(|heading| {
            let became = self.now.get(&heading.id)?;
            let entries = under(previous, heading.id);
            let before = heading.name();
            match became {
                Became::One(_) => None,
                _ if entries == 0 => None,
                Became::Renamed { label, .. } => {
                    Some(HeadingNote::Renamed { before, now: label.clone() })
                }
                Became::Unknown(could) => {
                    Some(HeadingNote::Unknown { before, entries, could: could.clone() })
                }
            }
        })
    }
}

/// How many entries that go on name a heading as their place, or list themselves again there.
fn under(previous: &Annex, id: HeadingId) -> usize {
    let measures = previous.measures.iter().map(|measure| &measure.entry);
    let entries = measures.chain(previous.kpis.iter().map(|kpi| &kpi.entry));
    let names = |entry: &&Entry| {
        let mut places = std::iter::once(&entry.category).chain(&entry.reposts);
        entry.is_printed() && places.any(|place| place.value == Some(id))
    };
    entries.filter(names).count()
}

struct Matcher<'n, 'e> {
    numbered: &'n [Numbered<'e>],
    now: BTreeMap<HeadingId, Became>,
}

impl Matcher<'_, '_> {
    /// The title is what a heading is known by: that of now, else a former one. Of several of one
    /// title that under the same heading counts, then that of the same number.
    fn by_title(&mut self, old: &model::Heading) {
        let title = key(&old.title);
        let is_now = |n: &&Numbered| key(&n.heading.title) == title;
        let was = |n: &&Numbered| n.heading.formerly.iter().any(|name| key(name) == title);
        let all = self.numbered.iter();
        let mut found: Vec<&Numbered> = all.clone().filter(is_now).collect();
        if found.is_empty() {
            found = all.filter(was).collect();
        }
        if title.is_empty() {
            found.clear();
        }
        let narrowed = |found: Vec<&'_ Numbered<'_>>, fits: &dyn Fn(&Numbered) -> bool| {
            let fitting: Vec<_> = found.iter().copied().filter(|n| fits(n)).collect();
            if fitting.is_empty() {
                found.iter().map(|n| n.id).collect()
            } else {
                fitting.iter().map(|n| n.id).collect::<Vec<HeadingId>>()
            }
        };
        let depth = old.id.depth();
        let mut ids = narrowed(found, &|n| n.id.depth() == depth);
        let above = depth.checked_sub(1).and_then(|depth| old.id.at_level(depth));
        let above_now = above.and_then(|above| self.found(above));
        for fits in
            [&|id: HeadingId| above_now.is_some() && above_of(id) == above_now, &|id: HeadingId| {
                id == old.id
            }] as [&dyn Fn(HeadingId) -> bool; 2]
        {
            if ids.len() > 1 && ids.iter().any(|id| fits(*id)) {
                ids.retain(|id| fits(*id));
            }
        }
        match ids.as_slice() {
            [] => {}
            &[one] => drop(self.now.insert(old.id, Became::One(one))),
            several => {
                let could = several.iter().filter_map(|id| self.label(*id)).collect();
                self.now.insert(old.id, Became::Unknown(could));
            }
        }
    }

    /// What has no heading of its title is the one of its number, where that one has a title that
    /// no heading had, and nothing else under the same heading is new or gone, or the titles are
    /// alike.
    fn by_number(&mut self, old: &model::Heading, all: &[&model::Heading]) {
        if self.now.contains_key(&old.id) {
            return;
        }
        let above = above_of(old.id);
        let above_now = above.and_then(|above| self.found(above));
        let is_taken = |id: HeadingId| {
            self.now.values().any(
                |became| matches!(became, Became::One(one) | Became::Renamed { id: one, .. } if *one == id),
            )
        };
        let new: Vec<&Numbered> = self
            .numbered
            .iter()
            .filter(|n| n.id.depth() == old.id.depth() && above_of(n.id) == above_now)
            .filter(|n| !is_taken(n.id))
            .collect();
        let gone = all.iter().filter(|other| {
            above_of(other.id) == above
                && other.id.depth() == old.id.depth()
                && !self.now.contains_key(&other.id)
        });
        let alone = new.len() == 1 && gone.count() == 1;
        let same = new.iter().find(|n| n.id.number() == old.id.number());
        let fits = same.filter(|n| {
            let alike = likeness(&key(&n.heading.title), &key(&old.title));
            alone || alike >= ALIKE || n.heading.title.is_empty() && old.title.is_empty()
        });
        let became = match fits {
            Some(n) if n.heading.title == old.title => Became::One(n.id),
            Some(n) => Became::Renamed { id: n.id, label: n.label() },
            None => Became::Unknown(new.iter().map(|n| n.label()).collect()),
        };
        self.now.insert(old.id, became);
    }

    fn found(&self, old: HeadingId) -> Option<HeadingId> {
        match self.now.get(&old)? {
            Became::One(id) | Became::Renamed { id, .. } => Some(*id),
            Became::Unknown(_) => None,
        }
    }

    fn label(&self, id: HeadingId) -> Option<String> {
        self.numbered.iter().find(|n| n.id == id).map(Numbered::label)
    }
}

fn above_of(id: HeadingId) -> Option<HeadingId> {
    id.depth().checked_sub(1).and_then(|depth| id.at_level(depth))
}
