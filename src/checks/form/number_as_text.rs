//! F214: a number that was typed as text.

use crate::checks::{Context, odd};
use crate::diag::{Finding, Rule, Severity};
use crate::model::OddityKind;

pub static RULE: Rule = Rule {
    code: "F214",
    name: "number-as-text",
    severity: Severity::Info,
    title: "数値が文字列として入力されている",
    title_en: "number typed as text",
    what: "数値を書く欄（掲載順など）に、文字列として入力された数字がないかを見ます。",
    why: "読み取りに支障はありませんが、Excel での並べ替えや集計には使えません。",
    mend: "セルの左上に出る印から「数値に変換する」を選んでください。",
    example: "文字列の「3」→ 数値の「3」",
    source: "行政データにおける機械可読性に関するルール（令和8年3月31日）",
};

pub(in crate::checks) fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (receipt, oddity) in context.oddities(OddityKind::NumberAsText) {
        let message = say!("数値が文字列として入力されている", "number typed as text");
        findings.push(odd(&RULE, receipt, oddity, message));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::speaks_of;

    #[test]
    fn speaks_of_its_oddity_alone() {
        speaks_of(&RULE, OddityKind::NumberAsText, OddityKind::TextAsNumber);
    }
}
