//! F213: a formula whose result was not saved.

use crate::checks::{Context, odd};
use crate::diag::{Finding, Rule, Severity};
use crate::model::OddityKind;

pub static RULE: Rule = Rule {
    code: "F213",
    name: "formula-without-value",
    severity: Severity::Error,
    title: "数式の計算結果が保存されていない",
    title_en: "formula without a value",
    what: "数式だけがあり、計算した値が保存されていないセルを探します。",
    why: "値が保存されていないと、空欄として読まれてしまいます。",
    mend: "Excel で開いて再計算（F9キー）してから保存し直すか、値を直接書いてください。",
    example: "計算結果のない「=B3/C3」→「69.0%」",
    source: "",
};

pub(in crate::checks) fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (receipt, oddity) in context.oddities(OddityKind::FormulaWithoutValue) {
        let message = say!("数式の計算結果が保存されていない", "formula without a value");
        findings.push(odd(&RULE, receipt, oddity, message));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::speaks_of;

    #[test]
    fn speaks_of_its_oddity_alone() {
        speaks_of(&RULE, OddityKind::FormulaWithoutValue, OddityKind::ErrorValue);
    }
}
