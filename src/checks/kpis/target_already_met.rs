//! K510: a target that the current value has reached already.

use super::{direction, printed};
use crate::checks::figures::{Pair, pairs};
use crate::checks::prelude::*;
use crate::edition::{Better, Edition};
use crate::model::{Comparison, Kpi};

pub static RULE: Rule = Rule {
    code: "K510",
    name: "target-already-met",
    severity: Severity::Info,
    title: "{kpis.target}が{kpis.current}から進んでいない",
    title_en: "target already met",
    what: "{kpis.target}が{kpis.current}と同じか、{kpis.current}より後ろ向きでないかを見ます。増やす指標か減らす指標かは、edition.toml の [[kpi-direction]] か、{kpis.target}の「以上」「以下」で分かります。設定に向きを書いた{kpi}の{kpis.target}が後ろ向きのときは警告に、ほかは情報にします。",
    why: "もう達成している目標では、計画の間の進み具合を測れません。{kpis.current}と{kpis.target}を書き違えていることもあります。",
    mend: "{kpis.target}を見直してください。水準を保つことが目標であれば、そのままで構いません（事務局が edition.toml の [[kpi-direction]] に better = \"keep\" と書くと、この指摘は出ません）。減らすことが目標の指標であれば、その旨を「{measures.note}」に書いてください（事務局は、edition.toml の [[kpi-direction]] に better = \"lower\" と書いてください）。",
    example: "{kpis.current}「974人」・{kpis.target}「500人（R9）」→ {kpis.target}「1,200人（R9）」",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    let pairs = pairs(context);
    for kpi in printed(context) {
        let behind = pairs
            .iter()
            .filter(|pair| pair.kpi.id == kpi.id)
            .find_map(|pair| Some((pair, standing(context.edition, pair)?)));
        if let Some((pair, standing)) = behind {
            let note = context.fill("{kpis.note}");
            findings.push(finding(&note, kpi, pair, standing));
        }
    }
}

/// How a target stands to the current value, where it asks for no more.
#[derive(Clone, Copy)]
enum Standing {
    Same,
    /// By the target's own 以上 or 以下.
    Met,
    /// By the direction of the settings.
    Behind,
    /// Less than now, and nobody says whether less is better.
    Smaller,
}

fn standing(edition: &Edition, pair: &Pair) -> Option<Standing> {
    let (now, then) = (pair.current.value, pair.target.value);
    let (unit, other) = (&pair.current.reading.unit, &pair.target.reading.unit);
    if unit != other && !unit.is_empty() {
        return None;
    }
    if direction(edition, pair.kpi) == Some(Better::Keep) {
        return None;
    }
    if now == then {
        return Some(Standing::Same);
    }
    let (better, standing) = match (direction(edition, pair.kpi), pair.target.reading.comparison) {
        (Some(better), _) => (better, Standing::Behind),
        (None, Some(Comparison::AtLeast | Comparison::Above)) => (Better::Higher, Standing::Met),
        (None, Some(Comparison::AtMost | Comparison::Below)) => (Better::Lower, Standing::Met),
        (None, None) => (Better::Higher, Standing::Smaller),
    };
    let asks_for_more = match better {
        Better::Higher | Better::Keep => then > now,
        Better::Lower => then < now,
    };
    (!asks_for_more).then_some(standing)
}

fn finding(note: &str, kpi: &Kpi, pair: &Pair, standing: Standing) -> Finding {
    let (now, then) = (pair.current.shown(), pair.target.shown());
    let (present, goal) = (&pair.current.column.label, &pair.target.column.label);
    let (message, help, severity) = match standing {
        Standing::Same => (
            say!("{goal}が{present}{now}と同じである", "the target equals the current {now}"),
            Say::default(),
            RULE.severity,
        ),
        Standing::Met => (
            say!(
                "{goal}{then}を{present}{now}が既に満たしている",
                "the current {now} meets the target {then} already"
            ),
            Say::default(),
            RULE.severity,
        ),
        Standing::Behind => (
            say!(
                "{goal}{then}が{present}{now}より後ろ向きである",
                "the target {then} is behind the current {now}"
            ),
            Say::default(),
            Severity::Warning,
        ),
        Standing::Smaller => (
            say!(
                "{goal}{then}が{present}{now}より小さい",
                "the target {then} is less than the current {now}"
            ),
            say!(
                "減らすことが目標の指標であれば、その旨を「{note}」に書いてください（事務局は、edition.toml の [[kpi-direction]] に better = \"lower\" と書いてください）。",
                "If less is better, say so under [[kpi-direction]] in the settings"
            ),
            RULE.severity,
        ),
    };
    RULE.finding(message)
        .of(&kpi.submitted_by)
        .at(&pair.target.figure.at)
        .also_at([pair.current.figure.at.clone()])
        .found(&pair.target.figure.value.printed)
        .help(help)
        .severity(severity)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn targets_that_ask_for_no_more_are_found() {
        finds(
            &RULE,
            r"
            現状値 | 目標値
            100%   | 100%(R9)
            +      | ^ K510 [文: と同じ]
            974人  | 500人(R9)
            +      | ^ K510 [文: より小さい] [直: better]
            2件    | 5件以下(R9)
            +      | ^ K510 [文: 既に満たしている]
            8件    | 5件以上(R9)
            +      | ^ K510 [文: 既に満たしている]
            ",
        );
    }

    #[test]
    fn a_direction_of_the_settings_makes_it_a_warning() {
        finds(
            &RULE,
            r#"
            主なKPI          | 現状値 | 目標値
            広報紙の購読者数 | 8件    | 5件(R9)
                             | +      | ^ K510 warning [文: 後ろ向き]
            苦情の件数       | 5件    | 8件(R9)
                             | +      | ^ K510 warning [文: 後ろ向き]
            == edition.toml
            [[kpi-direction]]
            kpi = "広報紙の購読者数"
            better = "higher"
            [[kpi-direction]]
            kpi = "苦情の件数"
            better = "lower"
            "#,
        );
    }

    #[test]
    fn a_lower_target_is_right_where_lower_is_better() {
        silent(
            &RULE,
            r#"
            主なKPI    | 現状値 | 目標値
            苦情の割合 | 65.5%  | 50%(R8)
            苦情の件数 | 8件    | 5件以下(R9)
            待ち時間   | 49.6分 | 全国平均(R9)
            == edition.toml
            [[kpi-direction]]
            kpi = "苦情の割合"
            better = "lower"
            "#,
        );
    }
}
