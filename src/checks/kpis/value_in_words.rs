//! K533: a value that is no number.

use super::{is_blank, printed};
use crate::checks::prelude::*;
use crate::model::{AbsenceKind, Reading};

pub static RULE: Rule = Rule {
    code: "K533",
    name: "value-in-words",
    severity: Severity::Info,
    title: "値を数として扱わない",
    title_en: "value that is no number",
    what: "{kpi}の値が、「増加」「維持」「ゼロ」「全国平均」のような語や、「10～20件」「1/3」のような1つの数にならない書き方でないかを見ます。「未測定」「R7から実施」「調査中」は見ません。",
    why: "書かれたとおりに印刷しますが、データの数値や進み具合の計算には入りません。",
    mend: "1つの数で表せるときは、「0件」「15件」のように数で書いてください。語や幅で示す目標であれば、そのままで構いません。",
    example: "「ゼロ（R9）」→「0件（R9）」",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    for kpi in printed(context) {
        for column in context.edition.schema.figures() {
            let figure = kpi.figure(&column.key);
            // What was not read of digits is a warning: K530.
            if is_blank(&figure.value) || figure.value.leftover().is_some() {
                continue;
            }
            let Some(words) = figure.value.readings.iter().find_map(in_words) else { continue };
            let label = &column.label;
            let message = say!(
                "{label}の「{words}」を数として扱わない",
                "“{words}” in {label} is not taken as a number"
            );
            let finding = RULE.finding(message).of(&kpi.submitted_by).at(&figure.at);
            findings.push(finding.found(&figure.value.printed));
        }
    }
}

fn in_words(reading: &Reading) -> Option<&str> {
    let absence = reading.absence.as_ref()?;
    let is_words = absence.kind == AbsenceKind::InWords && !absence.printed.is_empty();
    is_words.then_some(absence.printed.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn words_ranges_and_fractions_are_told() {
        finds(
            &RULE,
            r"
            目標値
            ゼロ（R9）
            ^ K533 [文: 「ゼロ」]
            増加
            ^ K533
            維持（R9）
            ^ K533
            10～20件（R9）
            ^ K533
            1/3（R9）
            ^ K533
            20団体45人（R9）
            ^ K533
            全国平均（R9）
            ^ K533
            ",
        );
    }

    #[test]
    fn numbers_and_reasons_are_right() {
        silent(
            &RULE,
            r"
            現状値     | 目標値
            未測定     | 約1,000人（R9）
            R7から実施 | 100%以上（R9）
            調査中     | 2.5倍（R9）
            －         | 延べ3万人（R9）
            ",
        );
    }
}
