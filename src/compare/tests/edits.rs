//! Edits of the annex, each with what must be found of it.

use super::annex::{CATEGORIES, ROWS, annex, at, category, figure, kpi, measure, sourced, words};
use crate::model::{Annex, Link, Listing, Status};
use crate::schema::keys;
pub const EDITS: [&str; 31] = [
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

pub fn insert_text(text: &mut String, piece: &str) {
    let middle = text.char_indices().nth(text.chars().count() / 2).map_or(0, |(at, _)| at);
    text.insert_str(middle, piece);
}

/// One edit: its kind, the category and the row there.
pub type Edit = (usize, usize, usize);

/// Makes one edit of an entry that no other edit of that kind touches, and says what must be
/// found.
pub fn edit(annex: &mut Annex, kind: &str, c: usize, row: usize) -> String {
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
            insert_text(&mut annex.measures[n].value_mut(keys::OVERVIEW).value, "加筆");
            named(annex, "field 概要 +加筆")
        }
        "purpose" => {
            annex.measures[n].value_mut(keys::PURPOSE).value.push('等');
            named(annex, "field 目的 +等")
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
            named(annex, "field 備考 +備考")
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
            annex.kpis[n].figure_mut(keys::CURRENT).value = figure(150.0 + n as f64, "人", 2024);
            kpi_named(annex, "current [Number] 50")
        }
        "unit" => {
            annex.kpis[n].figure_mut(keys::CURRENT).value = figure(100.0 + n as f64, "件", 2024);
            kpi_named(annex, "current [Unit]")
        }
        "year" => {
            annex.kpis[n].figure_mut(keys::TARGET).value = figure(200.0 + n as f64, "人", 2028);
            kpi_named(annex, "target [Year]")
        }
        "words" => {
            annex.kpis[n].figure_mut(keys::TARGET).value.printed.insert(0, '約');
            kpi_named(annex, "target [Words]")
        }
        "kpi-measures" => {
            let other = annex.measures[n + 1].clone();
            annex.kpis[n]
                .measures
                .push(Link { text: other.entry.name, measure: Some(other.entry.id) });
            kpi_named(annex, "field 対象施策")
        }
        "kpi-remark" => {
            annex.kpis[n].note = Some(sourced("備考".into()));
            kpi_named(annex, "field 備考 +備考")
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
            format!("field KPIの注記 {}", at(annex, c).title)
        }
        "pillar" => {
            annex.outline[c / 3].title = format!("{}等", words(8000 + c / 3 * 3, 5));
            format!("renamed {}", annex.outline[c / 3].title)
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
pub fn beside_each_other(wanted: &[Edit]) -> Vec<Edit> {
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

/// Any number of edits of any kinds, several of one entry too, and what must be found.
pub fn edited(wanted: &[Edit]) -> (Annex, Vec<String>) {
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
