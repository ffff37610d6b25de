//! Identifiers: the stated one, else that of the edition before, else a new number.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::DerefMut;

use crate::edition::Edition;
use crate::intake::interpret::{Vocabulary, numbered, stated_id};
use crate::model::{Entry, Id, KeptId, KnownIds, Kpi, Measure, Status};
use crate::schema::Table;
use crate::text::similar::likeness;
use crate::text::{key, unmarked};

/// Gives every measure its id; new numbers in the order of `printed`.
pub fn of_measures(
    measures: &mut [Measure],
    printed: &[usize],
    vocabulary: &Vocabulary,
    known: KnownIds,
) {
    let edition = vocabulary.edition;
    let ids = Ids::new(edition, Table::Measures, edition.used_measures);
    let old = known.previous.map_or(&[][..], |annex| &annex.measures);
    let name = |entry: &Entry| (key(unmarked(&entry.name.value)), key(&entry.section.value));
    let kept =
        Kept::new(known, Table::Measures, |kept| (key(unmarked(&kept.name)), key(&kept.section)));
    give(ids, measures, &Before { old, kept, vocabulary }, printed, name);
}

/// Gives every KPI its id; new numbers in the order of `printed`.
pub fn of_kpis(kpis: &mut [Kpi], printed: &[usize], vocabulary: &Vocabulary, known: KnownIds) {
    let edition = vocabulary.edition;
    let ids = Ids::new(edition, Table::Kpis, edition.used_kpis);
    let old = known.previous.map_or(&[][..], |annex| &annex.kpis);
    let name = |entry: &Entry| (key(unmarked(&entry.name.value)), entry.submitted_by.clone());
    let kept =
        Kept::new(known, Table::Kpis, |kept| (key(unmarked(&kept.name)), kept.department.clone()));
    give(ids, kpis, &Before { old, kept, vocabulary }, printed, name);
}

/// What tells an entry from the others of its table: name and section, or name and department.
type Name = (String, String);

/// What had ids before.
struct Before<'a, E> {
    /// The entries of the edition before.
    old: &'a [E],
    kept: Kept<'a>,
    vocabulary: &'a Vocabulary<'a>,
}

/// The ids that the edition has given out, by what tells an entry from the others.
struct Kept<'a> {
    by_name: BTreeMap<Name, Vec<&'a KeptId>>,
}

impl<'a> Kept<'a> {
    fn new(known: KnownIds<'a>, table: Table, name: impl Fn(&KeptId) -> Name) -> Self {
        let mut by_name: BTreeMap<Name, Vec<&KeptId>> = BTreeMap::new();
        for kept in known.kept.iter().filter(|kept| kept.table == table) {
            by_name.entry(name(kept)).or_default().push(kept);
        }
        Self { by_name }
    }

    fn all(&self) -> impl Iterator<Item = &'a KeptId> {
        self.by_name.values().flatten().copied()
    }
}

/// Gives every entry the id that it states, else the one that it was given before, else that of
/// the entry of the same name in the edition before, else a new number: those of `printed` first
/// and in that order.
fn give<E: DerefMut<Target = Entry>>(
    mut ids: Ids,
    entries: &mut [E],
    before: &Before<E>,
    printed: &[usize],
    name: impl Fn(&Entry) -> Name,
) {
    ids.see(before.old.iter().map(|entry| &entry.id));
    ids.see(before.kept.all().map(|kept| &kept.id));
    let mut given: Vec<Option<Id>> = vec![None; entries.len()];
    // Of two rows with one id, that which goes on has it: a department that gives an entry up
    // marks its row as abolished, and the one that takes it over has the id in its own.
    for goes_on in [true, false] {
        let all = entries.iter().zip(&mut given);
        for (entry, id) in all.filter(|(entry, _)| entry.is_printed() == goes_on) {
            *id = entry.stated_id.as_ref().and_then(|stated| ids.keep(&stated.value));
        }
    }
    for (entry, id) in entries.iter().zip(&mut given).filter(|(_, id)| id.is_none()) {
        let Some(mut same) = before.kept.by_name.get(&name(entry)).cloned() else { continue };
        let heading = entry.category.value.and_then(|id| before.vocabulary.places.label(id));
        same.sort_by_key(|kept| heading.is_none_or(|label| key(label) != key(&kept.heading)));
        *id = ids.inherit(same.iter().map(|kept| &kept.id));
    }
    let mut namesakes: BTreeMap<Name, Vec<&E>> = BTreeMap::new();
    for entry in before.old {
        namesakes.entry(name(entry)).or_default().push(entry);
    }
    for (entry, id) in entries.iter().zip(&mut given).filter(|(_, id)| id.is_none()) {
        let Some(mut same) = namesakes.get(&name(entry)).cloned() else { continue };
        same.sort_by_key(|old| old.category.value != entry.category.value);
        *id = ids.inherit(same.iter().map(|old| &old.id));
    }
    let old = before.old.iter().map(|entry| (entry.name.value.as_str(), &entry.id));
    let goes_on = |entry: &Entry| matches!(entry.status.value, Status::Continued | Status::Changed);
    by_name_alone(&mut ids, entries, old, &mut given, goes_on);
    let kept = before.kept.all().map(|kept| (kept.name.as_str(), &kept.id));
    by_name_alone(&mut ids, entries, kept, &mut given, |_| true);
    renamed(&mut ids, entries, before, &mut given);
    for &index in printed {
        if let Some(id @ None) = given.get_mut(index) {
            *id = Some(ids.next());
        }
    }
    for (entry, id) in entries.iter_mut().zip(given) {
        entry.id = id.unwrap_or_else(|| ids.next());
    }
}

/// What is the only one of its name is the only one of that name before, whoever answers for it
/// now and wherever it stands.
fn by_name_alone<'o, E: DerefMut<Target = Entry>>(
    ids: &mut Ids,
    entries: &[E],
    old: impl Iterator<Item = (&'o str, &'o Id)>,
    given: &mut [Option<Id>],
    is_meant: impl Fn(&Entry) -> bool,
) {
    let mut before: BTreeMap<String, Vec<&Id>> = BTreeMap::new();
    for (name, id) in old.filter(|(_, id)| !ids.taken.contains(id)) {
        before.entry(key(unmarked(name))).or_default().push(id);
    }
    let mut now: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, (entry, id)) in entries.iter().zip(given.iter()).enumerate() {
        if id.is_none() && entry.stated_id.is_none() && is_meant(entry) {
            now.entry(key(unmarked(&entry.name.value))).or_default().push(at);
        }
    }
    for (name, at) in now.iter().filter(|(name, _)| !name.is_empty()) {
        if let ([at], Some([id])) = (at.as_slice(), before.get(name).map(Vec::as_slice))
            && let Some(given) = given.get_mut(*at)
        {
            *given = ids.inherit(std::iter::once(*id));
        }
    }
}

/// Names of the same heading that are at least so alike are those of one entry whose name was
/// mended.
const ALIKE: f64 = 0.6;
/// So many names of a department are compared, and none that is longer.
const MOST_NAMES: usize = 200;
const LONGEST_NAME: usize = 200;

/// What has the name of nothing that was kept has the id of what had nearly its name, in the form
/// of the same department and under the same heading; the likest first.
fn renamed<E: DerefMut<Target = Entry>>(
    ids: &mut Ids,
    entries: &[E],
    before: &Before<E>,
    given: &mut [Option<Id>],
) {
    let mut kept: BTreeMap<&str, Vec<&KeptId>> = BTreeMap::new();
    for row in before.kept.all().filter(|row| !ids.taken.contains(&row.id)) {
        kept.entry(&row.department).or_default().push(row);
    }
    let open = entries
        .iter()
        .enumerate()
        .filter(|(at, entry)| entry.stated_id.is_none() && matches!(given.get(*at), Some(None)));
    let mut now: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    open.for_each(|(at, entry)| now.entry(&entry.submitted_by).or_default().push(at));
    let mut pairs: Vec<(f64, &Id, usize)> = Vec::new();
    for (department, open) in now {
        let Some(rows) = kept.get(department) else { continue };
        if rows.len() > MOST_NAMES || open.len() > MOST_NAMES {
            continue;
        }
        for (at, entry) in open.iter().filter_map(|&at| Some((at, entries.get(at)?))) {
            let heading = entry.category.value.and_then(|id| before.vocabulary.places.label(id));
            let (name, heading) = (key(unmarked(&entry.name.value)), heading.map(key));
            let here = rows.iter().filter(|row| {
                let is_short = |name: &str| name.chars().count() <= LONGEST_NAME;
                heading.as_ref() == Some(&key(&row.heading))
                    && is_short(&name)
                    && is_short(&row.name)
            });
            let scored = here.map(|row| (likeness(&name, &key(&row.name)), &row.id, at));
            pairs.extend(scored.filter(|(score, ..)| *score >= ALIKE));
        }
    }
    pairs.sort_by(|(a, x, i), (b, y, j)| b.total_cmp(a).then(x.cmp(y)).then(i.cmp(j)));
    for (_, id, at) in pairs {
        if let Some(given @ None) = given.get_mut(at) {
            *given = ids.inherit(std::iter::once(id));
        }
    }
}

/// The numbers given so far.
struct Ids<'e> {
    edition: &'e str,
    table: Table,
    taken: BTreeSet<Id>,
    highest: u32,
}

impl<'e> Ids<'e> {
    fn new(edition: &'e Edition, table: Table, used: u32) -> Self {
        Self { edition: edition.id(), table, taken: BTreeSet::new(), highest: used }
    }

    /// Takes note of numbers that must not be given again.
    fn see<'i>(&mut self, ids: impl Iterator<Item = &'i Id>) {
        let numbers = ids.filter_map(|id| id.number(self.edition, self.table == Table::Kpis));
        self.highest = numbers.fold(self.highest, u32::max);
    }

    /// The stated id, for the first that states it.
    fn keep(&mut self, text: &str) -> Option<Id> {
        let id = stated_id(text, self.table)?;
        self.see(std::iter::once(&id));
        self.taken.insert(id.clone()).then_some(id)
    }

    /// The first of the ids that nobody has.
    fn inherit<'i>(&mut self, mut ids: impl Iterator<Item = &'i Id>) -> Option<Id> {
        ids.find(|id| self.taken.insert((*id).clone())).cloned()
    }

    /// A new number.
    fn next(&mut self) -> Id {
        self.highest = self.highest.saturating_add(1);
        numbered(self.table, self.edition, self.highest)
    }
}
