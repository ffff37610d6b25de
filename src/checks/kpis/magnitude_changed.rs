//! K516: a value of another order of magnitude than in the edition before.

use super::{forerunner, namesake, printed};
use crate::checks::figures::{Number, columns};
use crate::checks::prelude::*;
use crate::model::{Figure, Kpi, Reading, Sourced};
use crate::schema::{Column, FigureRole};

pub static RULE: Rule = Rule {
    code: "K516",
    name: "magnitude-changed",
    severity: Severity::Warning,
    title: "値の桁が前の版と違う",
    title_en: "value of another magnitude than before",
    what: "同じIDの{kpi}の同じ欄の値が、前の版の10倍前後以上、又は10分の1前後以下になっていないかを見ます（単位が同じもの）。",
    why: "0を1つ多く打つなど桁を誤った値が、そのまま公表されます。",
    mend: "値の桁を確かめてください。正しければ、そのままで構いません。",
    example: "前の版「1,551人」・今回「17,200人」→「1,720人」",
    source: "",
};

/// So many times the value before, or that part of it, is another magnitude: a digit too many is
/// seen although the value moved meanwhile.
const TIMES: f64 = 8.0;

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    let all = [FigureRole::Base, FigureRole::Interim, FigureRole::Actual, FigureRole::Target];
    for column in columns(context, &all) {
        for kpi in printed(context) {
            let Some(before) = forerunner(context, kpi) else { continue };
            let (figure, old) = (kpi.figure(&column.key), &before.figure(&column.key));
            let changed = figure.value.readings.iter().find_map(|reading| {
                let then = namesake(&old.value, reading)?;
                let ratio = ratio(reading, then)?;
                Some((reading, then, ratio))
            });
            if let Some((now, then, ratio)) = changed {
                let [now, then] = [(now, figure), (then, old)].map(|(reading, figure)| {
                    let value = reading.number.unwrap_or(f64::NAN);
                    Number { value, reading, figure, column }.shown()
                });
                findings.push(finding(kpi, column, [&now, &then], ratio, [figure, old]));
            }
        }
    }
}

/// How many times the value before a value is, where that is another magnitude.
fn ratio(now: &Reading, then: &Reading) -> Option<f64> {
    let (new, old) = (now.number?, then.number?);
    let ratio = new / old;
    let is_far = ratio >= TIMES || ratio <= 1.0 / TIMES;
    (now.unit == then.unit && new != 0.0 && old != 0.0 && ratio > 0.0 && is_far).then_some(ratio)
}

fn finding(
    kpi: &Kpi,
    column: &Column,
    [now, then]: [&str; 2],
    ratio: f64,
    [figure, old]: [&Sourced<Figure>; 2],
) -> Finding {
    let label = &column.label;
    let (times, times_en) = if ratio >= 1.0 {
        let times = ratio.round();
        (format!("約{times}倍"), format!("about {times} times"))
    } else {
        let part = ratio.recip().round();
        (format!("約{part}分の1"), format!("about 1/{part} of"))
    };
    let message = say!(
        "{label}の{now}が、前の版の{then}の{times}である",
        "{label} is {now}, {times_en} the {then} of the edition before"
    );
    let finding = RULE.finding(message).of(&kpi.submitted_by).at(&figure.at);
    finding.found(&figure.value.printed).expected(&old.value.printed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn a_digit_too_many_or_too_few_is_found() {
        finds(
            &RULE,
            r"
            == 前の版 01_総務部.xlsx
            KPI ID | 現状値  | 目標値
            R6-K01 | 1,551人 | 2,200人(R9)
            R6-K02 | 480件   | 6万件(R9)
            R6-K03 | 50.5%   | 60%(R9)
            == 01_総務部.xlsx
            KPI ID | 現状値      | 目標値
            R6-K01 | 17,200人    | 2,200人(R9)
                   | ^ K516 [期: 1,551人] [文: 前の版の1,551人の約11倍] |
            R6-K02 | 490件       | 600件(R9)
                   |             | ^ K516 [文: 約100分の1]
            R6-K03 | 0.52%       | 60%(R9)
                   | ^ K516      |
            ",
        );
    }

    #[test]
    fn growth_another_unit_and_zero_are_right() {
        silent(
            &RULE,
            r"
            == 前の版 01_総務部.xlsx
            KPI ID | 現状値  | 目標値
            R6-K01 | 1,551人 | 2,200人(R9)
            R6-K02 | 0件     | 5億円(R9)
            R6-K03 | 未測定  | 60%(R9)
            == 01_総務部.xlsx
            KPI ID | 現状値  | 目標値
            R6-K01 | 6,200人 | 9,000人(R9)
            R6-K02 | 90件    | 500百万円(R9)
            R6-K03 | 1%      | 60%(R9)
            ",
        );
    }
}
