//! F112: two files of one department.

use crate::checks::{Context, odd};
use crate::diag::{Finding, Place, Rule, Severity};
use crate::model::{Oddity, OddityKind, Outcome, Receipt};

pub static RULE: Rule = Rule {
    code: "F112",
    name: "second-file",
    severity: Severity::Error,
    title: "同じ部局のファイルが2つある",
    title_en: "two files of one department",
    what: "1つの部局から2つ以上のファイルが届いていないかを見ます。提出回の大きいほうを使い、使わないほうを警告で知らせます。新しいほうの行の数が古いほうの半分に満たないときと、どちらが新しいか決められないときは、エラーにします。",
    why: "古い版を読むと、直したはずの内容が元に戻ります。新しいほうに直した行だけが書かれていると、ほかの行が全て消えます。",
    mend: "新しいほうの様式の「提出回」の数を大きくして出し直すか、どちらが新しいかを事務局に知らせてください。出し直すときは、直していない行も含めて全ての行を書いてください。事務局は、古いほうを提出フォルダーから取り除いてください。",
    example: "「01_総務部.xlsx」と「01_総務部（修正）.xlsx」→ 新しいほうだけを残す",
    source: "",
};

pub(in crate::checks) fn check(context: &Context, findings: &mut Vec<Finding>) {
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
            findings.push(superseded(receipt, oddity, rival));
        }
    }
}

/// What is said of a file that a newer one replaces.
fn superseded(receipt: &Receipt, oddity: &Oddity, rival: Option<&Receipt>) -> Finding {
    let newer = &oddity.expected;
    let rows = |receipt: &Receipt| receipt.measures + receipt.kpis;
    let (old, new) = (rows(receipt), rival.map_or(0, rows));
    let message = say!(
        "新しい提出「{newer}」（{new}行）があるため、この提出（{old}行）は使わない",
        "left out ({old} rows) because “{newer}” ({new} rows) is newer"
    );
    let finding = odd(&RULE, receipt, oddity, message);
    if new * 2 >= old {
        return finding.severity(Severity::Warning);
    }
    finding.help(say!(
        "新しい提出に、直した行だけでなく全ての施策とKPIを書いて出し直してください。減ったのが正しければ、古いほうのファイルを提出フォルダーから取り除いてください。",
        "Submit all measures and KPIs again, not the corrected ones alone; or remove the older file"
    ))
}

/// Whether the file that counts is no newer, and so is itself an error that names both.
fn is_tied(rival: &Receipt, oddity: &Oddity) -> bool {
    let claims = |o: &Oddity| o.kind == OddityKind::SecondFile && o.found == oddity.found;
    rival.outcome != Outcome::Superseded && rival.oddities.iter().any(claims)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{Case, GENERAL, PLANNING, speaks_of_file};

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

    #[test]
    fn a_newer_file_with_less_than_half_of_the_rows_is_an_error() {
        for (old, new, severity) in
            [(26, 3, Severity::Error), (26, 13, Severity::Warning), (0, 0, Severity::Warning)]
        {
            let mut case = Case::sound();
            two_files(&mut case, [1, 2]);
            (case.receipts[0].measures, case.receipts[1].kpis) = (old, new);
            let found = case.findings_of(&RULE);
            assert_eq!(found.iter().map(|f| f.severity).collect::<Vec<_>>(), [severity]);
            assert!(found[0].message.ja.contains(&format!("（{new}行）")));
        }
    }
}
