//! A column that is added in the test alone: its text is found on every paper, and no other line
//! of code knows of it.

use std::io::Cursor;
use std::sync::Arc;

use bessatsu::compare::{Change, Comparison, compare};
use bessatsu::diag::{CellRef, Place, Severity};
use bessatsu::edition::Edition;
use bessatsu::forms;
use bessatsu::intake::{self, figure};
use bessatsu::model::{Annex, Row, Sourced};
use bessatsu::publish::comparison::table::Layout;
use bessatsu::publish::{comparison, data, pdf, web, workbook};
use bessatsu::report::Report;
use bessatsu::schema::{
    Column, FigureRole, Kind, NextYear, Paper, Role, Schema, Table, Widths, keys,
};
use bessatsu::text::clean;
use calamine::{Data, Reader, Xlsx};

use crate::support::pdf::{dense, read};
use crate::support::{model, pipeline};

const KEY: &str = "cost";
const LABEL: &str = "事業費の内訳";
const GUIDE: &str = "主な費目を書きます。";
const SAMPLE: &str = "○○の改修費";
const TEXT: &str = "橋の点検費と監視カメラの設置費";
/// What the same column of a KPI says.
const KPI_TEXT: &str = "毎年度の住民調査による";

fn column() -> Column {
    Column {
        kind: Kind::Text,
        widths: Widths { form: Some(20.0), workbook: Some(20.0), annex: Some(20.0) },
        guide: GUIDE.into(),
        sample: SAMPLE.into(),
        ..Column::new(KEY, LABEL)
    }
}

/// The small annex with the column before 備考 in both tables, filled in by every entry.
fn with_column(change: impl Fn(&mut Column)) -> (Edition, Annex) {
    let (mut edition, mut annex) = model::small_annex();
    let mut schema = Schema::default();
    for columns in [&mut schema.measures, &mut schema.kpis] {
        let mut column = column();
        change(&mut column);
        let note = columns.iter().position(|other| other.is(keys::NOTE)).unwrap();
        columns.insert(note, column);
    }
    edition.schema = Arc::new(schema);
    annex.schema = edition.schema.clone();
    annex.measures.iter_mut().for_each(|m| m.value_mut(KEY).value = TEXT.into());
    annex.kpis.iter_mut().for_each(|k| k.value_mut(KEY).value = KPI_TEXT.into());
    (edition, annex)
}

/// The texts of a sheet, row by row.
fn sheet(workbook: &[u8], name: &str) -> Vec<Vec<String>> {
    let mut book = Xlsx::new(Cursor::new(workbook)).unwrap();
    let range = book.worksheet_range(name).unwrap();
    range.rows().map(|row| row.iter().map(Data::to_string).collect()).collect()
}

/// The texts under a label of a table's sheet.
fn under(workbook: &[u8], sheet_name: &str, label: &str) -> Vec<String> {
    let rows = sheet(workbook, sheet_name);
    let header = rows.iter().position(|row| row.iter().any(|cell| cell == label)).unwrap();
    let column = rows[header].iter().position(|cell| cell == label).unwrap();
    rows[header + 1..].iter().map(|row| row[column].clone()).filter(|t| !t.is_empty()).collect()
}

/// The form of the first department that has measures and KPIs.
fn form(edition: &Edition, annex: &Annex) -> (String, Vec<u8>) {
    let has = |name: &str| annex.measures.iter().any(|m| m.submitted_by == name);
    let department = edition.departments.iter().find(|d| has(&d.name)).unwrap();
    let bytes = forms::write(edition, department, Some(annex)).into_bytes().unwrap();
    (forms::file_name(edition, department), bytes)
}

#[test]
fn the_form_and_its_instructions_have_it() {
    let (edition, annex) = with_column(|_| {});
    let (_, bytes) = form(&edition, &annex);
    for table in Table::ALL {
        let texts = under(&bytes, Schema::standard().words.sheet(table), LABEL);
        assert_eq!(texts[0], SAMPLE, "the sample of {table:?}");
    }
    assert!(
        under(&bytes, Schema::standard().words.sheet(Table::Measures), LABEL)
            .contains(&TEXT.to_owned())
    );
    let guide = sheet(&bytes, "記入要領");
    let lines = guide.iter().filter(|row| row.first().is_some_and(|label| label == LABEL));
    let lines: Vec<_> = lines.map(|row| row[1..3].to_vec()).collect();
    assert_eq!(lines, vec![vec![GUIDE.to_owned(), SAMPLE.to_owned()]; 2]);
}

#[test]
fn what_may_be_chosen_is_offered() {
    let (edition, annex) = with_column(|column| {
        column.kind = Kind::Choice;
        column.choices = vec!["国庫補助".into(), "県単独".into()];
    });
    let (_, bytes) = form(&edition, &annex);
    let lists = sheet(&bytes, "選択肢");
    let heading = format!("{LABEL}の選択肢");
    let column = lists[0].iter().position(|cell| *cell == heading).unwrap();
    assert_eq!([&lists[1][column], &lists[2][column]], ["国庫補助", "県単独"]);
}

#[test]
fn the_model_has_what_the_form_says_and_where() {
    let (edition, annex) = with_column(|_| {});
    let all = edition.departments.iter().map(|department| {
        let bytes = forms::write(&edition, department, Some(&annex)).into_bytes().unwrap();
        (forms::file_name(&edition, department), bytes)
    });
    let read = pipeline::read(&edition, None, all).annex;
    let [measure_column, kpi_column] =
        Table::ALL.map(|table| edition.schema.column(table, KEY).unwrap());
    assert!(read.measures.iter().all(|m| m.text(measure_column) == TEXT));
    assert!(read.kpis.iter().all(|k| k.text(kpi_column) == KPI_TEXT));
    let measure = &read.measures[0];
    let at = measure.places(measure_column)[0].cell.unwrap();
    let name = measure.name.at.cell.unwrap();
    let distance = |key| edition.schema.position(Table::Measures, key).unwrap() as u32;
    assert_eq!((at.row, at.column), (name.row, distance(KEY)));
    assert_eq!(read.schema, edition.schema);
    assert!(!read.measures.is_empty() && !read.kpis.is_empty());
}

#[test]
fn a_form_without_it_is_told_of() {
    let (edition, annex) = with_column(|_| {});
    let (standard, _) = model::small_annex();
    let intake = pipeline::read(&edition, None, [form(&standard, &annex)]);
    let findings = pipeline::findings(&edition, None, &intake, &|_| true);
    assert!(findings.iter().any(|f| f.rule.code == "F202" && f.message.ja.contains(LABEL)));
}

#[test]
fn annex_json_has_it_and_its_definition() {
    let (_, annex) = with_column(|_| {});
    let text = data::json(&annex).into_text().unwrap();
    assert!(text.contains(LABEL) && text.contains(TEXT));
    assert_eq!(data::read(&text).unwrap(), annex);
    let twice = text.replace(&format!("\"key\": \"{KEY}\""), "\"key\": \"overview\"");
    assert!(data::read(&twice).unwrap_err().say().ja.contains("overview"));
}

#[test]
fn the_form_of_next_year_keeps_clears_or_shows_it() {
    for next_year in [NextYear::Keep, NextYear::Clear, NextYear::Reference] {
        let (edition, annex) = with_column(|column| column.next_year = next_year);
        let has = |name: &str| annex.measures.iter().any(|m| m.submitted_by == name);
        let department = edition.departments.iter().find(|d| has(&d.name)).unwrap();
        let bytes = forms::next(&edition, department, &annex).into_bytes().unwrap();
        let texts = under(&bytes, Schema::standard().words.sheet(Table::Measures), LABEL);
        assert_eq!(texts.contains(&TEXT.to_owned()), next_year == NextYear::Keep, "{next_year:?}");
        if next_year == NextYear::Reference {
            let label = column().reference_label();
            let beside = under(&bytes, Schema::standard().words.sheet(Table::Measures), &label);
            assert!(beside.iter().any(|text| text == TEXT));
            // What stands there for reference is neither read nor told of.
            let name = forms::file_name(&edition, department);
            let intake = pipeline::read(&edition, None, [(name, bytes)]);
            assert!(intake.annex.measures.iter().all(|m| m.value(KEY).value.is_empty()));
            let findings = pipeline::findings(&edition, None, &intake, &|_| true);
            assert!(findings.iter().all(|f| f.rule.code != "F205"), "no unknown column");
        }
    }
}

#[test]
fn a_column_that_is_not_on_the_form_is_not_there() {
    let (edition, annex) = with_column(|column| {
        column.papers.remove(&Paper::Form);
    });
    let (_, bytes) = form(&edition, &annex);
    let rows = sheet(&bytes, Schema::standard().words.sheet(Table::Measures));
    assert!(rows.iter().flatten().all(|cell| cell != LABEL && cell != TEXT));
}

#[test]
fn a_workbook_that_has_it_reads_back() {
    let (edition, annex) = with_column(|_| {});
    let bytes = workbook::render(&edition, &annex, &Report::new(&edition, Vec::new()))
        .into_bytes()
        .unwrap();
    let (read, _) = intake::consolidated("annex.xlsx", &bytes);
    let read = read.unwrap();
    assert_eq!(read.schema, annex.schema);
    assert!(read.measures.iter().all(|m| m.value(KEY).value == TEXT));
    assert!(read.kpis.iter().all(|k| k.value(KEY).value == KPI_TEXT));
}

#[test]
fn the_page_has_it_with_its_label() {
    let (edition, annex) = with_column(|_| {});
    let page = web::render(&edition, &annex, None).into_text().unwrap();
    let cell = |text: &str| format!("<td role=\"cell\" data-label=\"{LABEL}\">{text}</td>");
    let header = format!("<th scope=\"col\" role=\"columnheader\">{LABEL}</th>");
    for expected in [header, cell(TEXT), cell(KPI_TEXT)] {
        assert!(page.contains(&expected), "{expected}");
    }
}

#[test]
fn the_lines_of_text_have_it() {
    let (_, annex) = with_column(|_| {});
    let lines = data::lines(&annex);
    for text in [TEXT, KPI_TEXT] {
        assert!(lines.contains(&format!(" {LABEL}: {text}\n")), "{text}");
    }
}

#[test]
fn the_open_data_have_it_and_describe_it() {
    let (_, annex) = with_column(|_| {});
    let files = data::datapackage::render(&annex).artifacts;
    let file = |name: &str| {
        let file = files.iter().find(|file| file.name == name).unwrap();
        String::from_utf8(file.bytes.to_vec()).unwrap()
    };
    for (name, text) in [("measures.csv", TEXT), ("kpis.csv", KPI_TEXT)] {
        let csv = file(name);
        let header = csv.lines().next().unwrap();
        assert!(header.split(',').any(|field| field == KEY), "{header}");
        assert!(csv.contains(text), "{name}");
    }
    let package: serde_json::Value = serde_json::from_str(&file("datapackage.json")).unwrap();
    for resource in ["measures", "kpis"] {
        let resources = package["resources"].as_array().unwrap();
        let resource = resources.iter().find(|r| r["name"] == resource).unwrap();
        let fields = resource["schema"]["fields"].as_array().unwrap();
        let field = fields.iter().find(|field| field["name"] == KEY).unwrap();
        assert_eq!(field["title"], LABEL);
    }
}

#[test]
fn the_open_data_have_who_answers_for_a_kpi_and_where_it_is_listed_again() {
    let (_, mut annex) = with_column(|_| {});
    let schema = Arc::make_mut(&mut annex.schema);
    for (key, role) in [(keys::SECTION, Role::Section), (keys::REPOSTS, Role::Reposts)] {
        schema.kpis.push(Column { role, ..Column::new(key, key) });
    }
    let heading = annex.places().last().unwrap();
    let (id, title) = (heading.id, heading.title.clone());
    annex.kpis[0].section.value = "統計課".into();
    annex.kpis[0].reposts = vec![Sourced::new(Some(id), Place::default())];
    let files = data::datapackage::render(&annex).artifacts;
    let csv = files.iter().find(|file| file.name == "kpis.csv").unwrap();
    let csv = String::from_utf8(csv.bytes.to_vec()).unwrap();
    for text in ["section", "reposts", "統計課", &title] {
        assert!(csv.contains(text), "{text}: {csv}");
    }
}

#[test]
fn the_sheets_of_the_workbook_have_it() {
    let (edition, annex) = with_column(|_| {});
    let bytes = workbook::render(&edition, &annex, &Report::new(&edition, Vec::new()))
        .into_bytes()
        .unwrap();
    for (name, text) in [
        ("個別施策", TEXT),
        ("KPI", KPI_TEXT),
        ("データ_個別施策", TEXT),
        ("データ_主なKPI", KPI_TEXT),
    ] {
        assert!(under(&bytes, name, LABEL).contains(&text.to_owned()), "{name}");
    }
}

/// The texts of a table of 新旧対照表, line by line.
fn lines_of(table: &comparison::table::Table) -> Vec<String> {
    let mut lines = Vec::new();
    for row in &table.rows {
        let comparison::table::Row::Entry(entry) = row else { continue };
        for line in &entry.lines {
            let text: String = line.redline().iter().map(|span| span.text.as_str()).collect();
            lines.push(format!("{}：{text}", line.label));
        }
    }
    lines
}

#[test]
fn a_comparison_tells_its_changes_in_every_form() {
    let (edition, old) = with_column(|_| {});
    let mut new = old.clone();
    new.measures[0].value_mut(KEY).value.push_str("、その他");
    new.kpis[0].value_mut(KEY).value = "県の調査による".into();
    let matched = compare(&old, &new);
    let comparison = &matched.comparison;
    assert_eq!(comparison.total(), 2);
    let text = comparison::text::render(comparison, comparison::text::Options::default());
    assert!(text.contains(&format!("{LABEL}：")) && text.contains("［＋、その他＋］"), "{text}");
    let json = comparison::json::render(comparison).into_text().unwrap();
    assert!(json.contains(KEY) && json.contains(LABEL), "{json}");
    assert_eq!(serde_json::from_str::<Comparison>(&json).unwrap(), *comparison);
    let page = web::diff::render(comparison).into_text().unwrap();
    assert!(page.contains(LABEL) && page.contains("<ins>、その他</ins>"));
    for layout in [Layout::SideBySide, Layout::Redline] {
        let options = comparison::table::Options { layout, ..Default::default() };
        let lines = lines_of(&comparison::table::table(&matched, options));
        assert!(lines.contains(&format!("{LABEL}：{TEXT}、その他")), "{lines:#?}");
    }
    let report = Report::new(&edition, Vec::new());
    let book = workbook::render_against(&edition, &new, &report, comparison).into_bytes().unwrap();
    assert!(under(&book, "変更点", "項目").contains(&LABEL.to_owned()));
}

#[test]
fn a_comparison_with_an_annex_that_lacks_it_adds_it() {
    let (_, new) = with_column(|_| {});
    let (_, old) = model::small_annex();
    let changed = |old: &Annex, new: &Annex| {
        let entries = compare(old, new).comparison.entries;
        let changes = entries.into_iter().flat_map(|entry| entry.changes);
        changes.filter(|c| matches!(c, Change::Field { field, .. } if field.is(KEY))).count()
    };
    assert!(changed(&old, &new) > 0);
    assert_eq!(changed(&old, &new), changed(&new, &old));
}

/// 基準値, a third figure of the KPIs.
fn with_figure() -> Annex {
    let (_, mut annex) = model::small_annex();
    let mut schema = Schema::default();
    let role = Role::Figure { role: FigureRole::Base, year: Some(2020) };
    let column = Column { role, kind: Kind::Amount, ..Column::new("base", "基準値") };
    let target = schema.kpis.iter().position(|column| column.is(keys::TARGET)).unwrap();
    schema.kpis.insert(target, column);
    annex.schema = Arc::new(schema);
    annex.kpis.iter_mut().for_each(|kpi| kpi.figure_mut("base").value = figure::read("120人"));
    annex
}

#[test]
fn a_further_figure_is_data_of_its_own_and_a_change_of_its_own() {
    let old = with_figure();
    let mut new = old.clone();
    new.kpis[0].figure_mut("base").value = figure::read("150人");
    let changes: Vec<Change> =
        compare(&old, &new).comparison.entries.into_iter().flat_map(|e| e.changes).collect();
    let [Change::Figure { field, figures }] = changes.as_slice() else {
        panic!("{changes:#?}");
    };
    assert_eq!((field.label(), figures.numbers[0].difference), ("基準値", 30.0));
    let files = data::datapackage::render(&new).artifacts;
    let csv = files.iter().find(|file| file.name == "kpis.csv").unwrap();
    let csv = String::from_utf8(csv.bytes.to_vec()).unwrap();
    assert!(
        csv.lines().any(|line| line.contains(",base,1,") && line.contains(",150,人,")),
        "{csv}"
    );
    let (edition, _) = model::small_annex();
    let bytes =
        workbook::render(&edition, &new, &Report::new(&edition, Vec::new())).into_bytes().unwrap();
    assert!(under(&bytes, "KPI", "基準値").contains(&"150人".to_owned()));
    assert!(under(&bytes, "KPI", "基準値の数値").contains(&"150".to_owned()));
}

#[test]
fn the_annex_prints_it() {
    let (edition, mut annex) = with_column(|_| {});
    // The small annex has a character that no font has.
    annex.measures.iter_mut().for_each(|measure| {
        let overview = &mut measure.value_mut(keys::OVERVIEW).value;
        *overview = clean(overview).text;
    });
    let (bytes, findings) = pdf::render(&edition, &annex, &pdf::Options::default()).into_parts();
    assert!(findings.iter().all(|finding| finding.severity != Severity::Error), "{findings:#?}");
    let Some(text) = read(&bytes.unwrap(), "pdftotext", &["-raw", "@", "-"]) else { return };
    let text = dense(&text);
    for expected in [LABEL, TEXT, KPI_TEXT] {
        assert!(text.contains(expected), "{expected} is not in {text}");
    }
}

#[test]
fn a_form_that_goes_back_has_the_finding_at_its_cell() {
    let (edition, annex) = with_column(|column| column.longest = Some(5));
    let has = |name: &str| annex.measures.iter().any(|m| m.submitted_by == name);
    let department = edition.departments.iter().find(|d| has(&d.name)).unwrap();
    let (file, sent) = form(&edition, &annex);
    let intake = pipeline::read(&edition, None, [(file.clone(), sent.clone())]);
    let findings = pipeline::findings(&edition, None, &intake, &|_| true);
    let long = findings.iter().filter(|finding| finding.rule.code == "E620").cloned();
    let long: Vec<_> = long.filter(|finding| finding.message.ja.contains(LABEL)).collect();
    assert!(!long.is_empty(), "{findings:#?}");
    let round_at = &intake.receipts[0].round_at;
    let submitted = forms::Submitted {
        file: &file,
        bytes: &sent,
        round_at,
        round: 2,
        is_colored: true,
        corrections: &[],
    };
    let bytes = forms::returned(&edition, department, &submitted, &long).unwrap();
    let column = edition.schema.position(Table::Measures, KEY).unwrap() as u32;
    let cell = CellRef::column_letters(column);
    let listed = under(&bytes, "点検結果", "セル");
    assert!(listed.iter().any(|at| at.starts_with(&cell)), "{listed:?}");
}
