//! F112: two files of one department.

use crate::diag::{Finding, Place, Rule, Severity};
use crate::model::{Oddity, OddityKind, Outcome, Receipt};
use crate::proof::checks::{Context, odd};

pub static RULE: Rule = Rule {
    code: "F112",
    name: "second-file",
    severity: Severity::Error,
    title: "同じ部局のファイルが2つある",
    title_en: "two files of one department",
    what: "1つの部局から2つ以上のファイルが届いていないかを見ます。提出回の大きいほうを使い、使わないほうを警告で知らせます。どちらが新しいか決められないときはエラーにします。",
    why: "古い版を読むと、直したはずの内容が元に戻ります。",
    mend: "新しいほうの様式の「提出回」の数を大きくして出し直すか、どちらが新しいかを事務局に知らせてください。事務局は、古いほうを提出フォルダーから取り除いてください。",
    example: "「01_総務部.xlsx」と「01_総務部（修正）.xlsx」→ 新しいほうだけを残す",
    source: "",
};

pub(in crate::proof::checks) fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (receipt, oddity) in context.oddities(OddityKind::SecondFile) {
        let rival = context.receipts.iter().find(|r| r.file.as_ref() == oddity.expected);
        if receipt.outcome != Outcome::Superseded {
            let message = say!(
                "同じ部局のファイルが2つあり、どちらが新しいか決められない",
                "two files of one department, and neither is the newer"
            );
            let places = rival.map(|r| Place::file(&r.file));
            // The other file is no more right than this one.
            findings.push(odd(&RULE, receipt, oddity, message).expected("").also_at(places));
        } else if !rival.is_some_and(|rival| is_tied(rival, oddity)) {
            let newer = &oddity.expected;
            let message = say!(
                "新しい提出「{newer}」があるため使わない",
                "left out because “{newer}” is newer"
            );
            findings.push(odd(&RULE, receipt, oddity, message).severity(Severity::Warning));
        }
    }
}

/// Whether the file that counts is no newer, and so is itself an error that names both.
fn is_tied(rival: &Receipt, oddity: &Oddity) -> bool {
    let claims = |o: &Oddity| o.kind == OddityKind::SecondFile && o.found == oddity.found;
    rival.outcome != Outcome::Superseded && rival.oddities.iter().any(claims)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proof::checks::testing::{Case, GENERAL, PLANNING, speaks_of_file};

    #[test]
    fn speaks_of_its_oddity_alone() {
        speaks_of_file(&RULE, OddityKind::SecondFile, OddityKind::OtherEdition);
    }

    /// Both forms from one department: the rounds they state, and which one counts.
    fn two_files(case: &mut Case, rounds: [u32; 2]) {
        let files = [GENERAL, PLANNING];
        for (own, other) in [(0, 1), (1, 0)] {
            let first_counts = rounds[0] >= rounds[1];
            let counts = first_counts == (own == 0);
            if counts && rounds[0] != rounds[1] {
                continue;
            }
            let receipt = &mut case.receipts[own];
            receipt.outcome = if counts { Outcome::Read } else { Outcome::Superseded };
            receipt.oddities.push(Oddity {
                kind: OddityKind::SecondFile,
                at: Place::file(files[own]),
                found: format!("提出回 {}", rounds[own]),
                expected: files[other].into(),
            });
        }
    }

    #[test]
    fn an_older_file_is_a_warning_and_a_tie_one_error_that_names_both() {
        let found = |rounds| {
            let mut case = Case::sound();
            two_files(&mut case, rounds);
            let show = |f: &Finding| (f.place.to_string(), f.severity, f.more.len());
            case.findings_of(&RULE).iter().map(show).collect::<Vec<_>>()
        };
        assert_eq!(found([2, 1]), [(PLANNING.to_owned(), Severity::Warning, 0)]);
        assert_eq!(found([1, 2]), [(GENERAL.to_owned(), Severity::Warning, 0)]);
        assert_eq!(found([1, 1]), [(GENERAL.to_owned(), Severity::Error, 1)]);
    }
}
