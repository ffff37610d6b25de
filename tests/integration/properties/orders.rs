//! Order is total: whatever the forms wish for, every entry has one place, and the order in
//! which files come makes none.

use std::cmp::Ordering;

use bessatsu::diag::{CellRef, Place};
use bessatsu::edition::Edition;
use bessatsu::intake::{self, Source};
use bessatsu::model::{Annex, Sourced};
use proptest::prelude::*;

use crate::support::held::hold;
use crate::support::{example, pipeline};

/// What a department may write for 掲載順.
fn wishes() -> impl Strategy<Value = Vec<(usize, Option<f64>)>> {
    let odd = vec![0.0, -0.0, -3.0, 0.5, 1.0, 1.5, 2.0, 99.0, 1e15, -1e15, f64::MIN_POSITIVE];
    let wish = prop_oneof![
        4 => prop::sample::select(odd).prop_map(Some),
        2 => (1u8..40).prop_map(|order| Some(order.into())),
        1 => Just(None),
    ];
    prop::collection::vec((any::<usize>(), wish), 1..40)
}

fn sources(edition: &Edition, annex: &Annex) -> Vec<Source> {
    let forms = example::written(edition, annex).into_iter();
    forms.map(|(name, bytes)| pipeline::source(&name, bytes)).collect()
}

#[test]
fn every_entry_is_listed_once_whatever_its_form_wishes() {
    let edition = example::edition();
    let annex = example::annex(&edition);
    let listed = |annex: &Annex| {
        let mut listed: Vec<(String, String, bool)> = annex
            .listings()
            .map(|(category, listing, m)| {
                (category.id.to_string(), m.id.to_string(), listing.repost)
            })
            .chain(
                annex
                    .kpi_rows()
                    .map(|(category, k)| (category.id.to_string(), k.id.to_string(), false)),
            )
            .collect();
        listed.sort();
        listed
    };
    let expected = listed(&intake::run(&edition, None, sources(&edition, &annex)).annex);
    hold(6, (wishes(), any::<u64>()), |(wishes, turn)| {
        let mut annex = annex.clone();
        for (at, wish) in wishes {
            let wish = wish.map(|order| Sourced::new(order, Place::default()));
            let (measures, kpis) = (annex.measures.len(), annex.kpis.len());
            match at % (measures + kpis) {
                at if at < measures => annex.measures[at].order = wish,
                at => annex.kpis[at - measures].order = wish,
            }
        }
        let mut files = sources(&edition, &annex);
        let once = intake::run(&edition, None, files.clone());
        prop_assert_eq!(listed(&once.annex), expected.clone());
        let length = files.len();
        files.rotate_left(turn as usize % length);
        files.swap(0, (turn >> 8) as usize % length);
        let again = intake::run(&edition, None, files);
        prop_assert_eq!(&again.annex, &once.annex);
        prop_assert_eq!(&again.receipts, &once.receipts);
        Ok(())
    });
}

fn places() -> impl Strategy<Value = Place> {
    let file = prop::sample::select(vec!["", "01_総務部.xlsx", "02.xlsx", "edition.toml"]);
    let sheet = prop::sample::select(vec![None, Some("様式１"), Some("様式２")]);
    let cell = prop::option::of((0u32..4, 0u32..4));
    let line = prop::option::of(1u32..4);
    (file, sheet, cell, line).prop_map(|(file, sheet, cell, line)| Place {
        file: file.into(),
        sheet: sheet.map(Into::into),
        cell: cell.map(|(row, column)| CellRef::new(row, column)),
        line,
        ..Place::default()
    })
}

#[test]
fn places_are_in_one_order() {
    hold(2_000, (places(), places(), places()), |(a, b, c)| {
        prop_assert_eq!(a.cmp(&b), b.cmp(&a).reverse());
        prop_assert_eq!(a.cmp(&b) == Ordering::Equal, a == b);
        if a <= b && b <= c {
            prop_assert!(a <= c);
        }
        Ok(())
    });
}
