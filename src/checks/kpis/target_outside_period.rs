//! K507: a target year outside the plan's period.

use super::{printed, years};
use crate::checks::figures::columns;
use crate::checks::prelude::*;
use crate::schema::{Column, FigureRole};
use crate::text::era;

pub static RULE: Rule = Rule {
    code: "K507",
    name: "target-outside-period",
    severity: Severity::Warning,
    title: "目標年度が計画期間の外である",
    title_en: "target year outside the plan's period",
    what: "{kpis.target}に書かれた年度が、版の設定の計画期間に入っているかを見ます。",
    why: "期間の外の目標は、この計画の評価に使えません。年度の書き誤りや、前の計画の目標の残りかもしれません。",
    mend: "計画期間の中の年度に改めてください。ほかの計画の目標をそのまま使うときは、その旨を「{measures.note}」に書いてください（事務局が例外として認められます）。",
    example: "計画期間R7～R9・{kpis.target}「90%（R12）」→「85%（R9）」",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    for target in columns(context, &[FigureRole::Target]) {
        in_column(context, target, findings);
    }
}

fn in_column(context: &Context, target: &Column, findings: &mut Vec<Finding>) {
    let (first, last) = (context.edition.front.first_year, context.edition.front.last_year);
    for kpi in printed(context) {
        let Some(year) =
            years(&kpi.figure(&target.key).value).into_iter().find(|y| *y < first || *y > last)
        else {
            continue;
        };
        let (year, first, last) = (era::short(year), era::short(first), era::short(last));
        let message = say!(
            "目標年度{year}が計画期間{first}～{last}の外である",
            "the target year {year} is outside {first}–{last}"
        );
        findings.push(
            RULE.finding(message)
                .of(&kpi.submitted_by)
                .at(&kpi.figure(&target.key).at)
                .found(&kpi.figure(&target.key).value.printed)
                .expected(format!("{first}～{last}")),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn years_before_and_after_the_period_are_found() {
        finds(
            &RULE,
            r"
            目標値
            800人(R6)
            ^ K507 [期: R7～R9]
            800人(R10)
            ^ K507
            800人（令和12年度）
            ^ K507
            ",
        );
    }

    #[test]
    fn the_first_and_the_last_year_are_inside() {
        silent(
            &RULE,
            r"
            目標値
            800人(R7)
            800人(R9)
            ",
        );
    }
}
