//! Identifiers: the stated one, else that of the edition before, else a new number.

use std::collections::{BTreeMap, BTreeSet};

use crate::edition::Edition;
use crate::model::{Annex, Id, Kpi, Measure};
use crate::text::key;

/// An id as a form states it, in its proper spelling; `None` where the text is none.
pub fn stated(text: &str, kpi: bool) -> Option<Id> {
    let text = key(text).to_ascii_uppercase();
    let (edition, number) = text.split_once('-')?;
    let letters = edition.trim_end_matches(|c: char| c.is_ascii_digit());
    if letters.is_empty()
        || letters.len() == edition.len()
        || !letters.chars().all(|c| c.is_ascii_alphabetic())
    {
        return None;
    }
    let digits = if kpi { number.strip_prefix('K')? } else { number };
    if digits.is_empty() || digits.len() > 6 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number = digits.parse().ok()?;
    Some(if kpi { Id::kpi(edition, number) } else { Id::measure(edition, number) })
}

/// Gives every measure its id; new numbers in the order of `printed`.
pub fn of_measures(
    measures: &mut [Measure],
    printed: &[usize],
    edition: &Edition,
    previous: Option<&Annex>,
) {
    let mut ids = Ids::new(edition, false, edition.used_measures);
    let old = previous.map_or(&[][..], |annex| &annex.measures);
    ids.see(old.iter().map(|measure| &measure.id));
    for measure in measures.iter_mut() {
        measure.id = ids.keep(measure.stated_id.as_ref().map(|id| id.as_str())).unwrap_or_default();
    }
    let name = |measure: &Measure| (key(&measure.name.value), key(&measure.section.value));
    let mut namesakes: BTreeMap<(String, String), Vec<&Measure>> = BTreeMap::new();
    for measure in old {
        namesakes.entry(name(measure)).or_default().push(measure);
    }
    for measure in measures.iter_mut().filter(|measure| measure.id.0.is_empty()) {
        let mut same = namesakes.get(&name(measure)).cloned().unwrap_or_default();
        same.sort_by_key(|old| old.category.value != measure.category.value);
        measure.id = ids.inherit(same.iter().map(|old| &old.id)).unwrap_or_default();
    }
    for &index in printed {
        if let Some(measure) = measures.get_mut(index).filter(|m| m.id.0.is_empty()) {
            measure.id = ids.give();
        }
    }
}

/// Gives every KPI its id; new numbers in the order of `printed`.
pub fn of_kpis(kpis: &mut [Kpi], printed: &[usize], edition: &Edition, previous: Option<&Annex>) {
    let mut ids = Ids::new(edition, true, edition.used_kpis);
    let old = previous.map_or(&[][..], |annex| &annex.kpis);
    ids.see(old.iter().map(|kpi| &kpi.id));
    for kpi in kpis.iter_mut() {
        kpi.id = ids.keep(kpi.stated_id.as_ref().map(|id| id.as_str())).unwrap_or_default();
    }
    let name = |kpi: &Kpi| (key(&kpi.name.value), kpi.submitted_by.clone());
    let mut namesakes: BTreeMap<(String, String), Vec<&Kpi>> = BTreeMap::new();
    for kpi in old {
        namesakes.entry(name(kpi)).or_default().push(kpi);
    }
    for kpi in kpis.iter_mut().filter(|kpi| kpi.id.0.is_empty()) {
        let mut same = namesakes.get(&name(kpi)).cloned().unwrap_or_default();
        same.sort_by_key(|old| old.category.value != kpi.category.value);
        kpi.id = ids.inherit(same.iter().map(|old| &old.id)).unwrap_or_default();
    }
    for &index in printed {
        if let Some(kpi) = kpis.get_mut(index).filter(|kpi| kpi.id.0.is_empty()) {
            kpi.id = ids.give();
        }
    }
}

/// The numbers given so far.
struct Ids<'e> {
    edition: &'e str,
    kpi: bool,
    taken: BTreeSet<Id>,
    highest: u32,
}

impl<'e> Ids<'e> {
    fn new(edition: &'e Edition, kpi: bool, used: u32) -> Self {
        Self { edition: edition.id(), kpi, taken: BTreeSet::new(), highest: used }
    }

    /// Takes note of numbers that must not be given again.
    fn see<'i>(&mut self, ids: impl Iterator<Item = &'i Id>) {
        let numbers = ids.filter_map(|id| id.number(self.edition, self.kpi));
        self.highest = numbers.fold(self.highest, u32::max);
    }

    /// The stated id, for the first that states it.
    fn keep(&mut self, text: Option<&str>) -> Option<Id> {
        let id = stated(text?, self.kpi)?;
        self.see(std::iter::once(&id));
        self.taken.insert(id.clone()).then_some(id)
    }

    /// The first of the ids that nobody has.
    fn inherit<'i>(&mut self, mut ids: impl Iterator<Item = &'i Id>) -> Option<Id> {
        ids.find(|id| self.taken.insert((*id).clone())).cloned()
    }

    fn give(&mut self) -> Id {
        self.highest = self.highest.saturating_add(1);
        if self.kpi {
            Id::kpi(self.edition, self.highest)
        } else {
            Id::measure(self.edition, self.highest)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_known_in_any_width() {
        for (text, kpi, id) in [
            ("R7-001", false, Some("R7-001")),
            ("Ｒ７－００１", false, Some("R7-001")),
            ("r7-12", false, Some("R7-012")),
            ("R7-K3", true, Some("R7-K03")),
            ("R7-K3", false, None),
            ("R7-003", true, None),
            ("新規", false, None),
            ("R-1", false, None),
            ("7-1", false, None),
            ("R7-", false, None),
            ("R7-99999999999", false, None),
        ] {
            assert_eq!(stated(text, kpi).map(|id| id.0).as_deref(), id, "{text}");
        }
    }
}
