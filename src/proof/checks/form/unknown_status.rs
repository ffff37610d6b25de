//! F217: a status that is none of the four.

use crate::diag::{Finding, Rule, Severity};
use crate::model::OddityKind;
use crate::proof::checks::{Context, odd};

pub static RULE: Rule = Rule {
    code: "F217",
    name: "unknown-status",
    severity: Severity::Warning,
    title: "区分の値が決まったものでない",
    title_en: "unknown status",
    what: "「区分」が継続・新規・変更・廃止のどれかであるかを見ます。",
    why: "どれでもない値は「継続」として読みます。廃止のつもりの施策が載ってしまうことがあります。",
    mend: "一覧から継続・新規・変更・廃止のどれかを選んでください。",
    example: "「取りやめ」→「廃止」",
    source: "",
};

pub(in crate::proof::checks) fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (receipt, oddity) in context.oddities(OddityKind::UnknownStatus) {
        let message = say!("区分の値が決まったものでない", "unknown status");
        findings.push(odd(&RULE, receipt, oddity, message));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proof::checks::testing::speaks_of;

    #[test]
    fn speaks_of_its_oddity_alone() {
        speaks_of(&RULE, OddityKind::UnknownStatus, OddityKind::RowWithoutName);
    }
}
