//! K508: a target year before that of the current value.

use super::{printed, years};
use crate::checks::figures::columns;
use crate::checks::prelude::*;
use crate::schema::{Column, FigureRole};
use crate::text::era;

pub static RULE: Rule = Rule {
    code: "K508",
    name: "target-before-current",
    severity: Severity::Warning,
    title: "目標年度が{kpis.current}の年度より前である",
    title_en: "target year before the current value's",
    what: "{kpis.target}の年度が、{kpis.current}の年度（測定の時点、又は「R8から実施」の年度）より前になっていないかを見ます。",
    why: "もう過ぎた年度の目標か、年度の書き誤りです。",
    mend: "{kpis.current}か{kpis.target}の年度を直してください。",
    example: "{kpis.current}「R8から実施」・{kpis.target}「60%（R7）」→ {kpis.target}「60%（R9）」",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    let Some(target) = context.edition.schema.figure(FigureRole::Target) else { return };
    for current in columns(context, &[FigureRole::Actual]) {
        in_columns(context, current, target, findings);
    }
}

fn in_columns(context: &Context, current: &Column, target: &Column, findings: &mut Vec<Finding>) {
    let label = &current.label;
    for kpi in printed(context) {
        let now = years(&kpi.figure(&current.key).value).into_iter().max();
        let then = years(&kpi.figure(&target.key).value).into_iter().max();
        let (Some(now), Some(then)) = (now, then) else { continue };
        if then >= now {
            continue;
        }
        let (now, then) = (era::short(now), era::short(then));
        let message = say!(
            "目標年度{then}が{label}の年度{now}より前である",
            "the target year {then} is before the current value's, {now}"
        );
        findings.push(
            RULE.finding(message)
                .of(&kpi.submitted_by)
                .at(&kpi.figure(&target.key).at)
                .also_at([kpi.figure(&current.key).at.clone()])
                .found(&kpi.figure(&target.key).value.printed),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn a_target_of_the_past_is_found() {
        finds(
            &RULE,
            r"
            現状値          | 目標値
            500人(R8)       | 800人(R7)
            +               | ^ K508
            R8から実施      | 800人(R7)
            +               | ^ K508
            500人(R8.6月末) | 800人(R7)
            +               | ^ K508
            ",
        );
    }

    #[test]
    fn the_same_year_and_a_date_before_april_are_right() {
        silent(
            &RULE,
            r"
            現状値          | 目標値
            500人(R7)       | 800人(R7)
            500人(R8.3月末) | 800人(R7)
            500人           | 800人(R7)
            ",
        );
    }
}
