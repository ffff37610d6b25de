//! The forms that go back with their findings, and those of the next edition.

use std::io::Cursor;
use std::sync::Arc;

use bessatsu::diag::{CellRef, Place, Rule, Say, Severity};
use bessatsu::edition::Edition;
use bessatsu::forms;
use bessatsu::model::{Annex, Outcome, Status};
use bessatsu::schema::{Schema, Table, form, keys};
use calamine::{Reader, Xlsx};

use super::round_trip::{authored_measure, observations, read};
use super::{elements, everything, part};
use crate::support::{example, office};

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
        m.name.at = at(3);
        m.value_mut(keys::OVERVIEW).at = at(1);
        m.value_mut(keys::PURPOSE).at = at(0);
    }
    for (row, k) in (30u32..).zip(&mut annex.kpis) {
        let at = |column| Place::cell(&file, &second, CellRef::new(row, column));
        k.name.at = at(1);
        k.figure_mut(keys::CURRENT).at = at(4);
        k.figure_mut(keys::TARGET).at = at(5);
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
    let mut accepted = finding(&annex.kpis[5].figure(keys::CURRENT).at);
    accepted.accepted = Some("理由".into());
    let findings = [
        finding(&annex.kpis[0].figure(keys::TARGET).at)
            .also_at([annex.kpis[2].figure(keys::TARGET).at.clone()]),
        finding(&annex.kpis[0].figure(keys::TARGET).at).severity(Severity::Warning),
        finding(&row).severity(Severity::Warning),
        finding(&elsewhere).severity(Severity::Info),
        accepted,
        finding(&annex.kpis[7].figure(keys::CURRENT).at).of("総務部"),
    ];
    let bytes = forms::returned(&edition, department, &annex, &findings, 2).into_bytes().unwrap();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(&bytes)).unwrap();
    assert_eq!(book.sheet_names()[0], form::FINDINGS_SHEET);
    let list = book.worksheet_range(form::FINDINGS_SHEET).unwrap();
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
    assert!(notes[1].1.contains(form::NOTE_PREFIX));
    assert_eq!(notes[1].1.matches("直し方：単位をそろえてください。").count(), 2);

    let range = book.worksheet_range(Schema::standard().words.sheet(Table::Kpis)).unwrap();
    let text = |cell: &str| {
        let cell = CellRef::parse(cell).unwrap();
        range.get_value((cell.row, cell.column)).unwrap().to_string()
    };
    assert_eq!(text("A8"), "", "an id that the department did not give may still change");
    assert_eq!(text("H8"), annex.kpis[0].figure(keys::TARGET).value.printed);
    assert_eq!(text("B4"), "2", "it comes back as the next submission");
    assert!(office::sheets(&bytes).is_none_or(|s| s.contains_key(form::FINDINGS_SHEET)));
}

#[test]
fn a_department_without_findings_gets_nothing() {
    let (edition, annex) = submitted();
    let department = edition.department("企画部").unwrap();
    let other = RULE.finding(Say::new("違う", "wrong")).of("総務部");
    assert!(
        forms::returned(&edition, department, &annex, std::slice::from_ref(&other), 2).is_empty()
    );
    assert!(forms::letter(&edition, department, Some(Outcome::Read), &[other]).is_empty());
}

#[test]
fn the_covering_text_counts_the_findings_and_names_the_gravest() {
    let edition = example::edition();
    let department = edition.department("企画部").unwrap();
    let finding = |n: usize| RULE.finding(Say::new(format!("誤り{n}"), "fault")).of("企画部");
    let mut findings: Vec<_> = (1..=3).map(|n| finding(n).severity(Severity::Warning)).collect();
    findings.extend((4..=12).map(finding));
    let text =
        forms::letter(&edition, department, Some(Outcome::Read), &findings).into_text().unwrap();
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
    let bytes = forms::next(&edition, department, &annex).into_bytes().unwrap();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(&bytes)).unwrap();
    let range = book.worksheet_range(Schema::standard().words.sheet(Table::Kpis)).unwrap();
    let row = |row: u32| -> Vec<String> {
        (0..10).map(|c| range.get_value((row, c)).unwrap().to_string()).collect()
    };
    assert_eq!(
        row(5)[9],
        Schema::standard().column(Table::Kpis, keys::CURRENT).unwrap().reference_label()
    );
    let first = row(7);
    assert_eq!((&*first[0], &*first[1], &*first[6], &*first[9]), ("R7-K01", "継続", "", "未測定"));
    assert_eq!(row(8)[0], "R7-K03", "what was abolished is gone");
    assert_eq!(row(8)[9], "1551");
}

#[test]
fn a_returned_form_and_a_next_one_are_read_like_any_other() {
    let (edition, annex) = submitted();
    let department = edition.department("企画部").unwrap();
    let finding = RULE.finding(Say::new("違う", "wrong")).of("企画部");
    let findings = [
        finding.clone().at(&annex.kpis[0].figure(keys::TARGET).at),
        finding.at(&annex.measures[0].name.at),
    ];
    let bytes = forms::returned(&edition, department, &annex, &findings, 2).into_bytes().unwrap();
    let intake = read(&edition, [("03_企画部.xlsx".into(), bytes)]);
    assert_eq!(observations(&intake), [""; 0]);
    assert_eq!(intake.receipts[0].round, Some(2));
    for (read, meant) in intake.annex.measures.iter().zip(&annex.measures) {
        assert_eq!(authored_measure(read), authored_measure(meant));
    }
    let bytes = forms::next(&edition, department, &annex).into_bytes().unwrap();
    let intake = read(&edition, [("03_企画部.xlsx".into(), bytes)]);
    assert_eq!(observations(&intake), [""; 0]);
    assert_eq!(intake.annex.kpis.len(), annex.kpis.len());
    assert!(intake.annex.kpis.iter().all(|k| k.figure(keys::CURRENT).value.printed.is_empty()));
}
