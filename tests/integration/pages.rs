//! The finished pages as a printer would look at them: nothing moves that must stand, nothing
//! leaves its place, no line is badly broken.

use bessatsu::diag::{CellRef, Finding};
use bessatsu::edition::{self, Edition};
use bessatsu::intake;
use bessatsu::model::{Annex, Figure};
use bessatsu::publish::pdf::{self, Options};
use bessatsu::schema::keys;

use crate::support::laid_out::{self, Line};
use crate::support::pdf::{dense, read};
use crate::support::program::example;
use crate::support::{model, pipeline};

/// The PDF of a model that gives no cause for findings.
fn typeset(edition: &Edition, annex: &Annex) -> Vec<u8> {
    let (bytes, findings) = pdf::render(edition, annex, &Options::default()).into_parts();
    assert!(findings.is_empty(), "{findings:#?}");
    bytes.expect("no findings, so a PDF")
}

/// The pages' texts without white space; the last line of a page is its number.
fn pages(edition: &Edition, annex: &Annex) -> Option<Vec<String>> {
    let text = read(&typeset(edition, annex), "pdftotext", &["-raw", "@", "-"])?;
    let body = |page: &str| dense(page.trim_end().rsplit_once('\n').map_or("", |(body, _)| body));
    Some(text.split('\u{c}').map(body).collect())
}

#[test]
fn no_setting_of_print_and_no_draft_moves_a_row() {
    let Some((mut edition, annex)) = model::example_annex() else { return };
    let official = laid_out::page_map(&edition, &annex, &Options::default());
    assert!(!official.is_empty());
    let draft = Options { draft: Some(12), ..Options::default() };
    for (repeat_header, double_sided, binding_margin) in
        [(false, false, 0.0), (true, false, 0.0), (true, true, 6.0), (false, true, 25.0)]
    {
        edition.layout.repeat_header = repeat_header;
        edition.layout.double_sided = double_sided;
        edition.layout.binding_margin = binding_margin;
        for options in [&Options::default(), &draft] {
            let map = laid_out::page_map(&edition, &annex, options);
            assert!(map == official, "{:?}", edition.layout);
        }
    }
}

/// The official page of every listing and KPI row, in printed order.
fn official_pages() -> Option<Vec<u64>> {
    let path = model::shared("reference/2025/annex.json");
    let Ok(text) = std::fs::read_to_string(&path) else {
        eprintln!("SKIPPED: {} is not here", path.display());
        return None;
    };
    let annex: serde_json::Value = serde_json::from_str(&text).unwrap();
    let list = |value: &serde_json::Value, key: &str| value[key].as_array().unwrap().clone();
    let categories = list(&annex, "pillars").into_iter().flat_map(|p| list(&p, "categories"));
    let rows = categories.flat_map(|c| [list(&c, "measures"), list(&c, "kpis")].concat());
    Some(rows.map(|row| row["page"].as_u64().unwrap()).collect())
}

#[test]
fn every_row_of_the_reference_edition_stands_on_its_official_page() {
    let Some(official) = official_pages() else { return };
    let settings = example().join("edition.toml");
    let text = std::fs::read_to_string(settings).unwrap();
    let mut edition = edition::parse("edition.toml", &text).0.unwrap();
    assert!(edition.page_breaks.is_empty());
    let sources = pipeline::folder(&model::shared("reference/2025/submissions"));
    let annex = intake::run(&edition, None, sources).annex;
    for repeat_header in [false, true] {
        edition.layout.repeat_header = repeat_header;
        let map = laid_out::page_map(&edition, &annex, &Options::default());
        let pages: Vec<u64> = map.iter().map(|row| row.page).collect();
        let moved = map.iter().zip(&official).filter(|(row, page)| row.page != **page);
        assert!(pages == official, "moved: {:#?}", moved.collect::<Vec<_>>());
    }
}

#[test]
fn a_continued_page_begins_with_the_header_row_where_it_is_repeated() {
    let Some((mut edition, annex)) = model::example_annex() else { return };
    let heads =
        ["施策名概要（D：デジタルで）目的（X：目指す姿）担当部局担当課室", "主なKPI現状値目標値"];
    let begin = |pages: &[String]| {
        pages.iter().filter(|page| heads.iter().any(|head| page.starts_with(head))).count()
    };
    let Some(once) = pages(&edition, &annex) else { return };
    edition.layout.repeat_header = true;
    let repeated = pages(&edition, &annex).unwrap();
    assert_eq!(begin(&once), 0);
    assert!(begin(&repeated) > 15, "{}", begin(&repeated));
    for (once, repeated) in once.iter().zip(&repeated) {
        let stripped = heads.iter().find_map(|head| repeated.strip_prefix(head));
        assert!(once == repeated || Some(once.as_str()) == stripped, "{once}\n{repeated}");
    }
}

#[test]
fn no_heading_and_no_header_row_stands_alone_at_the_foot_of_a_page() {
    let (mut edition, mut annex) = model::clean_annex();
    let ends = ["担当課室", "目標値", "【個別施策】", "（KPI）】", "教育の充実", "子育て支援"];
    for lines in 0..62 {
        edition.layout.repeat_header = lines % 2 == 1;
        annex.measures[1].value_mut(keys::PURPOSE).value = "行\n".repeat(lines);
        let Some(pages) = pages(&edition, &annex) else { return };
        // The cover and the contents hold no table.
        for page in pages.iter().skip(2) {
            let lone = ends.iter().find(|end| page.ends_with(*end));
            assert!(lone.is_none(), "{lines} lines: {lone:?} ends\n{page}");
        }
    }
}

#[test]
fn page_numbers_stand_at_the_outer_edge_and_the_binding_margin_at_the_inner() {
    let Some((mut edition, annex)) = model::example_annex() else { return };
    edition.layout.double_sided = true;
    edition.layout.binding_margin = 6.0;
    let bytes = typeset(&edition, &annex);
    let Some(boxes) = read(&bytes, "pdftotext", &["-bbox-layout", "@", "-"]) else { return };
    let pages: Vec<&str> = boxes.split("<page ").skip(1).collect();
    // The cover and its blank back have no number.
    assert!(!pages[1].contains("<line "));
    for (sheet, page) in pages.iter().enumerate().take(pages.len() - 1).skip(2) {
        let lines: Vec<[f64; 4]> = page.split("<line ").skip(1).map(bounds).collect();
        let (number, body) = lines.split_last().unwrap();
        let left = body.iter().map(|line| line[0]).fold(f64::INFINITY, f64::min);
        let recto = sheet % 2 == 0;
        assert_eq!(left > 45.0, recto, "sheet {}: text from {left}", sheet + 1);
        assert_eq!(number[0] > 500.0, recto, "sheet {}: number at {}", sheet + 1, number[0]);
    }
}

/// What a department may write without a thought for the page.
fn long_texts() -> [String; 5] {
    let sentence = "手続を「いつでも・どこでも」行えるようにし、1,551人(R9)の利用を見込む。";
    [
        sentence.repeat(200).chars().take(5000).collect(),
        "Supercalifragilistic".repeat(15),
        (1..=60).map(|n| format!("・項目{n}は、窓口の混雑を避けるためのもの。\n")).collect(),
        "123,456,789,012,345,678,901,234,567円".into(),
        format!("https://www.example.jp/{}", "a".repeat(200)),
    ]
}

#[test]
fn long_text_breaks_and_goes_on_and_nothing_of_it_is_lost() {
    for (at, long) in long_texts().iter().enumerate() {
        let (mut edition, mut annex) = model::clean_annex();
        edition.layout.repeat_header = at % 2 == 0;
        edition.layout.strict_kinsoku = at % 2 == 1;
        let [first, second, third, ..] = annex.measures.as_mut_slice() else { panic!() };
        first.name.value.clone_from(long);
        first.value_mut(keys::OVERVIEW).value.clone_from(long);
        second.value_mut(keys::PURPOSE).value.clone_from(long);
        third.department.value.clone_from(long);
        third.section.value.clone_from(long);
        let printed = || Figure { printed: long.clone(), ..Figure::default() };
        let [first, second, third] = annex.kpis.as_mut_slice() else { panic!() };
        first.name.value.clone_from(long);
        second.figure_mut(keys::CURRENT).value = printed();
        third.name.value = "短い名".into();
        third.figure_mut(keys::TARGET).value = printed();
        let lines = laid_out::lines(&edition, &annex, &Options::default());
        typeset(&edition, &annex);
        for (row, least) in [
            ("R7-001", 2),
            ("R7-002", 1),
            ("R7-003", 2),
            ("R7-K01", 1),
            ("R7-K02", 1),
            ("R7-K03", 1),
        ] {
            let mut cells: Vec<(usize, String)> = Vec::new();
            for line in lines.iter().filter(|line| line.row == row) {
                match cells.iter_mut().find(|(cell, _)| *cell == line.cell) {
                    Some((_, text)) => text.push_str(&line.text),
                    None => cells.push((line.cell, line.text.clone())),
                }
            }
            let whole = cells.iter().filter(|(_, text)| dense(text).contains(&dense(long))).count();
            assert!(
                whole >= least,
                "{row}: {long:.40} is whole in {whole} of {} cells",
                cells.len()
            );
        }
    }
}

#[test]
fn a_row_of_kpis_goes_on_only_where_it_is_higher_than_a_page() {
    let (edition, mut annex) = model::clean_annex();
    let pages_of = |annex: &Annex, row: &str| {
        let lines = laid_out::lines(&edition, annex, &Options::default());
        let mut pages: Vec<u64> =
            lines.iter().filter(|line| line.row == row).map(|line| line.page).collect();
        pages.dedup();
        pages.len()
    };
    for (lines, expected) in [(20, 1), (45, 1), (60, 2), (120, 3)] {
        annex.kpis[1].name.value = "指標の一行\n".repeat(lines);
        assert_eq!(pages_of(&annex, "R7-K02"), expected, "{lines} lines");
    }
}

#[test]
fn long_titles_grow_and_print_over_nothing() {
    let (mut edition, mut annex) = model::clean_annex();
    let title = "子育てと教育と医療と福祉の支援、".repeat(12);
    annex.outline[0].title.clone_from(&title);
    annex.outline[0].headings[0].title.clone_from(&title);
    annex.outline[0].headings[1].note = format!("※{}", title.repeat(3));
    annex.front.chapter.clone_from(&title);
    annex.front.title = title.chars().take(60).collect();
    annex.front.slogan.clone_from(&title);
    annex.front.issuer.clone_from(&title);
    annex.front.address.clone_from(&title);
    edition.layout.repeat_header = true;
    let bytes = typeset(&edition, &annex);
    let Some(boxes) = read(&bytes, "pdftotext", &["-bbox-layout", "@", "-"]) else { return };
    for page in boxes.split("<page ").skip(1) {
        let lines: Vec<[f64; 4]> = page.split("<line ").skip(1).map(bounds).collect();
        for (n, a) in lines.iter().enumerate() {
            for b in &lines[n + 1..] {
                let [width, height] = [0, 1].map(|i| a[i + 2].min(b[i + 2]) - a[i].max(b[i]));
                assert!(width < 1.0 || height < 4.0, "{a:?} and {b:?} overlap");
            }
        }
    }
}

/// `xMin`, `yMin`, `xMax`, `yMax` of a tag of poppler's.
fn bounds(tag: &str) -> [f64; 4] {
    ["xMin", "yMin", "xMax", "yMax"].map(|name| {
        let (_, rest) = tag.split_once(&format!("{name}=\"")).unwrap();
        rest.split_once('"').unwrap().0.parse().unwrap()
    })
}

#[test]
fn what_cannot_fit_is_named_with_its_cell_or_line() {
    let (mut edition, mut annex) = model::clean_annex();
    edition.line = 13;
    edition.outline[0].headings[1].line = 92;
    edition.colophon_line = 38;
    let places = |edition: &Edition, annex: &Annex, templates: &[(&str, &str)]| {
        let templates =
            templates.iter().map(|(name, text)| ((*name).into(), text.as_bytes().to_vec()));
        let options = Options { templates: templates.collect(), ..Options::default() };
        let (_, findings) = pdf::render(edition, annex, &options).into_parts();
        let place = |finding: &Finding| {
            assert_eq!(finding.rule.code, "T906", "{finding:#?}");
            assert!(!finding.found.is_empty());
            let place = &finding.place;
            let at = place.cell.map(|cell: CellRef| cell.to_string());
            format!(
                "{} {}",
                place.file,
                at.or(place.line.map(|line| line.to_string())).unwrap_or_default()
            )
        };
        findings.iter().map(place).collect::<Vec<_>>()
    };
    // A template that breaks no word prints over the next column.
    let whole = "#let is-proportional = false\n#let even-figures(body) = body\n#let most-lines(blocks) = 1\n#let about-lines(..) = 1\n#let cell-text(blocks, width) = blocks.map(b => b.runs.map(r => if type(r) == str { r } else { r.at(\"keep\", default: r.at(\"word\", default: \"\")) }).join()).join(parbreak())";
    // The mark of the cell tells them apart: the text is the same.
    annex.measures[2].value_mut(keys::OVERVIEW).value = "Supercalifragilistic".repeat(3);
    annex.measures[2].value_mut(keys::PURPOSE).value = "Supercalifragilistic".repeat(3);
    annex.measures[12].name.value = "施策".into();
    annex.kpis[0].name.value = "指標".into();
    annex.kpis[0].figure_mut(keys::CURRENT).value.printed = "Supercalifragilistic".repeat(3);
    annex.kpis[0].figure_mut(keys::TARGET).value.printed = "目標".into();
    for kpi in &mut annex.kpis[1..] {
        kpi.figure_mut(keys::CURRENT).value.printed = "値".into();
        kpi.figure_mut(keys::TARGET).value.printed = "値".into();
    }
    let overview = annex.measures[2].value(keys::OVERVIEW).at.cell.unwrap();
    let purpose = annex.measures[2].value(keys::PURPOSE).at.cell.unwrap();
    let current = annex.kpis[0].figure(keys::CURRENT).at.cell.unwrap();
    assert_eq!(
        places(&edition, &annex, &[("text.typ", whole)]),
        [
            format!("企画部.xlsx {current}"),
            format!("総務部.xlsx {overview}"),
            format!("総務部.xlsx {purpose}")
        ]
    );
    // Ours cannot break a word of a heading, nor put a page of address on the last one.
    let word = "Super".repeat(60);
    edition.outline[0].headings[1].title.clone_from(&word);
    annex.outline[0].headings[1].title = word;
    let address = "県庁の住所".repeat(900);
    edition.front.address.clone_from(&address);
    annex.front.address = address;
    assert_eq!(places(&edition, &annex, &[]), ["edition.toml 92", "edition.toml 38"]);
}

/// What begins no line, and what ends none (JIS X 4051, 6.1).
const NOT_FIRST: &str = "、。，．,.：；:;？！?!）)」』】〕］]｝}〉》・ー々％%ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ";
const NOT_LAST: &str = "（(「『【〔［[｛{〈《";
/// By how much letters may be pulled apart, in em; and before a Latin word that did not fit.
const STRETCH: [f64; 2] = [0.15, 0.35];
/// What two characters may share at most, in em: a hair's breadth.
const GAP: f64 = -0.04;

#[test]
fn no_line_of_the_example_is_badly_broken() {
    let Some((mut edition, annex)) = model::example_annex() else { return };
    for strict in [true, false] {
        edition.layout.strict_kinsoku = strict;
        let lines = laid_out::lines(&edition, &annex, &Options::default());
        assert!(lines.len() > 2000, "{}", lines.len());
        let faults: Vec<String> = (1..lines.len())
            .filter_map(|at| {
                let fault = fault(&lines[at - 1], &lines[at], strict)?;
                Some(format!("{fault}: {} / {}", lines[at - 1].text, lines[at].text))
            })
            .collect();
        assert!(faults.is_empty(), "{faults:#?}");
    }
}

#[test]
fn no_short_text_of_the_example_ends_with_a_line_of_one_letter() {
    let Some((edition, annex)) = model::example_annex() else { return };
    let lines = laid_out::lines(&edition, &annex, &Options::default());
    let ends = lines.windows(2).filter(|pair| pair[0].cell == pair[1].cell);
    let left_over = ends.map(|pair| (&pair[0].text, &pair[1].text)).filter(|(before, last)| {
        // The columns of names, departments and sections hold fewer letters a line.
        before.chars().count() <= 9 && last.chars().count() == 1
    });
    let left_over: Vec<_> = left_over.collect();
    assert!(left_over.is_empty(), "{left_over:?}");
}

/// What is wrong with the second of two lines, or with the break between them.
fn fault(before: &Line, line: &Line, strict: bool) -> Option<&'static str> {
    let word = line.text.trim_start_matches(['（', '「']);
    let word = word.starts_with(|c: char| c.is_ascii_alphanumeric());
    if before.stretch > STRETCH[usize::from(word)] {
        return Some("pulled apart");
    }
    if line.gap < GAP {
        return Some("characters print over each other");
    }
    if before.cell != line.cell {
        return None;
    }
    let (last, first) = (before.text.trim().chars().last()?, line.text.trim().chars().next()?);
    let begins_item = "・※○●◎■□①②③④⑤⑥⑦⑧⑨".contains(first);
    let small = "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶー".contains(first);
    if NOT_FIRST.contains(first) && !begins_item && (strict || !small) {
        return Some("begins a line");
    }
    if NOT_LAST.contains(last) {
        return Some("ends a line");
    }
    let unit = "人件円年月日校回台億万千社名歳%％".contains(first);
    (last.is_ascii_digit() && (unit || first.is_ascii_digit())).then_some("parted from its figure")
}
