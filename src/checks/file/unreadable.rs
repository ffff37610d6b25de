//! F106: a file that the system does not let us read.

use crate::checks::{Context, odd};
use crate::diag::{Finding, Rule, Severity};
use crate::model::OddityKind;

pub static RULE: Rule = Rule {
    code: "F106",
    name: "unreadable",
    severity: Severity::Error,
    title: "ファイルを開けない",
    title_en: "file cannot be opened",
    what: "提出フォルダーのファイルを読み出せるかを見ます。",
    why: "読み出せないファイルの施策は、別冊に載りません。",
    mend: "ファイルのアクセス権を確かめ、ほかのソフトウェアで開いていれば閉じてから、もう一度実行してください。",
    example: "読み取りを許されていないファイル → 読み取れるファイル",
    source: "",
};

pub(in crate::checks) fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (receipt, oddity) in context.oddities(OddityKind::Unreadable) {
        let message = say!("ファイルを開けない", "file cannot be opened");
        findings.push(odd(&RULE, receipt, oddity, message));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::speaks_of_file;

    #[test]
    fn speaks_of_its_oddity_alone() {
        speaks_of_file(&RULE, OddityKind::Unreadable, OddityKind::Damaged);
    }
}
