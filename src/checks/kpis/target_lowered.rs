//! K518: a target that asks for less than in the edition before.

use super::{direction, forerunner, namesake, printed};
use crate::checks::figures::{AIMS, KNOWN, Number, columns};
use crate::checks::prelude::*;
use crate::edition::Better;
use crate::model::{Comparison, Kpi, Reading};
use crate::schema::Column;

pub static RULE: Rule = Rule {
    code: "K518",
    name: "target-lowered",
    severity: Severity::Warning,
    title: "{kpis.target}が前の版より後退している",
    title_en: "target lowered since the edition before",
    what: "同じIDの{kpi}の{kpis.target}が、前の版より後ろ向きになっていないかを見ます（単位が同じもの）。増やす指標か減らす指標かは、edition.toml の [[kpi-direction]]、{kpis.target}の「以上」「以下」、前の版の{kpis.current}から{kpis.target}への向きの順で判断します。",
    why: "{kpis.target}の引下げは説明を求められます。書き誤りであれば、知らないうちに計画が後退します。",
    mend: "前の版の{kpis.target}に戻すか、引き下げた理由を「{measures.note}」に書いてください。",
    example: "前の版「30%（R9）」・今回「20%（R9）」→「30%（R9）」",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    for column in columns(context, &AIMS) {
        for kpi in printed(context) {
            let Some(before) = forerunner(context, kpi) else { continue };
            let (figure, old) = (kpi.figure(&column.key), before.figure(&column.key));
            let lowered = figure.value.readings.iter().find_map(|reading| {
                let then = namesake(&old.value, reading)?;
                is_lowered(context, [kpi, before], [reading, then]).then_some((reading, then))
            });
            let Some((now, then)) = lowered else { continue };
            let shown = |reading, figure| Some(shown(reading, figure, column)?.shown());
            let (Some(now), Some(then)) = (shown(now, figure), shown(then, old)) else { continue };
            let label = &column.label;
            let message = say!(
                "{label}が前の版の{then}から{now}に後退している",
                "the target went back from {then} to {now}"
            );
            let finding = RULE.finding(message).of(&kpi.submitted_by).at(&figure.at);
            findings.push(finding.found(&figure.value.printed).expected(&old.value.printed));
        }
    }
}

fn shown<'a>(
    reading: &'a Reading,
    figure: &'a crate::model::Sourced<crate::model::Figure>,
    column: &'a Column,
) -> Option<Number<'a>> {
    Some(Number { value: reading.number?, reading, figure, column })
}

fn is_lowered(context: &Context, [kpi, before]: [&Kpi; 2], [now, then]: [&Reading; 2]) -> bool {
    let (Some(new), Some(old)) = (now.number, then.number) else { return false };
    let by_target = || by_comparison(now).or_else(|| by_comparison(then));
    let better = || match direction(context.edition, kpi) {
        // What is to be kept is at least so much, unless the target itself says 以下.
        Some(Better::Keep) => by_target().or(Some(Better::Higher)),
        Some(better) => Some(better),
        None => by_target().or_else(|| by_course(context, before, then, old)),
    };
    now.unit == then.unit
        && new != old
        && match better() {
            Some(Better::Higher | Better::Keep) => new < old,
            Some(Better::Lower) => new > old,
            None => false,
        }
}

fn by_comparison(target: &Reading) -> Option<Better> {
    Some(match target.comparison? {
        Comparison::AtLeast | Comparison::Above => Better::Higher,
        Comparison::AtMost | Comparison::Below => Better::Lower,
    })
}

/// Which way the edition before went, from its current value to its target.
fn by_course(context: &Context, before: &Kpi, target: &Reading, aim: f64) -> Option<Better> {
    let columns = columns(context, &KNOWN).into_iter().rev();
    let mut known = columns.filter_map(|column| {
        let current = namesake(&before.figure(&column.key).value, target)?;
        current.number.filter(|_| current.unit == target.unit)
    });
    let from = known.next().filter(|from| *from != aim)?;
    Some(if aim > from { Better::Higher } else { Better::Lower })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn a_target_that_moved_back_is_found() {
        finds(
            &RULE,
            r#"
            == 前の版 01_総務部.xlsx
            KPI ID | 主なKPI | 現状値 | 目標値
            R6-K01 | 利用率  | 20%    | 30%(R9)
            R6-K02 | 苦情    | 50件   | 10件(R9)
            R6-K03 | 待ち    | 未測定 | 5分以下(R9)
            R6-K04 | 来庁    | 未測定 | 300人(R9)
            R6-K05 | ①甲\n②乙 | ①5件②8件 | ①9件②20件(R9)
            == 01_総務部.xlsx
            KPI ID | 主なKPI | 現状値 | 目標値
            R6-K01 | 利用率  | 22%    | 25%(R9)
                   |         |        | ^ K518 [期: 30%(R9)] [文: 30%から25%に]
            R6-K02 | 苦情    | 40件   | 20件(R9)
                   |         |        | ^ K518
            R6-K03 | 待ち    | 未測定 | 8分以下(R9)
                   |         |        | ^ K518
            R6-K04 | 来庁    | 未測定 | 200人(R9)
                   |         |        | ^ K518
            R6-K05 | ①甲\n②乙 | ①6件②9件 | ①9件②15件(R9)
                   |         |        | ^ K518
            == edition.toml
            [[kpi-direction]]
            kpi = "来庁"
            better = "higher"
            "#,
        );
    }

    #[test]
    fn a_target_that_moved_on_and_one_of_unknown_direction_are_right() {
        silent(
            &RULE,
            r"
            == 前の版 01_総務部.xlsx
            KPI ID | 現状値 | 目標値
            R6-K01 | 20%    | 30%(R9)
            R6-K02 | 50件   | 10件(R9)
            R6-K03 | 未測定 | 300人(R9)
            R6-K04 | 20%    | 30人(R9)
            == 01_総務部.xlsx
            KPI ID | 現状値 | 目標値
            R6-K01 | 22%    | 35%(R9)
            R6-K02 | 40件   | 5件(R9)
            R6-K03 | 未測定 | 200人(R9)
            R6-K04 | 22%    | 20人(R9)
            ",
        );
    }
}
