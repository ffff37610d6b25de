//! The example edition's forms from their readable source, `tests/editions/example/content.json`.
//!
//! The source says what is printed where, as a reader of the annex sees it: categories with
//! their measures and KPIs in printed order, a repost by its name. What a department would have
//! filled in follows from that.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bessatsu::diag::{CellRef, Place};
use bessatsu::edition::{self, Edition};
use bessatsu::forms;
use bessatsu::model::{Annex, Entry, Figure, HeadingId, Id, Kpi, Link, Measure, Sourced};
use bessatsu::schema::keys;

#[derive(serde::Deserialize)]
struct Category {
    category: HeadingId,
    measures: Vec<Listing>,
    kpis: Vec<Indicator>,
}

#[derive(serde::Deserialize)]
#[serde(untagged)]
enum Listing {
    Repost { repost: String },
    Own { name: String, overview: String, purpose: String, department: String, section: String },
}

#[derive(serde::Deserialize)]
struct Indicator {
    name: String,
    measures: Vec<String>,
    current: String,
    target: String,
}

/// The repository's folder of the example edition.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("inputs/2025")
}

/// The settings of the example edition, which have no fault.
pub fn edition() -> Edition {
    let text = std::fs::read_to_string(folder().join("edition.toml")).unwrap();
    let (edition, findings) = edition::parse("edition.toml", &text);
    assert!(findings.is_empty(), "{findings:#?}");
    edition.unwrap()
}

/// What the departments of the example edition would have filled in.
pub fn annex(edition: &Edition) -> Annex {
    let path = "tests/editions/example/content.json";
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
    let categories: Vec<Category> = serde_json::from_str(&text).unwrap();
    let mut measures = Vec::new();
    let mut kpis = Vec::new();
    for category in &categories {
        for listing in &category.measures {
            if let Listing::Own { .. } = listing {
                let id = Id::measure(edition.id(), measures.len() as u32 + 1);
                measures.push(measure(edition, category.category, listing, id));
            }
        }
    }
    let mut index: BTreeMap<String, usize> = BTreeMap::new();
    for (at, m) in measures.iter().enumerate() {
        assert!(index.insert(m.name.value.clone(), at).is_none(), "{} twice", m.name.value);
    }
    for category in &categories {
        for listing in &category.measures {
            if let Listing::Repost { repost } = listing {
                measures[index[repost]].reposts.push(here(Some(category.category)));
            }
        }
        for (order, indicator) in (1u32..).zip(&category.kpis) {
            let id = Id::kpi(edition.id(), kpis.len() as u32 + 1);
            let department = measures[index[&indicator.measures[0]]].submitted_by.clone();
            kpis.push(kpi(category.category, indicator, order, id, department));
        }
    }
    for (row, at) in (0u32..).zip(rows(&categories, &measures, &index)) {
        measures[at].name.at = row_place(row);
    }
    Annex { measures, kpis, ..Annex::default() }
}

/// The forms of an annex as files: name and bytes, in the order of the departments.
pub fn written(edition: &Edition, annex: &Annex) -> Vec<(String, Vec<u8>)> {
    let write = |department| {
        let form = forms::write(edition, department, Some(annex)).into_bytes().expect("a form");
        (forms::file_name(edition, department), form)
    };
    edition.departments.iter().map(write).collect()
}

fn here<T>(value: T) -> Sourced<T> {
    Sourced::new(value, Place::default())
}

fn row_place(row: u32) -> Place {
    let nothing: Arc<str> = "".into();
    Place::cell(&nothing, &nothing, CellRef::new(row, 0))
}

fn measure(edition: &Edition, category: HeadingId, listing: &Listing, id: Id) -> Measure {
    let Listing::Own { name, overview, purpose, department, section } = listing else {
        unreachable!("a repost has no text of its own")
    };
    let joint = edition.joints.iter().find(|j| j.department == *department);
    Measure {
        entry: Entry {
            id,
            category: here(Some(category)),
            name: here(name.clone()),
            submitted_by: joint.map_or(department, |j| &j.owners[0].department).clone(),
            values: [
                (keys::OVERVIEW.into(), here(overview.clone())),
                (keys::PURPOSE.into(), here(purpose.clone())),
            ]
            .into(),
            department: here(department.clone()),
            section: here(section.clone()),
            ..Entry::default()
        },
    }
}

fn kpi(category: HeadingId, from: &Indicator, order: u32, id: Id, department: String) -> Kpi {
    let figure = |printed: &str| here(Figure { printed: printed.to_owned(), ..Figure::default() });
    let link = |name: &String| Link { text: here(name.clone()), measure: None };
    Kpi {
        entry: Entry {
            id,
            category: here(Some(category)),
            order: Some(here(f64::from(order))),
            name: here(from.name.clone()),
            submitted_by: department,
            ..Entry::default()
        },
        measures: from.measures.iter().map(link).collect(),
        figures: [
            (keys::CURRENT.into(), figure(&from.current)),
            (keys::TARGET.into(), figure(&from.target)),
        ]
        .into(),
        ..Kpi::default()
    }
}

/// The measures in an order of rows that prints every category as the source has it: within a
/// department and section the annex follows the rows of the form, for reposts as well. Among the
/// orders that do, the one nearest to the printed order.
fn rows(
    categories: &[Category],
    measures: &[Measure],
    index: &BTreeMap<String, usize>,
) -> Vec<usize> {
    let mut before: Vec<Vec<usize>> = vec![Vec::new(); measures.len()];
    for category in categories {
        let mut last: BTreeMap<&str, usize> = BTreeMap::new();
        for listing in &category.measures {
            let (Listing::Own { name, .. } | Listing::Repost { repost: name }) = listing;
            let at = index[name];
            if let Some(earlier) = last.insert(&measures[at].section.value, at) {
                before[at].push(earlier);
            }
        }
    }
    let mut order = Vec::new();
    while order.len() < measures.len() {
        let ready = |at: &usize| {
            !order.contains(at) && before[*at].iter().all(|earlier| order.contains(earlier))
        };
        let next = (0..measures.len()).find(ready);
        order.push(next.expect("some order of rows prints every category as it stands"));
    }
    order
}
