//! K509: a percentage over 100.

use super::printed;
use crate::checks::prelude::*;

pub static RULE: Rule = Rule {
    code: "K509",
    name: "percentage-over-hundred",
    severity: Severity::Warning,
    title: "割合が100%を超えている",
    title_en: "percentage over 100",
    what: "{kpis.current}・{kpis.target}に100%を超える割合がないかを見ます。名称に「比」「達成率」「増加率」「伸び率」「倍率」のある{kpi}は見ません。",
    why: "割合が100%を超えることはふつうなく、桁や単位の誤りのことが多いものです。",
    mend: "値か単位を直してください。100%を超えて当然の指標であれば、その旨を「{measures.note}」に書いてください（事務局が例外として認められます）。",
    example: "「690%」→「69.0%」",
    source: "",
};

/// Words of names whose percentages may go beyond 100.
const RATIOS: &[&str] = &["比", "達成率", "増加率", "伸び率", "倍率"];

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    for kpi in printed(context) {
        if RATIOS.iter().any(|word| kpi.name.value.contains(word)) {
            continue;
        }
        for column in context.edition.schema.figures() {
            let figure = kpi.figure(&column.key);
            let over = figure.value.readings.iter().find_map(|reading| {
                let number = reading.number?;
                (matches!(reading.unit.as_str(), "%" | "％" | "パーセント") && number > 100.0)
                    .then_some(number)
            });
            if let Some(number) = over {
                let message = say!("割合{number}%が100%を超えている", "{number}% is over 100%");
                findings.push(
                    RULE.finding(message)
                        .of(&kpi.submitted_by)
                        .at(&figure.at)
                        .found(&figure.value.printed),
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn a_percentage_over_a_hundred_is_found() {
        finds(
            &RULE,
            r"
            現状値 | 目標値
            690%   | 70%(R9)
            ^ K509
            ",
        );
    }

    #[test]
    fn a_hundred_other_units_and_ratios_are_right() {
        silent(
            &RULE,
            r"
            主なKPI                   | 目標値
            広報紙の満足度（%）       | 100%(R9)
            広報紙の購読者数（人）    | 690人(R9)
            購読者数の対前年度比（%） | 120%(R9)
            ",
        );
    }
}
