//! What becomes of the entries of one edition in the next.

use super::{HeadingNote, Note, check, succession};
use crate::edition::{Edition, parse};
use crate::model::{
    Annex, Entry, Heading, HeadingId, Id, Kpi, Link, Measure, Owner, Sourced, Status,
};

/// An edition of the standard levels: one pillar, its categories, and departments.
fn edition(categories: &[&str], departments: &str) -> Edition {
    let mut text = String::from("[[pillar]]\nnumber = 1\ntitle = \"暮らし\"\n");
    for (number, category) in (1..).zip(categories) {
        let (title, formerly) = category.split_once('←').unwrap_or((category, ""));
        text += &format!("[[pillar.category]]\nnumber = {number}\ntitle = \"{title}\"\n");
        if !formerly.is_empty() {
            text += &format!("formerly = [\"{formerly}\"]\n");
        }
    }
    parse("edition.toml", &(text + departments)).0.expect("settings")
}

const DEPARTMENTS: &str = r#"
[[department]]
name = "総務部"
sections = ["広報課"]
[[department]]
name = "企画部"
sections = ["統計課", "地域課"]
"#;

fn said<T: Default>(value: T) -> Sourced<T> {
    Sourced { value, ..Sourced::default() }
}

/// An entry: number, category, department, section.
fn entry(id: &str, category: u32, department: &str, section: &str) -> Entry {
    let mut category = said(Some(HeadingId::from([1, category])));
    category.raw = Some("as it was written".into());
    Entry {
        id: Id(id.into()),
        name: said(format!("施策{id}")),
        category,
        department: said(department.into()),
        section: said(section.into()),
        owners: vec![Owner { department: department.into(), section: section.into() }],
        submitted_by: department.into(),
        ..Entry::default()
    }
}

fn annex(categories: &[&str], measures: Vec<Entry>, kpis: Vec<(Entry, &str)>) -> Annex {
    let mut outline = vec![Heading::standard(HeadingId::top(1), "暮らし")];
    for (number, title) in (1..).zip(categories) {
        outline.push(Heading::standard(HeadingId::from([1, number]), *title));
    }
    let kpi = |(entry, of): (Entry, &str)| Kpi {
        entry: Entry { owners: Vec::new(), ..entry },
        measures: vec![Link { text: said(of.into()), measure: Some(Id(of.into())) }],
        ..Kpi::default()
    };
    Annex {
        outline: Heading::tree(outline),
        measures: measures.into_iter().map(|entry| Measure { entry }).collect(),
        kpis: kpis.into_iter().map(kpi).collect(),
        ..Annex::default()
    }
}

/// Where a measure under each category is now, and what is said.
fn places(before: &[&str], now: &[&str]) -> (String, Vec<Note>) {
    let numbers = 1..=u32::try_from(before.len()).expect("a few");
    let measures = numbers.map(|n| entry(&format!("R6-00{n}"), n, "総務部", "広報課"));
    let old = annex(before, measures.collect(), Vec::new());
    let found = succession(&edition(now, DEPARTMENTS), &old);
    let place = |measure: &Measure| match (measure.category.value, &measure.category.raw) {
        (Some(id), _) => id.to_string(),
        (None, None) => "-".to_owned(),
        (None, Some(raw)) => panic!("{raw} would stand in the form"),
    };
    (found.annex.measures.iter().map(place).collect::<Vec<_>>().join(" "), found.notes)
}

#[test]
fn a_heading_is_found_by_its_title_before_its_number() {
    for (before, now, expected, notes) in [
        // Nothing changed; one was put in between; two were exchanged.
        (&["医療", "防災"][..], &["医療", "防災"][..], "1(1) 1(2)", 0),
        (&["医療", "防災"], &["デジタル", "医療", "防災"], "1(2) 1(3)", 0),
        (&["医療", "防災"], &["防災", "医療"], "1(2) 1(1)", 0),
        // Renamed: said so, the only one, and alike among others.
        (&["医療", "防災"], &["安全←防災", "保健←医療"], "1(2) 1(1)", 0),
        (&["医療", "防災"], &["保健", "防災"], "1(1) 1(2)", 1),
        (&["医療の充実", "防災の強化"], &["医療と福祉の充実", "防災の強化と復興"], "1(1) 1(2)", 2),
        // Other headings of the same numbers: nobody knows.
        (&["医療", "防災"], &["産業", "観光"], "- -", 2),
        (&["医療", "防災"], &["産業", "防災", "観光"], "- 1(2)", 1),
        // Removed.
        (&["医療", "防災"], &["防災"], "- 1(1)", 1),
        (&["医療", "防災"], &["医療"], "1(1) -", 1),
    ] {
        let (found, said) = places(before, now);
        assert_eq!(found, expected, "{before:?} {now:?} {said:?}");
        assert_eq!(said.len(), notes, "{before:?} {now:?} {said:?}");
    }
    let (_, said) = places(&["医療", "防災"], &["産業", "防災", "観光"]);
    let unknown = HeadingNote::Unknown {
        before: "1(1) 医療".into(),
        entries: 1,
        could: vec!["1(1) 産業".into(), "1(3) 観光".into()],
    };
    assert_eq!(said, [Note::Heading(unknown)]);
}

/// The old measures and KPIs of 企画部: one of each section, one KPI of the second measure.
fn of_planning() -> Annex {
    let measures = vec![
        entry("R6-001", 1, "総務部", "広報課"),
        entry("R6-002", 1, "企画部", "統計課"),
        entry("R6-003", 1, "企画部", "地域課"),
    ];
    let kpis = vec![(entry("R6-K01", 1, "企画部", ""), "R6-003")];
    annex(&["医療"], measures, kpis)
}

/// The form, the department and the section of every entry of 企画部 now.
fn owners(departments: &str) -> (Vec<String>, super::Succession) {
    let found = succession(&edition(&["医療"], departments), &of_planning());
    let annex = &found.annex;
    let measures = annex.measures.iter().skip(1).map(|measure| &measure.entry);
    let all = measures.chain(annex.kpis.iter().map(|kpi| &kpi.entry));
    let show = |e: &Entry| format!("{}:{}/{}", e.submitted_by, e.department.value, e.section.value);
    (all.map(show).collect(), found)
}

#[test]
fn entries_go_to_the_department_that_succeeds_theirs() {
    let with =
        |more: &str| format!("[[department]]\nname = \"総務部\"\nsections = [\"広報課\"]\n{more}");
    let renamed = "[[department]]\nname = \"政策部\"\nformerly = [\"企画部\"]\nsections = [\"統計課\", { name = \"地方課\", formerly = [\"地域課\"] }]\n";
    let (found, result) = owners(&with(renamed));
    assert_eq!(found, ["政策部:政策部/統計課", "政策部:政策部/地方課", "政策部:政策部/"]);
    assert!(result.notes.is_empty(), "{:?}", result.notes);

    // Divided: the sections decide, and a KPI goes with its measure.
    let divided = "[[department]]\nname = \"企画部\"\nsections = [\"統計課\"]\n[[department]]\nname = \"地域部\"\nformerly = [\"企画部\"]\nsections = [\"地域課\"]\n";
    let (found, result) = owners(&with(divided));
    assert_eq!(found, ["企画部:企画部/統計課", "地域部:地域部/地域課", "地域部:地域部/"]);
    assert!(result.notes.is_empty(), "{:?}", result.notes);

    // Joined with another one; a section is gone.
    let joined = "[[department]]\nname = \"総務企画部\"\nformerly = [\"総務部\", \"企画部\"]\nsections = [\"広報課\", \"統計課\"]\n";
    let (found, result) = owners(joined);
    let name = "総務企画部";
    let all = ["統計課", "地域課", ""].map(|section| format!("{name}:{name}/{section}"));
    assert_eq!(found, all);
    let gone =
        Note::SectionGone { department: name.into(), section: "地域課".into(), entries: 1 };
    assert_eq!(result.notes, [gone]);
}

#[test]
fn a_department_that_nobody_succeeds_is_an_orphan_with_the_likely_heir() {
    let now = "[[department]]\nname = \"総務部\"\nsections = [\"広報課\"]\n[[department]]\nname = \"デジタル部\"\nsections = [\"地域課\"]\n";
    let (_, result) = owners(now);
    let settings = edition(&["医療"], now);
    let orphans = result.orphans(&settings, None);
    let [orphan] = orphans.as_slice() else { panic!("{orphans:?}") };
    assert_eq!((orphan.department.as_str(), orphan.measures, orphan.kpis), ("企画部", 2, 1));
    assert_eq!(orphan.likely.as_deref(), Some("デジタル部"));

    // What somebody has taken over is not lost.
    let mut submitted = of_planning();
    submitted.measures.retain(|measure| measure.id.as_str() != "R6-003");
    let orphans = result.orphans(&settings, Some(&submitted));
    assert_eq!(orphans.iter().map(|o| (o.measures, o.kpis)).collect::<Vec<_>>(), [(1, 0)]);

    // What was abolished needs no heir.
    let mut old = of_planning();
    for measure in &mut old.measures {
        measure.status = said(Status::Abolished);
    }
    old.kpis.clear();
    assert!(succession(&settings, &old).orphans(&settings, None).is_empty());
}

#[test]
fn a_former_name_that_the_edition_before_lacks_is_told_with_the_nearest() {
    let now = "[[department]]\nname = \"政策部\"\nformerly = [\"企画局\", \"総務部\"]\nsections = [\"統計課\"]\n";
    let findings = check("edition.toml", &edition(&["保健←医薬"], now), &of_planning());
    let said: Vec<_> = findings.iter().map(|f| (f.found.as_str(), f.expected.as_str())).collect();
    assert_eq!(said, [("企画局", "企画部"), ("医薬", "")]);
    assert!(findings.iter().all(|f| f.place.line.is_some()));
}
