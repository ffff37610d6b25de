//! What the departments say of a measure against the judgement of its KPIs.

use super::check::Claim;
use super::{Progress, Standing, Track};
use crate::diag::{Finding, Rule, Severity};
use crate::model::{Annex, Measure, Row};
use crate::schema::{Column, Kind, Paper, Role, Table};
use crate::text::key;

pub static RULE: Rule = Rule {
    code: "K552",
    name: "measure-against-grades",
    severity: Severity::Warning,
    title: "{measure}の評価が{kpi}の判定と食い違う",
    title_en: "what is said of a measure differs from the judgement of its KPIs",
    what: "{measure}の選ぶ欄の「順調」「遅れている」など、又は文中の「目標を達成した」「目標値を達成した」が、その{measure}を対象とする{kpi}の判定（[progress]）の全てと反対になっていないかを見ます。「順調」は全ての{kpi}が一番下の区分のとき、「遅れている」は全てが一番上の区分のときに指摘します。判定のある{kpi}がない{measure}は見ません。",
    why: "「順調」とした{measure}の{kpi}が全て一番下の判定では、読む人はどちらを信じてよいか分かりません。",
    mend: "{measure}の評価か{kpi}の値のどちらが実情に合うか、担当の部局に確かめてください。{kpi}に表れない事情があるときは、取組状況に書き、[[accept]] に理由を書いてください。",
    example: "{kpi}が全て判定 D の{measure}の評価が「順調」",
    source: "",
};

/// What is said where a measure does well, and where it does not, as a choice.
const WELL: [&str; 5] = ["順調", "計画どおり", "達成", "◎", "計画通り"];
const BADLY: [&str; 6] = ["遅れ", "遅れている", "大幅に遅れている", "未達成", "不調", "×"];

/// What a text says of the targets of a measure is said with this word; 「達成した」 alone may be of
/// anything.
const TARGETS: [&str; 3] = ["目標を", "目標値を", "目標は"];

pub fn against_words(annex: &Annex, progress: &Progress) -> Vec<Finding> {
    let mut findings = Vec::new();
    for measure in annex.measures.iter().filter(|measure| measure.is_printed()) {
        let tracks = tracks_of(annex, progress, measure);
        if tracks.is_empty() {
            continue;
        }
        for column in annex.schema.on(Table::Measures, Paper::Form) {
            if column.role != Role::Value || column.locked {
                continue;
            }
            let text = measure.text(column);
            if is_denied(progress, column, &text, &tracks) {
                findings.push(finding(annex, measure, column, &tracks));
            }
        }
    }
    findings
}

/// The judged tracks of the KPIs that are of a measure.
fn tracks_of<'a>(annex: &Annex, progress: &'a Progress, measure: &Measure) -> Vec<&'a Track> {
    let of_it = annex.kpis.iter().filter(|kpi| {
        kpi.is_printed()
            && kpi.measures.iter().any(|link| link.measure.as_ref() == Some(&measure.id))
    });
    let ids: Vec<_> = of_it.map(|kpi| &kpi.id).collect();
    let newest = &annex.front.edition;
    let its = progress.tracks.iter().filter(|track| ids.contains(&&track.kpi));
    its.filter(|track| track.last_edition == *newest && track.course.band.is_some()).collect()
}

fn is_denied(progress: &Progress, column: &Column, text: &str, tracks: &[&Track]) -> bool {
    let all_in = |band: Option<&super::Band>| {
        let name = band.map(|band| band.name.as_str());
        tracks.iter().all(|track| track.course.band.as_deref() == name)
    };
    let is = |standing: Standing| tracks.iter().all(|track| track.course.standing == standing);
    if column.kind == Kind::Choice {
        let text = key(text);
        let is_among = |words: &[&str]| words.iter().any(|word| key(word) == text);
        return is_among(&WELL) && all_in(progress.bands.last())
            || is_among(&BADLY) && all_in(progress.bands.first());
    }
    if !TARGETS.iter().any(|word| text.contains(word)) {
        return false;
    }
    match Claim::of(text) {
        Some(Claim::Reached) => is(Standing::Behind) || is(Standing::NotYetMet),
        Some(Claim::Missed) => is(Standing::Met),
        None => false,
    }
}

fn finding(annex: &Annex, measure: &Measure, column: &Column, tracks: &[&Track]) -> Finding {
    let words = &annex.schema.words;
    let (word, kpi, label) = (&words.measure, &words.kpi, &column.label);
    let message = say!(
        "{word}の「{label}」の記載が、{kpi}の判定と食い違う",
        "“{label}” of the measure differs from the judgement of its KPIs"
    );
    let judged = |track: &&Track| {
        let band = track.course.band.clone().unwrap_or_default();
        format!("{}の判定 {band}", track.kpi)
    };
    let grades: Vec<String> = tracks.iter().map(judged).collect();
    let place = measure.places(column).into_iter().next().unwrap_or(&measure.name.at);
    let finding = RULE.finding(message).of(&measure.submitted_by).at(place);
    finding.found(measure.text(column).replace('\n', " ")).expected(grades.join("、"))
}
