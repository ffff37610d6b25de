//! Forms for the results of a year as departments send them in, filled in with what is invented.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use bessatsu::diag::Finding;
use bessatsu::edition::{self, Edition};
use bessatsu::forms;
use bessatsu::intake::figure;
use bessatsu::model::{Annex, Kpi, Status};
use bessatsu::publish::data;
use bessatsu::schema::keys;

/// How far the KPIs have come, one after the other.
pub const SHARES: [f64; 8] = [0.34, 0.3, 0.4, 0.22, 0.27, 0.05, 1.02, -0.08];

/// What was done of the measures, one after the other: 取組状況, 評価, 次年度の方向, 決算額.
pub const STATES: [[&str; 4]; 4] = [
    [
        "計画した研修を4回開き、延べ312人が受けた。受けた人の8割が「業務に生かせる」と答えた。",
        "順調",
        "継続",
        "1,204千円",
    ],
    [
        "仕組みの設計を終え、3市町で試行を始めた。試行で分かった入力の手間を減らすため、様式を改める。",
        "概ね順調",
        "拡充",
        "13,767千円",
    ],
    [
        "入札が不調となり、導入が年度末にずれ込んだ。仕様を分けて、来年度の早い時期に改めて公告する。",
        "遅れている",
        "見直し",
        "320千円",
    ],
    [
        "利用の手引を作り、全ての課室に配った。問い合わせの多い項目は、動画でも説明した。",
        "順調",
        "継続",
        "",
    ],
];

/// The settings and the annex of an edition that asks for results, with all of them filled in.
pub fn filled(folder: &Path) -> (Edition, Annex) {
    let text = fs::read_to_string(folder.join("edition.toml")).expect("settings");
    let (edition, findings) = edition::parse("edition.toml", &text);
    let is_asked = |finding: &Finding| finding.rule.code == "S119";
    assert!(findings.iter().all(is_asked), "{findings:#?}");
    let edition = edition.expect("TOML");
    let text = fs::read_to_string(folder.join("previous.json")).expect("the annex");
    let mut annex = data::read(&text).expect("an annex");
    annex.schema = Arc::clone(&edition.schema);
    annex.measures.retain(|measure| measure.is_printed());
    annex.kpis.retain(|kpi| kpi.is_printed());
    for (at, measure) in annex.measures.iter_mut().enumerate() {
        measure.status.value = Status::Continued;
        measure.note = None;
        for (key, text) in
            ["state", "grade", "next", "settled"].iter().zip(STATES[at % STATES.len()])
        {
            measure.value_mut(key).value = text.into();
        }
    }
    for (at, kpi) in annex.kpis.iter_mut().enumerate() {
        kpi.status.value = Status::Continued;
        kpi.note = None;
        reach(kpi, SHARES[at % SHARES.len()]);
    }
    (edition, annex)
}

/// Puts what stands at a share of the way to the target as the value of the year.
fn reach(kpi: &mut Kpi, share: f64) {
    let goals = kpi.figure(keys::TARGET).value.readings.clone();
    let mut printed = Vec::new();
    for reading in &kpi.figure(keys::CURRENT).value.readings {
        let goal = goals.iter().find(|goal| goal.mark == reading.mark).and_then(|goal| goal.number);
        let mark = reading.mark.map(String::from).unwrap_or_default();
        let (Some(from), Some(to)) = (reading.number, goal) else {
            printed.push(format!("{mark}未測定"));
            continue;
        };
        let reached = from + (to - from) * share;
        let whole = from.fract() == 0.0 && to.fract() == 0.0 && reading.unit != "%";
        let number = if whole { reached.round() } else { (reached * 10.0).round() / 10.0 };
        printed.push(format!("{mark}{}{}", bessatsu::progress::number(number), reading.unit));
    }
    let printed = if printed.is_empty() { "未測定".to_owned() } else { printed.join("\n") };
    kpi.figure_mut("result").value = figure::read(&printed);
}

/// Writes the forms of all departments, filled in, into a folder.
pub fn write(edition: &Edition, annex: &Annex, folder: &Path) {
    fs::create_dir_all(folder).expect("a folder");
    for department in &edition.departments {
        let form = forms::write(edition, department, Some(annex));
        let form = form.artifacts.into_iter().next().expect("a form");
        fs::write(folder.join(&form.name), form.bytes.as_slice()).expect("written");
    }
}
