//! F208: text that is struck through instead of deleted.

use crate::diag::{Finding, Rule, Severity};
use crate::model::OddityKind;
use crate::proof::checks::{Context, odd};

pub static RULE: Rule = Rule {
    code: "F208",
    name: "struck-text",
    severity: Severity::Error,
    title: "取消線の付いた文字がある",
    title_en: "text struck through",
    what: "セルの全体または一部に、取消線（見え消し）の付いた文字がないかを見ます。",
    why: "取消線の付いた文字も値の一部です。そのまま読むと「目標を５０７０件とする」のように、消したつもりの文字と残した文字がつながって載ってしまいます。",
    mend: "消す文字はセルから削除し、残す文字は取消線を外してください。",
    example: "「５０」に取消線を引いた「５０７０件」→「70件」",
    source: "",
};

pub(in crate::proof::checks) fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (receipt, oddity) in context.oddities(OddityKind::StruckText) {
        let struck = &oddity.found;
        let message = say!("「{struck}」に取消線が付いている", "“{struck}” is struck through");
        findings.push(odd(&RULE, receipt, oddity, message));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proof::checks::testing::speaks_of;

    #[test]
    fn speaks_of_its_oddity_alone() {
        speaks_of(&RULE, OddityKind::StruckText, OddityKind::HiddenData);
    }
}
