//! K509: a percentage over 100.

use super::printed;
use crate::checks::prelude::*;
use crate::model::Reading;

pub static RULE: Rule = Rule {
    code: "K509",
    name: "percentage-over-hundred",
    severity: Severity::Warning,
    title: "割合が100%を超えている",
    title_en: "percentage over 100",
    what: "{kpis.current}・{kpis.target}に100%を超える割合がないかを見ます。名称か値に「比」「達成率」「増加率」「伸び率」「倍率」のあるもの、「計画の120%」「120%増」のような書き方は見ません。",
    why: "割合が100%を超えることはふつうなく、桁や単位の誤りのことが多いものです。",
    mend: "値か単位を直してください。100%を超えて当然の指標であれば、その旨を「{measures.note}」に書いてください（事務局が例外として認められます）。",
    example: "「690%」→「69.0%」",
    source: "",
};

/// Words of names whose percentages may go beyond 100.
const RATIOS: &[&str] = &["比", "達成率", "増加率", "伸び率", "倍率"];

/// What a value is stated as a part of: 「計画の120%」.
const BASES: &[&str] =
    &["計画", "目標", "予定", "前年", "前年度", "前回", "現状", "現状値", "基準", "基準値", "実績"];
/// Words behind a percentage that is a growth: 「120%増」.
const GROWTHS: &[&str] = &["増", "アップ", "以上増", "超増"];

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    for kpi in printed(context) {
        if is_ratio(&kpi.name.value) {
            continue;
        }
        for column in context.edition.schema.figures() {
            let figure = kpi.figure(&column.key);
            let over = figure.value.readings.iter().find_map(|reading| {
                let number = reading.number.filter(|_| !is_relative(reading))?;
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

fn is_ratio(words: &str) -> bool {
    RATIOS.iter().any(|word| words.contains(word))
}

/// Whether the value itself says that it is a ratio: before the number, behind it or in brackets.
fn is_relative(reading: &Reading) -> bool {
    let label = reading.label.trim();
    let base = label.strip_suffix('の');
    let is_part = base.is_some_and(|base| BASES.iter().any(|word| base.ends_with(word)));
    let grows = |remark: &String| GROWTHS.iter().any(|word| remark.starts_with(word));
    is_ratio(label) || is_part || reading.remarks.iter().any(|r| is_ratio(r) || grows(r))
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
            広報紙の配布部数          | 前年度比105%(R9)
            広報紙の発行部数          | 対前年比 110%(R9)
            広報紙の広告料            | 120%（前年同期比）(R9)
            広報紙の設置数            | 計画の120%(R9)
            広報紙の回収数            | 目標達成率120%(R9)
            広報紙の閲覧数            | 150%増(R9)
            広報紙の増刷数            | 2.5倍(R9)
            ",
        );
    }
}
