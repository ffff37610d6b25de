//! The entries of a comparison, in order.

use super::change::{Change, Entry, Heading, Identity, Subject};
use super::changes::{
    Titled, contents_of_kpi, contents_of_measure, departments_of_measure, identity_of_kpi,
    identity_of_measure, measures_of, of_front, of_heading, of_kpi, of_measure, of_place,
};
use super::outline::{Outline, Row, Section, Side};
use crate::model::Id;

/// Everything that changed: the settings, then pillar by pillar.
pub fn entries(outline: &Outline) -> Vec<Entry> {
    let mut entries = vec![settings(outline)];
    for (old, new, sections) in &outline.pillars {
        entries.push(pillar(outline, *old, *new));
        for section in sections {
            entries.push(category(outline, section));
            rows(outline, section, &mut entries);
        }
    }
    rows(outline, &outline.unplaced, &mut entries);
    entries.retain(|entry| !entry.changes.is_empty());
    entries
}

/// The words that no department writes.
pub fn settings(outline: &Outline) -> Entry {
    let named = Identity { name: "設定".to_owned(), ..Identity::default() };
    Entry {
        subject: Subject::Settings,
        place: None,
        old: Some(named.clone()),
        new: Some(named),
        matched: None,
        departments: Vec::new(),
        changes: of_front(&outline.old.annex.front, &outline.new.annex.front),
    }
}

fn titled_entry(
    subject: Subject,
    place: Option<Heading>,
    old: Option<Titled>,
    new: Option<Titled>,
) -> Entry {
    let identity = |titled: &Titled| Identity {
        id: Id(titled.number.clone()),
        name: titled.title.to_owned(),
        ..Identity::default()
    };
    Entry {
        subject,
        place,
        old: old.as_ref().map(identity),
        new: new.as_ref().map(identity),
        matched: None,
        departments: Vec::new(),
        changes: of_heading(old, new),
    }
}

pub fn pillar(outline: &Outline, old: Option<usize>, new: Option<usize>) -> Entry {
    fn find<'a>(side: &Side<'a>, at: Option<usize>) -> Option<Titled<'a>> {
        let pillar = side.annex.pillars.get(at?)?;
        Some(Titled { number: pillar.number.to_string(), title: &pillar.title, note: "" })
    }
    let pillars = (&outline.old.annex.pillars, &outline.new.annex.pillars);
    let shown = new.and_then(|at| pillars.1.get(at)).or(old.and_then(|at| pillars.0.get(at)));
    let place = shown.map(|pillar| Heading {
        pillar: pillar.number,
        pillar_title: pillar.title.clone(),
        category: None,
        category_title: String::new(),
    });
    titled_entry(Subject::Pillar, place, find(&outline.old, old), find(&outline.new, new))
}

/// Where a section is printed.
pub fn heading(outline: &Outline, section: &Section) -> Option<Heading> {
    let new = section.new.and_then(|at| outline.new.heading(at));
    new.or_else(|| outline.old.heading(section.old?))
}

pub fn category(outline: &Outline, section: &Section) -> Entry {
    fn find<'a>(side: &Side<'a>, at: Option<usize>) -> Option<Titled<'a>> {
        let (_, category) = side.categories.get(at?)?;
        let number = category.id.to_string();
        Some(Titled { number, title: &category.title, note: &category.note })
    }
    let place = heading(outline, section);
    let (old, new) = (find(&outline.old, section.old), find(&outline.new, section.new));
    titled_entry(Subject::Category, place, old, new)
}

fn rows(outline: &Outline, section: &Section, entries: &mut Vec<Entry>) {
    let place = heading(outline, section);
    for row in &section.measures {
        // The reposts of a measure are changes of the measure, told where its own place is.
        if !row.repost {
            entries.extend(measure(outline, section, row, place.clone()));
        }
    }
    for row in &section.kpis {
        entries.extend(kpi(outline, section, row, place.clone()));
    }
}

pub fn measure(
    outline: &Outline,
    section: &Section,
    row: &Row,
    place: Option<Heading>,
) -> Option<Entry> {
    let (old, new) = (outline.old.measure(row.old), outline.new.measure(row.new));
    let mut changes = match (old, new) {
        (Some(old), Some(new)) => {
            let from = outline.all().find_map(|s| own_category(outline, s, &old.id));
            let mut changes = of_measure(old, new);
            changes.extend(of_place(outline, section, row, from));
            changes
        }
        (Some(old), None) => vec![Change::Removed {
            abolished: row.old.and_then(|at| outline.measures.new_index(at)).is_some(),
            contents: contents_of_measure(old),
        }],
        (None, Some(new)) => vec![Change::Added {
            abolished: row.new.and_then(|at| outline.measures.old(at)).is_some(),
            contents: contents_of_measure(new),
        }],
        (None, None) => return None,
    };
    changes.extend(reposts(outline, row, old.is_some() && new.is_some()));
    let mut departments: Vec<String> = Vec::new();
    for name in new.iter().chain(old.iter()).flat_map(|m| departments_of_measure(m)) {
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
        changes,
    })
}

/// The old category in which the old annex lists the measure as its own.
fn own_category(outline: &Outline, section: &Section, id: &Id) -> Option<usize> {
    let (_, category) = outline.old.categories.get(section.old?)?;
    let own = category.listings.iter().any(|l| !l.repost && l.measure == *id);
    own.then_some(section.old).flatten()
}

/// Reposts that were added, removed or moved within their category. Those of an entry that was
/// itself added or removed go with it.
fn reposts(outline: &Outline, row: &Row, stays: bool) -> Vec<Change> {
    let mut changes = Vec::new();
    if !stays {
        return changes;
    }
    for section in outline.all() {
        for repost in section.measures.iter().filter(|r| r.repost) {
            let same = repost.new.map_or(repost.old == row.old, |new| row.new == Some(new));
            if !same {
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

pub fn kpi(
    outline: &Outline,
    section: &Section,
    row: &Row,
    place: Option<Heading>,
) -> Option<Entry> {
    let (old, new) = (outline.old.kpi(row.old), outline.new.kpi(row.new));
    let changes = match (old, new) {
        (Some(old), Some(new)) => {
            let lists = |section: &&Section| {
                let category = section.old.and_then(|at| outline.old.categories.get(at));
                category.is_some_and(|(_, category)| category.kpis.contains(&old.id))
            };
            let from = outline.all().find(lists).and_then(|section| section.old);
            let mut changes = of_kpi(outline, old, new);
            changes.extend(of_place(outline, section, row, from));
            changes
        }
        (Some(old), None) => vec![Change::Removed {
            abolished: row.old.and_then(|at| outline.kpis.new_index(at)).is_some(),
            contents: contents_of_kpi(old, &measures_of(outline, old, true)),
        }],
        (None, Some(new)) => vec![Change::Added {
            abolished: row.new.and_then(|at| outline.kpis.old(at)).is_some(),
            contents: contents_of_kpi(new, &measures_of(outline, new, false)),
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
        changes,
    })
}
