//! What is written in a form is what is read from it.

use std::collections::BTreeSet;

use bessatsu::diag::Place;
use bessatsu::edition::Edition;
use bessatsu::intake::{Intake, figure};
use bessatsu::model::{Annex, Entry, Figure, HeadingId, Id, Kpi, Link, Measure, Sourced, Status};
use bessatsu::schema::keys;
use bessatsu::text::clean;
use proptest::prelude::*;

use super::everything;
use crate::support::held::hold;
use crate::support::{example, office, pipeline, submissions};

pub fn read(edition: &Edition, files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Intake {
    pipeline::read(edition, None, files)
}

pub fn observations(intake: &Intake) -> Vec<String> {
    let all = intake.receipts.iter().flat_map(|r| &r.observations);
    all.map(|o| format!("{:?} {} {}", o.kind, o.at, o.found)).collect()
}

#[test]
fn an_untouched_form_gives_the_same_model_and_the_same_bytes_again() {
    let edition = example::edition();
    let source = example::annex(&edition);
    let read_once = read(&edition, submissions::of_example());
    assert_eq!(observations(&read_once), [""; 0]);
    let annex = &read_once.annex;
    assert_eq!((annex.measures.len(), annex.kpis.len()), (174, 54));
    assert_eq!(annex.listings().count(), 190);
    for (read, meant) in annex.measures.iter().zip(&source.measures) {
        assert_eq!(read.id, meant.id);
        assert_eq!(authored_measure(read), authored_measure(meant));
    }
    for (read, meant) in annex.kpis.iter().zip(&source.kpis) {
        assert_eq!(read.id, meant.id);
        assert_eq!(authored_kpi(read), authored_kpi(meant));
    }
    assert_eq!(example::written(&edition, annex), submissions::of_example());
}

#[test]
fn the_example_is_printed_in_the_order_of_its_source() {
    let edition = example::edition();
    let annex = read(&edition, submissions::of_example()).annex;
    let text = include_str!("../../editions/example/content.json");
    let content: serde_json::Value = serde_json::from_str(text).unwrap();
    let mut printed = Vec::new();
    for category in content.as_array().unwrap() {
        let number = category["category"].as_str().unwrap();
        for listing in category["measures"].as_array().unwrap() {
            let repost = listing["repost"].as_str();
            let name = repost.or(listing["name"].as_str()).unwrap();
            printed.push(format!("{number} {name} {}", repost.is_some()));
        }
    }
    let read: Vec<_> = annex
        .listings()
        .map(|(category, listing, m)| {
            format!("{} {} {}", category.id, m.name.value, listing.repost)
        })
        .collect();
    assert_eq!(read, printed);
}

/// What the department wrote of a measure, without where it stands and what follows from it.
pub fn authored_measure(m: &Measure) -> Vec<String> {
    let reposts = m.reposts.iter().map(|r| format!("{:?}", r.value));
    let texts =
        [&m.name, m.value(keys::OVERVIEW), m.value(keys::PURPOSE), &m.department, &m.section];
    let rest = [
        format!("{:?} {:?}", m.status.value, m.category.value),
        format!("{:?}", m.order.as_ref().map(|o| o.value)),
        m.note.as_ref().map_or_else(String::new, |n| n.value.clone()),
        m.submitted_by.clone(),
    ];
    texts.into_iter().map(|t| t.value.clone()).chain(reposts).chain(rest).collect()
}

fn authored_kpi(k: &Kpi) -> Vec<String> {
    let links = k.measures.iter().map(|l| l.text.value.clone());
    let rest = [
        format!("{:?} {:?}", k.status.value, k.category.value),
        format!("{:?}", k.order.as_ref().map(|o| o.value)),
        k.name.value.clone(),
        k.figure(keys::CURRENT).value.printed.clone(),
        k.figure(keys::TARGET).value.printed.clone(),
        k.note.as_ref().map_or_else(String::new, |n| n.value.clone()),
        k.submitted_by.clone(),
    ];
    links.chain(rest).collect()
}

#[test]
fn a_form_saved_by_libreoffice_comes_back_with_the_same_content() {
    let (edition, annex, bytes) = everything();
    for extension in ["xlsx", "ods", "xls"] {
        let Some(saved) = office::saved_as(&bytes, extension) else { return };
        let intake = read(&edition, [(format!("03_企画部.{extension}"), saved)]);
        assert_eq!(observations(&intake), [""; 0], "{extension}");
        assert_eq!(intake.annex.measures.len(), annex.measures.len());
        for (read, meant) in intake.annex.measures.iter().zip(&annex.measures) {
            assert_eq!(authored_measure(read), authored_measure(meant), "{extension}");
        }
        for (read, meant) in intake.annex.kpis.iter().zip(&annex.kpis) {
            assert_eq!(authored_kpi(read), authored_kpi(meant), "{extension}");
        }
        let stamp = intake.receipts[0].form.as_ref().unwrap();
        assert_eq!((stamp.edition.as_str(), stamp.version.as_str()), ("R7", "1"), "{extension}");
    }
}

/// Published text of any kind: what a department may write, under the text rules.
fn published() -> impl Strategy<Value = String> {
    let written = "[=+@'\"・\\-]?[ぁ-ん亜-滝A-Z0-9#*$_<>&%、。（）「」\n ]{0,40}";
    written.prop_map(|text| clean(&text).text)
}

fn printed() -> impl Strategy<Value = String> {
    let usual = [
        "69.0%",
        "100%",
        "1,551人",
        "7",
        "0.64日",
        "80万人",
        "2026年",
        "1,234,567",
        "未測定",
        "R7から実施",
        "①8件\n②44%",
        "191,614人(R7.1.20時点)",
        "4,200件(R9)",
        "-3",
        "1/2",
        "007",
    ];
    prop_oneof![
        prop::sample::select(usual.to_vec()).prop_map(str::to_owned),
        (0u32..3_000_000, "[人件%回]?").prop_map(|(n, unit)| format!("{n}{unit}")),
        published().prop_map(|text| figure::read(&text).printed),
    ]
}

/// A row of either table as numbers that pick words of the settings, and its texts.
fn row() -> impl Strategy<Value = (usize, Option<u8>, [String; 4], Vec<usize>, [String; 2])> {
    let texts = [published(), published(), published(), published()];
    let picks = prop::collection::vec(0usize..1000, 1..4);
    (0usize..1000, prop::option::of(1u8..9), texts, picks, [printed(), printed()])
}

#[test]
fn any_filled_in_model_comes_back_from_its_forms() {
    let rows = (prop::collection::vec(row(), 0..8), prop::collection::vec(row(), 0..5));
    // Few, because each writes and reads 28 workbooks.
    hold(24, rows, |(measures, kpis)| {
        let edition = example::edition();
        let categories: Vec<HeadingId> = edition.places().iter().map(|place| place.id).collect();
        let here = |value: String| Sourced::new(value, Place::default());
        let note = |text: &String| (!text.is_empty()).then(|| here(text.clone()));
        let order = |order: Option<u8>| order.map(|o| Sourced::new(o.into(), Place::default()));
        let pick = |n: usize| Some(categories[n % categories.len()]);
        let mut annex = Annex::default();
        for (number, (seed, at, [a, b, c, d], picks, _)) in (1..).zip(&measures) {
            let department = &edition.departments[seed % 14];
            let section = &department.sections[seed % department.sections.len()];
            let reposts: BTreeSet<_> = picks[1..].iter().map(|n| pick(*n)).collect();
            annex.measures.push(Measure {
                entry: Entry {
                    id: Id::measure("R7", number),
                    status: Sourced::new(Status::ALL[seed % 4], Place::default()),
                    category: Sourced::new(pick(picks[0]), Place::default()),
                    order: order(*at),
                    name: here(clean(&format!("施策{number} {a}")).text),
                    note: note(d),
                    submitted_by: department.name.clone(),
                    values: [
                        (keys::OVERVIEW.into(), here(b.clone())),
                        (keys::PURPOSE.into(), here(c.clone())),
                    ]
                    .into(),
                    department: here(department.name.clone()),
                    section: here(section.clone()),
                    reposts: reposts
                        .into_iter()
                        .map(|r| Sourced::new(r, Place::default()))
                        .collect(),
                    ..Entry::default()
                },
            });
        }
        for (number, (seed, at, [a, b, ..], picks, [now, then])) in (1..).zip(&kpis) {
            let link = |n: &usize| Link { text: here(format!("施策{n}")), measure: None };
            let value = |printed: &String| {
                Sourced::new(
                    Figure { printed: printed.clone(), ..Figure::default() },
                    Place::default(),
                )
            };
            annex.kpis.push(Kpi {
                entry: Entry {
                    id: Id::kpi("R7", number),
                    status: Sourced::new(Status::ALL[seed % 4], Place::default()),
                    category: Sourced::new(pick(picks[0]), Place::default()),
                    order: order(*at),
                    name: here(clean(&format!("指標{number} {a}")).text),
                    note: note(b),
                    submitted_by: edition.departments[seed % 14].name.clone(),
                    ..Entry::default()
                },
                measures: picks.iter().map(link).collect(),
                figures: [(keys::CURRENT.into(), value(now)), (keys::TARGET.into(), value(then))]
                    .into(),
                ..Kpi::default()
            });
        }
        let once = read(&edition, example::written(&edition, &annex)).annex;
        let meant: Vec<_> =
            annex.measures.iter().map(|m| (m.id.clone(), authored_measure(m))).collect();
        let got: Vec<_> =
            once.measures.iter().map(|m| (m.id.clone(), authored_measure(m))).collect();
        prop_assert_eq!(got, meant);
        let meant: Vec<_> = annex.kpis.iter().map(|k| (k.id.clone(), authored_kpi(k))).collect();
        let got: Vec<_> = once.kpis.iter().map(|k| (k.id.clone(), authored_kpi(k))).collect();
        prop_assert_eq!(got, meant);
        // The second time nothing at all differs, to the cell.
        prop_assert_eq!(read(&edition, example::written(&edition, &once)).annex, once);
        Ok(())
    });
}
