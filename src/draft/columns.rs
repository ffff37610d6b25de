//! The columns of a table as the settings declare them: what differs from the standard form.

use std::collections::BTreeSet;

use super::kind::{Content, content};
use super::part::{Part, Understood};
use super::value::{self, Sort, ValueLabel};
use crate::intake::survey;
use crate::schema::{
    self, FigureRole, Kind, Paper, Role, Schema, Table, foreign, keys, unused_key,
};
use crate::text::{key, says_nothing};

/// A table as the settings declare it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Columns {
    pub columns: Vec<Column>,
    /// The values of the KPIs; none where they are the standard ones.
    pub values: Vec<Value>,
    /// How many columns are printed side by side.
    pub printed: usize,
}

/// A column, with what of it differs from the standard form.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Column {
    pub key: String,
    pub label: Option<String>,
    pub head: Option<String>,
    pub synonyms: Option<Vec<String>>,
    pub content: Content,
    /// The standard column has to be filled in, and here it is not everywhere.
    pub is_optional: bool,
    /// Every row fills it in.
    pub is_filled: bool,
    pub longest: Option<usize>,
    pub papers: Option<Vec<Paper>>,
    pub after: Option<String>,
    pub sample: String,
    pub remark: Option<&'static str>,
}

/// A value of the KPIs.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    pub key: String,
    pub label: String,
    pub head: Option<String>,
    pub role: FigureRole,
    pub year: Option<i32>,
    /// The key of the target for the same year.
    pub over: Option<String>,
    pub synonyms: Option<Vec<String>>,
    pub sample: String,
    /// Some rows have none.
    pub is_optional: bool,
    /// The role or the year was guessed.
    pub is_guessed: bool,
}

/// The papers of a column that the office itself had hidden.
const BEHIND: [Paper; 4] = [Paper::Form, Paper::Workbook, Paper::Data, Paper::Diff];
/// Columns that the form has even where the office's has not: without them nothing is known again.
const KEPT: [&str; 3] = [keys::ID, keys::CATEGORY, keys::NAME];

/// The columns of the tables of one sort.
///
/// `of_year` is the fiscal year that the forms speak of as this one, `levels` the words of the levels of
/// headings, and `without` what is asked for in another way.
pub fn columns(
    table: Table,
    tables: &[&Understood],
    of_year: Option<i32>,
    levels: &[String],
    without: &[&str],
) -> Columns {
    let schema = Schema::default();
    let mut maker = Maker { table, schema, of_year, keys: BTreeSet::new(), last: None };
    let mut found = Columns::default();
    let mut seen = BTreeSet::new();
    let mut before: Option<String> = None;
    let labels = maker.value_labels(tables);
    for understood in tables {
        for (column, part) in understood.gathered.columns.iter().zip(&understood.parts) {
            let label = column.full_label();
            if !seen.insert(key(&label)) {
                continue;
            }
            let own = match part {
                Part::Passed => continue,
                Part::Level => {
                    before = Some(keys::CATEGORY.into());
                    continue;
                }
                Part::Standard(known) if without.contains(known) => continue,
                Part::Standard(known) => maker.standard(known, column, before.as_deref()),
                Part::Value(value) => {
                    let value = maker.value(value, column, &labels);
                    maker.see_value();
                    before = Some(value.key.clone());
                    found.values.push(value);
                    continue;
                }
                Part::Own => maker.own(&label, column, before.as_deref()),
            };
            before = Some(own.key.clone());
            found.columns.push(own);
        }
    }
    found.printed = 1
        + found.values.len()
        + found.columns.iter().filter(|column| maker.is_printed(column)).count();
    maker.hide_absent(&mut found);
    maker.part_labels(&mut found, levels);
    found.columns.retain(|column| !maker.is_usual(column));
    if maker.are_usual(&found.values) {
        found.values.clear();
    }
    found
}

struct Maker {
    table: Table,
    schema: Schema,
    of_year: Option<i32>,
    /// The keys that are given.
    keys: BTreeSet<String>,
    /// Where the last of the standard columns so far stands on the standard form.
    last: Option<usize>,
}

impl Maker {
    /// A column of the standard form.
    fn standard(
        &mut self,
        known: &'static str,
        column: &survey::Column,
        before: Option<&str>,
    ) -> Column {
        self.keys.insert(known.to_owned());
        let after = self.after(known, before);
        let usual = self.schema.column(self.table, known);
        let label = column.full_label();
        let differs = usual.is_none_or(|usual| key(&usual.label) != key(&label));
        let rows = column.cells.len();
        let filled = column.filled().count();
        let longest = column.filled().map(|cell| cell.text.chars().count()).max().unwrap_or(0);
        let too_long = usual.and_then(|usual| usual.longest).is_some_and(|most| longest > most);
        Column {
            key: known.to_owned(),
            label: differs.then_some(label),
            after,
            is_optional: usual.is_some_and(|usual| usual.filled)
                && filled * 5 < rows * 4
                && known != keys::NAME,
            longest: too_long.then(|| longest.div_ceil(100) * 100),
            ..Column::default()
        }
    }

    /// The column that a standard column is to be put behind: where it is none of this table's, or
    /// stands elsewhere on the standard form. Columns of one's own follow the standard one before
    /// them, and part no two of these.
    fn after(&mut self, known: &str, before: Option<&str>) -> Option<String> {
        let position = self.schema.position(self.table, known);
        let is_in_order = position.is_some() && position > self.last;
        self.last = self.last.max(position);
        before.filter(|_| !is_in_order).map(str::to_owned)
    }

    /// A column of the edition's own.
    fn own(&mut self, label: &str, column: &survey::Column, before: Option<&str>) -> Column {
        let content = content(column);
        let year = value::read(label).and_then(|value| Some((value.sort, value.year?)));
        let key = match (year, foreign::own_key(label)) {
            (Some((Sort::Actual, year)), _) => self.free_key(&format!("a{year}")),
            (Some((Sort::Target, year)), _) => self.free_key(&format!("t{year}")),
            (Some((_, year)), _) => self.free_key(&format!("y{year}")),
            (None, word) => self.free_key(word.unwrap_or("column")),
        };
        let rows = column.cells.len();
        let is_date_or_choice = content.kind == Kind::Choice;
        Column {
            key,
            label: Some(label.to_owned()),
            head: (!column.head.is_empty()).then(|| column.head.clone()),
            is_filled: rows > 0 && column.filled().count() == rows && !is_date_or_choice,
            content,
            papers: column.hidden.then(|| BEHIND.to_vec()),
            after: before.map(str::to_owned),
            sample: column.sample.clone(),
            remark: column.hidden.then_some("元の様式で非表示の列です。印刷しないことにしています"),
            ..Column::default()
        }
    }

    /// A key that no column has, from a word.
    fn free_key(&mut self, word: &str) -> String {
        let key = unused_key(word, |key| {
            self.keys.contains(key) || self.schema.column(self.table, key).is_some()
        });
        self.keys.insert(key.clone());
        key
    }

    /// All labels of values of the tables, by which each of them is judged.
    fn value_labels(&self, tables: &[&Understood]) -> Vec<ValueLabel> {
        let parts = tables.iter().flat_map(|table| &table.parts);
        parts
            .filter_map(|part| match part {
                Part::Value(value) => Some(value.clone()),
                _ => None,
            })
            .collect()
    }

    fn value(&mut self, value: &ValueLabel, column: &survey::Column, all: &[ValueLabel]) -> Value {
        let role = role(value, all);
        let label = column.full_label();
        let is_of_this_year =
            value.year.is_none() && (label.contains("今年度") || label.contains("当該年度"));
        let year = value.year.or(self.of_year.filter(|_| is_of_this_year));
        let key = self.value_key(value.sort, role, year);
        Value {
            key,
            head: (!column.head.is_empty()).then(|| column.head.clone()),
            is_guessed: is_of_this_year || value.sort == Sort::Bare || value.sort == Sort::Base,
            over: None,
            synonyms: None,
            sample: column.sample.clone(),
            is_optional: column
                .cells
                .iter()
                .any(|cell| cell.as_ref().is_none_or(|cell| says_nothing(&cell.text))),
            label,
            role,
            year,
        }
    }

    /// A value stands where the standard form has the first.
    fn see_value(&mut self) {
        let first = self.schema.kpis.iter().position(schema::Column::is_figure);
        self.last = self.last.max(first);
    }

    fn value_key(&mut self, sort: Sort, role: FigureRole, year: Option<i32>) -> String {
        let dated = |letter: &str, word: &str| {
            year.map_or_else(|| word.to_owned(), |year| format!("{letter}{year}"))
        };
        let word = match (sort, role) {
            (Sort::Current, _) => keys::CURRENT.to_owned(),
            (_, FigureRole::Target) => keys::TARGET.to_owned(),
            (_, FigureRole::Base) => "base".to_owned(),
            (_, FigureRole::Interim) => dated("t", "interim"),
            (_, FigureRole::Actual) => dated("a", "actual"),
        };
        let key = unused_key(&word, |key| self.keys.contains(key));
        self.keys.insert(key.clone());
        key
    }

    fn is_printed(&self, column: &Column) -> bool {
        let usual = self.schema.column(self.table, &column.key);
        let is_name = usual.is_some_and(|usual| usual.role == Role::Name);
        let papers = column.papers.as_ref();
        !is_name
            && papers.is_none_or(|papers| papers.contains(&Paper::Annex))
            && usual.is_none_or(|usual| usual.is_on(Paper::Annex))
    }

    /// Hides the standard columns that no table has.
    fn hide_absent(&self, found: &mut Columns) {
        for column in self.schema.columns(self.table) {
            let is_there = found.columns.iter().any(|known| known.key == *column.key);
            if !is_there && !column.is_figure() && !KEPT.contains(&&*column.key) {
                let papers = Some(Vec::new());
                found.columns.push(Column {
                    key: column.key.to_string(),
                    papers,
                    ..Column::default()
                });
            }
        }
    }

    /// Takes away the synonyms of standard columns that are labels of others here.
    fn part_labels(&self, found: &mut Columns, levels: &[String]) {
        let own = found
            .columns
            .iter()
            .filter_map(|column| Some((column.key.clone(), column.label.clone()?)));
        let values = found.values.iter().map(|value| (value.key.clone(), value.label.clone()));
        let levels = levels.iter().map(|word| (keys::CATEGORY.to_owned(), word.clone()));
        let labels: Vec<(String, String)> = own.chain(values).chain(levels).collect();
        for column in self.schema.columns(self.table) {
            let is_taken = |synonym: &&String| {
                labels.iter().any(|(of, label)| *of != *column.key && key(label) == key(synonym))
            };
            let (taken, free): (Vec<_>, Vec<_>) = column.synonyms.iter().partition(is_taken);
            if taken.is_empty() {
                continue;
            }
            let is_own =
                |synonym: &&String| labels.iter().any(|(_, label)| key(label) == key(synonym));
            let free: Vec<&String> = free.into_iter().filter(|synonym| !is_own(synonym)).collect();
            let free = Some(free.into_iter().cloned().collect());
            if let Some(value) = found.values.iter_mut().find(|value| value.key == *column.key) {
                value.synonyms = free;
                continue;
            }
            // A value that is not among those declared is not there at all.
            if column.is_figure() && !found.values.is_empty() {
                continue;
            }
            match found.columns.iter_mut().find(|known| known.key == *column.key) {
                Some(known) => known.synonyms = free,
                None => found.columns.push(Column {
                    key: column.key.to_string(),
                    synonyms: free,
                    ..Column::default()
                }),
            }
        }
    }

    /// Whether a declaration says nothing that the standard form does not.
    fn is_usual(&self, column: &Column) -> bool {
        let plain =
            Column { key: column.key.clone(), is_filled: column.is_filled, ..Column::default() };
        self.schema.column(self.table, &column.key).is_some() && *column == plain
    }

    /// Whether the values are those of the standard form.
    fn are_usual(&self, values: &[Value]) -> bool {
        let usual: Vec<String> = self.schema.figures().map(|column| key(&column.label)).collect();
        let labels = values.iter().map(|value| key(&value.label));
        labels.eq(usual) && values.iter().all(|value| value.year.is_none() && value.head.is_none())
    }
}

/// The role of a value among all of them: the last of the targets is the target, those before are on
/// the way.
fn role(value: &ValueLabel, all: &[ValueLabel]) -> FigureRole {
    let last = |sort: Sort| {
        all.iter().filter(|other| other.sort == sort).filter_map(|other| other.year).max()
    };
    let has = |sort: Sort| all.iter().any(|other| other.sort == sort);
    match value.sort {
        Sort::Target if has(Sort::Final) => FigureRole::Interim,
        Sort::Target => match (value.year, last(Sort::Target)) {
            (Some(year), Some(last)) if year < last => FigureRole::Interim,
            _ => FigureRole::Target,
        },
        Sort::Bare if has(Sort::Target) || has(Sort::Final) => FigureRole::Interim,
        Sort::Bare if value.year == last(Sort::Bare) => FigureRole::Target,
        sort => sort.role(),
    }
}

/// Says of each actual value which target it stands below.
pub fn pair(values: &mut [Value]) {
    let targets: Vec<(i32, String)> = values
        .iter()
        .filter(|value| value.role == FigureRole::Interim)
        .filter_map(|value| Some((value.year?, value.key.clone())))
        .collect();
    for value in values.iter_mut().filter(|value| value.role == FigureRole::Actual) {
        let target = targets.iter().find(|(year, _)| Some(*year) == value.year);
        value.over = target.map(|(_, key)| key.clone());
    }
}
