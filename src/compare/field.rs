//! The columns that a comparison speaks of.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::schema::{Column, Key, Schema, Table};

/// The ※ note under a category's KPI table: no column of the form, and a text of the annex.
const KPI_NOTE: &str = "kpi-note";
const KPI_NOTE_LABEL: &str = "{kpi}の注記";
/// What is said below a heading: likewise.
const HEADING_TEXT: &str = "heading-text";
const HEADING_TEXT_LABEL: &str = "見出しの下の文章";

/// A column of the form by its key, with what its edition calls it where there is little room.
///
/// In JSON it is its key alone where it is called as in the standard edition.
#[derive(
    Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(from = "Data", into = "Data")]
#[schemars(with = "Data")]
pub struct Field {
    key: Key,
    label: String,
}

impl Field {
    pub fn of(column: &Column) -> Self {
        Self { key: column.key.clone(), label: column.short().to_owned() }
    }

    /// The ※ note under a category's KPI table.
    pub fn kpi_note(schema: &Schema) -> Self {
        Self { key: KPI_NOTE.into(), label: schema.fill(KPI_NOTE_LABEL).into_owned() }
    }

    /// What is said below a heading.
    pub fn heading_text() -> Self {
        Self { key: HEADING_TEXT.into(), label: HEADING_TEXT_LABEL.to_owned() }
    }

    pub fn is(&self, key: &str) -> bool {
        self.key == *key
    }

    pub fn label(&self) -> &str {
        &self.label
    }
}

/// A [`Field`] in JSON.
#[derive(Deserialize, JsonSchema, Serialize)]
#[serde(untagged)]
enum Data {
    /// The key of a column of the standard edition.
    Standard(Key),
    /// Another column, or one that is called otherwise.
    Declared { key: Key, label: String },
}

impl From<Data> for Field {
    fn from(data: Data) -> Self {
        match data {
            Data::Declared { key, label } => Self { key, label },
            Data::Standard(key) => {
                // A key that no edition has is all that there is to call it by.
                let label = standard_label(&key).unwrap_or_else(|| key.to_string());
                Self { key, label }
            }
        }
    }
}

impl From<Field> for Data {
    fn from(Field { key, label }: Field) -> Self {
        if standard_label(&key).is_some_and(|standard| standard == label) {
            Self::Standard(key)
        } else {
            Self::Declared { key, label }
        }
    }
}

fn standard_label(key: &str) -> Option<String> {
    let schema = Schema::standard();
    for (other, label) in [(KPI_NOTE, KPI_NOTE_LABEL), (HEADING_TEXT, HEADING_TEXT_LABEL)] {
        if key == other {
            return Some(schema.fill(label).into_owned());
        }
    }
    let column = Table::ALL.into_iter().find_map(|table| schema.column(table, key))?;
    Some(column.short().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::keys;

    #[test]
    fn a_column_of_the_standard_edition_is_its_key_in_json() {
        let schema = Schema::standard();
        let overview = schema.column(Table::Measures, keys::OVERVIEW).expect("a column");
        let cost = Column::new("cost", "予算額");
        let called = Column::new(keys::NOTE, "連絡欄");
        for (field, json) in [
            (Field::of(overview), r#""overview""#),
            (Field::kpi_note(&schema), r#""kpi-note""#),
            (Field::of(&cost), r#"{"key":"cost","label":"予算額"}"#),
            (Field::of(&called), r#"{"key":"note","label":"連絡欄"}"#),
        ] {
            assert_eq!(serde_json::to_string(&field).expect("plain data"), json);
            assert_eq!(serde_json::from_str::<Field>(json).expect("it reads"), field);
        }
    }
}
