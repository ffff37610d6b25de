//! Identifiers: the stated one, else that of the edition before, else a new number.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::DerefMut;

use crate::edition::Edition;
use crate::intake::interpret::{numbered, stated_id};
use crate::model::{Annex, Entry, Id, Kpi, Measure, Status};
use crate::schema::Table;
use crate::text::key;

/// Gives every measure its id; new numbers in the order of `printed`.
pub fn of_measures(
    measures: &mut [Measure],
    printed: &[usize],
    edition: &Edition,
    previous: Option<&Annex>,
) {
    let ids = Ids::new(edition, Table::Measures, edition.used_measures);
    let old = previous.map_or(&[][..], |annex| &annex.measures);
    let name = |measure: &Measure| (key(&measure.name.value), key(&measure.section.value));
    give(ids, measures, old, printed, name);
}

/// Gives every KPI its id; new numbers in the order of `printed`.
pub fn of_kpis(kpis: &mut [Kpi], printed: &[usize], edition: &Edition, previous: Option<&Annex>) {
    let ids = Ids::new(edition, Table::Kpis, edition.used_kpis);
    let old = previous.map_or(&[][..], |annex| &annex.kpis);
    let name = |kpi: &Kpi| (key(&kpi.name.value), kpi.submitted_by.clone());
    give(ids, kpis, old, printed, name);
}

/// What tells an entry from the others of its table: name and section, or name and department.
type Name = (String, String);

/// Gives every entry the id that it states, else that of the entry of the same name before, else
/// a new number: those of `printed` first and in that order.
fn give<E: DerefMut<Target = Entry>>(
    mut ids: Ids,
    entries: &mut [E],
    old: &[E],
    printed: &[usize],
    name: impl Fn(&E) -> Name,
) {
    ids.see(old.iter().map(|entry| &entry.id));
    let mut given: Vec<Option<Id>> = vec![None; entries.len()];
    // Of two rows with one id, that which goes on has it: a department that gives an entry up
    // marks its row as abolished, and the one that takes it over has the id in its own.
    for goes_on in [true, false] {
        let all = entries.iter().zip(&mut given);
        for (entry, id) in all.filter(|(entry, _)| entry.is_printed() == goes_on) {
            *id = entry.stated_id.as_ref().and_then(|stated| ids.keep(&stated.value));
        }
    }
    let mut namesakes: BTreeMap<Name, Vec<&E>> = BTreeMap::new();
    for entry in old {
        namesakes.entry(name(entry)).or_default().push(entry);
    }
    for (entry, id) in entries.iter().zip(&mut given).filter(|(_, id)| id.is_none()) {
        let Some(mut same) = namesakes.get(&name(entry)).cloned() else { continue };
        same.sort_by_key(|old| old.category.value != entry.category.value);
        *id = ids.inherit(same.iter().map(|old| &old.id));
    }
    by_name_alone(&mut ids, entries, old, &mut given);
    for &index in printed {
        if let Some(id @ None) = given.get_mut(index) {
            *id = Some(ids.next());
        }
    }
    for (entry, id) in entries.iter_mut().zip(given) {
        entry.id = id.unwrap_or_else(|| ids.next());
    }
}

/// What goes on and is the only one of its name is the only one of that name before, whoever
/// answers for it now.
fn by_name_alone<E: DerefMut<Target = Entry>>(
    ids: &mut Ids,
    entries: &[E],
    old: &[E],
    given: &mut [Option<Id>],
) {
    let mut before: BTreeMap<String, Vec<&Id>> = BTreeMap::new();
    for entry in old.iter().filter(|entry| !ids.taken.contains(&entry.id)) {
        before.entry(key(&entry.name.value)).or_default().push(&entry.id);
    }
    let mut now: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let goes_on = |entry: &E| matches!(entry.status.value, Status::Continued | Status::Changed);
    for (at, (entry, id)) in entries.iter().zip(given.iter()).enumerate() {
        if id.is_none() && entry.stated_id.is_none() && goes_on(entry) {
            now.entry(key(&entry.name.value)).or_default().push(at);
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
