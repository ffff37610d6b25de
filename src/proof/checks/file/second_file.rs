//! F112: two files of one department.

use crate::diag::{Finding, Rule, Severity};
use crate::model::{OddityKind, Outcome};
use crate::proof::checks::{Context, odd};

pub static RULE: Rule = Rule {
    code: "F112",
    name: "second-file",
    severity: Severity::Error,
    title: "同じ部局のファイルが2つある",
    title_en: "two files of one department",
    what: "1つの部局から2つ以上のファイルが届いていないかを見ます。提出回の大きいほうを使い、使わないほうを警告で知らせます。どちらが新しいか決められないときはエラーにします。",
    why: "古い版を読むと、直したはずの内容が元に戻ります。",
    mend: "古いほうのファイルを提出フォルダーから取り除いてください。両方を残すときは、様式の「提出回」に1、2のように書いてください。",
    example: "「01_総務部.xlsx」と「01_総務部（修正）.xlsx」→ 新しいほうだけを残す",
    source: "",
};

pub(in crate::proof::checks) fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (receipt, oddity) in context.oddities(OddityKind::SecondFile) {
        let finding = if receipt.outcome == Outcome::Superseded {
            let message = say!(
                "同じ部局の新しいファイルがあるため使わない",
                "left out because the department has a newer file"
            );
            odd(&RULE, receipt, oddity, message).severity(Severity::Warning)
        } else {
            let message = say!(
                "同じ部局のファイルが2つあり、どちらが新しいか決められない",
                "two files of one department, and neither is the newer"
            );
            odd(&RULE, receipt, oddity, message)
        };
        findings.push(finding);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proof::checks::testing::{Case, GENERAL, speaks_of_file};

    #[test]
    fn speaks_of_its_oddity_alone() {
        speaks_of_file(&RULE, OddityKind::SecondFile, OddityKind::OtherEdition);
    }

    #[test]
    fn an_older_file_is_a_warning_and_a_tie_an_error() {
        for (outcome, severity) in
            [(Outcome::Superseded, Severity::Warning), (Outcome::Unreadable, Severity::Error)]
        {
            let mut case = Case::sound();
            case.odd_file(OddityKind::SecondFile);
            case.receipts[0].outcome = outcome;
            let found =
                case.findings_of(&RULE).into_iter().find(|f| f.place.file.as_ref() == GENERAL);
            assert_eq!(found.map(|f| f.severity), Some(severity));
        }
    }
}
