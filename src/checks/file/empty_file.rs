//! F104: a file of no bytes.

use crate::checks::{Context, odd};
use crate::diag::{Finding, Rule, Severity};
use crate::model::OddityKind;

pub static RULE: Rule = Rule {
    code: "F104",
    name: "empty-file",
    severity: Severity::Error,
    title: "ファイルの中身が空である",
    title_en: "empty file",
    what: "大きさが0バイトのファイルがないかを見ます。",
    why: "保存や転送に失敗した印であり、その部局の施策が全て抜け落ちます。",
    mend: "記入した様式をもう一度保存し、提出し直してください。",
    example: "0バイトの「01_総務部.xlsx」→ 記入済みの様式",
    source: "",
};

pub(in crate::checks) fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (receipt, oddity) in context.oddities(OddityKind::EmptyFile) {
        let message = say!("ファイルの中身が空である", "empty file");
        findings.push(odd(&RULE, receipt, oddity, message));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::speaks_of_file;

    #[test]
    fn speaks_of_its_oddity_alone() {
        speaks_of_file(&RULE, OddityKind::EmptyFile, OddityKind::Damaged);
    }
}
