//! The tables of the open data: every column with its name, its meaning and the way to its value.
//!
//! The CSV files, `datapackage.json` and the machine-readable sheets of the workbook all come
//! from [`TABLES`], so none of them can say what another does not. The tables are in long form:
//! one value a cell, and what there can be several of (owners, places, measures of a KPI) in a
//! table of its own.

mod kpis;
mod measures;

use std::borrow::Cow;

use crate::model::{Annex, Figure, Heading, Kpi, Link, Measure, Owner, Reading, Row as _, Typed};
use crate::schema::{self, Levels, MOST_LEVELS, Paper, Role, Schema, ValuePart};
use crate::text::era::Era;

/// The value of one cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell<'a> {
    /// Not known, or not applicable; the column's description says what it means.
    Empty,
    Text(Cow<'a, str>),
    Integer(i64),
    Number(f64),
    Boolean(bool),
}

/// The type of a column, by the names of the Frictionless Table Schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    Integer,
    Number,
    Boolean,
}

/// A column of a table that every edition has.
pub struct FixedColumn {
    /// The header; unique in its table.
    name: &'static str,
    /// In Japanese, with placeholders, as the description: see [`Schema::fill`].
    title: &'static str,
    kind: Kind,
    /// Never empty.
    required: bool,
    /// What it holds, in Japanese; also what an empty cell means, unless `required`.
    description: &'static str,
    /// Every value that a column of codes can have, with its meaning in Japanese.
    codes: &'static [(&'static str, &'static str)],
    value: for<'a> fn(&Row<'a>) -> Cell<'a>,
}

/// A table: a file, or a sheet.
pub struct Table {
    /// File name without `.csv`.
    pub name: &'static str,
    /// With placeholders, as the description: see [`Schema::fill`].
    pub title: &'static str,
    pub description: &'static str,
    fixed: &'static [FixedColumn],
    /// The tables of the form that its rows come from.
    pub form_tables: &'static [schema::Table],
    /// Where the columns of the form stand that no typed field of the model holds.
    form: Option<FormColumns>,
    /// The column that says which of the form's figures a row is of.
    figure: Option<&'static str>,
    /// The columns that together name a row.
    pub key: &'static [&'static str],
    /// Columns whose values are those of another table: (column, table, its column).
    pub links: &'static [(&'static str, &'static str, &'static str)],
    pub rows: for<'a> fn(&'a Annex) -> Vec<Row<'a>>,
}

/// The columns of a table of the form among those of a table of the data.
struct FormColumns {
    table: schema::Table,
    /// The column that they stand before.
    before: &'static str,
}

/// A column of a table, of an edition.
pub struct Column<'a> {
    pub name: Cow<'a, str>,
    pub title: Cow<'a, str>,
    pub kind: Kind,
    pub required: bool,
    pub description: Cow<'a, str>,
    pub codes: Vec<(&'a str, &'a str)>,
    source: Source<'a>,
}

/// Where the values of a column come from.
enum Source<'a> {
    Fixed(for<'r> fn(&Row<'r>) -> Cell<'r>),
    Form(&'a schema::Column),
    /// The number of the heading of a level that the row stands under.
    Number(usize),
    /// Its title.
    Title(usize),
    /// What was read of a value, beside its text.
    Read(&'a schema::Column, ValuePart),
}

/// The end of the name of the column for what was read of a value.
fn name_of(part: ValuePart) -> &'static str {
    match part {
        ValuePart::Number => "number",
        ValuePart::Unit => "unit",
        ValuePart::Year => "year",
        ValuePart::From => "from",
        ValuePart::To => "to",
        ValuePart::Date => "date",
    }
}

fn kind_of(part: ValuePart) -> Kind {
    match part {
        ValuePart::Number => Kind::Number,
        ValuePart::Year | ValuePart::From | ValuePart::To => Kind::Integer,
        ValuePart::Unit | ValuePart::Date => Kind::Text,
    }
}

fn cell_of(part: ValuePart, value: &Typed) -> Cell<'_> {
    match (part, value) {
        (ValuePart::Number, Typed::Number { number, .. }) => Cell::Number(*number),
        (ValuePart::Unit, Typed::Number { unit, .. }) => text(unit.as_str()),
        (ValuePart::Year, Typed::Year { year }) => Cell::Integer((*year).into()),
        (ValuePart::From, Typed::Period { from, .. }) => integer(*from),
        (ValuePart::To, Typed::Period { to, .. }) => integer(*to),
        (ValuePart::Date, Typed::Date { date }) => text(date.as_str()),
        _ => Cell::Empty,
    }
}

/// The columns of the headings of each level, where the levels are not the standard ones.
const LEVEL_NUMBERS: [&str; MOST_LEVELS] =
    ["level1_number", "level2_number", "level3_number", "level4_number"];
const LEVEL_TITLES: [&str; MOST_LEVELS] =
    ["level1_title", "level2_title", "level3_title", "level4_title"];

impl Table {
    /// Its columns in an annex.
    pub fn columns<'a>(&self, annex: &'a Annex) -> Vec<Column<'a>> {
        let (schema, levels) = (&*annex.schema, &annex.levels);
        let mut columns = Vec::new();
        for fixed in self.fixed {
            if !levels.is_standard() && STANDARD_PLACE.contains(&fixed.name) {
                if fixed.name == PILLAR.name {
                    columns.extend(Column::of_levels(levels));
                }
                continue;
            }
            if let Some(form) = self.form.as_ref().filter(|form| form.before == fixed.name) {
                let on_paper = schema.on(form.table, Paper::Data);
                let values = on_paper.filter(|column| match column.role {
                    Role::Value => true,
                    // Of measures these are columns of every edition.
                    Role::Department | Role::Section | Role::Reposts => {
                        form.table == schema::Table::Kpis
                    }
                    _ => false,
                });
                let entry = schema.words.entry(form.table);
                columns.extend(values.flat_map(|column| self.of_form(column, entry)));
            }
            let mut column = Column::fixed(schema, fixed);
            if !levels.is_standard() && fixed.name == CATEGORY.name {
                column.description = schema.fill(CATEGORY_OF_LEVELS);
            }
            if self.figure == Some(fixed.name) {
                column.codes = figures(schema).map(|f| (&*f.key, f.label.as_str())).collect();
                let labels = column.codes.iter().map(|(_, label)| format!("{label}か"));
                column.description = labels.collect::<String>().into();
            }
            columns.push(column);
        }
        columns
    }

    /// The columns for one of the form: its text, and what was read of it.
    fn of_form<'a>(&self, column: &'a schema::Column, entry: &str) -> Vec<Column<'a>> {
        // The data have another column of some names that a form may have too.
        let is_taken = |name: &str| self.fixed.iter().any(|fixed| fixed.name == name);
        let name = |name: String| if is_taken(&name) { format!("form_{name}") } else { name };
        let text = Column::of_form(column, name(column.key.to_string()), entry);
        let parts = ValuePart::of(column.kind).iter().map(|&part| {
            let (end, what) = (name_of(part), part.label());
            Column {
                name: name(format!("{}_{end}", column.key.replace('-', "_"))).into(),
                title: format!("{}の{what}", column.short()).into(),
                kind: kind_of(part),
                required: false,
                description: format!("{}の{what}。空欄は読み取れるものなし", column.label).into(),
                codes: Vec::new(),
                source: Source::Read(column, part),
            }
        });
        std::iter::once(text).chain(parts).collect()
    }
}

impl<'a> Column<'a> {
    fn fixed(schema: &Schema, column: &FixedColumn) -> Self {
        Self {
            name: column.name.into(),
            title: schema.fill(column.title),
            kind: column.kind,
            required: column.required,
            description: schema.fill(column.description),
            codes: column.codes.to_vec(),
            source: Source::Fixed(column.value),
        }
    }

    fn of_form(column: &'a schema::Column, name: String, entry: &str) -> Self {
        Self {
            name: name.into(),
            title: column.short().into(),
            kind: Kind::Text,
            required: false,
            description: format!("{entry}の{}。空欄は記載なし", column.label).into(),
            codes: Vec::new(),
            source: Source::Form(column),
        }
    }

    /// The number and the title of the heading of each level that a row stands under.
    fn of_levels(levels: &'a Levels) -> Vec<Self> {
        let mut columns = Vec::new();
        for (at, level) in levels.iter().enumerate().take(MOST_LEVELS) {
            let (word, depth) = (level.word.as_str(), at + 1);
            let column = |name: &'a str, title: Cow<'a, str>, what: &str, source| Column {
                name: name.into(),
                title,
                kind: Kind::Text,
                required: false,
                description: format!(
                    "掲載されている{word}の{what}。空欄は、その階層より上に掲載されていることを示す"
                )
                .into(),
                codes: Vec::new(),
                source,
            };
            if let (Some(&number), Some(&title)) = (LEVEL_NUMBERS.get(at), LEVEL_TITLES.get(at)) {
                let label = format!("{word}の番号").into();
                columns.push(column(number, label, "番号", Source::Number(depth)));
                columns.push(column(title, word.into(), "名称", Source::Title(depth)));
            }
        }
        columns
    }

    pub fn value<'r>(&self, row: &Row<'r>) -> Cell<'r> {
        match (&self.source, row.measure, row.kpi) {
            (Source::Fixed(value), ..) => value(row),
            (Source::Form(column), Some(measure), _) => text(measure.text(column)),
            (Source::Form(column), None, Some(kpi)) if column.role == Role::Reposts => {
                text(places(row.annex, kpi))
            }
            (Source::Form(column), None, Some(kpi)) => text(kpi.text(column)),
            (Source::Read(column, part), measure, kpi) => {
                let entry = measure.map(|m| &m.entry).or(kpi.map(|kpi| &kpi.entry));
                let value = entry.and_then(|entry| entry.typed.get(&column.key));
                value.map_or(Cell::Empty, |value| cell_of(*part, value))
            }
            (Source::Form(_), None, None) => Cell::Empty,
            (Source::Number(depth), ..) => {
                row.heading_at(*depth).map_or(Cell::Empty, |heading| text(&heading.number))
            }
            (Source::Title(depth), ..) => {
                row.heading_at(*depth).map_or(Cell::Empty, |heading| text(&heading.title))
            }
        }
    }
}

/// The figures of the KPIs that the data have.
fn figures(schema: &Schema) -> impl Iterator<Item = &schema::Column> {
    schema.figures().filter(|column| column.is_on(Paper::Data))
}

/// What a row is about. A table sets what its columns ask for; the rest is `None`.
#[derive(Clone, Copy)]
pub struct Row<'a> {
    pub annex: &'a Annex,
    /// The heading in print.
    pub place: Option<&'a Heading>,
    /// One-based position: of a listing or KPI under its heading, of a reading in its figure.
    pub position: usize,
    pub repost: bool,
    pub measure: Option<&'a Measure>,
    pub owner: Option<&'a Owner>,
    pub kpi: Option<&'a Kpi>,
    pub link: Option<&'a Link>,
    /// The column of its figure.
    pub column: Option<&'a schema::Column>,
    pub figure: Option<&'a Figure>,
    pub reading: Option<&'a Reading>,
}

/// Every table, in the order of publication.
pub static TABLES: &[&Table] = &[
    &measures::MEASURES,
    &measures::LISTINGS,
    &measures::OWNERS,
    &kpis::KPIS,
    &kpis::KPI_MEASURES,
];

impl<'a> Row<'a> {
    fn new(annex: &'a Annex) -> Self {
        Self {
            annex,
            place: None,
            position: 0,
            repost: false,
            measure: None,
            owner: None,
            kpi: None,
            link: None,
            column: None,
            figure: None,
            reading: None,
        }
    }

    /// The heading of a level that the row stands under.
    fn heading_at(&self, depth: usize) -> Option<&'a Heading> {
        self.annex.heading(self.place?.id.at_level(depth)?)
    }
}

/// The headings that a KPI is listed under again, one a line, each with those above it.
fn places(annex: &Annex, kpi: &Kpi) -> String {
    let ids = kpi.reposts.iter().filter_map(|repost| repost.value);
    let path = |id| annex.path(id).iter().map(|heading| heading.name()).collect::<Vec<_>>();
    ids.map(|id| path(id).join("／")).collect::<Vec<_>>().join("\n")
}

/// A text; an empty one is an empty cell.
fn text<'a>(text: impl Into<Cow<'a, str>>) -> Cell<'a> {
    let text = text.into();
    if text.is_empty() { Cell::Empty } else { Cell::Text(text) }
}

fn integer(number: Option<impl Into<i64>>) -> Cell<'static> {
    number.map_or(Cell::Empty, |number| Cell::Integer(number.into()))
}

/// A calendar year by the era of its month (or of its end): 2019 with April is 平成31年.
fn calendar_era(year: i32, month: Option<u32>) -> String {
    match Era::of_day(year, month.unwrap_or(12), 1) {
        Some((era, 1)) => format!("{}元年", era.name()),
        Some((era, number)) => format!("{}{number}年", era.name()),
        None => format!("{year}年"),
    }
}

const EDITION: FixedColumn = FixedColumn {
    name: "edition",
    title: "版",
    kind: Kind::Text,
    required: true,
    description: "版の略称（R7は令和7年度版）",
    codes: &[],
    value: |row| text(&row.annex.front.edition),
};

const PILLAR: FixedColumn = FixedColumn {
    name: "pillar_number",
    title: "柱の番号",
    kind: Kind::Integer,
    required: true,
    description: "掲載されている柱の番号",
    codes: &[],
    value: |row| integer(row.place.and_then(|heading| heading.id.numbers().first().copied())),
};

const PILLAR_TITLE: FixedColumn = FixedColumn {
    name: "pillar_title",
    title: "柱",
    kind: Kind::Text,
    required: true,
    description: "掲載されている柱の名称",
    codes: &[],
    value: |row| row.heading_at(1).map_or(Cell::Empty, |heading| text(&heading.title)),
};

const CATEGORY: FixedColumn = FixedColumn {
    name: "category_id",
    title: "{place}の番号",
    kind: Kind::Text,
    required: true,
    description: "掲載されている{place}の番号。「1(2)」は柱1の2番目の{place}",
    codes: &[],
    value: |row| row.place.map_or(Cell::Empty, |heading| text(heading.id.to_string())),
};

const CATEGORY_TITLE: FixedColumn = FixedColumn {
    name: "category_title",
    title: "{place}",
    kind: Kind::Text,
    required: true,
    description: "掲載されている{place}の名称",
    codes: &[],
    value: |row| row.place.map_or(Cell::Empty, |heading| text(&heading.title)),
};

/// What the column of the ids of headings holds under other levels than the standard ones.
const CATEGORY_OF_LEVELS: &str = "掲載されている{place}の番号。一番上の階層から順に、その階層での番号をつないだもの。「1(2)」は2つ、「1-2-3」は3つの階層の番号";

/// The columns of the standard levels; other levels have others in their place.
const STANDARD_PLACE: [&str; 3] = [PILLAR.name, PILLAR_TITLE.name, CATEGORY_TITLE.name];

const MEASURE_ID: FixedColumn = FixedColumn {
    name: "measure_id",
    title: "{measures.id}",
    kind: Kind::Text,
    required: true,
    description: "{measure}のID。版が変わっても同じ{measure}には同じIDが付く",
    codes: &[],
    value: |row| row.measure.map_or(Cell::Empty, |measure| text(measure.id.as_str())),
};

const MEASURE_NAME: FixedColumn = FixedColumn {
    name: "measure_name",
    title: "{measures.name}",
    kind: Kind::Text,
    required: true,
    description: "{measure}の名称",
    codes: &[],
    value: |row| row.measure.map_or(Cell::Empty, |measure| text(measure.name.as_str())),
};

const KPI_ID: FixedColumn = FixedColumn {
    name: "kpi_id",
    title: "{kpis.id}",
    kind: Kind::Text,
    required: true,
    description: "{kpi}のID。版が変わっても同じ{kpi}には同じIDが付く",
    codes: &[],
    value: |row| row.kpi.map_or(Cell::Empty, |kpi| text(kpi.id.as_str())),
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_calendar_year_bears_the_era_of_its_month() {
        for (year, month, expected) in [
            (2024, Some(12), "令和6年"),
            (2019, Some(4), "平成31年"),
            (2019, None, "令和元年"),
            (1800, None, "1800年"),
        ] {
            assert_eq!(calendar_era(year, month), expected);
        }
    }

    #[test]
    fn every_column_is_named_once_and_every_key_and_link_is_a_column() {
        let annex = Annex::default();
        let has = |table: &Table, name: &str| table.columns(&annex).iter().any(|c| c.name == name);
        for table in TABLES {
            let columns = table.columns(&annex);
            for (at, column) in columns.iter().enumerate() {
                assert!(columns[..at].iter().all(|c| c.name != column.name));
                assert!(columns[..at].iter().all(|c| c.title != column.title));
                assert!(!column.description.is_empty(), "{}", column.name);
            }
            let form = table.form.as_ref().map(|form| form.before);
            for name in form.iter().chain(&table.figure) {
                assert!(has(table, name), "{name}");
            }
            assert!(!table.key.is_empty() && table.key.iter().all(|name| has(table, name)));
            for (column, other, its) in table.links {
                let other = TABLES.iter().find(|t| t.name == *other).expect(other);
                assert!(has(table, column) && has(other, its), "{column}");
            }
        }
    }
}
