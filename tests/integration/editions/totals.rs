//! What columns of numbers add up to is in the papers that print it.

use std::collections::BTreeMap;
use std::fs;

use serde_json::Value;

use super::annex;
use crate::support::editions::{Case, questions};
use crate::support::{office, pdf};

questions!(the_totals_of_every_heading_are_in_every_paper_that_has_them);

/// A sum as people write it: 1,234,567.
fn grouped(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The columns of measures that have a total.
fn columns(annex: &Value) -> Vec<&str> {
    let columns = annex["schema"]["measures"].as_array().into_iter().flatten();
    let columns = columns.filter(|column| column["total"] == true);
    columns.map(|column| column["key"].as_str().expect("a key")).collect()
}

/// The sums of a heading and of those below it, by heading and column.
fn sums(annex: &Value, heading: &Value, into: &mut BTreeMap<(String, String), f64>) {
    for listing in heading["listings"].as_array().into_iter().flatten() {
        if listing["repost"] == true {
            continue;
        }
        let measures = annex["measures"].as_array().expect("measures");
        let measure = measures.iter().find(|measure| measure["id"] == listing["measure"]);
        let measure = measure.expect("the measure of a listing");
        for key in columns(annex) {
            if let Some(number) = measure["typed"][key]["number"].as_f64() {
                let id = heading["id"].to_string();
                *into.entry((id, key.to_owned())).or_default() += number;
            }
        }
    }
    for below in heading["headings"].as_array().into_iter().flatten() {
        sums(annex, below, into);
    }
}

fn the_totals_of_every_heading_are_in_every_paper_that_has_them(case: &Case) {
    let annex = annex(case);
    let mut wanted = BTreeMap::new();
    // The standard edition has its headings under another name, and no column with a total.
    for heading in annex["outline"].as_array().into_iter().flatten() {
        sums(&annex, heading, &mut wanted);
    }
    let out = case.path().join("out");
    let page = fs::read_to_string(out.join("annex.html")).expect("annex.html");
    let rows: Vec<&str> =
        page.split("<tfoot").skip(1).filter_map(|rest| rest.split("</tfoot>").next()).collect();
    let headings = wanted.keys().map(|(heading, _)| heading);
    let mut headings: Vec<&String> = headings.collect();
    headings.dedup();
    assert_eq!(rows.len(), headings.len(), "{wanted:?}");
    let bytes = fs::read(out.join("annex.pdf")).expect("annex.pdf");
    let printed = pdf::read(&bytes, "pdftotext", &["@", "-"]).map(|text| pdf::dense(&text));
    let book = fs::read(out.join("annex.xlsx")).expect("annex.xlsx");
    let sheets = office::sheets(&book);
    let texts: Vec<String> = measure_texts(&annex);
    for ((heading, key), sum) in &wanted {
        let sum = grouped(*sum);
        assert!(rows.iter().any(|row| row.contains(&sum)), "annex.html: {heading} {key} {sum}");
        if let Some(printed) = &printed {
            let of_rows = texts.iter().filter(|text| text.contains(&sum)).count();
            let found = printed.matches(&sum).count();
            assert!(found > of_rows, "annex.pdf: {heading} {key}: {sum} {found} times");
        }
        if let Some(sheets) = &sheets {
            let totals = sheets.get("数値の集計").expect("the sheet of totals").iter().flatten();
            let plain = sum.replace(',', "");
            let mut shown = totals.map(|cell| cell.replace(',', ""));
            assert!(shown.any(|cell| cell == plain), "annex.xlsx: {heading} {key} {sum}");
        }
    }
}

/// What the rows say themselves in the columns with a total, as often as they are listed.
fn measure_texts(annex: &Value) -> Vec<String> {
    let keys = columns(annex);
    let mut texts = Vec::new();
    for measure in annex["measures"].as_array().expect("measures") {
        for key in &keys {
            let text = measure["values"][*key]["value"].as_str().unwrap_or_default().to_owned();
            let again = measure["reposts"].as_array().map_or(0, Vec::len);
            texts.extend(std::iter::repeat_n(text, 1 + again));
        }
    }
    texts
}
