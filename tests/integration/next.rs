//! From one edition to the next, as a clerk goes: the settings first, their questions answered, then
//! the forms.

use std::fs;
use std::path::Path;

use bessatsu::edition::{self, Edition};
use bessatsu::model::Annex;
use bessatsu::publish::data;
use bessatsu::schema::reorganisation::Sheet;
use bessatsu::{intake, succession};
use rust_xlsxwriter::Workbook;
use serde_json::Value;
use tempfile::TempDir;

use crate::support::filled::{Row, filled};
use crate::support::pdf;
use crate::support::program::{copy_of_example, run};

fn settings(folder: &Path) -> String {
    fs::read_to_string(folder.join("edition.toml")).expect("settings")
}

/// Takes the marks away, as somebody does who finds every line right.
fn answer(folder: &Path) {
    let text = settings(folder);
    let lines = text.lines().filter(|line| !line.starts_with("# 要確認"));
    let answered: String = lines
        .map(|line| format!("{}\n", line.split("  # 要確認").next().unwrap_or_default()))
        .collect();
    fs::write(folder.join("edition.toml"), answered).expect("written");
}

/// How many forms lie in a folder.
fn forms(folder: &Path) -> usize {
    fs::read_dir(folder).map_or(0, |entries| {
        let names = entries.map(|entry| entry.expect("an entry").file_name());
        names.filter(|name| name.to_string_lossy().ends_with(".xlsx")).count()
    })
}

#[test]
fn the_forms_wait_for_what_is_to_be_decided() {
    let folder = copy_of_example();
    let here = folder.path();
    let begun = run(here, &["forms", "--next", "next"]);
    assert_eq!(begun.code, 0, "{}", begun.err);
    let next = here.join("next");
    assert_eq!(forms(&next.join("forms")), 0, "nothing is sent out before");
    for asked in [
        "行目　year = 2026　…　版の年度",
        "deadline = \"令和8年1月24日\"",
        "version = \"第 1.0 版\"",
        "部局、課室、見出しの再編",
        "bessatsu forms next\n",
    ] {
        assert!(begun.err.contains(asked), "{asked}: {}", begun.err);
    }
    let text = settings(&next);
    let line = text.lines().position(|line| line.starts_with("deadline = ")).expect("a line") + 1;
    assert!(begun.err.contains(&format!("  {line}行目　deadline")), "{}", begun.err);

    let again = run(here, &["forms", "--next", "next"]);
    assert_eq!(again.code, 2);
    assert!(
        again.err.contains("もう用意してあり") && again.err.contains("要確認が"),
        "{}",
        again.err
    );
    let refused = run(here, &["forms", "next"]);
    assert_eq!(refused.code, 2, "{}", refused.err);
    assert!(refused.err.contains(&format!("  {line}行目　deadline")), "{}", refused.err);
    assert!(!next.join("forms").exists());
    assert_eq!(settings(&next), text, "nothing of it is touched");
    let check = run(here, &["check", "next"]);
    assert!(check.out.contains("S119"), "{}", check.out);

    answer(&next);
    let made = run(here, &["forms", "next"]);
    assert_eq!(made.code, 0, "{}", made.err);
    assert_eq!(forms(&next.join("forms")), 14);
    let again = run(here, &["forms", "--next", "next"]);
    assert!(again.code == 2 && again.err.contains("もう用意してあります"), "{}", again.err);
}

#[test]
fn whoever_insists_gets_the_forms_at_once_and_another_edition_is_left_alone() {
    let folder = copy_of_example();
    let here = folder.path();
    let begun = run(here, &["forms", "--next", "next", "--force"]);
    assert_eq!(begun.code, 0, "{}", begun.err);
    assert_eq!(forms(&here.join("next/forms")), 14);
    assert!(begun.err.contains("作り直してください"), "{}", begun.err);
    let made = run(here, &["forms", "next", "-o", "forms", "--force"]);
    assert_eq!(made.code, 0, "{}", made.err);
    assert_eq!(forms(&here.join("forms")), 14);

    assert_eq!(run(here, &["new", "other"]).code, 0);
    let text = settings(&here.join("other"));
    let refused = run(here, &["forms", "--next", "other"]);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("もう edition.toml があります"), "{}", refused.err);
    assert_eq!(settings(&here.join("other")), text);
}

#[test]
fn the_forms_of_a_first_edition_wait_for_its_guesses_too() {
    let folder = copy_of_example();
    let here = folder.path();
    let first = run(here, &["new", "first", "--from", "submissions"]);
    assert_eq!(first.code, 0, "{}", first.err);
    let refused = run(here, &["forms", "first", "-o", "forms"]);
    assert_eq!(refused.code, 2, "{}", refused.err);
    assert!(
        refused.err.contains("様式に計画期間がない") || refused.err.contains("年度から"),
        "{}",
        refused.err
    );
    let counted = settings(&here.join("first")).matches("# 要確認").count();
    assert!(refused.err.contains(&format!("要確認）が{counted}か所")), "{}", refused.err);
    assert!(first.err.contains(&format!("「要確認」{counted}か所")), "{}", first.err);
    let forced = run(here, &["forms", "first", "-o", "forms", "--force"]);
    assert_eq!(forced.code, 0, "{}", forced.err);
}

/// Two measures of 企業局, and why they go.
const ABOLISHED: [(&str, &str); 2] =
    [("水管橋点検", "別の事業に統合したため"), ("水道管路等台帳システム", "")];

#[test]
fn what_is_abolished_is_listed_with_its_reason_and_one_without_is_told() {
    let folder = copy_of_example();
    let here = folder.path();
    assert_eq!(run(here, &["forms", "--next", "next", "--force"]).code, 0);
    let next = here.join("next");
    let bare = settings(&next);
    let list = r#"
[[measure-column]]
key = "reason"
label = "廃止の理由"
required = false
papers = ["form", "workbook", "data"]

[[appendix]]
title = "廃止した施策"
kind = "abolished"
reason = "reason"
"#;
    fs::write(next.join("edition.toml"), format!("{bare}{list}")).expect("written");
    assert_eq!(run(here, &["forms", "next", "-o", "forms", "--force"]).code, 0);
    for entry in fs::read_dir(here.join("forms")).expect("forms") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|extension| extension != "xlsx") {
            continue;
        }
        let mut form = fs::read(&path).expect("a form");
        let name = path.file_name().expect("a name");
        if name.to_string_lossy().contains("企業局") {
            let [first, second] = ABOLISHED.map(|(name, _)| name);
            for name in [first, second] {
                form = filled(&form, Row::Named(name), "区分", "廃止");
            }
            form = filled(&form, Row::Named(first), "廃止の理由", ABOLISHED[0].1);
        }
        fs::write(next.join("submissions").join(name), form).expect("written");
    }
    let check = run(here, &["check", "next"]);
    let told: Vec<&str> = check.out.lines().filter(|line| line.contains("E685")).collect();
    assert_eq!(told.len(), 1, "{}", check.out);
    assert!(!check.out.contains("E636"), "the reason is no other text: {}", check.out);
    assert!(run(here, &["build", "next", "--draft"]).code < 2);
    let pdf = fs::read(next.join("out/annex.pdf")).expect("a PDF");
    let Some(text) = pdf::read(&pdf, "pdftotext", &["@", "-"]) else { return };
    let text = pdf::dense(&text);
    for said in ["廃止した施策", ABOLISHED[0].0, "企業局", "理由：", ABOLISHED[0].1, ABOLISHED[1].0]
    {
        assert!(text.contains(said), "{said}: {text}");
    }
    // Without the list nothing is asked and nothing is printed.
    fs::write(next.join("edition.toml"), bare).expect("written");
    assert!(!run(here, &["check", "next"]).out.contains("E685"));
}

/// The rows of a reorganisation's table, sheet by sheet, each row as its cells.
type Rows = [Vec<Vec<String>>; 3];

/// The table in which nothing changes.
fn unchanged(edition: &Edition) -> Rows {
    let cells = |row: &[&str]| row.iter().map(|cell| (*cell).to_owned()).collect();
    let departments = edition.departments.iter();
    let sections = departments.clone().flat_map(|department| {
        let name = department.name.as_str();
        department.sections.iter().map(move |section| cells(&[name, section, name, section]))
    });
    let headings = edition.headings().into_iter().map(|heading| {
        let number = heading.heading.number.to_string();
        let word = edition.levels.word(heading.id.depth());
        cells(&[word, &heading.label(), &heading.heading.title, &number])
    });
    [
        departments.clone().map(|d| cells(&[&d.name, &d.name])).collect(),
        sections.collect(),
        headings.collect(),
    ]
}

/// The workbook of these rows.
fn table(rows: &Rows) -> Vec<u8> {
    let mut book = Workbook::new();
    for (sheet, rows) in Sheet::ALL.into_iter().zip(rows) {
        let page = book.add_worksheet();
        page.set_name(sheet.name()).expect("a name");
        for (column, label) in (0u16..).zip(sheet.labels()) {
            page.write(0, column, *label).expect("a cell");
        }
        for (row, cells) in (1u32..).zip(rows) {
            for (column, cell) in (0u16..).zip(cells) {
                page.write(row, column, cell).expect("a cell");
            }
        }
    }
    book.save_to_buffer().expect("a workbook")
}

/// Changes a cell of the first row that has a text in a column: the sheet, both columns.
fn change(rows: &mut Rows, sheet: Sheet, (at, was): (usize, &str), (column, now): (usize, &str)) {
    let rows = &mut rows[sheet as usize];
    let row = rows.iter_mut().find(|row| row[at].contains(was));
    row.unwrap_or_else(|| panic!("{was} is in no row"))[column] = now.to_owned();
}

fn add(rows: &mut Rows, sheet: Sheet, cells: &[&str]) {
    rows[sheet as usize].push(cells.iter().map(|cell| (*cell).to_owned()).collect());
}

/// The next edition of the example, with the annex before it.
fn next_of_example() -> (TempDir, Edition, Annex) {
    let folder = copy_of_example();
    let begun = run(folder.path(), &["forms", "--next", "next"]);
    assert_eq!(begun.code, 0, "{}", begun.err);
    let next = folder.path().join("next");
    let edition = edition::parse("edition.toml", &settings(&next)).0.expect("settings");
    let text = fs::read_to_string(next.join("previous.json")).expect("the annex before");
    (folder, edition, data::read(&text).expect("an annex"))
}

#[test]
fn the_table_as_it_was_written_changes_nothing_but_the_question() {
    let (folder, edition, _) = next_of_example();
    let next = folder.path().join("next");
    let before = settings(&next);
    let bytes = fs::read(next.join("reorganisation.xlsx")).expect("the table");
    let read = run(
        folder.path(),
        &["forms", "next", "--reorganisation", "next/reorganisation.xlsx", "-o", "f", "--force"],
    );
    assert_eq!(read.code, 0, "{}{}", read.out, read.err);
    let lines = before.split_inclusive('\n').filter(|line| !line.starts_with("# 要確認"));
    assert_eq!(settings(&next), lines.collect::<String>(), "comments, order and layout stay");
    // And it says of everything how much there is.
    let (table, _) = intake::reorganisation("reorganisation.xlsx", &bytes);
    assert_eq!(table.departments.len(), edition.departments.len());
    assert_eq!(table.headings.len(), edition.headings().len());
    assert!(table.missing.is_empty());
}

#[test]
fn renaming_dividing_joining_and_moving_come_out_of_the_table_with_every_entry_and_its_id() {
    let (folder, edition, previous) = next_of_example();
    let (here, next) = (folder.path(), folder.path().join("next"));
    let mut rows = unchanged(&edition);
    let [departments, sections, headings] = Sheet::ALL;
    // One is called otherwise, two become one, one becomes two, a section goes elsewhere.
    change(&mut rows, departments, (0, "企画部"), (1, "企画・デジタル部"));
    change(&mut rows, departments, (0, "農政部"), (1, "農林水産部"));
    change(&mut rows, departments, (0, "水産林政部"), (1, "農林水産部"));
    change(&mut rows, departments, (0, "経済商工観光部"), (1, "経済産業部"));
    add(&mut rows, departments, &["", "観光部"]);
    change(&mut rows, sections, (1, "観光戦略課"), (2, "観光部"));
    add(&mut rows, sections, &["", "", "観光部", "国際交流課"]);
    change(&mut rows, sections, (1, "デジタルみやぎ推進課"), (3, "デジタル政策課"));
    change(&mut rows, sections, (1, "統計課"), (2, "総務部"));
    // A heading is new, and those behind it have other numbers; another is called otherwise.
    let at = rows[2].iter().position(|row| row[2] == "医療・福祉の充実").expect("a heading");
    let new = ["分野", "", "デジタルデバイド対策", ""].map(str::to_owned);
    rows[2].insert(at, new.into());
    change(&mut rows, headings, (2, "医療・福祉の充実"), (2, "保健・医療・福祉"));
    fs::write(here.join("再編表.xlsx"), table(&rows)).expect("written");
    let args = ["forms", "next", "--reorganisation", "再編表.xlsx", "-o", "forms", "--force"];
    let read = run(here, &args);
    assert_eq!(read.code, 0, "{}{}", read.out, read.err);
    assert!(read.err.contains("edition.toml」に書き込みました"), "{}", read.err);
    let text = settings(&next);
    for lines in [
        "name = \"企画・デジタル部\"\nformerly = [\"企画部\"]\n",
        "    { name = \"デジタル政策課\", formerly = [\"デジタルみやぎ推進課\"] },\n",
        "name = \"農林水産部\"\nformerly = [\"農政部\", \"水産林政部\"]\n",
        "name = \"経済産業部\"\nformerly = [\"経済商工観光部\"]\n",
        "name = \"観光部\"\nformerly = [\"経済商工観光部\"]\nsections = [\"観光戦略課\", \"国際交流課\"]\n",
        "name = \"総務部\"\nformerly = [\"企画部\"]\n",
        "number = 5\ntitle = \"デジタルデバイド対策\"\n",
        "number = 6\ntitle = \"保健・医療・福祉\"\nformerly = [\"医療・福祉の充実\"]\n",
        "number = 7\ntitle = \"安全安心の確保\"\n",
        "{ department = \"企画・デジタル部\", section = \"デジタル政策課\" },",
        "企画・デジタル部デジタル政策課（別冊担当）\"  # 要確認",
        "# ---- 部局と課室 ----",
    ] {
        assert!(text.contains(lines), "{lines}\n{text}");
    }
    let again = run(here, &args);
    assert!(again.code == 0 && again.err.contains("もう再編表のとおりです"), "{}", again.err);
    assert_eq!(settings(&next), text, "read twice, it is the same");

    // Sent in as they are, the forms give every entry again, under its id.
    for entry in fs::read_dir(here.join("forms")).expect("forms") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|extension| extension == "xlsx") {
            let name = path.file_name().expect("a name");
            fs::copy(&path, next.join("submissions").join(name)).expect("copied");
        }
    }
    assert!(run(here, &["build", "next", "--draft"]).code < 2);
    let annex = fs::read_to_string(next.join("out/annex.json")).expect("annex.json");
    let annex = data::read(&annex).expect("an annex");
    let ids = |annex: &Annex| {
        let measures = annex.measures.iter().map(|measure| measure.id.to_string());
        let mut ids: Vec<String> =
            measures.chain(annex.kpis.iter().map(|kpi| kpi.id.to_string())).collect();
        ids.sort();
        ids
    };
    assert_eq!(ids(&annex), ids(&previous));
    let check = run(here, &["check", "next", "--format", "json"]);
    let json: Value = serde_json::from_str(&check.out).expect("JSON");
    let errors = json["findings"].as_array().expect("findings").iter();
    // What is asked for anew is missing as yet.
    let is_asked = |finding: &&Value| finding["name"] == "kpi-without-current";
    let errors = errors.filter(|finding| finding["severity"] == "error" && !is_asked(finding));
    let errors: Vec<_> = errors.collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

#[test]
fn every_wrong_cell_of_the_table_is_told_with_its_place_and_nothing_is_written() {
    let (folder, edition, previous) = next_of_example();
    let [departments, sections, headings] = Sheet::ALL;
    type Edit = fn(&mut Rows, Sheet);
    let cases: [(&str, Sheet, Edit, &str); 11] = [
        (
            "a section in an unknown department",
            sections,
            |r, s| change(r, s, (1, "統計課"), (2, "総務")),
            "S121「課室」C",
        ),
        (
            "a department that was none",
            departments,
            |r, s| change(r, s, (0, "企画部"), (0, "企画課")),
            "S121「部局」A",
        ),
        (
            "a blank department",
            departments,
            |r, s| change(r, s, (0, "企画部"), (1, "")),
            "S123「部局」B",
        ),
        ("a blank section", sections, |r, s| change(r, s, (1, "統計課"), (3, "")), "S123「課室」D"),
        (
            "a blank heading",
            headings,
            |r, s| change(r, s, (2, "教育の充実"), (2, "")),
            "S123「見出し」C",
        ),
        (
            "one department that is two, and its sections say neither",
            departments,
            |r, s| {
                change(r, s, (0, "企画部"), (1, "企画政策部"));
                add(r, s, &["企画部", "デジタル部"]);
            },
            "S122「課室」C",
        ),
        (
            "one section that is two",
            sections,
            |r, s| add(r, s, &["企画部", "統計課", "総務部", "統計調査課"]),
            "S122「課室」D",
        ),
        (
            "one heading that is two",
            headings,
            |r, s| add(r, s, &["分野", "1(2) 教育の充実", "学び", ""]),
            "S122「見出し」C",
        ),
        (
            "a department with entries that goes",
            departments,
            |r, s| change(r, s, (0, "企業局"), (1, "なくなる")),
            "S124「課室」C",
        ),
        (
            "a section with entries that goes",
            sections,
            |r, s| change(r, s, (1, "統計課"), (3, "なくなる")),
            "S124「課室」D",
        ),
        (
            "a row that is gone",
            sections,
            |r, s| r[s as usize].retain(|row| row[1] != "統計課"),
            "S125「課室」",
        ),
    ];
    for (what, sheet, edit, expected) in cases {
        let mut rows = unchanged(&edition);
        edit(&mut rows, sheet);
        let (read, _) = intake::reorganisation("再編表.xlsx", &table(&rows));
        let (_, findings) = succession::reorganise(&edition, &previous, &read);
        let told = findings.iter().map(|finding| {
            format!("{}{}", finding.rule.code, finding.place.to_string().replace("再編表.xlsx", ""))
        });
        let told: Vec<String> = told.collect();
        assert!(told.iter().any(|told| told.starts_with(expected)), "{what}: {told:?}");
    }
    let before = settings(&folder.path().join("next"));
    let mut rows = unchanged(&edition);
    change(&mut rows, departments, (0, "企画部"), (1, ""));
    rows[2].clear();
    fs::write(folder.path().join("再編表.xlsx"), table(&rows)).expect("written");
    fs::write(folder.path().join("memo.xlsx"), "no workbook").expect("written");
    for (file, code) in [("再編表.xlsx", "S123"), ("再編表.xlsx", "S125"), ("memo.xlsx", "F101")]
    {
        let args = ["forms", "next", "--reorganisation", file, "-o", "forms", "--force"];
        let refused = run(folder.path(), &args);
        assert_eq!(refused.code, 1, "{}{}", refused.out, refused.err);
        assert!(refused.out.contains(code), "{file} {code}: {}", refused.out);
        assert_eq!(settings(&folder.path().join("next")), before);
        assert!(!folder.path().join("forms").exists());
    }
    let mut other = Workbook::new();
    other.add_worksheet();
    other.save(folder.path().join("other.xlsx")).expect("written");
    let refused =
        run(folder.path(), &["forms", "next", "--reorganisation", "other.xlsx", "-o", "forms"]);
    assert!(refused.code == 1 && refused.out.contains("S120"), "{}", refused.out);
}
