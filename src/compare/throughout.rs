//! What changed alike wherever it stood: a department or section that is called otherwise after a
//! reorganisation, a note under many tables. It is told once （以下同じ）, and no entry tells of it
//! again.
//!
//! Nothing is taken for such a change but what all entries agree in: the old name is gone, and
//! wherever it stood in an entry that is still there, the same new one stands now.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::change::Change;
use super::outline::Outline;
use crate::model::{Annex, Entry, Status};

/// Fewer are told where they stand.
const FEWEST: usize = 2;

/// What may change alike wherever it stands.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Common {
    Department,
    Section,
    /// A section with its department.
    Owner,
    /// The ※ note under the KPI tables.
    KpiNote,
}

impl Common {
    /// What it is called, with placeholders: see [`crate::schema::Schema::fill`].
    pub fn label(self) -> &'static str {
        match self {
            Self::Department => "{measures.department}",
            Self::Section => "{measures.section}",
            Self::Owner => "担当",
            Self::KpiNote => "{kpi}の注記",
        }
    }
}

/// Who answers for an entry, as it is printed.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct OwnerTexts {
    pub department: String,
    pub section: String,
}

impl OwnerTexts {
    pub fn of(entry: &Entry) -> Self {
        Self { department: entry.department.value.clone(), section: entry.section.value.clone() }
    }

    /// On one line; an edition may ask for one of the two alone.
    pub fn joined(&self) -> String {
        let both = [self.department.as_str(), self.section.as_str()];
        let stated: Vec<&str> = both.into_iter().filter(|name| !name.is_empty()).collect();
        stated.join(" ")
    }
}

/// What is told once of two annexes.
#[derive(Debug, Default)]
pub struct Throughout {
    departments: BTreeMap<String, Renamed>,
    /// By the department that they were in.
    sections: BTreeMap<(String, String), Renamed>,
    owners: BTreeMap<OwnerTexts, (OwnerTexts, usize)>,
    /// The notes under tables of KPIs.
    notes: BTreeMap<String, Renamed>,
}

/// What something is called now, and how many entries that is so in.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Renamed {
    new: String,
    count: usize,
}

impl Throughout {
    pub fn of(outline: &Outline) -> Self {
        let owners = Owners::of(outline);
        let mut throughout = Self {
            departments: owners.departments(),
            sections: owners.sections(),
            owners: BTreeMap::new(),
            notes: notes(outline),
        };
        throughout.owners = owners.units(&throughout);
        throughout
    }

    /// The owners of an entry before, with what is told once put in where it leads to the new ones.
    pub fn owners_before(&self, old: &OwnerTexts, new: &OwnerTexts) -> OwnerTexts {
        if self.owners.get(old).is_some_and(|(to, _)| to == new) {
            return new.clone();
        }
        let department = |name: &str| self.departments.get(name);
        let section = |name: &str| {
            let own = self.sections.get(&(old.department.clone(), name.to_owned()));
            // Of a section under a joint department, one of those that are joined tells.
            own.or_else(|| {
                let mut others = self.sections.iter().filter(|((department, own), _)| {
                    own == name && old.department.contains(department.as_str())
                });
                others.next().map(|(_, to)| to)
            })
        };
        OwnerTexts {
            department: replaced(&old.department, &new.department, department),
            section: replaced(&old.section, &new.section, section),
        }
    }

    /// A note under a table before, likewise.
    pub fn note_before<'t>(&self, old: &'t str, new: &'t str) -> &'t str {
        if self.notes.get(old).is_some_and(|to| to.new == new) { new } else { old }
    }

    /// Each change that is told once.
    pub fn changes(&self) -> Vec<Change> {
        let mut changes = Vec::new();
        let mut add = |what, within: String, old: &str, to: &Renamed, is_joined| {
            let (old, new, count) = (old.to_owned(), to.new.clone(), to.count);
            changes.push(Change::Throughout { what, within, old, new, count, is_joined });
        };
        let is_joined = |to: &Renamed, all: &mut dyn Iterator<Item = &Renamed>| {
            all.filter(|other| other.new == to.new).count() > 1
        };
        for (old, to) in &self.departments {
            let joined = is_joined(to, &mut self.departments.values());
            add(Common::Department, String::new(), old, to, joined);
        }
        for ((department, old), to) in &self.sections {
            let here = self.sections.iter().filter(|((other, _), _)| other == department);
            let joined = is_joined(to, &mut here.map(|(_, to)| to));
            let namesakes = self.sections.keys().filter(|(_, other)| other == old).count();
            let within =
                if namesakes > 1 { department.replace('\n', "・") } else { String::new() };
            add(Common::Section, within, old, to, joined);
        }
        for (old, (new, count)) in &self.owners {
            let to = Renamed { new: new.joined(), count: *count };
            add(Common::Owner, String::new(), &old.joined(), &to, false);
        }
        for (old, to) in &self.notes {
            add(Common::KpiNote, String::new(), old, to, false);
        }
        changes
    }
}

/// The owners of all printed entries, and of those that both annexes have.
struct Owners {
    pairs: Vec<(OwnerTexts, OwnerTexts)>,
    old: Vec<OwnerTexts>,
    new: Vec<OwnerTexts>,
}

impl Owners {
    fn of(outline: &Outline) -> Self {
        let (old, new) = (outline.old.annex, outline.new.annex);
        let measures = (0..old.measures.len()).filter_map(|at| {
            let (before, after) = (Some(at), outline.measures.new_index(at));
            let (before, after) = (outline.old.measure(before)?, outline.new.measure(after)?);
            Some((OwnerTexts::of(before), OwnerTexts::of(after)))
        });
        let kpis = (0..old.kpis.len()).filter_map(|at| {
            let (before, after) = (Some(at), outline.kpis.new_index(at));
            let (before, after) = (outline.old.kpi(before)?, outline.new.kpi(after)?);
            Some((OwnerTexts::of(before), OwnerTexts::of(after)))
        });
        Self { pairs: measures.chain(kpis).collect(), old: all(old), new: all(new) }
    }

    /// Departments that have another name now.
    fn departments(&self) -> BTreeMap<String, Renamed> {
        let texts = |owners: &OwnerTexts| owners.department.clone();
        let pairs = self.pairs.iter().map(|(old, new)| (texts(old), texts(new))).collect();
        renamed(pairs, self.old.iter().map(texts), self.new.iter().map(texts))
    }

    /// Sections that have another name now, department by department.
    fn sections(&self) -> BTreeMap<(String, String), Renamed> {
        let mut sections = BTreeMap::new();
        let departments: BTreeSet<&String> =
            self.pairs.iter().map(|(old, _)| &old.department).collect();
        for department in departments {
            let here = self.pairs.iter().filter(|(old, _)| old.department == *department);
            let heirs: BTreeSet<&String> = here.clone().map(|(_, new)| &new.department).collect();
            let pairs = here.map(|(old, new)| (old.section.clone(), new.section.clone()));
            let old = self.old.iter().filter(|old| old.department == *department);
            let new = self.new.iter().filter(|new| heirs.contains(&new.department));
            let section = |owners: &OwnerTexts| owners.section.clone();
            for (old, to) in renamed(pairs.collect(), old.map(section), new.map(section)) {
                sections.insert((department.clone(), old), to);
            }
        }
        sections
    }

    /// Sections that went to another department, or took another name with it, as a whole.
    fn units(&self, told: &Throughout) -> BTreeMap<OwnerTexts, (OwnerTexts, usize)> {
        let mut votes: BTreeMap<&OwnerTexts, Vec<&OwnerTexts>> = BTreeMap::new();
        for (old, new) in &self.pairs {
            votes.entry(old).or_default().push(new);
        }
        let units = votes.into_iter().filter_map(|(old, heirs)| {
            let (first, count) = (*heirs.first()?, heirs.len());
            let is_one = count >= FEWEST && heirs.iter().all(|heir| *heir == first);
            let is_told = told.owners_before(old, first) == *first;
            let is_gone = !self.new.contains(old);
            (is_one && !is_told && is_gone).then(|| (old.clone(), (first.clone(), count)))
        });
        units.collect()
    }
}

/// The owners of all entries that are printed.
fn all(annex: &Annex) -> Vec<OwnerTexts> {
    let measures = annex.measures.iter().map(|measure| &measure.entry);
    let entries = measures.chain(annex.kpis.iter().map(|kpi| &kpi.entry));
    let printed = entries.filter(|entry| entry.status.value != Status::Abolished);
    printed.map(OwnerTexts::of).collect()
}

/// What parts the names of a list.
const BETWEEN: [char; 2] = ['\n', '、'];

fn names(text: &str) -> impl Iterator<Item = &str> {
    text.split(BETWEEN).map(str::trim).filter(|name| !name.is_empty())
}

/// All names of texts; of 「総務部・企画部」, which may be one or two, the parts as well.
fn all_names(texts: impl Iterator<Item = String>) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for text in texts {
        for name in names(&text) {
            all.extend(name.split('・').map(|part| part.trim().to_owned()));
            all.insert(name.to_owned());
        }
    }
    all
}

/// The names that are gone, and for which everywhere the same new one stands.
fn renamed(
    pairs: Vec<(String, String)>,
    old: impl Iterator<Item = String>,
    new: impl Iterator<Item = String>,
) -> BTreeMap<String, Renamed> {
    // For each old name, what stands in its place; `None` where that cannot be told.
    let mut votes: BTreeMap<&str, Vec<Option<&str>>> = BTreeMap::new();
    for (before, after) in &pairs {
        let (before, after): (Vec<&str>, Vec<&str>) =
            (names(before).collect(), names(after).collect());
        for (at, name) in before.iter().enumerate() {
            let to = after.get(at).copied().filter(|_| before.len() == after.len());
            votes.entry(name).or_default().push(to);
        }
    }
    let (old, new) = (all_names(old), all_names(new));
    let agreed = votes.into_iter().filter_map(|(name, heirs)| {
        let (first, count) = ((*heirs.first()?)?, heirs.len());
        let is_one = count >= FEWEST && heirs.iter().all(|heir| *heir == Some(first));
        let is_plain = !new.contains(name) && !old.contains(first);
        (is_one && is_plain).then(|| (name.to_owned(), Renamed { new: first.to_owned(), count }))
    });
    agreed.collect()
}

/// A list of names with the new ones for those that have one, if that is the new list.
fn replaced<'r>(old: &str, new: &str, renamed: impl Fn(&str) -> Option<&'r Renamed>) -> String {
    for separators in [&BETWEEN[..], &['\n', '、', '・'][..]] {
        let pieces = old.split_inclusive(separators).map(|piece| {
            let name = piece.trim_end_matches(separators);
            match renamed(name.trim()) {
                Some(to) => piece.replacen(name, &to.new, 1),
                None => piece.to_owned(),
            }
        });
        let text: String = pieces.collect();
        if text == new {
            return text;
        }
    }
    old.to_owned()
}

/// The notes that changed alike under every table that had them.
fn notes(outline: &Outline) -> BTreeMap<String, Renamed> {
    let mut votes: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let (mut before, mut left) = (BTreeSet::new(), BTreeSet::new());
    for section in outline.sections() {
        let (old, new) = (outline.old.heading(section.old), outline.new.heading(section.new));
        before.extend(old.map(|heading| heading.note.as_str()));
        left.extend(new.map(|heading| heading.note.as_str()));
        if let (Some(old), Some(new)) = (old, new) {
            votes.entry(&old.note).or_default().push(&new.note);
        }
    }
    let agreed = votes.into_iter().filter_map(|(old, heirs)| {
        let (first, count) = (*heirs.first()?, heirs.len());
        let is_one = count >= FEWEST && heirs.iter().all(|heir| *heir == first);
        let is_filled = !old.is_empty() && !first.is_empty();
        let is_change = is_filled && !left.contains(old) && !before.contains(first);
        let to = Renamed { new: first.to_owned(), count };
        (is_one && is_change).then(|| (old.to_owned(), to))
    });
    agreed.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::compare;
    use crate::compare::tests::annex::{annex, sourced};
    use crate::publish::comparison::describe;

    /// The owners of the first measures, one a row, before and after, and what is told of them:
    /// first what is told once, then how many entries tell of their owners.
    fn told(rows: &[(&str, &str)]) -> (Vec<String>, usize) {
        let (mut old, mut new) = (annex(), annex());
        for (at, (before, after)) in rows.iter().enumerate() {
            for (annex, text) in [(&mut old, before), (&mut new, after)] {
                let (department, section) = text.split_once(' ').expect("both");
                annex.measures[at].department = sourced(department.replace('/', "\n"));
                annex.measures[at].section = sourced(section.replace('/', "\n"));
            }
        }
        let comparison = compare(&old, &new).comparison;
        let changes = || comparison.entries.iter().flat_map(|entry| &entry.changes);
        let once = changes().filter_map(|change| match change {
            Change::Throughout { .. } => Some(crate::publish::comparison::remarks(change).ja),
            _ => None,
        });
        let once = once.collect();
        for change in changes() {
            assert!(!describe(&comparison, change).is_empty());
        }
        (once, changes().filter(|change| matches!(change, Change::Owner { .. })).count())
    }

    #[test]
    fn a_renaming_of_many_is_told_once_and_by_no_entry() {
        let (once, each) = told(&[
            ("企画部 統計課", "企画・デジタル部 統計課"),
            ("企画部 情報課", "企画・デジタル部 情報課"),
            ("総務部/企画部 人事課/統計課", "総務部/企画・デジタル部 人事課/統計課"),
            ("総務部・企画部 広報課", "総務部・企画・デジタル部 広報課"),
        ]);
        let sentence = "組織改編により「企画部」を「企画・デジタル部」に改称（以下同じ）";
        assert_eq!((once, each), (vec![sentence.to_owned()], 0));
    }

    #[test]
    fn a_section_under_a_joint_department_is_told_with_the_others_of_its_own() {
        let (once, each) = told(&[
            ("企画部 情報課", "企画部 デジタル課"),
            ("企画部 情報課", "企画部 デジタル課"),
            ("警察本部・企画部 広報課・情報課", "警察本部・企画部 広報課・デジタル課"),
            ("警察本部 情報課", "警察本部 情報課"),
        ]);
        assert_eq!((once.len(), each), (1, 0), "{once:?}");
    }

    #[test]
    fn what_changed_beside_a_renaming_is_told_alone() {
        let (once, each) = told(&[
            ("企画部 統計課", "政策部 統計課"),
            ("企画部 統計課", "政策部 統計調査課"),
            ("企画部 情報課", "政策部 デジタル課"),
            ("企画部 情報課", "政策部 デジタル課"),
        ]);
        let sentences = ["「企画部」を「政策部」に改称", "「情報課」を「デジタル課」に改称"];
        assert_eq!(once.len(), 2, "{once:?}");
        for (said, sentence) in once.iter().zip(sentences) {
            assert!(said.contains(sentence), "{said}");
        }
        assert_eq!(each, 1, "統計課 is still there");
    }

    #[test]
    fn a_section_that_went_elsewhere_as_a_whole_is_told_once() {
        let (once, each) = told(&[
            ("企画部 統計課", "総務部 統計課"),
            ("企画部 統計課", "総務部 統計課"),
            ("企画部 情報課", "企画部 情報課"),
            ("総務部 人事課", "総務部 人事課"),
        ]);
        let sentence = "組織改編により「企画部 統計課」を「総務部 統計課」に改める（以下同じ）";
        assert_eq!((once, each), (vec![sentence.to_owned()], 0));
    }

    #[test]
    fn two_that_became_one_are_joined_and_a_division_is_told_where_it_stands() {
        let (once, each) = told(&[
            ("企画部 甲課", "政策部 甲課"),
            ("企画部 乙課", "政策部 乙課"),
            ("情報部 丙課", "政策部 丙課"),
            ("情報部 丁課", "政策部 丁課"),
        ]);
        assert_eq!(each, 0);
        assert!(once.iter().all(|said| said.contains("「政策部」に統合（以下同じ）")), "{once:?}");
        let (once, each) = told(&[
            ("企画部 甲課", "政策部 甲課"),
            ("企画部 乙課", "情報部 乙課"),
            ("企画部 丙課", "企画部 丙課"),
        ]);
        assert_eq!((once, each), (Vec::new(), 2));
    }

    #[test]
    fn a_note_that_changed_alike_everywhere_is_told_once() {
        let (old, mut new) = (annex(), annex());
        for pillar in &mut new.outline {
            pillar.headings.iter_mut().for_each(|heading| heading.note = "※新しい注".into());
        }
        let comparison = compare(&old, &new).comparison;
        assert_eq!(comparison.total(), 1, "{:?}", comparison.entries);
        new.outline[0].headings[0].note = "※別の注".into();
        assert_eq!(compare(&old, &new).comparison.total(), 5, "it is not alike everywhere");
    }
}
