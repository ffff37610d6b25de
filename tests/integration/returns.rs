//! What goes back to the departments holds what they sent: sent in again as it came back, it has
//! the same findings.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use bessatsu::diag::{Finding, Severity};
use bessatsu::edition;
use bessatsu::intake;
use bessatsu::publish::data;
use bessatsu::report::Report;
use bessatsu::schema::form::FINDINGS_SHEET;
use bessatsu::session::{Paths, Session};
use tempfile::TempDir;

use crate::support::office;
use crate::support::program::{copy_of_example, root, run};
use crate::support::{planted, sheets, xlsb};

/// What of a file does not come again when it is sent in as it came back: it was raised.
const ROUND: &str = "F112";

fn text(name: &str) -> String {
    let path = root().join("tests/editions/faults").join(name);
    fs::read_to_string(path).expect(name)
}

/// The edition of the planted faults with these submissions.
fn planted_edition(files: &[(String, Vec<u8>)]) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    let (read, _) = edition::parse("edition.toml", &text("edition.toml"));
    let read = read.expect("sound settings");
    let previous = intake::run(&read, None, planted::sources(&text("previous.txt"))).annex;
    let previous = data::json(&previous).into_text().expect("JSON");
    fs::write(folder.path().join("previous.json"), previous).expect("written");
    let settings = format!("previous = \"previous.json\"\n{}", text("edition.toml"));
    fs::write(folder.path().join("edition.toml"), settings).expect("written");
    let submissions = folder.path().join("submissions");
    fs::create_dir(&submissions).expect("a folder");
    for (name, bytes) in files {
        fs::write(submissions.join(name), bytes).expect("written");
    }
    folder
}

/// The planted submissions that can be laid into a folder.
fn planted_files(name: &str) -> Vec<(String, Vec<u8>)> {
    files_of(&text(name))
}

fn files_of(planted: &str) -> Vec<(String, Vec<u8>)> {
    let sources = planted::sources(planted).into_iter();
    sources.filter_map(|s| Some((s.name.to_string(), s.bytes.ok()?))).collect()
}

fn line(finding: &Finding) -> String {
    let Finding { rule, place, more, message, found, .. } = finding;
    format!("{} {place} {more:?} {} {found:?}", rule.code, message.ja)
}

/// What is found on the submissions, but for what is found on the settings.
fn lines(report: &Report) -> Vec<String> {
    let own = report.findings.iter().filter(|f| !f.department.is_empty() && f.rule.code != ROUND);
    own.map(line).collect()
}

/// Sends everything back, takes it in again as it came, and gives what was found before and after,
/// with the names of the files that came back.
fn there_and_back(folder: &Path) -> (Vec<String>, Vec<String>, Vec<String>) {
    let paths = Paths::find(Some(folder), None).expect("an edition");
    let submissions = paths.submissions.clone();
    let out = folder.join("returns");
    let mut session = Session::open(paths);
    let checked = session.check(&()).expect("it is read");
    let content = checked.content.expect("the settings can be read");
    session.write_returns(&content, &checked.report, None, &out).expect("returns");
    let mut names = Vec::new();
    for entry in fs::read_dir(&out).expect("returns") {
        let entry = entry.expect("an entry");
        let name = entry.file_name().to_string_lossy().into_owned();
        if submissions.join(&name).is_file() {
            fs::copy(entry.path(), submissions.join(&name)).expect("copied");
        }
        names.push(name);
    }
    names.sort();
    let again = session.check(&()).expect("it is read");
    (lines(&checked.report), lines(&again.report), names)
}

fn same(before: &[String], after: &[String]) {
    for (before, after) in before.iter().zip(after) {
        assert_eq!(before, after);
    }
    assert_eq!(before.len(), after.len());
}

#[test]
fn every_planted_fault_comes_again_with_the_form_that_went_back() {
    let folder = planted_edition(&planted_files("contents.txt"));
    let (before, after, names) = there_and_back(folder.path());
    assert!(before.len() > 90, "{before:#?}");
    same(&before, &after);
    for name in ["01_総務部", "02_企画部", "03_出納局"] {
        for extension in ["xlsx", "txt", "eml"] {
            assert!(names.contains(&format!("{name}.{extension}")), "{names:?}");
        }
        let beside = format!("{name}_点検結果.xlsx");
        assert!(!names.contains(&beside), "{name} has its findings in it");
    }
}

#[test]
fn files_that_are_faulty_as_such_come_again_too() {
    // The second file of the department would take the place of the first.
    let mut files = planted_files("files.txt");
    files.retain(|(name, _)| !name.contains("（修正）") && !name.starts_with("09"));
    let folder = planted_edition(&files);
    let (before, after, _) = there_and_back(folder.path());
    assert!(before.iter().any(|line| line.starts_with("F109")), "{before:#?}");
    same(&before, &after);
}

#[test]
fn a_file_of_another_format_goes_back_as_it_came_with_its_findings_beside_it() {
    let binary = planted::written(&text("contents.txt"), xlsb::workbook).into_iter();
    let binary = binary.map(|source| {
        let name = source.name.replace(".xlsx", ".xlsb");
        (name, source.bytes.expect("a workbook"))
    });
    let saved = |extension| office::all_saved_as(&planted_files("contents.txt"), extension);
    for (extension, files) in
        [("xlsb", Some(binary.collect())), ("xls", saved("xls")), ("ods", saved("ods"))]
    {
        let Some(files): Option<Vec<(String, Vec<u8>)>> = files else { continue };
        let folder = planted_edition(&files);
        let (before, after, names) = there_and_back(folder.path());
        assert!(before.len() > 60, "{before:#?}");
        same(&before, &after);
        for (name, bytes) in &files {
            let back = fs::read(folder.path().join("returns").join(name)).expect(name);
            assert!(back == *bytes, "{name} is not the department's any more");
            let stem = name.trim_end_matches(&format!(".{extension}"));
            assert!(names.contains(&format!("{stem}_点検結果.xlsx")), "{names:?}");
        }
    }
}

#[test]
fn nothing_in_a_department_s_papers_is_about_the_settings() {
    let mut files = planted_files("contents.txt");
    files.extend(planted_files("files.txt").into_iter().filter(|(name, _)| name.starts_with("08")));
    let folder = planted_edition(&files);
    let (_, _, names) = there_and_back(folder.path());
    for name in names.into_iter().filter(|name| !name.starts_with('.')) {
        let bytes = fs::read(folder.path().join("returns").join(&name)).expect("a file");
        let texts = match name.rsplit_once('.') {
            Some((_, "xlsx")) => written_in(&bytes),
            Some((_, "eml")) => vec![letter_of(&bytes)],
            _ => vec![String::from_utf8_lossy(&bytes).into_owned()],
        };
        assert!(texts.iter().any(|text| !text.is_empty()), "{name} says nothing");
        for text in texts {
            assert!(!text.contains("edition.toml"), "{name}: {text}");
        }
    }
}

/// The lines of what is told in the papers of the planted faults: the texts of the columns from
/// シート to 直し方.
fn told(contents: &str) -> Vec<Vec<String>> {
    let mut files = files_of(contents);
    files.extend(planted_files("files.txt").into_iter().filter(|(name, _)| name.starts_with("08")));
    let folder = planted_edition(&files);
    let (_, _, names) = there_and_back(folder.path());
    let books = names.iter().filter(|name| name.ends_with(".xlsx"));
    let sheets = books.filter_map(|name| {
        let bytes = fs::read(folder.path().join("returns").join(name)).expect("a file");
        sheets::rows(&bytes).remove(FINDINGS_SHEET)
    });
    let rows = sheets.flatten().filter(|row| row.len() >= 8 && !row[1].is_empty());
    rows.filter(|row| row[1] != "コード").collect()
}

/// What Excel refuses in a form, whose sheets are protected: rows and columns are not deleted, no
/// column is inserted, headings and ids are locked. Rows can be inserted, and sheets renamed.
const REFUSED: [&str; 18] = [
    "行を削除",
    "行も削除",
    "行ごと",
    "列を削除",
    "列も削除",
    "列ごと",
    "列を挿入",
    "列を追加",
    "並べ替えてください",
    "結合を解除",
    "フィルターを解除",
    "見出しを",
    "見出しに変え",
    "メモは削除",
    "図形を",
    "IDに戻",
    "IDを書い",
    "IDを空欄",
];

#[test]
fn no_remedy_asks_for_what_the_protected_sheet_refuses_without_saying_how_to_take_it_off() {
    let told = told(&text("contents.txt"));
    let codes: BTreeSet<&str> = told.iter().map(|row| row[1].as_str()).collect();
    assert!(codes.len() > 80, "{codes:?}");
    let (mut asking, mut wrong) = (BTreeSet::new(), BTreeSet::new());
    for row in &told {
        let (code, mend) = (row[1].as_str(), row[7].as_str());
        assert!(!mend.is_empty(), "{row:?}");
        if REFUSED.iter().any(|word| mend.contains(word)) {
            asking.insert(code);
            if !mend.contains("「シート保護の解除」") {
                wrong.insert((code, mend));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(asking.contains("F203") && asking.contains("F211"), "{asking:?}");
}

#[test]
fn the_row_to_keep_and_the_row_to_clear_are_told_different_things_and_each_names_the_other() {
    let row = |cell: &str| cell.trim_start_matches(|c: char| c.is_ascii_alphabetic()).to_owned();
    let mut seen = BTreeSet::new();
    // The measure that is meant by the planted name with a mark, in another place and section.
    let meant = "51: | 新規 | 1(1) 子育て支援 | | 図書の電子貸出 | 図書を貸し出す。 | 読みやすくする。 | 総務部 | 市町村課";
    let told = told(&text("contents.txt").replacen("-- 様式２", &format!("{meant}\n-- 様式２"), 1));
    for pair in told.windows(2) {
        let [clear, keep] = pair else { continue };
        if keep[0] != "関連" {
            continue;
        }
        seen.insert(clear[1].clone());
        assert_eq!((&clear[0][..], &clear[1]), ("エラー", &keep[1]));
        let ([to_clear, to_keep], [cleared, kept]) =
            ([&clear[7], &keep[7]], [row(&clear[3]), row(&keep[3])]);
        assert_ne!(to_clear, to_keep);
        assert!(to_clear.contains(&format!("{kept}行目")), "{clear:?}");
        assert!(to_clear.contains("この行の記入を全て消し"), "{clear:?}");
        assert!(to_keep.contains(&format!("{cleared}行目の記入を全て消して")), "{keep:?}");
        assert!(to_keep.contains("この行を残"), "{keep:?}");
    }
    let expected: BTreeSet<String> = ["E605", "E606", "E612"].map(str::to_owned).into();
    assert_eq!(seen, expected);
}

/// What is written in a workbook: its sheets and texts.
fn written_in(book: &[u8]) -> Vec<String> {
    let package = zip::ZipArchive::new(std::io::Cursor::new(book)).expect("a package");
    let names: Vec<String> = package.file_names().flatten().map(|n| n.into_owned()).collect();
    let is_text =
        |name: &String| name.starts_with("xl/worksheets/") || name.ends_with("sharedStrings.xml");
    let parts = names.iter().filter(|name| is_text(name));
    parts.map(|name| crate::support::repacked::part(book, name)).collect()
}

/// The text of a mail, which is its first part.
fn letter_of(mail: &[u8]) -> String {
    let mail = String::from_utf8_lossy(mail);
    let (_, text) = mail.split_once("Content-Transfer-Encoding: base64\r\n\r\n").expect("a text");
    let text = text.split_once("\r\n--").expect("its end").0.replace("\r\n", "");
    let text = base64::Engine::decode(&base64::engine::general_purpose::STANDARD, text);
    String::from_utf8(text.expect("base64")).expect("UTF-8")
}

#[test]
fn what_holds_no_more_is_told_and_not_written() {
    let folder = copy_of_example();
    let returns = folder.path().join("returns");
    fs::create_dir(&returns).expect("a folder");
    for name in ["13_議会事務局.txt", "13_議会事務局.eml", "01_総務部.xlsx", "手引.txt"]
    {
        fs::write(returns.join(name), "前回").expect("written");
    }
    let said = run(folder.path(), &["returns"]);
    assert_eq!(said.code, 0, "{}", said.err);
    for name in ["13_議会事務局.txt", "13_議会事務局.eml", "01_総務部.xlsx"] {
        assert!(said.err.contains(name), "{}", said.err);
    }
    assert!(!said.err.contains("手引"), "{}", said.err);
}

#[test]
fn one_department_is_asked_for_by_its_name_or_its_number() {
    let folder = planted_edition(&planted_files("contents.txt"));
    for named in ["02", "2", "企画部"] {
        let check = run(folder.path(), &["check", "--department", named]);
        assert_eq!(check.code, 1, "{}{}", check.out, check.err);
        assert!(check.out.contains("02_企画部.xlsx"), "{}", check.out);
        assert!(!check.out.lines().any(|line| line == "総務部"), "{}", check.out);
        let status = run(folder.path(), &["status", "--department", named]);
        assert!(status.out.contains("企画部") && !status.out.contains("総務部"), "{}", status.out);
        let out = folder.path().join(format!("returns-{named}"));
        let shown = out.display().to_string();
        let returns = run(folder.path(), &["returns", "--department", named, "-o", &shown]);
        assert_eq!(returns.code, 1, "{}", returns.err);
        assert!(out.join("02_企画部.xlsx").is_file() && !out.join("01_総務部.xlsx").exists());
    }
    for command in ["check", "status", "returns", "forms"] {
        let unknown = run(folder.path(), &[command, "--department", "企画局"]);
        assert_eq!(unknown.code, 2, "{command}: {}", unknown.err);
        assert!(unknown.err.contains("「企画部」のことでは"), "{command}: {}", unknown.err);
    }
}

#[test]
fn a_form_goes_out_with_the_next_number_after_a_submission() {
    let folder = copy_of_example();
    let forms = run(folder.path(), &["forms", "--department", "総務部"]);
    assert_eq!(forms.code, 0, "{}", forms.err);
    let form = folder.path().join("forms/01_総務部.xlsx");
    fs::copy(form, folder.path().join("submissions/01_総務部（再）.xlsx")).expect("copied");
    let mut session = Session::open(Paths::find(Some(folder.path()), None).expect("an edition"));
    let checked = session.check(&()).expect("it is read");
    let second: Vec<&Finding> =
        checked.report.findings.iter().filter(|f| f.rule.code == ROUND).collect();
    assert_eq!(second.len(), 1, "{second:?}");
    assert_eq!(second[0].severity, Severity::Warning, "the new one counts");
    assert_eq!(&*second[0].place.file, "01_総務部.xlsx");
}
