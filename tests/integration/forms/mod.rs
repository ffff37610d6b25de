//! The forms as a department gets them: read back by programs that no one here wrote.

mod levels;
mod returned;
mod round_trip;

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use bessatsu::diag::CellRef;
use bessatsu::edition::Edition;
use bessatsu::forms;
use bessatsu::model::{Annex, Kpi, Measure};
use bessatsu::schema::{Role, Schema, Table, form, keys};
use calamine::{Data, Reader, Xlsx};
use quick_xml::events::Event;

use crate::support::office::{self, Sheet};
use crate::support::{example, pdf, submissions};

const FIRST_ROW: usize = 7;

/// Every cell of the tables as the model has it, in the order of rows and columns.
fn expected(edition: &Edition, annex: &Annex, table: Table) -> Sheet {
    let label = |id| {
        let all = edition.places();
        all.iter().find(|place| place.id == id).map(|place| place.label()).unwrap()
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
                    m.value(keys::OVERVIEW).value.clone(),
                    m.value(keys::PURPOSE).value.clone(),
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
                    k.figure(keys::CURRENT).value.printed.clone(),
                    k.figure(keys::TARGET).value.printed.clone(),
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
    let bytes = forms::write(&edition, edition.department("企画部").unwrap(), Some(&annex))
        .into_bytes()
        .unwrap();
    (edition, annex, bytes)
}

#[test]
fn the_committed_submissions_come_out_again_byte_for_byte() {
    let folder = example::folder().join("submissions");
    let written = submissions::of_example();
    assert_eq!(written.len(), 14);
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), written.len());
    for (name, bytes) in written {
        let committed = std::fs::read(folder.join(&name)).unwrap_or_default();
        assert!(
            committed == bytes,
            "{name} is stale: run `cargo run --example example_submissions`"
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
        let shown = &sheets[Schema::standard().words.sheet(table)];
        let schema = Schema::standard();
        let labels: Vec<&str> = schema.columns(table).iter().map(|c| c.label.as_str()).collect();
        assert_eq!(shown[5], labels, "the header row");
        assert_eq!(shown[6][0], "（例）");
        let expected = expected(&edition, &annex, table);
        for (at, row) in expected.iter().enumerate() {
            for (shown, expected) in shown[FIRST_ROW + at].iter().zip(row) {
                // LibreOffice leaves separators and units out of a CSV; see the next test.
                if !is_number(expected) {
                    assert_eq!(
                        shown,
                        expected,
                        "row {at} of {}",
                        Schema::standard().words.sheet(table)
                    );
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
        .find(|(a, _)| a["table:name"] == Schema::standard().words.sheet(Table::Kpis))
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
    let range = book.worksheet_range(Schema::standard().words.sheet(Table::Kpis)).unwrap();
    let value = |printed: &str| {
        let at = annex
            .kpis
            .iter()
            .position(|k| k.figure(keys::CURRENT).value.printed == printed)
            .unwrap();
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
    let bytes = forms::write(&edition, &edition.departments[0], None).into_bytes().unwrap();
    let book: Xlsx<_> = Xlsx::new(Cursor::new(&bytes)).unwrap();
    let names: BTreeMap<_, _> = book.defined_names().iter().cloned().collect();
    assert_eq!(names[form::EDITION_NAME], "\"R7\"");
    assert_eq!(names[form::VERSION_NAME], "\"1\"");
    let properties = elements(&part(&bytes, "docProps/custom.xml"), "property");
    let named: BTreeMap<_, _> =
        properties.iter().map(|(a, text)| (a["name"].as_str(), text.as_str())).collect();
    assert!(named[form::EDITION_NAME].contains(">R7<"), "{named:?}");
    assert!(named[form::VERSION_NAME].contains(">1<"), "{named:?}");
}

#[test]
fn every_drop_down_offers_the_words_of_the_settings() {
    let edition = example::edition();
    let bytes = forms::write(&edition, &edition.departments[0], None).into_bytes().unwrap();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(&bytes)).unwrap();
    let names: BTreeMap<_, _> = book.defined_names().iter().cloned().collect();
    let lists = book.worksheet_range(form::LISTS_SHEET).unwrap();
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
    let bytes = forms::write(&edition, &edition.departments[0], None).into_bytes().unwrap();
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
        for (index, column) in (0u32..).zip(Schema::standard().columns(table)) {
            let letters = CellRef::column_letters(index);
            assert!(!open(&format!("{letters}6")), "the header of {}", column.label);
            assert!(!open(&format!("{letters}7")), "the sample of {}", column.label);
            let spare = open(&format!("{letters}8"));
            assert_eq!(spare, column.role != Role::Id, "a spare {}", column.label);
        }
        assert!(open("B4"), "提出回");
        assert!(open("B5"), "該当なし");
        assert!(!open("B2"), "部局名");
        assert!(!xml.contains("mergeCell"));
        assert!(!xml.contains("customHeight"), "rows fit themselves to what is typed");
        let page = elements(&xml, "pageSetup").remove(0).0;
        assert_eq!((page["paperSize"].as_str(), page["orientation"].as_str()), ("9", "landscape"));
    }
    let book = part(&bytes, "xl/workbook.xml");
    assert!(book.contains("'様式１　個別施策'!$6:$6"), "the header row is printed on every page");
}

#[test]
fn no_page_of_a_printed_form_holds_empty_rows_alone() {
    let edition = example::edition();
    let mut forms = submissions::of_example();
    for department in edition.departments.iter().take(1) {
        let blank = forms::write(&edition, department, None).into_bytes().unwrap();
        forms.push(("blank.xlsx".into(), blank));
    }
    let Some(printed) = office::all_saved_as(&forms, "pdf") else { return };
    for (name, bytes) in printed {
        let Some(text) = pdf::read(&bytes, "pdftotext", &["-layout", "@", "-"]) else { return };
        let pages: Vec<&str> = text.split('\u{c}').filter(|page| !page.trim().is_empty()).collect();
        assert!(pages.len() >= 3, "{name}: {text}");
        for (number, page) in (1..).zip(pages) {
            // The instructions, the head of a form, or rows with their ids.
            let is_filled = ["記入要領", "部局名", "R7-"].iter().any(|sign| page.contains(sign));
            assert!(is_filled, "page {number} of {name}: {page}");
        }
    }
}

#[test]
fn a_row_is_high_enough_for_what_it_shows_of_the_year_before() {
    let edition = example::edition();
    let mut annex = example::annex(&edition);
    let department = edition.department("総務部").unwrap();
    let rows = |annex: &Annex| {
        let form = forms::next(&edition, department, annex).into_bytes().unwrap();
        elements(&part(&form, sheet_part(Table::Kpis)), "row")
    };
    let heights = |annex: &Annex| {
        let heights = rows(annex).into_iter().filter_map(|(row, _)| row.get("ht")?.parse().ok());
        heights.fold(0.0, f64::max)
    };
    let before = heights(&annex);
    let own = annex.kpis.iter_mut().find(|kpi| kpi.submitted_by == "総務部").unwrap();
    own.figure_mut(keys::CURRENT).value.printed = "①調査中\n".repeat(12);
    assert!(heights(&annex) > before + 100.0, "twelve lines: {before}, {}", heights(&annex));
}
