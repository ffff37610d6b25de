//! Names what changed, in the order of the outline.

use std::collections::BTreeMap;

use super::change::{Change, Comparison, Entry, FORMAT, Heading, Identity, Subject, Version};
use super::changes::{
    Titled, contents, departments_of_measure, identity_of_kpi, identity_of_measure, of_front,
    of_heading, of_kpi, of_measure, of_place,
};
use super::matched::{ListingKind, Matched, MatchedRow, MatchedSection};
use super::outline::{Outline, Row, Section};
use super::throughout::Throughout;
use crate::model::{self, HeadingId, Id, Kpi, Measure};

/// Everything that changed: the settings, then heading by heading.
pub fn compared<'a>(outline: &Outline<'a>) -> Matched<'a> {
    let throughout = Throughout::of(outline);
    let mut collector =
        Collector { outline, throughout, entries: Vec::new(), measures: BTreeMap::new() };
    collector.keep(settings(outline));
    collector.keep(of_all(&collector.throughout));
    let mut sections: Vec<MatchedSection> =
        outline.top.iter().map(|section| collector.section(section)).collect();
    let mut unplaced = collector.rows(&outline.unplaced);
    let Collector { mut entries, measures, throughout, .. } = collector;
    note_corrections(outline, &mut entries);
    sections.iter_mut().chain([&mut unplaced]).for_each(|section| link(section, &measures));
    let (old, new) = (outline.old.annex, outline.new.annex);
    let comparison = Comparison {
        format: FORMAT.to_owned(),
        old: Version::of(old),
        new: Version::of(new),
        levels: new.levels.clone(),
        schema: new.schema.clone(),
        counts: Comparison::counted(&entries),
        entries,
    };
    Matched {
        old,
        new,
        comparison,
        sections,
        unplaced,
        measure_columns: outline.measure_columns.clone(),
        kpi_columns: outline.kpi_columns.clone(),
        throughout,
    }
}

/// Says of every entry what of it was corrected in the new annex and not in the old one.
fn note_corrections(outline: &Outline, entries: &mut [Entry]) {
    let (old, new) = (&outline.old.annex.corrections, &outline.new.annex.corrections);
    for correction in new.iter().filter(|correction| !old.contains(correction)) {
        let is_it = |entry: &&mut Entry| {
            let identity = entry.new.as_ref().or(entry.old.as_ref());
            identity.is_some_and(|identity| identity.id == correction.id)
        };
        let Some(entry) = entries.iter_mut().find(is_it) else { continue };
        entry.corrections.push(correction.clone());
    }
}

/// Gives the reposts of a section, and of all under it, the changes of their measures.
fn link(section: &mut MatchedSection, measures: &BTreeMap<&Id, usize>) {
    for row in &mut section.measures {
        if let (ListingKind::Repost, Some(_), Some(new)) = (row.listing, row.old, row.new) {
            row.entry = measures.get(&new.id).copied();
        }
    }
    section.sections.iter_mut().for_each(|section| link(section, measures));
}

struct Collector<'o, 'a> {
    outline: &'o Outline<'a>,
    throughout: Throughout,
    entries: Vec<Entry>,
    /// The entries of the measures at their own places, by their new ids.
    measures: BTreeMap<&'a Id, usize>,
}

impl<'a> Collector<'_, 'a> {
    /// Keeps an entry that changed, and says where.
    fn keep(&mut self, entry: Entry) -> Option<usize> {
        if entry.changes.is_empty() {
            return None;
        }
        self.entries.push(entry);
        Some(self.entries.len() - 1)
    }

    fn section(&mut self, section: &Section) -> MatchedSection<'a> {
        self.keep(entry_of_heading(self.outline, &self.throughout, section));
        let mut matched = self.rows(section);
        matched.sections = section.sections.iter().map(|inside| self.section(inside)).collect();
        matched
    }

    /// A heading without those under it.
    fn rows(&mut self, section: &Section) -> MatchedSection<'a> {
        let outline = self.outline;
        let place = place(outline, section);
        let mut measures = Vec::new();
        for row in &section.measures {
            let (old, new) = (outline.old.measure(row.old), outline.new.measure(row.new));
            let mut matched = matched_row(row, old, new);
            matched.how = old.and(row.new).and_then(|at| outline.measures.how(at));
            matched.reposted_in = reposted_in(outline, row);
            // The reposts of a measure are changes of the measure, told where its own place is.
            if !row.repost
                && let Some(entry) = self.entry_of_measure(section, row, place.clone())
            {
                matched.entry = self.keep(entry);
                if let (Some(new), Some(entry)) = (new, matched.entry) {
                    self.measures.entry(&new.id).or_insert(entry);
                }
            }
            measures.push(matched);
        }
        let mut kpis = Vec::new();
        for row in &section.kpis {
            let (old, new) = (outline.old.kpi(row.old), outline.new.kpi(row.new));
            let mut matched = matched_row(row, old, new);
            matched.how = old.and(row.new).and_then(|at| outline.kpis.how(at));
            if let Some(entry) = self.entry_of_kpi(section, row, place.clone()) {
                matched.entry = self.keep(entry);
            }
            kpis.push(matched);
        }
        MatchedSection {
            old: outline.old.heading(section.old),
            new: outline.new.heading(section.new),
            measures,
            kpis,
            sections: Vec::new(),
        }
    }

    fn entry_of_measure(
        &self,
        section: &Section,
        row: &Row,
        place: Option<Heading>,
    ) -> Option<Entry> {
        let (outline, throughout) = (self.outline, &self.throughout);
        let (old, new) = (outline.old.measure(row.old), outline.new.measure(row.new));
        let changes = match (old, new) {
            (Some(old), Some(new)) => {
                let mut changes = of_measure(throughout, &outline.measure_columns, old, new);
                changes.extend(of_place(outline, section, row, heading_of_measure(outline, old)));
                changes.extend(reposts(outline, row));
                changes
            }
            (Some(old), None) => vec![Change::Removed {
                abolished: {
                    let at = row.old.and_then(|at| outline.measures.new_index(at));
                    at.and_then(|at| outline.new.annex.measures.get(at))
                        .is_some_and(|m| m.is_abolished())
                },
                contents: contents(outline.old.annex, &outline.measure_columns, old),
            }],
            (None, Some(new)) => vec![Change::Added {
                abolished: {
                    let at = row.new.and_then(|at| outline.measures.old(at));
                    at.and_then(|at| outline.old.annex.measures.get(at))
                        .is_some_and(|m| m.is_abolished())
                },
                contents: contents(outline.new.annex, &outline.measure_columns, new),
            }],
            (None, None) => return None,
        };
        let mut departments: Vec<String> = Vec::new();
        for name in new.into_iter().chain(old).flat_map(departments_of_measure) {
            if !departments.contains(&name) {
                departments.push(name);
            }
        }
        Some(Entry {
            subject: Subject::Measure,
            place,
            old: old.map(identity_of_measure),
            new: new.map(identity_of_measure),
            matched: old.and(row.new).and_then(|at| outline.measures.how(at)),
            departments,
            corrections: Vec::new(),
            changes,
        })
    }

    fn entry_of_kpi(&self, section: &Section, row: &Row, place: Option<Heading>) -> Option<Entry> {
        let (outline, throughout) = (self.outline, &self.throughout);
        let (old, new) = (outline.old.kpi(row.old), outline.new.kpi(row.new));
        let changes = match (old, new) {
            (Some(old), Some(new)) => {
                let mut changes = of_kpi(outline, throughout, old, new);
                changes.extend(of_place(outline, section, row, heading_of_kpi(outline, old)));
                changes
            }
            (Some(old), None) => vec![Change::Removed {
                abolished: {
                    let at = row.old.and_then(|at| outline.kpis.new_index(at));
                    at.and_then(|at| outline.new.annex.kpis.get(at))
                        .is_some_and(|k| k.is_abolished())
                },
                contents: contents(outline.old.annex, &outline.kpi_columns, old),
            }],
            (None, Some(new)) => vec![Change::Added {
                abolished: {
                    let at = row.new.and_then(|at| outline.kpis.old(at));
                    at.and_then(|at| outline.old.annex.kpis.get(at))
                        .is_some_and(|k| k.is_abolished())
                },
                contents: contents(outline.new.annex, &outline.kpi_columns, new),
            }],
            (None, None) => return None,
        };
        let mut departments: Vec<String> =
            new.iter().chain(old.iter()).map(|k| k.submitted_by.clone()).collect();
        departments.dedup();
        Some(Entry {
            subject: Subject::Kpi,
            place,
            old: old.map(identity_of_kpi),
            new: new.map(identity_of_kpi),
            matched: old.and(row.new).and_then(|at| outline.kpis.how(at)),
            departments,
            corrections: Vec::new(),
            changes,
        })
    }
}

fn matched_row<'a, T>(row: &Row, old: Option<&'a T>, new: Option<&'a T>) -> MatchedRow<'a, T> {
    MatchedRow {
        old,
        new,
        listing: if row.repost { ListingKind::Repost } else { ListingKind::Own },
        reordered: row.reordered,
        how: None,
        reposted_in: Vec::new(),
        entry: None,
    }
}

/// The headings under which both annexes list a measure again.
fn reposted_in(outline: &Outline, row: &Row) -> Vec<HeadingId> {
    let mut headings = Vec::new();
    if row.old.is_none() || row.new.is_none() {
        return headings;
    }
    for section in outline.sections() {
        let is_repost = |r: &Row| r.repost && r.old.is_some() && r.new == row.new;
        if section.measures.iter().any(is_repost) {
            headings.extend(outline.new.heading(section.new).map(|heading| heading.id));
        }
    }
    headings
}

/// The words that no department writes.
fn settings(outline: &Outline) -> Entry {
    let named = Identity { name: "設定".to_owned(), ..Identity::default() };
    Entry {
        subject: Subject::Settings,
        place: None,
        old: Some(named.clone()),
        new: Some(named),
        matched: None,
        departments: Vec::new(),
        corrections: Vec::new(),
        changes: of_front(&outline.old.annex.front, &outline.new.annex.front),
    }
}

/// Where a section is printed.
fn place(outline: &Outline, section: &Section) -> Option<Heading> {
    outline.new.place(section.new).or_else(|| outline.old.place(section.old))
}

/// What changed alike wherever it stood.
fn of_all(throughout: &Throughout) -> Entry {
    let named = Identity { name: "全体（以下同じ）".to_owned(), ..Identity::default() };
    Entry {
        subject: Subject::Throughout,
        place: None,
        old: Some(named.clone()),
        new: Some(named),
        matched: None,
        departments: Vec::new(),
        corrections: Vec::new(),
        changes: throughout.changes(),
    }
}

fn entry_of_heading(outline: &Outline, throughout: &Throughout, section: &Section) -> Entry {
    fn titled(heading: &model::Heading) -> Titled<'_> {
        Titled {
            number: heading.full_number(),
            title: &heading.title,
            text: &heading.text,
            note: &heading.note,
        }
    }
    let (old, new) = (outline.old.heading(section.old), outline.new.heading(section.new));
    let depth = new.or(old).map_or(0, |heading| heading.id.depth());
    let identity = |heading: &model::Heading| Identity {
        id: Id(heading.full_number().to_owned()),
        name: heading.title.clone(),
        ..Identity::default()
    };
    Entry {
        subject: if depth <= 1 { Subject::Pillar } else { Subject::Category },
        place: place(outline, section),
        old: old.map(identity),
        new: new.map(identity),
        matched: None,
        departments: Vec::new(),
        corrections: Vec::new(),
        changes: of_heading(
            &outline.new.annex.schema,
            throughout,
            old.map(titled),
            new.map(titled),
        ),
    }
}

/// The old heading under which the old annex lists a measure as its own.
fn heading_of_measure(outline: &Outline, measure: &Measure) -> Option<usize> {
    let lists = |heading: &model::Heading| {
        heading.listings.iter().any(|l| !l.repost && l.measure == measure.id)
    };
    let section = outline.sections().find(|s| outline.old.heading(s.old).is_some_and(lists))?;
    section.old
}

/// The old heading under which the old annex lists a KPI.
fn heading_of_kpi(outline: &Outline, kpi: &Kpi) -> Option<usize> {
    let lists =
        |heading: &model::Heading| heading.kpis.contains(&kpi.id) && !kpi.is_repost(heading);
    let section = outline.sections().find(|s| outline.old.heading(s.old).is_some_and(lists))?;
    section.old
}

/// Reposts that were added, removed or moved under their heading. Those of an entry that was
/// itself added or removed go with it.
fn reposts(outline: &Outline, row: &Row) -> Vec<Change> {
    let mut changes = Vec::new();
    for section in outline.sections() {
        for repost in section.measures.iter().filter(|r| r.repost) {
            let is_same = match repost.new {
                Some(new) => row.new == Some(new),
                None => row.old == repost.old,
            };
            if !is_same {
                continue;
            }
            match (repost.old, repost.new) {
                (Some(_), Some(_)) => changes.extend(of_place(outline, section, repost, None)),
                (None, _) => {
                    let category = outline.new.name(section.new);
                    changes.extend(category.map(|category| Change::RepostAdded { category }));
                }
                (_, None) => {
                    let category = outline.old.name(section.old);
                    changes.extend(category.map(|category| Change::RepostRemoved { category }));
                }
            }
        }
    }
    changes
}
