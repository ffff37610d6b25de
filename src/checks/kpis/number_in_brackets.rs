//! K531: a number in brackets, which was read as one below zero.

use super::printed;
use crate::checks::prelude::*;
use crate::text::quantity;

pub static RULE: Rule = Rule {
    code: "K531",
    name: "number-in-brackets",
    severity: Severity::Warning,
    title: "括弧の付いた数を負の数として読んだ",
    title_en: "number in brackets read as a minus",
    what: "{kpi}の値に「(5.2%)」のような括弧の付いた数がないかを見ます。会計での書き方に従い、マイナスの数として読みます。",
    why: "参考の値などとして括弧を付けたときは、データや進み具合の計算に、符号の違う数が使われます。",
    mend: "マイナスの数は「▲5.2%」と書き、そうでないときは括弧を外してください。",
    example: "「(5.2%)」→「▲5.2%」又は「5.2%」",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    for kpi in printed(context) {
        for column in context.edition.schema.figures() {
            let figure = kpi.figure(&column.key);
            let readings = figure.value.readings.iter().filter(|reading| reading.in_brackets);
            let numbers = readings.filter_map(|reading| {
                let number = quantity::grouped(&reading.number?.to_string());
                Some(format!("{number}{}", reading.unit))
            });
            let numbers: Vec<String> = numbers.collect();
            if numbers.is_empty() {
                continue;
            }
            let (label, numbers) = (&column.label, numbers.join("、"));
            let message = say!(
                "{label}の括弧の付いた数を「{numbers}」と読んだ",
                "the number in brackets in {label} is read as “{numbers}”"
            );
            let finding = RULE.finding(message).of(&kpi.submitted_by).at(&figure.at);
            findings.push(finding.found(&figure.value.printed).expected(numbers));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn brackets_that_stand_for_a_minus_are_found() {
        finds(
            &RULE,
            r"
            現状値         | 目標値
            (5.2%)         | (80%)(R9)
            ^ K531 [期: -5.2%] | ^ K531 [文: 「-80%」]
            ①(80万人)②3件 | 10件(R9)
            ^ K531 [期: -800,000人] |
            ",
        );
    }

    #[test]
    fn other_signs_and_brackets_of_remarks_are_right() {
        silent(
            &RULE,
            r"
            主なKPI                | 現状値         | 目標値
            広報紙の購読者数（人） | ▲5.2%         | （R9）80%
            電子申請の件数（件）   | （延べ）3,100人 | (R4) 2,569人
            窓口予約の件数（件）   | （調査中）     | 268(0)（R9）
            ",
        );
    }
}
