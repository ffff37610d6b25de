//! Random edits of an annex are found exactly: none more, none fewer, and in the mirror too.

pub(super) mod annex;
mod edits;

use proptest::prelude::*;

use self::annex::{CATEGORIES, ROWS, annex, at, category, measure, sourced, without_ids};
use self::edits::{EDITS, Edit, beside_each_other, edit, edited, insert_text};
use super::*;
use crate::model::{Heading, Id, Listing};
use crate::schema::keys;

fn compare(old: &Annex, new: &Annex) -> Comparison {
    super::compare(old, new).comparison
}

/// What was found, in the words of [`edit`].
fn found(comparison: &Comparison) -> Vec<String> {
    let mut found = Vec::new();
    for entry in &comparison.entries {
        for change in &entry.changes {
            let what = match change {
                Change::Field { field, text }
                    if [keys::OVERVIEW, keys::PURPOSE, keys::NOTE].iter().any(|k| field.is(k)) =>
                {
                    let inserted: Vec<&str> = text
                        .0
                        .iter()
                        .filter_map(|run| match run {
                            Run::Inserted(text) => Some(text.as_str()),
                            Run::Deleted(_) => Some("deleted"),
                            Run::Same(_) => None,
                        })
                        .collect();
                    format!("field {} +{}", field.label(), inserted.concat())
                }
                Change::Field { field, .. } => format!("field {}", field.label()),
                Change::Removed { abolished: true, .. } => "removed 廃止".to_owned(),
                Change::Current(f) if !f.numbers.is_empty() => {
                    format!("current {:?} {}", f.aspects, f.numbers[0].difference)
                }
                Change::Current(f) => format!("current {:?}", f.aspects),
                Change::Target(f) => format!("target {:?}", f.aspects),
                change => change.kind().word().to_owned(),
            };
            found.push(format!("{what} {}", entry.identity().name));
        }
    }
    found.sort();
    found
}

/// The comparison with the sides exchanged.
fn mirror(change: &Change) -> Change {
    let turn = |text: &Inline| inline::inline(&text.new_text(), &text.old());
    let turned = |figures: &Figures| Figures {
        text: turn(&figures.text),
        aspects: figures.aspects.clone(),
        numbers: figures
            .numbers
            .iter()
            .map(|n| NumberChange {
                old: n.new,
                new: n.old,
                difference: -n.difference,
                percent: None,
                ..n.clone()
            })
            .collect(),
    };
    match change.clone() {
        Change::Added { abolished, contents } => Change::Removed { abolished, contents },
        Change::Removed { abolished, contents } => Change::Added { abolished, contents },
        Change::Renamed { text } => Change::Renamed { text: turn(&text) },
        Change::Moved { old, new } => Change::Moved { old: new, new: old },
        Change::Reordered { category: _, repost, old, new } => {
            Change::Reordered { category: None, repost, old: new, new: old }
        }
        Change::Renumbered { old, new } => Change::Renumbered { old: new, new: old },
        Change::Owner { department, section } => {
            let turn = |text: &Inline| inline::owners(&text.new_text(), &text.old());
            Change::Owner { department: turn(&department), section: turn(&section) }
        }
        Change::Field { field, text } if field.is(keys::MEASURES) => {
            let text = inline::lines(&text.new_text(), &text.old());
            Change::Field { field, text }
        }
        Change::Field { field, text } => Change::Field { field, text: turn(&text) },
        Change::RepostAdded { category } => Change::RepostRemoved { category },
        Change::RepostRemoved { category } => Change::RepostAdded { category },
        Change::Current(figures) => Change::Current(turned(&figures)),
        Change::Target(figures) => Change::Target(turned(&figures)),
        Change::Figure { field, figures } => Change::Figure { field, figures: turned(&figures) },
        Change::Status { old, new } => Change::Status { old: new, new: old },
        Change::Setting { setting, text } => Change::Setting { setting, text: turn(&text) },
        Change::Throughout { what, within, old, new, count, is_joined } => {
            Change::Throughout { what, within, old: new, new: old, count, is_joined }
        }
    }
}

/// All changes as texts in a fixed order; what the mirror cannot know is left out.
fn all(comparison: &Comparison, turned: bool) -> Vec<String> {
    let mut all = Vec::new();
    for entry in &comparison.entries {
        let (old, new) = if turned { (&entry.new, &entry.old) } else { (&entry.old, &entry.new) };
        for change in &entry.changes {
            // Twice the mirror is the thing itself, without percentages and category names.
            let change = if turned { mirror(change) } else { mirror(&mirror(change)) };
            all.push(format!("{old:?} {new:?} {change:?}"));
        }
    }
    all.sort();
    all
}

#[test]
fn every_kind_is_called_by_its_word_in_json() {
    for kind in Kind::ALL {
        assert_eq!(serde_json::to_value(kind).expect("a word"), kind.word());
    }
}

#[test]
fn an_annex_compared_with_itself_has_no_changes() {
    let annex = annex();
    let comparison = compare(&annex, &annex);
    assert!(comparison.is_empty(), "{:#?}", comparison.entries);
    assert_eq!(comparison.total(), 0);
    assert!(compare(&annex, &without_ids(&annex, 40)).is_empty());
}

#[test]
fn what_a_broken_annex_has_twice_is_no_change() {
    let once = annex();
    let mut twice = annex();
    let category = &mut twice.outline[0].headings[1];
    category.listings.push(category.listings[2].clone());
    category.kpis.push(category.kpis[0].clone());
    for (old, new) in [(&twice, &twice), (&once, &twice), (&twice, &once)] {
        assert_eq!(found(&compare(old, new)), [""; 0]);
    }
    let mut again = annex();
    let (pillar, category) = (again.outline[1].clone(), again.outline[0].headings[0].clone());
    again.outline[0].headings.push(category);
    again.outline.push(pillar);
    assert_eq!(found(&compare(&again, &again)), [""; 0]);
}

#[test]
fn each_edit_alone_is_found_alone() {
    for (kind, name) in EDITS.iter().enumerate() {
        let mut new = annex();
        let expected = edit(&mut new, name, kind % CATEGORIES, 2);
        new.measures.retain(|m| !m.id.0.ends_with("-gone"));
        new.kpis.retain(|k| !k.id.0.ends_with("-gone"));
        assert_eq!(found(&compare(&annex(), &new)), [expected], "{name}");
    }
}

#[test]
fn every_word_of_the_edition_is_compared() {
    let old = annex();
    let words = serde_json::to_value(&old.front).expect("plain data");
    for (key, word) in words.as_object().expect("a table") {
        let mut words = words.clone();
        words[key] = match word.as_i64() {
            Some(number) => (number + 1).into(),
            None => format!("{}改", word.as_str().expect("a word")).into(),
        };
        let front = serde_json::from_value(words).expect("the same table");
        let comparison = compare(&old, &Annex { front, ..old.clone() });
        assert_eq!(found(&comparison), ["setting 設定"], "{key}");
    }
}

#[test]
fn a_new_category_in_front_renumbers_the_headings_only() {
    let mut new = annex();
    let pillar = &mut new.outline[0];
    for category in &mut pillar.headings {
        category.id = [1, category.id.number() + 1].into();
        (category.number, category.prefix) = crate::schema::Levels::default().numbers(category.id);
        for listing in category.listings.iter().filter(|l| !l.repost) {
            let measure = new.measures.iter_mut().find(|m| m.id == listing.measure);
            measure.expect("listed").category = sourced(Some(category.id));
        }
        for id in &category.kpis {
            let kpi = new.kpis.iter_mut().find(|k| k.id == *id);
            kpi.expect("listed").category = sourced(Some(category.id));
        }
    }
    let first = Heading::standard(category(0), "新しい分野");
    pillar.headings.insert(0, first);
    let comparison = compare(&annex(), &new);
    let kinds: Vec<(Kind, usize)> = comparison.counts.iter().map(|c| (c.kind, c.count)).collect();
    assert_eq!(kinds, [(Kind::Added, 1), (Kind::Renumbered, 3)]);
}

/// A consolidated workbook shows ids that intake gave away like those that somebody stated.
#[test]
fn ids_that_were_given_away_anew_do_not_make_other_entries_of_the_rest() {
    let old = annex();
    let mut new = annex();
    let gone = new.measures[2].id.clone();
    let name = new.measures[2].name.value.clone();
    for category in new.outline.iter_mut().flat_map(|pillar| &mut pillar.headings) {
        category.listings.retain(|listing| listing.measure != gone);
    }
    new.measures.remove(2);
    insert_text(&mut new.measures[5].name.value, "改称");
    let renamed = new.measures[5].name.value.clone();
    let mut new = without_ids(&new, 1);
    new.measures.iter_mut().for_each(|m| m.stated_id = Some(sourced(m.id.0.clone())));
    let told = |comparison: &Comparison| {
        let mut told = found(comparison);
        told.retain(|change| !change.starts_with("renumbered"));
        told
    };
    let mut expected = vec![format!("removed {name}"), format!("renamed {renamed}")];
    expected.sort();
    assert_eq!(told(&compare(&old, &new)), expected);
    // Neither do those of an edition that has none against one that has.
    new.measures.iter_mut().for_each(|m| m.stated_id = None);
    assert_eq!(told(&compare(&old, &new)), expected);
}

#[test]
fn a_renamed_measure_without_id_is_a_marked_guess() {
    let mut new = annex();
    insert_text(&mut new.measures[4].name.value, "新");
    let comparison = compare(&without_ids(&annex(), 1), &without_ids(&new, 60));
    let [entry] = comparison.entries.as_slice() else { panic!("{comparison:#?}") };
    assert!(
        matches!(entry.matched, Some(Match::Likeness { score }) if score > LIKENESS && score < 1.0)
    );
    let text = crate::publish::comparison::text::render(
        &comparison,
        crate::publish::comparison::text::Options::default(),
    );
    assert!(text.contains("（推定）"), "{text}");
}

#[test]
fn removed_entries_are_told_where_they_stood() {
    let mut new = annex();
    let removed = [0, 3, 5];
    let gone: Vec<Id> = removed.iter().map(|&n| new.measures[n].id.clone()).collect();
    new.measures.retain(|m| !gone.contains(&m.id));
    new.outline[0].headings[0].listings.retain(|l| !gone.contains(&l.measure));
    new.outline[1]
        .headings
        .iter_mut()
        .for_each(|c| c.listings.retain(|l| !gone.contains(&l.measure)));
    for n in [0, 2] {
        insert_text(&mut new.measures[n].value_mut(keys::PURPOSE).value, "加筆");
    }
    let comparison = compare(&annex(), &new);
    let names: Vec<Id> = comparison.entries.iter().map(|e| e.identity().id).collect();
    let expected: Vec<Id> = [0, 1, 3, 4, 5].iter().map(|&n| measure(n).entry.id).collect();
    assert_eq!(names, expected);
}

#[test]
fn two_large_editions_without_ids_pair_every_measure() {
    let (mut old, mut new) = (annex(), annex());
    for number in 100..260 {
        for annex in [&mut old, &mut new] {
            let mut measure = measure(number);
            measure.category = sourced(Some(category(number % CATEGORIES)));
            let listing = Listing { measure: measure.id.clone(), repost: false };
            at(annex, number % CATEGORIES).listings.push(listing);
            annex.measures.push(measure);
        }
    }
    new.measures
        .iter_mut()
        .for_each(|m| insert_text(&mut m.value_mut(keys::OVERVIEW).value, "加筆"));
    let comparison = compare(&without_ids(&old, 1), &without_ids(&new, 300));
    assert_eq!(comparison.entries.len(), 190);
}

/// Some thirty edits, as from one version to the next. The first row of a category is that of the
/// repost, and the last two are what one that is moved down passes.
fn edits() -> impl Strategy<Value = Vec<Edit>> {
    prop::collection::vec((0..EDITS.len(), 0..CATEGORIES, 1..ROWS - 2), 1..40)
}

#[test]
fn every_kind_of_edit_is_combined_with_every_other() {
    // Of one entry where they can be, else of two.
    for (a, one) in EDITS.iter().enumerate() {
        for (b, other) in EDITS.iter().enumerate() {
            let (new, expected) = edited(&[(a, 1, 2), (b, 1, 2), (b, 1, 1)]);
            let told = found(&compare(&annex(), &new));
            assert_eq!(told, expected, "{one} and {other}");
            // At least one of them, and the version that every revision has.
            assert!(expected.len() >= 2, "{one} and {other}");
        }
    }
    let all: Vec<Edit> = (0..EDITS.len()).map(|kind| (kind, kind % CATEGORIES, 1)).collect();
    assert!(beside_each_other(&all).len() > 25, "the edits shut each other out");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn random_edits_are_found_exactly(edits in edits()) {
        let (new, expected) = edited(&edits);
        let comparison = compare(&annex(), &new);
        prop_assert_eq!(found(&comparison), expected);
        prop_assert_eq!(compare(&annex(), &new), comparison);
    }

    #[test]
    fn random_edits_are_found_without_ids(edits in edits()) {
        let (new, expected) = edited(&edits);
        prop_assert_eq!(found(&compare(&without_ids(&annex(), 1), &without_ids(&new, 50))), expected);
    }

    #[test]
    fn the_other_way_round_is_the_mirror_image(edits in edits()) {
        let (new, _) = edited(&edits);
        let (there, back) = (compare(&annex(), &new), compare(&new, &annex()));
        prop_assert_eq!(all(&there, false), all(&back, true));
    }

    #[test]
    fn json_reads_back_as_written(edits in edits()) {
        let (new, _) = edited(&edits);
        let comparison = compare(&annex(), &new);
        let read: Comparison = serde_json::from_str(&crate::publish::comparison::json::render(&comparison).into_text().unwrap()).expect("JSON");
        prop_assert_eq!(read, comparison);
    }
}
