//! K512: a current value that contradicts the edition before.

use super::{forerunner, printed};
use crate::checks::figures::{KNOWN, columns};
use crate::checks::prelude::*;
use crate::model::Reading;
use crate::schema::Column;

pub static RULE: Rule = Rule {
    code: "K512",
    name: "current-contradicts-previous",
    severity: Severity::Warning,
    title: "同じ時点の{kpis.current}が前の版と違う",
    title_en: "current value contradicts the edition before",
    what: "同じIDの{kpi}で、同じ年度・同じ時点と書かれた{kpis.current}が、前の版と同じ値かを見ます。",
    why: "同じ時点の値が版によって違うと、どちらが正しいのかが分かりません。",
    mend: "時点を今回のものに改めるか、値を訂正した旨を{measures.note}に書いてください。",
    example: "前の版「74.7%（R5）」・今回「76.0%（R5）」→「76.0%（R6）」",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    for current in columns(context, &KNOWN) {
        in_column(context, current, findings);
    }
}

fn in_column(context: &Context, current: &Column, findings: &mut Vec<Finding>) {
    let label = &current.label;
    for kpi in printed(context) {
        let Some(before) = forerunner(context, kpi) else { continue };
        let contradicts = kpi.figure(&current.key).value.readings.iter().any(|now| {
            before.figure(&current.key).value.readings.iter().any(|then| {
                now.mark == then.mark
                    && is_of_one_time(now, then)
                    && matches!((now.number, then.number), (Some(a), Some(b)) if a != b)
            })
        });
        if contradicts {
            let message = say!(
                "同じ時点の{label}が前の版と違う",
                "the current value of one time differs from the edition before"
            );
            findings.push(
                RULE.finding(message)
                    .of(&kpi.submitted_by)
                    .at(&kpi.figure(&current.key).at)
                    .found(&kpi.figure(&current.key).value.printed)
                    .expected(&before.figure(&current.key).value.printed),
            );
        }
    }
}

/// Both name one time, and the same.
fn is_of_one_time(a: &Reading, b: &Reading) -> bool {
    let time = |r: &Reading| {
        let day = r.as_of.as_ref().map(|t| (t.year, t.month, t.day, t.until_month));
        (r.fiscal_year, day)
    };
    time(a) != (None, None) && time(a) == time(b) && a.label == b.label
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn another_number_of_the_same_time_is_found() {
        finds(
            &RULE,
            r"
            == 前の版 01_総務部.xlsx
            KPI ID | 現状値
            R6-K01 | 500人(R5)
            R6-K02 | 500人(R6.12月末)
            == 01_総務部.xlsx
            KPI ID | 現状値
            R6-K01 | 510人(R5)
                   | ^ K512 [見: 510人(R5)] [期: 500人(R5)]
            R6-K02 | 510人（R6.12月末）
                   | ^ K512
            ",
        );
    }

    #[test]
    fn another_time_no_time_and_the_same_number_are_right() {
        silent(
            &RULE,
            r"
            == 前の版 01_総務部.xlsx
            KPI ID | 現状値
            R6-K01 | 500人(R5)
            R6-K02 | 500人
            R6-K03 | 500人(R5)
            == 01_総務部.xlsx
            KPI ID | 現状値
            R6-K01 | 510人(R6)
            R6-K02 | 510人
            R6-K03 | 500人(R5)
            ",
        );
    }
}
