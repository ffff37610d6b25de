//! The session as a library, as a front end that is no command line uses it.

use std::fs;
use std::sync::Mutex;
use std::time::Duration;

use bessatsu::session::{
    BuildRequest, ComparisonFormat, Error, NotWritten, Observer, Papers, Paths, Picture, Session,
    Stage, Submission, Version, compare_versions, moment_of, parse_pages, status_of,
};

use crate::support::program::copy_of_example;

/// Remembers the stages as they end.
#[derive(Default)]
struct Stages(Mutex<Vec<Stage>>);

impl Observer for Stages {
    fn ended(&self, stage: Stage, _: Duration) {
        self.0.lock().expect("stages").push(stage);
    }
}

#[test]
fn an_edition_is_checked_built_and_built_again_from_what_was_kept() {
    let folder = copy_of_example();
    let mut session = Session::open(Paths::find(Some(folder.path()), None).expect("an edition"));
    let checked = session.check(&()).expect("it is read");
    assert_eq!(checked.report.blocking(), 0);
    let content = checked.content.expect("the settings can be read");
    let at = moment_of("2025-01-20").expect("a moment");
    let status = status_of(session.paths(), &content, &checked.report, None, at);
    let status = status.expect("a status");
    assert!(status.departments.iter().all(|d| d.submission == Submission::Read));

    let request = BuildRequest { out: folder.path().join("out"), ..BuildRequest::default() };
    let stages = Stages::default();
    let built = session.build(&request, &stages).expect("it is built");
    let written = built.written.expect("the papers");
    assert!(written.iter().all(|paper| paper.is_new && paper.path.is_file()));
    let mut seen = stages.0.into_inner().expect("stages");
    seen.sort();
    let all = [
        Stage::Settings,
        Stage::Reading,
        Stage::Checking,
        Stage::Typesetting,
        Stage::Data,
        Stage::Writing,
    ];
    assert_eq!(seen, all);
    let again = session.build(&request, &()).expect("it is built").written.expect("the papers");
    assert!(again.iter().all(|paper| !paper.is_new), "the same papers: {again:?}");
}

#[test]
fn what_stands_against_a_build_is_a_fact_and_nothing_is_written() {
    let folder = copy_of_example();
    let paths = Paths::find(Some(folder.path()), None).expect("an edition");
    let out = folder.path().join("out");
    let request = BuildRequest { out: out.clone(), ..BuildRequest::default() };
    let form = folder.path().join("submissions/03_企画部.xlsx");
    fs::write(&form, "no workbook").expect("written");
    let mut session = Session::open(paths.clone());
    let held = session.build(&request, &()).expect("it is read");
    assert_eq!(held.written.expect_err("errors"), NotWritten::Errors);
    assert!(held.report.is_blocked() && held.content.is_some());
    let next = session.write_next(&folder.path().join("next"), false);
    assert!(matches!(next, Err(Error::Blocked { errors: 1.., .. })), "{next:?}");

    let inside = BuildRequest { out: folder.path().join("submissions/out"), ..request.clone() };
    let refused = session.build(&inside, &());
    assert!(matches!(refused, Err(Error::WithinSubmissions { .. })));

    fs::write(folder.path().join("edition.toml"), "[").expect("written");
    let held = session.build(&request, &()).expect("the findings");
    assert_eq!(held.written.expect_err("errors"), NotWritten::Settings);
    assert!(held.content.is_none() && held.report.is_blocked());
    let version = Version::read(folder.path());
    assert!(matches!(version, Err(Error::Settings { .. })));
    assert!(!out.exists());
}

#[test]
fn pictures_are_made_of_the_pages_that_were_asked_for() {
    let folder = copy_of_example();
    let mut session = Session::open(Paths::find(Some(folder.path()), None).expect("an edition"));
    let pages = |typed| Papers::Pictures { picture: Picture::Svg, pages: parse_pages(typed) };
    let out = folder.path().join("out");
    let request = BuildRequest { out, papers: pages("2"), ..BuildRequest::default() };
    let built = session.build(&request, &()).expect("it is built");
    let written = built.written.expect("a picture");
    let names: Vec<_> = written.iter().filter_map(|paper| paper.path.file_name()).collect();
    assert_eq!(names, ["annex-02.svg"]);
    let beyond = BuildRequest { papers: pages("999"), ..request };
    assert!(matches!(session.build(&beyond, &()), Err(Error::NoSuchPage)));
}

#[test]
fn versions_are_compared_without_a_terminal() {
    let folder = copy_of_example();
    let version = Version::read(folder.path()).expect("the example");
    let same = compare_versions(&version, &version, ComparisonFormat::Json, &()).expect("data");
    assert!(!same.is_changed);
}
