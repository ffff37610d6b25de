//! The review page: what changed, with filters, as one page that asks for nothing from outside.

use minijinja::context;
use minijinja::value::{Serde, Value};
use serde::Serialize;

use super::{SCRIPT, STYLE, page_of};
use crate::compare::{
    Change, Comparison, Count as Counted, Entry, Heading, HeadingName, Inline, Kind, Match, Run,
    Subject,
};
use crate::publish::artifact::Rendered;
use crate::publish::comparison::{describe, remarks_of};

const DIFF_STYLE: &str = include_str!("../../../templates/web/diff.css");
const DIFF_SCRIPT: &str = include_str!("../../../templates/web/diff.js");

/// The changes as `diff.html`, UTF-8: the same bytes for the same comparison.
pub fn render(comparison: &Comparison) -> Rendered {
    let page = context! {
        css => Value::from_safe_string(format!("{STYLE}{DIFF_STYLE}")),
        script => super::script(&comparison.schema, &format!("{SCRIPT}{DIFF_SCRIPT}")),
        ..Value::from(Serde(Page::new(comparison)))
    };
    page_of("comparison.html", "diff.html", page)
}

#[derive(Serialize)]
struct Page {
    title: String,
    /// What the topmost headings are called.
    top: String,
    old: String,
    new: String,
    total: usize,
    counts: Vec<Count>,
    /// The departments of the changed entries, each once, in the order of the page.
    departments: Vec<String>,
    groups: Vec<Group>,
}

#[derive(Serialize)]
struct Count {
    kind: Kind,
    label: String,
    count: usize,
}

/// The settings, a pillar, or the entries of none.
#[derive(Serialize)]
struct Group {
    label: String,
    sections: Vec<Part>,
}

/// A category; without label what stands directly under the group.
#[derive(Serialize)]
struct Part {
    label: String,
    /// The heading of an entry: one below what it stands under.
    level: &'static str,
    entries: Vec<Shown>,
}

#[derive(Serialize)]
struct Shown {
    subject: String,
    id: String,
    name: String,
    owner: String,
    /// `added`, `removed` or `changed`.
    state: &'static str,
    /// 追加 or 削除, or empty.
    mark: &'static str,
    /// Per cent of likeness, where the match is a guess.
    guess: Option<String>,
    /// One a line.
    departments: String,
    /// Separated by spaces.
    kinds: String,
    changes: Vec<Lines>,
}

#[derive(Serialize)]
struct Lines {
    kind: &'static str,
    lines: Vec<Line>,
    remarks: String,
}

#[derive(Serialize)]
struct Line {
    label: String,
    runs: Vec<Marked>,
}

#[derive(Serialize)]
struct Marked {
    tag: &'static str,
    text: String,
}

impl Page {
    fn new(comparison: &Comparison) -> Self {
        let mut departments: Vec<String> = Vec::new();
        for name in comparison.entries.iter().flat_map(|entry| &entry.departments) {
            if !departments.contains(name) {
                departments.push(name.clone());
            }
        }
        let label = |kind: Kind| comparison.schema.fill(kind.label()).into_owned();
        let count = |c: &Counted| Count { kind: c.kind, label: label(c.kind), count: c.count };
        let new = &comparison.new;
        Self {
            title: format!("{} {}", new.title, new.volume).trim().to_owned(),
            top: comparison.levels.word(1).to_owned(),
            old: comparison.old.shown(),
            new: new.shown(),
            total: comparison.total(),
            counts: comparison.counts.iter().map(count).collect(),
            departments,
            groups: groups(comparison),
        }
    }
}

fn groups(comparison: &Comparison) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for entry in &comparison.entries {
        let (group, part) = labels(comparison, entry);
        if groups.last().is_none_or(|last| last.label != group) {
            groups.push(Group { label: group, sections: Vec::new() });
        }
        let Some(last) = groups.last_mut() else { continue };
        if last.sections.last().is_none_or(|section| section.label != part) {
            let level = if part.is_empty() { "h3" } else { "h4" };
            last.sections.push(Part { label: part, level, entries: Vec::new() });
        }
        if let Some(section) = last.sections.last_mut() {
            section.entries.push(shown(comparison, entry));
        }
    }
    groups
}

/// The headings that an entry stands under: the topmost, and the others in one.
fn labels(comparison: &Comparison, entry: &Entry) -> (String, String) {
    let Some(Heading { top, below }) = &entry.place else {
        let group = match entry.subject {
            Subject::Settings | Subject::Throughout => entry.subject.label().to_owned(),
            Subject::Pillar | Subject::Category | Subject::Measure | Subject::Kpi => {
                comparison.no_place()
            }
        };
        return (group, String::new());
    };
    let below: Vec<String> = below.iter().map(HeadingName::shown).collect();
    (top.shown(), below.join("　"))
}

fn shown(comparison: &Comparison, entry: &Entry) -> Shown {
    let identity = entry.identity();
    let (state, mark) = match entry.changes.first() {
        Some(Change::Added { .. }) => ("added", "追加"),
        Some(Change::Removed { .. }) => ("removed", "削除"),
        _ => ("changed", ""),
    };
    let guess = match entry.matched {
        Some(Match::Likeness { score }) => Some(format!("{:.0}", score * 100.0)),
        _ => None,
    };
    let mut kinds: Vec<String> = entry.changes.iter().map(|c| c.kind().word().to_owned()).collect();
    kinds.dedup();
    Shown {
        // The settings are called what they are.
        subject: match entry.subject {
            Subject::Settings | Subject::Throughout => String::new(),
            _ => comparison.subject_label(entry).into_owned(),
        },
        id: identity.id.to_string(),
        name: identity.name,
        owner: format!("{} {}", identity.department, identity.section).trim().to_owned(),
        state,
        mark,
        guess,
        departments: entry.departments.join("\n"),
        kinds: kinds.join(" "),
        changes: entry.changes.iter().map(|change| lines(comparison, entry, change)).collect(),
    }
}

fn lines(comparison: &Comparison, entry: &Entry, change: &Change) -> Lines {
    let mut described = describe(comparison, change);
    described.retain(|(_, text)| text.is_changed());
    let remarks = remarks_of(entry, change).ja;
    if described.is_empty() && !remarks.is_empty() {
        described
            .push((comparison.schema.fill(change.kind().label()).into_owned(), Inline::default()));
    }
    let line = |(label, text): (String, Inline)| Line { label, runs: marked(&text) };
    Lines { kind: change.kind().word(), lines: described.into_iter().map(line).collect(), remarks }
}

fn marked(text: &Inline) -> Vec<Marked> {
    let tag = |run: &Run| match run {
        Run::Same(_) => "",
        Run::Inserted(_) => "ins",
        Run::Deleted(_) => "del",
    };
    text.0.iter().map(|run| Marked { tag: tag(run), text: run.text().to_owned() }).collect()
}
