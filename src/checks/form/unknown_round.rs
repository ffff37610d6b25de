//! F235: a 提出回 that is no number.

use crate::checks::{Context, odd};
use crate::diag::{Finding, Rule, Severity};
use crate::model::OddityKind;

pub static RULE: Rule = Rule {
    code: "F235",
    name: "unknown-round",
    severity: Severity::Warning,
    title: "提出回が数でない",
    title_en: "number of the submission unreadable",
    what: "「提出回」が「2」「第2回」「2回目」のような数であるかを見ます。",
    why: "数でないと、同じ部局のファイルが2つ届いたときに、どちらが新しいか決められません。",
    mend: "「提出回」に、1、2、3のような数を書いてください。",
    example: "「R7.1.20」→「2」",
    source: "",
};

pub(in crate::checks) fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (receipt, oddity) in context.oddities(OddityKind::UnknownRound) {
        let found = &oddity.found;
        let message = say!(
            "提出回「{found}」が数でない",
            "the number of the submission “{found}” is no number"
        );
        findings.push(odd(&RULE, receipt, oddity, message));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::speaks_of;

    #[test]
    fn speaks_of_its_oddity_alone() {
        speaks_of(&RULE, OddityKind::UnknownRound, OddityKind::UnknownOrder);
    }
}
