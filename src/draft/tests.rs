//! Small lists as text, and the settings that they give: `tests/drafts`.
//!
//! A case is a text of sheets, and behind `==== expected` the part of the settings that is drawn from
//! them. A line of a sheet is a row, `|` parts its cells, `~` stands for a line break in a cell; lines
//! that begin with `@` say what is merged, hidden and offered: `@merge A1:C1`, `@hide D`,
//! `@list B3:B9 継続,新規`. `BESSATSU_BLESS=1` writes what is expected anew.

use std::fs;
use std::path::Path;

use rust_xlsxwriter::{DataValidation, Format, Workbook};

use super::{draft, settings};
use crate::diag::CellRef;
use crate::edition;
use crate::intake::Source;
use crate::intake::survey::survey;
use crate::text::confirm::TO_CONFIRM;

const EXAMPLE: &str = include_str!("../../inputs/2025/edition.toml");
const EXPECTED: &str = "==== expected\n";

fn workbook(text: &str) -> Vec<u8> {
    let mut book = Workbook::new();
    for sheet in text.split("==== sheet ").skip(1) {
        let (name, rows) = sheet.split_once('\n').unwrap_or((sheet, ""));
        let page = book.add_worksheet();
        page.set_name(name.trim()).unwrap();
        let (orders, rows): (Vec<&str>, Vec<&str>) =
            rows.lines().partition(|line| line.starts_with('@'));
        for (number, row) in rows.iter().enumerate() {
            for (column, text) in row.split('|').enumerate() {
                let text = text.trim().replace('~', "\n");
                let at = (number as u32, column as u16);
                match text.replace(',', "").parse::<f64>() {
                    _ if text.is_empty() => continue,
                    Ok(amount) if text.contains(',') => {
                        let format = Format::new().set_num_format("#,##0");
                        page.write_with_format(at.0, at.1, amount, &format).unwrap();
                    }
                    Ok(amount) => _ = page.write(at.0, at.1, amount).unwrap(),
                    Err(_) => _ = page.write(at.0, at.1, text).unwrap(),
                }
            }
        }
        for order in orders {
            let mut words = order.splitn(3, ' ');
            let (order, cells) = (words.next().unwrap(), words.next().unwrap());
            let (first, last) = cells.split_once(':').unwrap_or((cells, cells));
            let at = |cell: &str| {
                CellRef::parse(cell).or_else(|| CellRef::parse(&format!("{cell}1"))).unwrap()
            };
            let (first, last) = (at(first), at(last));
            let (from, to) = ((first.row, first.column as u16), (last.row, last.column as u16));
            match order {
                "@merge" => {
                    let text = rows[first.row as usize]
                        .split('|')
                        .nth(first.column as usize)
                        .unwrap()
                        .trim();
                    page.merge_range(from.0, from.1, to.0, to.1, text, &Format::new()).unwrap();
                }
                "@hide" => _ = page.set_column_hidden(from.1).unwrap(),
                "@list" => {
                    let items: Vec<&str> = words.next().unwrap().split(',').collect();
                    let list = match items.as_slice() {
                        [range] => DataValidation::new().allow_list_formula((*range).into()),
                        items => DataValidation::new().allow_list_strings(items).unwrap(),
                    };
                    page.add_data_validation(from.0, from.1, to.0, to.1, &list).unwrap();
                }
                other => panic!("{other}"),
            }
        }
    }
    book.save_to_buffer().unwrap()
}

/// The settings without what every first edition has.
fn drawn(settings: &str) -> String {
    let (front, rest) = settings.split_at(settings.find("[limits]").unwrap());
    let shape =
        ["\n[[level]]", "\n[[pillar]]"].into_iter().filter_map(|table| rest.find(table)).min();
    let rest = &rest[shape.unwrap()..];
    let rest = rest.split("# ---- 例外").next().unwrap();
    let is_own =
        |line: &&str| !line.is_empty() && (!line.starts_with('#') || line.contains(TO_CONFIRM));
    let source = |line: &&str| line.contains(" → ");
    let front =
        front.lines().filter(|line| line.contains(&format!("# {TO_CONFIRM}")) || source(line));
    let lines = front.chain(rest.lines().filter(is_own));
    lines.map(|line| format!("{line}\n")).collect()
}

#[test]
fn lists_of_every_shape_give_the_settings_of_their_case() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/drafts");
    let mut cases: Vec<_> =
        fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    assert!(cases.len() > 5, "the cases are found");
    let mut failed = Vec::new();
    for path in cases {
        let text = fs::read_to_string(&path).unwrap();
        let (sheets, expected) = text.split_once(EXPECTED).unwrap_or((&text, ""));
        let name = path.file_stem().unwrap().to_str().unwrap();
        let bytes = Ok(workbook(sheets));
        let survey = survey(Source { name: format!("{name}.xlsx").into(), bytes });
        let found = match draft(&[survey]) {
            Some(draft) => {
                let text = settings(&draft, EXAMPLE);
                assert!(
                    edition::parse("edition.toml", &text).0.is_some(),
                    "{name} is TOML:\n{text}"
                );
                drawn(&text)
            }
            None => "nothing\n".to_owned(),
        };
        if std::env::var_os("BESSATSU_BLESS").is_some() {
            fs::write(&path, format!("{sheets}{EXPECTED}{found}")).unwrap();
        } else if found != expected {
            failed.push(format!("---- {name}\n{found}"));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn whatever_a_form_says_the_settings_are_toml() {
    use crate::intake::survey::{Cell, Column, Kind, Survey, Table};
    use proptest::prelude::*;

    let text = || {
        let known = ["事業名", "指標", "目標（R9）", "1(2) あ", "政策(1)　い", "\"\\", "\n\r\t"];
        prop_oneof![".{0,6}", proptest::sample::select(known.to_vec()).prop_map(String::from)]
    };
    let column = (text(), text(), proptest::collection::vec(proptest::option::of(text()), 3))
        .prop_map(|(head, label, cells)| {
            let cell = |text: String| Cell { text, kind: Kind::Text };
            let cells = cells.into_iter().map(|text| text.map(cell)).collect();
            Column { head, label, cells, ..Column::default() }
        });
    let table = (text(), text(), proptest::collection::vec(column, 1..8)).prop_map(
        |(sheet, title, columns)| {
            let sheet = sheet.as_str().into();
            Table { sheet, title, columns, rows: 3, ..Table::default() }
        },
    );
    let mut runner = proptest::test_runner::TestRunner::default();
    let tables = (text(), proptest::collection::vec(table, 1..4));
    let outcome = runner.run(&tables, |(file, tables)| {
        let empty = survey(Source { name: file.as_str().into(), bytes: Ok(Vec::new()) });
        let survey = Survey { tables, ..empty };
        if let Some(draft) = draft(&[survey]) {
            let settings = settings(&draft, EXAMPLE);
            prop_assert!(edition::parse("edition.toml", &settings).0.is_some(), "{}", settings);
        }
        Ok(())
    });
    outcome.expect("every draft is TOML");
}
