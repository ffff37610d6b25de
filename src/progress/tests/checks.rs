//! What the words of departments say against the judgement.

use super::*;
use crate::model::{Id, Link, Measure};
use crate::schema::{Column, Kind};

/// What is told of a KPI of 100 → `current` → 400 whose department writes `words` of it.
fn told(current: &str, words: &str, choices: &[&str], settings: &Settings) -> Vec<String> {
    let before = edition("R7", "人数", "100人", "400人(R9)");
    let mut annex = edition("R8", "人数", current, "400人(R9)");
    let column = Column {
        role: Role::Value,
        kind: if choices.is_empty() { Kind::Text } else { Kind::Choice },
        choices: choices.iter().map(|&choice| choice.to_owned()).collect(),
        ..Column::new("state", "評価")
    };
    std::sync::Arc::make_mut(&mut annex.schema).kpis.push(column);
    annex.kpis[0].value_mut("state").value = words.into();
    let progress = progress(&[&before, &annex], settings);
    let findings = check(&annex, &progress);
    let said = |finding: &crate::diag::Finding| {
        format!("{} {} {}", finding.rule.code, finding.found, finding.expected)
    };
    findings.iter().map(said).collect()
}

#[test]
fn a_word_of_the_department_that_denies_the_judgement_is_found() {
    let usual = Settings::default();
    let bands: &[&str] = &["S", "A", "B", "C"];
    for (current, words, choices, expected) in [
        ("150人", "達成", &[][..], "K550 達成 遅れています（判定 C）"),
        ("150人", "目標を達成した。", &[], "K550 目標を達成した。 遅れています（判定 C）"),
        ("400人", "未達成", &[], "K550 未達成 目標値に達しています（判定 S）"),
        (
            "400人",
            "目標は達成できなかった",
            &[],
            "K550 目標は達成できなかった 目標値に達しています（判定 S）",
        ),
        ("150人", "A", bands, "K550 A 判定 C"),
        ("150人", "Ａ", &[], "K550 Ａ 判定 C"),
        // These agree, or say nothing of it.
        ("150人", "C", bands, ""),
        ("150人", "未達成", &[], ""),
        ("400人", "達成", &[], ""),
        ("250人", "達成", &[], ""),
        ("150人", "達成率は38%", &[], ""),
        ("150人", "目標達成に向けて周知する", &[], ""),
        ("150人", "A", &["A", "甲"], ""),
        ("150人(達成)", "", &[], "K550 達成 遅れています（判定 C）"),
    ] {
        assert_eq!(told(current, words, choices, &usual).join("\n"), expected, "{current} {words}");
    }
    let unjudged = Settings { scheme: crate::edition::Scheme::None, ..usual };
    assert!(told("150人", "達成", &[], &unjudged).is_empty());
}

#[test]
fn a_kpi_that_is_not_judged_is_told_of_once_there_is_something_to_judge() {
    let of = |values: &[(&str, &str)]| {
        let editions: Vec<Annex> =
            values.iter().map(|(id, current)| edition(id, "割合", current, "30%(R9)")).collect();
        let progress = progress(&editions.iter().collect::<Vec<_>>(), &Settings::default());
        let findings = check(editions.last().unwrap(), &progress);
        // What the settings do not say is no department's to mend: no form goes back for it.
        assert!(findings.iter().all(|finding| finding.department.is_empty()));
        findings.iter().map(|finding| finding.rule.code).collect::<Vec<_>>()
    };
    assert_eq!(of(&[("R7", "50%")]), [""; 0]);
    assert_eq!(of(&[("R7", "50%"), ("R8", "45%")]), ["K551"]);
    assert_eq!(of(&[("R7", "20%"), ("R8", "25%")]), [""; 0]);
}

#[test]
fn a_measure_whose_words_deny_the_judgement_of_all_its_kpis_is_found() {
    let told = |current: &str, words: &str, choices: &[&str]| {
        let before = edition("R7", "人数", "100人", "400人(R9)");
        let mut annex = edition("R8", "人数", current, "400人(R9)");
        let column = Column {
            kind: if choices.is_empty() { Kind::Text } else { Kind::Choice },
            choices: choices.iter().map(|&choice| choice.to_owned()).collect(),
            ..Column::new("state", "評価")
        };
        std::sync::Arc::make_mut(&mut annex.schema).measures.push(column);
        let mut measure = Measure::default();
        measure.entry.id = Id("R8-001".into());
        measure.value_mut("state").value = words.into();
        annex.kpis[0].measures =
            vec![Link { measure: Some(measure.id.clone()), text: Sourced::default() }];
        annex.measures = vec![measure];
        let progress = progress(&[&before, &annex], &Settings::default());
        let findings = check(&annex, &progress);
        let said = |finding: &crate::diag::Finding| {
            format!("{} {} {}", finding.rule.code, finding.found, finding.expected)
        };
        findings.iter().map(said).collect::<Vec<_>>().join("\n")
    };
    let choices: &[&str] = &["順調", "概ね順調", "遅れている"];
    for (current, words, choices, expected) in [
        ("150人", "順調", choices, "K552 順調 R7-K01の判定 C"),
        ("400人", "遅れている", choices, "K552 遅れている R7-K01の判定 S"),
        ("150人", "目標を達成した。", &[], "K552 目標を達成した。 R7-K01の判定 C"),
        ("400人", "目標は達成できなかった。", &[], "K552 目標は達成できなかった。 R7-K01の判定 S"),
        // These agree, are between, or are not of the targets.
        ("150人", "遅れている", choices, ""),
        ("150人", "概ね順調", choices, ""),
        ("400人", "順調", choices, ""),
        ("150人", "手引の配布を達成した。", &[], ""),
    ] {
        assert_eq!(told(current, words, choices), expected, "{current} {words}");
    }
}
