//! Forms that come in: what becomes of each, what is kept, and what the journal says of it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use serde_json::Value;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use crate::support::office;
use crate::support::pdf;
use crate::support::program::{Run, copy_of_example, example, program, run};
use crate::support::repacked;
use crate::support::sheets;

const FORM: &str = "01_総務部.xlsx";

/// A copy of the example with the submissions of two departments, and their forms for the next
/// round beside it.
struct Office {
    edition: TempDir,
    post: TempDir,
}

impl Office {
    fn new() -> Self {
        let (edition, post) = (copy_of_example(), TempDir::new().expect("a folder"));
        for entry in fs::read_dir(edition.path().join("submissions")).expect("submissions") {
            let path = entry.expect("an entry").path();
            if !["01_", "03_"].iter().any(|n| path.display().to_string().contains(n)) {
                fs::remove_file(path).expect("removed");
            }
        }
        let office = Self { edition, post };
        let forms = office.post.path().join("forms");
        let made = office.run(&["forms", ".", "-o", &forms.display().to_string()]);
        assert_eq!(made.code, 0, "{}", made.err);
        office
    }

    fn run(&self, args: &[&str]) -> Run {
        run(self.edition.path(), args)
    }

    fn receive(&self, file: &Path) -> Run {
        self.run(&["receive", &file.display().to_string(), "--at", "2026-05-01T10:30:00+09:00"])
    }

    /// The department's form for the next round, under a name that says nothing.
    fn next(&self, name: &str) -> std::path::PathBuf {
        let form = fs::read(self.post.path().join("forms").join(FORM)).expect("a form");
        self.put(name, &form)
    }

    fn put(&self, name: &str, bytes: &[u8]) -> std::path::PathBuf {
        let path = self.post.path().join(name);
        fs::write(&path, bytes).expect("written");
        path
    }

    /// All files of the edition that are a department's, with their bytes.
    fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        for folder in ["submissions", "received"] {
            let entries = fs::read_dir(self.edition.path().join(folder)).into_iter().flatten();
            for entry in entries.flatten() {
                let name = entry.file_name().to_string_lossy().into_owned();
                if name.ends_with(".xlsx") {
                    let bytes = fs::read(entry.path()).expect("read");
                    files.insert(format!("{folder}/{name}"), bytes);
                }
            }
        }
        files
    }

    fn journal(&self) -> Vec<Value> {
        let path = self.edition.path().join("received/journal.jsonl");
        let text = fs::read_to_string(path).unwrap_or_default();
        text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
    }
}

#[test]
fn a_form_is_known_by_its_content_and_the_one_before_it_is_kept() {
    let office = Office::new();
    let before = fs::read(office.edition.path().join("submissions").join(FORM)).expect("a form");
    let file = office.put("無題 (3).xlsx", &{
        let form = fs::read(office.next("form.xlsx")).expect("a form");
        let name = first_name(&form);
        repacked::with_texts(&form, |text| *text = text.replace(&name, "書き換えた施策の名前"))
    });
    let taken = office.receive(&file);
    assert!(
        taken.out.contains("総務部（第2回）として受け付けました"),
        "{}{}",
        taken.out,
        taken.err
    );
    assert!(taken.out.contains("変更1件（R7-"), "{}", taken.out);
    let files = office.files();
    assert_eq!(files["submissions/01_総務部.xlsx"], fs::read(&file).expect("read"));
    assert_eq!(files["received/01_総務部_第1回.xlsx"], before);
    assert_eq!(files.len(), 3);
    let journal = office.journal();
    // Those that lay there are recorded first.
    let events: Vec<_> = journal.iter().map(|l| (&l["department"], &l["found"])).collect();
    assert_eq!(events.len(), 3, "{events:?}");
    assert_eq!(journal[2]["at"], "2026-05-01T10:30:00+09:00");
    assert_eq!(journal[2]["file"], "無題 (3).xlsx");
    assert_eq!(journal[2]["replaced"][0], "received/01_総務部_第1回.xlsx");
    assert_eq!(journal[2]["changes"]["changed"][0]["name"], "書き換えた施策の名前");
}

/// The name of the first measure of a form.
fn first_name(form: &[u8]) -> String {
    let folder = TempDir::new().expect("a folder");
    fs::create_dir(folder.path().join("submissions")).expect("a folder");
    fs::copy(example().join("edition.toml"), folder.path().join("edition.toml")).expect("copied");
    fs::write(folder.path().join("submissions").join(FORM), form).expect("written");
    let text = run(folder.path(), &["build", ".", "--draft", "--quiet"]);
    let annex = fs::read_to_string(folder.path().join("out/annex.json"));
    let annex: Value = serde_json::from_str(&annex.expect(&text.err)).expect("JSON");
    annex["measures"][0]["name"]["value"].as_str().expect("a name").to_owned()
}

#[test]
fn what_is_there_already_or_is_older_changes_nothing_that_counts() {
    let office = Office::new();
    let old = fs::read(office.edition.path().join("submissions").join(FORM)).expect("a form");
    let next = office.next("a.xlsx");
    assert!(office.receive(&next).out.contains("第2回"));
    let (files, journal) = (office.files(), office.journal());
    let again = office.receive(&next);
    assert_eq!(again.code, 0);
    assert!(again.out.contains("同じ内容のファイルが submissions/01_総務部.xlsx"), "{}", again.out);
    let again = office.receive(&office.put("古い.xlsx", &old));
    assert!(again.out.contains("received/01_総務部_第1回.xlsx にあります"), "{}", again.out);
    assert_eq!((office.files(), office.journal()), (files.clone(), journal.clone()));
    // The first round comes once more, with other bytes.
    let other = repacked::with_texts(&old, |text| text.push(' '));
    let older = office.receive(&office.put("古い.xlsx", &other));
    assert_eq!(older.code, 1);
    assert!(older.out.contains("第2回が提出済みです"), "{}", older.out);
    assert_eq!(office.files()["submissions/01_総務部.xlsx"], files["submissions/01_総務部.xlsx"]);
    assert_eq!(office.files()["received/01_総務部_第1回（2）.xlsx"], other);
    assert_eq!(office.journal().last().expect("a line")["counts"], false);
}

#[test]
fn what_is_no_form_of_the_edition_is_told_and_not_taken() {
    let office = Office::new();
    let form = fs::read(office.next("form.xlsx")).expect("a form");
    let of_another = repacked::with_part(&form, "xl/workbook.xml", |text| {
        *text = text.replace("\"R7\"", "\"R6\"").replace("&quot;R7&quot;", "&quot;R6&quot;");
    });
    let cases = [
        ("写真.png", &b"\x89PNG\r\n\x1a\n"[..], "様式として読めない"),
        ("空.xlsx", b"", "様式として読めない"),
        ("メモ.txt", "総務部です".as_bytes(), "様式として読めない"),
        ("前の版.xlsx", &of_another, "別の版（R6）"),
    ];
    let before = office.files();
    for (name, bytes, told) in cases {
        let said = office.receive(&office.put(name, bytes));
        assert_eq!(said.code, 1, "{name}: {}{}", said.out, said.err);
        assert!(said.out.contains(told), "{name}: {}", said.out);
        assert_eq!(office.files(), before, "{name}");
    }
    let gone = office.receive(Path::new("ありません.xlsx"));
    assert_eq!(gone.code, 1);
    assert!(gone.out.contains("見つかりません"), "{}", gone.out);
    let wrong = office.run(&["receive", "a.xlsx", "--at", "きのう"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("日時「きのう」"), "{}", wrong.err);
}

/// Waits so long. Sleeping would be too coarse.
fn wait(time: Duration) {
    let start = Instant::now();
    while start.elapsed() < time {
        std::hint::spin_loop();
    }
}

/// Everything in the edition's folder, hidden files among it, but for the papers.
fn names(office: &Office) -> Vec<String> {
    let mut names = Vec::new();
    for folder in ["", "submissions", "received"] {
        let entries = fs::read_dir(office.edition.path().join(folder)).into_iter().flatten();
        names.extend(entries.flatten().map(|entry| entry.file_name().to_string_lossy().into()));
    }
    names.retain(|name: &String| name != "out");
    names.sort();
    names
}

/// Half of the kills fall anywhere, half about a moment at which something new lies there.
#[test]
fn whenever_it_is_stopped_no_file_is_lost_and_the_next_time_ends_the_work() {
    let office = Office::new();
    let old = fs::read(office.edition.path().join("submissions").join(FORM)).expect("a form");
    let next = office.next("a.xlsx");
    let new = fs::read(&next).expect("read");
    let start = Instant::now();
    office.receive(&next);
    let whole = start.elapsed();
    let mut kills = [0, 0];
    for round in 0..16u32 {
        let office = Office::new();
        let before = names(&office);
        let mut child = program()
            .current_dir(office.edition.path())
            .args(["receive", &next.display().to_string()])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program runs");
        if round % 2 == 0 {
            wait((whole * round / 14).min(Duration::from_secs(20)));
        } else {
            // The lock and its note come first; then, one by one, what the work leaves.
            let start = Instant::now();
            let is_more = || names(&office).len() > before.len() + 1 + (round as usize % 5);
            while start.elapsed() < whole * 3 && !is_more() {}
        }
        child.kill().expect("killed");
        child.wait().expect("ended");
        let there = office.files();
        assert!(there.values().any(|bytes| *bytes == old), "round {round}: the old form is lost");
        kills[usize::from(there.get("submissions/01_総務部.xlsx") == Some(&new))] += 1;
        office.journal();
        office.receive(&next);
        let there = office.files();
        assert_eq!(there["submissions/01_総務部.xlsx"], new, "round {round}");
        assert!(there.values().any(|bytes| *bytes == old), "round {round}");
        assert_eq!(there.len(), 3, "round {round}: {:?}", there.keys());
        let left: Vec<String> = names(&office);
        assert!(!left.iter().any(|name| name.ends_with(".tmp")), "round {round}: {left:?}");
        assert!(!left.contains(&".bessatsu.holder".to_owned()), "round {round}: {left:?}");
        let journal = office.journal();
        let counted = journal.iter().filter(|line| line["kept"] == "submissions/01_総務部.xlsx");
        let digests: std::collections::BTreeSet<_> =
            counted.map(|line| line["sha256"].as_str().expect("a digest")).collect();
        assert_eq!(digests.len(), 2, "round {round}: both are in the journal");
    }
    assert!(kills.iter().all(|&count| count > 0), "kills fell before and after: {kills:?}");
}

#[test]
fn a_line_of_the_journal_that_cannot_be_read_is_told_and_stays() {
    let office = Office::new();
    office.receive(&office.next("a.xlsx"));
    let path = office.edition.path().join("received/journal.jsonl");
    let torn = fs::read_to_string(&path).expect("a journal") + "{\"at\":\"2026";
    fs::write(&path, &torn).expect("written");
    let check = office.run(&["check", "."]);
    assert!(check.out.contains("A801"), "{}", check.out);
    office.receive(&office.put("b.xlsx", &{
        let form = fs::read(office.next("c.xlsx")).expect("a form");
        repacked::with_texts(&form, |text| text.push(' '))
    }));
    let text = fs::read_to_string(&path).expect("a journal");
    assert!(text.starts_with(&(torn + "\n")), "{text}");
    assert!(text.ends_with("}\n"), "{text}");
}

#[test]
fn what_a_department_confirmed_holds_until_its_part_is_another() {
    let office = Office::new();
    let path = office.edition.path().join("確認.pdf");
    let made = office.run(&["confirm", "--department", "01", "-o", "確認.pdf"]);
    assert_eq!(made.code, 0, "{}", made.err);
    if let Some(text) = pdf::read(&fs::read(&path).expect("a PDF"), "pdftotext", &["@", "-"]) {
        // Whom the answer goes to is of another department.
        let text = pdf::dense(&text).replace("回答先：企画部", "");
        assert!(text.contains("総務部") && !text.contains("企画部"), "{text}");
    }
    office.receive(&office.next("a.xlsx"));
    let build = |office: &Office| office.run(&["build", ".", "--draft", "--quiet"]);
    assert!(!build(&office).out.contains("A802"), "a draft asks for no confirmation");
    let said = office.run(&[
        "confirm",
        "--department",
        "総務部",
        "--by",
        "宮城花子",
        "--at",
        "2026-05-02",
    ]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.out.contains("総務部の確認を記録しました（宮城花子"), "{}", said.out);
    assert_eq!(office.journal().last().expect("a line")["by"], "宮城花子");
    let status = office.run(&["status", "."]);
    let own = status.out.lines().find(|line| line.starts_with("総務部")).expect("a line");
    let other = status.out.lines().find(|line| line.starts_with("企画部")).expect("a line");
    assert!(!other.contains("2026"), "nobody knows when it was laid there: {}", status.out);
    assert!(own.contains("2026-05-01 10:30") && own.contains("済 2026-05-02"), "{}", status.out);
    let came = office.run(&["status", ".", "--since", "2026-05-01"]);
    assert!(came.out.contains("2026-05-01 10:30　総務部（第2回）　a.xlsx"), "{}", came.out);
    assert!(!came.out.contains("企画部"), "{}", came.out);
    let later = office.run(&["status", ".", "--since", "2026-05-02"]);
    assert!(later.out.contains("2026-05-02からあとに受け付けた様式はありません"), "{}", later.out);
    assert_eq!(office.run(&["status", ".", "--since", "きのう"]).code, 2);
    let status = office.run(&["status", ".", "--format", "json"]);
    let status: Value = serde_json::from_str(&status.out).expect("JSON");
    assert_eq!(status[0]["confirmation"]["by"], "宮城花子");
    assert_eq!(status[1]["confirmation"]["state"], "missing");
    // Another round says something else: what was confirmed is no more what would be printed.
    let form = fs::read(office.next("form.xlsx")).expect("a form");
    let name = first_name(&form);
    let changed = repacked::with_texts(&form, |text| *text = text.replace(&name, "別の名前"));
    office.receive(&office.put("b.xlsx", &changed));
    let status = office.run(&["status", "."]);
    let own = status.out.lines().find(|line| line.starts_with("総務部")).expect("a line");
    assert!(own.contains("やり直し"), "{}", status.out);
    let unknown = office.run(&["confirm", "--department", "総務", "--by", "宮城花子"]);
    assert_eq!(unknown.code, 2);
    let absent = office.run(&["confirm", "--department", "土木部", "--by", "宮城花子"]);
    assert!(absent.err.contains("まだ提出されていない"), "{}", absent.err);
    for wrong in [&["confirm", "--department", "01"][..], &["confirm", "--by", "宮城花子"]] {
        assert_eq!(office.run(wrong).code, 2, "{wrong:?}");
    }
}

#[test]
fn an_official_build_names_those_who_have_not_confirmed() {
    let edition = copy_of_example();
    let run = |args: &[&str]| run(edition.path(), args);
    let before = run(&["build", "."]);
    assert_eq!(before.code, 0, "{}", before.out);
    assert!(!before.out.contains("A802"), "without a journal nobody is asked");
    let done = run(&["confirm", "--department", "01", "--by", "宮城花子"]);
    assert_eq!(done.code, 0, "{}", done.err);
    let after = run(&["build", "."]);
    assert_eq!(after.code, 0, "{}", after.out);
    assert!(after.out.contains("A802") && after.out.contains("13部局"), "{}", after.out);
    let settings = edition.path().join("edition.toml");
    let text = fs::read_to_string(&settings).expect("settings");
    fs::write(&settings, text + "\n[rules]\nA802 = \"error\"\n").expect("written");
    let stopped = run(&["build", "."]);
    assert_eq!(stopped.code, 1, "{}", stopped.out);
    let journal = fs::read_to_string(edition.path().join("received/journal.jsonl"));
    let built = journal.expect("a journal").lines().filter(|l| l.contains("\"built\"")).count();
    assert_eq!(built, 1, "a build that stopped made nothing");
}

#[test]
fn two_submissions_of_a_department_are_compared() {
    let office = Office::new();
    let form = fs::read(office.next("form.xlsx")).expect("a form");
    let name = first_name(&form);
    let changed = repacked::with_texts(&form, |text| {
        *text = text.replace(&name, "書き換えた施策の名前");
    });
    let new = office.put("総務部.xlsx", &changed).display().to_string();
    let old = format!("submissions/{FORM}");
    let diff = office.run(&["diff", &old, &new]);
    assert_eq!(diff.code, 1, "{}{}", diff.out, diff.err);
    assert!(diff.out.contains(&name) && diff.out.contains("書き換えた"), "{}", diff.out);
    let same = office.run(&["diff", &old, &old]);
    assert_eq!(same.code, 0, "{}{}", same.out, same.err);
    let none = office.put("表.xlsx", b"PK");
    let wrong = office.run(&["diff", &old, &none.display().to_string()]);
    assert_eq!(wrong.code, 2, "{}", wrong.out);
}

/// The pages of the rows in a department's paper are those of the annex, and what the secretariat
/// changed is told with its reason.
#[test]
fn a_paper_to_confirm_has_the_pages_of_the_annex_and_the_corrections() {
    let edition = copy_of_example();
    let run = |args: &[&str]| run(edition.path(), args);
    let correct = |args: &[&str]| {
        let mut all = vec!["correct"];
        all.extend(args);
        let done = run(&all);
        assert_eq!(done.code, 0, "{}{}", done.out, done.err);
    };
    correct(&["R7-005", "施策名", "--to", "正しい名前", "--reason", "表記の統一"]);
    correct(&["R7-006", "--leave-out", "--reason", "協議中のため"]);
    // The pages of the annex as it is built: each begins with its number.
    let built = run(&["build", ".", "--draft", "--quiet"]);
    assert_eq!(built.code, 0, "{}{}", built.out, built.err);
    let annex = fs::read_to_string(edition.path().join("out/annex.json")).expect("an annex");
    let annex: Value = serde_json::from_str(&annex).expect("JSON");
    let of = |id: &str| {
        let all = annex["measures"].as_array().expect("measures");
        all.iter().find(|measure| measure["id"] == id).expect("a measure").clone()
    };
    let department = of("R7-005")["submitted_by"].as_str().expect("a department").to_owned();
    let ask = |out: &str| {
        let made = run(&["confirm", "--department", &department, "-o", out]);
        assert_eq!(made.code, 0, "{}{}", made.out, made.err);
        fs::read(edition.path().join(out)).expect("a paper")
    };
    let (paper, book) = (ask("部.pdf"), ask("部.xlsx"));
    assert!(book == ask("again.xlsx"), "the same bytes");
    let front = &sheets::texts(&book)["確認票"];
    for told in ["正しい名前", "表記の統一", "掲載しない", "協議中のため"] {
        assert!(front.contains(told), "{told}: {front}");
    }
    let rows = &sheets::rows(&book)["個別施策"][1..];
    let whole = fs::read(edition.path().join("out/annex.pdf")).expect("a PDF");
    let mut seen = 0;
    if let Some(text) = pdf::read(&whole, "pdftotext", &["-raw", "@", "-"]) {
        // The cover has no number; the page behind it is 1.
        let pages: Vec<String> = text.split('\u{c}').map(pdf::dense).collect();
        for row in rows.iter().filter(|row| !row[0].is_empty()) {
            let page: usize =
                row[0].split(['（', '、']).next().expect("a page").parse().expect("a number");
            let begin: String = pdf::dense(&row[3]).chars().take(6).collect();
            assert!(pages[page].contains(&begin), "{begin} is not on page {page}");
            seen += 1;
        }
        assert!(seen > 3, "{rows:?}");
    }
    let corrected = rows.iter().find(|row| row[1] == "R7-005").expect("a row");
    assert!(corrected.last().is_some_and(|said| said.contains("→正「正しい名前」（表記の統一）")));
    let left_out = rows.iter().find(|row| row[1] == "R7-006").expect("a row");
    assert!(left_out[0].is_empty(), "{left_out:?}");
    if let Some(text) = pdf::read(&paper, "pdftotext", &["-raw", "@", "-"]) {
        let text = pdf::dense(&text);
        for told in ["正しい名前", "表記の統一", "協議中のため", "確認用1", "回答先"]
        {
            assert!(text.contains(told), "{told}: {text}");
        }
        let page = &corrected[0];
        assert!(text.contains(&format!("{page}R7-005正しい名前")), "{text}");
    }
    let wrong = run(&["confirm", "--department", &department, "-o", "部.doc"]);
    assert!(wrong.code == 2 && wrong.err.contains("「.doc」"), "{}", wrong.err);
}

/// What a department confirms is what its part says, wherever in the annex that comes to stand.
#[test]
fn another_page_voids_no_confirmation_and_another_word_does() {
    let edition = copy_of_example();
    let run = |args: &[&str]| run(edition.path(), args);
    let pages = |out: &str| {
        let made = run(&["confirm", "--department", "総務部", "-o", out]);
        assert_eq!(made.code, 0, "{}", made.err);
        let book = sheets::rows(&fs::read(edition.path().join(out)).expect("a workbook"));
        book["個別施策"].iter().map(|row| row[..2].to_vec()).collect::<Vec<_>>()
    };
    let before = pages("before.xlsx");
    let said = run(&["confirm", "--department", "総務部", "--by", "宮城花子"]);
    assert_eq!(said.code, 0, "{}", said.err);
    let state = || {
        let status = run(&["status", ".", "--format", "json"]);
        let status: Value = serde_json::from_str(&status.out).expect("JSON");
        status[0]["confirmation"]["state"].as_str().expect("a state").to_owned()
    };
    assert_eq!(state(), "given");
    // What stands before its rows becomes longer by pages.
    let settings = edition.path().join("edition.toml");
    let text = fs::read_to_string(&settings).expect("settings");
    fs::write(edition.path().join("前書き.txt"), "計画の趣旨を述べる。\n\n".repeat(200))
        .expect("written");
    let chapter = "\n[[chapter]]\ntitle = \"はじめに\"\nfile = \"前書き.txt\"\n";
    fs::write(&settings, text + chapter).expect("written");
    let after = pages("after.xlsx");
    assert_ne!(before, after, "its rows stand on other pages");
    assert_eq!(state(), "given");
    let done =
        run(&["correct", &after[1][1], "概要", "--to", "別の概要。", "--reason", "表記の統一"]);
    assert_eq!(done.code, 0, "{}{}", done.out, done.err);
    assert_eq!(state(), "outdated");
}

/// Whatever lies in the folders that a clerk names: every form takes its place, and of the rest each
/// file is told once.
#[test]
fn a_folder_of_all_kinds_of_files_is_sorted_by_what_is_in_them() {
    let office = Office::new();
    let read = |name: &str| {
        let path = office.edition.path().join("submissions").join(name);
        let bytes = fs::read(&path).expect("a form");
        fs::remove_file(path).expect("removed");
        bytes
    };
    let (soumu, kikaku) = (read(FORM), read("03_企画部.xlsx"));
    for folder in ["a", "b", "c"] {
        fs::create_dir(office.post.path().join(folder)).expect("a folder");
    }
    fs::remove_dir_all(office.post.path().join("forms")).expect("removed");
    office.put("a/様式.xlsx", &soumu);
    office.put("b/様式.xlsx", &kikaku);
    office.put("c/別冊.pdf", b"%PDF-1.7\n");
    office.put("c/edition.toml", b"[edition]\n");
    office.put("c/~$様式.xlsx", b"\x05Clerk");
    let said = office.receive(office.post.path());
    assert_eq!(said.code, 1, "a file was not taken: {}", said.out);
    for told in [
        "a/様式.xlsx：総務部（第1回）として受け付けました",
        "b/様式.xlsx：企画部（第1回）として受け付けました",
        "別冊.pdf：部局の様式として読めない",
        "edition.toml：部局の様式として読めない",
    ] {
        assert_eq!(said.out.matches(told).count(), 1, "{told}: {}", said.out);
    }
    assert!(!said.out.contains("~$") && !said.out.contains("S701"), "{}", said.out);
    let files = office.files();
    assert_eq!(files["submissions/01_総務部.xlsx"], soumu);
    assert_eq!(files["submissions/03_企画部.xlsx"], kikaku);
    assert_eq!(files.len(), 2);
    let gone = office.receive(Path::new("ありません.xlsx"));
    assert!(!gone.out.contains("指摘はありません"), "{}", gone.out);
    // The same form out of an older Excel: its file has the ending that it has.
    let Some(old) = office::saved_as(&soumu, "xls") else { return };
    let said = office.receive(&office.put("様式.xls", &old));
    assert!(said.out.contains("submissions/01_総務部.xls、"), "{}", said.out);
    let there = |name: &str| office.edition.path().join(name).is_file();
    assert!(there("submissions/01_総務部.xls") && !there("submissions/01_総務部.xlsx"));
    assert_eq!(office.files()["received/01_総務部_第1回.xlsx"], soumu);
}

/// What happened and when stands in the journal, a line an event.
#[test]
fn the_journal_says_what_was_built_and_what_went_back() {
    let office = Office::new();
    office.receive(&office.next("a.xlsx"));
    let built = office.run(&["build", ".", "--draft", "--quiet"]);
    assert!(built.code < 2, "{}", built.err);
    let annex = fs::read(office.edition.path().join("out/annex.json")).expect("an annex");
    let form = fs::read(office.next("form.xlsx")).expect("a form");
    let name = first_name(&form);
    let wrong = repacked::with_texts(&form, |text| *text = text.replace(&name, "○○事業"));
    office.receive(&office.put("b.xlsx", &wrong));
    let back = office.run(&["returns", ".", "-o", "back", "--department", "総務部"]);
    assert!(back.code < 2, "{}{}", back.out, back.err);
    let journal = office.journal();
    let of = |event: &str| {
        let line = journal.iter().rfind(|line| line["event"] == event);
        line.unwrap_or_else(|| panic!("no {event}: {journal:?}"))
    };
    assert_eq!(of("built")["draft"], true);
    assert_eq!(of("built")["version"], "第 1.0 版");
    let digest: String = Sha256::digest(annex).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(of("built")["sha256"], digest);
    assert_eq!(of("returned")["departments"][0], "総務部");
    assert_eq!(of("received")["changes"]["changed"].as_array().map(Vec::len), Some(1));
    assert!(journal.iter().all(|line| line["at"].as_str().is_some_and(|at| at.len() == 25)));
}
