//! F201: a workbook without one of the two tables.

use crate::checks::{Context, odd};
use crate::diag::{Finding, Rule, Severity};
use crate::model::OddityKind;

pub static RULE: Rule = Rule {
    code: "F201",
    name: "sheet-missing",
    severity: Severity::Error,
    title: "様式の表が見つからない",
    title_en: "table of the form missing",
    what: "「様式１　個別施策」と「様式２　KPI」の表が、見出しから見つかるかを見ます。",
    why: "表が見つからないと、その施策やKPIが全て抜け落ちます。",
    mend: "シートを削除したり見出しの行を消したりしたときは、元の様式に値を貼り付けて提出し直してください。",
    example: "「様式２　KPI」のシートが削除されたブック → 3枚のシートがそろったブック",
    source: "行政データにおける機械可読性に関するルール（令和8年3月31日）",
};

pub(in crate::checks) fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (receipt, oddity) in context.oddities(OddityKind::SheetMissing) {
        let message = say!("様式の表が見つからない", "table of the form missing");
        findings.push(odd(&RULE, receipt, oddity, message));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::speaks_of;

    #[test]
    fn speaks_of_its_oddity_alone() {
        speaks_of(&RULE, OddityKind::SheetMissing, OddityKind::ColumnMissing);
    }
}
