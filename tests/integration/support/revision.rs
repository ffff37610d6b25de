//! The second version of the example edition: the first with the edits of
//! `tests/editions/revision/edits.toml`.

use std::path::PathBuf;
use std::sync::Arc;

use bessatsu::diag::Place;
use bessatsu::edition::Edition;
use bessatsu::intake::figure;
use bessatsu::model::{
    Annex, Entry, Heading, HeadingId, Id, Kpi, Link, Listing, Measure, Owner, Sourced, Status,
};
use bessatsu::schema::keys;
use serde::Deserialize;

use super::program::root;
use super::{example, pipeline, submissions};

#[derive(Deserialize)]
struct Edits {
    edit: Vec<Edit>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", tag = "do", deny_unknown_fields)]
enum Edit {
    /// A word of the edition; of its text the part `from`, where that is given.
    Setting {
        name: String,
        from: Option<String>,
        to: String,
    },
    /// The title of a category.
    Title {
        category: HeadingId,
        to: String,
    },
    /// The note under the KPIs of a category.
    Note {
        category: HeadingId,
        to: String,
    },
    /// A part of a text of a measure, or of the name of a KPI.
    Text {
        id: Id,
        field: String,
        from: String,
        to: String,
    },
    /// 備考 of a measure.
    Remark {
        id: Id,
        to: String,
    },
    Owner {
        id: Id,
        department: String,
        section: String,
    },
    Status {
        id: Id,
        to: Status,
    },
    Add {
        id: Id,
        category: HeadingId,
        after: Id,
        name: String,
        overview: String,
        purpose: String,
        department: String,
        section: String,
    },
    AddKpi {
        id: Id,
        category: HeadingId,
        name: String,
        measures: Vec<Id>,
        current: String,
        target: String,
    },
    /// A measure or KPI that is no longer there, nor any row of it.
    Remove {
        id: Id,
    },
    /// A measure that is kept as 廃止 and no longer printed.
    Abolish {
        id: Id,
    },
    /// A measure that belongs to another category from now on.
    Move {
        id: Id,
        category: HeadingId,
        after: Id,
    },
    /// A row that stands elsewhere; that of a KPI also in another category.
    Place {
        id: Id,
        category: HeadingId,
        after: Id,
    },
    /// A measure that is listed again at the end of a category.
    Repost {
        id: Id,
        category: HeadingId,
    },
    /// A repost that is no longer there.
    Withdraw {
        id: Id,
        category: HeadingId,
    },
    /// 現状値 or 目標値 of a KPI.
    Value {
        id: Id,
        field: String,
        to: String,
    },
    /// The measures of a KPI.
    Measures {
        id: Id,
        to: Vec<Id>,
    },
}

pub fn folder() -> PathBuf {
    root().join("tests/editions/revision")
}

/// The settings, the first version, and the second.
pub fn versions() -> (Edition, Annex, Annex) {
    versions_with(|_| true)
}

/// The same with the edits that are wanted, by their number. A new measure always comes, as other
/// edits name it.
pub fn versions_with(wanted: impl Fn(usize) -> bool) -> (Edition, Annex, Annex) {
    let edition = example::edition();
    let old = pipeline::read(&edition, None, submissions::of_example()).annex;
    let text = std::fs::read_to_string(folder().join("edits.toml")).unwrap();
    let edits: Edits = toml::from_str(&text).unwrap();
    let mut new = old.clone();
    for (number, edit) in edits.edit.into_iter().enumerate() {
        if wanted(number) || matches!(edit, Edit::Add { .. }) {
            apply(&mut new, edit);
        }
    }
    new.measures.sort_by(|a, b| a.id.cmp(&b.id));
    new.kpis.sort_by(|a, b| a.id.cmp(&b.id));
    (edition, old, new)
}

fn apply(annex: &mut Annex, edit: Edit) {
    match edit {
        Edit::Setting { name, from, to } => {
            let front = &mut annex.front;
            let word = match name.as_str() {
                "version" => &mut front.version,
                "issued" => &mut front.issued,
                "introduction" => &mut front.introduction,
                other => panic!("no such word: {other}"),
            };
            *word = from.map_or(to.clone(), |from| replaced(word, &from, &to));
        }
        Edit::Title { category: id, to } => category(annex, id).title = to,
        Edit::Note { category: id, to } => category(annex, id).note = to,
        Edit::Text { id, field, from, to } => {
            let text = text(annex, &id, &field);
            text.value = replaced(&text.value, &from, &to);
        }
        Edit::Remark { id, to } => measure(annex, &id).note = Some(here(to)),
        Edit::Owner { id, department, section } => {
            let measure = measure(annex, &id);
            measure.owners =
                vec![Owner { department: department.clone(), section: section.clone() }];
            (measure.department.value, measure.section.value) = (department, section);
        }
        Edit::Status { id, to } => measure(annex, &id).status.value = to,
        Edit::Value { id, field, to } => {
            let kpi = kpi(annex, &id);
            let figure = if field == "current" {
                kpi.figure_mut(keys::CURRENT)
            } else {
                kpi.figure_mut(keys::TARGET)
            };
            figure.value = figure::read(&to);
        }
        Edit::Measures { id, to } => kpi(annex, &id).measures = links(annex, to),
        other => apply_to_rows(annex, other),
    }
}

fn apply_to_rows(annex: &mut Annex, edit: Edit) {
    match edit {
        Edit::Add { id, category, after, name, overview, purpose, department, section } => {
            annex.measures.push(Measure {
                entry: Entry {
                    id: id.clone(),
                    category: here(Some(category)),
                    name: here(name),
                    submitted_by: department.clone(),
                    status: here(Status::New),
                    values: [
                        (keys::OVERVIEW.into(), here(overview)),
                        (keys::PURPOSE.into(), here(purpose)),
                    ]
                    .into(),
                    owners: vec![Owner {
                        department: department.clone(),
                        section: section.clone(),
                    }],
                    department: here(department),
                    section: here(section),
                    ..Entry::default()
                },
            });
            insert(annex, category, id, &after);
        }
        Edit::AddKpi { id, category: place, name, measures, current, target } => {
            let kpi = Kpi {
                entry: Entry {
                    id: id.clone(),
                    category: here(Some(place)),
                    name: here(name),
                    submitted_by: "教育庁".into(),
                    ..Entry::default()
                },
                measures: links(annex, measures),
                figures: [
                    (keys::CURRENT.into(), here(figure::read(&current))),
                    (keys::TARGET.into(), here(figure::read(&target))),
                ]
                .into(),
                ..Kpi::default()
            };
            annex.kpis.push(kpi);
            category(annex, place).kpis.push(id);
        }
        Edit::Remove { id } => {
            annex.measures.retain(|measure| measure.id != id);
            annex.kpis.retain(|kpi| kpi.id != id);
            unlist(annex, &id, true);
        }
        Edit::Abolish { id } => {
            measure(annex, &id).status.value = Status::Abolished;
            unlist(annex, &id, true);
        }
        Edit::Move { id, category, after } => {
            measure(annex, &id).category.value = Some(category);
            unlist(annex, &id, false);
            insert(annex, category, id, &after);
        }
        Edit::Place { id, category, after } => {
            unlist(annex, &id, false);
            if annex.kpis.iter().any(|kpi| kpi.id == id) {
                kpi(annex, &id).category.value = Some(category);
            }
            insert(annex, category, id, &after);
        }
        Edit::Repost { id, category: place } => {
            category(annex, place).listings.push(Listing { measure: id.clone(), repost: true });
            measure(annex, &id).reposts.push(here(Some(place)));
        }
        Edit::Withdraw { id, category: place } => {
            let listings = &mut category(annex, place).listings;
            let before = listings.len();
            listings.retain(|listing| !(listing.repost && listing.measure == id));
            assert_eq!(listings.len() + 1, before, "{id}");
            measure(annex, &id).reposts.retain(|repost| repost.value != Some(place));
        }
        _ => panic!("not an edit of rows"),
    }
}

fn here<T>(value: T) -> Sourced<T> {
    let nowhere: Arc<str> = "".into();
    Sourced::new(value, Place { file: nowhere, ..Place::default() })
}

fn replaced(text: &str, from: &str, to: &str) -> String {
    assert_eq!(text.matches(from).count(), 1, "「{from}」 in 「{text}」");
    text.replace(from, to)
}

fn category(annex: &mut Annex, id: HeadingId) -> &mut Heading {
    let mut categories = annex.outline.iter_mut().flat_map(|pillar| &mut pillar.headings);
    categories.find(|category| category.id == id).unwrap()
}

fn measure<'a>(annex: &'a mut Annex, id: &Id) -> &'a mut Measure {
    annex.measures.iter_mut().find(|measure| measure.id == *id).unwrap()
}

fn kpi<'a>(annex: &'a mut Annex, id: &Id) -> &'a mut Kpi {
    annex.kpis.iter_mut().find(|kpi| kpi.id == *id).unwrap()
}

fn text<'a>(annex: &'a mut Annex, id: &Id, field: &str) -> &'a mut Sourced<String> {
    if let Some(at) = annex.kpis.iter().position(|kpi| kpi.id == *id) {
        assert_eq!(field, "name");
        return &mut annex.kpis[at].name;
    }
    let measure = measure(annex, id);
    match field {
        "name" => &mut measure.name,
        "overview" => measure.value_mut(keys::OVERVIEW),
        "purpose" => measure.value_mut(keys::PURPOSE),
        "section" => &mut measure.section,
        other => panic!("no such field: {other}"),
    }
}

fn links(annex: &Annex, ids: Vec<Id>) -> Vec<Link> {
    let link = |id: Id| Link {
        text: here(annex.measures.iter().find(|m| m.id == id).unwrap().name.value.clone()),
        measure: Some(id),
    };
    ids.into_iter().map(link).collect()
}

/// Takes an entry's rows out of the categories, those of its reposts where they go too.
fn unlist(annex: &mut Annex, id: &Id, reposts: bool) {
    for category in annex.outline.iter_mut().flat_map(|pillar| &mut pillar.headings) {
        category.listings.retain(|l| l.measure != *id || (l.repost && !reposts));
        category.kpis.retain(|kpi| kpi != id);
    }
}

fn insert(annex: &mut Annex, place: HeadingId, id: Id, after: &Id) {
    let category = category(annex, place);
    if let Some(at) = category.kpis.iter().position(|kpi| kpi == after) {
        category.kpis.insert(at + 1, id);
        return;
    }
    let own = |listing: &Listing| listing.measure == *after && !listing.repost;
    let at = category.listings.iter().position(own).unwrap();
    category.listings.insert(at + 1, Listing { measure: id, repost: false });
}
