//! What each column of a table is: a typed field, a level of headings, a value of a KPI, or a column
//! of its own; and whether the table is of measures or of KPIs.

use std::collections::BTreeSet;

use super::number;
use super::table::Gathered;
use super::value::{self, ValueLabel};
use crate::intake::survey::{Column, Kind};
use crate::schema::{self, Schema, Table, foreign, keys};
use crate::text::key;

/// What a column is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A column of the standard form, by its key.
    Standard(&'static str),
    /// A level of headings.
    Level,
    Value(ValueLabel),
    Own,
    /// Nothing of it is taken over.
    Passed,
}

/// A table and what its columns are.
#[derive(Clone, Debug)]
pub struct Understood {
    pub table: Table,
    pub gathered: Gathered,
    pub parts: Vec<Part>,
    /// Nothing said which column has the names: it is the likeliest.
    pub is_name_guessed: bool,
}

impl Understood {
    /// The column of the standard form with a key.
    pub fn column(&self, key: &str) -> Option<usize> {
        self.parts.iter().position(|part| matches!(part, Part::Standard(known) if *known == key))
    }

    /// The columns of headings, from the left.
    pub fn levels(&self) -> Vec<usize> {
        let levels = self.parts.iter().enumerate().filter(|(_, part)| **part == Part::Level);
        levels.map(|(index, _)| index).collect()
    }
}

/// The most like a name that a column is.
struct Name {
    index: usize,
    of: Option<Table>,
    score: i32,
}

/// From this score on, a column is taken for the names without a doubt.
const SURE: i32 = 15;

/// Says what tables are; nothing of one that has nothing that could be a name. The KPIs come last:
/// by then it is known what measures are called.
pub fn understand_all(gathered: Vec<Gathered>) -> Vec<(Gathered, Option<Understood>)> {
    let understood = |gathered: Gathered, measure: Option<&str>| {
        let understood = understand(gathered.clone(), measure);
        (gathered, understood)
    };
    let mut all: Vec<_> = gathered.into_iter().map(|gathered| understood(gathered, None)).collect();
    let is = |table: Table| move |found: &&Understood| found.table == table;
    let measures = all.iter().filter_map(|(_, found)| found.as_ref()).find(is(Table::Measures));
    let name = measures.and_then(|found| {
        found.gathered.columns.get(found.column(keys::NAME)?).map(|column| column.label.clone())
    });
    if let Some(name) = name {
        for (gathered, found) in &mut all {
            if found.as_ref().is_some_and(|found| found.table == Table::Kpis) {
                *found = understand(gathered.clone(), Some(&name));
            }
        }
    }
    all
}

/// `measure` is the label of the names of measures in another table.
fn understand(gathered: Gathered, measure: Option<&str>) -> Option<Understood> {
    let columns = &gathered.columns;
    let mut parts: Vec<Part> = columns.iter().map(first_part).collect();
    let is_measure = |column: &Column| measure.is_some_and(|name| key(name) == key(&column.label));
    for (column, part) in columns.iter().zip(&mut parts) {
        if is_measure(column) && *part == Part::Own {
            *part = Part::Standard(keys::MEASURES);
        }
    }
    only_once(&mut parts);
    let names = names(&gathered, &parts);
    let stated = gathered.names.iter().find_map(|name| foreign::names(name));
    let is_kpis = has_values(&parts);
    let best = |table: Table| {
        names.iter().filter(|name| name.of == Some(table)).max_by_key(|name| name.score)
    };
    let has_overview =
        parts.iter().any(|part| matches!(part, Part::Standard(keys::OVERVIEW | keys::PURPOSE)));
    let (table, name) = match (best(Table::Measures), best(Table::Kpis)) {
        // A list of measures with a KPI beside each, or of KPIs with their measures.
        (Some(measure), Some(kpi)) => match stated {
            _ if has_overview => (Table::Measures, measure),
            Some(Table::Kpis) | None if is_kpis => (Table::Kpis, kpi),
            _ => (Table::Measures, measure),
        },
        (Some(measure), None) => (Table::Measures, measure),
        (None, Some(kpi)) => (Table::Kpis, kpi),
        (None, None) => {
            let table = stated.unwrap_or(if is_kpis { Table::Kpis } else { Table::Measures });
            (table, names.iter().max_by_key(|name| name.score)?)
        }
    };
    let (index, is_name_guessed) = (name.index, name.score < SURE);
    let is_heading = |measure: &&Name| gathered.columns.get(measure.index).is_some_and(is_numbered);
    let beside = best(Table::Measures).filter(|found| !is_heading(found));
    let beside = beside.filter(|_| measure.is_none()).map(|found| found.index);
    if table == Table::Kpis && !parts.contains(&Part::Standard(keys::MEASURES)) {
        for at in beside.into_iter().filter(|at| *at != index) {
            if let Some(part) = parts.get_mut(at).filter(|part| **part == Part::Own) {
                *part = Part::Standard(keys::MEASURES);
            }
        }
    }
    settle(table, &gathered, &mut parts, index);
    Some(Understood { table, parts, is_name_guessed, gathered })
}

/// What a column is by its own label and cells.
fn first_part(column: &Column) -> Part {
    let label = column.full_label();
    if column.is_between {
        return Part::Level;
    }
    if label.trim().is_empty() || is_reference(&label) {
        return Part::Passed;
    }
    if let Some(key) = standard(&column.label) {
        return Part::Standard(key);
    }
    if foreign::is_of_measures(&column.label) {
        return Part::Standard(keys::MEASURES);
    }
    if let Some(known) = foreign::column(&column.label).filter(|key| fits(column, key)) {
        return Part::Standard(known);
    }
    match value::read(&label) {
        Some(found) if is_of_values(column, &found) => Part::Value(found),
        _ => Part::Own,
    }
}

/// The column of our own form with this very label. Names, headings and values are told by more than
/// that.
fn standard(label: &str) -> Option<&'static str> {
    let label = key(label);
    let schema = Schema::standard();
    let known = [
        keys::ID,
        keys::STATUS,
        keys::ORDER,
        keys::OVERVIEW,
        keys::PURPOSE,
        keys::DEPARTMENT,
        keys::SECTION,
        keys::REPOSTS,
        keys::MEASURES,
        keys::NOTE,
    ];
    let is_called = |column: &schema::Column| key(&column.label) == label;
    known.into_iter().find(|known| {
        Table::ALL.into_iter().any(|table| schema.column(table, known).is_some_and(is_called))
    })
}

/// The column beside our own form that shows what the edition before had.
fn is_reference(label: &str) -> bool {
    label.starts_with("前回の") && label.ends_with("（参考）")
}

/// Whether the cells of a column are what its label says.
fn fits(column: &Column, known: &str) -> bool {
    let filled = column.filled().count();
    let share = |is: &dyn Fn(&str) -> bool| column.filled().filter(|cell| is(&cell.text)).count();
    match known {
        keys::STATUS => {
            let schema = Schema::standard();
            let words = schema.column(Table::Measures, keys::STATUS).map(|status| &status.choices);
            let is_word =
                |text: &str| words.is_some_and(|words| words.iter().any(|word| word == text));
            column.choices.iter().all(|choice| is_word(choice))
                && share(&|text| is_word(text)) == filled
                && (filled > 0 || !column.choices.is_empty() || column.label == "区分")
        }
        keys::ORDER => share(&|text| text.trim().parse::<u32>().is_ok()) == filled,
        keys::ID => {
            let is_id =
                |text: &str| text.chars().count() <= 16 && text.chars().any(|c| c.is_ascii_digit());
            share(&is_id) == filled
        }
        _ => true,
    }
}

/// Whether the cells below a label are values. A label that says so needs none.
fn is_of_values(column: &Column, label: &ValueLabel) -> bool {
    let filled = column.filled().count();
    let values = column.filled().filter(|cell| value::is_value(&cell.text)).count();
    let is_said = column.label.contains('値') || label.year.is_some();
    if !is_said && is_numbered(column) {
        return false;
    }
    if filled == 0 { is_said } else { values * 2 >= filled || (is_said && values * 4 >= filled) }
}

/// Lets the first column of a key be it; another one is a column of its own.
fn only_once(parts: &mut [Part]) {
    let mut seen = BTreeSet::new();
    for part in parts {
        if let Part::Standard(key) = part
            && !seen.insert(*key)
        {
            *part = Part::Own;
        }
    }
}

fn has_values(parts: &[Part]) -> bool {
    parts.iter().any(|part| matches!(part, Part::Value(_)))
}

/// The columns that may have the names, with how much speaks for each.
fn names(gathered: &Gathered, parts: &[Part]) -> Vec<Name> {
    let sheets: Vec<String> = gathered.names.iter().map(|name| key(foreign::bare(name))).collect();
    let columns = gathered.columns.iter().zip(parts).enumerate();
    let open = columns.filter(|(_, (column, part))| {
        matches!(part, Part::Own) && column.choices.is_empty() && column.head.is_empty()
    });
    let scored = open.map(|(index, (column, _))| {
        let word = key(foreign::bare(&column.label));
        let is_own = Table::ALL
            .into_iter()
            .find(|table| key(&Schema::standard().name_label(*table)) == key(&column.label));
        let of = is_own.or_else(|| foreign::names(&column.label));
        let mut score = if is_own.is_some() { 60 } else { 0 };
        score += match () {
            () if sheets.contains(&word) => 40,
            () if word.chars().count() >= 2 && sheets.iter().any(|sheet| sheet.contains(&word)) => {
                20
            }
            () => 0,
        };
        if word != key(&column.label) {
            score += 15;
        }
        if of.is_some() {
            score += 10;
        }
        score += by_cells(column, gathered.rows());
        // Names stand to the left of what is said of them.
        score -= i32::try_from(index).unwrap_or(i32::MAX).min(10);
        Name { index, of, score }
    });
    scored.filter(|name| name.score > 0).collect()
}

/// How much the cells speak for a column of names: all of them filled, no two alike, no numbers.
fn by_cells(column: &Column, rows: usize) -> i32 {
    let filled = column.filled().count();
    if filled == 0 {
        return if rows == 0 { 0 } else { -60 };
    }
    let numbers = column.filled().filter(|cell| cell.kind != Kind::Text).count();
    let distinct: BTreeSet<&str> = column.filled().map(|cell| cell.text.as_str()).collect();
    let long = column.filled().filter(|cell| cell.text.chars().count() > 80).count();
    let mut score = 0;
    score += if filled * 10 >= rows * 9 {
        10
    } else if filled * 2 < rows {
        -40
    } else {
        0
    };
    score += match distinct.len() * 10 / filled {
        9.. => 15,
        7..9 => 5,
        _ => -30,
    };
    if numbers * 2 > filled || long * 2 > filled {
        score -= 60;
    }
    score
}

/// Makes the columns what they are in this table, now that it is known which one has the names.
fn settle(table: Table, gathered: &Gathered, parts: &mut [Part], name: usize) {
    for (index, (column, part)) in gathered.columns.iter().zip(parts.iter_mut()).enumerate() {
        if index == name {
            *part = Part::Standard(keys::NAME);
            continue;
        }
        *part = match (&*part, table) {
            (Part::Own, _) if index < name && is_level(column) => Part::Level,
            // A year of a plan of measures is a column of its own: it holds words.
            (Part::Value(_), Table::Measures) => Part::Own,
            (Part::Standard(keys::MEASURES), Table::Measures) => Part::Own,
            (Part::Standard(keys::OVERVIEW | keys::PURPOSE), Table::Kpis) => Part::Own,
            (Part::Own, _) if column.filled().count() == 0 && column.hidden => Part::Passed,
            (other, _) => other.clone(),
        };
    }
}

/// Whether a column has headings: its label or its numbers say so, and its texts come again or are
/// numbered.
fn is_level(column: &Column) -> bool {
    let is_words = column.filled().all(|cell| cell.kind == Kind::Text);
    is_words && (is_numbered(column) || foreign::is_level(&column.label))
}

/// Whether most cells of a column are headings with numbers.
fn is_numbered(column: &Column) -> bool {
    let filled = column.filled().count();
    let is_heading = |text: &str| {
        let read = number::read(text, "");
        !read.printed.is_empty() && read.title.chars().any(char::is_alphabetic)
    };
    let numbered = column.filled().filter(|cell| is_heading(&cell.text)).count();
    filled > 0 && numbered * 10 >= filled * 6
}
