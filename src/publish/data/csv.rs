//! The CSV files for the public and the `datapackage.json` that describes them.
//!
//! UTF-8 with a byte order mark, because Excel takes a file without one for another encoding;
//! RFC 4180; one header row; one value a cell. A text that a spreadsheet would take for a formula
//! gets an apostrophe before it, as does a text that begins with one, so that taking the first
//! apostrophe away gives the text back.

use serde_json::{Value as Json, json};

use crate::model::flat::{self, Column, Kind, Table, Value};
use crate::model::{Annex, Front};

const ABOUT: &str = "UTF-8（BOM付き）、RFC 4180のCSVです。1行目は項目名で、空欄は値がないことを示します。「=」「+」「-」「@」「'」、タブまたは改行で始まる文字列には、表計算ソフトで数式にならないよう先頭に「'」を付けています。";

/// A file by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    pub name: &'static str,
    pub text: String,
}

/// `measures.csv`, `kpis.csv`, `kpi-measures.csv` and `datapackage.json`.
pub fn files(annex: &Annex) -> Vec<File> {
    let tables = flat::tables(annex);
    let names = ["measures.csv", "kpis.csv", "kpi-measures.csv"];
    let mut files: Vec<File> = names
        .into_iter()
        .zip(&tables)
        .map(|(name, table)| File { name, text: csv(table) })
        .collect();
    files.push(File { name: "datapackage.json", text: package(&annex.front, &names, &tables) });
    files
}

fn csv(table: &Table) -> String {
    let mut text = String::from("\u{feff}");
    line(&mut text, table.columns.iter().map(|column| quoted(column.name)));
    for row in &table.rows {
        line(&mut text, row.iter().map(field));
    }
    text
}

fn line(text: &mut String, fields: impl Iterator<Item = String>) {
    text.push_str(&fields.collect::<Vec<_>>().join(","));
    text.push_str("\r\n");
}

fn field(value: &Value) -> String {
    match value {
        Value::Empty => String::new(),
        Value::Whole(number) => number.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Text(text) if text.starts_with(['=', '+', '-', '@', '\'', '\t', '\r', '\n']) => {
            quoted(&format!("'{text}"))
        }
        Value::Text(text) => quoted(text),
    }
}

fn quoted(text: &str) -> String {
    if text.contains(['"', ',', '\r', '\n']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_string()
    }
}

/// A Frictionless tabular data package.
fn package(front: &Front, names: &[&str], tables: &[Table]) -> String {
    let resources: Vec<Json> =
        names.iter().zip(tables).map(|(name, table)| resource(name, table)).collect();
    let id: String = (front.edition.chars())
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect();
    let mut package = json!({
        "profile": "tabular-data-package",
        "name": if id.is_empty() { "annex".into() } else { format!("annex-{id}") },
        "title": format!("{} {}", front.title, front.volume).trim(),
        "description": ABOUT,
        "version": front.version,
        "contributors": [{ "title": front.issuer, "role": "publisher" }],
        "resources": resources,
    });
    if !front.url.is_empty() {
        package["homepage"] = front.url.as_str().into();
    }
    format!("{package:#}\n")
}

fn resource(path: &str, table: &Table) -> Json {
    let schema = json!({
        "fields": table.columns.iter().map(description).collect::<Vec<_>>(),
        "missingValues": [""],
        "primaryKey": table.key,
    });
    json!({
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": path,
        "title": table.title,
        "description": table.about,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {
            "delimiter": ",",
            "lineTerminator": "\r\n",
            "quoteChar": "\"",
            "doubleQuote": true,
            "header": true,
        },
        "schema": schema,
    })
}

fn description(column: &Column) -> Json {
    let kind = match column.kind {
        Kind::Text => "string",
        Kind::Whole => "integer",
        Kind::Number => "number",
    };
    let about = match column.blank {
        "" => column.about.to_string(),
        blank => format!("{}。空欄：{blank}", column.about),
    };
    let mut field = json!({
        "name": column.name,
        "type": kind,
        "description": about,
        "constraints": { "required": column.blank.is_empty() },
    });
    if !column.choices.is_empty() {
        field["constraints"]["enum"] = json!(column.choices);
    }
    field
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_never_a_formula_and_comes_back_whole() {
        for (text, expected) in [
            ("=1+1", "'=1+1"),
            ("+81", "'+81"),
            ("-5", "'-5"),
            ("@x", "'@x"),
            ("'x", "''x"),
            ("a,\"b\"", "\"a,\"\"b\"\"\""),
            ("=a\nb", "\"'=a\nb\""),
            ("施策", "施策"),
        ] {
            assert_eq!(field(&Value::Text(text.into())), expected);
        }
        assert_eq!(field(&Value::Number(-5.25)), "-5.25");
    }
}
