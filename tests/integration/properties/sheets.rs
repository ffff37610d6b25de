//! Random sheets: tables, titles, notes and noise in any order. What is read of them stands
//! somewhere on the sheet, and where the sheet begins makes no difference.

use std::collections::BTreeMap;

use bessatsu::diag::{CellRef, Place};
use bessatsu::edition::Edition;
use bessatsu::intake::{self, Intake};
use bessatsu::model::Annex;
use bessatsu::schema::{Schema, Table};
use bessatsu::text::key;
use proptest::prelude::*;
use rust_xlsxwriter::{Format, Workbook};

use crate::support::held::{hold, no_panic_of_ours};
use crate::support::{example, pipeline};

/// A row of cells, from the left.
#[derive(Clone, Debug)]
struct Row(Vec<String>);

/// A sheet, and what is merged in it: row, column, and the rows and columns beyond.
#[derive(Clone, Debug)]
struct Sheet {
    rows: Vec<Row>,
    merges: Vec<(usize, usize, usize, usize)>,
}

const WORDS: [&str; 24] = [
    "総務部",
    "広報課",
    "1(1) 子育て支援",
    "3(6)",
    "継続",
    "新規",
    "廃止",
    "R7-001",
    "R7-K01",
    "12",
    "1,551人",
    "80%(R9)",
    "R7から実施",
    "①8件\n②44%",
    "（例）",
    "※注",
    "部局名",
    "基準日",
    "令和7年1月",
    "提出回",
    "合計",
    "電子申請システムの運用",
    "住民の利便を高める。",
    "　",
];

fn labels(table: Table) -> Vec<String> {
    Schema::standard().columns(table).iter().map(|column| column.label.clone()).collect()
}

fn rows() -> impl Strategy<Value = Row> {
    let word = || {
        prop_oneof![
            6 => prop::sample::select(WORDS.to_vec()).prop_map(str::to_owned),
            2 => Just(String::new()),
            1 => prop::sample::select(
                Table::ALL.into_iter().flat_map(labels).collect::<Vec<_>>()
            ),
            1 => "\\PC{0,6}",
        ]
    };
    let header = (prop::sample::select(Table::ALL.to_vec()), any::<u16>(), 0usize..12);
    let header = header.prop_map(|(table, holes, turn)| {
        let mut words = labels(table);
        let length = words.len();
        words.rotate_left(turn % length);
        for (at, word) in words.iter_mut().enumerate() {
            // A label is missing in few places, so that most headers are headers.
            if holes >> at & 1 == 1 && holes >> (at + 5) & 1 == 1 {
                word.clear();
            }
        }
        Row(words)
    });
    prop_oneof![
        2 => header,
        5 => prop::collection::vec(word(), 8..12).prop_map(Row),
        1 => prop::collection::vec(word(), 0..3).prop_map(Row),
        1 => Just(Row(Vec::new())),
    ]
}

fn sheets() -> impl Strategy<Value = Sheet> {
    let merge = (0usize..14, 0usize..12, 0usize..3, 0usize..3);
    let merges = prop::collection::vec(merge, 0..4);
    let rows = prop::collection::vec(rows(), 1..14);
    (rows, merges).prop_map(|(rows, merges)| Sheet { rows, merges })
}

impl Sheet {
    /// The merged regions but those that overlap an earlier one: Excel makes none such, and
    /// rust_xlsxwriter panics at the second of them.
    fn merges(&self) -> Vec<(usize, usize, usize, usize)> {
        let mut apart: Vec<(usize, usize, usize, usize)> = Vec::new();
        for &merge in self.merges.iter().filter(|(_, _, rows, columns)| rows + columns > 0) {
            let (row, column, rows, columns) = merge;
            let overlaps = |&(r, c, rs, cs): &(usize, usize, usize, usize)| {
                r <= row + rows && row <= r + rs && c <= column + columns && column <= c + cs
            };
            if !apart.iter().any(overlaps) {
                apart.push(merge);
            }
        }
        apart
    }

    /// The workbook with the sheet's corner at a place.
    fn written(&self, down: u32, right: u16) -> Vec<u8> {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        for (row, cells) in (down..).zip(&self.rows) {
            for (column, text) in (right..).zip(&cells.0) {
                if !text.is_empty() {
                    sheet.write(row, column, text).expect("a cell");
                }
            }
        }
        for (row, column, rows, columns) in self.merges() {
            let (first, left) = (down + row as u32, right + column as u16);
            let text = self.rows.get(row).and_then(|row| row.0.get(column));
            let text = text.map_or("", String::as_str);
            let (last, edge) = (first + rows as u32, left + columns as u16);
            let merged = sheet.merge_range(first, left, last, edge, text, &Format::new());
            merged.expect("no region overlaps another");
        }
        book.save_to_buffer().expect("a workbook")
    }
}

fn read(edition: &Edition, bytes: Vec<u8>) -> Intake {
    pipeline::read(edition, None, [("01_総務部.xlsx".to_owned(), bytes)])
}

/// Every place in the model and in the observations moved by so much, as text.
fn moved(intake: &Intake, down: u32, right: u32) -> String {
    fn walk(value: &mut serde_json::Value, shift: &impl Fn(&str) -> String) {
        match value {
            serde_json::Value::Object(fields) => {
                for (name, value) in fields {
                    match value {
                        serde_json::Value::String(cell) if name == "cell" => *cell = shift(cell),
                        value => walk(value, shift),
                    }
                }
            }
            serde_json::Value::Array(items) => items.iter_mut().for_each(|i| walk(i, shift)),
            _ => {}
        }
    }
    let place = |at: CellRef| CellRef::new(at.row + down, at.column + right);
    let shift = |cell: &str| CellRef::parse(cell).map_or(String::new(), |at| place(at).to_string());
    let mut model = serde_json::to_value(&intake.annex).expect("a model");
    walk(&mut model, &shift);
    let observations = intake.receipts[0].observations.iter().map(|observation| {
        let at = observation.at.cell.map(place).map_or(String::new(), |at| at.to_string());
        // What an observation says may name cells itself; the texts are compared without moving.
        let found = if observation.found.contains(':') { "" } else { &observation.found };
        format!("{:?} {at} {found:?} {:?}\n", observation.kind, observation.expected)
    });
    format!("{model:#}\n{}", observations.collect::<String>())
}

/// The names of measures and KPIs with the cells that they are read from.
fn names(annex: &Annex) -> impl Iterator<Item = (&str, &Place)> {
    let measures = annex.measures.iter().map(|m| (m.name.value.as_str(), &m.name.at));
    measures.chain(annex.kpis.iter().map(|k| (k.name.value.as_str(), &k.name.at)))
}

#[test]
fn a_table_is_read_alike_wherever_it_stands_and_from_its_own_cells() {
    let edition = example::edition();
    hold(96, (sheets(), 0u32..40, 0u16..20), |(sheet, down, right)| {
        let (here, there) = (sheet.written(0, 0), sheet.written(down, right));
        let here = read(&edition, here);
        let there = read(&edition, there);
        no_panic_of_ours(&here.receipts[0])?;
        prop_assert_eq!(moved(&here, down, right.into()), moved(&there, 0, 0));
        let mut cells: BTreeMap<CellRef, &str> = BTreeMap::new();
        for (row, line) in (0u32..).zip(&sheet.rows) {
            for (column, text) in (0u32..).zip(&line.0) {
                cells.insert(CellRef::new(row, column), text);
            }
        }
        for (name, at) in names(&here.annex) {
            let cell = at.cell.and_then(|at| cells.get(&at)).copied().unwrap_or("");
            prop_assert!(key(cell).contains(&key(name)), "{name:?} of {cell:?} at {at:?}");
        }
        Ok(())
    });
}

#[test]
fn a_sheet_that_is_no_consolidated_workbook_is_read_or_told_of() {
    hold(96, sheets(), |sheet| {
        let (annex, receipt) = intake::consolidated("annex.xlsx", &sheet.written(0, 0));
        no_panic_of_ours(&receipt)?;
        prop_assert!(annex.is_some() || !receipt.observations.is_empty());
        Ok(())
    });
}
