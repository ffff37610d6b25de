//! An edition with words of its own, and one whose columns are all called otherwise: the usual
//! words stand on no paper, in no form and in no finding.

use std::io::{Cursor, Read as _};
use std::sync::Arc;

use bessatsu::compare::compare;
use bessatsu::diag::Finding;
use bessatsu::edition::{self, Edition};
use bessatsu::forms;
use bessatsu::intake::{self, figure};
use bessatsu::model::{Annex, Heading, HeadingId, Listing, Outcome, Status};
use bessatsu::progress::{self, Settings};
use bessatsu::publish::artifact::Rendered;
use bessatsu::publish::comparison::{self, table::Layout};
use bessatsu::publish::{data, pdf, web, workbook};
use bessatsu::report::Report;
use bessatsu::schema::{Levels, Schema, Table, Words, keys};
use zip::ZipArchive;

use crate::support::pdf::{dense, read};
use crate::support::program::root;
use crate::support::{model, pipeline, planted};

fn text(name: &str) -> String {
    std::fs::read_to_string(root().join("tests/editions/faults").join(name)).expect(name)
}

/// The edition with every fault, under another schema.
fn edition(schema: Schema) -> Edition {
    let (edition, _) = edition::parse("edition.toml", &text("edition.toml"));
    let edition = edition.expect("sound settings");
    let levels = if schema.is_standard() { Levels::default() } else { other_levels() };
    Edition { schema: Arc::new(schema), levels, ..edition }
}

/// Words that nothing else in the program contains.
fn other_words() -> Schema {
    let said = [
        ("measure", "とりくみ"),
        ("kpi", "めやす"),
        ("repost", "《ふたたび》"),
        ("measures-sheet", "調査票ア　とりくみ"),
        ("kpis-sheet", "調査票イ　めやす"),
    ];
    let word = |key: &str| said.iter().find(|(other, _)| *other == key);
    let words = Words::following(|w| word(w.key).map(|(_, said)| (*said).to_owned()));
    Schema::of(words, &other_levels())
}

/// The standard levels under other words.
fn other_levels() -> Levels {
    let mut levels = Levels::default().to_vec();
    for (level, word) in levels.iter_mut().zip(["はしら", "かたまり"]) {
        level.word = word.into();
    }
    levels.into()
}

/// The standard columns, each under a label that nothing else has, and without synonyms.
fn other_labels() -> Schema {
    let mut schema = other_words();
    for table in Table::ALL {
        for (at, column) in schema.columns_mut(table).iter_mut().enumerate() {
            column.label = format!("みだし{}", char::from(b'A' + at as u8));
            column.short = None;
            column.synonyms.clear();
        }
    }
    schema
}

/// A model under a schema, without the words that must stand nowhere else.
fn annex(schema: &Arc<Schema>, unwanted: &[&str]) -> (Edition, Annex) {
    let (edition, annex) = model::clean_annex();
    let mut json = data::json(&annex).into_text().expect("a model");
    for word in unwanted {
        json = json.replace(word, "ことば");
    }
    let annex = data::read(&json).expect("the same model");
    let levels = other_levels();
    let annex = Annex { schema: schema.clone(), levels: levels.clone(), ..annex };
    let front = annex.front.clone();
    (Edition { schema: schema.clone(), levels, front, ..edition }, annex)
}

/// The model with a change of every kind.
fn changed(old: &Annex) -> Annex {
    let mut new = old.clone();
    let measures = new.headings().filter(|heading| !heading.listings.is_empty());
    let categories: Vec<HeadingId> = measures.map(|heading| heading.id).collect();
    new.measures[0].name.value.push_str("の改善");
    new.measures[1].value_mut(keys::OVERVIEW).value.push_str("、その他");
    new.measures[2].department.value = "企画部".into();
    new.measures[3].status.value = Status::Changed;
    let (moved, again) = (new.measures[4].id.clone(), new.measures[5].id.clone());
    let own = new.measures[4].category.value;
    let other = categories.iter().copied().find(|id| Some(*id) != own);
    new.measures[4].category.value = other;
    let reposted = new.measures[5].category.value;
    let elsewhere = categories.iter().copied().find(|id| Some(*id) != reposted);
    for category in new.outline.iter_mut().flat_map(|heading: &mut Heading| &mut heading.headings) {
        category.listings.retain(|listing| listing.measure != moved && !listing.repost);
        if Some(category.id) == other {
            category.listings.push(Listing { measure: moved.clone(), repost: false });
        }
        if Some(category.id) == elsewhere {
            category.listings.push(Listing { measure: again.clone(), repost: true });
        }
        category.listings.reverse();
        category.kpis.reverse();
        category.note.push_str("（変更）");
    }
    for (key, value) in [(keys::CURRENT, "70%(R7)"), (keys::TARGET, "90%(R9)")] {
        new.kpis[1].figure_mut(key).value = figure::read(value);
    }
    new.kpis[2].status.value = Status::Abolished;
    new.outline[0].title.push_str("の推進");
    new
}

/// All texts of a file: of a package, those of its parts.
fn texts(bytes: &[u8]) -> String {
    let Ok(mut package) = ZipArchive::new(Cursor::new(bytes)) else {
        return String::from_utf8_lossy(bytes).into_owned();
    };
    let mut texts = String::new();
    for index in 0..package.len() {
        let mut part = package.by_index(index).expect("a part");
        let mut text = Vec::new();
        part.read_to_end(&mut text).expect("a part");
        texts += &String::from_utf8_lossy(&text);
    }
    texts
}

fn all(paper: &str, rendered: &Rendered, papers: &mut Vec<(String, String)>) {
    assert!(!rendered.artifacts.is_empty(), "{paper}: {:?}", rendered.findings);
    for artifact in &rendered.artifacts {
        let name = format!("{paper} {}", artifact.name);
        if artifact.name.ends_with(".pdf") {
            let read = read(&artifact.bytes, "pdftotext", &["-raw", "@", "-"]);
            papers.push((name, read.map(|text| dense(&text)).unwrap_or_default()));
        } else {
            papers.push((name, texts(&artifact.bytes)));
        }
    }
}

/// Every paper of two annexes under one schema, with the texts on it.
fn papers(edition: &Edition, old: &Annex, new: &Annex) -> Vec<(String, String)> {
    let mut papers = Vec::new();
    let options = pdf::Options { draft: Some(0), ..Default::default() };
    all("annex", &pdf::render(edition, new, &options), &mut papers);
    let matched = compare(old, new);
    let comparison = &matched.comparison;
    let report = Report::new(edition, Vec::new());
    all("workbook", &workbook::render_against(edition, new, &report, comparison), &mut papers);
    all("data", &data::datapackage::render(new), &mut papers);
    papers.push(("lines".into(), data::lines(new)));
    let courses = progress::progress(&[old, new], &Settings::default());
    all("page", &web::render(edition, new, Some(&courses)), &mut papers);
    all("courses", &web::render_progress(&edition.schema, &courses), &mut papers);
    all("courses", &workbook::progress::render(edition, &courses), &mut papers);
    all("review", &web::diff::render(comparison), &mut papers);
    let stat = comparison::text::Options { stat: true, ..Default::default() };
    for options in [comparison::text::Options::default(), stat] {
        papers.push(("changes".into(), comparison::text::render(comparison, options)));
    }
    for layout in [Layout::SideBySide, Layout::Redline] {
        let asked = comparison::table::Options { layout, remarks: false, ..Default::default() };
        let table = comparison::table::table(&matched, asked);
        all("comparison", &workbook::comparison::render(edition, &table), &mut papers);
        all("comparison", &pdf::comparison::render(edition, &table, &options), &mut papers);
    }
    for department in &edition.departments {
        all("form", &forms::write(edition, department, Some(new)), &mut papers);
        all("next form", &forms::next(edition, department, new), &mut papers);
        let missing = Finding::of(
            bessatsu::checks::RULES[0].rule.finding(bessatsu::diag::Say::new("未提出", "none")),
            &department.name,
        );
        let letter = forms::letter(edition, department, &forms::Letter::default(), [&missing]);
        all("letter", &letter, &mut papers);
        let read = forms::Letter { outcome: Some(Outcome::Read), ..forms::Letter::default() };
        let letter = forms::letter(edition, department, &read, [&missing]);
        all("letter", &letter, &mut papers);
    }
    papers
}

/// What the rules say of the planted faults, apart from what they quote.
fn said(edition: &Edition) -> Vec<(String, String)> {
    let standard = self::edition(Schema::default());
    let previous = intake::run(&standard, None, planted::sources(&text("previous.txt"))).annex;
    let mut said = Vec::new();
    for name in ["files.txt", "contents.txt"] {
        let intake = intake::run(edition, Some(&previous), planted::sources(&text(name)));
        let found = pipeline::findings(edition, Some(&previous), &intake, &pdf::covers(edition));
        for finding in &found {
            let rule = finding.rule;
            let fixed = [rule.title, rule.what, rule.why, rule.mend];
            let fixed = fixed.map(|text| edition.schema.fill(text).into_owned()).join("\n");
            let mut message = format!("{}\n{}\n{fixed}", finding.message.ja, finding.help.ja);
            // What is quoted was written so.
            for quoted in [&finding.found, &finding.expected].iter().filter(|q| !q.is_empty()) {
                message = message.replace(quoted.as_str(), "");
            }
            said.push((format!("{} {}", rule.code, finding.place), message));
        }
    }
    said
}

fn none_has(unwanted: &[&str], texts: &[(String, String)]) {
    let mut found = Vec::new();
    for (name, text) in texts {
        for word in unwanted {
            if let Some(at) = text.find(word) {
                let begin = text[..at].char_indices().rev().nth(30).map_or(0, |(at, _)| at);
                let shown: String = text[begin..].chars().take(70).collect();
                found.push(format!("{word} in {name}: …{shown}…"));
            }
        }
    }
    assert!(found.is_empty(), "{} places:\n{}", found.len(), found.join("\n"));
}

/// The words of the standard edition.
const WORDS: [&str; 8] = ["施策", "KPI", "再掲", "様式１", "様式２", "重要業績", "分野", "の柱"];

#[test]
fn no_paper_has_a_word_of_the_standard_edition() {
    let (edition, old) = annex(&Arc::new(other_words()), &WORDS);
    let papers = papers(&edition, &old, &changed(&old));
    none_has(&WORDS, &papers);
    let has = |name: &str, word: &str| {
        papers.iter().any(|(paper, text)| paper.starts_with(name) && text.contains(word))
    };
    for name in ["annex", "workbook", "data", "page", "review", "form"] {
        assert!(has(name, "とりくみ"), "{name}");
    }
    assert!(has("workbook", "ふたたび一覧") && has("form", "調査票イ　めやす"));
}

#[test]
fn no_finding_has_a_word_of_the_standard_edition() {
    let edition = edition(other_words());
    none_has(&WORDS, &said(&edition));
}

/// What every rule says of itself, in the words of an edition.
fn rules(schema: &Schema) -> Vec<(String, String)> {
    let rules = bessatsu::session::rules();
    let said = rules.iter().map(|rule| {
        let fixed = [rule.title, rule.what, rule.why, rule.mend, rule.example];
        (rule.code.to_owned(), fixed.map(|text| schema.fill(text).into_owned()).join("\n"))
    });
    said.collect()
}

#[test]
fn no_rule_speaks_of_itself_in_a_word_of_the_standard_edition() {
    none_has(&WORDS, &rules(&other_words()));
}

#[test]
fn no_placeholder_is_left_in_what_a_rule_says() {
    let left: Vec<_> = rules(&Schema::default())
        .into_iter()
        .filter(|(_, said)| {
            let names = said.split('{').skip(1).filter_map(|behind| behind.split_once('}'));
            let is_name =
                |name: &str| name.chars().all(|c| c.is_ascii_lowercase() || matches!(c, '.' | '-'));
            names.into_iter().any(|(name, _)| !name.is_empty() && name != "up" && is_name(name))
        })
        .collect();
    assert!(left.is_empty(), "{left:#?}");
}

fn labels() -> Vec<String> {
    let schema = Schema::default();
    let columns = Table::ALL.into_iter().flat_map(|table| schema.columns(table).to_vec());
    columns.map(|column| column.label).collect()
}

/// What fixed sentences have of a label where they speak of something else: 備考 is the last column
/// of a comparison, and 区分 any kind.
const OF_ANOTHER: [&str; 8] = [
    ">備考<",
    "現行備考",
    "数値がない理由の区分",
    "判定の区分",
    "上の区分",
    "良い区分",
    "最後の区分",
    "どの区分",
];

fn without_others(mut texts: Vec<(String, String)>) -> Vec<(String, String)> {
    for (_, text) in &mut texts {
        for other in OF_ANOTHER {
            *text = text.replace(other, "");
        }
    }
    texts
}

#[test]
fn no_paper_and_no_finding_has_a_label_that_was_changed() {
    let labels = labels();
    let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
    let (edition, old) = annex(&Arc::new(other_labels()), &labels);
    none_has(&labels, &without_others(papers(&edition, &old, &changed(&old))));
    none_has(&labels, &without_others(said(&self::edition(other_labels()))));
}

#[test]
fn a_workbook_in_other_words_reads_back() {
    let (edition, annex) = annex(&Arc::new(other_words()), &[]);
    let report = Report::new(&edition, Vec::new());
    let bytes = workbook::render(&edition, &annex, &report).into_bytes().expect("a workbook");
    let (read, receipt) = intake::consolidated("annex.xlsx", &bytes);
    let read = read.expect("an annex");
    assert_eq!(read.schema, annex.schema);
    assert_eq!(read.measures.len(), annex.measures.len());
    assert_eq!(read.kpis.len(), annex.kpis.len());
    assert!(receipt.observations.is_empty(), "{:?}", receipt.observations);
}

#[test]
fn forms_in_the_words_of_the_edition_and_in_the_usual_ones_are_read() {
    let (edition, annex) = annex(&Arc::new(other_words()), &[]);
    let (usual, _) = model::clean_annex();
    for (written, model) in
        [(&edition, annex.clone()), (&usual, Annex { schema: usual.schema.clone(), ..annex })]
    {
        let sent = written.departments.iter().map(|department| {
            let bytes = forms::write(written, department, Some(&model)).into_bytes();
            (forms::file_name(written, department), bytes.expect("a form"))
        });
        let read = pipeline::read(&edition, None, sent);
        assert_eq!(read.annex.measures.len(), model.measures.len());
        assert_eq!(read.annex.kpis.len(), model.kpis.len());
        let linked = |annex: &Annex| {
            let links = annex.kpis.iter().flat_map(|kpi| &kpi.measures);
            links.filter(|link| link.measure.is_some()).count()
        };
        assert_eq!(linked(&read.annex), linked(&model));
        let codes: Vec<_> = read.receipts.iter().flat_map(|r| &r.observations).collect();
        assert!(codes.is_empty(), "{codes:?}");
    }
}
