//! Editions of other columns and other paper, as they are typeset.

use bessatsu::edition::{Chapter, Edition, MeasureLayout, PaperSize};
use bessatsu::model::{Annex, Heading};
use bessatsu::publish::pdf::walk::{Origin, Text, Walk};
use bessatsu::publish::pdf::{self, Options};
use bessatsu::schema::{Column, FigureRole, Kind, Role, Schema, Table};

use crate::support::pdf::{dense, has_module, python, read, script};
use crate::support::{laid_out, model};

fn typeset(edition: &Edition, annex: &Annex) -> Vec<u8> {
    let (bytes, findings) = pdf::render(edition, annex, &Options::default()).into_parts();
    assert!(findings.is_empty(), "{findings:#?}");
    bytes.expect("the annex is typeset")
}

fn column(key: &str, label: &str, kind: Kind, head: &str) -> Column {
    let head = Some(head.to_owned()).filter(|head| !head.is_empty());
    Column { kind, head, ..Column::new(key, label) }
}

/// Twelve columns of measures, six of KPIs.
fn wide_annex() -> (Edition, Annex) {
    let (edition, mut annex) = model::clean_annex();
    let mut schema = Schema::standard().as_ref().clone();
    let measures = schema.columns_mut(Table::Measures);
    measures.push(Column { group: true, ..column("field", "区分", Kind::Text, "") });
    measures.push(column("period", "実施期間", Kind::Period, ""));
    measures.push(column("r7", "令和７年度当初予算額（千円）", Kind::Amount, "予算額"));
    measures.push(column("r8", "令和８年度当初予算額（千円）", Kind::Amount, "予算額"));
    measures.push(column("grade", "評価", Kind::Choice, ""));
    measures.push(column("reason", "評価の理由", Kind::Text, ""));
    measures.push(column("sdgs", "関連するSDGs", Kind::List, ""));
    let kpis = schema.columns_mut(Table::Kpis);
    let role = Role::Figure { role: FigureRole::Actual, year: Some(2025) };
    let under = Some("target".into());
    kpis.push(Column { role, under, ..column("a2025", "R7実績", Kind::Amount, "") });
    kpis.push(column("source", "出典", Kind::Text, "根拠"));
    kpis.push(column("basis", "算定方法", Kind::Text, "根拠"));
    annex.schema = schema.into();
    for (at, measure) in annex.measures.iter_mut().enumerate() {
        let field = ["子育て", "産業", "子育て"][at % 3];
        let texts = [
            ("field", field),
            ("period", "R7～R9"),
            ("r7", "1,234,567"),
            ("r8", "12,345"),
            ("grade", "◎"),
            (
                "reason",
                "市町村との調整に時間を要したが、年度内に全ての市町村で運用を始めた（2025年）。",
            ),
            ("sdgs", "9\n11"),
        ];
        texts.iter().for_each(|(key, text)| measure.value_mut(key).value = (*text).into());
    }
    for kpi in &mut annex.kpis {
        kpi.figure_mut("a2025").value.printed = "5,678件".into();
        kpi.value_mut("source").value = "県民意識調査".into();
        kpi.value_mut("basis").value = "「満足」と答えた人の割合".into();
    }
    (edition, annex)
}

#[test]
fn a_wide_table_is_whole_on_every_paper() {
    let (mut edition, annex) = wide_annex();
    let papers = [(PaperSize::A4, false), (PaperSize::A4, true), (PaperSize::A3, true)];
    for (at, (paper, landscape)) in papers.into_iter().enumerate() {
        (edition.layout.paper, edition.layout.landscape) = (paper, landscape);
        edition.layout.repeat_header = at == 1;
        let bytes = typeset(&edition, &annex);
        if has_module("page") && has_module("pdfua") {
            read(&bytes, &python(), &[&script("check_pdf.py"), "@"]);
        }
        let Some(text) = read(&bytes, "pdftotext", &["-raw", "@", "-"]) else { return };
        let text = dense(&text);
        for part in
            ["予算額", "令和８年度当初予算額（千円）", "R7実績", "根拠", "算定方法", "R7～R9"]
        {
            assert!(text.contains(part), "{part} is not in {text}");
        }
        assert_eq!(text.matches("5,678件").count(), annex.kpis.len());
        let (width, height) = edition.layout.page_size();
        let info = read(&bytes, "pdfinfo", &["@"]).expect("it is beside pdftotext");
        let size = format!("{:.2}x{:.2}", width / 25.4 * 72.0, height / 25.4 * 72.0);
        assert!(dense(&info).contains(&format!("Pagesize:{}", &size[..3])), "{size}: {info}");
    }
}

#[test]
fn rows_of_a_group_stand_below_its_title_and_every_column_keeps_its_text() {
    let (edition, annex) = wide_annex();
    let lines = laid_out::lines(&edition, &annex, &Options::default());
    let category = annex.headings().find(|heading| heading.listings.len() > 3);
    let listed = &category.expect("one of several rows").listings;
    let titles: Vec<&str> = listed
        .iter()
        .map(|listing| {
            let measure = annex.measure(&listing.measure).expect("it is in the annex");
            measure.value("field").value.as_str()
        })
        .collect();
    let mut known: Vec<&str> = Vec::new();
    titles.iter().for_each(|title| {
        if !known.contains(title) {
            known.push(title);
        }
    });
    let ids: Vec<&str> = listed.iter().map(|listing| listing.measure.as_str()).collect();
    let mut printed: Vec<&str> = Vec::new();
    for line in lines.iter().filter(|line| ids.contains(&line.row.as_str())) {
        if printed.last() != Some(&line.row.as_str()) {
            printed.push(&line.row);
        }
    }
    let by_title = known.iter().flat_map(|title| {
        ids.iter().zip(&titles).filter(move |(_, own)| *own == title).map(|(id, _)| *id)
    });
    assert_eq!(&printed[..ids.len()], by_title.collect::<Vec<_>>());
    for title in known {
        assert!(lines.iter().any(|line| line.text == title), "{title}");
    }
}

#[test]
fn a_sheet_a_measure_has_every_text_beside_its_label() {
    let (mut edition, annex) = wide_annex();
    for page_break in [true, false] {
        edition.layout.measures = MeasureLayout::Sheets { page_break };
        let bytes = typeset(&edition, &annex);
        if has_module("page") && has_module("pdfua") {
            read(&bytes, &python(), &[&script("check_pdf.py"), "@"]);
        }
        let Some(text) = read(&bytes, "pdftotext", &["-raw", "@", "-"]) else { return };
        let text = dense(&text);
        let printed = annex.headings().map(|heading| heading.listings.len()).sum::<usize>();
        assert_eq!(text.matches("1,234,567").count(), printed);
        assert_eq!(text.matches("評価の理由").count(), printed);
        assert_eq!(text.matches("5,678件").count(), annex.kpis.len());
        let map = laid_out::page_map(&edition, &annex, &Options::default());
        let measures: Vec<u64> =
            map.iter().filter(|row| !row.id.contains('K')).map(|row| row.page).collect();
        let shares = measures.windows(2).any(|pages| pages[0] == pages[1]);
        assert_eq!(shares, !page_break, "{measures:?}");
    }
}

/// As a page has more or less room above, something else stands at its foot.
#[test]
fn what_is_said_below_a_heading_stands_on_the_page_of_its_table() {
    let (edition, mut annex) = wide_annex();
    fn say(headings: &mut [Heading]) {
        for heading in headings {
            heading.text = format!("前置きの文。\n・最後の項目、{}", heading.id);
            say(&mut heading.headings);
        }
    }
    say(&mut annex.outline);
    for lines in (0..40).step_by(4) {
        annex.front.introduction = "前文の一行。\n".repeat(lines);
        let (document, findings) = pdf::pages(&edition, &annex, &Options::default());
        let document = document.unwrap_or_else(|| panic!("{findings:#?}"));
        let walk = Walk::through(&document);
        for heading in annex.headings().filter(|heading| !heading.listings.is_empty()) {
            let id = heading.id.to_string();
            let is_said = |text: &Text| {
                matches!(&text.origin, Some(Origin::Heading(of)) if of.as_str() == id)
                    && text.item.text.contains("最後の項目")
            };
            let at = walk.texts.iter().position(is_said).expect("it is said");
            let row = walk.texts[at..].iter().find(|text| text.row().is_some()).expect("a row");
            assert_eq!(walk.texts[at].sheet, row.sheet, "{id}");
        }
    }
}

#[test]
fn a_row_of_few_lines_stands_on_one_page() {
    let (edition, mut annex) = wide_annex();
    for lines in (0..40).step_by(4) {
        annex.front.introduction = "前文の一行。\n".repeat(lines);
        let lines = laid_out::lines(&edition, &annex, &Options::default());
        for rows in lines.windows(2).filter(|rows| rows[0].row == rows[1].row) {
            assert_eq!(rows[0].page, rows[1].page, "{}: {}", rows[0].row, rows[1].text);
        }
    }
}

#[test]
fn the_labels_of_a_sheet_are_headers_of_their_rows() {
    let (mut edition, annex) = wide_annex();
    edition.layout.measures = MeasureLayout::Sheets { page_break: false };
    let bytes = typeset(&edition, &annex);
    let plain = ["--qdf", "--object-streams=disable", "@", "-"];
    let Some(objects) = read(&bytes, "qpdf", &plain) else { return };
    assert!(objects.contains("/Scope /Row"), "no cell is the header of a row");
}

#[test]
fn chapters_stand_before_the_tables_and_appendices_behind_them() {
    let (mut edition, annex) = model::clean_annex();
    let chapter = |title: &str, file: &str, line| Chapter {
        title: title.into(),
        file: file.into(),
        abolished: None,
        line,
    };
    edition.chapters = vec![chapter("策定の趣旨", "chapters/intro.txt", 7)];
    edition.appendices = vec![chapter("用語集", "chapters/terms.typ", 12)];
    let file = |name: &str, text: &str| (name.to_owned(), text.as_bytes().to_vec());
    let typst = "= 言葉\n/ RPA: 事務を行う仕組み\n#image(\"map.svg\", alt: \"図\")";
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"></svg>";
    let mut options = Options {
        chapters: vec![
            file("chapters/intro.txt", "この計画の趣旨は#panic()である。\n・一つ目\n・二つ目"),
            file("chapters/map.svg", svg),
            file("chapters/terms.typ", typst),
        ],
        ..Options::default()
    };
    let (bytes, findings) = pdf::render(&edition, &annex, &options).into_parts();
    assert!(findings.is_empty(), "{findings:#?}");
    let bytes = bytes.expect("the annex is typeset");
    if has_module("page") && has_module("pdfua") {
        read(&bytes, &python(), &[&script("check_pdf.py"), "@"]);
    }
    let Some(text) = read(&bytes, "pdftotext", &["-raw", "@", "-"]) else { return };
    let text = dense(&text);
    let at = |part: &str| text.rfind(part).unwrap_or_else(|| panic!("{part} is not in {text}"));
    let order =
        ["この計画の趣旨は#panic()である。", "・二つ目", "【個別施策】", "事務を行う仕組み"];
    assert!(order.windows(2).all(|parts| at(parts[0]) < at(parts[1])), "{text}");
    assert_eq!(text.matches("用語集").count(), 2, "in the contents and as a heading");
    // A fault of a chapter is told with its file and line.
    options.chapters[2] = file("chapters/terms.typ", "= 言葉\n#missing");
    let (bytes, findings) = pdf::render(&edition, &annex, &options).into_parts();
    assert!(bytes.is_none());
    let [finding] = findings.as_slice() else { panic!("{findings:#?}") };
    assert_eq!((finding.rule.code, finding.place.line), ("T901", Some(2)));
    assert_eq!(&*finding.place.file, "chapters/terms.typ");
}
