//! The files that go back with their findings, and the forms of the next edition.

use std::io::Cursor;

use bessatsu::diag::{CellRef, Place, Rule, Say, Severity};
use bessatsu::edition::Edition;
use bessatsu::forms::{self, Letter, Submitted};
use bessatsu::model::{Annex, Outcome, Status};
use bessatsu::schema::{Schema, Table, form, keys};
use calamine::{Reader, Xlsx};

use super::round_trip::{observations, read};
use super::{elements, everything, part};
use crate::support::{example, office, repacked};

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

/// A form of ours as the department filled it in, with its file name.
fn sent(edition: &Edition, annex: &Annex) -> (String, Vec<u8>) {
    let department = edition.department("企画部").unwrap();
    let bytes = forms::write(edition, department, Some(annex)).into_bytes().unwrap();
    (forms::file_name(edition, department), bytes)
}

#[test]
fn a_returned_form_says_each_finding_and_marks_its_cell() {
    let (edition, annex, _) = everything();
    let department = edition.department("企画部").unwrap();
    let (file, bytes) = sent(&edition, &annex);
    let schema = Schema::standard();
    let words = &schema.words;
    let place = |table, cell: &str| {
        let cell = CellRef::parse(cell).unwrap();
        Place::cell(&file.as_str().into(), &words.sheet(table).into(), cell)
    };
    let finding = |cell: &str| {
        let message = Say::new("単位が違う", "units differ");
        let place = place(Table::Kpis, cell);
        RULE.finding(message).at(&place).of("企画部").found("7千件").expected("7,000件")
    };
    let mut accepted = finding("G9");
    accepted.accepted = Some("理由".into());
    let findings = [
        finding("H8").severity(Severity::Warning),
        finding("H8").also_at([place(Table::Kpis, "H10"), place(Table::Measures, "E11")]),
        RULE.finding(Say::new("提出", "sent")).of("企画部").at(&Place::line("edition.toml", 3)),
        accepted,
        finding("G9").of("総務部"),
        // A cell that the form does not have.
        finding("H900").severity(Severity::Info),
    ];
    let round_at = [place(Table::Measures, "B4"), place(Table::Kpis, "B4")];
    let submitted = Submitted {
        file: &file,
        bytes: &bytes,
        round_at: &round_at,
        round: 2,
        is_colored: true,
        corrections: &[],
    };
    let back = forms::returned(&edition, department, &submitted, &findings).unwrap();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(&back)).unwrap();
    let list = book.worksheet_range(form::FINDINGS_SHEET).unwrap();
    let text = |row, column| list.get_value((row, column)).unwrap().to_string();
    let line = |row| [text(row, 0), text(row, 1), text(row, 2), text(row, 3)].join(" ");
    let lines: Vec<String> = (5..9).map(line).collect();
    assert_eq!(
        lines,
        [
            "エラー K599 様式２　KPI H8",
            "エラー K599  ",
            "警告 K599 様式２　KPI H8",
            "情報 K599 様式２　KPI H900"
        ]
    );
    assert!(text(5, 4).contains("ほかに関わる欄：H10、「様式１　個別施策」E11"), "{}", text(5, 4));
    assert_eq!(list.end().unwrap().0, 8, "neither accepted ones nor another department's");
    let measures = part(&back, "xl/worksheets/sheet2.xml");
    let kpis = part(&back, "xl/worksheets/sheet3.xml");
    for (sheet, cell) in [(&measures, "B4"), (&kpis, "B4")] {
        assert!(sheet.contains(&format!("<c r=\"{cell}\"")), "{cell}");
        let at = sheet.split_once(&format!("<c r=\"{cell}\"")).unwrap().1;
        assert!(
            at.split_once("</c>").unwrap().0.ends_with("<v>2</v>"),
            "it is the next submission"
        );
    }
    let ours = read(&edition, [(file.clone(), bytes)]);
    let again = read(&edition, [(file, back.clone())]);
    assert_eq!(ours.annex, again.annex);
    assert_eq!(again.receipts[0].round, Some(2));
    assert_eq!(observations(&again), [""; 0]);
    assert!(office::sheets(&back).is_none_or(|sheets| {
        let list = &sheets[form::FINDINGS_SHEET];
        list.iter().any(|row| row.iter().any(|cell| cell == "7千件"))
    }));
}

#[test]
fn a_form_that_goes_back_twice_has_the_marks_of_the_second_time_alone() {
    let (edition, annex, _) = everything();
    let department = edition.department("企画部").unwrap();
    let (file, bytes) = sent(&edition, &annex);
    let schema = Schema::standard();
    let sheet = schema.words.sheet(Table::Kpis);
    let finding = |cell: &str| {
        let place =
            Place::cell(&file.as_str().into(), &sheet.into(), CellRef::parse(cell).unwrap());
        [RULE.finding(Say::new("違う", "wrong")).of("企画部").at(&place)]
    };
    let back = |bytes: &[u8], cell| {
        let submitted = Submitted {
            file: &file,
            bytes,
            round_at: &[],
            round: 2,
            is_colored: true,
            corrections: &[],
        };
        forms::returned(&edition, department, &submitted, &finding(cell)).unwrap()
    };
    let style = |bytes: &[u8], cell: &str| {
        let sheet = part(bytes, "xl/worksheets/sheet3.xml");
        let cells = elements(&sheet, "c");
        cells.into_iter().find(|(a, _)| a["r"] == cell).unwrap().0["s"].parse::<usize>().unwrap()
    };
    let fill = |bytes: &[u8], cell: &str| {
        let styles = part(bytes, "xl/styles.xml");
        let formats = styles.split_once("<cellXfs").unwrap().1;
        let formats = formats.split_once("</cellXfs>").unwrap().0;
        elements(&format!("<cellXfs{formats}</cellXfs>"), "xf")[style(bytes, cell)].0["fillId"]
            .clone()
    };
    let first = back(&bytes, "H8");
    let second = back(&first, "H9");
    assert_ne!(fill(&first, "H8"), fill(&first, "H9"));
    assert_eq!(fill(&second, "H8"), fill(&bytes, "H8"), "what was mended is marked no more");
    assert_eq!(fill(&second, "H9"), fill(&first, "H8"));
    let sheets = part(&second, "xl/workbook.xml").matches(form::FINDINGS_SHEET).count();
    assert_eq!(sheets, 1, "the findings of the first time are replaced");
}

#[test]
fn a_package_that_declares_its_prefixes_where_it_uses_them_goes_back_sound() {
    let (edition, annex, _) = everything();
    let department = edition.department("企画部").unwrap();
    let (file, bytes) = sent(&edition, &annex);
    let declared = format!(" xmlns:r=\"{RELATIONS}\"");
    let bytes = repacked::with_part(&bytes, "xl/workbook.xml", |text| {
        *text = text.replacen(&declared, "", 1).replace(" r:id=", &format!("{declared} r:id="));
    });
    let finding = [RULE.finding(Say::new("違う", "wrong")).of("企画部")];
    let submitted = Submitted {
        file: &file,
        bytes: &bytes,
        round_at: &[],
        round: 2,
        is_colored: true,
        corrections: &[],
    };
    let back = forms::returned(&edition, department, &submitted, &finding).unwrap();
    let book = part(&back, "xl/workbook.xml");
    let sheets = elements(&book, "sheet");
    assert!(sheets.len() > 3 && sheets.iter().all(|(a, _)| a.contains_key("xmlns:r")), "{book}");
    assert!(office::sheets(&back).is_none_or(|s| s.contains_key(form::FINDINGS_SHEET)));
}

const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

#[test]
fn a_department_without_findings_gets_nothing() {
    let edition = example::edition();
    let department = edition.department("企画部").unwrap();
    let other = [RULE.finding(Say::new("違う", "wrong")).of("総務部")];
    let submitted = Submitted {
        file: "03_企画部.xlsx",
        bytes: &[],
        round_at: &[],
        round: 2,
        is_colored: true,
        corrections: &[],
    };
    assert!(forms::returned(&edition, department, &submitted, &other).is_none());
    assert!(forms::findings_beside(&edition, department, "03_企画部.ods", &other, &[]).is_empty());
    assert!(forms::letter(&edition, department, &READ, &other).is_empty());
}

/// A letter about a file that could be read.
const READ: Letter<'static> = Letter {
    outcome: Some(Outcome::Read),
    file: None,
    person: None,
    beside: false,
    corrections: &[],
};

#[test]
fn a_letter_says_the_file_the_date_and_where_the_findings_are() {
    let mut edition = example::edition();
    edition.form.return_deadline = "令和7年2月14日（金）".into();
    let department = edition.department("企画部").unwrap();
    let findings = [RULE.finding(Say::new("読めない", "unreadable")).of("企画部")];
    let text =
        |about: Letter| forms::letter(&edition, department, &about, &findings).into_text().unwrap();
    let file = Some("03_企画部（案）.ods");
    for (about, expected) in [
        (
            Letter { file, outcome: Some(Outcome::Unreadable), beside: false, ..READ },
            "調査票「03_企画部（案）.ods」",
        ),
        (
            Letter { file, outcome: Some(Outcome::Read), beside: true, ..READ },
            "「03_企画部（案）_点検結果.xlsx」",
        ),
        (Letter { file, ..READ }, "添付のファイル「03_企画部（案）.ods」"),
        (Letter::default(), "まだ確認できておりません"),
    ] {
        let text = text(about);
        assert!(text.contains(expected), "{text}");
        assert!(text.contains("令和7年2月14日（金）"), "{text}");
        assert!(!text.contains("\n\n\n"), "{text}");
    }
    let without = forms::letter(&example::edition(), department, &READ, &findings);
    assert!(!without.into_text().unwrap().contains("期限"), "no date is made up");
}

#[test]
fn the_covering_text_counts_the_findings_and_names_the_gravest() {
    let edition = example::edition();
    let department = edition.department("企画部").unwrap();
    let finding = |n: usize| RULE.finding(Say::new(format!("誤り{n}"), "fault")).of("企画部");
    let mut findings: Vec<_> = (1..=3).map(|n| finding(n).severity(Severity::Warning)).collect();
    findings.extend((4..=12).map(finding));
    let text = forms::letter(&edition, department, &READ, &findings).into_text().unwrap();
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
fn a_next_form_is_read_like_any_other() {
    let (edition, annex, _) = everything();
    let department = edition.department("企画部").unwrap();
    let bytes = forms::next(&edition, department, &annex).into_bytes().unwrap();
    let intake = read(&edition, [("03_企画部.xlsx".into(), bytes)]);
    assert_eq!(observations(&intake), [""; 0]);
    assert_eq!(intake.annex.kpis.len(), annex.kpis.len());
    assert!(intake.annex.kpis.iter().all(|k| k.figure(keys::CURRENT).value.printed.is_empty()));
}
