//! F112: two files of one department.

use crate::checks::prelude::*;
use crate::model::{Observation, ObservationKind, Outcome, Receipt};

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

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (receipt, observation) in context.observations(ObservationKind::SecondFile) {
        let rival = context.receipts.iter().find(|r| r.file.as_ref() == observation.expected);
        if receipt.outcome != Outcome::Superseded {
            let message = say!(
                "同じ部局のファイルが2つあり、どちらが新しいか決められない",
                "two files of one department, and neither is the newer"
            );
            let places = tied(context, receipt, observation).map(|r| Place::file(&r.file));
            // The other file is no more right than this one.
            findings.push(
                finding_of(&RULE, receipt, observation, message).expected("").also_at(places),
            );
        } else if !rival.is_some_and(|rival| is_tied(rival, observation)) {
            findings.push(superseded(context, receipt, observation, rival));
        }
    }
}

/// The other files of the department that claim to be as new as this one.
fn tied<'a>(
    context: &Context<'a>,
    own: &Receipt,
    observation: &Observation,
) -> impl Iterator<Item = &'a Receipt> {
    let is_other = |receipt: &&Receipt| {
        let claims = receipt.observations.iter().filter(|o| o.kind == observation.kind);
        receipt.department == own.department
            && receipt.file != own.file
            && claims.into_iter().any(|claim| claim.found == observation.found)
    };
    context.receipts.iter().filter(move |receipt| is_other(receipt))
}

/// What is said of a file that a newer one replaces.
fn superseded(
    context: &Context,
    receipt: &Receipt,
    observation: &Observation,
    rival: Option<&Receipt>,
) -> Finding {
    let Words { measure, kpi, .. } = context.words();
    let newer = &observation.expected;
    let rows = |receipt: &Receipt| receipt.measures + receipt.kpis;
    let (old, new) = (rows(receipt), rival.map_or(0, rows));
    let message = say!(
        "新しい提出「{newer}」（{new}行）があるため、この提出（{old}行）は使わない",
        "left out ({old} rows) because “{newer}” ({new} rows) is newer"
    );
    let finding = finding_of(&RULE, receipt, observation, message);
    if new * 2 >= old {
        return finding.severity(Severity::Warning);
    }
    finding.help(say!(
        "新しい提出に、直した行だけでなく全ての{measure}と{kpi}を書いて出し直してください。減ったのが正しければ、古いほうのファイルを提出フォルダーから取り除いてください。",
        "Submit all measures and KPIs again, not the corrected ones alone; or remove the older file"
    ))
}

/// Whether the file that counts is no newer, and so is itself an error that names both.
fn is_tied(rival: &Receipt, observation: &Observation) -> bool {
    let claims =
        |o: &Observation| o.kind == ObservationKind::SecondFile && o.found == observation.found;
    rival.outcome != Outcome::Superseded && rival.observations.iter().any(claims)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn an_older_file_is_a_warning() {
        finds(
            &RULE,
            r"
            == 01_総務部.xlsx
            ^ F112 warning
            > 部局名 | 総務部 | 提出回 | 1
            施策名
            広報紙の電子配信
            == 01_総務部（修正）.xlsx
            > 部局名 | 総務部 | 提出回 | 2
            施策名
            広報紙の電子配信
            ",
        );
    }

    #[test]
    fn a_tie_is_one_error_that_names_both() {
        finds(
            &RULE,
            r"
            == 01_総務部.xlsx
            ^ F112 error
            > 部局名 | 総務部 | 提出回 | 2
            施策名
            広報紙の電子配信
            == 01_総務部（修正）.xlsx
            +
            > 部局名 | 総務部 | 提出回 | 2
            施策名
            広報紙の電子配布
            ",
        );
    }

    #[test]
    fn a_tie_of_three_is_one_error_that_names_all() {
        finds(
            &RULE,
            r"
            == 01_総務部.xlsx
            ^ F112 error
            > 部局名 | 総務部 | 提出回 | 2
            施策名
            広報紙の電子配信
            == 01_総務部（修正）.xlsx
            +
            > 部局名 | 総務部 | 提出回 | 2
            施策名
            広報紙の電子配布
            == 01_総務部（最終）.xlsx
            +
            > 部局名 | 総務部 | 提出回 | 2
            施策名
            広報紙の電子化
            ",
        );
    }

    #[test]
    fn a_newer_file_with_less_than_half_of_the_rows_is_an_error() {
        finds(
            &RULE,
            r"
            == 01_総務部.xlsx
            ^ F112 error [文: 1行] [文: 3行] [直: 全ての施策とKPIを書いて]
            > 部局名 | 総務部 | 提出回 | 1
            施策名
            広報紙の電子配信
            電子申請の受付
            窓口予約の導入
            == 01_総務部（修正）.xlsx
            > 部局名 | 総務部 | 提出回 | 2
            施策名
            広報紙の電子配信
            ",
        );
    }

    #[test]
    fn half_of_the_rows_and_no_rows_at_all_are_warnings() {
        finds(
            &RULE,
            r"
            == 01_総務部.xlsx
            ^ F112 warning
            > 部局名 | 総務部 | 提出回 | 1
            施策名
            広報紙の電子配信
            電子申請の受付
            == 01_総務部（修正）.xlsx
            > 部局名 | 総務部 | 提出回 | 2
            施策名
            広報紙の電子配信
            == 02_企画部.xlsx
            ^ F112 warning
            > 部局名 | 企画部 | 提出回 | 1
            施策名
            == 02_企画部（修正）.xlsx
            > 部局名 | 企画部 | 提出回 | 2
            施策名
            ",
        );
    }

    #[test]
    fn one_file_a_department_is_right() {
        silent(
            &RULE,
            r"
            == 01_総務部.xlsx
            > 部局名 | 総務部 | 提出回 | 1
            == 02_企画部.xlsx
            > 部局名 | 企画部 | 提出回 | 1
            ",
        );
    }
}
