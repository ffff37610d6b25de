//! The set of papers: begun, completed, taken over from a build that was killed.

use std::path::PathBuf;

use super::lock::LOCK;
use super::target::{ARRIVING, put_all, seal};
use super::*;

const NAMES: [&str; 3] = ["annex.pdf", "annex.xlsx", "web/index.html"];

fn set(build: &str) -> Vec<Paper> {
    let bytes = |name: &str| Arc::new(format!("{build} {name}").into_bytes());
    NAMES.iter().map(|name| ((*name).to_owned(), bytes(name))).collect()
}

fn write(folder: &Path, build: &str) -> Result<Vec<Written>, Error> {
    Outputs { papers: set(build), begun: None, stamp: None }.write(folder)
}

/// The build that every paper in the folder is of.
fn build_in(folder: &Path) -> String {
    let read = |name: &&str| fs::read_to_string(folder.join(name)).unwrap();
    let builds: Vec<String> =
        NAMES.iter().map(|n| read(n).split(' ').next().unwrap().to_owned()).collect();
    assert!(builds.iter().all(|build| *build == builds[0]), "a mixture: {builds:?}");
    builds[0].clone()
}

/// OUT with the set of an old build, and a file of the user's.
fn out() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().canonicalize().unwrap().join("out");
    write(&out, "old").unwrap();
    fs::write(out.join("memo.txt"), "mine").unwrap();
    (folder, out)
}

fn clean(out: &Path) {
    let names = |folder: &Path| -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name());
        entries.map(|name| name.into_string().unwrap()).collect()
    };
    assert_eq!(names(out.parent().unwrap()), ["out"]);
    let mut inside = names(out);
    inside.sort();
    assert_eq!(inside, [".bessatsu.lock", "annex.pdf", "annex.xlsx", "memo.txt", "web"]);
}

#[test]
fn a_new_set_takes_the_place_of_the_old_one_and_leaves_other_files_alone() {
    let (_folder, out) = out();
    let written = write(&out, "new").unwrap();
    assert_eq!(written.len(), NAMES.len());
    assert_eq!(build_in(&out), "new");
    clean(&out);
    // With a folder of somebody else's, the papers are renamed one by one.
    fs::create_dir(out.join("mine")).unwrap();
    write(&out, "newer").unwrap();
    assert_eq!(build_in(&out), "newer");
    fs::remove_dir(out.join("mine")).unwrap();
    clean(&out);
}

/// A build stopped after so many papers had their place, in the state that `state` makes.
type State = fn(&Target, &Path, usize);

const STATES: [(&str, State, &str); 4] = [
    ("staged beside in part", |t, _, done| staged(t, &t.beside().unwrap(), Some(done)), "old"),
    ("staged inside in part", |t, _, done| staged(t, &t.inside(), Some(done)), "old"),
    ("swapped", swapped, "new"),
    (
        "settling",
        |t, _, done| {
            staged(t, &t.inside(), None);
            for name in &NAMES[..done] {
                fs::rename(t.inside().join(name), t.folder.join(name)).unwrap();
            }
        },
        "new",
    ),
];

/// A stage, complete with its list or with its first papers alone.
fn staged(target: &Target, stage: &Path, part: Option<usize>) {
    fs::create_dir(stage).unwrap();
    fs::hard_link(target.folder.join(LOCK), stage.join(LOCK)).unwrap();
    let set = set("new");
    let papers: Vec<&Paper> = set.iter().take(part.unwrap_or(NAMES.len())).collect();
    put_all(stage, &papers).unwrap();
    if part.is_none() {
        seal(stage, &NAMES).unwrap();
    }
}

fn swapped(target: &Target, out: &Path, done: usize) {
    let beside = target.beside().unwrap();
    staged(target, &beside, None);
    let other = out.with_file_name("other");
    fs::rename(out, &other).unwrap();
    fs::rename(&beside, out).unwrap();
    fs::rename(&other, &beside).unwrap();
    for name in &NAMES[..done] {
        fs::remove_file(beside.join(name)).unwrap();
        fs::hard_link(out.join(name), beside.join(name)).unwrap();
    }
    if let Some(name) = NAMES.get(done) {
        fs::hard_link(out.join(name), beside.join(ARRIVING)).unwrap();
    }
    assert_eq!(build_in(out), "new");
}

#[test]
#[cfg(target_os = "linux")]
fn what_a_killed_build_left_is_finished_or_removed() {
    for (what, state, expected) in STATES {
        for done in 0..=NAMES.len() {
            for next in [None, Some("next")] {
                let (_folder, out) = out();
                state(&Target::open(&out).unwrap(), &out, done);
                match next {
                    None => drop(Claim::new(&out).unwrap()),
                    Some(build) => drop(write(&out, build).unwrap()),
                }
                assert_eq!(build_in(&out), next.unwrap_or(expected), "{what}, {done} papers");
                clean(&out);
            }
        }
    }
}

#[test]
fn two_builds_do_not_write_at_one_time() {
    let (_folder, out) = out();
    let held = Target::open(&out).unwrap();
    let error = write(&out, "new").unwrap_err();
    assert!(matches!(&error, Error::InUse { folder } if *folder == out), "{error}");
    drop(held);
    assert_eq!(build_in(&out), "old");
    write(&out, "new").unwrap();
}

/// From the beginning of a build, and not only while it writes.
#[test]
fn a_folder_that_was_claimed_is_nobody_elses_and_goes_again_where_nothing_came() {
    let (_folder, out) = out();
    let inner = out.join("made/inner");
    let claim = Claim::new(&inner).unwrap();
    assert!(matches!(Claim::new(&inner), Err(Error::InUse { .. })));
    assert!(matches!(write(&inner, "new"), Err(Error::InUse { .. })));
    drop(claim);
    assert!(!out.join("made").exists(), "no papers came");
    let mut outputs = Outputs::claimed(Claim::new(&inner).unwrap());
    set("new").into_iter().for_each(|(name, bytes)| outputs.add(name, bytes));
    outputs.begin(&inner).unwrap();
    assert!(matches!(write(&inner, "other"), Err(Error::InUse { .. })));
    outputs.write(&inner).unwrap();
    assert_eq!(build_in(&inner), "new");
    // A folder that was there stays, whatever comes of it.
    drop(Claim::new(&out).unwrap());
    assert_eq!(build_in(&out), "old");
}

#[test]
fn nothing_is_touched_where_one_paper_has_no_place() {
    let (_folder, out) = out();
    fs::remove_file(out.join("annex.xlsx")).unwrap();
    fs::create_dir(out.join("annex.xlsx")).unwrap();
    let error = write(&out, "new").unwrap_err();
    let is_told = matches!(&error, Error::Unwritable { path, source }
        if path.ends_with("annex.xlsx") && source.kind() == io::ErrorKind::IsADirectory);
    assert!(is_told, "{error}");
    assert_eq!(fs::read_to_string(out.join("annex.pdf")).unwrap(), "old annex.pdf");
    for name in ["../x", "/x", "a/../../x", "", "a\nb"] {
        let mut outputs = Outputs::default();
        outputs.add(name, Vec::new());
        assert!(outputs.write(&out).is_err(), "{name:?}");
    }
}

#[test]
fn a_stage_that_cannot_be_written_is_taken_away() {
    let (_folder, out) = out();
    let mut outputs = Outputs::default();
    outputs.add("sheet", b"a file".to_vec());
    outputs.add("sheet/of it", b"in it".to_vec());
    outputs.begin(&out).unwrap();
    assert!(outputs.write(&out).is_err());
    assert_eq!(build_in(&out), "old");
    clean(&out);
}

#[test]
fn a_set_that_is_begun_is_seen_when_it_is_complete_and_else_never() {
    let begun = |build: &str, out: &Path| {
        let mut papers = set(build);
        let last = papers.pop().unwrap();
        let mut outputs = Outputs { papers, begun: None, stamp: None };
        outputs.begin(out).unwrap();
        assert_eq!(build_in(out), "old");
        (outputs, last)
    };
    let (_folder, out) = out();
    let (outputs, _) = begun("given up", &out);
    drop(outputs);
    assert_eq!(build_in(&out), "old");
    clean(&out);
    let (mut outputs, (name, bytes)) = begun("new", &out);
    outputs.add(name, bytes);
    assert_eq!(outputs.write(&out).unwrap().len(), NAMES.len());
    assert_eq!(build_in(&out), "new");
    clean(&out);
    // A folder that is not there is not made before it has its papers.
    let nowhere = out.join("nowhere");
    let mut outputs = Outputs { papers: set("new"), begun: None, stamp: None };
    outputs.begin(&nowhere).unwrap();
    assert!(!nowhere.exists());
    outputs.write(&nowhere).unwrap();
    assert_eq!(build_in(&nowhere), "new");
}
