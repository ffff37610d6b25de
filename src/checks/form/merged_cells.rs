//! F211: merged cells inside a table.

use crate::checks::{Context, odd};
use crate::diag::{Finding, Rule, Severity};
use crate::model::OddityKind;

pub static RULE: Rule = Rule {
    code: "F211",
    name: "merged-cells",
    severity: Severity::Warning,
    title: "表の中でセルが結合されている",
    title_en: "merged cells in the table",
    what: "施策やKPIの表の中に、結合されたセルがないかを見ます。",
    why: "縦に結合したセルは、その値が全部の行に書かれたものとして読みます。意図と違うことがあります。",
    mend: "セルの結合を解除し、それぞれの行に値を書いてください。",
    example: "3行にまたがる「広報課」→ 各行に「広報課」",
    source: "行政データにおける機械可読性に関するルール（令和8年3月31日）",
};

pub(in crate::checks) fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (receipt, oddity) in context.oddities(OddityKind::MergedCells) {
        let message = say!("表の中でセルが結合されている", "merged cells in the table");
        findings.push(odd(&RULE, receipt, oddity, message));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::speaks_of;

    #[test]
    fn speaks_of_its_oddity_alone() {
        speaks_of(&RULE, OddityKind::MergedCells, OddityKind::HiddenData);
    }
}
