//! What the secretariat corrects: weighed against what was submitted, applied as if the form had
//! said it, and written without losing anything.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use bessatsu::corrections::{self, Judged};
use bessatsu::diag::{Finding, Severity};
use bessatsu::edition::{self, CORRECTIONS, Corrections, Edition};
use bessatsu::intake::{self, Intake, Source};
use bessatsu::model::{Annex, Edit, Id, KnownIds};
use bessatsu::publish::data;
use bessatsu::schema::{Table, keys};
use bessatsu::session::{Paths, Session};
use proptest::prelude::*;
use tempfile::TempDir;

use crate::support::editions::{OTHERS, STANDARD, files};
use crate::support::pdf;
use crate::support::planted;
use crate::support::program::{program, root, run};
use crate::support::sheets::texts as sheets;

/// Two small submissions, every row with its id.
const CONTENTS: &str = "
== 01_総務部.xlsx
stamp R7 1
-- 様式１　個別施策
1: 部局名 | 総務部
3: 施策ID | 区分 | 分野 | 掲載順 | 施策名 | 概要（D：デジタルで） | 目的（X：目指す姿） | 担当部局 | 担当課室 | 再掲分野 | 備考
4: R7-001 | 新規 | 1(1) 子育て支援 | | 広報紙の電子配信 | 広報紙を配信する。 | 読みやすくする。 | 総務部 | 広報課
5: R7-002 | 新規 | 1(1) 子育て支援 | | 窓口予約の導入 | 予約を受け付ける。 | 待ち時間を減らす。 | 総務部 | 広報課 | 1(2) 教育の充実 | 部外秘
6: R7-003 | 新規 | 1(1) 子育て支援 | | 電子申請の受付 | 申請を受け付ける。 | 手間を減らす。 | 総務部 | 広報課
-- 様式２　KPI
1: 部局名 | 総務部
3: KPI ID | 区分 | 分野 | 掲載順 | 主なKPI | 現状値 | 目標値 | 対象施策 | 備考
4: R7-K01 | 新規 | 1(1) 子育て支援 | | 広報紙の購読者数（人） | 1,200人（R6） | 3,000人（R9） | 広報紙の電子配信
5: R7-K02 | 新規 | 1(1) 子育て支援 | | 予約の割合（%） | 12.0%（R6） | 40.0%（R9） | 窓口予約の導入
";

/// The settings of the standard edition, or of one of another shape.
fn settings(name: &str) -> String {
    let folder = match name {
        STANDARD => root().join("inputs/2025"),
        _ => root().join("tests/editions").join(name),
    };
    fs::read_to_string(folder.join("edition.toml")).expect(name)
}

fn small_edition() -> Edition {
    edition::parse("edition.toml", &settings(STANDARD)).0.expect("sound settings")
}

fn read(edition: &Edition, text: &str) -> Intake {
    let sources: Vec<Source> = planted::sources(text);
    intake::run(edition, None, sources)
}

fn asked(text: &str) -> Corrections {
    let (asked, findings) = edition::read_corrections(text.as_bytes());
    assert!(findings.is_empty(), "{findings:?}");
    asked.expect("TOML")
}

fn judge(edition: &Edition, intake: &Intake, text: &str) -> Judged {
    let shown = |id: &Id, column: &str| intake.shown(id, column);
    corrections::judge(edition, &intake.annex, &asked(text), &shown)
}

/// The annex of the small submissions under corrections.
fn corrected(text: &str) -> Annex {
    let edition = small_edition();
    let intake = read(&edition, CONTENTS);
    let Judged { applicable, findings } = judge(&edition, &intake, text);
    assert!(findings.is_empty(), "{findings:?}");
    intake.corrected(&edition, KnownIds::default(), &applicable.edits).annex
}

/// `code:line + cell [found] [expected]` of every finding.
fn said(findings: &[Finding]) -> Vec<String> {
    let line = |f: &Finding| {
        let more: Vec<String> = f.more.iter().map(|place| place.position().ja).collect();
        let line = f.place.line.unwrap_or(0);
        format!("{}:{line} {} [{}] [{}]", f.rule.code, more.join(" "), f.found, f.expected)
    };
    findings.iter().map(line).collect()
}

fn text(id: &str, column: &str, from: &str, to: &str) -> String {
    format!(
        "[[correction]]\nid = {id:?}\ncolumn = {column:?}\nfrom = {from:?}\nto = {to:?}\nreason = \"表記\"\n"
    )
}

#[test]
fn what_cannot_be_applied_is_told_with_its_line_and_both_texts() {
    let edition = small_edition();
    let intake = read(&edition, CONTENTS);
    let name = "広報紙の電子配信";
    let twice = text("R7-001", "施策名", name, "あ") + &text("R7-001", "name", name, "い");
    let decision =
        |rest: &str| format!("[[decision]]\nid = \"R7-002\"\nreason = \"決定\"\n{rest}\n");
    for (asked, expected) in [
        (text("R7-001", "施策名", name, "広報紙のＰＤＦ配信"), &[][..]),
        // Width, key and short label do not matter, nor how the words are spaced.
        (text("Ｒ７－００１", "name", " 広報紙の電子配信 ", "い"), &[]),
        (text("R7-001", "概要", "広報紙を配信する。", ""), &[]),
        // What is printed stands there too.
        (text("R7-001", "分野", "1(1)", "1(2)"), &[]),
        (text("R7-1", "施策名", name, "い"), &["E670:1  [R7-1] [R7-001]"]),
        (text("R9-999", "施策名", name, "い"), &["E670:1  [R9-999] []"]),
        (text("R7-001", "施策の名", name, "い"), &["E671:1  [施策の名] [施策名]"]),
        (text("R7-K01", "施策名", name, "い"), &["E671:1  [施策名] []"]),
        (text("R7-001", "施策名", "広報", "い"), &["E672:1 E4 [広報紙の電子配信] [広報]"]),
        (text("R7-001", "備考", "広報", "い"), &["E672:1 K4 [（空欄）] [広報]"]),
        (text("R7-001", "施策名", "広報", name), &["E673:1 E4 [広報紙の電子配信] []"]),
        (text("R7-001", "施策名", name, " 広報紙の電子配信"), &["E674:1  [ 広報紙の電子配信] []"]),
        (text("R7-001", "施策名", name, ""), &["E674:1  [] []"]),
        (
            text("R7-001", "施策名", name, "い").replace("表記", " "),
            &["E674:1  [] [reason = \"…\"]"],
        ),
        (twice, &["E675:7 1行目 [施策名] []"]),
        (decision("leave-out = true"), &[]),
        (decision("list-again = [\"2(1)\"]\norder = 1"), &[]),
        (decision(""), &["E674:1  [] [leave-out = true、list-again = [\"…\"]、order = 1]"]),
        (decision("order = 0"), &["E674:1  [0] [order = 1]"]),
        (decision("list-again = [\"9(9)\"]"), &["E676:1  [9(9)] []"]),
        (decision("list-again = [\"1(2)\"]"), &["E673:1 E5 [] []"]),
        (decision("order = 1") + &text("R7-002", "掲載順", "", "2"), &["E675:1 5行目 [掲載順] []"]),
    ] {
        let Judged { findings, .. } = judge(&edition, &intake, &asked);
        assert_eq!(said(&findings), expected, "{asked}");
        let severe = |f: &&Finding| f.severity != Severity::Error;
        assert!(findings.iter().filter(severe).all(|f| f.rule.code == "E673"));
        assert!(findings.iter().all(|f| !f.rule.what.is_empty() && f.department.is_empty()));
    }
}

#[test]
fn a_file_that_is_not_what_it_should_be_is_told_by_line() {
    for (text, expected) in [
        ("[[correction]]\nid = “R7-001”\n", "S101:2"),
        ("[correction]\nid = \"R7-001\"\n", "S104:1"),
        ("[[correction]]\nid = \"R7-001\"\ncolum = \"\"\n", "S103:1 S103:1 S103:1 S103:1 S102:3"),
        ("[[decision]]\nid = \"R7-001\"\nreason = \"\"\nleave-out = \"はい\"\n", "S104:4"),
        ("[[decision]]\nid = \"R7-001\"\nreason = \"\"\ndate = 2026-03-01\nby = \"係長\"\n", ""),
        ("[[decision]]\nid = \"R7-001\"\nreason = \"\"\ndate = 3\n", "S104:4"),
        ("[[desision]]\nid = \"R7-001\"\n", "S102:1"),
    ] {
        let (_, findings) = edition::read_corrections(text.as_bytes());
        let said: Vec<String> = findings
            .iter()
            .map(|f| format!("{}:{}", f.rule.code, f.place.line.unwrap_or(0)))
            .collect();
        assert_eq!(said.join(" "), expected, "{text}");
        assert!(findings.iter().all(|finding| *finding.place.file == *CORRECTIONS));
    }
    let (read, findings) = edition::read_corrections(&[b'#', 0x93, 0xfa]);
    assert!(read.is_none() && findings[0].message.ja.contains("UTF-8"), "{findings:?}");
}

#[test]
fn a_corrected_name_reaches_the_kpis_that_name_the_measure() {
    let annex = corrected(&text("R7-001", "施策名", "広報紙の電子配信", "広報紙のPDF配信"));
    let kpi = annex.kpi(&Id("R7-K01".into())).expect("the KPI");
    assert_eq!(annex.measure_names(kpi), "広報紙のPDF配信");
    assert_eq!(kpi.measures[0].measure, Some(Id("R7-001".into())));
    // A KPI that is corrected itself means what it means now, under the old name or the new one.
    for called in ["広報紙の電子配信", "広報紙のPDF配信"] {
        let both = text("R7-001", "施策名", "広報紙の電子配信", "広報紙のPDF配信")
            + &text("R7-K02", "対象施策", "窓口予約の導入", called);
        let annex = corrected(&both);
        let kpi = annex.kpi(&Id("R7-K02".into())).expect("the KPI");
        assert_eq!(kpi.measures[0].measure, Some(Id("R7-001".into())), "{called}");
    }
}

#[test]
fn typed_values_are_read_anew() {
    let asked = text("R7-K01", "目標値", "3,000人（R9）", "①80.5%（R10）②未測定")
        + &text("R7-001", "区分", "新規", "廃止");
    let annex = corrected(&asked);
    let kpi = annex.kpi(&Id("R7-K01".into())).expect("the KPI");
    let readings = &kpi.figure(keys::TARGET).value.readings;
    assert_eq!((readings[0].number, readings[0].fiscal_year), (Some(80.5), Some(2028)));
    assert!(readings[1].absence.is_some(), "{readings:?}");
    assert_eq!(annex.listings().count(), 3, "the abolished measure is not listed");
}

/// The listings of a heading, reposts in brackets.
fn listed(annex: &Annex, heading: &str) -> String {
    let heading = annex.heading(heading.parse().expect("a heading")).expect("a heading");
    let show = |listing: &bessatsu::model::Listing| match listing.repost {
        true => format!("({})", listing.measure),
        false => listing.measure.to_string(),
    };
    heading.listings.iter().map(show).collect::<Vec<_>>().join(" ")
}

#[test]
fn an_entry_is_left_out_listed_again_and_put_elsewhere() {
    let decision =
        |id: &str, what: &str| format!("[[decision]]\nid = \"{id}\"\nreason = \"決定\"\n{what}\n");
    let annex = corrected(&decision("R7-001", "leave-out = true"));
    assert_eq!(listed(&annex, "1(1)"), "R7-002 R7-003");
    assert!(annex.measure(&Id("R7-001".into())).is_some_and(|measure| measure.left_out));
    let annex = corrected(&decision("R7-003", "order = 1"));
    assert_eq!(listed(&annex, "1(1)"), "R7-003 R7-001 R7-002");
    let annex = corrected(&decision("R7-002", "list-again = [\"2(1)\"]"));
    assert_eq!(
        (listed(&annex, "1(2)"), listed(&annex, "2(1)")),
        ("(R7-002)".into(), "(R7-002)".into())
    );
}

/// The text of a file with another cell in a row of a sheet.
fn with_cell(
    text: &str,
    (file, sheet, row, column): (&str, &str, u32, usize),
    cell: &str,
) -> String {
    let (mut in_file, mut in_sheet) = (false, false);
    let lines = text.lines().map(|line| {
        if let Some(name) = line.strip_prefix("== ") {
            in_file = name == file;
        } else if let Some(name) = line.strip_prefix("-- ") {
            in_sheet = name == sheet;
        }
        let number = format!("{row}: ");
        let Some(cells) = line.strip_prefix(&number).filter(|_| in_file && in_sheet) else {
            return line.to_owned();
        };
        let padded = format!("{cells} ");
        let mut cells: Vec<&str> = padded.split("| ").map(str::trim_end).collect();
        cells.resize(cells.len().max(column + 1), "");
        let cell = cell.replace('\n', "\\n");
        cells[column] = &cell;
        format!("{number}{}", cells.join(" | "))
    });
    lines.collect::<Vec<_>>().join("\n") + "\n"
}

/// File, sheet, row from 1 and column from 0.
type At = (String, String, u32, usize);
/// A cell of an entry: id, key of the column, and where it is in the text.
type EntryCell = (Id, String, At);

/// An edition with the ids of its entries in its forms, so that no change of a text is another
/// entry's.
struct Fixture {
    edition: Edition,
    text: String,
    intake: Intake,
    /// Every cell of every entry.
    cells: Vec<EntryCell>,
}

impl Fixture {
    fn new(name: &str) -> Self {
        let edition = edition::parse("edition.toml", &settings(name)).0.expect("sound settings");
        let contents = root().join("tests/editions").join(name).join("contents.txt");
        let mut text = match name {
            STANDARD => CONTENTS.to_owned(),
            _ => fs::read_to_string(contents).expect("contents"),
        };
        let intake = read(&edition, &text);
        for (id, key, at) in cells(&edition, &intake) {
            if key == keys::ID {
                text = with_cell(&text, (&at.0, &at.1, at.2, at.3), id.as_str());
            }
        }
        let intake = read(&edition, &text);
        let cells = cells(&edition, &intake);
        Self { edition, text, intake, cells }
    }
}

fn cells(edition: &Edition, intake: &Intake) -> Vec<EntryCell> {
    let mut cells = Vec::new();
    let measures = intake.annex.measures.iter().map(|m| (Table::Measures, &m.entry));
    let all = measures.chain(intake.annex.kpis.iter().map(|k| (Table::Kpis, &k.entry)));
    for (table, entry) in all {
        let row = entry.name.at.cell.expect("a cell").row;
        for column in edition.schema.columns(table) {
            let shown = intake.shown(&entry.id, &column.key).expect("a row");
            let Some(cell) = shown.at.cell.filter(|cell| cell.row == row) else { continue };
            let (file, sheet) = (shown.at.file.to_string(), shown.at.sheet.expect("a sheet"));
            let at = (file, sheet.to_string(), row + 1, cell.column as usize);
            cells.push((entry.id.clone(), column.key.to_string(), at));
        }
    }
    cells
}

fn fixtures() -> &'static [(&'static str, Fixture)] {
    static FIXTURES: std::sync::LazyLock<Vec<(&str, Fixture)>> = std::sync::LazyLock::new(|| {
        let names = std::iter::once(STANDARD).chain(OTHERS);
        names.map(|name| (name, Fixture::new(name))).collect()
    });
    &FIXTURES
}

/// What a cell may say: what its column is for, and anything else.
fn texts() -> impl Strategy<Value = String> {
    let known = [
        "",
        "－",
        "該当なし",
        "1(2) 教育の充実",
        "１－２",
        "1(1)\n2(1)",
        "新規",
        "廃止",
        "変更",
        "3",
        "0.5",
        "第3",
        "①12件\n②3%",
        "50.0%（R9）",
        "未測定",
        "▲1,200千円",
        "企画部",
        "総務部",
        "広報課",
        "ＤＸ推進",
        "　全角　の 空白",
        "広報紙の電子配信",
        "窓口予約の導入\n広報紙の電子配信",
        "令和8年3月",
        "R7-002",
    ];
    let letters: Vec<char> =
        "ＡＺａ０９％＋－．，／：（）　 あ漢①ｶﾞ㎡\n・、R7-K0123".chars().collect();
    prop_oneof![
        3 => prop::sample::select(known.to_vec()).prop_map(str::to_owned),
        2 => prop::collection::vec(prop::sample::select(letters), 1..12)
            .prop_map(|letters| letters.into_iter().collect::<String>().trim().to_owned()),
    ]
}

/// What both say but for what follows from a measure's name alone: which KPIs mean it. A corrected
/// name reaches these.
fn without_links(mut annex: Annex) -> Annex {
    annex.kpis.iter_mut().for_each(|kpi| kpi.measures.clear());
    annex
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]
    #[test]
    fn a_correction_is_what_the_form_would_have_said_itself(
        (at, which, text) in (0..5usize, any::<prop::sample::Index>(), texts())
    ) {
        let (name, fixture) = &fixtures()[at];
        let Fixture { edition, intake, cells, .. } = fixture;
        let (id, key, (file, sheet, row, column)) = &cells[which.index(cells.len())];
        let changed = with_cell(&fixture.text, (file, sheet, *row, *column), &text);
        let own = read(edition, &changed);
        // A text may make another thing of its row: a remark, a sample, nothing at all. And the cell
        // of the text may be covered by one that is merged.
        let rows = |intake: &Intake| (intake.annex.measures.len(), intake.annex.kpis.len());
        prop_assume!(rows(&own) == rows(intake));
        let all = own.annex.measures.iter().map(|m| &m.entry);
        let all = all.chain(own.annex.kpis.iter().map(|k| &k.entry));
        let at_row = |e: &&bessatsu::model::Entry| {
            let at = &e.name.at;
            *at.file == **file && at.sheet.as_deref() == Some(sheet) && at.cell.is_some_and(|c| c.row + 1 == *row)
        };
        let Some(there) = all.into_iter().find(at_row) else { return Ok(()) };
        let shown = own.shown(&there.id, key).expect("a row").text;
        prop_assume!(shown.trim() == text.trim());
        let mut edit = Edit::default();
        edit.texts.insert(key.as_str().into(), text.clone());
        let edits = BTreeMap::from([(id.clone(), edit)]);
        let by_correction =
            intake.clone().corrected(edition, KnownIds::default(), &edits).annex;
        let (one, other) = if key == keys::NAME || key == keys::ID {
            (without_links(by_correction), without_links(own.annex))
        } else {
            (by_correction, own.annex)
        };
        prop_assert_eq!(one, other, "{} {} {} {:?}", name, id, key, text);
    }
}

#[test]
fn every_column_of_the_standard_edition_has_a_cell_that_is_corrected() {
    let (_, fixture) = &fixtures()[0];
    for table in Table::ALL {
        for column in fixture.edition.schema.columns(table) {
            let id = if table == Table::Kpis { "R7-K01" } else { "R7-001" };
            let is_it = |(of, key, _): &&(Id, String, _)| of.as_str() == id && *key == *column.key;
            assert!(fixture.cells.iter().any(|cell| is_it(&cell)), "{table:?} {}", column.label);
        }
    }
}

/// The small edition in a folder of its own.
fn folder() -> TempDir {
    let folder = TempDir::new().expect("a folder");
    fs::write(folder.path().join("edition.toml"), settings(STANDARD)).expect("written");
    submit(folder.path(), CONTENTS);
    folder
}

fn submit(folder: &Path, text: &str) {
    let submissions = folder.join("submissions");
    fs::create_dir_all(&submissions).expect("a folder");
    for source in planted::sources(text) {
        fs::write(submissions.join(&*source.name), source.bytes.expect("bytes")).expect("written");
    }
}

/// What is found in a folder that is about corrections, and the names of its measures.
fn checked(folder: &Path) -> (Vec<String>, Vec<String>) {
    let mut session = Session::open(Paths::find(Some(folder), None).expect("an edition"));
    let checked = session.check(&()).expect("it is read");
    let content = checked.content.expect("settings");
    let is_of_them = |f: &&Finding| {
        let mut places = std::iter::once(&f.place).chain(&f.more);
        places.any(|place| *place.file == *CORRECTIONS)
    };
    let findings: Vec<Finding> =
        checked.report.findings.iter().filter(is_of_them).cloned().collect();
    let names = content.intake.annex.measures.iter().map(|m| format!("{} {}", m.id, m.name.value));
    (said(&findings), names.collect())
}

const WITHOUT_IDS: [(&str, &str); 3] = [("R7-001", ""), ("R7-002", ""), ("R7-003", "")];

#[test]
fn a_correction_outlives_what_departments_send_in_again() {
    // Nobody has written the ids into the forms: the edition keeps them.
    let bare = WITHOUT_IDS.iter().fold(CONTENTS.to_owned(), |text, (id, to)| {
        text.replace(&format!(": {id} |"), &format!(": {to} |"))
    });
    let folder = folder();
    submit(folder.path(), &bare);
    let correct = ["correct", "R7-002", "施策名", "--to", "予約窓口", "--reason", "表記"];
    let done = run(folder.path(), &correct);
    assert_eq!(done.code, 0, "{}{}", done.out, done.err);
    assert!(done.out.contains("窓口予約の導入") && done.out.contains("予約窓口"), "{}", done.out);
    let names = ["R7-001 広報紙の電子配信", "R7-002 予約窓口", "R7-003 電子申請の受付"];
    assert_eq!(checked(folder.path()), (vec![], names.map(str::to_owned).into()));
    // A row is put before it: it stays what it was.
    let above =
        "4: | 新規 | 1(1) 子育て支援 | | 新しい施策 | 始める。 | 進める。 | 総務部 | 広報課\n";
    let more = bare.replace("6: ", "7: ").replace("5: ", "6: ").replacen("4: ", "5: ", 1);
    let more = more.replacen("5:  | ", &format!("{above}5:  | "), 1);
    submit(folder.path(), &more);
    let (findings, all) = checked(folder.path());
    assert!(
        all.contains(&"R7-002 予約窓口".to_owned()) && findings.is_empty(),
        "{all:?} {findings:?}"
    );
    // The department mends it itself, and has the id still.
    submit(folder.path(), &bare.replace("窓口予約の導入 | 予約", "予約窓口 | 予約"));
    let (findings, all) = checked(folder.path());
    assert_eq!(findings, ["E673:4 E5 [予約窓口] []"]);
    assert!(all.contains(&"R7-002 予約窓口".to_owned()), "{all:?}");
    // It writes something else: both texts are told, and nothing is done.
    submit(folder.path(), &CONTENTS.replace("窓口予約の導入 | 予約", "窓口の予約制 | 予約"));
    let (findings, all) = checked(folder.path());
    assert_eq!(findings, ["E672:4 E5 [窓口の予約制] [窓口予約の導入]"]);
    assert!(all.contains(&"R7-002 窓口の予約制".to_owned()), "{all:?}");
}

#[test]
fn what_is_said_of_a_corrected_cell_names_cell_and_correction() {
    let folder = folder();
    let done = run(
        folder.path(),
        &[
            "correct",
            "R7-K01",
            "対象施策",
            "--to",
            "ない施策",
            "--reason",
            "試し",
            "--date",
            "2026-03-01",
        ],
    );
    assert_eq!(done.code, 0, "{}{}", done.out, done.err);
    let check = run(folder.path(), &["check", "."]);
    assert!(check.out.contains("H4  エラー K502"), "{}", check.out);
    assert!(check.out.contains("corrections.toml 4行目"), "{}", check.out);
    let of_department = run(folder.path(), &["check", ".", "--department", "総務部"]);
    assert!(
        !of_department.out.contains("K502"),
        "it is not the department's: {}",
        of_department.out
    );
}

#[test]
fn a_refused_correction_leaves_the_file_as_it_is() {
    let folder = folder();
    let path = folder.path().join(CORRECTIONS);
    let correct = |args: &[&str]| {
        let mut all = vec!["correct", "R7-001"];
        all.extend(args);
        run(folder.path(), &all)
    };
    for (args, code, word) in [
        (&["施策名", "--to", "あ", "--reason", ""][..], 1, "E674"),
        (&["施策名", "--from", "別", "--to", "あ", "--reason", "表記"], 1, "E672"),
        (&["施策の名", "--to", "あ", "--reason", "表記"], 1, "E671"),
        (&["施策名", "--to", "広報紙の電子配信", "--reason", "表記"], 1, "E674"),
        (&["--list-again", "9(9)", "--reason", "決定"], 1, "E676"),
        (&["施策名", "--to", "あ"], 2, "--reason"),
        (&["施策名", "--reason", "表記"], 2, "--to"),
        (&["--reason", "表記"], 2, "欄"),
    ] {
        let done = correct(args);
        assert_eq!(done.code, code, "{args:?}: {}{}", done.out, done.err);
        assert!((done.out + &done.err).contains(word), "{args:?}");
        assert!(!path.exists(), "{args:?}");
    }
    let broken = "# 大事なメモ\n[[correction]\nid = “R7-001”\n";
    fs::write(&path, broken).expect("written");
    let done = correct(&["施策名", "--to", "あ", "--reason", "表記"]);
    assert_eq!(done.code, 1, "{}{}", done.out, done.err);
    assert!(done.out.contains("S101") && done.out.contains("2行目"), "{}", done.out);
    assert_eq!(fs::read_to_string(&path).expect("the file"), broken);
    let check = run(folder.path(), &["check", "."]);
    assert!(check.code == 1 && check.out.contains("corrections.toml"), "{}", check.out);
}

#[test]
fn what_stands_in_the_file_stays_letter_for_letter() {
    let folder = folder();
    let path = folder.path().join(CORRECTIONS);
    let there = "\u{feff}# 本部会議で決めたもの\r\n\r\n[[decision]]   # 会議\r\nid = \"R7-003\"\r\norder = 1  # 先頭\r\nreason = '決定'\r\n# 末尾のメモ\r\n";
    fs::write(&path, there).expect("written");
    let long = "一行目\n\"二行目\"\\ 　end";
    for (id, column, to) in [("R7-001", "概要", long), ("R7-K01", "備考", "'''")] {
        let done = run(folder.path(), &["correct", id, column, "--to", to, "--reason", "表記"]);
        assert_eq!(done.code, 0, "{}{}", done.out, done.err);
    }
    let now = fs::read_to_string(&path).expect("the file");
    assert!(now.starts_with(there), "{now}");
    let (read, findings) = edition::read_corrections(now.as_bytes());
    let read = read.expect("TOML");
    assert!(findings.is_empty(), "{findings:?}");
    let texts: Vec<&str> = read.texts.iter().map(|text| text.to.as_str()).collect();
    assert_eq!((texts, read.decisions.len()), (vec![long, "'''"], 1));
}

/// Everything that somebody typed stays, but for what is withdrawn.
#[test]
fn what_is_withdrawn_goes_and_all_else_stays_letter_for_letter() {
    let folder = folder();
    let path = folder.path().join(CORRECTIONS);
    let (head, first) = (
        "\u{feff}# 本部会議で決めたもの\r\n\r\n",
        "[[correction]]\r\nid = \"R7-001\"\r\ncolumn = \"概要\"   # 表記\r\nfrom = \"広報紙を配る。\"\r\nto = \"\"\"\r\n一行目\r\n\r\n二行目\"\"\"\r\nreason = \"統一\"  # メモ\r\n\r\n",
    );
    let (decision, second, end) = (
        "# 会議\r\n[[decision]]\r\nid = \"R7-003\"\r\norder = 1\r\nreason = '決定'\r\n",
        "[[correction]]\r\nid = \"R7-002\"\r\ncolumn = \"name\"\r\nfrom = \"窓口予約の導入\"\r\nto = \"い\"\r\nreason = \"統一\"\r\n",
        "# 末尾のメモ\r\n",
    );
    fs::write(&path, [head, first, decision, second, end].concat()).expect("written");
    let withdraw = |args: &[&str]| {
        let mut all = vec!["correct"];
        all.extend(args);
        all.push("--withdraw");
        run(folder.path(), &all)
    };
    let there = || fs::read_to_string(&path).expect("the file");
    for (args, told) in [
        (&["R7-001", "施策名"][..], "R7-001　概要"),
        (&["R7-001"], "R7-001　概要"),
        (&["R7-003", "掲載順"], "R7-003　掲載順：1（理由：決定）"),
        (&["R7-009", "概要"], "R7-009の修正は corrections.toml にありません"),
    ] {
        let before = there();
        let done = withdraw(args);
        assert_eq!(done.code, 1, "{args:?}: {}{}", done.out, done.err);
        assert!(done.out.contains(told), "{args:?}: {}", done.out);
        assert_eq!(there(), before, "{args:?}");
    }
    // A column by another of its names, an id in full width, an entry that is no more.
    for (args, told, left) in [
        (
            &["Ｒ７－００２", "施策名"][..],
            "窓口予約の導入 → い",
            [head, first, decision, end].concat(),
        ),
        (&["R7-001", "概要"], "一行目⏎⏎二行目", [head, decision, end].concat()),
        (&["R7-003"], "掲載順：1", [head, "# 会議\r\n", end].concat()),
    ] {
        let done = withdraw(args);
        assert_eq!(done.code, 0, "{args:?}: {}{}", done.out, done.err);
        assert!(done.out.contains(told), "{args:?}: {}", done.out);
        assert_eq!(there(), left, "{args:?}");
    }
    let listed = "correction = [\n  { id = \"R7-001\", column = \"備考\", from = \"\", to = \"a\", reason = \"b\" }, # 1\n  { id = \"R7-002\", column = \"備考\", from = \"\", to = \"a\", reason = \"b\" },\n]\n";
    fs::write(&path, listed).expect("written");
    assert_eq!(withdraw(&["R7-002", "備考"]).code, 0);
    assert!(there().contains("R7-001") && !there().contains("R7-002"), "{}", there());
    fs::write(&path, "[[correction]\n").expect("written");
    let done = withdraw(&["R7-002", "備考"]);
    assert!(done.code == 1 && done.out.contains("S101"), "{}{}", done.out, done.err);
    for wrong in [&["R7-001", "概要", "--to", "い"][..], &["R7-001", "--leave-out"], &[]] {
        assert_eq!(withdraw(wrong).code, 2, "{wrong:?}");
    }
}

proptest! {
    #[test]
    fn any_correction_is_read_as_it_was_written(
        (texts, order) in (prop::collection::vec(any::<String>(), 7), prop::option::of(any::<u16>()))
    ) {
        let [id, column, from, to, reason, date, by] = texts.try_into().expect("seven");
        let trimmed = |text: String| -> String {
            text.chars().filter(|c| c.is_alphanumeric()).collect()
        };
        let grounds = edition::Grounds { reason: trimmed(reason), date: trimmed(date), by: trimmed(by) };
        let correction = edition::Correction {
            id: trimmed(id.clone()), column: trimmed(column), from: from.clone(), to: to.clone(),
            grounds: grounds.clone(), line: 0,
        };
        let decision = edition::Decision {
            id: trimmed(id), leave_out: order.is_none(), list_again: Vec::new(),
            order: order.map(f64::from), grounds, line: 0,
        };
        let one = edition::with_correction(b"", &edition::NewCorrection::Text(correction.clone()));
        let one = one.expect("an empty file");
        let both = edition::with_correction(one.as_bytes(), &edition::NewCorrection::Decision(decision.clone()));
        let both = both.expect("our own file");
        prop_assert!(both.starts_with(&one));
        let (read, _) = edition::read_corrections(both.as_bytes());
        let mut read = read.expect("TOML");
        // TOML has one line end within its texts.
        let breaks = |text: &str| text.replace("\r\n", "\n");
        read.texts[0].line = 0;
        read.decisions[0].line = 0;
        prop_assert_eq!(breaks(&read.texts[0].from), breaks(&from));
        prop_assert_eq!(breaks(&read.texts[0].to), breaks(&to));
        prop_assert_eq!(&read.decisions[0], &decision);
    }
}

/// Waits so long. Sleeping would be too coarse.
fn wait(time: Duration) {
    let start = Instant::now();
    while start.elapsed() < time {
        std::hint::spin_loop();
    }
}

#[test]
fn a_correction_killed_at_any_moment_loses_nothing() {
    let folder = folder();
    let path = folder.path().join(CORRECTIONS);
    let correct = |number: usize| -> Command {
        let mut command = program();
        let note = format!("備考{number}");
        command.current_dir(folder.path());
        command
            .args(["correct", "R7-001", "備考", "--from", "", "--to", &note, "--reason", "試し"]);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    let kept = "# 消えてはならないメモ\n";
    fs::write(&path, kept).expect("written");
    let start = Instant::now();
    assert!(correct(0).status().expect("the program runs").success());
    let took = start.elapsed();
    let whole = fs::read_to_string(&path).expect("the file");
    let mut kills = [0, 0];
    for round in 1..=40u32 {
        fs::write(&path, kept).expect("written");
        let mut child = correct(0).spawn().expect("the program runs");
        // Every other kill falls about the moment in which the file takes its place, however slow
        // the machine is then.
        let is_late = round % 2 == 0;
        let there = || fs::read_to_string(&path).expect("the file");
        let start = Instant::now();
        while is_late && start.elapsed() < took * 50 && there() == kept {}
        wait(if is_late { Duration::ZERO } else { took * round / 32 });
        child.kill().expect("killed");
        child.wait().expect("ended");
        let now = fs::read_to_string(&path).expect("the file");
        assert!(now == kept || now == whole, "round {round}: {now}");
        kills[usize::from(now == whole)] += 1;
    }
    assert!(kills.iter().all(|&count| count > 0), "kills fell before and after: {kills:?}");
}

#[test]
fn a_cached_check_sees_a_correction_that_comes_and_goes() {
    let folder = folder();
    let mut session = Session::open(Paths::find(Some(folder.path()), None).expect("an edition"));
    let mut name = || {
        let content = session.check(&()).expect("it is read").content.expect("settings");
        content.intake.annex.measures[0].name.value.clone()
    };
    let path = folder.path().join(CORRECTIONS);
    assert_eq!(name(), "広報紙の電子配信");
    fs::write(&path, text("R7-001", "施策名", "広報紙の電子配信", "い")).expect("written");
    assert_eq!(name(), "い");
    fs::remove_file(&path).expect("removed");
    assert_eq!(name(), "広報紙の電子配信");
}

/// Builds a draft of a folder: its papers by name.
fn build(folder: &Path, out: &str) -> BTreeMap<String, Vec<u8>> {
    let done = run(folder, &["build", ".", "--draft", "--quiet", "-o", out]);
    assert!(done.code < 2, "{}{}", done.out, done.err);
    files(&folder.join(out)).into_iter().collect()
}

/// The small edition with a corrected name, an entry that is left out, and one put first.
fn corrected_folder() -> TempDir {
    let folder = folder();
    for args in [
        &["R7-002", "施策名", "--to", "予約窓口", "--reason", "表記の統一", "--by", "係長"][..],
        &["R7-K01", "目標値", "--to", "3,500人（R9）", "--reason", "転記の誤り"],
        &["R7-001", "--leave-out", "--reason", "協議中"],
        &["R7-003", "--order", "1", "--reason", "本部会議の決定"],
    ] {
        let mut all = vec!["correct"];
        all.extend(args);
        all.extend(["--date", "2026-03-01"]);
        let done = run(folder.path(), &all);
        assert_eq!(done.code, 0, "{}{}", done.out, done.err);
    }
    folder
}

#[test]
fn papers_have_the_corrections_and_without_any_are_what_they_were() {
    let plain = folder();
    let before = build(plain.path(), "out");
    assert!(!before.contains_key("corrections.xlsx"), "{:?}", before.keys());
    assert!(!sheets(&before["annex.xlsx"]).contains_key("修正一覧"));
    assert!(!String::from_utf8_lossy(&before["annex.json"]).contains("corrections"));
    fs::write(plain.path().join(CORRECTIONS), "# まだない\n").expect("written");
    assert!(build(plain.path(), "out") == before, "a file without corrections changes a paper");

    let folder = corrected_folder();
    let papers = build(folder.path(), "out");
    let annex = data::read(std::str::from_utf8(&papers["annex.json"]).expect("UTF-8"));
    let annex = annex.expect("an annex");
    let said: Vec<String> = annex
        .corrections
        .iter()
        .map(|c| format!("{} {} {}→{} {}", c.id, c.kind.label(), c.from, c.to, c.at.position().ja))
        .collect();
    assert_eq!(
        said,
        [
            "R7-001 掲載しない → E4",
            "R7-002 記載の修正 窓口予約の導入→予約窓口 E5",
            "R7-003 掲載順の変更 →1 D6",
            "R7-K01 記載の修正 3,000人（R9）→3,500人（R9） G4",
        ]
    );
    let (again, receipt) = intake::consolidated("annex.xlsx", &papers["annex.xlsx"]);
    let again = again.expect("an annex");
    assert_eq!(again.corrections, annex.corrections, "{:?}", receipt.observations);
    assert!(again.measure(&Id("R7-001".into())).is_some_and(|measure| measure.left_out));
    assert_eq!(again.outline, annex.outline);
    let own = sheets(&papers["corrections.xlsx"]);
    assert_eq!(own.keys().collect::<Vec<_>>(), ["修正一覧", "総務部"]);
    assert!(own["総務部"].contains("事務局で次のとおり修正しました"), "{}", own["総務部"]);
    assert!(own["総務部"].contains("予約窓口|表記の統一|2026-03-01"), "{}", own["総務部"]);
    assert_eq!(sheets(&papers["annex.xlsx"])["修正一覧"], own["修正一覧"]);
    // The corrections go: so does what the list says.
    fs::remove_file(folder.path().join(CORRECTIONS)).expect("removed");
    let papers = build(folder.path(), "out");
    let own = sheets(&papers["corrections.xlsx"]);
    assert_eq!(own.keys().collect::<Vec<_>>(), ["修正一覧"]);
    assert!(!own["修正一覧"].contains("予約窓口"), "{}", own["修正一覧"]);
}

#[test]
fn what_goes_back_says_what_was_corrected() {
    let folder = corrected_folder();
    let done = run(folder.path(), &["returns", ".", "-o", "back", "--department", "総務部"]);
    assert!(done.code < 2, "{}{}", done.out, done.err);
    let back: BTreeMap<String, Vec<u8>> = files(&folder.path().join("back")).into_iter().collect();
    let letter = String::from_utf8_lossy(&back["01_総務部.txt"]);
    let expected = "事務局で次のとおり修正しました。
・R7-001「広報紙の電子配信」：掲載しない
　理由：協議中
・R7-002「予約窓口」の「施策名」
　修正前：窓口予約の導入
　修正後：予約窓口
　理由：表記の統一
";
    assert!(letter.contains(expected), "{letter}");
    assert!(!letter.contains(CORRECTIONS), "{letter}");
    let sheet = &sheets(&back["01_総務部.xlsx"])["点検結果"];
    assert!(sheet.contains("事務局で次のとおり修正しました"), "{sheet}");
    assert!(sheet.contains("窓口予約の導入|予約窓口|表記の統一"), "{sheet}");
    assert!(!sheet.contains(CORRECTIONS), "{sheet}");
}

#[test]
fn a_comparison_says_which_differences_are_corrections() {
    let folder = corrected_folder();
    let moved = folder.path().join("moved.toml");
    fs::rename(folder.path().join(CORRECTIONS), &moved).expect("moved");
    build(folder.path(), "before");
    fs::rename(&moved, folder.path().join(CORRECTIONS)).expect("moved");
    build(folder.path(), "after");
    let diff = run(folder.path(), &["diff", "before/annex.json", "after/annex.json"]);
    for line in [
        "名称：［－窓口予約の導入－］［＋予約窓口＋］  （事務局修正（表記の統一））",
        "+500、+16.7%",
        "  － 施策 R7-001",
    ] {
        assert!(diff.out.contains(line), "{line}: {}", diff.out);
    }
    assert_eq!(diff.out.matches("事務局修正").count(), 4, "{}", diff.out);
    // Every paper that reviewers get says who changed it, and why.
    for redline in [&[][..], &["--redline"]] {
        for format in ["xlsx", "pdf"] {
            let name = format!("diff{}.{format}", redline.len());
            let mut args = vec!["diff", "before/annex.json", "after/annex.json", "-o", &name];
            args.extend(redline);
            assert_eq!(run(folder.path(), &args).code, 1, "{name}");
            let bytes = fs::read(folder.path().join(&name)).expect("a paper");
            let text = match format {
                "pdf" => pdf::read(&bytes, "pdftotext", &["-raw", "@", "-"]),
                _ => Some(sheets(&bytes).into_values().collect()),
            };
            let Some(text) = text.map(|text| pdf::dense(&text)) else { continue };
            for reason in ["表記の統一", "転記の誤り", "協議中", "本部会議の決定"]
            {
                let said = format!("事務局修正（{reason}）");
                assert!(text.contains(&said), "{name}: {said}: {text}");
            }
        }
    }
    let papers = ["diff", "before/annex.json", "after/annex.json", "--format", "html"];
    let html = run(folder.path(), &papers).out;
    assert_eq!(html.matches("事務局修正（").count(), 4, "{html}");
    let against = ["build", ".", "--draft", "-o", "marked", "--against", "before/annex.json"];
    assert!(run(folder.path(), &against).code < 2);
    let book = fs::read(folder.path().join("marked/annex.xlsx")).expect("a workbook");
    // What is left out has a row for each of its texts.
    assert_eq!(sheets(&book)["変更点"].matches("事務局修正（").count(), 5);
    let back = run(folder.path(), &["diff", "after/annex.json", "after/annex.xlsx"]);
    assert_eq!(back.code, 0, "{}", back.out);
}

/// What is decided by command is on every paper: the returned form, the letter, the workbook, the
/// list, and the comparison.
#[test]
fn a_decision_on_one_entry_is_told_on_every_paper() {
    let folder = folder();
    build(folder.path(), "before");
    for args in [
        &["R7-001", "--list-again", "1(2)", "--reason", "関係者の要望"][..],
        &["R7-002", "--leave-out", "--reason", "協議中"],
        &["R7-003", "--order", "1", "--reason", "本部会議の決定"],
    ] {
        let mut all = vec!["correct"];
        all.extend(args);
        let done = run(folder.path(), &all);
        assert_eq!(done.code, 0, "{}{}", done.out, done.err);
    }
    let papers = build(folder.path(), "after");
    let done = run(folder.path(), &["returns", ".", "-o", "back", "--department", "総務部"]);
    assert!(done.code < 2, "{}{}", done.out, done.err);
    let back: BTreeMap<String, Vec<u8>> = files(&folder.path().join("back")).into_iter().collect();
    let pair = ["before/annex.json", "after/annex.json"];
    let text = run(folder.path(), &["diff", pair[0], pair[1]]).out;
    let html = run(folder.path(), &["diff", pair[0], pair[1], "--format", "html"]).out;
    let table = run(folder.path(), &["diff", pair[0], pair[1], "-o", "表.xlsx"]);
    assert_eq!(table.code, 1, "{}", table.err);
    let table = fs::read(folder.path().join("表.xlsx")).expect("a workbook");
    let told = [
        ("the letter", String::from_utf8_lossy(&back["01_総務部.txt"]).into_owned()),
        ("the returned form", sheets(&back["01_総務部.xlsx"])["点検結果"].clone()),
        ("the workbook", sheets(&papers["annex.xlsx"])["修正一覧"].clone()),
        ("the list", sheets(&papers["corrections.xlsx"])["総務部"].clone()),
        ("the comparison", text),
        ("the page", html),
        ("the table", sheets(&table).into_values().collect()),
    ];
    for (paper, text) in told {
        for reason in ["関係者の要望", "協議中", "本部会議の決定"] {
            assert!(text.contains(reason), "{paper} does not say “{reason}”: {text}");
        }
    }
    // And it is so.
    let annex = data::read(std::str::from_utf8(&papers["annex.json"]).expect("UTF-8"));
    let annex = annex.expect("an annex");
    assert_eq!(listed(&annex, "1(1)"), "R7-003 R7-001");
    assert!(listed(&annex, "1(2)").contains("R7-001"), "{}", listed(&annex, "1(2)"));
}
