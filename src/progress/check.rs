//! What the judgement and the department's own words say against each other, and what cannot be
//! judged for want of a setting.

use super::{Course, Progress, Standing, Track, measures};
use crate::diag::{Finding, Rule, Severity};
use crate::edition::Scheme;
use crate::model::{Annex, Kpi, Row};
use crate::schema::{Column, Role, Table};
use crate::text::key;

/// The rules on the judgement.
pub static RULES: &[&Rule] = &[&GRADE_DIFFERS, &NOT_JUDGED, &measures::RULE];

static GRADE_DIFFERS: Rule = Rule {
    code: "K550",
    name: "progress-grade-differs",
    severity: Severity::Warning,
    title: "{kpi}の判定が記載と食い違う",
    title_en: "the judgement of a KPI differs from what its department writes",
    what: "{kpi}の進み具合の判定（[progress]）が、{kpi}の欄に書かれた「達成」「未達成」や判定の区分（A、◎など）と同じかを見ます。{kpi}の欄と値の括弧書きを見ます。",
    why: "同じ{kpi}に、「達成」の記載と、{kpis.target}に届いていないという判定が並んで公表されます。",
    mend: "値か記載のどちらが正しいか、担当の部局に確かめてください。判定の方法が合わないときは、edition.toml の [progress] と [[kpi-direction]] を見直してください。",
    example: "{kpis.target} 400人、実績 350人の{kpi}の評価の欄に「達成」とある",
    source: "",
};

static NOT_JUDGED: Rule = Rule {
    code: "K551",
    name: "progress-not-judged",
    severity: Severity::Warning,
    title: "{kpi}の進み具合を判定できない",
    title_en: "the progress of a KPI cannot be judged",
    what: "2つ以上の年度の値がある{kpi}について、増減のどちらが良いか分かるか、足し上げる値に抜けた年度がないか、率を計算できるかを見ます。[progress] の scheme が \"none\" のときは見ません。",
    why: "{kpis.target}が基準値より小さい{kpi}は、減らすことが目標なのか、その水準を下回らないことが目標なのかが分かりません。推測では判定しないため、判定の欄が空になります。",
    mend: "edition.toml の [[kpi-direction]] に、その{kpi}の better（\"higher\"、\"lower\"、\"keep\"）を書いてください。値の抜けた年度は、部局に確かめて記入してください。",
    example: "[[kpi-direction]]\nkpi = \"R7-K01\"\nbetter = \"keep\"",
    source: "",
};

/// Texts that say that a target was reached, as a whole or by the words in them; and the
/// contrary, which is looked for first.
const REACHED: [&str; 4] = ["達成", "目標達成", "達成済", "達成済み"];
const REACHED_WITHIN: [&str; 3] = ["達成済", "達成した", "達成しました"];
const MISSED_WITHIN: [&str; 5] =
    ["未達", "達成していない", "達成していません", "達成できな", "達成しなかった"];

/// What the newest edition says against its progress.
pub fn check(annex: &Annex, progress: &Progress) -> Vec<Finding> {
    let mut findings = Vec::new();
    if progress.scheme == Scheme::None {
        return findings;
    }
    findings.extend(measures::against_words(annex, progress));
    for kpi in annex.kpis.iter().filter(|kpi| kpi.is_printed()) {
        let is_its =
            |track: &&Track| track.kpi == kpi.id && track.last_edition == annex.front.edition;
        let tracks: Vec<&Track> = progress.tracks.iter().filter(is_its).collect();
        if let Some(track) = tracks.iter().find(|track| is_unjudged(&track.course)) {
            findings.push(not_judged(annex, kpi, track));
        }
        findings.extend(against_words(annex, progress, kpi, &tracks));
    }
    findings
}

fn is_unjudged(course: &Course) -> bool {
    match course.standing {
        Standing::DirectionUnclear => course.has_begun(),
        Standing::YearMissing | Standing::NoRate => true,
        _ => false,
    }
}

fn not_judged(annex: &Annex, kpi: &Kpi, track: &Track) -> Finding {
    let word = &annex.schema.words.kpi;
    let why = annex.schema.fill(track.course.standing.label());
    let message = say!("{word}の進み具合を判定できない：{why}", "the KPI cannot be judged: {why}");
    let finding = NOT_JUDGED.finding(message).at(&kpi.name.at);
    let finding = finding.found(kpi.name.value.replace('\n', " "));
    // A year that is missing is the department's to fill in; the rest is for the settings to say.
    match track.course.standing {
        Standing::YearMissing => finding.of(&kpi.submitted_by),
        _ => finding,
    }
}

/// What a text says of a target.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Claim {
    Reached,
    Missed,
}

impl Claim {
    pub fn of(text: &str) -> Option<Self> {
        let text = key(text);
        if MISSED_WITHIN.iter().any(|words| text.contains(words)) {
            return Some(Self::Missed);
        }
        let is_reached = REACHED.contains(&text.as_str())
            || REACHED_WITHIN.iter().any(|words| text.contains(words));
        is_reached.then_some(Self::Reached)
    }

    /// Whether the numbers of all tracks say the contrary. What is on its way may have reached
    /// what was to be reached in its year.
    fn is_denied(self, tracks: &[&Track]) -> bool {
        let is =
            |track: &&Track, standings: &[Standing]| standings.contains(&track.course.standing);
        match self {
            Self::Reached => {
                tracks.iter().any(|track| is(track, &[Standing::Behind, Standing::NotYetMet]))
            }
            Self::Missed => {
                !tracks.is_empty() && tracks.iter().all(|track| is(track, &[Standing::Met]))
            }
        }
    }
}

/// The texts of a KPI that say something else than its judgement.
fn against_words(annex: &Annex, progress: &Progress, kpi: &Kpi, tracks: &[&Track]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for column in annex.schema.columns(Table::Kpis) {
        let texts: Vec<String> = match column.role {
            Role::Value | Role::Note => vec![kpi.text(column).into_owned()],
            Role::Figure { .. } => {
                let readings = &kpi.figure(&column.key).value.readings;
                readings.iter().flat_map(|reading| reading.remarks.clone()).collect()
            }
            _ => continue,
        };
        for text in texts {
            let denied = Claim::of(&text).filter(|claim| claim.is_denied(tracks));
            let ours = match denied {
                Some(_) => standing(annex, tracks),
                None => other_band(progress, column, &text, tracks),
            };
            let Some(ours) = ours else { continue };
            let (word, label) = (&annex.schema.words.kpi, &column.label);
            let message = say!(
                "{word}の「{label}」の記載が、進み具合の判定と食い違う",
                "“{label}” of the KPI differs from its judgement"
            );
            let finding = GRADE_DIFFERS.finding(message).of(&kpi.submitted_by);
            let place = kpi.places(column).into_iter().next().unwrap_or(&kpi.name.at);
            findings.push(finding.at(place).found(text).expected(ours));
        }
    }
    findings
}

/// How the KPI stands by its numbers: 「遅れています（判定 D）」.
fn standing(annex: &Annex, tracks: &[&Track]) -> Option<String> {
    let worst = tracks.iter().find(|track| track.course.standing != Standing::Met);
    let course = &worst.or_else(|| tracks.first())?.course;
    let words = annex.schema.fill(course.standing.label());
    let band = course.band.as_ref().map(|band| format!("（判定 {band}）")).unwrap_or_default();
    Some(format!("{words}{band}"))
}

/// Our band, where the department chose another of the same names.
fn other_band(
    progress: &Progress,
    column: &Column,
    text: &str,
    tracks: &[&Track],
) -> Option<String> {
    let [track] = tracks else { return None };
    let own = track.course.band.as_ref()?;
    let is_band = |word: &str| progress.bands.iter().any(|band| key(&band.name) == key(word));
    // A column of other choices that has one of the names by chance is none of judgements.
    let is_of_bands = column.choices.is_empty()
        || column.choices.iter().filter(|choice| is_band(choice)).count() > 1;
    (is_of_bands && is_band(text) && key(text) != key(own)).then(|| format!("判定 {own}"))
}
