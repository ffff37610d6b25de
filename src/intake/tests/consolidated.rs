//! Consolidated workbooks as reviewers leave them.

use rust_xlsxwriter::Workbook;

use crate::intake::consolidated;
use crate::model::{Annex, ObservationKind, Receipt};
use crate::schema::keys;

/// Sheets of text, each a name and rows of cells parted by `|`.
struct Sheets(Vec<(&'static str, Vec<String>)>);

/// One measure with a repost and another one in each of two categories, and a KPI.
fn sound() -> Sheets {
    let rows = |text: &str| text.lines().map(|line| line.trim().to_owned()).collect();
    let measures = "施策ID|柱|分野|掲載順|施策名|概要（D：デジタルで）|目的（X：目指す姿）|担当部局|担当課室|再掲|区分|備考|提出部局|担当の内訳
        R7-001|1 暮らし|1(1) 子育て|1|甲|甲の概要|甲の目的|総務部|広報課||継続||総務部|総務部／広報課
        R7-002|1 暮らし|1(1) 子育て|2|乙|乙の概要|乙の目的|企画部|統計課||継続||企画部|企画部／統計課
        R7-003|2 行政|2(1) 改革|1|丙|丙の概要|丙の目的|企画部|統計課||新規||企画部|企画部／統計課
        R7-001|2 行政|2(1) 改革|2|甲|甲の概要|甲の目的|総務部|広報課|再掲|継続||総務部|総務部／広報課";
    let kpis = "KPI ID|分野|掲載順|主なKPI|対象施策|現状値|目標値|提出部局|区分|備考|対象施策ID
        R7-K01|1(1) 子育て|1|件数|甲|1,551人|2,200人(R9)|総務部|継続||R7-001";
    let codes = "項目|コード|意味|説明
        柱の番号|1|暮らし|
        柱の番号|2|行政|
        分野の番号|1(1)|子育て|※R6年度
        分野の番号|2(1)|改革|※R6年度";
    let cover = "版の情報
        版の略称|R7
        版|第1.0版
        計画の初年度|2025";
    Sheets(vec![
        ("表紙", rows(cover)),
        ("個別施策", rows(measures)),
        ("KPI", rows(kpis)),
        ("コード表", rows(codes)),
    ])
}

impl Sheets {
    fn sheet(&mut self, name: &str) -> &mut Vec<String> {
        &mut self.0.iter_mut().find(|(known, _)| *known == name).expect(name).1
    }

    /// Replaces a text that stands once on a sheet.
    fn replace(&mut self, name: &str, from: &str, to: &str) {
        let rows = self.sheet(name);
        let found = rows.iter_mut().filter(|row| row.contains(from)).collect::<Vec<_>>();
        let [row] = found.try_into().expect(from);
        *row = row.replacen(from, to, 1);
    }

    fn read(&self) -> (Option<Annex>, Receipt) {
        let mut book = Workbook::new();
        for (name, rows) in &self.0 {
            let sheet = book.add_worksheet().set_name(*name).expect("a name");
            for (row, cells) in (0u32..).zip(rows) {
                for (column, text) in (0u16..).zip(cells.split('|')) {
                    if !text.is_empty() {
                        sheet.write(row, column, text).expect("a cell");
                    }
                }
            }
        }
        consolidated("annex.xlsx", &book.save_to_buffer().expect("a workbook"))
    }
}

/// Every listing in printed order: `1(1) R7-001`, reposts with a star.
fn listings(annex: &Annex) -> Vec<String> {
    let show =
        |(c, l, m): (&crate::model::Heading, &crate::model::Listing, &crate::model::Measure)| {
            format!("{} {}{}", c.id, m.id, if l.repost { "*" } else { "" })
        };
    annex.listings().map(show).collect()
}

#[test]
fn rows_are_read_under_any_order_of_columns_and_rows() {
    let (expected, receipt) = sound().read();
    let expected = expected.expect("an annex");
    let odd: Vec<_> = receipt.observations.iter().map(|o| (o.kind, &o.found)).collect();
    // Numbers that somebody typed over are text.
    assert!(odd.iter().all(|(kind, _)| *kind == ObservationKind::NumberAsText), "{odd:?}");
    assert_eq!(listings(&expected), ["1(1) R7-001", "1(1) R7-002", "2(1) R7-003", "2(1) R7-001*"]);
    assert_eq!(expected.front.version, "第1.0版");
    assert_eq!(expected.front.first_year, 2025);
    assert_eq!(expected.measures[1].owners[0].section, "統計課");
    assert_eq!(expected.places().next().expect("one").note, "※R6年度");

    let mut turned = sound();
    let rows = turned.sheet("個別施策");
    for row in rows.iter_mut() {
        *row = row.split('|').rev().collect::<Vec<_>>().join("|");
    }
    rows[1..].reverse();
    rows[0] = rows[0].replace("施策名", "個別施策名").replace("概要（D：デジタルで）", "概要");
    rows.insert(0, "確認用".into());
    let (annex, _) = turned.read();
    let annex = annex.expect("an annex");
    assert_eq!(listings(&annex), listings(&expected));
    let texts = |annex: &Annex| -> Vec<String> {
        annex
            .measures
            .iter()
            .map(|m| format!("{}{}", m.name.value, m.value(keys::OVERVIEW).value))
            .collect()
    };
    assert_eq!(texts(&annex), texts(&expected));
}

#[test]
fn what_cannot_be_read_is_told_where_it_stands() {
    type Edit = fn(&mut Sheets);
    let cases: [(ObservationKind, &str, Edit); 10] = [
        (ObservationKind::CategoryNotInCodes, "個別施策 C3", |s| {
            s.replace("個別施策", "子育て|2|乙", "?|2|乙")
        }),
        (ObservationKind::CategoryNotInCodes, "KPI B2", |s| {
            s.replace("KPI", "1(1) 子育て", "不明")
        }),
        (ObservationKind::IdUnusable, "個別施策 A3", |s| {
            s.replace("個別施策", "R7-002", "R7-001")
        }),
        (ObservationKind::IdUnusable, "個別施策 A4", |s| s.replace("個別施策", "R7-003", "")),
        (ObservationKind::IdUnusable, "KPI A2", |s| s.replace("KPI", "R7-K01", "新")),
        (ObservationKind::RepostDiffers, "個別施策 F5", |s| {
            s.replace("個別施策", "2|甲|甲の概要", "2|甲|直した")
        }),
        (ObservationKind::RepostWithoutOriginal, "個別施策 A5", |s| {
            s.replace("個別施策", "R7-001|2", "R7-009|2");
        }),
        (ObservationKind::UnknownColumn, "個別施策 O1", |s| {
            let rows = s.sheet("個別施策");
            rows[0].push_str("|確認");
            rows[1].push_str("|済");
        }),
        (ObservationKind::UnknownColumn, "表紙 B3", |s| s.replace("表紙", "版|", "版数|")),
        (ObservationKind::RowWithoutName, "個別施策 C3", |s| {
            s.replace("個別施策", "|乙|", "||")
        }),
    ];
    for (kind, at, edit) in cases {
        let mut sheets = sound();
        edit(&mut sheets);
        let (annex, receipt) = sheets.read();
        assert!(annex.is_some());
        let told: Vec<_> = (receipt.observations.iter())
            .filter(|observation| observation.kind != ObservationKind::NumberAsText)
            .map(|o| {
                let cell = o.at.cell.map(|cell| cell.to_string()).unwrap_or_default();
                (o.kind, format!("{} {cell}", o.at.sheet.as_deref().unwrap_or_default()))
            })
            .collect();
        assert_eq!(told, [(kind, at.to_owned())]);
    }
}

#[test]
fn a_new_row_gets_a_number_that_nobody_had() {
    let mut sheets = sound();
    let row = "|1 暮らし|1(1) 子育て|3|丁|丁の概要|丁の目的|総務部|広報課||新規||総務部|";
    sheets.sheet("個別施策").push(row.into());
    let (annex, _) = sheets.read();
    let annex = annex.expect("an annex");
    assert_eq!(listings(&annex)[2], "1(1) R7-004");
    assert_eq!(annex.measures[3].name.value, "丁");
}

#[test]
fn without_its_other_sheets_a_workbook_still_has_its_entries() {
    let (expected, _) = sound().read();
    let mut sheets = sound();
    sheets.0.retain(|(name, _)| ["個別施策", "KPI"].contains(name));
    sheets.0[0].0 = "施策（確認済み）";
    let (annex, receipt) = sheets.read();
    let (annex, expected) = (annex.expect("an annex"), expected.expect("an annex"));
    assert_eq!(listings(&annex), listings(&expected));
    assert_eq!(annex.outline[1].title, "行政");
    assert_eq!(annex.outline[1].headings[0].title, "改革");
    let missing = receipt.observations.iter().filter(|o| o.kind == ObservationKind::SheetMissing);
    assert_eq!(missing.map(|o| o.expected.as_str()).collect::<Vec<_>>(), ["表紙", "コード表"]);
}

#[test]
fn what_is_no_consolidated_workbook_gives_no_annex() {
    let (annex, receipt) = Sheets(vec![("家計簿", vec!["日付|金額".into()])]).read();
    assert!(annex.is_none());
    assert_eq!(receipt.observations.len(), 3, "{:?}", receipt.observations);
    let (annex, receipt) = consolidated("annex.xlsx", b"PK\x03\x04 but nothing else");
    assert!(annex.is_none());
    assert!(!receipt.observations.is_empty());
}
