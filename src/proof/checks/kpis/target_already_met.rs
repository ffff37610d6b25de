//! K510: a target that the current value has reached already.

use super::printed;
use crate::diag::{Finding, Rule, Severity};
use crate::edition::{Better, Edition};
use crate::model::{Comparison, Kpi, Reading};
use crate::proof::checks::Context;
use crate::proof::checks::pairs::{Pair, pairs};
use crate::text;

pub static RULE: Rule = Rule {
    code: "K510",
    name: "target-already-met",
    severity: Severity::Info,
    title: "目標値が現状値から進んでいない",
    title_en: "target already met",
    what: "目標値が現状値と同じか、現状値より後ろ向きでないかを見ます。増やす指標か減らす指標かは、edition.toml の [[kpi-direction]] か、目標値の「以上」「以下」で分かります。どちらとも分からないときは、増やす指標とみなして情報として知らせます。",
    why: "もう達成している目標では、計画の間の進み具合を測れません。現状値と目標値を書き違えていることもあります。",
    mend: "目標値を見直してください。水準を保つことが目標であれば、そのままで構いません。減らすことが目標の指標は、設定に better = \"lower\" と書いてください。",
    example: "現状値「974人」・目標値「500人(R9)」→ 目標値「1,200人(R9)」",
    source: "",
};

pub(in crate::proof::checks) fn check(context: &Context, findings: &mut Vec<Finding>) {
    let pairs = pairs(context);
    for kpi in printed(context) {
        let behind = pairs
            .iter()
            .filter(|pair| pair.kpi.id == kpi.id)
            .find_map(|pair| Some((pair, standing(context.edition, pair)?)));
        if let Some((pair, standing)) = behind {
            findings.push(finding(kpi, pair, standing));
        }
    }
}

/// How a target stands to the current value, where it asks for no more.
#[derive(Clone, Copy, PartialEq)]
enum Standing {
    Same,
    /// Worse than the current value; whether the direction is known.
    Behind(bool),
}

fn standing(edition: &Edition, pair: &Pair) -> Option<Standing> {
    let (now, then) = (pair.current.number?, pair.target.number?);
    if pair.current.unit != pair.target.unit && !pair.current.unit.is_empty() {
        return None;
    }
    let stated = direction(edition, pair.kpi, pair.target);
    let behind = match stated.unwrap_or(Better::Higher) {
        Better::Higher => then < now,
        Better::Lower => then > now,
    };
    match (then == now, behind) {
        (true, _) => Some(Standing::Same),
        (false, true) => Some(Standing::Behind(stated.is_some())),
        (false, false) => None,
    }
}

/// Which way is better, by the settings or by the target's own words.
fn direction(edition: &Edition, kpi: &Kpi, target: &Reading) -> Option<Better> {
    let set = edition.directions.iter().find(|direction| {
        direction.kpi == kpi.id.as_str() || text::key(&direction.kpi) == text::key(&kpi.name.value)
    });
    match (set, target.comparison) {
        (Some(direction), _) => Some(direction.better),
        (None, Some(Comparison::AtLeast | Comparison::Above)) => Some(Better::Higher),
        (None, Some(Comparison::AtMost | Comparison::Below)) => Some(Better::Lower),
        (None, None) => None,
    }
}

fn finding(kpi: &Kpi, pair: &Pair, standing: Standing) -> Finding {
    let number = |reading: &Reading| {
        let mark = reading.mark.map(String::from).unwrap_or_default();
        format!("{mark}{}{}", reading.number.unwrap_or_default(), reading.unit)
    };
    let (now, then) = (number(pair.current), number(pair.target));
    let (message, severity) = match standing {
        Standing::Same => {
            (say!("目標値が現状値{now}と同じである", "the target equals the current {now}"), None)
        }
        Standing::Behind(known) => (
            say!(
                "目標値{then}が現状値{now}より後ろ向きである",
                "the target {then} is behind the current {now}"
            ),
            known.then_some(Severity::Warning),
        ),
    };
    let finding = RULE.finding(message).of(&kpi.submitted_by).at(&kpi.target.at);
    let finding = finding.also_at([kpi.current.at.clone()]).found(&kpi.target.value.printed);
    finding.severity(severity.unwrap_or(RULE.severity))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edition::Direction;
    use crate::proof::checks::testing::{Case, finds, silent, write_figure};

    const CELLS: &str = "01_総務部.xlsx「様式２　KPI」H7 + 01_総務部.xlsx「様式２　KPI」G7";

    fn values(case: &mut Case, current: &str, target: &str) {
        write_figure(&mut case.kpi().current, current);
        write_figure(&mut case.kpi().target, target);
    }

    fn set(case: &mut Case, better: Better) {
        case.edition.directions = vec![Direction { kpi: "R7-K01".into(), better, line: 90 }];
    }

    #[test]
    fn targets_that_ask_for_no_more_are_found() {
        finds(&RULE, |case| values(case, "100%", "100%(R9)"), &[CELLS]);
        finds(&RULE, |case| values(case, "974人", "500人(R9)"), &[CELLS]);
        finds(&RULE, |case| values(case, "2件", "5件以下(R9)"), &[CELLS]);
        finds(&RULE, |case| values(case, "8件", "5件以上(R9)"), &[CELLS]);
    }

    #[test]
    fn a_direction_of_the_settings_makes_it_a_warning() {
        for (better, current, target) in
            [(Better::Higher, "8件", "5件(R9)"), (Better::Lower, "5件", "8件(R9)")]
        {
            let mut case = Case::sound();
            values(&mut case, current, target);
            set(&mut case, better);
            let severities: Vec<_> =
                case.findings_of(&RULE).into_iter().map(|f| f.severity).collect();
            assert_eq!(severities, [Severity::Warning]);
        }
    }

    #[test]
    fn a_lower_target_is_right_where_lower_is_better() {
        silent(&RULE, |case| {
            values(case, "65.5%", "50%(R8)");
            set(case, Better::Lower);
        });
        silent(&RULE, |case| values(case, "8件", "5件以下(R9)"));
        silent(&RULE, |case| values(case, "49.6分", "全国平均(R9)"));
    }
}
