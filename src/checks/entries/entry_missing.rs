//! E618: an entry of the edition before that is gone without being abolished.

use super::{entries, printed};
use crate::checks::prelude::*;
use crate::model::Outcome;

pub static RULE: Rule = Rule {
    code: "E618",
    name: "entry-missing",
    severity: Severity::Warning,
    title: "前の版の{measure}・{kpi}がなくなっている",
    title_en: "entry of the edition before is gone",
    what: "前の版にあった{measure}と{kpi}が、今回の様式にもあるかを見ます。{measures.status}を「廃止」とした行があれば何も言いません。提出を読めていない部局のものは見ません。",
    why: "行を消しただけでは、廃止したのか書き忘れたのかが分かりません。",
    mend: "続けるものは行を戻し、やめるものは{measures.status}を「廃止」として行を残してください。",
    example: "消えた「R6-012 電子申請の受付」→ {measures.status}「廃止」の行として残す",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    let Some(previous) = context.previous else { return };
    for (table, entry) in printed(previous) {
        if entries(context.annex).any(|(other, here)| other == table && here.id == entry.id) {
            continue;
        }
        let department = &entry.submitted_by;
        let receipt = context
            .receipts
            .iter()
            .find(|r| r.department.as_ref() == Some(department) && r.outcome == Outcome::Read);
        let Some(receipt) = receipt else { continue };
        let (id, name) = (&entry.id, &entry.name.value);
        let message = say!(
            "前の版の{id}「{name}」が様式にない",
            "{id} “{name}” of the edition before is not in the form"
        );
        let place = Place::file(&receipt.file);
        findings.push(RULE.finding(message).of(department).at(&place).expected(name));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn a_missing_measure_and_a_missing_kpi_are_found_at_the_file() {
        finds(
            &RULE,
            r"
            == 前の版 01_総務部.xlsx
            施策名
            広報紙の電子配信

            主なKPI
            広報紙の購読者数（人）
            == 前の版 02_企画部.xlsx
            施策名
            統計地図の公開
            == 01_総務部.xlsx
            ^ E618 [期: 広報紙の購読者数（人）]
            施策名
            広報紙の電子配信
            == 02_企画部.xlsx
            ^ E618 [期: 統計地図の公開]
            ",
        );
    }

    #[test]
    fn abolished_rows_and_departments_that_are_not_read_are_silent() {
        silent(
            &RULE,
            r"
            == 前の版 01_総務部.xlsx
            施策名
            広報紙の電子配信
            == 前の版 02_企画部.xlsx
            施策名
            統計地図の公開
            == 01_総務部.xlsx
            施策名           | 区分
            広報紙の電子配信 | 廃止
            == 02_企画部.xlsx : 壊れている
            ",
        );
    }
}
