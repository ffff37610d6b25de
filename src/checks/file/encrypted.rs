//! F102: a workbook that asks for a password.

use crate::checks::{Context, odd};
use crate::diag::{Finding, Rule, Severity};
use crate::model::OddityKind;

pub static RULE: Rule = Rule {
    code: "F102",
    name: "encrypted",
    severity: Severity::Error,
    title: "パスワードで暗号化されている",
    title_en: "encrypted with a password",
    what: "ファイルを開くのにパスワードが要るかを見ます。",
    why: "暗号化されたブックは中身を読めず、その部局の施策が全て抜け落ちます。",
    mend: "Excel の「ファイル」－「情報」－「ブックの保護」でパスワードを外し、保存し直して提出してください。",
    example: "読み取りパスワードの付いたブック → パスワードを外したブック",
    source: "",
};

pub(in crate::checks) fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (receipt, oddity) in context.oddities(OddityKind::Encrypted) {
        let message = say!("パスワードで暗号化されている", "encrypted with a password");
        findings.push(odd(&RULE, receipt, oddity, message));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::speaks_of_file;

    #[test]
    fn speaks_of_its_oddity_alone() {
        speaks_of_file(&RULE, OddityKind::Encrypted, OddityKind::NotAWorkbook);
    }
}
