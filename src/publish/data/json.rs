//! `annex.json`: the whole model, with the source cell of every field, and its JSON Schema.

use serde::Deserialize;

use super::first_format;
use crate::diag::Say;
use crate::model::{Annex, BrokenReference, FORMAT};
use crate::publish::artifact::{ContentType, Rendered};

/// The model as `annex.json`: UTF-8, two spaces of indentation, a line feed at the end.
///
/// [`read`] gives the same model back.
pub fn json(annex: &Annex) -> Rendered {
    // The format is the constant's, whoever made the model.
    let annex = Annex { format: FORMAT.into(), ..annex.clone() };
    let text = serde_json::to_string_pretty(&annex).map(|text| text + "\n");
    Rendered::text("annex.json", ContentType::Json, text)
}

/// Why a text is no `annex.json`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AnnexError {
    /// It is no JSON, or not of this format, at a line and column.
    Unreadable { line: usize, column: usize },
    /// It says that it is of another format.
    OtherFormat { format: String },
    /// Its columns cannot be worked with.
    Columns { fault: Say },
    /// Its ids contradict each other.
    Broken(BrokenReference),
}

impl AnnexError {
    /// The reason, to stand in brackets.
    pub fn say(&self) -> Say {
        match self {
            Self::Unreadable { line, column } => say!(
                "annex.jsonの{line}行目{column}桁を読み取れません",
                "line {line}, column {column} of annex.json cannot be read"
            ),
            Self::OtherFormat { format } => say!(
                "annex.jsonの形式が「{FORMAT}」ではありません（format：「{format}」）",
                "the format of annex.json is not \"{FORMAT}\" (format: \"{format}\")"
            ),
            Self::Columns { fault: Say { ja, en } } => say!(
                "annex.jsonの欄の定義を使えません（{ja}）",
                "the columns of annex.json cannot be used ({en})"
            ),
            Self::Broken(fault) => {
                let Say { ja, en } = fault.say();
                say!("annex.jsonの中で、{ja}", "in annex.json, {en}")
            }
        }
    }
}

impl From<serde_json::Error> for AnnexError {
    fn from(error: serde_json::Error) -> Self {
        Self::Unreadable { line: error.line(), column: error.column() }
    }
}

/// Reads `annex.json`, of the present format or of the one before.
///
/// # Errors
/// The text is not JSON or not this format; an id is given twice; a listing or a category's KPI is
/// not among the measures and KPIs; its columns cannot be worked with.
pub fn read(text: &str) -> Result<Annex, AnnexError> {
    #[derive(Deserialize)]
    struct Head {
        #[serde(default)]
        format: String,
    }

    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let head: Head = serde_json::from_str(text)?;
    let mut annex: Annex = match head.format.as_str() {
        FORMAT => serde_json::from_str(text)?,
        first_format::FORMAT => first_format::read(text)?,
        _ => return Err(AnnexError::OtherFormat { format: head.format }),
    };
    if let Some(fault) = annex.schema.fault() {
        return Err(AnnexError::Columns { fault });
    }
    // Entries are looked up by id, and the file may have been edited by hand.
    annex.measures.sort_by(|a, b| a.id.cmp(&b.id));
    annex.kpis.sort_by(|a, b| a.id.cmp(&b.id));
    match annex.broken_reference() {
        Some(fault) => Err(AnnexError::Broken(fault)),
        None => Ok(annex),
    }
}

/// The JSON Schema (2020-12) of `annex.json`; the repository has it as `annex.schema.json`
/// beside this file.
///
/// # Errors
/// As [`json`].
pub fn schema() -> serde_json::Result<String> {
    let schema = schemars::schema_for!(Annex);
    let mut text = serde_json::to_string_pretty(&schema)?;
    text.push('\n');
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Entry, Id, Kpi, Measure};
    use crate::schema::keys;

    #[test]
    fn what_is_not_this_format_is_refused_with_its_place() {
        for (text, expected) in [
            ("{", "1行目1桁"),
            ("{}", "format：「」"),
            (r#"{"format": "bessatsu-annex/3"}"#, "bessatsu-annex/3"),
            (r#"{"format": "bessatsu-annex/2", "front": 3}"#, "1行目"),
            (r#"{"format": "bessatsu-annex/1", "front": 3}"#, "1行目"),
        ] {
            let error = read(text).expect_err(text).say().ja;
            assert!(error.contains(expected), "{text}: {error}");
        }
    }

    #[test]
    fn the_format_before_is_read_as_the_present_one() {
        let mut annex = Annex { format: FORMAT.into(), ..Annex::default() };
        let id = |id: &str| Entry { id: Id(id.into()), ..Entry::default() };
        let mut measure = Measure { entry: id("R7-001") };
        measure.value_mut(keys::OVERVIEW).value = "概要".into();
        measure.value_mut(keys::PURPOSE).value = "目的".into();
        annex.measures.push(measure);
        let mut kpi = Kpi { entry: id("R7-K01"), ..Kpi::default() };
        kpi.figure_mut(keys::CURRENT).value.printed = "1人".into();
        kpi.figure_mut(keys::TARGET).value.printed = "2人".into();
        annex.kpis.push(kpi);
        let mut first: serde_json::Value =
            serde_json::from_str(&json(&annex).into_text().unwrap()).expect("it is JSON");
        first["format"] = first_format::FORMAT.into();
        for (rows, field) in [("measures", "values"), ("kpis", "figures")] {
            let row = first[rows][0].as_object_mut().expect("a row");
            let moved = row.remove(field).expect("its columns");
            row.extend(moved.as_object().expect("by key").clone());
        }
        assert_eq!(read(&first.to_string()), Ok(annex));
    }
}
