//! Tests of the journal: what is written is read again, and what is no line is told of.

use super::{Changes, Confirmed, Event, Journal, Line, Moment, Named, Received};

fn moment(text: &str) -> Moment {
    Moment::parse(text).expect("a moment")
}

fn lines() -> Vec<Line> {
    let named = |id: &str, name: &str| Named { id: id.into(), name: name.into() };
    let received = Received {
        department: "総務部".into(),
        round: Some(2),
        file: "総務部（修正）.xlsx".into(),
        kept: "submissions/01_総務部.xlsx".into(),
        sha256: "00ff".into(),
        measures: 3,
        kpis: 1,
        counts: true,
        found: false,
        replaced: vec!["received/01_総務部_第1回.xlsx".into()],
        changes: Some(Changes {
            added: vec![named("R7-004", "新しい施策")],
            removed: Vec::new(),
            changed: vec![named("R7-K01", "件数")],
        }),
    };
    let confirmed =
        Confirmed {
            department: "総務部".into(), by: "宮城花子".into(), sha256: "aa".into()
        };
    vec![
        Line { at: moment("2026-05-01T10:30:00+09:00"), event: Event::Received(received) },
        Line { at: moment("2026-05-02T09:00:59-03:30"), event: Event::Confirmed(confirmed) },
    ]
}

#[test]
fn a_line_that_was_written_is_read_again() {
    for line in lines() {
        let text = serde_json::to_string(&line).expect("JSON");
        assert!(!text.contains('\n'), "{text}");
        let (journal, findings) = Journal::read("journal.jsonl", &text);
        assert!(findings.is_empty(), "{findings:?}");
        assert_eq!(journal.lines, [line]);
    }
}

#[test]
fn a_line_that_cannot_be_read_is_told_of_and_hides_no_other() {
    let texts: Vec<String> =
        lines().iter().map(|line| serde_json::to_string(line).expect("JSON")).collect();
    let [first, second] = &texts[..] else { panic!("two lines") };
    let torn = &first[..40];
    let text = format!("{first}\n{torn}\n\n{second}\n");
    let (journal, findings) = Journal::read("journal.jsonl", &text);
    assert_eq!(journal.lines, lines());
    let said: Vec<String> =
        findings.iter().map(|f| format!("{} {}", f.rule.code, f.place)).collect();
    assert_eq!(said, ["A801 journal.jsonl:2"]);
}

#[test]
fn the_last_word_on_a_file_or_a_department_counts() {
    let journal = Journal { lines: lines() };
    assert!(journal.arrival("00ff").is_some_and(|(_, received)| received.round == Some(2)));
    assert!(journal.arrival("other").is_none());
    assert!(journal.confirmation("総務部").is_some_and(|(_, said)| said.by == "宮城花子"));
    assert!(journal.confirmation("企画部").is_none());
}

#[test]
fn a_moment_is_shown_as_the_clock_of_its_place_showed_it() {
    let at = moment("2026-05-01T00:05:09+09:00");
    assert_eq!(at.to_string(), "2026-05-01T00:05:09+09:00");
    assert_eq!(at.shown(), "2026-05-01 00:05");
    assert_eq!(at.date().to_string(), "2026-05-01");
    for text in ["2026-05-01", "2026-05-01T10:00", "2026-05-01T10:00Z[", "きのう", ""] {
        assert_eq!(Moment::parse(text), None, "{text}");
    }
}
