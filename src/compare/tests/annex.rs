//! An annex of measures and KPIs no two of which are alike.

use std::collections::BTreeMap;

use crate::diag::Place;
use crate::model::{
    Annex, Entry, Figure, Front, Heading, HeadingId, Id, Kpi, Link, Listing, Measure, Reading,
    Sourced,
};
use crate::schema::keys;

pub const CATEGORIES: usize = 5;
pub const ROWS: usize = 6;

pub fn sourced<T>(value: T) -> Sourced<T> {
    Sourced::new(value, Place::default())
}

/// Text that is like no other: han characters picked by a number.
pub fn words(seed: usize, length: usize) -> String {
    let mut state = seed as u64 * 2_654_435_761 + 97;
    let pick = |_| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        char::from_u32(0x4E00 + ((state >> 33) % 6000) as u32).unwrap_or('一')
    };
    (0..length).map(pick).collect()
}

pub fn category(at: usize) -> HeadingId {
    [1 + (at / 3) as u32, 1 + (at % 3) as u32].into()
}

pub fn measure(number: usize) -> Measure {
    let id = Id::measure("R7", number as u32 + 1);
    Measure {
        entry: Entry {
            stated_id: Some(sourced(id.0.clone())),
            id,
            category: sourced(Some(category(number / ROWS))),
            name: sourced(words(number * 10, 8)),
            values: [
                (
                    keys::OVERVIEW.into(),
                    sourced(format!(
                        "{}。{}。",
                        words(number * 10 + 1, 30),
                        words(number * 10 + 2, 20)
                    )),
                ),
                (keys::PURPOSE.into(), sourced(words(number * 10 + 3, 25))),
            ]
            .into(),
            department: sourced(words(number % 4, 3)),
            section: sourced(words(number % 7 + 50, 4)),
            ..Entry::default()
        },
    }
}

pub fn figure(number: f64, unit: &str, year: i32) -> Figure {
    let reading = Reading {
        number: Some(number),
        unit: unit.to_owned(),
        fiscal_year: Some(year),
        ..Reading::default()
    };
    Figure { printed: format!("{number}{unit}({year})"), readings: vec![reading] }
}

pub fn kpi(number: usize) -> Kpi {
    let id = Id::kpi("R7", number as u32 + 1);
    let of = measure(number % (CATEGORIES * ROWS));
    Kpi {
        entry: Entry {
            stated_id: Some(sourced(id.0.clone())),
            id,
            category: sourced(Some(category(number / ROWS))),
            name: sourced(words(9000 + number, 10)),
            submitted_by: words(number % 4, 3),
            ..Entry::default()
        },
        measures: vec![Link { text: of.entry.name, measure: Some(of.entry.id) }],
        figures: [
            (keys::CURRENT.into(), sourced(figure(100.0 + number as f64, "人", 2024))),
            (keys::TARGET.into(), sourced(figure(200.0 + number as f64, "人", 2027))),
        ]
        .into(),
        ..Kpi::default()
    }
}

/// Two pillars of three and two categories with six measures and six KPIs each, and a repost of
/// the category's first measure in the next one.
pub fn annex() -> Annex {
    let mut annex = Annex {
        front: Front { version: "第1.0版".into(), ..Front::default() },
        ..Annex::default()
    };
    for number in 0..CATEGORIES * ROWS {
        annex.measures.push(measure(number));
        annex.kpis.push(kpi(number));
    }
    for at in 0..CATEGORIES {
        if at % 3 == 0 {
            let number = at as u32 / 3 + 1;
            let title = words(8000 + at, 5);
            annex.outline.push(Heading::standard(HeadingId::top(number), title));
        }
        let range = at * ROWS..(at + 1) * ROWS;
        let mut listings: Vec<Listing> = range
            .clone()
            .map(|n| Listing { measure: annex.measures[n].id.clone(), repost: false })
            .collect();
        let other = (at + 1) % CATEGORIES * ROWS;
        listings.push(Listing { measure: annex.measures[other].id.clone(), repost: true });
        annex.outline[at / 3].headings.push(Heading {
            listings,
            kpis: range.map(|n| annex.kpis[n].id.clone()).collect(),
            note: "※注".into(),
            ..Heading::standard(category(at), words(7000 + at, 6))
        });
    }
    annex
}

pub fn at(annex: &mut Annex, category: usize) -> &mut Heading {
    &mut annex.outline[category / 3].headings[category % 3]
}

/// A copy that knows no ids but those that intake would give it in printed order.
pub fn without_ids(annex: &Annex, first: u32) -> Annex {
    let mut copy = annex.clone();
    let mut ids = BTreeMap::new();
    for (at, measure) in copy.measures.iter_mut().enumerate() {
        let id = Id::measure("R7", first + at as u32);
        ids.insert(std::mem::replace(&mut measure.id, id.clone()), id);
        measure.stated_id = None;
    }
    for (at, kpi) in copy.kpis.iter_mut().enumerate() {
        let id = Id::kpi("R7", first + at as u32);
        ids.insert(std::mem::replace(&mut kpi.id, id.clone()), id);
        kpi.stated_id = None;
        for link in &mut kpi.measures {
            link.measure = link.measure.as_ref().and_then(|id| ids.get(id)).cloned();
        }
    }
    for category in copy.outline.iter_mut().flat_map(|pillar| &mut pillar.headings) {
        category.listings.iter_mut().for_each(|l| l.measure = ids[&l.measure].clone());
        category.kpis.iter_mut().for_each(|id| *id = ids[id].clone());
    }
    copy
}
