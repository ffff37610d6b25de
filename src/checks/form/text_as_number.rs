//! F215: a text cell that Excel made a number or date of.

use crate::checks::{Context, odd};
use crate::diag::{Finding, Rule, Severity};
use crate::model::OddityKind;

pub static RULE: Rule = Rule {
    code: "F215",
    name: "text-as-number",
    severity: Severity::Info,
    title: "文字の欄に数値・日付が入っている",
    title_en: "number or date in a text column",
    what: "文字を書く欄に、数値や日付として入力された値がないかを見ます。",
    why: "「1-2」と打った文字が1月2日に変わるなど、Excel が打ったものと別の値にしていることがあります。",
    mend: "セルの書式を「文字列」にしてから、打ち直してください。",
    example: "日付になった「1月2日」→ 文字列の「1-2」",
    source: "",
};

pub(in crate::checks) fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (receipt, oddity) in context.oddities(OddityKind::TextAsNumber) {
        let message = say!("文字の欄に数値・日付が入っている", "number or date in a text column");
        findings.push(odd(&RULE, receipt, oddity, message));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::speaks_of;

    #[test]
    fn speaks_of_its_oddity_alone() {
        speaks_of(&RULE, OddityKind::TextAsNumber, OddityKind::NumberAsText);
    }
}
