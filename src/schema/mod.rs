//! The columns of the form: each is defined once, and everything that goes through columns
//! iterates over these definitions.
//!
//! [`standard`] has the columns of the standard edition as data. This room is the only place of
//! labels: a form is written with the label of a column and read by it and its synonyms, and the
//! papers print it. What is typed in the model (id, status, name …) is told by the column's
//! [`Role`]; every other column is a value under its [`Key`].

mod column;
mod fill;
pub mod foreign;
pub mod form;
pub mod front;
mod heading_id;
mod key;
mod kind;
pub mod outline;
pub mod reorganisation;
mod standard;
mod words;

use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::diag::Say;

pub use column::{Column, FigurePart, FigureRole, Half, NextYear, Paper, Role, ValuePart, Widths};
pub use heading_id::{HeadingId, MOST_LEVELS};
pub use key::{Key, TAKEN, keys, unused_key};
pub use kind::Kind;
pub use outline::{Level, Levels};
pub use words::{WORDS, Word, WordUse, Words};

/// The two tables of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// 様式１
    Measures,
    /// 様式２
    Kpis,
}

impl Table {
    pub const ALL: [Table; 2] = [Self::Measures, Self::Kpis];
}

/// The keys of typed fields, which no other column may have.
const RESERVED: [&str; 13] = [
    keys::ID,
    keys::STATUS,
    keys::CATEGORY,
    keys::ABOVE[0],
    keys::ABOVE[1],
    keys::ABOVE[2],
    keys::ORDER,
    keys::NAME,
    keys::DEPARTMENT,
    keys::SECTION,
    keys::REPOSTS,
    keys::MEASURES,
    keys::NOTE,
];

/// The columns of both tables, in the form's order, and the words for what stands in them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Schema {
    #[serde(default, skip_serializing_if = "Words::is_standard")]
    pub words: Words,
    pub measures: Vec<Column>,
    pub kpis: Vec<Column>,
}

static STANDARD: LazyLock<Arc<Schema>> =
    LazyLock::new(|| Arc::new(Schema::of(Words::default(), &Levels::default())));

impl Default for Schema {
    /// That of the standard edition.
    fn default() -> Self {
        (**STANDARD).clone()
    }
}

impl Schema {
    /// The schema of the standard edition.
    pub fn standard() -> Arc<Self> {
        STANDARD.clone()
    }

    /// The columns of the standard edition under labels in these words, with those that name the
    /// place of an entry under these levels.
    pub fn of(words: Words, levels: &Levels) -> Self {
        let words = words.under(levels);
        Self {
            measures: standard::measures(&words, levels),
            kpis: standard::kpis(&words, levels),
            words,
        }
    }

    pub fn is_standard(&self) -> bool {
        *self == **STANDARD
    }

    /// The same of one that is shared, for what need not be written down.
    pub fn is_standard_shared(schema: &Arc<Self>) -> bool {
        schema.is_standard()
    }

    /// The columns of a table in the form's order.
    pub fn columns(&self, table: Table) -> &[Column] {
        match table {
            Table::Measures => &self.measures,
            Table::Kpis => &self.kpis,
        }
    }

    /// The same, to be added to.
    pub fn columns_mut(&mut self, table: Table) -> &mut Vec<Column> {
        match table {
            Table::Measures => &mut self.measures,
            Table::Kpis => &mut self.kpis,
        }
    }

    /// Why it cannot be worked with: a key given twice, a typed field under another
    /// key than its own, no column of names.
    pub fn fault(&self) -> Option<Say> {
        Table::ALL.into_iter().find_map(|table| {
            let columns = self.columns(table);
            let twice = columns.iter().enumerate().find_map(|(at, column)| {
                columns.iter().skip(at + 1).find(|other| other.key == column.key)
            });
            let astray = columns.iter().find(|column| match column.role.key() {
                Some(key) => !column.is(key),
                None => RESERVED.contains(&&*column.key),
            });
            match (twice, astray, self.with_role(table, Role::Name)) {
                (Some(Column { key, .. }), ..) => Some(say!(
                    "欄「{key}」が2回定義されている",
                    "column \"{key}\" is defined twice"
                )),
                (_, Some(Column { key, .. }), _) => Some(say!(
                    "欄「{key}」の定義が合わない",
                    "column \"{key}\" is not what its key says"
                )),
                (_, _, None) => {
                    let sheet = self.words.sheet(table);
                    Some(say!("「{sheet}」に名称の欄がない", "\"{sheet}\" has no column of names"))
                }
                (None, None, Some(_)) => None,
            }
        })
    }

    /// The column of a key; `None` where the table has no such column.
    pub fn column(&self, table: Table, key: &str) -> Option<&Column> {
        self.columns(table).iter().find(|column| column.is(key))
    }

    /// The column that is this typed field of the model, if the table has it.
    pub fn with_role(&self, table: Table, role: Role) -> Option<&Column> {
        self.columns(table).iter().find(|column| column.role == role)
    }

    /// Where a column stands in its table, from 0.
    pub fn position(&self, table: Table, key: &str) -> Option<usize> {
        self.columns(table).iter().position(|column| column.is(key))
    }

    /// The label of the column of names.
    pub fn name_label(&self, table: Table) -> Cow<'_, str> {
        self.fill(match table {
            Table::Measures => "{measures.name}",
            Table::Kpis => "{kpis.name}",
        })
    }

    /// The columns of a table that stand on a paper, in the form's order.
    pub fn on(&self, table: Table, paper: Paper) -> impl Iterator<Item = &Column> {
        self.columns(table).iter().filter(move |column| column.is_on(paper))
    }

    /// The columns of the KPIs that hold a figure, in the form's order.
    pub fn figures(&self) -> impl DoubleEndedIterator<Item = &Column> {
        self.kpis.iter().filter(|column| matches!(column.role, Role::Figure { .. }))
    }

    /// The columns of the figures that stand for one of these, in the form's order.
    pub fn figures_of<'s>(&'s self, wanted: &[FigureRole]) -> impl Iterator<Item = &'s Column> {
        self.figures().filter(
            |column| matches!(&column.role, Role::Figure { role, .. } if wanted.contains(role)),
        )
    }

    /// The column of the figures that stand for something, if the KPIs have one: of several
    /// targets the last, else the first.
    pub fn figure(&self, wanted: FigureRole) -> Option<&Column> {
        let mut columns = self
            .figures()
            .filter(|column| matches!(column.role, Role::Figure { role, .. } if role == wanted));
        match wanted {
            FigureRole::Target => columns.next_back(),
            FigureRole::Base | FigureRole::Interim | FigureRole::Actual => columns.next(),
        }
    }

    /// The columns of a table that no typed field of the model holds, in the form's order.
    pub fn values(&self, table: Table) -> impl Iterator<Item = &Column> {
        self.columns(table).iter().filter(|column| column.role == Role::Value)
    }

    /// The name in the sample row of a table, by which that row is known without its mark.
    pub fn sample_name(&self, table: Table) -> &str {
        self.with_role(table, Role::Name).map_or("", |column| &column.sample)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_table_has_every_key_label_and_typed_role_once() {
        let schema = Schema::standard();
        for table in Table::ALL {
            let columns = schema.columns(table);
            let keys: BTreeSet<&str> = columns.iter().map(|column| &*column.key).collect();
            let labels = columns.iter().flat_map(|column| {
                std::iter::once(&column.label)
                    .chain(&column.synonyms)
                    .map(|label| crate::text::key(label))
            });
            let labels: Vec<String> = labels.collect();
            assert_eq!(keys.len(), columns.len(), "{table:?}");
            assert_eq!(labels.iter().collect::<BTreeSet<_>>().len(), labels.len(), "{table:?}");
            for column in columns.iter().filter(|column| column.role != Role::Value) {
                let same = columns.iter().filter(|other| other.role == column.role);
                assert_eq!(same.count(), 1, "{}", column.label);
            }
            assert!(schema.with_role(table, Role::Name).is_some());
        }
    }

    #[test]
    fn the_schema_can_be_written_and_read() {
        let schema = Schema::standard();
        let text = serde_json::to_string(&*schema).expect("it is plain data");
        assert_eq!(serde_json::from_str::<Schema>(&text).expect("it reads"), *schema);
        assert!(schema.is_standard());
        assert_eq!(schema.fault(), None);
    }

    #[test]
    fn a_schema_that_cannot_be_worked_with_says_why() {
        for (change, expected) in [
            (
                (|columns| columns.push(Column::new("overview", "概要"))) as fn(&mut Vec<Column>),
                "2回",
            ),
            (|columns| columns.push(Column::new("reposts", "再掲")), "2回"),
            (|columns| columns.retain(|column| column.role != Role::Name), "名称の欄がない"),
            (|columns| columns[0].key = "number".into(), "number"),
            (|columns| columns[0].role = Role::Value, "id"),
        ] {
            let mut schema = Schema::default();
            change(&mut schema.measures);
            assert!(schema.fault().is_some_and(|fault| fault.ja.contains(expected)), "{expected}");
        }
    }

    #[test]
    fn prompts_fit_what_excel_allows() {
        for table in Table::ALL {
            let schema = Schema::standard();
            for column in schema.columns(table) {
                assert!(column.short().chars().count() <= 32, "{}", column.label);
                for text in [&column.prompt, &column.alert].map(|text| schema.fill(text)) {
                    assert!(text.chars().count() <= 255, "{}", column.label);
                }
            }
        }
    }
}
