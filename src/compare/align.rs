//! Finds the entries of the old annex in the new one.

use std::collections::{BTreeMap, BTreeSet};

use super::change::Match;
use crate::model::{Annex, Entry, Kpi, Measure, Sourced};
use crate::schema::Table;
use crate::text;

/// Texts at least this alike are taken for the same entry: the share of pairs of neighbouring
/// characters that they have in common (Sørensen–Dice, on keys).
pub const LIKENESS: f64 = 0.6;

/// What an entry is recognized by.
#[derive(Clone, Debug)]
pub struct Traits {
    id: String,
    /// Whether somebody wrote the id, rather than intake giving it away in printed order.
    stated: bool,
    name: String,
    owner: String,
    /// Pairs of neighbouring characters of name and text, sorted.
    pairs: Vec<(char, char)>,
}

impl Traits {
    fn new(
        id: &str,
        stated: Option<&Sourced<String>>,
        name: &str,
        owner: &str,
        more: &str,
    ) -> Self {
        let name = text::key(name);
        let all: Vec<char> = name.chars().chain(text::key(more).chars()).collect();
        let mut pairs: Vec<(char, char)> =
            all.iter().copied().zip(all.iter().copied().skip(1)).collect();
        pairs.sort_unstable();
        let stated = stated.is_some_and(|stated| stated.value == id);
        Self { id: id.to_owned(), stated, name, owner: text::key(owner), pairs }
    }

    /// Those of the measures of an annex, in its order.
    pub fn of_measures(annex: &Annex) -> Vec<Self> {
        let of = |measure: &Measure| {
            let owner = format!("{}/{}", measure.department.value, measure.section.value);
            let more = values(annex, Table::Measures, measure);
            let stated = measure.stated_id.as_ref();
            Self::new(measure.id.as_str(), stated, &measure.name.value, &owner, &more)
        };
        annex.measures.iter().map(of).collect()
    }

    /// Those of the KPIs of an annex, in its order.
    pub fn of_kpis(annex: &Annex) -> Vec<Self> {
        let of = |kpi: &Kpi| {
            let mut more: String =
                kpi.measures.iter().map(|link| link.text.value.as_str()).collect();
            more.push_str(&values(annex, Table::Kpis, kpi));
            let stated = kpi.stated_id.as_ref();
            Self::new(kpi.id.as_str(), stated, &kpi.name.value, &kpi.submitted_by, &more)
        };
        annex.kpis.iter().map(of).collect()
    }

    /// 0 to 1.
    fn likeness(&self, other: &Self) -> f64 {
        let (mut left, mut right) = (self.pairs.iter().peekable(), other.pairs.iter().peekable());
        let mut common = 0usize;
        while let (Some(a), Some(b)) = (left.peek(), right.peek()) {
            match a.cmp(b) {
                std::cmp::Ordering::Less => drop(left.next()),
                std::cmp::Ordering::Greater => drop(right.next()),
                std::cmp::Ordering::Equal => {
                    common += 1;
                    left.next();
                    right.next();
                }
            }
        }
        let total = self.pairs.len() + other.pairs.len();
        if total == 0 { 0.0 } else { (2 * common) as f64 / total as f64 }
    }
}

/// All that an entry says in the columns that are no typed field.
fn values(annex: &Annex, table: Table, entry: &Entry) -> String {
    annex.schema.values(table).map(|column| entry.value(&column.key).as_str()).collect()
}

/// Which entry is which, by index.
#[derive(Clone, Debug, Default)]
pub struct Links {
    pub new_of: Vec<Option<usize>>,
    pub old_of: Vec<Option<(usize, Match)>>,
}

impl Links {
    pub fn old(&self, new: usize) -> Option<usize> {
        self.old_of.get(new).copied().flatten().map(|(old, _)| old)
    }

    pub fn new_index(&self, old: usize) -> Option<usize> {
        self.new_of.get(old).copied().flatten()
    }

    /// How the old entry of a new one was found.
    pub fn how(&self, new: usize) -> Option<Match> {
        self.old_of.get(new).copied().flatten().map(|(_, how)| how)
    }

    fn is_free(&self, old: usize, new: usize) -> bool {
        self.new_index(old).is_none() && self.old(new).is_none()
    }

    fn link(&mut self, old: usize, new: usize, how: Match) {
        if let (Some(a), Some(b)) = (self.new_of.get_mut(old), self.old_of.get_mut(new)) {
            *a = Some(new);
            *b = Some((old, how));
        }
    }

    /// Links the entries that have the trait in common, where no other entry that is still free
    /// has it too.
    fn link_by(
        &mut self,
        common: Common,
        (old, new): (&[Traits], &[Traits]),
        fits: impl Fn(&Traits, &Traits) -> bool,
    ) {
        let mut groups: BTreeMap<(&str, &str), Group> = BTreeMap::new();
        for (at, traits) in old.iter().enumerate() {
            if let Some(key) = common.key(traits)
                && self.new_index(at).is_none()
            {
                groups.entry(key).or_default().old.push(at);
            }
        }
        for (at, traits) in new.iter().enumerate() {
            if let Some(key) = common.key(traits)
                && self.old(at).is_none()
            {
                groups.entry(key).or_default().new.push(at);
            }
        }
        for group in groups.into_values() {
            let (&[a], &[b]) = (group.old.as_slice(), group.new.as_slice()) else { continue };
            if let (Some(before), Some(after)) = (old.get(a), new.get(b))
                && fits(before, after)
            {
                self.link(a, b, common.as_match());
            }
        }
    }
}

/// What two entries have in common that are taken for the same.
#[derive(Clone, Copy, Debug)]
enum Common {
    Id,
    NameAndOwner,
    Name,
}

impl Common {
    /// What is compared; nothing where the entry does not say it.
    fn key(self, traits: &Traits) -> Option<(&str, &str)> {
        match self {
            Self::Id => Some((&traits.id, "")),
            _ if traits.name.is_empty() => None,
            Self::NameAndOwner => Some((&traits.name, &traits.owner)),
            Self::Name => Some((&traits.name, "")),
        }
    }

    fn as_match(self) -> Match {
        match self {
            Self::Id => Match::Id,
            Self::NameAndOwner => Match::NameAndOwner,
            Self::Name => Match::Name,
        }
    }
}

/// The entries of both annexes that have the same key, by index.
#[derive(Default)]
struct Group {
    old: Vec<usize>,
    new: Vec<usize>,
}

/// Matches by id where the new side states it (the ids of the old annex are those that its forms
/// were sent out with); the rest, unless both sides state (different) ids, by name and owner, by
/// name, and by likeness.
///
/// A consolidated workbook shows the ids that were given away in printed order like those that
/// somebody stated. They shift when a row is taken out, so no id counts against a name that the
/// other side has under another one.
pub fn link(old: &[Traits], new: &[Traits]) -> Links {
    let mut links = Links { new_of: vec![None; old.len()], old_of: vec![None; new.len()] };
    let both = (old, new);
    links.link_by(Common::Id, both, |a, b| (a.stated || b.stated) && a.name == b.name);
    let shifted = Shifted::of(&links, old, new);
    let is_kept = |a: &Traits, b: &Traits| b.stated && !shifted.has(a) && !shifted.has(b);
    links.link_by(Common::Id, both, is_kept);
    let open = |a: &Traits, b: &Traits| !(a.stated && b.stated) || shifted.has(a) || shifted.has(b);
    links.link_by(Common::NameAndOwner, both, open);
    links.link_by(Common::Name, both, open);
    by_likeness(&mut links, both, open);
    links
}

/// The ids that do not say the same on both sides: those of an entry whose name both sides have
/// once, under two ids one of which is another entry's on the other side.
struct Shifted(BTreeSet<String>);

impl Shifted {
    fn of(links: &Links, old: &[Traits], new: &[Traits]) -> Self {
        let free = |(at, traits)| links.new_index(at).is_none().then_some(traits);
        let before = ids_by_name(old.iter().enumerate().filter_map(free));
        let free = |(at, traits)| links.old(at).is_none().then_some(traits);
        let after = ids_by_name(new.iter().enumerate().filter_map(free));
        let old_ids: BTreeSet<&str> = old.iter().map(|t| t.id.as_str()).collect();
        let new_ids: BTreeSet<&str> = new.iter().map(|t| t.id.as_str()).collect();
        let mut shifted = BTreeSet::new();
        for (name, ids) in &before {
            let (&[a], Some(&[b])) = (ids.as_slice(), after.get(name).map(Vec::as_slice)) else {
                continue;
            };
            if !name.0.is_empty() && (new_ids.contains(a) || old_ids.contains(b)) {
                shifted.extend([a.to_owned(), b.to_owned()]);
            }
        }
        Self(shifted)
    }

    fn has(&self, traits: &Traits) -> bool {
        self.0.contains(&traits.id)
    }
}

/// The ids that go by a name and an owner.
fn ids_by_name<'t>(
    entries: impl Iterator<Item = &'t Traits>,
) -> BTreeMap<(&'t str, &'t str), Vec<&'t str>> {
    let mut ids: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
    for traits in entries {
        ids.entry((&traits.name, &traits.owner)).or_default().push(&traits.id);
    }
    ids
}

/// The likest first; of equally like ones those that are nearest in number.
fn by_likeness(
    links: &mut Links,
    (old, new): (&[Traits], &[Traits]),
    open: impl Fn(&Traits, &Traits) -> bool,
) {
    let mut pairs = Vec::new();
    for (a, before) in old.iter().enumerate() {
        for (b, after) in new.iter().enumerate() {
            if !links.is_free(a, b) || !open(before, after) {
                continue;
            }
            let score = before.likeness(after);
            if score >= LIKENESS {
                pairs.push((score, a, b));
            }
        }
    }
    pairs.sort_by(|(x, a, b), (y, c, d)| {
        y.total_cmp(x).then((a.abs_diff(*b), a + b).cmp(&(c.abs_diff(*d), c + d)))
    });
    for (score, a, b) in pairs {
        if links.is_free(a, b) {
            let score = (score * 100.0).round() / 100.0;
            links.link(a, b, Match::Likeness { score });
        }
    }
}
