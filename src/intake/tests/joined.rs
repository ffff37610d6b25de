//! Several forms in one annex: rounds, ids, order, links.

use super::form::{Form, edition, observations, read};
use crate::intake::{self, Source, SubmissionCache};
use crate::model::{Annex, KeptId, KnownIds, Measure, Outcome};
use crate::schema::Table;

fn form_of(department: &'static str, section: &str, names: &[&str]) -> Form {
    let mut form = Form::new();
    form.measures.rows.clear();
    form.kpis.rows.clear();
    for name in names {
        form.measures.row(name, &[("担当部局", department), ("担当課室", section)]);
    }
    form.measures.above[1] = vec!["部局名", department];
    form.kpis.above[1] = vec!["部局名", department];
    form
}

fn listed(annex: &Annex, pillar: usize, category: usize) -> Vec<String> {
    let listings = &annex.outline[pillar].headings[category].listings;
    let name = |l: &crate::model::Listing| annex.measure(&l.measure).unwrap().name.value.clone();
    listings
        .iter()
        .map(|l| format!("{}{}", name(l), if l.repost { "（再掲）" } else { "" }))
        .collect()
}

#[test]
fn the_higher_round_of_a_department_counts() {
    let mut newer = Form::new();
    newer.measures.above[2] = vec!["提出回", "2"];
    newer.measures.row("施策い", &[]);
    let intake = read(&[("b.xlsx", newer.bytes()), ("c.xlsx", Form::new().bytes())]);
    assert_eq!(intake.annex.measures.len(), 2);
    assert_eq!(observations(&intake.receipts[0]), [""; 0]);
    assert_eq!(observations(&intake.receipts[1]), ["SecondFile 提出回 1"]);
    assert_eq!(intake.receipts[1].outcome, Outcome::Superseded);
}

#[test]
fn of_equal_rounds_the_first_by_name_is_read_and_both_are_told() {
    let mut other = Form::new();
    other.measures.row("施策い", &[]);
    let intake = read(&[("c.xlsx", other.bytes()), ("b.xlsx", Form::new().bytes())]);
    assert_eq!(intake.annex.measures.len(), 1);
    for (receipt, outcome) in intake.receipts.iter().zip([Outcome::Read, Outcome::Superseded]) {
        assert_eq!(observations(receipt), ["SecondFile 提出回 1"]);
        assert_eq!(receipt.outcome, outcome);
    }
}

#[test]
fn a_category_lists_by_department_section_and_row_unless_an_order_is_given() {
    let mut later = form_of("企画部", "統計課", &["企画い"]);
    later.measures.row("企画あ", &[("担当部局", "企画部"), ("担当課室", "総合政策課")]);
    later.measures.row("企画共", &[("分野", "1(2)"), ("担当部局", "企画部"), ("再掲分野", "1(1)")]);
    let mut first = form_of("総務部", "広報課", &["総務あ", "総務い"]);
    first.measures.row("総務一", &[("掲載順", "1")]);
    first.measures.row("廃止", &[("区分", "廃止")]);
    let annex = read(&[("03_企画部.xlsx", later.bytes()), ("x.xlsx", first.bytes())]).annex;
    let expected = ["総務一", "総務あ", "総務い", "企画あ", "企画い", "企画共（再掲）"];
    assert_eq!(listed(&annex, 0, 0), expected);
    assert_eq!(annex.measures.len(), 7);
    // Numbers are given in printing order; what is printed nowhere comes last.
    let id =
        |name: &str| annex.measures.iter().find(|m| m.name.value == name).unwrap().id.0.clone();
    assert_eq!(id("総務一"), "R7-001");
    assert_eq!(id("企画共"), "R7-006");
    assert_eq!(id("廃止"), "R7-007");
}

#[test]
fn joint_owners_stand_after_the_sections_of_their_first_department() {
    let mut form = form_of("警察本部", "総務部情報管理課", &["警察い"]);
    let joint = [
        ("担当部局", "警察本部・企画部"),
        ("担当課室", "サイバー犯罪対策課・デジタルみやぎ推進課"),
    ];
    form.measures.rows.insert(0, Vec::new());
    form.measures.rows.remove(0);
    form.measures.row("共同", &joint);
    form.measures.rows.rotate_right(1);
    let annex = read(&[("14.xlsx", form.bytes())]).annex;
    assert_eq!(listed(&annex, 0, 0), ["警察い", "共同"]);
    let owners = &annex.measures.iter().find(|m| m.name.value == "共同").unwrap().owners;
    assert_eq!(owners.len(), 2);
}

#[test]
fn stated_ids_are_kept_and_new_numbers_follow_the_highest() {
    let mut form = Form::new();
    form.measures.rows.clear();
    form.measures.row("新しい", &[]);
    form.measures.row("古い", &[("施策ID", "Ｒ７-010")]);
    form.measures.row("二度目", &[("施策ID", "R7-010")]);
    form.measures.row("前の版", &[("施策ID", "R4-003")]);
    let annex = form.read().annex;
    let ids: Vec<(&str, &str)> =
        annex.measures.iter().map(|m| (m.id.as_str(), m.name.as_str())).collect();
    let expected =
        [("R4-003", "前の版"), ("R7-010", "古い"), ("R7-011", "新しい"), ("R7-012", "二度目")];
    assert_eq!(ids, expected);
}

#[test]
fn a_form_without_ids_finds_those_of_the_edition_before() {
    let previous = form_of("総務部", "広報課", &["施策あ", "施策い", "施策う"]).read().annex;
    let again = form_of("総務部", "広報課", &["施策う", "施策　あ", "施策え"]);
    let source = Source { name: "01_総務部.xlsx".into(), bytes: Ok(again.bytes()) };
    let annex = intake::run(&edition(), Some(&previous), vec![source]).annex;
    let ids: Vec<(&str, &str)> =
        annex.measures.iter().map(|m| (m.id.as_str(), m.name.as_str())).collect();
    assert_eq!(ids, [("R7-001", "施策\u{3000}あ"), ("R7-003", "施策う"), ("R7-004", "施策え")]);
}

#[test]
fn an_id_that_was_given_out_stays_whatever_is_added_renamed_or_taken_away() {
    let read = |known: KnownIds, names: &[&str]| {
        let bytes = form_of("総務部", "広報課", names).bytes();
        let source = Source { name: "01_総務部.xlsx".into(), bytes: Ok(bytes) };
        intake::run_with(&mut SubmissionCache::default(), &edition(), known, vec![source]).annex
    };
    let ids = |annex: &Annex| {
        let measures = annex.measures.iter();
        measures.map(|m| format!("{} {}", m.id, m.name.value)).collect::<Vec<_>>().join(", ")
    };
    let first = read(KnownIds::default(), &["広報紙の電子配信", "窓口予約", "地図の公開"]);
    assert_eq!(ids(&first), "R7-001 広報紙の電子配信, R7-002 窓口予約, R7-003 地図の公開");
    let row = |measure: &Measure| KeptId {
        id: measure.id.clone(),
        table: Table::Measures,
        department: measure.submitted_by.clone(),
        section: measure.section.value.clone(),
        heading: "1(1) 子育て支援".into(),
        name: measure.name.value.clone(),
    };
    let kept: Vec<KeptId> = first.measures.iter().map(row).collect();
    let known = KnownIds { previous: None, kept: &kept };
    let second = read(known, &["新しい施策", "地図の公開", "広報紙のデジタル配信", "窓口予約"]);
    let expected =
        "R7-001 広報紙のデジタル配信, R7-002 窓口予約, R7-003 地図の公開, R7-004 新しい施策";
    assert_eq!(ids(&second), expected);
    let third = read(known, &["あとの施策", "地図の公開"]);
    assert_eq!(ids(&third), "R7-003 地図の公開, R7-004 あとの施策");
}

#[test]
fn kpis_find_their_measures() {
    let mut form = form_of("総務部", "広報課", &["あ・い", "う", "え、お"]);
    form.measures.row("う", &[("分野", "1(2)")]);
    for (cell, found) in [
        ("あ・い", vec![Some("R7-001")]),
        ("う", vec![Some("R7-002")]),
        ("Ｒ７－００３", vec![Some("R7-003")]),
        ("あ・い・う", vec![Some("R7-001"), Some("R7-002")]),
        ("う、え、お", vec![Some("R7-002"), Some("R7-003")]),
        ("あ・\nい\nう", vec![Some("R7-001"), Some("R7-002")]),
        ("・う（再掲）", vec![Some("R7-002")]),
        ("ない\nう・ない", vec![None, None]),
        ("", vec![]),
    ] {
        form.kpis.rows.clear();
        form.kpis.row("指標", &[("対象施策", cell)]);
        let kpi = form.only_kpi();
        let links: Vec<Option<&str>> =
            kpi.measures.iter().map(|l| l.measure.as_ref().map(|id| id.as_str())).collect();
        assert_eq!(links, found, "{cell}");
    }
    form.kpis.rows.clear();
    form.kpis.row("指標", &[("対象施策", "う"), ("分野", "1(2)")]);
    assert_eq!(form.only_kpi().measures[0].measure.as_ref().unwrap().as_str(), "R7-004");
}

#[test]
fn categories_are_known_by_number_title_or_both() {
    for (text, found) in [
        ("1(1) 子育て支援", Some("1(1)")),
        ("１（１）　子育て支援", Some("1(1)")),
        ("1(1)", Some("1(1)")),
        ("子育て支援", Some("1(1)")),
        ("1(2) 子育て支援", None),
        ("１－（１）", Some("1(1)")),
        ("Ⅰ－１", Some("1(1)")),
        ("柱１ 分野１", Some("1(1)")),
        ("子育ての支援", Some("1(1)")),
        ("9(9)", None),
        ("子育て", None),
        ("", None),
    ] {
        let mut form = Form::new();
        form.measures.rows.clear();
        form.measures.row("施策あ", &[("分野", text)]);
        let category = form.only_measure().entry.category;
        assert_eq!(category.value.map(|id| id.to_string()).as_deref(), found, "{text}");
        if found.is_none() && !text.is_empty() {
            assert_eq!(category.raw.as_deref(), Some(text), "what was written is kept");
        }
    }
    let mut form = Form::new();
    form.measures.rows.clear();
    form.measures.row("施策あ", &[("再掲分野", "1(2)、防災\n3(6) 働き方改革・業務効率化")]);
    let reposts = form.only_measure().entry.reposts;
    let found: Vec<Option<String>> =
        reposts.iter().map(|r| r.value.map(|id| id.to_string())).collect();
    assert_eq!(found, [None, Some("3(6)".into())]);
    form.measures.rows.clear();
    form.measures.row("施策あ", &[("再掲分野", "1(2)、3(6)")]);
    assert_eq!(form.only_measure().reposts.len(), 2);
}

#[test]
fn the_result_does_not_depend_on_the_order_of_the_files() {
    let a = ("01_総務部.xlsx", Form::new().bytes());
    let b = ("03_企画部.xlsx", form_of("企画部", "統計課", &["企画あ"]).bytes());
    let (one, other) = (read(&[a.clone(), b.clone()]), read(&[b, a]));
    assert_eq!(one.annex, other.annex);
    assert_eq!(one.receipts, other.receipts);
}

#[test]
fn several_sections_of_a_department_stand_one_a_line() {
    let mut form = Form::new();
    form.measures.rows.clear();
    form.measures.row("施策あ", &[("担当課室", "広報課\n人事課")]);
    let sections: Vec<String> =
        form.only_measure().owners.iter().map(|owner| owner.section.clone()).collect();
    assert_eq!(sections, ["広報課", "人事課"]);
    form.measures.rows.clear();
    form.measures.row("施策あ", &[("担当課室", "広報課\nない課")]);
    assert_eq!(form.only_measure().owners.len(), 0, "all of them are known, or nobody is");
}
