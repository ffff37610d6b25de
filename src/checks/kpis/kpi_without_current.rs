//! K504: a KPI without a current value and without a reason for that.

use super::{is_blank, printed};
use crate::checks::figures::{KNOWN, columns};
use crate::checks::prelude::*;

pub static RULE: Rule = Rule {
    code: "K504",
    name: "kpi-without-current",
    severity: Severity::Error,
    title: "{kpi}の{kpis.current}も、ない理由も書かれていない",
    title_en: "KPI without a current value",
    what: "{kpi}の「{kpis.current}」に、値か、値がない理由（未測定、R7から実施、調査中など）が書かれているかを見ます。",
    why: "空欄では、測っていないのか書き忘れたのかが読み手に分かりません。",
    mend: "{kpis.current}を書くか、まだ測っていないときは「未測定」「R7から実施」のように理由を書いてください。",
    example: "「－」→「R7から実施」",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    for column in columns(context, &KNOWN).into_iter().filter(|column| column.filled) {
        for kpi in printed(context) {
            let figure = kpi.figure(&column.key);
            if !is_blank(&figure.value) {
                continue;
            }
            let (name, label, word) = (&kpi.name.value, &column.label, &context.words().kpi);
            let message = say!(
                "{word}「{name}」に{label}も、ない理由も書かれていない",
                "the KPI “{name}” has neither a current value nor a reason"
            );
            let finding = RULE.finding(message).of(&kpi.submitted_by).at(&figure.at);
            findings.push(finding.found(&figure.value.printed).expected(label));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn a_blank_and_a_dash_are_no_value() {
        finds(
            &RULE,
            r"
            主なKPI                | 現状値
            広報紙の購読者数（人） |
                                   | ^ K504
            広報紙の配信数（回）   | ―
                                   | ^ K504
            ",
        );
    }

    #[test]
    fn a_reason_is_enough() {
        silent(
            &RULE,
            r"
            現状値
            未測定
            R7から実施
            調査中
            ",
        );
    }
}
