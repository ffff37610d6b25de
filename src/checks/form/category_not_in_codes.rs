//! F220: category does not agree with the table of codes, in a consolidated workbook that is read back.

use crate::checks::{Context, odd};
use crate::diag::{Finding, Rule, Severity};
use crate::model::OddityKind;

pub static RULE: Rule = Rule {
    code: "F220",
    name: "category-not-in-codes",
    severity: Severity::Warning,
    title: "分野の記載がコード表と合わない",
    title_en: "category does not agree with the table of codes",
    what: "集約ブックの各行の「分野」が、シート「コード表」にある分野の番号と名称に合っているかを見ます。",
    why: "番号が読み取れない行は、どの分野にも属さないものとして比べられます。名称だけが違うときは、番号の分野として読み取ります。",
    mend: "「1(1) 子育て支援」のように、コード表にある番号と名称で書いてください。分野を新しく設けるときは、コード表にも加えてください。",
    example: "「子育て」→「1(1) 子育て支援」",
    source: "",
};

pub(in crate::checks) fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (receipt, oddity) in context.oddities(OddityKind::CategoryNotInCodes) {
        let message = say!(
            "分野の記載がコード表と合わない",
            "category does not agree with the table of codes"
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
        speaks_of(&RULE, OddityKind::CategoryNotInCodes, OddityKind::UnknownStatus);
    }
}
