//! The forms as a department gets them: read back by programs that no one here wrote.

#[path = "support/example.rs"]
mod example;
#[path = "support/office.rs"]
mod office;

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::sync::Arc;

use bessatsu::diag::{CellRef, Place, Rule, Say, Severity};
use bessatsu::edition::Edition;
use bessatsu::edition::fields::{self, Field, Table};
use bessatsu::forms;
use bessatsu::intake::{self, Intake, Source};
use bessatsu::model::{Annex, Kpi, Measure, Status};
use calamine::{Data, Reader, Xlsx};
use office::Sheet;
use quick_xml::events::Event;

const FIRST_ROW: usize = 7;

/// Every cell of the tables as the model has it, in the order of rows and columns.
fn expected(edition: &Edition, annex: &Annex, table: Table) -> Sheet {
    let label = |id| {
        let mut all = edition.categories();
        let found = all.find(|(p, c)| format!("{}({})", p.number, c.number) == format!("{id}"));
        found.map(|(p, c)| Edition::category_label(p, c)).unwrap()
    };
    let order = |order: f64| order.to_string();
    match table {
        Table::Measures => {
            let mut measures: Vec<_> = annex.measures.iter().collect();
            measures.sort_by_key(|m| m.name.at.cell);
            let row = |m: &&Measure| {
                let reposts: Vec<_> = m.reposts.iter().filter_map(|r| r.value).map(label).collect();
                vec![
                    m.id.to_string(),
                    m.status.value.label().into(),
                    label(m.category.value.unwrap()),
                    String::new(),
                    m.name.value.clone(),
                    m.overview.value.clone(),
                    m.purpose.value.clone(),
                    m.department.value.clone(),
                    m.section.value.clone(),
                    reposts.join("\n"),
                    String::new(),
                ]
            };
            measures.iter().map(row).collect()
        }
        Table::Kpis => {
            let row = |k: &Kpi| {
                let measures: Vec<_> = k.measures.iter().map(|l| l.text.as_str()).collect();
                vec![
                    k.id.to_string(),
                    k.status.value.label().into(),
                    label(k.category.value.unwrap()),
                    order(k.order.as_ref().unwrap().value),
                    k.name.value.clone(),
                    measures.join("\n"),
                    k.current.value.printed.clone(),
                    k.target.value.printed.clone(),
                    String::new(),
                ]
            };
            annex.kpis.iter().map(row).collect()
        }
    }
}

/// A part of the package, as text.
fn part(bytes: &[u8], name: &str) -> String {
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    package.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// Every element of a name with its attributes and the text inside.
fn elements(xml: &str, name: &str) -> Vec<(BTreeMap<String, String>, String)> {
    let mut found = Vec::new();
    let mut reader = quick_xml::Reader::from_str(xml);
    loop {
        let (element, start) = match reader.read_event().unwrap() {
            Event::Eof => return found,
            Event::Start(e) => (e, true),
            Event::Empty(e) => (e, false),
            _ => continue,
        };
        if element.name().as_ref() != name {
            continue;
        }
        let attributes = element
            .attributes()
            .map(|a| a.unwrap())
            .map(|a| (a.key.as_ref().to_owned(), a.value.to_string()))
            .collect();
        let inside = if start {
            reader.read_text(element.name()).unwrap().to_string()
        } else {
            String::new()
        };
        found.push((attributes, inside));
    }
}

fn sheet_part(table: Table) -> &'static str {
    match table {
        Table::Measures => "xl/worksheets/sheet2.xml",
        Table::Kpis => "xl/worksheets/sheet3.xml",
    }
}

/// The example's content in the form of one department, so that one file has all of it.
fn everything() -> (Edition, Annex, Vec<u8>) {
    let edition = example::edition();
    let mut annex = example::annex(&edition);
    annex.measures.iter_mut().for_each(|m| m.submitted_by = "企画部".into());
    annex.kpis.iter_mut().for_each(|k| k.submitted_by = "企画部".into());
    let bytes =
        forms::write(&edition, edition.department("企画部").unwrap(), Some(&annex)).unwrap();
    (edition, annex, bytes)
}

#[test]
fn the_committed_submissions_come_out_again_byte_for_byte() {
    let folder = example::folder().join("submissions");
    let written = example::submissions();
    assert_eq!(written.len(), 14);
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), written.len());
    for (name, bytes) in written {
        let committed = std::fs::read(folder.join(&name)).unwrap_or_default();
        assert!(
            committed == bytes,
            "{name} is stale: run `cargo run --release --example example_submissions`"
        );
    }
}

/// Whether the form holds a number for it rather than a text.
fn is_number(printed: &str) -> bool {
    let unit = printed.trim_start_matches(|c: char| c.is_ascii_digit() || ",.".contains(c));
    unit.len() < printed.len() && unit.chars().all(|c| c == '%' || c.is_alphabetic())
}

#[test]
fn libreoffice_reads_every_cell_as_the_model_has_it() {
    let (edition, annex, bytes) = everything();
    let Some(sheets) = office::sheets(&bytes) else { return };
    for table in Table::ALL {
        let shown = &sheets[table.sheet()];
        let labels: Vec<_> = table.columns().iter().map(|c| c.label).collect();
        assert_eq!(shown[5], labels, "the header row");
        assert_eq!(shown[6][0], "（例）");
        let expected = expected(&edition, &annex, table);
        for (at, row) in expected.iter().enumerate() {
            for (shown, expected) in shown[FIRST_ROW + at].iter().zip(row) {
                // LibreOffice leaves separators and units out of a CSV; see the next test.
                if !is_number(expected) {
                    assert_eq!(shown, expected, "row {at} of {}", table.sheet());
                }
            }
        }
        for row in &shown[FIRST_ROW + expected.len()..] {
            assert!(row.iter().all(String::is_empty), "{row:?} below the rows");
        }
    }
    assert_eq!(annex.measures.len() + annex.kpis.len(), 174 + 54);
}

#[test]
fn libreoffice_shows_every_number_as_it_is_printed() {
    let (edition, annex, bytes) = everything();
    let Some(document) = office::saved_as(&bytes, "fods") else { return };
    let document = String::from_utf8(document).unwrap();
    let table = elements(&document, "table:table")
        .into_iter()
        .find(|(a, _)| a["table:name"] == Table::Kpis.sheet())
        .unwrap();
    let shown: Vec<String> = elements(&table.1, "table:table-cell")
        .into_iter()
        .filter(|(a, _)| a.get("office:value-type").is_some_and(|t| t != "string"))
        .map(|(_, inside)| elements(&inside, "text:p").remove(0).1)
        .collect();
    // 提出回 and the sample's value stand above the rows.
    let mut printed = vec!["1".to_owned(), "48.0%".to_owned()];
    let rows = expected(&edition, &annex, Table::Kpis);
    let numbers = |row: Vec<String>| [3, 6, 7].map(|column| row[column].clone());
    printed.extend(rows.into_iter().flat_map(numbers).filter(|text| is_number(text)));
    assert_eq!(shown, printed);
    assert!(shown.iter().any(|text| text == "1,551人"));
}

#[test]
fn values_are_numbers_where_a_department_would_have_typed_numbers() {
    let (_, annex, bytes) = everything();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(&bytes)).unwrap();
    let range = book.worksheet_range(Table::Kpis.sheet()).unwrap();
    let value = |printed: &str| {
        let at = annex.kpis.iter().position(|k| k.current.value.printed == printed).unwrap();
        range.get_value(((FIRST_ROW + at) as u32, 6)).unwrap().clone()
    };
    assert_eq!(value("69.0%"), Data::Float(0.69));
    assert_eq!(value("1,551人"), Data::Float(1551.0));
    let text = "191,614人(R7.1.20時点)";
    assert_eq!(value(text), Data::String(text.into()));
}

#[test]
fn a_form_names_its_edition_and_version() {
    let edition = example::edition();
    let bytes = forms::write(&edition, &edition.departments[0], None).unwrap();
    let book: Xlsx<_> = Xlsx::new(Cursor::new(&bytes)).unwrap();
    let names: BTreeMap<_, _> = book.defined_names().iter().cloned().collect();
    assert_eq!(names[fields::EDITION_NAME], "\"R7\"");
    assert_eq!(names[fields::VERSION_NAME], "\"1\"");
    let properties = elements(&part(&bytes, "docProps/custom.xml"), "property");
    let named: BTreeMap<_, _> =
        properties.iter().map(|(a, text)| (a["name"].as_str(), text.as_str())).collect();
    assert!(named[fields::EDITION_NAME].contains(">R7<"), "{named:?}");
    assert!(named[fields::VERSION_NAME].contains(">1<"), "{named:?}");
}

#[test]
fn every_drop_down_offers_the_words_of_the_settings() {
    let edition = example::edition();
    let bytes = forms::write(&edition, &edition.departments[0], None).unwrap();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(&bytes)).unwrap();
    let names: BTreeMap<_, _> = book.defined_names().iter().cloned().collect();
    let lists = book.worksheet_range(fields::LISTS_SHEET).unwrap();
    let items = |name: &str| -> Vec<String> {
        let (_, range) = names[name].split_once('!').unwrap();
        let (from, to) = range.split_once(':').unwrap();
        let (from, to) = (CellRef::parse(from).unwrap(), CellRef::parse(to).unwrap());
        assert_eq!(from.column, to.column);
        let text = |row| lists.get_value((row, from.column)).unwrap().to_string();
        (from.row..=to.row).map(text).collect()
    };
    assert_eq!(items("bessatsu_statuses"), ["継続", "新規", "変更", "廃止"]);
    assert_eq!(items("bessatsu_categories").len(), 20);
    let departments = items("bessatsu_departments");
    assert_eq!(departments.len(), 15, "14 departments and a joint one");
    assert_eq!(departments[14], "警察本部・企画部");
    for (number, department) in (1..).zip(&edition.departments) {
        assert_eq!(departments[number - 1], department.name);
        assert_eq!(items(&format!("bessatsu_sections_{number:02}")), department.sections);
    }
    assert_eq!(items("bessatsu_sections_15"), ["サイバー犯罪対策課・デジタルみやぎ推進課"]);
    let sources = |table: Table| -> BTreeMap<String, (String, String)> {
        elements(&part(&bytes, sheet_part(table)), "dataValidation")
            .into_iter()
            .filter(|(a, _)| a.get("type").is_some_and(|t| t == "list"))
            .map(|(a, text)| {
                let refuses = a.get("showErrorMessage").cloned().unwrap_or_default();
                let column: String =
                    a["sqref"].chars().take_while(char::is_ascii_alphabetic).collect();
                let formula = elements(&text, "formula1").remove(0).1;
                assert!(a.contains_key("prompt"), "{column} says nothing");
                (column, (formula, refuses))
            })
            .collect()
    };
    let measures = sources(Table::Measures);
    let columns: Vec<&str> = measures.keys().map(String::as_str).collect();
    assert_eq!(columns, ["B", "C", "H", "I", "J"]);
    assert_eq!(measures["C"].0, "bessatsu_categories");
    assert!(measures["I"].0.contains("MATCH($H8,bessatsu_departments,0)"), "{measures:?}");
    assert_eq!(measures["J"].1, "", "several lines may stand in 再掲分野");
    let kpis = sources(Table::Kpis);
    assert_eq!(kpis["F"], ("bessatsu_measures".into(), String::new()));
    assert!(names["bessatsu_measures"].contains("$E$8:$E$307"));
}

#[test]
fn only_the_cells_to_fill_in_can_be_changed() {
    let edition = example::edition();
    let bytes = forms::write(&edition, &edition.departments[0], None).unwrap();
    let styles = part(&bytes, "xl/styles.xml");
    let formats = elements(&styles, "cellXfs").remove(0).1;
    let unlocked: Vec<bool> = elements(&formats, "xf")
        .iter()
        .map(|(_, inside)| inside.contains("locked=\"0\""))
        .collect();
    for table in Table::ALL {
        let xml = part(&bytes, sheet_part(table));
        let (protection, _) = elements(&xml, "sheetProtection").remove(0);
        assert!(!protection.contains_key("password") && protection["sheet"] == "1");
        let open = |cell: &str| {
            let cells = elements(&xml, "row").into_iter().flat_map(|(_, row)| elements(&row, "c"));
            let style = cells.map(|(a, _)| a).find(|a| a["r"] == cell).unwrap()["s"].clone();
            unlocked[style.parse::<usize>().unwrap()]
        };
        for (index, column) in (0u32..).zip(table.columns()) {
            let letters = CellRef::column_letters(index);
            assert!(!open(&format!("{letters}6")), "the header of {}", column.label);
            assert!(!open(&format!("{letters}7")), "the sample of {}", column.label);
            let spare = open(&format!("{letters}8"));
            assert_eq!(spare, column.field != Field::Id, "a spare {}", column.label);
        }
        assert!(open("B4"), "提出回");
        assert!(!open("B2"), "部局名");
        assert!(!xml.contains("mergeCell"));
        assert!(!xml.contains("customHeight"), "rows fit themselves to what is typed");
        let page = elements(&xml, "pageSetup").remove(0).0;
        assert_eq!((page["paperSize"].as_str(), page["orientation"].as_str()), ("9", "landscape"));
    }
    let book = part(&bytes, "xl/workbook.xml");
    assert!(book.contains("'様式１　個別施策'!$6:$6"), "the header row is printed on every page");
}

static RULE: Rule = Rule {
    code: "K599",
    name: "test",
    severity: Severity::Error,
    title: "試験",
    title_en: "test",
    what: "",
    why: "",
    mend: "単位をそろえてください。",
    example: "",
    source: "",
};

/// The example's content as one department submitted it: columns and rows elsewhere than in our
/// form, and no ids.
fn submitted() -> (Edition, Annex) {
    let (edition, mut annex, _) = everything();
    let file: Arc<str> = "03_企画部.xlsx".into();
    let (first, second): (Arc<str>, Arc<str>) = ("個別施策".into(), "KPI".into());
    for (row, m) in (20u32..).zip(&mut annex.measures) {
        let at = |column| Place::cell(&file, &first, CellRef::new(row, column));
        (m.name.at, m.overview.at, m.purpose.at) = (at(3), at(1), at(0));
    }
    for (row, k) in (30u32..).zip(&mut annex.kpis) {
        let at = |column| Place::cell(&file, &second, CellRef::new(row, column));
        (k.name.at, k.current.at, k.target.at) = (at(1), at(4), at(5));
    }
    (edition, annex)
}

#[test]
fn a_returned_form_says_each_finding_in_its_cell() {
    let (edition, annex) = submitted();
    let department = edition.department("企画部").unwrap();
    let finding = |place: &Place| {
        let message = Say::new("単位が違う", "units differ");
        RULE.finding(message).at(place).of("企画部").found("7千件").expected("7,000件")
    };
    let row = Place { cell: Some(CellRef::new(23, 9)), ..annex.measures[3].name.at.clone() };
    let elsewhere = Place::line("edition.toml", 3);
    let mut accepted = finding(&annex.kpis[5].current.at);
    accepted.accepted = Some("理由".into());
    let findings = [
        finding(&annex.kpis[0].target.at).also_at([annex.kpis[2].target.at.clone()]),
        finding(&annex.kpis[0].target.at).severity(Severity::Warning),
        finding(&row).severity(Severity::Warning),
        finding(&elsewhere).severity(Severity::Info),
        accepted,
        finding(&annex.kpis[7].current.at).of("総務部"),
    ];
    let bytes = forms::returned(&edition, department, &annex, &findings, 2).unwrap().unwrap();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(&bytes)).unwrap();
    assert_eq!(book.sheet_names()[0], fields::FINDINGS_SHEET);
    let list = book.worksheet_range(fields::FINDINGS_SHEET).unwrap();
    let text = |row, column| list.get_value((row, column)).unwrap().to_string();
    let line = |row| [text(row, 0), text(row, 1), text(row, 2), text(row, 3)].join(" ");
    let lines: Vec<String> = (5..10).map(line).collect();
    assert_eq!(
        lines,
        [
            "エラー K599 様式２　KPI H8",
            "エラー K599 様式２　KPI H10",
            "警告 K599 様式２　KPI H8",
            "警告 K599 様式１　個別施策 E11",
            "情報 K599  ",
        ]
    );
    assert_eq!(list.end().unwrap().0, 9, "neither accepted ones nor another department's");
    let links = elements(&part(&bytes, "xl/worksheets/sheet1.xml"), "hyperlink");
    let links: Vec<_> = links.iter().map(|(a, _)| (&*a["ref"], &*a["location"])).collect();
    assert_eq!(links[0], ("D6", "'様式２　KPI'!H8"));
    assert_eq!(links.len(), 4);

    let notes = [part(&bytes, "xl/comments1.xml"), part(&bytes, "xl/comments2.xml")];
    let notes: Vec<_> = notes.iter().flat_map(|n| elements(n, "comment")).collect();
    let cells: Vec<_> = notes.iter().map(|(a, _)| a["ref"].as_str()).collect();
    assert_eq!(cells, ["E11", "H8", "H10"]);
    assert!(notes[1].1.contains(fields::NOTE_PREFIX));
    assert_eq!(notes[1].1.matches("直し方：単位をそろえてください。").count(), 2);

    let range = book.worksheet_range(Table::Kpis.sheet()).unwrap();
    let text = |cell: &str| {
        let cell = CellRef::parse(cell).unwrap();
        range.get_value((cell.row, cell.column)).unwrap().to_string()
    };
    assert_eq!(text("A8"), "", "an id that the department did not give may still change");
    assert_eq!(text("H8"), annex.kpis[0].target.value.printed);
    assert_eq!(text("B4"), "2", "it comes back as the next submission");
    assert!(office::sheets(&bytes).is_none_or(|s| s.contains_key(fields::FINDINGS_SHEET)));
}

#[test]
fn a_department_without_findings_gets_nothing() {
    let (edition, annex) = submitted();
    let department = edition.department("企画部").unwrap();
    let other = RULE.finding(Say::new("違う", "wrong")).of("総務部");
    assert!(forms::returned(&edition, department, &annex, &[other.clone()], 2).unwrap().is_none());
    assert!(forms::letter(&edition, department, &[other]).unwrap().is_none());
}

#[test]
fn the_covering_text_counts_the_findings_and_names_the_gravest() {
    let edition = example::edition();
    let department = edition.department("企画部").unwrap();
    let finding = |n: usize| RULE.finding(Say::new(format!("誤り{n}"), "fault")).of("企画部");
    let mut findings: Vec<_> = (1..=3).map(|n| finding(n).severity(Severity::Warning)).collect();
    findings.extend((4..=12).map(finding));
    let text = forms::letter(&edition, department, &findings).unwrap().unwrap();
    assert!(
        text.starts_with("件名：【みやぎDX推進ポリシー　別冊】調査票の修正のお願い（企画部）\n")
    );
    assert!(text.contains("（エラー）　9件\n"), "{text}");
    assert!(text.contains("（警告）　　3件\n"), "{text}");
    assert!(text.contains("・誤り12\n・誤り1\n　ほか2件\n"), "{text}");
    assert!(text.contains("「03_企画部.xlsx」"), "{text}");
}

#[test]
fn the_next_edition_s_form_asks_for_new_values_and_shows_the_old() {
    let (edition, mut annex, _) = everything();
    annex.kpis[1].status.value = Status::Abolished;
    annex.kpis[0].status.value = Status::New;
    let department = edition.department("企画部").unwrap();
    let bytes = forms::next(&edition, department, &annex).unwrap();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(&bytes)).unwrap();
    let range = book.worksheet_range(Table::Kpis.sheet()).unwrap();
    let row = |row: u32| -> Vec<String> {
        (0..10).map(|c| range.get_value((row, c)).unwrap().to_string()).collect()
    };
    assert_eq!(row(5)[9], fields::REFERENCE_LABEL);
    let first = row(7);
    assert_eq!((&*first[0], &*first[1], &*first[6], &*first[9]), ("R7-K01", "継続", "", "未測定"));
    assert_eq!(row(8)[0], "R7-K03", "what was abolished is gone");
    assert_eq!(row(8)[9], "1551");
}

fn read(edition: &Edition, files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Intake {
    let source = |(name, bytes): (String, Vec<u8>)| Source { name: name.into(), bytes: Ok(bytes) };
    intake::run(edition, None, files.into_iter().map(source).collect())
}

/// The form of every department.
fn written(edition: &Edition, annex: &Annex) -> Vec<(String, Vec<u8>)> {
    let form = |d| (forms::file_name(edition, d), forms::write(edition, d, Some(annex)).unwrap());
    edition.departments.iter().map(form).collect()
}

fn oddities(intake: &Intake) -> Vec<String> {
    let all = intake.receipts.iter().flat_map(|r| &r.oddities);
    all.map(|o| format!("{:?} {} {}", o.kind, o.at, o.found)).collect()
}

#[test]
fn an_untouched_form_gives_the_same_model_and_the_same_bytes_again() {
    let edition = example::edition();
    let source = example::annex(&edition);
    let read_once = read(&edition, example::submissions());
    assert_eq!(oddities(&read_once), [""; 0]);
    let annex = &read_once.annex;
    assert_eq!((annex.measures.len(), annex.kpis.len()), (174, 54));
    assert_eq!(annex.listings().count(), 190);
    for (read, meant) in annex.measures.iter().zip(&source.measures) {
        assert_eq!(read.id, meant.id);
        assert_eq!(authored_measure(read), authored_measure(meant));
    }
    for (read, meant) in annex.kpis.iter().zip(&source.kpis) {
        assert_eq!(read.id, meant.id);
        assert_eq!(authored_kpi(read), authored_kpi(meant));
    }
    assert_eq!(written(&edition, annex), example::submissions());
}

#[test]
fn the_example_is_printed_in_the_order_of_its_source() {
    let edition = example::edition();
    let annex = read(&edition, example::submissions()).annex;
    let text = include_str!("editions/example/content.json");
    let content: serde_json::Value = serde_json::from_str(text).unwrap();
    let mut printed = Vec::new();
    for category in content.as_array().unwrap() {
        let number = category["category"].as_str().unwrap();
        for listing in category["measures"].as_array().unwrap() {
            let repost = listing["repost"].as_str();
            let name = repost.or(listing["name"].as_str()).unwrap();
            printed.push(format!("{number} {name} {}", repost.is_some()));
        }
    }
    let read: Vec<_> = annex
        .listings()
        .map(|(category, listing, m)| {
            format!("{} {} {}", category.id, m.name.value, listing.repost)
        })
        .collect();
    assert_eq!(read, printed);
}

/// What the department wrote of a measure, without where it stands and what follows from it.
fn authored_measure(m: &Measure) -> Vec<String> {
    let reposts = m.reposts.iter().map(|r| format!("{:?}", r.value));
    let texts = [&m.name, &m.overview, &m.purpose, &m.department, &m.section];
    let rest = [
        format!("{:?} {:?}", m.status.value, m.category.value),
        format!("{:?}", m.order.as_ref().map(|o| o.value)),
        m.note.as_ref().map_or_else(String::new, |n| n.value.clone()),
        m.submitted_by.clone(),
    ];
    texts.into_iter().map(|t| t.value.clone()).chain(reposts).chain(rest).collect()
}

fn authored_kpi(k: &Kpi) -> Vec<String> {
    let links = k.measures.iter().map(|l| l.text.value.clone());
    let rest = [
        format!("{:?} {:?}", k.status.value, k.category.value),
        format!("{:?}", k.order.as_ref().map(|o| o.value)),
        k.name.value.clone(),
        k.current.value.printed.clone(),
        k.target.value.printed.clone(),
        k.note.as_ref().map_or_else(String::new, |n| n.value.clone()),
        k.submitted_by.clone(),
    ];
    links.chain(rest).collect()
}

#[test]
fn a_form_saved_by_libreoffice_comes_back_with_the_same_content() {
    let (edition, annex, bytes) = everything();
    for extension in ["xlsx", "ods", "xls"] {
        let Some(saved) = office::saved_as(&bytes, extension) else { return };
        let intake = read(&edition, [(format!("03_企画部.{extension}"), saved)]);
        assert_eq!(oddities(&intake), [""; 0], "{extension}");
        assert_eq!(intake.annex.measures.len(), annex.measures.len());
        for (read, meant) in intake.annex.measures.iter().zip(&annex.measures) {
            assert_eq!(authored_measure(read), authored_measure(meant), "{extension}");
        }
        for (read, meant) in intake.annex.kpis.iter().zip(&annex.kpis) {
            assert_eq!(authored_kpi(read), authored_kpi(meant), "{extension}");
        }
        let stamp = intake.receipts[0].form.as_ref().unwrap();
        assert_eq!((stamp.edition.as_str(), stamp.version.as_str()), ("R7", "1"), "{extension}");
    }
}

#[test]
fn a_returned_form_and_a_next_one_are_read_like_any_other() {
    let (edition, annex) = submitted();
    let department = edition.department("企画部").unwrap();
    let finding = RULE.finding(Say::new("違う", "wrong")).of("企画部");
    let findings =
        [finding.clone().at(&annex.kpis[0].target.at), finding.at(&annex.measures[0].name.at)];
    let bytes = forms::returned(&edition, department, &annex, &findings, 2).unwrap().unwrap();
    let intake = read(&edition, [("03_企画部.xlsx".into(), bytes)]);
    assert_eq!(oddities(&intake), [""; 0]);
    assert_eq!(intake.receipts[0].round, Some(2));
    for (read, meant) in intake.annex.measures.iter().zip(&annex.measures) {
        assert_eq!(authored_measure(read), authored_measure(meant));
    }
    let bytes = forms::next(&edition, department, &annex).unwrap();
    let intake = read(&edition, [("03_企画部.xlsx".into(), bytes)]);
    assert_eq!(oddities(&intake), [""; 0]);
    assert_eq!(intake.annex.kpis.len(), annex.kpis.len());
    assert!(intake.annex.kpis.iter().all(|k| k.current.value.printed.is_empty()));
}
