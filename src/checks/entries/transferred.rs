//! E642: an entry that one department gives up and another takes over.

use super::transfers;
use crate::checks::prelude::*;

pub static RULE: Rule = Rule {
    code: "E642",
    name: "transferred",
    severity: Severity::Info,
    title: "{measure}・{kpi}がほかの部局に移された",
    title_en: "an entry goes on in another department",
    what: "ある部局の様式で{measures.status}が「廃止」の{measure}・{kpi}のIDが、ほかの部局の様式の続ける行にあるかを見ます。",
    why: "2つの部局の間で移管されたものとして扱い、IDを引き継ぎます。新旧対照表には、廃止と新規ではなく、担当の変更として載ります。",
    mend: "移管であれば、そのままで構いません。別の{measure}・{kpi}であれば、続ける行のIDを空欄にしてください。",
    example: "総務部の「R6-012」廃止、企画部の「R6-012」継続 → 総務部から企画部への移管",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    for transfer in transfers(context) {
        let (taken, given) = (transfer.taken, transfer.given);
        let Some(stated) = &taken.stated_id else { continue };
        let (id, from, to) = (&stated.value, &given.submitted_by, &taken.submitted_by);
        let message = say!(
            "ID「{id}」は{from}の様式では廃止であり、{to}への移管とみた",
            "{from} abolishes “{id}” and {to} takes it over"
        );
        let finding = RULE.finding(message).of(to).at(&stated.at).found(id);
        findings.push(finding.also_at([given.name.at.clone()]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::entries::{id_given_twice, id_of_other_department};
    use crate::checks::testing::{finds, silent};

    const TRANSFER: &str = r"
        == 前の版 01_総務部.xlsx
        施策ID | 施策名
        R6-001 | 広報紙の電子配信
        == 01_総務部.xlsx
        施策ID | 施策名           | 区分
        R6-001 | 広報紙の電子配信 | 廃止
               | +
        == 02_企画部.xlsx
        施策ID | 施策名           | 区分
        R6-001 | 広報紙の電子配信 | 継続
        ^ E642 [文: 総務部の様式では廃止]
        ";

    #[test]
    fn both_rows_of_a_transfer_are_named() {
        finds(&RULE, TRANSFER);
    }

    #[test]
    fn a_transfer_is_no_id_given_twice_and_none_of_another_department() {
        let lines = TRANSFER.lines().filter(|line| !line.contains("E642") && !line.contains("| +"));
        let text: String = lines.map(|line| format!("{line}\n")).collect();
        silent(&id_given_twice::RULE, &text);
        silent(&id_of_other_department::RULE, &text);
    }

    #[test]
    fn two_rows_that_go_on_and_an_abolished_row_alone_are_none() {
        silent(
            &RULE,
            r"
            == 01_総務部.xlsx
            施策ID | 施策名           | 区分
            R6-001 | 広報紙の電子配信 | 廃止
            R6-002 | 電子申請の受付   | 継続
            == 02_企画部.xlsx
            施策ID | 施策名           | 区分
            R6-002 | 電子申請の受付   | 継続
            ",
        );
    }
}
