//! 進捗状況: two invented years of the example edition, as paper.

use std::path::Path;
use std::sync::Arc;

use bessatsu::compare::compare;
use bessatsu::diag::Finding;
use bessatsu::edition::{self, Edition};
use bessatsu::intake::figure;
use bessatsu::model::{Annex, Kpi};
use bessatsu::progress::{HalfPoint, Progress, Settings, Standing, Track, percent, progress};
use bessatsu::publish::pdf::progress::{Report, render};
use bessatsu::publish::{data, pdf, workbook};
use bessatsu::schema::{Half, keys};
use tempfile::TempDir;

use crate::support::pdf::{has_module, python, read, script};
use crate::support::program::{copy_of_example, run};
use crate::support::{example, revision, sheets};

/// What a secretariat adds to its settings to report on a year.
const COLUMNS: &str = r#"
[[measure-column]]
key = "state"
label = "取組状況"
papers = ["form", "workbook", "data"]

[[measure-column]]
key = "grade"
label = "評価"
kind = "choice"
choices = ["順調", "概ね順調", "やや遅れ", "遅れ"]
papers = ["form", "workbook", "data"]

[[measure-column]]
key = "next"
label = "次年度の方向"
kind = "choice"
choices = ["拡充", "継続", "見直し", "縮小", "廃止"]
papers = ["form", "workbook", "data"]

[[measure-column]]
key = "reason"
label = "新規・変更・廃止の理由"
papers = ["form", "workbook", "data"]
"#;

/// How far the KPIs have come in the invented year, one after the other.
const SHARES: [f64; 8] = [0.34, 0.3, 0.4, 0.22, 0.27, 0.05, 1.02, -0.08];

/// What was done of the measures, one after the other.
const STATES: [(&str, &str, &str); 4] = [
    (
        "計画した研修を4回開き、延べ312人が受けた。受けた人の8割が「業務に生かせる」と答えた。",
        "順調",
        "継続",
    ),
    (
        "仕組みの設計を終え、3市町で試行を始めた。試行で分かった入力の手間を減らすため、様式を改める。",
        "概ね順調",
        "拡充",
    ),
    (
        "入札が不調となり、導入が年度末にずれ込んだ。仕様を分けて、来年度の早い時期に改めて公告する。",
        "遅れ",
        "見直し",
    ),
    (
        "利用の手引を作り、全ての課室に配った。問い合わせの多い項目は、動画でも説明した。",
        "順調",
        "継続",
    ),
];

/// The settings, the edition of the plan, and the one of the year after with what was reached.
fn two_years() -> (Edition, Annex, Annex) {
    let (_, old, mut new) = revision::versions();
    let text = std::fs::read_to_string(example::folder().join("edition.toml")).unwrap();
    let text = text
        .replace("id = \"R7\"", "id = \"R8\"")
        .replace("year = 2025\ntitle", "year = 2026\ntitle")
        .replace(
            "# measures = [\"state\", \"next\"]",
            "measures = [\"grade\", \"next\", \"state\"]",
        )
        .replace("# reason = \"reason\"", "reason = \"reason\"");
    let (edition, findings) = edition::parse("edition.toml", &format!("{text}{COLUMNS}"));
    assert!(findings.is_empty(), "{findings:#?}");
    let edition = edition.unwrap();
    new.front.edition = "R8".into();
    new.front.issued = "令和8年8月".into();
    new.schema = Arc::clone(&edition.schema);
    for (at, kpi) in new.kpis.iter_mut().enumerate() {
        reach(kpi, SHARES[at % SHARES.len()]);
    }
    for (at, measure) in new.measures.iter_mut().enumerate() {
        let (state, grade, next) = STATES[at % STATES.len()];
        for (key, text) in [("state", state), ("grade", grade), ("next", next)] {
            measure.value_mut(key).value = text.into();
        }
        if !measure.is_printed() {
            measure.value_mut("reason").value = "国の制度が始まり、県の事業を終えたため".into();
        }
    }
    (edition, old, new)
}

/// Puts what stands at a share of the way to the target in place of the current value.
fn reach(kpi: &mut Kpi, share: f64) {
    let goals = kpi.figure(keys::TARGET).value.readings.clone();
    let current = &mut kpi.figure_mut(keys::CURRENT).value;
    let mut printed = Vec::new();
    for reading in &current.readings {
        let goal = goals.iter().find(|goal| goal.mark == reading.mark).and_then(|goal| goal.number);
        let (Some(from), Some(to)) = (reading.number, goal) else { return };
        let reached = ((from + (to - from) * share) * 10.0).round() / 10.0;
        let mark = reading.mark.map(String::from).unwrap_or_default();
        printed.push(format!("{mark}{reached}{}", reading.unit));
    }
    if !printed.is_empty() {
        *current = figure::read(&printed.join("\n"));
    }
}

fn courses(edition: &Edition, old: &Annex, new: &Annex) -> Progress {
    let settings = Settings { scheme: edition.progress.scheme, ..Settings::default() };
    progress(&[old, new], &settings)
}

fn paper(edition: &Edition, old: Option<&Annex>, new: &Annex) -> Vec<u8> {
    let progress = match old {
        Some(old) => courses(edition, old, new),
        None => progress(&[new], &Settings::default()),
    };
    let matched = old.map(|old| compare(old, new));
    let changes = matched.as_ref().map(|matched| &matched.comparison);
    let rendered = render(
        edition,
        Report { annex: new, progress: &progress, changes },
        &pdf::Options::default(),
    );
    let told = |finding: &Finding| format!("{} {}", finding.message.en, finding.found);
    let findings: Vec<String> = rendered.findings.iter().map(told).collect();
    let bytes = rendered.artifacts.into_iter().next().map(|paper| paper.bytes.to_vec());
    let bytes = bytes.unwrap_or_default();
    if let (Ok(folder), Some(_)) = (std::env::var("BESSATSU_KEEP"), old) {
        std::fs::write(Path::new(&folder).join("progress.pdf"), &bytes).unwrap();
    }
    assert!(findings.is_empty(), "{findings:#?}");
    bytes
}

#[test]
fn the_paper_says_how_every_kpi_stands_and_what_was_done_and_what_changed() {
    let (edition, old, new) = two_years();
    let bytes = paper(&edition, Some(&old), &new);
    assert_eq!(bytes, paper(&edition, Some(&old), &new), "the same report is the same file");
    let Some(text) = read(&bytes, "pdftotext", &["-layout", "@", "-"]) else { return };
    let squeezed: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let told = |words: &str| {
        let words: String = words.chars().filter(|c| !c.is_whitespace()).collect();
        assert!(squeezed.contains(&words), "{words} is not printed");
    };
    told("令和7年度");
    let progress = courses(&edition, &old, &new);
    let judged = progress.tracks.iter().filter(|track| track.course.band.is_some()).count();
    assert!(judged > 30, "{judged}");
    told(&format!("このうち{judged}件を判定しました。"));
    for track in progress.tracks.iter().filter(|track| track.last_edition == "R8") {
        assert!(squeezed.contains(track.kpi.as_str()), "{} is not printed", track.kpi);
        if track.course.standing == Standing::DirectionUnclear {
            told("増減のどちらが良いか設定されていないため判定しません");
        }
    }
    for heading in new.headings() {
        told(&heading.label());
    }
    for (state, _, _) in STATES {
        // The first words stand on one line of their cell.
        told(&state.chars().take(8).collect::<String>());
    }
    let abolished = new.measures.iter().filter(|measure| !measure.is_printed());
    for measure in abolished {
        told(measure.id.as_str());
        told("国の制度が始まり");
    }
}

/// A folder with the data of both years, of which nobody knows the settings.
fn files() -> TempDir {
    let (_, old, new) = two_years();
    let folder = TempDir::new().unwrap();
    for (name, annex) in [("a.json", &old), ("b.json", &new)] {
        std::fs::write(folder.path().join(name), data::json(annex).into_text().unwrap()).unwrap();
    }
    folder
}

#[test]
fn the_terminal_shows_a_line_for_every_kpi_with_its_grade_or_why_it_has_none() {
    let folder = files();
    let shown = run(folder.path(), &["progress", "a.json", "b.json"]);
    assert_eq!(shown.code, 0, "{}", shown.err);
    let (edition, old, new) = two_years();
    let progress = progress(&[&old, &new], &Settings::default());
    let lines: Vec<&str> = shown.out.lines().collect();
    assert_eq!(lines[0], format!("{}（R7、R8）", progress.title));
    let grades = progress.bands.iter().map(|band| {
        let is_its = |track: &&Track| track.course.band.as_ref() == Some(&band.name);
        format!("{} {}", band.name, progress.newest().filter(is_its).count())
    });
    let grades: Vec<String> = grades.collect();
    assert!(lines[1].starts_with("KPI 54件（値は") && lines[1].contains(&grades.join("、")));
    assert!(lines[2].contains("直線") && lines[2].contains("S 1.2以上"), "{}", lines[2]);
    let rows: Vec<&str> = lines.iter().copied().filter(|line| line.starts_with("  R")).collect();
    assert_eq!(rows.len(), progress.tracks.len());
    for (row, track) in rows.into_iter().zip(&progress.tracks) {
        let (kpi, course) = (&track.kpi, &track.course);
        assert!(row.starts_with(&format!("  {kpi}  ")), "{row}");
        // Of a long name the beginning.
        let name: String = track.full_name().replace('\n', " ").chars().take(9).collect();
        assert!(row.contains(&name) && row.contains(&track.label), "{row}");
        let target = track.target.as_ref().map_or("なし", |target| &target.printed);
        assert!(row.contains(&format!(" → {}", target.replace('\n', " "))), "{row}");
        let rate = course.rate.map(|rate| format!("  率 {}", percent(rate)));
        assert!(rate.is_none_or(|rate| row.contains(&rate)), "{row}");
        let verdict = match &course.band {
            Some(band) => format!("判定 {band}"),
            None => edition.schema.fill(course.standing.label()).into_owned(),
        };
        assert!(row.contains(&format!("  {verdict}")), "{row}");
    }
    // What is for programs is asked for by its name, or by that of its file.
    for args in [&["--format", "json"][..], &["-o", "x.json"]] {
        let run = run(folder.path(), &[&["progress", "a.json", "b.json"], args].concat());
        assert_eq!(run.code, 0, "{}", run.err);
        let text = match args {
            ["-o", name] => std::fs::read_to_string(folder.path().join(name)).unwrap(),
            _ => run.out,
        };
        let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(json["tracks"].as_array().map(Vec::len), Some(progress.tracks.len()));
    }
    let written = run(folder.path(), &["progress", "a.json", "b.json", "-o", "x.txt"]);
    assert_eq!(written.code, 0, "{}", written.err);
    assert_eq!(std::fs::read_to_string(folder.path().join("x.txt")).unwrap(), shown.out);
}

#[test]
fn files_alone_are_judged_by_the_straight_line_and_that_is_said_aloud() {
    let said = "判定は標準の方法（基準値と目標値を結ぶ直線";
    let folder = files();
    for args in [&[][..], &["--format", "json"], &["-o", "x.xlsx"]] {
        let run = run(folder.path(), &[&["progress", "a.json", "b.json"], args].concat());
        assert_eq!(run.code, 0, "{}", run.err);
        assert_eq!(run.err.matches(said).count(), 1, "{args:?}: {}", run.err);
        assert!(!run.out.contains(said), "{args:?}");
        if args.contains(&"json") {
            let json: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
            assert_eq!(json["scheme"], "line");
        }
    }
    // The settings of a folder say by which it is judged.
    let folder = copy_of_example();
    let run = run(folder.path(), &["progress", "."]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(!run.err.contains(said), "{}", run.err);
    assert!(!run.out.contains("直線"), "{}", run.out);
}

#[test]
fn half_years_stand_in_their_order_behind_the_years_of_the_workbook() {
    let (edition, old, new) = two_years();
    let mut progress = courses(&edition, &old, &new);
    let rows = |progress: &Progress| {
        let bytes = workbook::progress::render(&edition, progress).into_bytes().unwrap();
        sheets::rows(&bytes).remove("KPIの推移").unwrap()
    };
    let without = rows(&progress);
    let (years, behind): (Vec<String>, Vec<String>) = {
        let at = without[0].iter().rposition(|head| head.ends_with("年度")).unwrap();
        let last = without[0][..at].iter().rposition(|head| head.ends_with("年度")).unwrap();
        (without[0][..=last].to_vec(), without[0][last + 1..].to_vec())
    };
    let point = |fiscal_year, half, number, printed: &str| HalfPoint {
        fiscal_year,
        half,
        number,
        printed: printed.into(),
        edition: "R8".into(),
    };
    progress.tracks[0].halves = vec![
        point(2025, Half::Second, Some(250.0), "250人"),
        point(2026, Half::First, None, "未測定"),
    ];
    progress.tracks[1].halves = vec![point(2025, Half::First, Some(1200.0), "1,200人")];
    let with = rows(&progress);
    let halves = ["R7上半期", "R7下半期", "R8上半期"].map(String::from).to_vec();
    assert_eq!(with[0], [years.clone(), halves, behind].concat());
    let shown = years.len()..years.len() + 3;
    assert_eq!(with[1][shown.clone()], ["", "250", "未測定"]);
    assert_eq!(with[2][shown.clone()], ["1200", "", ""]);
    assert_eq!(with[3][shown], ["", "", ""]);
}

#[test]
fn everyone_can_read_the_paper() {
    let (edition, old, new) = two_years();
    for bytes in [paper(&edition, None, &new), paper(&edition, Some(&old), &new)] {
        if has_module("page") && has_module("pdfua") {
            read(&bytes, &python(), &[&script("check_pdf.py"), "@"]);
        }
        read(&bytes, "qpdf", &["--check", "@"]);
    }
}
