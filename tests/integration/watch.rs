//! `watch` beside somebody who saves, breaks and mends files: what it says, and what lies in OUT.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use bessatsu::edition;
use bessatsu::intake;
use bessatsu::publish::pdf::{IncrementalRenderer, Options};
use bessatsu::schema::keys;
use tempfile::TempDir;

use crate::support::program::{example, program};
use crate::support::{pipeline, repacked};

/// Longer than anything takes on the busiest machine.
const LONG: Duration = Duration::from_secs(90);
const FORM: &str = "submissions/03_企画部.xlsx";
/// What ends a build that wrote, and one that did not.
const ENDS: [&str; 2] = ["作りました（", "点検しました（"];

/// A form with some words of its cells changed.
fn changed(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    repacked::with_texts(bytes, |text| {
        assert!(text.contains(from), "{from} is not in the form");
        *text = text.replacen(from, to, 1);
    })
}

/// Words of a measure of 企画部.
const WORDS: &str = "デジタル身分証アプリ";

/// An edition that is watched until the end of the test.
struct Watched {
    folder: TempDir,
    child: Child,
    lines: Arc<Mutex<Vec<String>>>,
    /// The lines that were looked at.
    seen: usize,
}

impl Watched {
    fn start(args: &[&str]) -> Self {
        let folder = TempDir::new().expect("a folder");
        let mut new = program();
        new.args(["new", "--quiet", "--with-templates", "edition"]);
        assert!(new.current_dir(folder.path()).status().expect("the program runs").success());
        let mut child = program()
            .args(["watch"])
            .args(args)
            .current_dir(folder.path().join("edition"))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program runs");
        let lines = Arc::new(Mutex::new(Vec::new()));
        let (out, err) = (child.stdout.take().expect("piped"), child.stderr.take().expect("piped"));
        collect(out, &lines);
        collect(err, &lines);
        let mut watched = Self { folder, child, lines, seen: 0 };
        let quiet = args.contains(&"--quiet");
        watched.until(&[if quiet { "エラー 0件" } else { "見張っています" }]);
        watched
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join("edition").join(name)
    }

    fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).expect(name)
    }

    /// Saves as Excel does: into another file that then takes the place of the old one.
    fn save(&self, name: &str, bytes: &[u8]) {
        let passing = self.path("submissions/~WRL0001.tmp");
        fs::write(&passing, bytes).expect("written");
        fs::rename(passing, self.path(name)).expect("renamed");
    }

    /// The lines up to the next one with one of these words.
    fn until(&mut self, words: &[&str]) -> Vec<String> {
        let start = Instant::now();
        loop {
            let lines = self.lines.lock().expect("lines").clone();
            let new = lines.get(self.seen..).unwrap_or_default();
            if let Some(at) = new.iter().position(|line| words.iter().any(|w| line.contains(w))) {
                // The other stream may lag behind by a moment.
                std::thread::sleep(Duration::from_millis(100));
                let lines = self.lines.lock().expect("lines").clone();
                let told = lines[self.seen..].to_vec();
                assert!(told.len() > at);
                self.seen = lines.len();
                return told;
            }
            assert!(start.elapsed() < LONG, "no {words:?} in {new:#?}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// What is said of the next build.
    fn next(&mut self) -> String {
        self.until(&ENDS).join("\n")
    }

    fn papers(&self) -> BTreeMap<String, Vec<u8>> {
        papers(&self.path("out"))
    }

    /// The papers that `build` makes of what lies there now.
    fn built(&self) -> BTreeMap<String, Vec<u8>> {
        let out = TempDir::new().expect("a folder");
        let mut build = program();
        build.args(["build", "--quiet", "-o"]).arg(out.path()).current_dir(self.path(""));
        assert!(build.stdout(Stdio::null()).status().expect("the program runs").success());
        papers(out.path())
    }

    /// Ctrl+C: the exit status.
    fn stop(&mut self, signal: &str) -> Option<i32> {
        let kill = Command::new("kill").arg(signal).arg(self.child.id().to_string()).status();
        assert!(kill.expect("kill").success());
        let start = Instant::now();
        while start.elapsed() < LONG {
            if let Some(status) = self.child.try_wait().expect("a child") {
                return status.code();
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        None
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn collect(stream: impl Read + Send + 'static, lines: &Arc<Mutex<Vec<String>>>) {
    let lines = lines.clone();
    std::thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            lines.lock().expect("lines").push(line);
        }
    });
}

fn papers(out: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut papers = BTreeMap::new();
    for entry in fs::read_dir(out).expect("papers") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        // The folders are of versions that are kept.
        if !name.starts_with('.') && path.is_file() {
            papers.insert(name, fs::read(path).expect("a paper"));
        }
    }
    papers
}

#[test]
fn what_is_saved_is_built_and_what_is_broken_leaves_the_last_good_papers() {
    let mut watched = Watched::start(&[]);
    let form = watched.read(FORM);
    let first = watched.papers();
    assert_eq!(first, watched.built());

    // A cell: the papers are those that a build makes from nothing.
    watched.save(FORM, &changed(&form, WORDS, "電子身分証アプリ"));
    let told = watched.next();
    assert!(told.contains("変更 03_企画部.xlsx"), "{told}");
    assert!(told.contains("書出し") && told.contains("annex.pdf"), "{told}");
    assert!(!told.contains("kpis.csv"), "what did not change is not written: {told}");
    assert_eq!(watched.papers(), watched.built());
    assert_ne!(watched.papers(), first);

    // A submission that is taken away, and comes back.
    let good = watched.papers();
    fs::remove_file(watched.path(FORM)).expect("removed");
    let told = watched.next();
    assert!(told.contains("削除 03_企画部.xlsx"), "{told}");
    assert!(told.contains("新しい指摘  エラー S701"), "{told}");
    assert!(told.contains("前回の出力はそのまま"), "{told}");
    assert_eq!(watched.papers(), good, "a failed build leaves the papers");
    watched.save(FORM, &form);
    let told = watched.next();
    assert!(told.contains("追加 03_企画部.xlsx"), "{told}");
    assert!(told.contains("直った指摘  エラー S701"), "{told}");
    assert_eq!(watched.papers(), first);

    // Settings that are broken, and mended.
    let settings = String::from_utf8(watched.read("edition.toml")).expect("text");
    fs::write(watched.path("edition.toml"), settings.replacen("[edition]", "[edition", 1))
        .expect("written");
    let told = watched.next();
    assert!(told.contains("変更 edition.toml") && told.contains("S101"), "{told}");
    assert_eq!(watched.papers(), first);
    let settings = settings.replace("第 1.0 版", "第 1.1 版");
    fs::write(watched.path("edition.toml"), &settings).expect("written");
    let told = watched.next();
    assert!(told.contains("直った指摘  エラー S101"), "{told}");
    assert_eq!(watched.papers(), watched.built());

    // A template of the edition's own, and the annex of the year before.
    let cover = String::from_utf8(watched.read("templates/cover.typ")).expect("text");
    fs::write(watched.path("templates/cover.typ"), format!("#panic()\n{cover}")).expect("written");
    let told = watched.next();
    assert!(told.contains("変更 cover.typ") && told.contains("新しい指摘  エラー T"), "{told}");
    fs::write(watched.path("templates/cover.typ"), &cover).expect("written");
    watched.next();
    assert_eq!(watched.papers(), watched.built());
    fs::write(watched.path("old.json"), &first["annex.json"]).expect("written");
    fs::write(watched.path("edition.toml"), format!("previous = \"old.json\"\n{settings}"))
        .expect("written");
    let told = watched.next();
    assert!(told.contains("edition.toml") && told.contains("追加 old.json"), "{told}");
    fs::write(watched.path("old.json"), "{").expect("written");
    let told = watched.until(&["実行できません"]).join("\n");
    assert!(told.contains("old.json"), "{told}");
    fs::write(watched.path("old.json"), &first["annex.json"]).expect("written");
    let told = watched.next();
    assert!(!told.contains("実行できません"), "told of once: {told}");

    assert_eq!(watched.stop("-INT"), Some(0), "Ctrl+C ends it cleanly");
}

#[test]
fn what_is_being_saved_is_not_read() {
    let mut watched = Watched::start(&[]);
    let form = watched.read(FORM);
    fs::write(watched.path("submissions/~$03_企画部.xlsx"), [1; 165]).expect("written");
    fs::write(watched.path("submissions/7F3A1B20"), &form[..100]).expect("written");
    fs::write(watched.path("submissions/.~lock.03_企画部.xlsx#"), "x").expect("written");
    watched.save(FORM, &changed(&form, WORDS, "甲"));
    let told = watched.next();
    assert!(!told.contains("~$") && !told.contains("7F3A1B20") && !told.contains("lock"), "{told}");
    assert!(told.contains("エラー 0件、警告 0件"), "{told}");
    for passing in ["~$03_企画部.xlsx", "7F3A1B20"] {
        fs::remove_file(watched.path("submissions").join(passing)).expect("removed");
    }

    // A save of two halves; where the machine was so busy that the pause grew long, once more.
    let mut was_quick = false;
    for (round, words) in ["乙", "丙", "丁", "戊"].iter().enumerate() {
        let saved = changed(&form, WORDS, words);
        let start = Instant::now();
        let mut file = File::create(watched.path(FORM)).expect("a file");
        file.write_all(&saved[..saved.len() / 2]).expect("written");
        std::thread::sleep(Duration::from_millis(900));
        file.write_all(&saved[saved.len() / 2..]).expect("written");
        drop(file);
        let took = start.elapsed();
        let mut told = watched.next();
        if took < Duration::from_millis(2500) {
            assert!(!told.contains("新しい指摘"), "round {round}: {told}");
            was_quick = true;
            break;
        }
        // The half was read for what it was; the whole comes next.
        if told.contains("新しい指摘") {
            told = watched.next();
        }
        assert!(told.contains("エラー 0件"), "{told}");
    }
    assert!(was_quick, "the machine was too busy four times");
    assert_eq!(watched.papers(), watched.built());

    // What stays cut off is told of in the end.
    fs::write(watched.path(FORM), &form[..form.len() / 2]).expect("written");
    let told = watched.next();
    assert!(told.contains("新しい指摘  エラー F103"), "{told}");
    assert_eq!(watched.stop("-TERM"), Some(0));
}

#[test]
fn another_build_that_writes_is_waited_for() {
    let mut watched = Watched::start(&["--quiet"]);
    // With --quiet there is no line to wait for but findings and refusals.
    let form = watched.read(FORM);
    let lock = File::options().write(true).open(watched.path("out/.bessatsu.lock"));
    let lock = lock.expect("the lock");
    lock.lock().expect("locked");
    watched.save(FORM, &changed(&form, WORDS, "甲"));
    let told = watched.until(&["実行できません"]).join("\n");
    assert!(told.contains("別の bessatsu"), "{told}");
    drop(lock);
    let expected = watched.built();
    let start = Instant::now();
    while watched.papers() != expected {
        assert!(start.elapsed() < LONG, "it is not tried again");
        std::thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(watched.stop("-INT"), Some(0));
}

/// The page's style once held the whole of the data, and every page was laid out again.
#[test]
fn a_changed_cell_costs_a_fraction_of_the_first_layout() {
    let settings = fs::read_to_string(example().join("edition.toml")).expect("settings");
    let edition = edition::parse("edition.toml", &settings).0.expect("an edition");
    let sources = pipeline::folder(&example().join("submissions"));
    let mut annex = intake::run(&edition, None, sources).annex;
    let mut renderer = IncrementalRenderer::default();
    let mut render = |annex: &bessatsu::model::Annex| {
        let start = Instant::now();
        let rendered = renderer.render(&edition, annex, &Options::default());
        assert!(!rendered.artifacts.is_empty(), "{:?}", rendered.findings);
        start.elapsed()
    };
    let first = render(&annex);
    let again = (0..5).map(|round| {
        annex.measures[40].value_mut(keys::OVERVIEW).value = format!("{round}回目の変更。");
        render(&annex)
    });
    let again = again.min().expect("five times");
    assert!(again * 2 < first, "first {first:?}, then {again:?}");
}

#[test]
fn the_file_of_the_ids_is_read_again_when_somebody_edits_it() {
    let mut watched = Watched::start(&[]);
    let first = watched.papers();
    let ids = String::from_utf8(watched.read("ids.csv")).expect("text");
    let line = ids.lines().nth(1).expect("the first id");
    let without = ids.replacen(&format!("{line}\r\n"), "", 1).replacen(&format!("{line}\n"), "", 1);
    assert_ne!(without, ids);
    fs::write(watched.path("ids.csv"), &without).expect("written");
    let told = watched.next();
    assert!(told.contains("変更 ids.csv") && told.contains("S110"), "{told}");
    fs::write(watched.path("ids.csv"), &ids).expect("written");
    let told = watched.next();
    assert!(told.contains("直った指摘") && told.contains("エラー 0件"), "{told}");
    assert_eq!(watched.papers(), first);
    assert_eq!(watched.stop("-TERM"), Some(0));
}
