//! F105: the lock file that Excel leaves beside an open workbook.

use crate::checks::{Context, odd};
use crate::diag::{Finding, Rule, Severity};
use crate::model::OddityKind;

pub static RULE: Rule = Rule {
    code: "F105",
    name: "lock-file",
    severity: Severity::Warning,
    title: "Excel の作業用ファイルである",
    title_en: "lock file of Excel",
    what: "「~$」で始まる、Excel が開いている間だけ作るファイルがないかを見ます。",
    why: "誰かがその様式を開いたままであり、提出されたものが最新でないかもしれません。",
    mend: "様式を保存して閉じ、もう一度提出してください。事務局は、保存されたブックだけを提出フォルダーに置いてください。",
    example: "「~$01_総務部.xlsx」→ 削除する",
    source: "",
};

pub(in crate::checks) fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (receipt, oddity) in context.oddities(OddityKind::LockFile) {
        let message = say!("Excel の作業用ファイルである", "lock file of Excel");
        findings.push(odd(&RULE, receipt, oddity, message));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::speaks_of_file;

    #[test]
    fn speaks_of_its_oddity_alone() {
        speaks_of_file(&RULE, OddityKind::LockFile, OddityKind::EmptyFile);
    }
}
