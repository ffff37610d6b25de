//! The first settings of an edition, drawn from a form or a list that an office already uses.
//!
//! What the tables of some workbooks show ([`survey`](crate::intake::survey)) becomes a [`Draft`]: words,
//! levels and outline, columns, values of the KPIs, departments. [`settings`] writes it as the text of
//! an `edition.toml`, on the ground of the one that explains every key, with 「要確認」 wherever
//! something was guessed or is not in the forms at all. Both are functions of what is given to them
//! alone.

mod columns;
mod front;
mod kind;
mod number;
mod outline;
mod owners;
mod part;
mod table;
mod value;
mod write;

#[cfg(test)]
mod tests;

use crate::intake::survey::Survey;
use crate::schema::Table;
use columns::Columns;
use front::Front;
use outline::Outline;
use owners::Owners;
use part::Understood;

pub use write::settings;

/// What the settings of the edition are to say.
#[derive(Clone, Debug)]
pub struct Draft {
    front: Front,
    outline: Outline,
    owners: Owners,
    measures: Option<TableDraft>,
    kpis: Option<TableDraft>,
    /// What was read: file, sheet and the number of rows, and what each was taken for.
    sources: Vec<Source>,
}

/// A table that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    pub file: String,
    pub sheet: String,
    /// How many tables have the same labels.
    pub tables: usize,
    pub rows: usize,
    /// `None` where it has no names of measures or KPIs, and nothing of it is taken over.
    pub table: Option<Table>,
}

#[derive(Clone, Debug)]
struct TableDraft {
    word: String,
    is_word_guessed: bool,
    /// Name and title of its sheet, where they say what it is of.
    sheet: Option<String>,
    title: Option<String>,
    columns: Columns,
}

impl Draft {
    /// The tables that were read, in their order.
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }
}

/// What the settings of an edition made of these files would say; `None` where no table in them has
/// measures or KPIs.
pub fn draft(surveys: &[Survey]) -> Option<Draft> {
    let mut tables: Vec<Understood> = Vec::new();
    let mut sources = Vec::new();
    for (gathered, understood) in part::understand_all(table::gather(surveys)) {
        let (file, sheet) = (gathered.file.to_string(), gathered.sheet.to_string());
        let (tables_of_it, rows) = (gathered.tables, gathered.rows());
        let table = understood.as_ref().map(|understood| understood.table);
        sources.push(Source { file, sheet, tables: tables_of_it, rows, table });
        tables.extend(understood);
    }
    if tables.is_empty() {
        return None;
    }
    let outline = outline::outline(&tables);
    let levels: Vec<String> = outline.levels.iter().map(|level| level.word.clone()).collect();
    let without: &[&str] = if outline.is_by_owner {
        &[crate::schema::keys::DEPARTMENT, crate::schema::keys::SECTION]
    } else {
        &[]
    };
    let as_of =
        surveys.iter().flat_map(|survey| &survey.tables).find_map(|table| table.as_of.clone());
    let of_year = front::year(surveys, as_of.as_deref());
    let draft = |wanted: Table| {
        let of: Vec<&Understood> = tables.iter().filter(|table| table.table == wanted).collect();
        let mut columns = columns::columns(wanted, &of, of_year, &levels, without);
        columns::pair(&mut columns.values);
        front::table(wanted, of.first()?, columns)
    };
    let (measures, kpis) = (draft(Table::Measures), draft(Table::Kpis));
    let years = kpis.iter().flat_map(|kpis| &kpis.columns.values).filter_map(|value| value.year);
    let front = front::front(surveys, as_of, &years.collect::<Vec<_>>());
    Some(Draft { front, owners: owners::owners(&tables), outline, measures, kpis, sources })
}
