//! `datapackage.json`: describes the CSV files (Frictionless Data Package 2.0).

use serde_json::{Map, Value, json};

use super::csv;
use crate::model::Annex;
use crate::publish::artifact::{Artifact, ContentType, Rendered};
use crate::publish::tables::{Column, Kind, TABLES, Table};
use crate::schema::{self, Words};

/// Every file of the open data with its name: the CSV files, then `datapackage.json`.
pub fn render(annex: &Annex) -> Rendered {
    let csv = |table: &&Table| {
        let text = csv::render(table, annex);
        Artifact::new(path(table), ContentType::Csv, text.into_bytes())
    };
    let mut artifacts: Vec<Artifact> = TABLES.iter().map(csv).collect();
    let package = describe(annex, &artifacts).map(|text| text + "\n");
    let package = Rendered::text("datapackage.json", ContentType::Json, package);
    if package.artifacts.is_empty() {
        return package;
    }
    artifacts.extend(package.artifacts);
    Rendered { artifacts, findings: Vec::new() }
}

fn path(table: &Table) -> String {
    format!("{}.csv", table.name)
}

fn describe(annex: &Annex, files: &[Artifact]) -> serde_json::Result<String> {
    let front = &annex.front;
    let Words { measures, kpis, .. } = &annex.schema.words;
    let [has_measures, has_kpis] = schema::Table::ALL.map(|table| annex.levels.have(table));
    let what = [(has_measures, measures), (has_kpis, kpis)];
    let what = what.into_iter().filter(|(is_there, _)| *is_there).map(|(_, word)| word.as_str());
    let what = what.collect::<Vec<_>>().join("と");
    let mut package = json!({
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": package_name(&front.edition),
        "title": format!("{} {} {}", front.title, front.volume, front.chapter),
        "description": format!(
            "{}の{what}（{}、{}）。{}",
            front.title, front.version, front.issued, csv::GUARD_NOTE
        ),
        "version": front.version,
    });
    if let Some(map) = package.as_object_mut() {
        if front.url.starts_with("https://") || front.url.starts_with("http://") {
            map.insert("homepage".into(), json!(front.url));
        }
        if !front.issuer.is_empty() {
            let publisher = json!([{ "title": front.issuer, "roles": ["publisher"] }]);
            map.insert("contributors".into(), publisher);
        }
        let resources: Vec<Value> = TABLES
            .iter()
            .zip(files)
            .map(|(table, file)| resource(table, annex, &file.bytes))
            .collect();
        map.insert("resources".into(), Value::Array(resources));
    }
    // A tree of texts and numbers always serialises.
    serde_json::to_string_pretty(&package)
}

/// Names of packages are lower-case Latin letters, digits, dots, dashes.
fn package_name(edition: &str) -> String {
    let kept = edition.chars().filter(char::is_ascii_alphanumeric);
    let edition: String = kept.map(|c| c.to_ascii_lowercase()).collect();
    format!("annex-{edition}").trim_end_matches('-').to_owned()
}

fn resource(table: &Table, annex: &Annex, bytes: &[u8]) -> Value {
    let schema = &annex.schema;
    let [title, description] = [table.title, table.description].map(|text| schema.fill(text));
    let fields: Vec<Value> = table.columns(annex).iter().map(field).collect();
    let links: Vec<Value> = table
        .links
        .iter()
        .map(|(column, other, its)| {
            json!({ "fields": [column], "reference": { "resource": other, "fields": [its] } })
        })
        .collect();
    let mut schema = json!({
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": fields,
        "missingValues": [""],
        "primaryKey": table.key,
    });
    if let Some(map) = schema.as_object_mut().filter(|_| !links.is_empty()) {
        map.insert("foreignKeys".into(), Value::Array(links));
    }
    json!({
        "name": table.name,
        "type": "table",
        "path": path(table),
        "title": title,
        "description": description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": bytes.len(),
        "dialect": {
            "header": true,
            "delimiter": ",",
            "lineTerminator": "\r\n",
            "quoteChar": "\"",
            "doubleQuote": true,
        },
        "schema": schema,
    })
}

fn field(column: &Column) -> Value {
    let kind = match column.kind {
        Kind::Text => "string",
        Kind::Integer => "integer",
        Kind::Number => "number",
        Kind::Boolean => "boolean",
    };
    let mut field = json!({
        "name": column.name,
        "type": kind,
        "title": column.title,
        "description": column.description,
    });
    let mut constraints = Map::new();
    if column.required {
        constraints.insert("required".into(), json!(true));
    }
    let Some(map) = field.as_object_mut() else { return field };
    if !column.codes.is_empty() {
        let codes: Vec<&str> = column.codes.iter().map(|(code, _)| *code).collect();
        constraints.insert("enum".into(), json!(codes));
        let labels: Vec<Value> = column
            .codes
            .iter()
            .map(|(code, label)| json!({ "value": code, "label": label }))
            .collect();
        map.insert("categories".into(), Value::Array(labels));
    }
    if column.kind == Kind::Boolean {
        map.insert("trueValues".into(), json!(["true"]));
        map.insert("falseValues".into(), json!(["false"]));
    }
    if !constraints.is_empty() {
        map.insert("constraints".into(), Value::Object(constraints));
    }
    field
}
