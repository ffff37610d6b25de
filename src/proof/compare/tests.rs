//! Random edits of an annex are found exactly: none more, none fewer, and in the mirror too.

use proptest::prelude::*;

use super::*;
use crate::diag::Place;
use crate::model::{
    Category, CategoryId, Figure, Front, Id, Kpi, Link, Listing, Measure, Pillar, Reading, Sourced,
    Status,
};

const CATEGORIES: usize = 5;
const ROWS: usize = 6;

fn sourced<T>(value: T) -> Sourced<T> {
    Sourced::new(value, Place::default())
}

/// Text that is like no other: han characters picked by a number.
fn words(seed: usize, length: usize) -> String {
    let mut state = seed as u64 * 2_654_435_761 + 97;
    let pick = |_| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        char::from_u32(0x4E00 + ((state >> 33) % 6000) as u32).unwrap_or('一')
    };
    (0..length).map(pick).collect()
}

fn category(at: usize) -> CategoryId {
    CategoryId { pillar: 1 + (at / 3) as u32, category: 1 + (at % 3) as u32 }
}

fn measure(number: usize) -> Measure {
    let id = Id::measure("R7", number as u32 + 1);
    Measure {
        stated_id: Some(sourced(id.0.clone())),
        id,
        category: sourced(Some(category(number / ROWS))),
        name: sourced(words(number * 10, 8)),
        overview: sourced(format!(
            "{}。{}。",
            words(number * 10 + 1, 30),
            words(number * 10 + 2, 20)
        )),
        purpose: sourced(words(number * 10 + 3, 25)),
        department: sourced(words(number % 4, 3)),
        section: sourced(words(number % 7 + 50, 4)),
        ..Measure::default()
    }
}

fn figure(number: f64, unit: &str, year: i32) -> Figure {
    let reading = Reading {
        number: Some(number),
        unit: unit.to_owned(),
        fiscal_year: Some(year),
        ..Reading::default()
    };
    Figure { printed: format!("{number}{unit}({year})"), readings: vec![reading] }
}

fn kpi(number: usize) -> Kpi {
    let id = Id::kpi("R7", number as u32 + 1);
    let of = measure(number % (CATEGORIES * ROWS));
    Kpi {
        stated_id: Some(sourced(id.0.clone())),
        id,
        category: sourced(Some(category(number / ROWS))),
        name: sourced(words(9000 + number, 10)),
        measures: vec![Link { text: of.name, measure: Some(of.id) }],
        current: sourced(figure(100.0 + number as f64, "人", 2024)),
        target: sourced(figure(200.0 + number as f64, "人", 2027)),
        submitted_by: words(number % 4, 3),
        ..Kpi::default()
    }
}

/// Two pillars of three and two categories with six measures and six KPIs each, and a repost of
/// the category's first measure in the next one.
fn annex() -> Annex {
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
            annex.pillars.push(Pillar { number, title, categories: Vec::new() });
        }
        let range = at * ROWS..(at + 1) * ROWS;
        let mut listings: Vec<Listing> = range
            .clone()
            .map(|n| Listing { measure: annex.measures[n].id.clone(), repost: false })
            .collect();
        let other = (at + 1) % CATEGORIES * ROWS;
        listings.push(Listing { measure: annex.measures[other].id.clone(), repost: true });
        annex.pillars[at / 3].categories.push(Category {
            id: category(at),
            title: words(7000 + at, 6),
            listings,
            kpis: range.map(|n| annex.kpis[n].id.clone()).collect(),
            note: "※注".into(),
        });
    }
    annex
}

fn at(annex: &mut Annex, category: usize) -> &mut Category {
    &mut annex.pillars[category / 3].categories[category % 3]
}

const EDITS: [&str; 31] = [
    "rename",
    "overview",
    "purpose",
    "owner",
    "department",
    "note",
    "status",
    "remove",
    "abolish",
    "add",
    "move",
    "reorder",
    "repost",
    "unpost",
    "kpi-rename",
    "number",
    "unit",
    "year",
    "words",
    "kpi-measures",
    "kpi-remark",
    "kpi-status",
    "kpi-remove",
    "kpi-abolish",
    "kpi-add",
    "kpi-move",
    "kpi-reorder",
    "title",
    "kpi-note",
    "pillar",
    "setting",
];

fn insert_text(text: &mut String, piece: &str) {
    let middle = text.char_indices().nth(text.chars().count() / 2).map_or(0, |(at, _)| at);
    text.insert_str(middle, piece);
}

/// One edit: its kind, the category and the row there.
type Edit = (usize, usize, usize);

/// Makes one edit of an entry that no other edit of that kind touches, and says what must be
/// found.
fn edit(annex: &mut Annex, kind: &str, c: usize, row: usize) -> String {
    let n = c * ROWS + row;
    let (next, other) = ((c + 2) % CATEGORIES, (c + 3) % CATEGORIES);
    let named = |annex: &Annex, what: &str| format!("{what} {}", annex.measures[n].name.value);
    let kpi_named = |annex: &Annex, what: &str| format!("{what} {}", annex.kpis[n].name.value);
    let (id, kpi_id) = (annex.measures[n].id.clone(), annex.kpis[n].id.clone());
    match kind {
        "rename" => {
            insert_text(&mut annex.measures[n].name.value, "新");
            named(annex, "renamed")
        }
        "overview" => {
            insert_text(&mut annex.measures[n].overview.value, "加筆");
            named(annex, "field Overview +加筆")
        }
        "purpose" => {
            annex.measures[n].purpose.value.push('等');
            named(annex, "field Purpose +等")
        }
        "owner" => {
            annex.measures[n].section.value.push('室');
            named(annex, "owner")
        }
        "department" => {
            annex.measures[n].department.value.push('局');
            named(annex, "owner")
        }
        "note" => {
            annex.measures[n].note = Some(sourced("備考".into()));
            named(annex, "field Note +備考")
        }
        "status" => {
            annex.measures[n].status = sourced(Status::Changed);
            named(annex, "status")
        }
        "remove" | "abolish" => {
            let found = named(annex, if kind == "remove" { "removed" } else { "removed 廃止" });
            annex.measures[n].status = sourced(Status::Abolished);
            at(annex, c).listings.retain(|l| l.measure != id);
            if kind == "remove" {
                annex.measures[n].status = sourced(Status::Continued);
                annex.measures[n].id.0.push_str("-gone");
            }
            found
        }
        "add" => {
            let mut new = measure(700 + c);
            new.category = sourced(Some(category(c)));
            at(annex, c).listings.insert(1, Listing { measure: new.id.clone(), repost: false });
            let found = format!("added {}", new.name.value);
            annex.measures.push(new);
            found
        }
        "move" => {
            at(annex, c).listings.retain(|l| l.measure != id || l.repost);
            at(annex, next).listings.insert(3, Listing { measure: id, repost: false });
            annex.measures[n].category = sourced(Some(category(next)));
            named(annex, "moved")
        }
        "reorder" => {
            let own = |l: &Listing| l.measure == id && !l.repost;
            let from = at(annex, c).listings.iter().position(own).expect("listed");
            let listing = at(annex, c).listings.remove(from);
            at(annex, c).listings.push(listing);
            named(annex, "reordered")
        }
        "repost" => {
            at(annex, other).listings.push(Listing { measure: id, repost: true });
            named(annex, "repost-added")
        }
        "unpost" => {
            let gone = at(annex, c).listings.iter().position(|l| l.repost).expect("a repost");
            let gone = at(annex, c).listings.remove(gone);
            let of = annex.measures.iter().find(|m| m.id == gone.measure).expect("its measure");
            format!("repost-removed {}", of.name.value)
        }
        "kpi-rename" => {
            insert_text(&mut annex.kpis[n].name.value, "新");
            kpi_named(annex, "renamed")
        }
        "number" => {
            annex.kpis[n].current.value = figure(150.0 + n as f64, "人", 2024);
            kpi_named(annex, "current [Number] 50")
        }
        "unit" => {
            annex.kpis[n].current.value = figure(100.0 + n as f64, "件", 2024);
            kpi_named(annex, "current [Unit]")
        }
        "year" => {
            annex.kpis[n].target.value = figure(200.0 + n as f64, "人", 2028);
            kpi_named(annex, "target [Year]")
        }
        "words" => {
            annex.kpis[n].target.value.printed.insert(0, '約');
            kpi_named(annex, "target [Words]")
        }
        "kpi-measures" => {
            let other = annex.measures[n + 1].clone();
            annex.kpis[n].measures.push(Link { text: other.name, measure: Some(other.id) });
            kpi_named(annex, "field Measures")
        }
        "kpi-remark" => {
            annex.kpis[n].note = Some(sourced("備考".into()));
            kpi_named(annex, "field Note +備考")
        }
        "kpi-status" => {
            annex.kpis[n].status = sourced(Status::Changed);
            kpi_named(annex, "status")
        }
        "kpi-remove" => {
            at(annex, c).kpis.retain(|k| *k != kpi_id);
            annex.kpis[n].id.0.push_str("-gone");
            kpi_named(annex, "removed")
        }
        "kpi-abolish" => {
            at(annex, c).kpis.retain(|k| *k != kpi_id);
            annex.kpis[n].status = sourced(Status::Abolished);
            kpi_named(annex, "removed 廃止")
        }
        "kpi-add" => {
            let mut new = kpi(800 + c);
            new.category = sourced(Some(category(c)));
            new.measures.clear();
            at(annex, c).kpis.insert(0, new.id.clone());
            let found = format!("added {}", new.name.value);
            annex.kpis.push(new);
            found
        }
        "kpi-move" => {
            at(annex, c).kpis.retain(|k| *k != kpi_id);
            at(annex, next).kpis.insert(3, kpi_id);
            annex.kpis[n].category = sourced(Some(category(next)));
            kpi_named(annex, "moved")
        }
        "kpi-reorder" => {
            at(annex, c).kpis.retain(|k| *k != kpi_id);
            at(annex, c).kpis.push(kpi_id);
            kpi_named(annex, "reordered")
        }
        "title" => {
            at(annex, c).title.push('等');
            format!("renamed {}", at(annex, c).title)
        }
        "kpi-note" => {
            at(annex, c).note = "※注記".into();
            format!("field KpiNote {}", at(annex, c).title)
        }
        "pillar" => {
            annex.pillars[c / 3].title = format!("{}等", words(8000 + c / 3 * 3, 5));
            format!("renamed {}", annex.pillars[c / 3].title)
        }
        "setting" => {
            let front = &mut annex.front;
            let word = [
                &mut front.title,
                &mut front.introduction,
                &mut front.issued,
                &mut front.office,
                &mut front.period,
            ];
            word.into_iter().nth(c).expect("a word a category").push('改');
            "setting 設定".to_owned()
        }
        other => unreachable!("{other}"),
    }
}

/// Edits that can stand beside each other, in the order in which they are made: names first, for
/// the others are told under them.
fn beside_each_other(wanted: &[Edit]) -> Vec<Edit> {
    let is = |kind: usize, names: &[&str]| names.contains(&EDITS[kind]);
    // What goes away has no other change; of one figure and of one place there is one.
    let gone = ["remove", "abolish", "kpi-remove", "kpi-abolish"];
    let leaves = ["remove", "abolish", "kpi-remove", "kpi-abolish", "move", "kpi-move"];
    let reorders = ["reorder", "kpi-reorder"];
    let alike = [
        &["number", "unit"][..],
        &["year", "words"],
        &["owner", "department"],
        &["move", "reorder"],
        &["kpi-move", "kpi-reorder"],
    ];
    let whole = ["add", "unpost", "kpi-add", "title", "kpi-note", "setting"];
    let of_kpi = |kind: usize| {
        EDITS[kind].starts_with("kpi-") || is(kind, &["number", "unit", "year", "words"])
    };
    let conflict = |&(a, c, row): &Edit, &(b, d, other): &Edit| {
        if a == b && is(a, &["pillar"]) {
            return c / 3 == d / 3;
        }
        if c != d {
            return false;
        }
        if a == b && (row == other || is(a, &whole) || is(a, &reorders)) {
            return true;
        }
        // An entry that is moved down must pass at least two that stay, or either may have moved.
        let passes = |a: usize, b: usize| is(a, &reorders) && is(b, &leaves);
        if of_kpi(a) == of_kpi(b) && (passes(a, b) && row < other || passes(b, a) && other < row) {
            return true;
        }
        let settled = is(a, &whole) || is(b, &whole) || is(a, &["pillar"]) || is(b, &["pillar"]);
        row == other
            && !settled
            && of_kpi(a) == of_kpi(b)
            && (is(a, &gone) || is(b, &gone) || alike.iter().any(|list| is(a, list) && is(b, list)))
    };
    let mut edits: Vec<Edit> = Vec::new();
    for edit in wanted {
        if !edits.iter().any(|other| conflict(edit, other)) {
            edits.push(*edit);
        }
    }
    edits.sort_unstable();
    edits
}

/// What was found, in the words of [`edit`].
fn found(comparison: &Comparison) -> Vec<String> {
    let mut found = Vec::new();
    for entry in &comparison.entries {
        for change in &entry.changes {
            let what = match change {
                Change::Field { field, text }
                    if matches!(field, Field::Overview | Field::Purpose | Field::Note) =>
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
                    format!("field {field:?} +{}", inserted.concat())
                }
                Change::Field { field, .. } => format!("field {field:?}"),
                Change::Removed { abolished: true, .. } => "removed 廃止".to_owned(),
                Change::Current(f) if !f.numbers.is_empty() => {
                    format!("current {:?} {}", f.aspects, f.numbers[0].difference)
                }
                Change::Current(f) => format!("current {:?}", f.aspects),
                Change::Target(f) => format!("target {:?}", f.aspects),
                change => serde_json::to_value(change.kind())
                    .expect("a word")
                    .as_str()
                    .expect("a word")
                    .to_owned(),
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
        Change::Field { field: Field::Measures, text } => {
            let text = inline::lines(&text.new_text(), &text.old());
            Change::Field { field: Field::Measures, text }
        }
        Change::Field { field, text } => Change::Field { field, text: turn(&text) },
        Change::RepostAdded { category } => Change::RepostRemoved { category },
        Change::RepostRemoved { category } => Change::RepostAdded { category },
        Change::Current(figures) => Change::Current(turned(&figures)),
        Change::Target(figures) => Change::Target(turned(&figures)),
        Change::Status { old, new } => Change::Status { old: new, new: old },
        Change::Setting { setting, text } => Change::Setting { setting, text: turn(&text) },
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

/// A copy that knows no ids but those that intake would give it in printed order.
fn without_ids(annex: &Annex, first: u32) -> Annex {
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
    for category in copy.pillars.iter_mut().flat_map(|pillar| &mut pillar.categories) {
        category.listings.iter_mut().for_each(|l| l.measure = ids[&l.measure].clone());
        category.kpis.iter_mut().for_each(|id| *id = ids[id].clone());
    }
    copy
}

/// Any number of edits of any kinds, several of one entry too, and what must be found.
fn edited(wanted: &[Edit]) -> (Annex, Vec<String>) {
    let mut new = annex();
    let mut expected = Vec::new();
    for (kind, category, row) in beside_each_other(wanted) {
        expected.push(edit(&mut new, EDITS[kind], category, row));
    }
    new.front.version = "第1.1版".into();
    expected.push("setting 設定".into());
    // What was removed is not in the model any more.
    new.measures.retain(|m| !m.id.0.ends_with("-gone"));
    new.kpis.retain(|k| !k.id.0.ends_with("-gone"));
    expected.sort();
    (new, expected)
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
    let category = &mut twice.pillars[0].categories[1];
    category.listings.push(category.listings[2].clone());
    category.kpis.push(category.kpis[0].clone());
    for (old, new) in [(&twice, &twice), (&once, &twice), (&twice, &once)] {
        assert_eq!(found(&compare(old, new)), [""; 0]);
    }
    let mut again = annex();
    let (pillar, category) = (again.pillars[1].clone(), again.pillars[0].categories[0].clone());
    again.pillars[0].categories.push(category);
    again.pillars.push(pillar);
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
    let pillar = &mut new.pillars[0];
    for category in &mut pillar.categories {
        category.id.category += 1;
        for listing in category.listings.iter().filter(|l| !l.repost) {
            let measure = new.measures.iter_mut().find(|m| m.id == listing.measure);
            measure.expect("listed").category = sourced(Some(category.id));
        }
        for id in &category.kpis {
            let kpi = new.kpis.iter_mut().find(|k| k.id == *id);
            kpi.expect("listed").category = sourced(Some(category.id));
        }
    }
    let first = Category {
        id: category(0),
        title: "新しい分野".into(),
        listings: Vec::new(),
        kpis: Vec::new(),
        note: String::new(),
    };
    pillar.categories.insert(0, first);
    let comparison = compare(&annex(), &new);
    let kinds: Vec<(Kind, usize)> = comparison.counts.iter().map(|c| (c.kind, c.count)).collect();
    assert_eq!(kinds, [(Kind::Added, 1), (Kind::Renumbered, 3)]);
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
    let text = render::text::render(&comparison, render::text::Options::default());
    assert!(text.contains("（推定）"), "{text}");
}

#[test]
fn removed_entries_are_told_where_they_stood() {
    let mut new = annex();
    let removed = [0, 3, 5];
    let gone: Vec<Id> = removed.iter().map(|&n| new.measures[n].id.clone()).collect();
    new.measures.retain(|m| !gone.contains(&m.id));
    new.pillars[0].categories[0].listings.retain(|l| !gone.contains(&l.measure));
    new.pillars[1]
        .categories
        .iter_mut()
        .for_each(|c| c.listings.retain(|l| !gone.contains(&l.measure)));
    for n in [0, 2] {
        insert_text(&mut new.measures[n].purpose.value, "加筆");
    }
    let comparison = compare(&annex(), &new);
    let names: Vec<Id> = comparison.entries.iter().map(|e| e.identity().id).collect();
    let expected: Vec<Id> = [0, 1, 3, 4, 5].iter().map(|&n| measure(n).id).collect();
    assert_eq!(names, expected);
}

#[test]
fn two_large_editions_are_compared_in_well_under_a_second() {
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
    new.measures.iter_mut().for_each(|m| insert_text(&mut m.overview.value, "加筆"));
    let start = std::time::Instant::now();
    let comparison = compare(&without_ids(&old, 1), &without_ids(&new, 300));
    assert_eq!(comparison.entries.len(), 190);
    // Generous: unoptimised on a busy machine.
    assert!(start.elapsed().as_secs() < 10, "{:?}", start.elapsed());
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
        let read: Comparison = serde_json::from_str(&render::json::render(&comparison)).expect("JSON");
        prop_assert_eq!(read, comparison);
    }
}
