//! The departments and sections of the edition before among those of this one.

use std::collections::BTreeMap;

use super::Note;
use crate::edition::{Department, Edition, Joint};
use crate::model::{Entry, Id, Kpi, Measure, Owner};
use crate::text::key;

/// Who answers now for what was somebody's.
pub struct Owners<'e> {
    edition: &'e Edition,
    /// The departments that have the measures now.
    holders: BTreeMap<Id, &'e str>,
    pub notes: Vec<Note>,
}

impl<'e> Owners<'e> {
    pub fn new(edition: &'e Edition) -> Self {
        Self { edition, holders: BTreeMap::new(), notes: Vec::new() }
    }

    /// The department in whose form a measure is now; nothing where none succeeds the one that it
    /// was of.
    pub fn of_measure(&mut self, measure: &Measure) -> Option<&'e str> {
        let holder = self.holder(measure, &[])?;
        self.holders.insert(measure.id.clone(), holder);
        Some(holder)
    }

    /// The same of a KPI, which may have no section: then it goes with its measures.
    pub fn of_kpi(&mut self, kpi: &Kpi) -> Option<&'e str> {
        let measures = kpi.measures.iter().filter_map(|link| link.measure.as_ref());
        let with: Vec<&str> = measures.filter_map(|id| self.holders.get(id).copied()).collect();
        self.holder(kpi, &with)
    }

    fn holder(&mut self, entry: &Entry, with: &[&'e str]) -> Option<&'e str> {
        let before = &entry.submitted_by;
        let all = self.edition.departments.iter();
        let could: Vec<&'e Department> = all.filter(|d| d.is_or_was(before)).collect();
        let (&first, rest) = could.split_first()?;
        if rest.is_empty() {
            return Some(&first.name);
        }
        // Of the parts of a department, the one that has the section, or the measures.
        let sections = sections(entry);
        let has = |d: &&&Department| sections.iter().any(|s| d.section(s).is_some());
        let goes_with = |d: &&&Department| with.contains(&d.name.as_str());
        for decided in
            [could.iter().filter(has).collect::<Vec<_>>(), could.iter().filter(goes_with).collect()]
        {
            if let [one] = decided.as_slice() {
                return Some(&one.name);
            }
        }
        let same = could.iter().find(|d| key(&d.name) == key(before));
        if let Some(same) = same {
            return Some(&same.name);
        }
        if entry.is_printed() {
            let (before, now) = (before.clone(), first.name.clone());
            self.notes.push(Note::Divided { entry: entry.name.value.clone(), before, now });
        }
        Some(&first.name)
    }

    /// Puts the names of now into an entry.
    pub fn move_on(&mut self, entry: &mut Entry, holder: Option<&'e str>) {
        let before = std::mem::take(&mut entry.owners);
        let now: Vec<Owner> = before.iter().map(|owner| self.owner(owner, holder)).collect();
        if let Some(joint) = self.joint(&now).filter(|_| now != before) {
            entry.department.value.clone_from(&joint.department);
            entry.section.value.clone_from(&joint.section);
        } else {
            let departments = before.iter().zip(&now).map(|(a, b)| (&a.department, &b.department));
            entry.department.value = renamed(&entry.department.value, departments);
            let sections = before.iter().zip(&now).map(|(a, b)| (&a.section, &b.section));
            entry.section.value = renamed(&entry.section.value, sections);
            let is_own = key(&entry.department.value) == key(&entry.submitted_by);
            if let Some(holder) = holder.filter(|_| before.is_empty() && is_own) {
                holder.clone_into(&mut entry.department.value);
            }
        }
        if entry.is_printed() {
            for owner in &now {
                self.note_gone(owner);
            }
        }
        entry.owners = now;
        if let Some(holder) = holder {
            holder.clone_into(&mut entry.submitted_by);
        }
    }

    /// An owner under the names of now: where a department was divided, the part that has the
    /// section.
    fn owner(&self, owner: &Owner, holder: Option<&str>) -> Owner {
        let Owner { department, section } = owner;
        let could = || self.edition.departments.iter().filter(|d| d.is_or_was(department));
        let with_section = could().find(|d| d.section(section).is_some());
        let own = || could().find(|d| Some(d.name.as_str()) == holder);
        let Some(now) = with_section.or_else(own).or_else(|| could().next()) else {
            return owner.clone();
        };
        let section = now.section(section).unwrap_or(section).to_owned();
        Owner { department: now.name.clone(), section }
    }

    /// The words that the settings have for several owners.
    fn joint(&self, owners: &[Owner]) -> Option<&'e Joint> {
        let has = |joint: &&Joint| {
            joint.owners.len() == owners.len()
                && joint
                    .owners
                    .iter()
                    .zip(owners)
                    .all(|(a, b)| a.department == b.department && a.section == b.section)
        };
        self.edition.joints.iter().find(has)
    }

    fn note_gone(&mut self, owner: &Owner) {
        let Owner { department, section } = owner;
        let Some(known) = self.edition.department(department) else { return };
        if section.is_empty() || known.sections.is_empty() || known.section(section).is_some() {
            return;
        }
        for note in &mut self.notes {
            if let Note::SectionGone { department: of, section: gone, entries } = note
                && of == department
                && gone == section
            {
                *entries += 1;
                return;
            }
        }
        let (department, section) = (department.clone(), section.clone());
        self.notes.push(Note::SectionGone { department, section, entries: 1 });
    }
}

/// The sections of an entry, by its owners, else as its form had them.
fn sections(entry: &Entry) -> Vec<&str> {
    if entry.owners.is_empty() {
        let names = entry.section.value.split(['\n', '、']).map(str::trim);
        return names.filter(|name| !name.is_empty()).collect();
    }
    let own =
        entry.owners.iter().filter(|owner| key(&owner.department) == key(&entry.submitted_by));
    let own: Vec<&str> = own.map(|owner| owner.section.as_str()).collect();
    if own.is_empty() {
        entry.owners.iter().map(|owner| owner.section.as_str()).collect()
    } else {
        own
    }
}

/// A text with names in place of others; names that differ in width alone are one.
fn renamed<'n>(text: &str, names: impl Iterator<Item = (&'n String, &'n String)>) -> String {
    let mut text = text.to_owned();
    let mut done: Vec<(&String, &String)> = Vec::new();
    for (old, new) in names {
        if old == new || done.contains(&(old, new)) {
            continue;
        }
        text = if key(&text) == key(old) { new.clone() } else { text.replace(old, new) };
        done.push((old, new));
    }
    text
}
