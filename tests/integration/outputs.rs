//! What lies in the output folder when a build is killed, is not alone, or has no room.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::support::program::{PROGRAM, example, program};

/// Two editions with few submissions, no paper of which is like the other's, and what each
/// builds. They are built as drafts, as most departments have not submitted.
struct Editions {
    folder: TempDir,
    sets: [Set; 2],
}

type Set = BTreeMap<String, Vec<u8>>;

impl Editions {
    fn new() -> Self {
        let folder = TempDir::new().expect("a folder");
        let settings = fs::read_to_string(example().join("edition.toml")).expect("settings");
        let mut names: Vec<_> = fs::read_dir(example().join("submissions"))
            .expect("submissions")
            .map(|entry| entry.expect("an entry").file_name())
            .collect();
        names.sort();
        for (index, name) in ["0", "1"].iter().enumerate() {
            let edition = folder.path().join(name);
            fs::create_dir_all(edition.join("submissions")).expect("a folder");
            fs::write(edition.join("edition.toml"), &settings).expect("settings");
            for name in &names[..=index] {
                let (from, to) = (example().join("submissions"), edition.join("submissions"));
                fs::copy(from.join(name), to.join(name)).expect("copied");
            }
        }
        let mut editions = Self { folder, sets: [Set::new(), Set::new()] };
        for index in [0, 1] {
            let out = editions.folder.path().join("good");
            let (code, _, err) = editions.run(index, &out);
            assert!(code < 2, "{err}");
            editions.sets[index] = papers(&out);
        }
        let [one, other] = &editions.sets;
        assert!(one.keys().eq(other.keys()), "the editions have the same papers");
        assert!(
            ["annex.pdf", "annex.xlsx", "annex.json"].iter().all(|name| one[*name] != other[*name])
        );
        editions
    }

    fn build(&self, index: usize, out: &Path) -> Command {
        let mut command = program();
        command
            .args(["build", "--draft", "--quiet"])
            .arg(self.folder.path().join(index.to_string()));
        command.arg("-o").arg(out).stdin(Stdio::null()).stdout(Stdio::null());
        command
    }

    /// Builds and waits: exit status, duration, standard error.
    fn run(&self, index: usize, out: &Path) -> (i32, Duration, String) {
        let start = Instant::now();
        let output =
            self.build(index, out).stderr(Stdio::piped()).output().expect("the program runs");
        let err = String::from_utf8_lossy(&output.stderr).into_owned();
        (output.status.code().expect("it ends by itself"), start.elapsed(), err)
    }

    /// Which edition the papers are of; a mixture, or a part of a set, is of none.
    fn of(&self, out: &Path) -> Option<usize> {
        let papers = papers(out);
        self.sets.iter().position(|set| *set == papers)
    }
}

/// Every paper in a folder, by its name. Hidden files are not papers.
fn papers(out: &Path) -> Set {
    let mut papers = Set::new();
    for entry in fs::read_dir(out).into_iter().flatten() {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if !name.starts_with('.') {
            papers.insert(name, fs::read(path).expect("a paper"));
        }
    }
    papers
}

/// The hidden names in a folder, but for the lock.
fn strangers(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("entry"));
    let names = names.map(|entry| entry.file_name().to_string_lossy().into_owned());
    names.filter(|name| name.starts_with('.') && name != ".bessatsu.lock").collect()
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit.max(1)
    }
}

/// Half of the kills fall anywhere in a build, half about the moment in which its papers take their
/// places. How far behind the stage that moment lies is a matter of the machine, so each kill that
/// came too early or too late moves the next.
#[test]
fn a_build_killed_at_any_moment_leaves_a_whole_set_of_one_build() {
    let editions = Editions::new();
    let home = TempDir::new().expect("a folder");
    let out = home.path().join("out");
    let (_, duration, err) = editions.run(0, &out);
    assert_eq!(editions.of(&out), Some(0), "{err}");
    let stage = home.path().join(".out.bessatsu.new");
    let mut dice = Dice(20_250_401);
    let mut there = 0;
    let mut kills = [0, 0];
    let mut reach = 5_000;
    for round in 0..50 {
        let is_left = stage.exists();
        let mut child = editions.build(1 - there, &out).spawn().expect("the program runs");
        if round % 2 == 0 {
            let micros = u64::try_from(duration.as_micros()).expect("short");
            wait(Duration::from_micros(dice.below(micros)), || false);
        } else {
            // The last paper to be staged is the PDF, where nothing was left by the kill before.
            wait(duration * 20, || {
                stage.join("annex.pdf").exists() || child.try_wait().expect("asked").is_some()
            });
            wait(Duration::from_micros(dice.below(reach)), || false);
        }
        child.kill().expect("killed");
        child.wait().expect("ended");
        let of = editions.of(&out);
        assert!(of.is_some(), "round {round}: the folder holds papers of two builds");
        let after = of != Some(there);
        kills[usize::from(after)] += 1;
        if round % 2 == 1 && !is_left {
            reach = if after { reach / 2 } else { reach * 2 }.clamp(100, 5_000_000);
        }
        there = of.expect("just asked");
    }
    assert!(kills.iter().all(|&count| count > 0), "kills fell before and after: {kills:?}");
    let (_, _, err) = editions.run(1, &out);
    assert_eq!(editions.of(&out), Some(1), "{err}");
    assert_eq!(strangers(&out), [""; 0]);
    assert_eq!(strangers(home.path()), [""; 0], "nothing is left beside the folder");
}

/// Waits so long, or until something is so. Sleeping would be too coarse.
fn wait(time: Duration, mut until: impl FnMut() -> bool) {
    let start = Instant::now();
    while start.elapsed() < time && !until() {
        std::hint::spin_loop();
    }
}

#[test]
fn a_second_build_into_the_same_folder_is_told_to_wait() {
    let editions = Editions::new();
    let out = editions.folder.path().join("out");
    editions.run(0, &out);
    let lock = File::options().write(true).open(out.join(".bessatsu.lock")).expect("the lock");
    lock.lock().expect("locked");
    let (code, _, err) = editions.run(1, &out);
    assert_eq!(code, 2, "{err}");
    assert!(err.contains("別の bessatsu"), "{err}");
    assert_eq!(editions.of(&out), Some(0));
    drop(lock);
    let (_, _, err) = editions.run(1, &out);
    assert_eq!(editions.of(&out), Some(1), "{err}");
}

#[test]
fn builds_side_by_side_do_not_mix() {
    let editions = Editions::new();
    let out = editions.folder.path().join("out");
    for _ in 0..5 {
        let mut all = [0, 1, 0, 1].map(|i| {
            editions.build(i, &out).stderr(Stdio::null()).spawn().expect("the program runs")
        });
        let codes = all.each_mut().map(|child| child.wait().expect("ended").code());
        assert!(codes.iter().any(|code| *code != Some(2)), "one of them is first: {codes:?}");
        assert!(editions.of(&out).is_some(), "the papers are of two builds");
    }
}

/// A file system in memory, as long as it lives.
struct Mount(TempDir);

impl Mount {
    /// `None`, said aloud, where the system does not let us.
    fn new(size: u64) -> Option<Self> {
        let folder = TempDir::new().expect("a folder");
        let options = format!("size={size},mode=755");
        if !mount(&["-t", "tmpfs", "-o", &options, "tmpfs"], folder.path()) {
            eprintln!("SKIPPED: a file system in memory needs the rights of root");
            return None;
        }
        Some(Self(folder))
    }

    fn path(&self) -> &Path {
        self.0.path()
    }
}

fn mount(args: &[&str], at: &Path) -> bool {
    let mount = Command::new("mount").args(args).arg(at).stderr(Stdio::null()).status();
    mount.is_ok_and(|status| status.success())
}

impl Drop for Mount {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.0.path()).status();
    }
}

/// The folder is the root of a file system of its own, or lies below it.
const PLACES: [&str; 2] = ["", "out"];

#[test]
fn a_folder_on_another_file_system_gets_the_same_papers() {
    let editions = Editions::new();
    for place in PLACES {
        let Some(mounted) = Mount::new(64 << 20) else { return };
        let out = mounted.path().join(place);
        for index in [0, 1, 0] {
            let (_, _, err) = editions.run(index, &out);
            assert_eq!(editions.of(&out), Some(index), "{place:?}: {err}");
            assert_eq!(strangers(&out), [""; 0]);
        }
    }
}

#[test]
fn a_full_disk_leaves_the_last_set() {
    let editions = Editions::new();
    let size: usize = editions.sets[0].values().map(Vec::len).sum();
    for place in PLACES {
        // Room for one set and a half.
        let Some(mounted) = Mount::new(size as u64 * 3 / 2) else { return };
        let out = mounted.path().join(place);
        let (_, _, err) = editions.run(0, &out);
        assert_eq!(editions.of(&out), Some(0), "{err}");
        let (code, _, err) = editions.run(1, &out);
        assert_eq!(code, 2, "{place:?}: {err}");
        assert!(err.contains("空き容量"), "{err}");
        assert_eq!(editions.of(&out), Some(0));
        assert_eq!(strangers(&out), [""; 0]);
    }
}

#[test]
fn a_folder_that_cannot_be_written_is_said_so_and_keeps_its_papers() {
    let editions = Editions::new();
    for place in PLACES {
        let Some(mounted) = Mount::new(64 << 20) else { return };
        let out = mounted.path().join(place);
        editions.run(0, &out);
        assert!(mount(&["-o", "remount,ro"], mounted.path()), "made read-only");
        let (code, _, err) = editions.run(1, &out);
        assert_eq!(code, 2, "{place:?}: {err}");
        assert!(err.contains("書けません") && err.contains("読み取り専用"), "{err}");
        assert_eq!(editions.of(&out), Some(0));
    }
}

#[test]
#[cfg(unix)]
fn links_in_the_folder_lead_nothing_out_of_it() {
    use std::os::unix::fs::symlink;
    let editions = Editions::new();
    let home = TempDir::new().expect("a folder");
    let (out, outside) = (home.path().join("out"), home.path().join("outside"));
    fs::create_dir_all(outside.join("folder")).expect("a folder");
    fs::write(outside.join("kept"), "mine").expect("written");
    editions.run(0, &out);
    // A paper is a link: the link gives way, what it points to stays.
    for name in ["annex.pdf", "annex.json"] {
        fs::remove_file(out.join(name)).expect("removed");
        symlink(outside.join("kept"), out.join(name)).expect("a link");
    }
    symlink(outside.join("kept"), out.join("somebody's link")).expect("a link");
    symlink(&outside, out.join(".bessatsu.new")).expect("a link");
    fs::write(outside.join(".bessatsu.list"), "kept\n").expect("written");
    let (code, _, err) = editions.run(1, &out);
    assert!(code < 2, "{err}");
    assert!(out.join("somebody's link").is_symlink(), "what is somebody else's is left alone");
    fs::remove_file(out.join("somebody's link")).expect("removed");
    assert_eq!(editions.of(&out), Some(1));
    assert_eq!(fs::read_to_string(outside.join("kept")).expect("kept"), "mine");
    // The lock is a link to a file that is not there: it is not made.
    fs::remove_file(out.join(".bessatsu.lock")).expect("removed");
    symlink(outside.join("made"), out.join(".bessatsu.lock")).expect("a link");
    let (code, _, err) = editions.run(0, &out);
    assert_eq!(code, 2, "{err}");
    assert!(err.contains("書けません"), "{err}");
    assert!(!outside.join("made").exists());
    assert_eq!(editions.of(&out), Some(1));
    // OUT itself may be a link: the user laid it.
    fs::remove_file(out.join(".bessatsu.lock")).expect("removed");
    let link = home.path().join("link");
    symlink(&out, &link).expect("a link");
    let (code, _, err) = editions.run(0, &link);
    assert!(code < 2, "{err}");
    assert_eq!(editions.of(&out), Some(0));
    assert!(link.is_symlink());
}

/// What a system call that names files may touch, besides EDITION and OUT: what every program
/// reads to start at all.
const SYSTEM: [&str; 9] = [
    // The allocator asks how it is to work; see `.cargo/config.toml`.
    "/etc/_rjem_malloc.conf",
    "/lib",
    "/usr/lib",
    "/etc/ld.so",
    "/proc/self",
    "/proc/stat",
    "/proc/sys/vm",
    "/sys/",
    "/dev/null",
];

#[test]
fn nothing_outside_the_edition_and_the_folder_is_touched_and_no_network() {
    let editions = Editions::new();
    let home = TempDir::new().expect("a folder");
    let home = home.path().canonicalize().expect("a path");
    let (out, log) = (home.join("out"), home.join("log"));
    let edition = editions.folder.path().join("1").canonicalize().expect("a path");
    let mut strace = Command::new("strace");
    strace.args(["-f", "-qq", "-s", "4096", "-e", "trace=%file,%network", "-o"]).arg(&log);
    // cargo tells programs of its own folders.
    strace.env_remove("LD_LIBRARY_PATH");
    strace.arg(PROGRAM).args(["build", "--draft", "--quiet"]);
    let status = strace.arg(&edition).arg("-o").arg(&out).stdout(Stdio::null()).status();
    if !status.is_ok_and(|status| matches!(status.code(), Some(0 | 1))) {
        eprintln!("SKIPPED: strace is not installed, or may not look at other programs");
        return;
    }
    assert!(editions.of(&out).is_some());
    let beside = home.join(".out.bessatsu.new");
    let mut calls = 0;
    for line in fs::read_to_string(&log).expect("the log").lines().skip(1) {
        let call = line.split_once(' ').map_or(line, |(_, call)| call.trim_start());
        let Some((name, rest)) = call.split_once('(') else { continue };
        assert!(
            !["socket", "connect", "bind", "sendto"].contains(&name),
            "the network is asked: {line}"
        );
        let writes = ["O_WRONLY", "O_RDWR", "O_CREAT"].iter().any(|flag| rest.contains(flag))
            || ["mkdir", "rename", "unlink", "link", "rmdir", "chmod"]
                .iter()
                .any(|word| name.contains(word) && name != "readlink");
        let below = |path: &str| {
            let path = Path::new(path);
            let ours = path.starts_with(&out) || path.starts_with(&beside);
            // To open a folder by its path, the folders above it are asked whether they are there.
            let passed = !writes && out.starts_with(path);
            ours || passed || (!writes && path.starts_with(&edition))
        };
        for path in rest.split('"').skip(1).step_by(2).filter(|path| path.starts_with('/')) {
            calls += 1;
            let system = !writes && SYSTEM.iter().any(|start| path.starts_with(start));
            assert!(below(path) || system, "{line}");
        }
    }
    assert!(calls > 30, "the log shows what was done: {calls} calls");
}

/// The papers hang on the edition alone.
#[test]
fn the_same_edition_gives_the_same_bytes_wherever_and_however_it_is_built() {
    let editions = Editions::new();
    let home = TempDir::new().expect("a folder");
    let surroundings: [&[(&str, &str)]; 6] = [
        &[("RAYON_NUM_THREADS", "1"), ("TZ", "UTC"), ("LC_ALL", "C")],
        &[("RAYON_NUM_THREADS", "2"), ("TZ", "Asia/Tokyo"), ("LC_ALL", "ja_JP.UTF-8")],
        &[("RAYON_NUM_THREADS", "3"), ("TZ", "America/St_Johns"), ("LANG", "ja_JP.SJIS")],
        &[("RAYON_NUM_THREADS", "16"), ("LC_ALL", "tr_TR.UTF-8"), ("HOME", "/nowhere")],
        &[("SOURCE_DATE_EPOCH", "0"), ("TZ", "Pacific/Kiritimati")],
        &[("SOURCE_DATE_EPOCH", "4102444800"), ("USER", "other"), ("TMPDIR", "/nowhere")],
    ];
    for (round, surrounding) in surroundings.into_iter().enumerate() {
        let folder = home.path().join(format!("場所 {round}/深い/ところ"));
        fs::create_dir_all(folder.join("版/submissions")).expect("a folder");
        let from = editions.folder.path().join("1");
        fs::copy(from.join("edition.toml"), folder.join("版/edition.toml")).expect("copied");
        // Written in another order, and so listed in another by some file systems.
        let mut names: Vec<_> = fs::read_dir(from.join("submissions"))
            .expect("submissions")
            .map(|entry| entry.expect("an entry").file_name())
            .collect();
        names.sort();
        names.rotate_left(round % 2);
        for name in &names {
            let to = folder.join("版/submissions").join(name);
            fs::copy(from.join("submissions").join(name), to).expect("copied");
        }
        let mut build = program();
        build.args(["build", "--draft", "--quiet", "版", "-o", "../書出し"]).current_dir(&folder);
        build.envs(surrounding.iter().copied()).stdin(Stdio::null()).stdout(Stdio::null());
        assert!(matches!(build.status().expect("the program runs").code(), Some(0 | 1)));
        assert_eq!(editions.of(&folder.join("../書出し")), Some(1), "{surrounding:?}");
    }
}
