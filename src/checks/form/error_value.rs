//! F212: a cell that shows #REF! or the like.

use crate::checks::{Context, odd};
use crate::diag::{Finding, Rule, Severity};
use crate::model::OddityKind;

pub static RULE: Rule = Rule {
    code: "F212",
    name: "error-value",
    severity: Severity::Error,
    title: "セルがエラー値になっている",
    title_en: "error value",
    what: "#REF! や #N/A などのエラー値のセルを探します。",
    why: "数式の参照先が失われていて、載せるべき値が分かりません。",
    mend: "数式を直すか、正しい値を直接書いてください。",
    example: "「#REF!」→「1,551人」",
    source: "",
};

pub(in crate::checks) fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (receipt, oddity) in context.oddities(OddityKind::ErrorValue) {
        let found = &oddity.found;
        let message = say!("エラー値「{found}」になっている", "error value: {found}");
        findings.push(odd(&RULE, receipt, oddity, message));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::speaks_of;

    #[test]
    fn speaks_of_its_oddity_alone() {
        speaks_of(&RULE, OddityKind::ErrorValue, OddityKind::FormulaWithoutValue);
    }
}
