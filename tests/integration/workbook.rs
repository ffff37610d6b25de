//! The consolidated workbook as others read it, and `annex.json`.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use std::sync::Arc;

use bessatsu::diag::{Place, Rule, Severity};
use bessatsu::edition::Edition;
use bessatsu::model::{Annex, Figure, Heading};
use bessatsu::publish::tables::{self, Cell, Kind, TABLES};
use bessatsu::publish::{data, workbook};
use bessatsu::report::Report;
use bessatsu::say;
use bessatsu::schema::{self, Role, Schema, keys};
use calamine::{Data, Reader, Xlsx};

use crate::support::model;
use crate::support::office::{self, Sheet};
use crate::support::program::root;

static RULE: Rule = Rule {
    code: "T001",
    name: "test",
    severity: Severity::Warning,
    title: "試験",
    title_en: "test",
    what: "",
    why: "",
    mend: "",
    example: "",
    source: "",
};

fn report() -> Report {
    let place: Place = serde_json::from_str(
        r#"{"file": "総務部.xlsx", "sheet": "様式１　個別施策", "cell": "F9"}"#,
    )
    .unwrap();
    let finding = RULE
        .finding(say!("=目的が空です", "purpose is empty"))
        .at(&place)
        .of("総務部")
        .found("https://example.com/")
        .expected("@文章")
        .help(say!("目的を記入してください", "fill it in"));
    let mut accepted = finding.clone().at(&Place::line("edition.toml", 12));
    accepted.accepted = Some("前年と同じ".into());
    Report { edition: "R7".into(), findings: vec![finding, accepted], ..Report::default() }
}

fn render(edition: &Edition, annex: &Annex) -> Vec<u8> {
    workbook::render(edition, annex, &report()).into_bytes().unwrap()
}

/// Every sheet by name as calamine reads it.
fn read(bytes: &[u8]) -> BTreeMap<String, Sheet> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let sheets = book.worksheets().into_iter().map(|(name, range)| {
        assert_eq!(range.start().map_or(0, |start| start.1) > 0, name == "表紙", "{name}");
        let rows = range.rows().map(|row| row.iter().map(show).collect()).collect();
        (name, rows)
    });
    sheets.collect()
}

fn show(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::String(text) => text.clone(),
        Data::Float(number) => number.to_string(),
        Data::Int(number) => number.to_string(),
        Data::Bool(truth) => truth.to_string().to_uppercase(),
        other => panic!("a cell that is no plain value: {other:?}"),
    }
}

/// The cells of the named columns, row by row.
fn columns<'a>(sheet: &'a Sheet, labels: &[&str]) -> Vec<Vec<&'a str>> {
    let header = sheet.first().expect("a header row");
    let at: Vec<_> = labels
        .iter()
        .map(|label| header.iter().position(|cell| cell == label).expect(label))
        .collect();
    sheet[1..].iter().map(|row| at.iter().map(|&at| row[at].as_str()).collect()).collect()
}

fn label(category: &Heading) -> String {
    format!("{} {}", category.id, category.title)
}

/// Compares the rows of the sheets with the model.
fn assert_holds_the_model(sheets: &BTreeMap<String, Sheet>, annex: &Annex) {
    let measures = columns(
        &sheets["個別施策"],
        &[
            "施策ID",
            "分野",
            "施策名",
            "概要（D：デジタルで）",
            "目的（X：目指す姿）",
            "担当部局",
            "担当課室",
            "再掲",
            "出典ファイル",
        ],
    );
    let expected: Vec<Vec<String>> = annex
        .listings()
        .map(|(category, listing, m)| {
            let mark = if listing.repost { "再掲" } else { "" };
            let texts = [
                &m.name,
                m.value(keys::OVERVIEW),
                m.value(keys::PURPOSE),
                &m.department,
                &m.section,
            ];
            let mut row = vec![m.id.to_string(), label(category)];
            row.extend(texts.map(|text| text.value.clone()));
            row.extend([mark.to_string(), m.name.at.file.to_string()]);
            row
        })
        .collect();
    assert_eq!(measures, expected);

    let kpis =
        columns(&sheets["KPI"], &["KPI ID", "分野", "主なKPI", "現状値", "目標値", "提出部局"]);
    let expected: Vec<Vec<String>> = annex
        .kpi_rows()
        .map(|(category, k)| {
            let printed = |figure: &Figure| figure.printed.clone();
            let figures =
                [printed(&k.figure(keys::CURRENT).value), printed(&k.figure(keys::TARGET).value)];
            let mut row = vec![k.id.to_string(), label(category), k.name.value.clone()];
            row.extend(figures);
            row.push(k.submitted_by.clone());
            row
        })
        .collect();
    assert_eq!(kpis, expected);

    let reposts = columns(&sheets["再掲一覧"], &["施策ID", "元の分野", "再掲分野"]);
    let expected: Vec<Vec<String>> = annex
        .listings()
        .filter(|(_, listing, _)| listing.repost)
        .map(|(category, _, measure)| {
            let home = annex.places().find(|c| Some(c.id) == measure.category.value).unwrap();
            vec![measure.id.to_string(), label(home), label(category)]
        })
        .collect();
    assert_eq!(reposts, expected);
    for table in TABLES {
        assert_holds(&sheets[&format!("データ_{}", annex.schema.fill(table.title))], table, annex);
    }
}

/// Compares a sheet, cell by cell, with the table that it shows.
fn assert_holds(sheet: &Sheet, table: &tables::Table, annex: &Annex) {
    let columns = table.columns(annex);
    assert_eq!(sheet[0], columns.iter().map(|column| &*column.title).collect::<Vec<_>>());
    let rows: Vec<Vec<String>> = (table.rows)(annex)
        .iter()
        .map(|row| columns.iter().map(|column| plain(column.value(row))).collect())
        .collect();
    assert_eq!(sheet[1..], rows);
}

fn plain(cell: Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => text.into_owned(),
        Cell::Integer(number) => number.to_string(),
        Cell::Number(number) => number.to_string(),
        Cell::Boolean(truth) => truth.to_string().to_uppercase(),
    }
}

/// Compares 部局別集計 with counts of the model's listings and KPIs; a reader that applies the
/// number format shows a dash for none.
fn assert_counts(summary: &Sheet, annex: &Annex) {
    let shown = |cell: &String| if cell == "-" { "0".into() } else { cell.clone() };
    let summary: Sheet = summary.iter().map(|row| row.iter().map(shown).collect()).collect();
    let categories: Vec<_> = annex.places().map(label).collect();
    let heads: Vec<_> = summary[0].iter().map(|head| head.replace('\n', " ")).collect();
    assert_eq!(heads[1..=categories.len()], categories);
    let totals: Vec<_> = summary[0][categories.len() + 1..].iter().map(String::as_str).collect();
    assert_eq!(totals, ["計", "うち再掲", "再掲を除く", "KPI"]);
    let last = summary.iter().position(|row| row[0] == "計").unwrap();
    let count = |department: &str, category: Option<&str>, reposts: bool| {
        let listings = annex.listings().filter(|(c, listing, measure)| {
            measure.department.value == department
                && category.is_none_or(|category| category == label(c))
                && (listing.repost || !reposts)
        });
        listings.count()
    };
    for row in &summary[1..last] {
        let department = row[0].as_str();
        for (cell, category) in row[1..].iter().zip(&categories) {
            let expected = count(department, Some(category), false).to_string();
            assert_eq!(*cell, expected, "{department}, {category}");
        }
        let all = count(department, None, false);
        let reposts = count(department, None, true);
        let kpis = annex.kpi_rows().filter(|(_, kpi)| kpi.submitted_by == department).count();
        let expected = [all, reposts, all - reposts, kpis].map(|n| n.to_string());
        assert_eq!(row[categories.len() + 1..], expected, "{department}");
    }
    let all = annex.listings().count();
    let reposts = annex.listings().filter(|(_, listing, _)| listing.repost).count();
    let kpis = annex.kpi_rows().count();
    let expected = [all, reposts, all - reposts, kpis].map(|n| n.to_string());
    let column = categories.len() + 1;
    assert_eq!([0, 1, 2, 3].map(|at| summary[last + at][column].clone()), expected);
    assert_eq!(summary[last][column..], expected);
    for (at, category) in annex.places().enumerate() {
        let reposts = category.listings.iter().filter(|listing| listing.repost).count();
        let all = category.listings.len();
        let expected = [all, reposts, all - reposts, category.kpis.len()].map(|n| n.to_string());
        assert_eq!([0, 1, 2, 3].map(|row| summary[last + row][at + 1].clone()), expected);
    }
}

/// The parts of the package by name.
fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let names: Vec<_> = package.file_names().map(|name| name.unwrap().into_owned()).collect();
    let read = |name: String| {
        let mut text = String::new();
        package.by_name(&name).unwrap().read_to_string(&mut text).unwrap();
        (name, text)
    };
    names.into_iter().map(read).collect()
}

/// The same package with every stored result of a formula replaced by 9999.
fn without_results(bytes: &[u8]) -> Vec<u8> {
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut replaced = 0;
    for (name, text) in parts(bytes) {
        let mut pieces = text.split("</f><v>");
        let mut text = pieces.next().unwrap().to_string();
        for piece in pieces {
            replaced += 1;
            text.push_str("</f><v>9999");
            text.push_str(&piece[piece.find('<').unwrap()..]);
        }
        out.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(text.as_bytes()).unwrap();
    }
    assert!(replaced > 0, "no formula has a stored result");
    out.finish().unwrap().into_inner()
}

#[test]
fn calamine_reads_the_model_and_the_counts_without_calculating() {
    let (edition, annex) = model::small_annex();
    let sheets = read(&render(&edition, &annex));
    // With the sheet of the measure that is printed nowhere.
    assert_eq!(sheets.len(), 14);
    assert_holds_the_model(&sheets, &annex);
    assert_counts(&sheets["部局別集計"], &annex);
    if let Some((edition, annex)) = model::example_annex() {
        let sheets = read(&render(&edition, &annex));
        assert_holds_the_model(&sheets, &annex);
        assert_counts(&sheets["部局別集計"], &annex);
    }
}

#[test]
fn without_a_column_of_departments_the_listings_are_counted_by_who_sent_them() {
    let (mut edition, mut annex) = model::small_annex();
    let schema = Arc::make_mut(&mut annex.schema);
    schema.columns_mut(schema::Table::Measures).retain(|column| column.role != Role::Department);
    edition.schema = annex.schema.clone();
    let summary = &read(&render(&edition, &annex))["部局別集計"];
    assert_eq!(summary[0][0], "提出部局");
    let last = summary.iter().position(|row| row[0] == "計").unwrap();
    let column = annex.places().count() + 1;
    for row in &summary[1..last] {
        let sent = annex.listings().filter(|(_, _, m)| m.submitted_by == row[0]).count();
        assert_eq!(row[column].replace('-', "0"), sent.to_string(), "{}", row[0]);
    }
    assert_eq!(summary[last][column], annex.listings().count().to_string());
    assert!(summary.last().unwrap()[0].starts_with("施策もKPIも提出部局ごと"));
}

#[test]
fn libreoffice_reads_the_model_and_calculates_the_same_counts() {
    for (edition, annex) in
        [Some(model::small_annex()), model::example_annex()].into_iter().flatten()
    {
        let Some(sheets) = office::sheets(&without_results(&render(&edition, &annex))) else {
            return;
        };
        assert_holds_the_model(&sheets, &annex);
        assert_counts(&sheets["部局別集計"], &annex);
    }
}

#[test]
fn values_of_kpis_are_numbers_with_their_unit_year_and_date_apart() {
    let (edition, annex) = model::small_annex();
    let bytes = render(&edition, &annex);
    let rows = read(&bytes);
    let values = columns(
        &rows["KPI"],
        &[
            "現状値の数値",
            "現状値の単位",
            "現状値の時点",
            "目標値の数値",
            "目標値の単位",
            "目標値の年度",
            "対象施策",
        ],
    );
    assert_eq!(
        values,
        [
            ["", "", "", "①1,200\n②80", "①件\n②%", "2027", "施策その1"],
            ["69.5", "%", "R6.12月末", "1000000", "人", "2027", "施策その2"],
            ["52", "", "", "", "", "", "=HYPERLINK(\"https://example.com/\")\nない施策"],
        ]
    );
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.as_slice())).unwrap();
    let sheet = book.worksheet_range("KPI").unwrap();
    let current = sheet.rows().nth(2).unwrap().iter().find(|cell| **cell == Data::Float(69.5));
    assert!(current.is_some(), "a value is not stored as a number");
}

#[test]
fn the_data_sheets_are_explained_and_their_numbers_are_numbers() {
    let (edition, annex) = model::small_annex();
    let bytes = render(&edition, &annex);
    let sheets = read(&bytes);
    let explained = columns(&sheets["データの説明"], &["シート", "項目", "CSVの項目名"]);
    let codes = columns(&sheets["コード表"], &["項目", "コード"]);
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.as_slice())).unwrap();
    for table in TABLES {
        let name = format!("データ_{}", Schema::standard().fill(table.title));
        let range = book.worksheet_range(&name).unwrap();
        for (at, column) in table.columns(&annex).iter().enumerate() {
            assert!(explained.contains(&vec![name.as_str(), &column.title, &*column.name]));
            for (code, _) in &column.codes {
                assert!(codes.contains(&vec![&*column.title, code]), "{code}");
            }
            for cell in
                range.rows().skip(1).map(|row| &row[at]).filter(|cell| **cell != Data::Empty)
            {
                let number = matches!(column.kind, Kind::Integer | Kind::Number);
                let stored = matches!(cell, Data::Float(_));
                assert_eq!(stored, number, "{name}, {}: {cell:?}", column.title);
            }
        }
    }
}

#[test]
fn findings_are_listed_with_their_place_and_remedy() {
    let (edition, annex) = model::small_annex();
    let sheets = read(&render(&edition, &annex));
    let found = columns(
        &sheets["点検結果"],
        &[
            "重大度",
            "コード",
            "部局",
            "ファイル",
            "シート",
            "セル",
            "指摘",
            "記載内容",
            "求める内容",
            "直し方",
            "例外の理由",
        ],
    );
    let rest = ["=目的が空です", "https://example.com/", "@文章", "目的を記入してください"];
    let first = ["警告", "T001", "総務部", "総務部.xlsx", "様式１　個別施策", "F9"];
    let second = ["警告", "T001", "総務部", "edition.toml", "", "12行目"];
    assert_eq!(found[0], [&first[..], &rest, &[""]].concat());
    assert_eq!(found[1], [&second[..], &rest, &["前年と同じ"]].concat());
}

#[test]
fn no_text_becomes_a_formula_or_a_link_and_nothing_points_outside() {
    let (edition, annex) = model::small_annex();
    let bytes = render(&edition, &annex);
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.as_slice())).unwrap();
    for name in book.sheet_names() {
        let formulas = book.worksheet_formula(&name).unwrap();
        let any = formulas.used_cells().any(|(_, _, formula)| !formula.is_empty());
        assert_eq!(any, name == "部局別集計", "formulas in {name}");
    }
    for (name, text) in parts(&bytes) {
        assert!(!text.contains("External"), "{name} points outside");
        let links = text.matches("<hyperlink ").count();
        assert_eq!(links, if name.ends_with("/sheet1.xml") { 13 } else { 0 }, "links in {name}");
    }
}

#[test]
fn the_same_input_gives_the_same_bytes_dated_by_the_edition() {
    let (edition, annex) = model::small_annex();
    let bytes = render(&edition, &annex);
    assert!(bytes == render(&edition, &annex), "two runs differ");
    let core = &parts(&bytes)["docProps/core.xml"];
    assert_eq!(core.matches("2025-04-01T00:00:00Z").count(), 2, "{core}");
    assert!(core.contains("<dc:title>推進ポリシー R&amp;D 別冊 第1.0版</dc:title>"), "{core}");
    assert!(core.contains("<dc:creator>情報化政策推進本部</dc:creator>"), "{core}");
}

#[test]
fn every_sheet_prints_on_a4_and_every_table_with_its_header_repeated() {
    let (edition, annex) = model::small_annex();
    let parts = parts(&render(&edition, &annex));
    for number in 1..=13 {
        let sheet = &parts[&format!("xl/worksheets/sheet{number}.xml")];
        for expected in ["paperSize=\"9\"", "fitToPage=\"1\"", "&amp;P / &amp;N", "R&amp;&amp;D"] {
            assert!(sheet.contains(expected), "sheet {number} lacks {expected}");
        }
        let table = number > 1;
        let orientation = if table { "landscape" } else { "portrait" };
        assert!(sheet.contains(&format!("orientation=\"{orientation}\"")), "sheet {number}");
        assert_eq!(sheet.contains("fitToHeight=\"0\""), table, "pages, sheet {number}");
        assert_eq!(sheet.contains("state=\"frozen\""), table, "frozen header, sheet {number}");
        let filtered = ![1, 4].contains(&number);
        assert_eq!(sheet.contains("<autoFilter "), filtered, "filter, sheet {number}");
    }
    assert_eq!(parts["xl/workbook.xml"].matches("Print_Titles").count(), 13);
    assert!(parts["xl/styles.xml"].contains("BIZ UDゴシック"));
    assert!(!parts["xl/styles.xml"].contains("Calibri"));
}

#[test]
fn a_text_that_no_cell_holds_is_an_error_that_names_the_cell() {
    let (edition, mut annex) = model::small_annex();
    annex.measures[1].value_mut(keys::OVERVIEW).value = "あ".repeat(32_768);
    let rendered = workbook::render(&edition, &annex, &report());
    let error = &rendered.error().expect("a finding").message.ja;
    assert!(
        error.contains("個別施策") && error.contains("F2") && error.contains("32768"),
        "{error}"
    );
    annex.measures[1].value_mut(keys::OVERVIEW).value = "あ".repeat(32_767);
    assert!(workbook::render(&edition, &annex, &report()).error().is_none());
}

#[test]
fn an_annex_of_nothing_is_still_a_workbook() {
    let (mut edition, _) = model::small_annex();
    edition.departments.clear();
    let bytes =
        workbook::render(&edition, &Annex::default(), &Report::default()).into_bytes().unwrap();
    assert_eq!(read(&bytes).len(), 13);
}

#[test]
fn annex_json_reads_back_as_the_same_model() {
    for (_, annex) in [Some(model::small_annex()), model::example_annex()].into_iter().flatten() {
        let text = data::json(&annex).into_text().unwrap();
        assert!(data::read(&text).unwrap() == annex, "the model changed on its way");
    }
}

#[test]
fn annex_json_that_does_not_hold_together_is_refused() {
    let (_, annex) = model::small_annex();
    let refused = |change: fn(&mut Annex), expected: &str| {
        let mut annex = annex.clone();
        change(&mut annex);
        let text = data::json(&annex).into_text().unwrap();
        let error = data::read(&text).unwrap_err().say().ja;
        assert!(error.contains(expected), "{error}");
    };
    refused(|annex| annex.measures[0].id = annex.measures[1].id.clone(), "R7-002");
    refused(|annex| annex.kpis[0].id = annex.kpis[1].id.clone(), "R7-K02");
    refused(|annex| drop(annex.measures.remove(0)), "R7-001");
    refused(|annex| drop(annex.kpis.remove(2)), "R7-K03");
}

#[test]
fn the_schema_in_the_repository_is_fresh() {
    let path = root().join("src/publish/data/annex.schema.json");
    if std::env::var_os("BESSATSU_BLESS").is_some() {
        std::fs::write(&path, data::schema().unwrap()).unwrap();
    }
    let stored = std::fs::read_to_string(path).unwrap_or_default();
    assert!(stored == data::schema().unwrap(), "run the test once with BESSATSU_BLESS=1");
}

#[test]
fn the_schema_allows_annex_json_and_nothing_else() {
    let (_, annex) = model::small_annex();
    let dir = tempfile::tempdir().unwrap();
    let good = data::json(&annex).into_text().unwrap();
    let bad = good.replace("\"fiscal_year\": 2027", "\"fiscal_year\": \"R9\"");
    assert_ne!(good, bad);
    for (name, text) in [("schema", &data::schema().unwrap()), ("good", &good), ("bad", &bad)] {
        std::fs::write(dir.path().join(name), text).unwrap();
    }
    let script = "import json, sys\ntry:\n    import jsonschema\nexcept ImportError:\n    sys.exit(77)\n\
        load = lambda name: json.load(open(name, encoding='utf-8'))\n\
        check = jsonschema.Draft202012Validator(load('schema')).is_valid\n\
        print(check(load('good')), check(load('bad')))";
    let python =
        std::process::Command::new("python3").args(["-c", script]).current_dir(dir.path()).output();
    match python {
        Ok(output) if output.status.code() != Some(77) => {
            let errors = String::from_utf8_lossy(&output.stderr);
            assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), "True False", "{errors}");
        }
        _ => eprintln!("SKIPPED: python3 with jsonschema is not installed"),
    }
}
