//! The drop-downs of the levels: where several columns name the place of an entry, each offers the
//! headings under those that the columns before it name.
//!
//! A heading has the number of its place among all headings. A table on the hidden sheet gives it
//! by what stands in a cell, behind the number of the heading above and [`JOINT`]; the list of what
//! is below a heading has its number in its defined name, which `INDIRECT` looks up. A cell may
//! call its heading as a person would. What is not known, and what could be two, offers every
//! heading of the level.

use std::collections::{BTreeMap, BTreeSet};

use super::lists::List;
use super::sheet;
use crate::diag::CellRef;
use crate::edition::{Edition, JOINT, Numbered, Places};
use crate::schema::{HeadingId, Role, Table};

/// The headings of the level of this number follow: `bessatsu_level_3`; and those of them that
/// stand under the heading of a number, behind the column of a level: `bessatsu_level_1_3_14`.
pub(super) const LEVEL: &str = "bessatsu_level_";
/// The numbers of the headings of a level by their names, with the level above in front:
/// `bessatsu_named_0_1`, `bessatsu_named_1_3`.
const NAMED: &str = "bessatsu_named_";
/// What is offered below a heading that no heading of the level stands under.
const NONE: &str = "－";

/// A table of two columns: what stands in the cells, and the number of the heading.
pub(super) struct Names {
    pub name: String,
    pub heading: String,
    pub rows: Vec<(String, String)>,
}

/// A level that a table has a column for, and the number of the sheet's column.
#[derive(Clone, Copy)]
struct Step {
    depth: usize,
    column: u16,
}

/// The columns of a table that name the place of an entry, the topmost level first.
fn steps(edition: &Edition, table: Table) -> Vec<Step> {
    let depths = edition.levels.columns(table);
    let lowest = depths.last().copied();
    let step = |depth: usize| {
        let role = match Some(depth) == lowest {
            true => Role::Place,
            false => Role::Above { level: u8::try_from(depth).ok()? },
        };
        Some(Step { depth, column: sheet::column(&edition.schema, table, role)? })
    };
    depths.into_iter().filter_map(step).collect()
}

/// The neighbouring levels of both tables, the upper of the topmost being 0.
fn pairs(edition: &Edition) -> BTreeSet<(usize, usize)> {
    let of_table = |table| {
        let depths = steps(edition, table).into_iter().map(|step| step.depth);
        let above: Vec<usize> = [0].into_iter().chain(depths).collect();
        above
            .windows(2)
            .filter_map(|pair| Some((*pair.first()?, *pair.last()?)))
            .collect::<Vec<_>>()
    };
    Table::ALL.into_iter().flat_map(of_table).collect()
}

/// The lists of each level, and of what stands below each heading.
pub(super) fn lists(edition: &Edition, places: &Places) -> Vec<List> {
    let (headings, pairs) = (edition.headings(), pairs(edition));
    let has_lower: BTreeSet<usize> = pairs.iter().map(|(upper, _)| *upper).collect();
    // A level that is the only one of its table has its headings among all places.
    let several = Table::ALL.map(|table| edition.levels.columns(table));
    let several = several.into_iter().filter(|depths| depths.len() > 1);
    let several: BTreeSet<usize> = several.flatten().collect();
    let listed = pairs.iter().filter(|(_, depth)| several.contains(depth));
    let mut lists: Vec<List> = Vec::new();
    for &(upper, depth) in listed {
        let word = edition.levels.word(depth);
        let (name, heading) = (format!("{LEVEL}{depth}"), format!("{word}の選択肢"));
        let labels = places.labels_at(upper, depth);
        // Two tables may ask for it behind other levels.
        match lists.iter_mut().find(|list| list.name == name) {
            Some(list) => {
                let new = labels.into_iter().filter(|label| !list.items.contains(label));
                list.items.extend(new.collect::<Vec<_>>());
            }
            None => lists.push(List { name, heading, items: labels }),
        }
    }
    for &(upper, lower) in pairs.iter().filter(|(upper, _)| *upper > 0) {
        let is_above = |heading: &Numbered| {
            heading.id.depth() < lower && has_lower.contains(&heading.id.depth())
        };
        for (number, above) in (1..).zip(&headings).filter(|(_, heading)| is_above(heading)) {
            let depth = above.id.depth();
            let below = headings.iter().filter(|heading| heading.id.depth() == lower);
            let below = below.filter(|heading| heading.id.at_level(depth) == Some(above.id));
            let mut items: Vec<String> = Vec::new();
            for label in below.map(|heading| places.in_column(upper, heading.id)) {
                if !items.contains(&label) {
                    items.push(label);
                }
            }
            if items.is_empty() {
                items.push(NONE.to_owned());
            }
            let heading = format!("{}の下の{}", above.label(), edition.levels.word(lower));
            let name = format!("{}{number}", below_name(upper, lower));
            lists.push(List { name, heading, items });
        }
    }
    lists
}

/// What the names of the lists of a level begin with, behind another: `bessatsu_level_1_3_`.
fn below_name(upper: usize, lower: usize) -> String {
    format!("{LEVEL}{upper}_{lower}_")
}

/// The tables of the numbers, of every level that others are offered below.
pub(super) fn names(edition: &Edition, places: &Places) -> Vec<Names> {
    let pairs = pairs(edition);
    let has_lower = |depth: usize| pairs.iter().any(|(upper, _)| *upper == depth);
    let asked = pairs.iter().filter(|(_, depth)| has_lower(*depth));
    asked.map(|&(upper, depth)| names_of(edition, places, upper, depth)).collect()
}

fn names_of(edition: &Edition, places: &Places, upper: usize, depth: usize) -> Names {
    let headings = edition.headings();
    let number = |id: HeadingId| {
        let at = headings.iter().position(|heading| heading.id == id);
        at.map(|at| (at + 1).to_string())
    };
    let mut rows = Rows::default();
    for heading in headings.iter().filter(|heading| heading.id.depth() == depth) {
        let Some(own) = number(heading.id) else { continue };
        let above = heading.id.at_level(upper).and_then(number);
        let in_column = places.in_column(upper, heading.id);
        for name in called(heading).into_iter().chain([in_column]) {
            if upper == 0 {
                rows.add(name, &own);
                continue;
            }
            // Nothing need stand in the column before it.
            rows.add(format!("{JOINT}{name}"), &own);
            if let Some(above) = &above {
                rows.add(format!("{above}{JOINT}{name}"), &own);
            }
        }
        if let Some(above) = &above {
            rows.add(format!("{above}{JOINT}"), above);
        }
    }
    let heading = format!("{}の番号", edition.levels.word(depth));
    Names { name: named(upper, depth), heading, rows: rows.taken() }
}

fn named(upper: usize, depth: usize) -> String {
    format!("{NAMED}{upper}_{depth}")
}

/// What is looked up, each with its number; nothing of what has two.
#[derive(Default)]
struct Rows {
    order: Vec<(String, String)>,
    /// By the letters that Excel does not tell apart.
    numbers: BTreeMap<String, Option<String>>,
}

impl Rows {
    fn add(&mut self, name: String, number: &str) {
        let known = self.numbers.get(&name.to_lowercase()).cloned();
        match known {
            None => {
                self.numbers.insert(name.to_lowercase(), Some(number.to_owned()));
                self.order.push((name, number.to_owned()));
            }
            Some(other) if other.as_deref() == Some(number) => {}
            Some(_) => _ = self.numbers.insert(name.to_lowercase(), None),
        }
    }

    fn taken(mut self) -> Vec<(String, String)> {
        let numbers = self.numbers;
        self.order
            .retain(|(name, _)| numbers.get(&name.to_lowercase()).is_some_and(Option::is_some));
        self.order
    }
}

/// What a person calls a heading: by number, by title, by both.
fn called(heading: &Numbered) -> Vec<String> {
    let own = &heading.heading;
    let mut names = vec![heading.label_in_place(), heading.label()];
    let titles: Vec<&String> = [&own.title].into_iter().chain(&own.formerly).collect();
    for number in [&heading.number, &heading.prefix] {
        names.push(number.clone());
        for title in &titles {
            names.extend(["", " ", "　"].map(|gap| format!("{number}{gap}{title}")));
        }
    }
    names.extend(titles.into_iter().cloned());
    let wide: Vec<String> = names.iter().map(|name| name.chars().map(wide).collect()).collect();
    names.extend(wide);
    names.retain(|name| !name.trim().is_empty());
    names.iter().map(|name| name.trim().to_owned()).collect()
}

/// Digits, and the signs of numbers, as Japanese text has them too.
fn wide(sign: char) -> char {
    match sign {
        '0'..='9' => {
            char::from_u32(u32::from(sign) - u32::from('0') + u32::from('０')).unwrap_or(sign)
        }
        '(' => '（',
        ')' => '）',
        '-' => '－',
        _ => sign,
    }
}

/// Where the column of a level finds what it offers: the headings under those of the columns
/// before it. `None` where there is none before it.
pub(super) fn source(edition: &Edition, table: Table, index: u16) -> Option<String> {
    let steps = steps(edition, table);
    let at = steps.iter().position(|step| step.column == index)?;
    let (own, before) = (steps.get(at)?, steps.get(..at)?);
    let mut upper = 0;
    let mut number = String::new();
    for step in before {
        let letters = CellRef::column_letters(step.column.into());
        let cell = format!("TRIM(${letters}{})", sheet::FIRST_ROW + 1);
        let key = match upper {
            0 => cell,
            _ => format!("IFERROR({number},\"\")&\"{JOINT}\"&{cell}"),
        };
        number = format!("VLOOKUP({key},{},2,0)", named(upper, step.depth));
        upper = step.depth;
    }
    let depth = own.depth;
    let below = below_name(upper, depth);
    (upper > 0).then(|| format!("=INDIRECT(IFERROR(\"{below}\"&{number},\"{LEVEL}{depth}\"))"))
}
