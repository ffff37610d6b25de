//! F101: a file that is no workbook at all.

use crate::checks::{Context, odd};
use crate::diag::{Finding, Rule, Severity};
use crate::model::OddityKind;

pub static RULE: Rule = Rule {
    code: "F101",
    name: "not-a-workbook",
    severity: Severity::Error,
    title: "表計算のファイルではない",
    title_en: "not a workbook",
    what: "提出フォルダーのファイルが .xlsx・.xlsm・.xls・.xlsb・.ods のどれとしても読めるかを見ます。",
    why: "文書やPDFで届いた様式からは、施策もKPIも読み取れません。",
    mend: "様式の Excel ブックに記入し直して、そのファイルを提出してください。",
    example: "「調査票.pdf」→「01_総務部.xlsx」",
    source: "",
};

pub(in crate::checks) fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (receipt, oddity) in context.oddities(OddityKind::NotAWorkbook) {
        let message = say!("表計算のファイルではない", "not a workbook");
        findings.push(odd(&RULE, receipt, oddity, message));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::speaks_of_file;

    #[test]
    fn speaks_of_its_oddity_alone() {
        speaks_of_file(&RULE, OddityKind::NotAWorkbook, OddityKind::Damaged);
    }
}
