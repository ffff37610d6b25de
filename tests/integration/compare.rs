//! The comparison of two versions as a terminal, a browser, Excel and a PDF reader show it.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use bessatsu::checks;
use bessatsu::compare::{Comparison, Kind, compare};
use bessatsu::edition::Edition;
use bessatsu::intake;
use bessatsu::intake::figure;
use bessatsu::model::{Annex, Id, Listing, Sourced};
use bessatsu::progress;
use bessatsu::publish::comparison as render;
use bessatsu::publish::comparison::table::{Layout, Options, Table, table};
use bessatsu::publish::{pdf, web, workbook};
use bessatsu::report::Report;
use bessatsu::schema::keys;
use bessatsu::text;

use crate::support::{browser, model, office, revision};

/// The first version and the second, with a change of every kind that reviewers meet.
fn versions() -> (Edition, Annex, Annex) {
    let (edition, mut old, _) = revision::versions();
    old.kpis[1].figure_mut(keys::CURRENT).value = figure::read("1,551人");
    let mut new = old.clone();
    new.front.version = "第1.1版".into();
    new.front.issued = "令和8年3月".into();
    new.kpis[1].figure_mut(keys::CURRENT).value = figure::read("1,802人");
    new.measures[0].value_mut(keys::OVERVIEW).value.push_str("\n<b>相談の窓口</b>も設ける。");
    new.measures[2].section.value = "統計調査課".into();
    new.measures[3].name.value.push_str("（拡充）");

    // One moved to the last category and listed there again in the first, one removed, one added.
    let moved = new.measures[4].id.clone();
    let removed = new.measures[5].id.clone();
    let last = new.places().last().unwrap().id;
    for category in new.outline.iter_mut().flat_map(|pillar| &mut pillar.headings) {
        category.listings.retain(|l| l.measure != removed && (l.repost || l.measure != moved));
    }
    new.measures[4].category.value = Some(last);
    let mut added = new.measures[0].clone();
    added.id = Id("R8-001".into());
    added.stated_id = None;
    added.name.value = "データ連携基盤の整備".into();
    added.value_mut(keys::OVERVIEW).value = "部局を越えてデータを使える基盤を整える。".into();
    added.value_mut(keys::PURPOSE).value = "根拠に基づく政策を立てられるようにする。".into();
    let first = &mut new.outline[0].headings[0];
    first.listings.insert(1, Listing { measure: added.id.clone(), repost: false });
    first.listings.push(Listing { measure: moved.clone(), repost: true });
    let tail = new.outline.last_mut().unwrap().headings.last_mut().unwrap();
    tail.listings.push(Listing { measure: moved, repost: false });
    new.measures.retain(|measure| measure.id != removed);
    new.measures.push(added);
    (edition, old, new)
}

fn tables(old: &Annex, new: &Annex) -> [Table; 2] {
    let redline = Options { layout: Layout::Redline, ..Options::default() };
    let matched = compare(old, new);
    [table(&matched, Options::default()), table(&matched, redline)]
}

/// Leaves a result where `BESSATSU_KEEP` names a folder, to be looked at.
fn keep(name: &str, bytes: &[u8]) {
    if let Ok(folder) = std::env::var("BESSATSU_KEEP") {
        std::fs::write(Path::new(&folder).join(name), bytes).unwrap();
    }
}

#[test]
fn every_change_is_told_once_in_the_terminal() {
    let (_, old, new) = versions();
    let comparison = compare(&old, &new).comparison;
    let text = render::text::render(&comparison, render::text::Options::default());
    keep("diff.txt", text.as_bytes());
    let counts: Vec<(Kind, usize)> = comparison.counts.iter().map(|c| (c.kind, c.count)).collect();
    assert_eq!(
        counts,
        [
            (Kind::Added, 1),
            (Kind::Removed, 1),
            (Kind::Renamed, 1),
            (Kind::Moved, 1),
            (Kind::Owner, 1),
            (Kind::Field, 1),
            (Kind::RepostAdded, 1),
            (Kind::Current, 1),
            (Kind::Setting, 2),
        ]
    );
    assert!(text.contains("［－1,551人－］［＋1,802人＋］  （+251、+16.2%）"), "{text}");
    assert!(text.contains("［＋（拡充）＋］"), "{text}");
    let last = text.lines().last().unwrap();
    assert_eq!(
        last,
        "変更 10件（追加 1、削除 1、名称の変更 1、分野の移動 1、担当の変更 1、記載の変更 1、再掲の追加 1、現状値の変更 1、設定の変更 2）"
    );
    let stat = render::text::Options { stat: true, ..Default::default() };
    assert_eq!(render::text::render(&comparison, stat).lines().count(), 1 + counts.len() + 1);
    let color = render::text::Options { color: true, ..Default::default() };
    assert!(!render::text::render(&comparison, color).contains("［＋"));
}

#[test]
fn json_is_the_comparison_and_keeps_to_its_schema() {
    let (_, old, new) = versions();
    let comparison = compare(&old, &new).comparison;
    let json = render::json::render(&comparison).into_text().unwrap();
    keep("diff.json", json.as_bytes());
    assert_eq!(serde_json::from_str::<Comparison>(&json).unwrap(), comparison);
    let schema: serde_json::Value = serde_json::from_str(&render::json::schema().unwrap()).unwrap();
    let known = schema["properties"].as_object().unwrap();
    let shown: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert!(shown.as_object().unwrap().keys().all(|key| known.contains_key(key)));
}

#[test]
fn the_review_page_asks_for_nothing_and_escapes_everything() {
    let (_, old, new) = versions();
    let page = web::diff::render(&compare(&old, &new).comparison).into_text().unwrap();
    keep("diff.html", page.as_bytes());
    assert!(page.contains("<ins>"), "{page}");
    assert!(page.contains("&lt;b&gt;相談の窓口&lt;"), "{page}");
    for outside in ["src=", "@import", "url(", "<link", "http://"] {
        assert!(!page.contains(outside), "{outside}");
    }
    let same = web::diff::render(&compare(&old, &old).comparison).into_text().unwrap();
    assert!(same.contains("変更はありません。"));
    assert!(!same.contains("<form"));
}

#[test]
fn a_browser_filters_steps_through_and_prints_the_review_page() {
    let (_, old, new) = revision::versions();
    let page = web::diff::render(&compare(&old, &new).comparison).into_text().unwrap();
    browser::read("review.mjs", &[("diff.html", &page)]);
}

#[test]
fn both_tables_are_read_from_the_workbook_as_they_were_written() {
    let (edition, old, new) = versions();
    for (table, name) in tables(&old, &new).iter().zip(["comparison.xlsx", "redline.xlsx"]) {
        let bytes = workbook::comparison::render(&edition, table).into_bytes().unwrap();
        keep(name, &bytes);
        assert_eq!(bytes, workbook::comparison::render(&edition, table).into_bytes().unwrap());
        let Some(sheets) = office::sheets(&bytes) else { return };
        let sheet = &sheets[table.options.layout.label()];
        let all: String = sheet.iter().flatten().map(|cell| format!("{cell}\n")).collect();
        for words in ["（拡充）", "データ連携基盤の整備", "1,802人", "第1.1版", &table.legend]
        {
            assert!(all.contains(words), "{name}: {words}\n{all}");
        }
        let is_redline = table.options.layout == Layout::Redline;
        let header = if is_redline {
            &["項目", "本文", "備考"][..]
        } else {
            &["項目", "改正後", "改正前", "備考"]
        };
        assert_eq!(sheet[3][..header.len()], *header);
        assert_eq!(all.contains("（新設）"), !is_redline);
        assert_eq!(all.contains("（削る）"), !is_redline);
        assert_eq!(all.contains("1,551人1,802人"), is_redline);
    }
}

#[test]
fn both_tables_are_typeset_with_their_header_on_every_page() {
    let (edition, old, new) = versions();
    for (table, name) in tables(&old, &new).iter().zip(["comparison.pdf", "redline.pdf"]) {
        let (bytes, findings) =
            pdf::comparison::render(&edition, table, &pdf::Options::default()).into_parts();
        assert!(findings.is_empty(), "{findings:?}");
        let bytes = bytes.unwrap();
        keep(name, &bytes);
        let again = pdf::comparison::render(&edition, table, &pdf::Options::default()).into_bytes();
        assert_eq!(again.as_deref(), Some(bytes.as_slice()));
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, &bytes).unwrap();
        let Ok(output) = Command::new("pdftotext").arg("-layout").arg(&path).arg("-").output()
        else {
            eprintln!("SKIPPED: pdftotext (poppler) is not installed");
            return;
        };
        // Poppler sets a space wherever Japanese and Latin letters meet.
        let text = String::from_utf8(output.stdout).unwrap().replace(' ', "");
        for words in ["（拡充）", "1,802人", "第1.1版", &table.legend] {
            assert!(text.contains(words), "{name}: {words}\n{text}");
        }
        let pages: Vec<&str> = text.trim_end_matches('\u{c}').split('\u{c}').collect();
        assert!(pages.iter().all(|page| page.contains("備考")), "{name}: {text}");
    }
}

#[test]
fn labels_and_sides_are_the_settings_choice() {
    let (_, old, new) = versions();
    let options = Options {
        new_label: "改正案".into(),
        old_label: "現行".into(),
        new_first: false,
        remarks: false,
        ..Options::default()
    };
    let (edition, table) = (versions().0, table(&compare(&old, &new), options));
    if let Some(text) = pdf_text(&edition, &table) {
        let header = text.lines().find(|line| line.contains("項目")).unwrap();
        let words: Vec<&str> = header.split_whitespace().collect();
        assert_eq!(words, ["項目", "現行", "改正案"], "{text}");
    }
    let bytes = workbook::comparison::render(&edition, &table).into_bytes().unwrap();
    let Some(sheets) = office::sheets(&bytes) else { return };
    assert_eq!(sheets["新旧対照表"][3], ["項目", "現行", "改正案"]);
}

#[test]
fn long_words_break_inside_their_cells_and_nothing_unseen_is_copied() {
    let (edition, old, mut new) = versions();
    let word = "W".repeat(200);
    new.measures[0].value_mut(keys::OVERVIEW).value =
        format!("{word}及びhttps://www.example.jp/{}を令和12年度末までに", "a".repeat(90));
    for table in tables(&old, &new) {
        let Some(text) = pdf_text(&edition, &table) else { return };
        assert!(!text.contains(['\u{2060}', '\u{200B}']));
        assert!(text.matches('W').count() >= word.len(), "{text}");
        assert!(text.replace(' ', "").contains("12年度末"), "{text}");
    }
}

/// A table as PDF, in the words that poppler reads; `None`, and a word about it, without poppler.
fn pdf_text(edition: &Edition, table: &Table) -> Option<String> {
    let (bytes, findings) =
        pdf::comparison::render(edition, table, &pdf::Options::default()).into_parts();
    assert!(findings.is_empty(), "{findings:?}");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("table.pdf");
    std::fs::write(&path, bytes.unwrap()).unwrap();
    let Ok(output) = Command::new("pdftotext").arg("-layout").arg(&path).arg("-").output() else {
        eprintln!("SKIPPED: pdftotext (poppler) is not installed");
        return None;
    };
    Some(String::from_utf8(output.stdout).unwrap())
}

/// The expected text of a file of `tests/editions/revision`; written anew under `BESSATSU_BLESS=1`.
fn assert_as_expected(name: &str, text: &str) {
    let path = revision::folder().join(name);
    if std::env::var_os("BESSATSU_BLESS").is_some() {
        std::fs::write(&path, text).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    let differs = text.lines().zip(expected.lines()).find(|(a, b)| a != b);
    assert!(text == expected, "{name} differs: {differs:#?}");
}

#[test]
fn the_revision_of_the_example_is_told_as_expected() {
    let (edition, old, new) = revision::versions();
    let comparison = compare(&old, &new).comparison;
    let text = render::text::render(&comparison, render::text::Options::default());
    assert_as_expected("diff.txt", &text);
    assert_as_expected("diff.json", &render::json::render(&comparison).into_text().unwrap());
    let Some(text) = pdf_text(&edition, &table(&compare(&old, &new), Options::default())) else {
        return;
    };
    // How wide the gaps are is poppler's guess; what stands beside what is the table's.
    let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    let lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
    assert_as_expected("comparison.txt", &(lines.join("\n") + "\n"));
}

fn no_findings() -> Report {
    Report { edition: "R7".into(), findings: Vec::new(), ..Report::default() }
}

/// Reads a workbook of ours, about which there is nothing to say.
fn read_back(bytes: &[u8]) -> Annex {
    let (annex, receipt) = intake::consolidated("annex.xlsx", bytes);
    assert_eq!(receipt.observations, []);
    annex.unwrap()
}

/// The model without what only the forms say: cells, raw texts, changes by the text rules, stated
/// ids, stated orders, and the words by which a KPI names its measures.
fn published(annex: &Annex) -> Annex {
    fn bare<T: Clone>(sourced: &Sourced<T>) -> Sourced<T> {
        Sourced::new(sourced.value.clone(), Default::default())
    }
    let mut annex = annex.clone();
    let names: Vec<_> =
        annex.measures.iter().map(|m| (m.id.clone(), m.name.value.clone())).collect();
    for m in &mut annex.measures {
        (m.stated_id, m.order) = (None, None);
        (m.status, m.category) = (bare(&m.status), bare(&m.category));
        let entry = &mut m.entry;
        let texts = [&mut entry.name, &mut entry.department, &mut entry.section];
        texts.into_iter().chain(entry.values.values_mut()).for_each(|text| *text = bare(text));
        m.note = m.note.as_ref().map(bare);
        m.reposts = m.reposts.iter().map(bare).collect();
        m.reposts.sort_by_key(|repost| repost.value);
    }
    for k in &mut annex.kpis {
        (k.stated_id, k.order) = (None, None);
        (k.status, k.category, k.name) = (bare(&k.status), bare(&k.category), bare(&k.name));
        k.figures.values_mut().for_each(|figure| *figure = bare(figure));
        k.note = k.note.as_ref().map(bare);
        for link in &mut k.measures {
            link.text = bare(&link.text);
            if let Some((_, name)) = names.iter().find(|(id, _)| Some(id) == link.measure.as_ref())
            {
                link.text.value.clone_from(name);
            } else {
                link.measure = None;
            }
        }
    }
    annex
}

#[test]
fn a_workbook_reads_back_as_the_model_it_was_written_from() {
    let (edition, old, new) = revision::versions();
    for annex in [&old, &new] {
        let bytes = workbook::render(&edition, annex, &no_findings()).into_bytes().unwrap();
        assert_same(&published(&read_back(&bytes)), &published(annex));
    }
}

#[test]
fn texts_that_a_careless_reader_spoils_read_back_under_the_rules_for_text() {
    let (edition, mut annex) = model::small_annex();
    for measure in &mut annex.measures {
        measure.value_mut(keys::OVERVIEW).value =
            text::clean(&measure.value(keys::OVERVIEW).value).text;
    }
    for kpi in &mut annex.kpis {
        for figure in kpi.figures.values_mut() {
            figure.value = figure::read(&figure.value.printed);
        }
    }
    let bytes = workbook::render(&edition, &annex, &no_findings()).into_bytes().unwrap();
    assert_same(&published(&read_back(&bytes)), &published(&annex));
}

#[test]
fn what_is_no_workbook_is_a_finding() {
    let (annex, receipt) = intake::consolidated("annex.xlsx", b"not a workbook");
    assert!(annex.is_none());
    let findings = checks::of_consolidated(&receipt);
    let told: Vec<_> = findings.iter().map(|f| (f.rule.code, f.place.to_string())).collect();
    assert_eq!(told, [("F101", "annex.xlsx".to_owned())]);
}

/// Two large models; where they differ, the first entry that does.
fn assert_same(one: &Annex, other: &Annex) {
    for (a, b) in one.measures.iter().zip(&other.measures) {
        assert_eq!(a, b);
    }
    for (a, b) in one.kpis.iter().zip(&other.kpis) {
        assert_eq!(a, b);
    }
    for (a, b) in one.places().zip(other.places()) {
        assert_eq!(a, b);
    }
    assert_eq!(one, other);
}

#[test]
fn two_workbooks_compare_as_the_models_they_were_written_from() {
    let mut totals = BTreeSet::new();
    // All edits, and several choices of them: every second, every third … one.
    for step in 1..8 {
        let (edition, old, new) = revision::versions_with(|number| number % step == 0);
        let expected = compare(&old, &new).comparison;
        let write = |annex| workbook::render(&edition, annex, &no_findings()).into_bytes().unwrap();
        let [before, after] = [&old, &new].map(|annex| read_back(&write(annex)));
        for (old, new) in [(&before, &after), (&old, &after), (&before, &new)] {
            let comparison = compare(old, new).comparison;
            for (a, b) in comparison.entries.iter().zip(&expected.entries) {
                assert_eq!(a, b);
            }
            assert_eq!(comparison, expected);
        }
        assert!(compare(&old, &before).comparison.is_empty());
        totals.insert(expected.total());
    }
    assert!(totals.len() > 4, "the choices are alike: {totals:?}");
}

#[test]
fn a_workbook_against_an_older_version_tells_and_marks_what_changed() {
    let (edition, old, new) = revision::versions();
    let comparison = compare(&old, &new).comparison;
    let bytes =
        workbook::render_against(&edition, &new, &no_findings(), &comparison).into_bytes().unwrap();
    keep("against.xlsx", &bytes);
    assert_same(&published(&read_back(&bytes)), &published(&new));
    let Some(sheets) = office::sheets(&bytes) else { return };
    let changes = &sheets["変更点"];
    let total = comparison.total();
    assert!(changes.len() > total, "{} rows for {total} changes", changes.len());
    let column = |sheet: &office::Sheet, label: &str| {
        sheet[0].iter().position(|cell| cell == label).expect(label)
    };
    // Every link leads to the row of its entry.
    let (id, link) = (column(changes, "ID"), column(changes, "該当行"));
    let mut links = 0;
    for row in changes[1..].iter().filter(|row| !row[link].is_empty()) {
        let (sheet, number) = row[link].split_once(' ').unwrap();
        let number: usize = number.trim_end_matches("行目").parse().unwrap();
        assert_eq!(sheets[sheet][number - 1][0], row[id]);
        links += 1;
    }
    assert!(links > 25, "{links}");
    let marked = |name: &str| -> Vec<String> {
        let sheet = &sheets[name];
        let said = column(sheet, "変更");
        let rows = sheet[1..].iter().filter(|row| !row[said].is_empty());
        rows.map(|row| format!("{} {}", row[0], row[said].replace('\n', "、"))).collect()
    };
    assert!(marked("個別施策").contains(&"R7-106 分野の移動".to_owned()));
    // The name of a repost is its original's; its place is its own.
    let renamed = marked("個別施策").into_iter().filter(|row| row == "R7-104 名称の変更");
    assert_eq!(renamed.count(), 2);
    assert!(marked("KPI").contains(&"R7-K04 現状値の変更、目標値の変更".to_owned()));
    assert!(!marked("KPI").iter().any(|row| row.starts_with("R7-K05")));
}

#[test]
fn the_kpis_over_the_years_are_numbers_with_native_charts() {
    let (edition, old, mut new) = revision::versions();
    new.front.edition = "R8".into();
    let progress = progress::progress(&[&old, &new], &progress::Settings::default());
    let bytes = workbook::progress::render(&edition, &progress).into_bytes().unwrap();
    keep("progress.xlsx", &bytes);
    assert_eq!(bytes, workbook::progress::render(&edition, &progress).into_bytes().unwrap());
    let mut package = zip::ZipArchive::new(std::io::Cursor::new(bytes.as_slice())).unwrap();
    let names: Vec<String> = package.file_names().map(|name| name.unwrap().into_owned()).collect();
    let charts = names.iter().filter(|name| name.starts_with("xl/charts/chart")).count();
    let placed = progress.tracks.iter().filter(|track| track.way().is_some());
    assert!(charts > 30);
    assert_eq!(charts, placed.count());
    let mut first = String::new();
    let mut part = package.by_name("xl/charts/chart1.xml").unwrap();
    std::io::Read::read_to_string(&mut part, &mut first).unwrap();
    assert!(first.contains("グラフのデータ"), "{first}");
    let Some(sheets) = office::sheets(&bytes) else { return };
    let table = &sheets["KPIの推移"];
    assert_eq!(table.len(), 1 + progress.tracks.len());
    let column = |label: &str| table[0].iter().position(|cell| cell == label).expect(label);
    let members = table.iter().find(|row| row[0] == "R7-K03").unwrap();
    let shown =
        ["R6年度", "R7年度", "目標の年度", "目標値の数値", "状況"].map(|l| &members[column(l)]);
    assert_eq!(shown, ["1551", "1802", "R9", "2200", "順調です"]);
    // Words are shown as they stand.
    let unmeasured = table.iter().find(|row| row[0] == "R7-K01").unwrap();
    let shown = ["R6年度", "目標値の数値"].map(|label| &unmeasured[column(label)]);
    assert_eq!(shown, ["未測定", "80"]);
    let data = &sheets["グラフのデータ"];
    assert_eq!(data.len(), 1 + 2 * charts);
}
