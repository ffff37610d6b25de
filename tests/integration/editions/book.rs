//! What the workbook has beside the texts: values to sort by, reposts of KPIs, sums that are none.

use std::collections::BTreeMap;
use std::fs;
use std::io::Cursor;

use bessatsu::model::{Annex, Sourced, Typed};
use bessatsu::publish::workbook;
use bessatsu::report::Report;
use bessatsu::schema::{Column, Kind, Schema};
use calamine::{Data, Reader, Xlsx};
use serde_json::Value;

use super::annex;
use crate::support::editions::Case;
use crate::support::model;

type Sheet = Vec<Vec<Data>>;

fn sheets(bytes: &[u8]) -> BTreeMap<String, Sheet> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let sheets = book.worksheets().into_iter();
    sheets.map(|(name, range)| (name, range.rows().map(<[Data]>::to_vec).collect())).collect()
}

fn built(name: &'static str) -> (Case, Value, BTreeMap<String, Sheet>) {
    let case = Case::open(name);
    let annex = annex(&case);
    let book = fs::read(case.path().join("out/annex.xlsx")).expect("annex.xlsx");
    (case, annex, sheets(&book))
}

/// The cells of a column by the names of the entries, which stand in another.
fn column(sheet: &Sheet, names: &str, label: &str) -> Vec<(String, Data)> {
    let at = |label: &str| {
        let found =
            sheet[0].iter().position(|cell| matches!(cell, Data::String(text) if text == label));
        found.unwrap_or_else(|| panic!("{label} in {:?}", sheet[0]))
    };
    let (names, at) = (at(names), at(label));
    sheet[1..].iter().map(|row| (row[names].to_string(), row[at].clone())).collect()
}

/// What was read of the measures in a column, by their names.
fn typed(annex: &Value, key: &str) -> BTreeMap<String, Value> {
    let measures = annex["measures"].as_array().expect("measures").iter();
    let of =
        |m: &Value| (m["name"]["value"].as_str().expect("a name").into(), m["typed"][key].clone());
    measures.map(of).collect()
}

#[test]
fn years_and_dates_stand_as_numbers_beside_their_texts() {
    let (_case, annex, sheets) = built("sheets");
    let sheet = &sheets["取組個票"];
    let mut counts = [0, 0];
    let years = typed(&annex, "ends");
    for (name, cell) in column(sheet, "取組の名称", "完了の年度の年度（西暦）") {
        match years[&name]["year"].as_f64() {
            Some(year) => {
                assert_eq!(cell, Data::Float(year), "{name}");
                counts[0] += 1;
            }
            None => assert_eq!(cell, Data::Empty, "{name}"),
        }
    }
    let dates = typed(&annex, "begun");
    for (name, cell) in column(sheet, "取組の名称", "開始日の日付（西暦）") {
        match dates[&name]["date"].as_str() {
            Some(date) => {
                let Data::DateTime(shown) = &cell else { panic!("{name}: {cell:?} is no date") };
                let (year, month, day, ..) = shown.to_ymd_hms_milli();
                let shown = format!("{year}-{month:02}-{day:02}");
                assert!(shown.starts_with(date), "{name}: {shown} for {date}");
                counts[1] += 1;
            }
            None => assert_eq!(cell, Data::Empty, "{name}"),
        }
    }
    assert!(counts.iter().all(|count| *count > 0), "{counts:?}");
}

#[test]
fn both_ends_of_a_period_stand_as_numbers_beside_its_text() {
    let (_case, annex, sheets) = built("four-levels");
    let periods = typed(&annex, "span");
    for (end, label) in
        [("from", "実施期間の最初の年度（西暦）"), ("to", "実施期間の最後の年度（西暦）")]
    {
        let cells = column(&sheets["事業一覧"], "事業の名前", label);
        assert!(cells.iter().any(|(_, cell)| matches!(cell, Data::Float(_))), "{label}: {cells:?}");
        for (name, cell) in cells {
            let expected = periods[&name][end].as_f64().map_or(Data::Empty, Data::Float);
            assert_eq!(cell, expected, "{name} {label}");
        }
    }
}

#[test]
fn kpis_that_are_listed_again_are_in_the_list_of_reposts() {
    let (_case, annex, sheets) = built("indicators");
    let sheet = &sheets["再掲一覧"];
    let kpis = annex["kpis"].as_array().expect("KPIs").iter();
    let again = kpis.filter(|kpi| kpi["reposts"].as_array().is_some_and(|all| !all.is_empty()));
    let mut wanted: Vec<String> =
        again.map(|kpi| kpi["name"]["value"].as_str().expect("a name").to_owned()).collect();
    wanted.sort();
    let places = column(sheet, "名称", "再掲の掲載場所");
    let mut listed: Vec<String> = places.iter().map(|(name, _)| name.clone()).collect();
    listed.sort();
    assert!(!wanted.is_empty());
    assert_eq!(listed, wanted);
    assert!(places.iter().all(|(_, place)| matches!(place, Data::String(_))), "{places:?}");
    for label in ["種類", "元の掲載場所", "元の順番", "再掲の順番"] {
        let cells = column(sheet, "名称", label);
        assert!(cells.iter().all(|(_, cell)| *cell != Data::Empty), "{label}: {cells:?}");
    }
}

#[test]
fn numbers_of_several_units_are_refused_in_the_sheet_of_totals() {
    let (edition, mut annex) = model::small_annex();
    let mut schema = Schema::default();
    let cost = Column { kind: Kind::Amount, total: true, ..Column::new("cost", "費用") };
    schema.measures.push(cost);
    annex.schema = std::sync::Arc::new(schema);
    for (at, measure) in annex.measures.iter_mut().enumerate() {
        let unit = if at % 2 == 0 { "人" } else { "件" };
        let text = format!("5{unit}");
        measure.entry.values.insert("cost".into(), Sourced { value: text, ..Sourced::default() });
        let typed = Typed::Number { number: 5.0, unit: unit.into() };
        measure.entry.typed.insert("cost".into(), typed);
    }
    let written = |annex: &Annex| {
        let report = Report::new(&edition, Vec::new());
        let book = workbook::render(&edition, annex, &report).into_bytes().expect("a workbook");
        sheets(&book)["数値の集計"].clone()
    };
    let texts = |sheet: Sheet| sheet.concat().iter().map(Data::to_string).collect::<Vec<_>>();
    let mixed = texts(written(&annex));
    assert!(mixed.iter().any(|text| text.contains("単位が一つでない")), "{mixed:?}");
    for measure in &mut annex.measures {
        let typed = Typed::Number { number: 5.0, unit: "人".into() };
        measure.entry.typed.insert("cost".into(), typed);
    }
    let one = texts(written(&annex));
    assert!(!one.iter().any(|text| text.contains("単位が一つでない")), "{one:?}");
    assert!(one.iter().any(|text| text.parse::<f64>().is_ok_and(|sum| sum > 5.0)), "{one:?}");
}
