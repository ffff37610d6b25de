//! Intake against the public edition: the forms it would have come from give it back, measure by
//! measure and KPI by KPI, in printed order. And against LibreOffice: a form that it saved in
//! another format says the same, with the same marks beside its text.

use std::path::Path;

use bessatsu::forms;
use bessatsu::intake::{self, Intake};
use bessatsu::model::{Annex, ObservationKind, Outcome};
use bessatsu::schema::keys;
use bessatsu::text::clean;
use rust_xlsxwriter::{Format, Note, Shape, Workbook, Worksheet, XlsxError};
use serde_json::Value;

use crate::support::program::reference;
use crate::support::{example, office, pipeline, submissions};

/// A text as far as the two sources agree on it: printed pages lost line breaks.
fn folded(text: &str) -> String {
    clean(text).text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn text(value: &Value, name: &str) -> String {
    folded(value[name].as_str().unwrap_or_default())
}

fn items<'v>(value: &'v Value, name: &str) -> impl Iterator<Item = &'v Value> {
    value[name].as_array().into_iter().flatten()
}

/// Every listing and KPI of the printed annex, one line each.
fn printed(annex: &Value) -> (Vec<String>, Vec<String>) {
    let (mut listings, mut kpis) = (Vec::new(), Vec::new());
    for pillar in items(annex, "pillars") {
        for category in items(pillar, "categories") {
            let place = format!("{}({})", pillar["number"], category["number"]);
            for measure in items(category, "measures") {
                let repost = measure["repost"].as_bool().unwrap_or_default();
                let fields = ["name", "overview", "purpose", "department", "section"];
                let fields = fields.map(|field| text(measure, field)).join("|");
                listings.push(format!("{place} {repost} {fields}"));
            }
            for kpi in items(category, "kpis") {
                let fields = ["name", "measures_as_printed", "current", "target"];
                kpis.push(format!("{place} {}", fields.map(|field| text(kpi, field)).join("|")));
            }
        }
    }
    (listings, kpis)
}

/// The same of a model.
fn read(annex: &Annex) -> (Vec<String>, Vec<String>) {
    let (mut listings, mut kpis) = (Vec::new(), Vec::new());
    for category in annex.outline.iter().flat_map(|pillar| &pillar.headings) {
        for listing in &category.listings {
            let measure = annex.measure(&listing.measure).expect("a listing's measure");
            let fields = [
                &measure.name.value,
                &measure.value(keys::OVERVIEW).value,
                &measure.value(keys::PURPOSE).value,
                &measure.department.value,
                &measure.section.value,
            ];
            let fields = fields.map(|text| folded(text)).join("|");
            listings.push(format!("{} {} {fields}", category.id, listing.repost));
        }
        for id in &category.kpis {
            let kpi = annex.kpi(id).expect("a category's KPI");
            let measures: Vec<&str> = kpi.measures.iter().map(|l| l.text.as_str()).collect();
            let fields = [
                folded(&kpi.name.value),
                folded(&measures.join("・")),
                folded(&kpi.figure(keys::CURRENT).value.printed),
                folded(&kpi.figure(keys::TARGET).value.printed),
            ];
            kpis.push(format!("{} {}", category.id, fields.join("|")));
        }
    }
    (listings, kpis)
}

fn assert_same(read: &[String], printed: &[String]) {
    for (index, (read, printed)) in read.iter().zip(printed).enumerate() {
        assert_eq!(read, printed, "entry {index}");
    }
    assert_eq!(read.len(), printed.len());
}

fn read_reference(folder: &Path) -> Intake {
    intake::run(&example::edition(), None, pipeline::folder(&folder.join("submissions")))
}

#[test]
fn the_reference_forms_give_the_printed_annex_in_its_order() {
    let Some(folder) = reference() else { return };
    let annex = std::fs::read_to_string(folder.join("annex.json")).expect("the printed annex");
    let annex: Value = serde_json::from_str(&annex).expect("the printed annex is JSON");
    let intake = read_reference(&folder);
    let (listings, kpis) = read(&intake.annex);
    let (printed_listings, printed_kpis) = printed(&annex);
    assert_same(&listings, &printed_listings);
    assert_same(&kpis, &printed_kpis);
    assert_eq!((listings.len(), kpis.len()), (190, 54));
}

#[test]
fn the_reference_forms_are_read_whole() {
    let Some(folder) = reference() else { return };
    let intake = read_reference(&folder);
    assert_eq!(intake.receipts.len(), 14);
    for receipt in &intake.receipts {
        assert_eq!(receipt.outcome, Outcome::Read, "{}", receipt.file);
        assert!(receipt.department.is_some(), "{}", receipt.file);
        // The forms have one foot note.
        let odd: Vec<_> = receipt.observations.iter().map(|o| (o.kind, o.found.as_str())).collect();
        let note = (ObservationKind::TextOutside, "※行が不足する場合は適宜追加してください。");
        assert!(odd.iter().all(|odd| *odd == note), "{} {odd:?}", receipt.file);
    }
    let annex = &intake.annex;
    let measures: usize = intake.receipts.iter().map(|receipt| receipt.measures).sum();
    assert_eq!(measures, annex.measures.len());
    assert!(annex.measures.iter().all(|measure| !measure.owners.is_empty()));
    assert!(annex.measures.is_sorted_by(|a, b| a.id < b.id), "ids are unique and in order");
    assert!(annex.kpis.is_sorted_by(|a, b| a.id < b.id), "ids are unique and in order");
    let unknown = annex.kpis.iter().flat_map(|kpi| &kpi.measures);
    assert_eq!(unknown.filter(|link| link.measure.is_none()).count(), 3);
}

/// A form with a mark of every kind that all three formats can carry.
fn marked_form() -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let measures = [
        ["区分", "分野", "施策名", "概要", "目的", "担当部局", "担当課室"],
        ["継続", "1(1) 子育て支援", "施策あ", "概要あ", "", "総務部", "広報課"],
        ["継続", "1(1) 子育て支援", "施策い", "やめた", "目的い", "総務部", "広報課"],
        ["新規", "1(2)", "施策う", "一行目\n二行目　", "目的う", "総務部", ""],
    ];
    let sheet = page(workbook.add_worksheet(), &measures)?;
    let (plain, struck) = (Format::new(), Format::new().set_font_strikethrough());
    let runs = [(&plain, "目的の"), (&struck, "取り消す"), (&plain, "後の文")];
    sheet.write_rich_string(3, 4, &runs)?;
    sheet.write_with_format(4, 3, "やめた", &struck)?;
    sheet.merge_range(4, 6, 5, 6, "広報課", &Format::new())?;
    sheet.set_row_hidden(5)?;
    sheet.set_column_hidden(5)?;
    sheet.insert_note(3, 2, &Note::new("確認中").add_author_prefix(false))?;
    sheet.insert_shape(8, 1, &Shape::textbox().set_text("箱の文"))?;
    let kpis = [
        ["分野", "主なKPI", "対象施策", "現状値", "目標値"],
        ["1(1)", "割合", "施策あ", "", "70%"],
        ["1(1)", "人数", "施策い", "", "2,000人"],
        ["1(2)", "時点", "施策う", "", "令和9年度"],
    ];
    let sheet = page(workbook.add_worksheet(), &kpis)?;
    for (row, value, format) in
        [(3, 0.8740000000000001, "0.0%"), (4, 1551.0, "#,##0\"人\""), (5, 5.0, "0.00")]
    {
        sheet.write_with_format(row, 3, value, &Format::new().set_num_format(format))?;
    }
    workbook.define_name("bessatsu_edition", "=\"R7\"")?;
    workbook.define_name("bessatsu_form_version", "=\"1\"")?;
    workbook.save_to_buffer()
}

fn page<'s, const N: usize>(
    sheet: &'s mut Worksheet,
    lines: &[[&str; N]],
) -> Result<&'s mut Worksheet, XlsxError> {
    sheet.write_row(0, 0, ["部局名", "総務部"])?;
    for (row, line) in (2..).zip(lines) {
        for (column, text) in (0..).zip(line).filter(|(_, text)| !text.is_empty()) {
            sheet.write(row, column, *text)?;
        }
    }
    Ok(sheet)
}

/// What is read of a file, without its name.
fn outline(name: &str, bytes: Vec<u8>) -> Vec<String> {
    let intake = pipeline::read(&example::edition(), None, [(name.to_owned(), bytes)]);
    let (mut lines, kpis) = read(&intake.annex);
    lines.extend(kpis);
    let receipt = &intake.receipts[0];
    lines.push(format!("{:?} {:?}", receipt.outcome, receipt.form));
    let place = |observation: &bessatsu::model::Observation| {
        let cell =
            observation.at.cell.filter(|_| observation.kind != ObservationKind::FloatingText);
        cell.map(|cell| cell.to_string()).unwrap_or_default()
    };
    let mut observations: Vec<String> = receipt
        .observations
        .iter()
        .map(|o| format!("{:?} {} {}", o.kind, place(o), o.found))
        .collect();
    observations.sort();
    lines.extend(observations);
    lines
}

#[test]
fn a_form_saved_by_libreoffice_in_another_format_says_the_same() {
    let form = marked_form().expect("a form");
    let expected = outline("01_総務部.xlsx", form.clone());
    assert_eq!(
        expected[6..],
        [
            "Read Some(FormStamp { edition: \"R7\", version: \"1\" })",
            "ColumnMissing A3 ",
            "ColumnMissing A3 ",
            "ColumnMissing A3 ",
            "ColumnMissing A3 ",
            "ColumnMissing A3 ",
            "ColumnMissing A3 ",
            "FloatingText  箱の文",
            "HiddenData A6 施策う",
            "HiddenData F3 総務部",
            "MergedCells G5 G5:G6",
            "Note C4 確認中",
            "StruckText D5 やめた",
            "StruckText E4 取り消す",
        ]
    );
    assert!(expected[3].contains("|87.4%|"), "{}", expected[3]);
    assert!(expected[4].contains("|1,551人|"), "{}", expected[4]);
    for extension in ["xls", "ods", "xlsx"] {
        let Some(saved) = office::saved_as(&form, extension) else { return };
        // The content tells the format, not the name.
        assert_eq!(outline("01_総務部.xlsx", saved), expected, "{extension}");
    }
}

/// Reads forms that the project wrote, which nobody touched.
fn untouched(forms: Vec<(String, Vec<u8>)>) -> Annex {
    let intake = pipeline::read(&example::edition(), None, forms);
    for receipt in &intake.receipts {
        assert_eq!(receipt.observations, [], "{}", receipt.file);
        assert_eq!(receipt.outcome, Outcome::Read, "{}", receipt.file);
        assert!(receipt.form.is_some(), "{}", receipt.file);
    }
    intake.annex
}

#[test]
fn a_form_that_nobody_filled_in_says_nothing() {
    let edition = example::edition();
    let blank = edition.departments.iter().map(|department| {
        let form = forms::write(&edition, department, None).into_bytes().expect("a form");
        (forms::file_name(&edition, department), form)
    });
    let annex = untouched(blank.collect());
    assert_eq!((annex.measures.len(), annex.kpis.len()), (0, 0));
}

#[test]
fn the_example_forms_go_out_and_come_back_the_same() {
    let edition = example::edition();
    let annex = untouched(submissions::of_example());
    assert_eq!((annex.listings().count(), annex.kpis.len()), (190, 54));
    let again = edition.departments.iter().map(|department| {
        let form = forms::write(&edition, department, Some(&annex)).into_bytes().expect("a form");
        (forms::file_name(&edition, department), form)
    });
    let back = untouched(again.collect());
    for (back, went) in back.measures.iter().zip(&annex.measures) {
        assert_eq!(back, went);
    }
    for (back, went) in back.kpis.iter().zip(&annex.kpis) {
        assert_eq!(back, went);
    }
    assert_eq!(back, annex);
}
