//! The same questions asked of the standard edition and of editions of other shapes, through the
//! program as a secretariat uses it: what comes out of the papers, what goes round, what a year
//! brings.

mod book;
mod declarations;
mod nothing;
mod papers;
mod round_trips;
mod shapes;
mod totals;
mod year;

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;

use crate::support::editions::Case;

/// The annex of an edition as data.
fn annex(case: &Case) -> Value {
    let text = fs::read_to_string(case.build().join("annex.json")).expect("annex.json");
    serde_json::from_str(&text).expect("JSON")
}

/// The same without where it was written and how, and without what the secretariat adds to the
/// forms that it sends out.
fn authored(annex: &Value) -> Value {
    match annex {
        Value::Object(fields) => {
            let kept = fields.iter().filter(|(key, _)| {
                !["at", "raw", "changes", "stated_id", "order"].contains(&key.as_str())
            });
            kept.map(|(key, value)| (key.clone(), authored(value))).collect()
        }
        Value::Array(values) => values.iter().map(authored).collect(),
        value => value.clone(),
    }
}

/// The names of the measures or KPIs of an annex.
fn names(annex: &Value, table: &str) -> BTreeSet<String> {
    let entries = annex[table].as_array().expect("a table").iter();
    entries.map(|entry| entry["name"]["value"].as_str().expect("a name").to_owned()).collect()
}
