//! E614: an entry marked 継続 that the edition before does not have.

use super::{Entry, entries, is_of_previous};
use crate::checks::Context;
use crate::checks::nearest::{nearest, perhaps};
use crate::diag::{Finding, Rule, Severity};
use crate::model::Status;

pub static RULE: Rule = Rule {
    code: "E614",
    name: "continued-without-forerunner",
    severity: Severity::Warning,
    title: "継続なのに前の版に見つからない",
    title_en: "continued entry unknown to the edition before",
    what: "区分が「継続」か「変更」の施策・KPIが、IDか名前で前の版に見つかるかを見ます。前の版がないときは見ません。",
    why: "前の版とのつながりが切れ、新しいIDが付いて、新旧対照表に「廃止」と「新規」として載ります。",
    mend: "前の版のIDを書いてください。新しく始めるものであれば、区分を「新規」にしてください。",
    example: "区分「継続」・施策IDが空欄で名前も変わった行 → 施策IDに「R6-012」",
    source: "",
};

pub(in crate::checks) fn check(context: &Context, findings: &mut Vec<Finding>) {
    let Some(previous) = context.previous else { return };
    for Entry { id, status, name, department, stated, kpi } in entries(context.annex) {
        let goes_on = matches!(status.value, Status::Continued | Status::Changed);
        if !goes_on || stated.is_some() || is_of_previous(context, kpi, id.as_str()) {
            continue;
        }
        let near = nearest(
            &name.value,
            entries(previous).filter(|e| e.kpi == kpi).map(|e| e.name.value.as_str()),
        );
        let (word, written) = (status.value.label(), &name.value);
        let message = say!(
            "区分は{word}だが、「{written}」は前の版に見つからない",
            "marked as continued, but “{written}” is not in the edition before"
        );
        findings.push(
            RULE.finding(message)
                .of(department)
                .at(&name.at)
                .found(written)
                .expected(near.unwrap_or_default())
                .help(perhaps(near)),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn a_measure_without_a_forerunner_is_found() {
        finds(
            &RULE,
            r"
            == 前の版 01_総務部.xlsx
            施策名
            広報紙の電子配信
            == 01_総務部.xlsx
            施策名                 | 区分
            広報紙の電子配信の拡大 | 継続
            ^ E614 [期: 広報紙の電子配信]
            ",
        );
    }

    #[test]
    fn a_new_measure_and_a_known_one_are_right() {
        silent(
            &RULE,
            r"
            == 前の版 01_総務部.xlsx
            施策ID | 施策名
            R6-001 | 広報紙の電子配信
            R6-002 | 電子申請の受付
            == 01_総務部.xlsx
            施策ID | 施策名               | 区分
                   | 広報紙の電子配信     | 継続
            R6-002 | オンライン申請の受付 | 変更
                   | 統計地図の公開       | 新規
            ",
        );
    }

    #[test]
    fn a_first_edition_has_no_forerunners() {
        silent(
            &RULE,
            r"
            施策名           | 区分
            広報紙の電子配信 | 継続
            ",
        );
    }
}
