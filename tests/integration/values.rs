//! The values of KPIs as real documents have them are read as the numbers that they are.
//!
//! The documents are no part of the project: where they are not at hand, the test says so.

use bessatsu::intake::figure::{self, Slot};
use bessatsu::model::{Figure, Reading};
use bessatsu::text::clean;
use serde_json::Value;

use crate::support::program;

/// What stands elsewhere than in cell, column and name, with the reason.
const ELSEWHERE: [(&str, &str); 7] = [
    ("医療施設（病院、診療所）勤務医師数", "a remark says the year"),
    ("妊娠届出者数", "a remark says the year"),
    ("介護職員の離職率", "a remark says the year"),
    ("岩手型住宅ガイドラインの改訂後", "a remark says the year"),
    ("がんの死亡率", "the unit (人／10万人) follows from 「人口10万人対」"),
    ("自殺死亡率", "the unit (人／10万人) follows from 「人口10万人対」"),
    ("とっとりSDGsパートナー登録件数", "the unit stands in other cells of the KPI"),
];

/// A number with its unit, and the words before it.
type Number = (String, f64, String);

fn numbers(figure: &Figure) -> Vec<Number> {
    let number =
        |reading: &Reading| Some((reading.label.clone(), reading.number?, reading.unit.clone()));
    figure.readings.iter().filter_map(number).collect()
}

/// What a document's list of numbers says of a value.
fn expected(read: Option<&Value>) -> Vec<Number> {
    let Some(read) = read else { return Vec::new() };
    let unit = read["unit"].as_str().unwrap_or_default();
    let one = |of: &Value| {
        let label = of["label"].as_str().unwrap_or_default();
        (label.to_owned(), of["number"].as_f64().expect("a number"), unit.to_owned())
    };
    match read["parts"].as_array() {
        Some(parts) => parts.iter().map(one).collect(),
        None => vec![one(read)],
    }
}

#[test]
fn the_values_of_other_documents_are_the_numbers_that_they_are() {
    let Some(shapes) = program::shapes() else { return };
    let (mut all, mut wrong) = (0, Vec::new());
    for shape in shapes {
        let text = std::fs::read_to_string(&shape).expect("a shape");
        let shape: Value = serde_json::from_str(&text).expect("JSON");
        let slots = shape["kpi_values"].as_array().expect("values");
        for kpi in shape["kpis"].as_array().expect("KPIs") {
            let name = clean(kpi["name"].as_str().expect("a name")).text;
            let (name, parts) = figure::parts(&name);
            let texts = slots.iter().map(|slot| {
                let text = kpi["values"][slot["key"].as_str().expect("a key")].as_str();
                clean(text.unwrap_or_default()).text
            });
            let texts: Vec<String> = texts.collect();
            let values = slots.iter().zip(&texts).map(|(slot, text)| {
                let year = slot["year"].as_i64().and_then(|year| i32::try_from(year).ok());
                (Slot { year, unit: None, unit_from_name: true }, text.as_str())
            });
            let values: Vec<(Slot, &str)> = values.collect();
            let figures = figure::read_row(&name, &parts, &values);
            for ((slot, figure), text) in slots.iter().zip(&figures).zip(&texts) {
                let read = kpi["values_read"].get(slot["key"].as_str().expect("a key"));
                let (found, right) = (numbers(figure), expected(read));
                all += 1;
                let year = figure.readings.iter().find_map(Reading::stated_year);
                let stated = read.and_then(|read| read["year"].as_i64()).map(|year| year as i32);
                let elsewhere = ELSEWHERE.iter().any(|(said, _)| name.contains(said));
                let is_right = if elsewhere {
                    let bare = |numbers: &[Number]| numbers.iter().map(|n| n.1).collect::<Vec<_>>();
                    bare(&found) == bare(&right)
                } else {
                    found == right && (stated.is_none() || stated == year)
                };
                if !is_right {
                    wrong.push(format!(
                        "{name}: {text:?} {found:?} {year:?}, not {right:?} {stated:?}"
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {all}:\n{}", wrong.len(), wrong.join("\n"));
}
