//! E614: an entry marked 継続 that the edition before does not have.

use super::{entries, former};
use crate::checks::prelude::*;
use crate::model::{Entry, Status};
use crate::text;

pub static RULE: Rule = Rule {
    code: "E614",
    name: "continued-without-forerunner",
    severity: Severity::Warning,
    title: "継続なのに前の版に見つからない",
    title_en: "continued entry unknown to the edition before",
    what: "{measures.status}が「継続」か「変更」の{measure}・{kpi}が、IDか名前で前の版に見つかるかを見ます。前の版がないときは見ません。",
    why: "前の版とのつながりが切れ、新しいIDが付いて、新旧対照表に「廃止」と「新規」として載ります。",
    mend: "前の版のIDを書いてください。新しく始めるものであれば、{measures.status}を「新規」にしてください。",
    example: "{measures.status}「継続」・{measures.id}が空欄で名前も変わった行 → {measures.id}に「R6-012」",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    // Of a row that results are not asked for, E681 speaks.
    let asks_for_annex = context.edition.results.is_none();
    let Some(previous) = context.previous.filter(|_| asks_for_annex) else { return };
    for (table, entry) in entries(context.annex) {
        let status = entry.status.value;
        let goes_on = matches!(status, Status::Continued | Status::Changed);
        let is_known = former(context, table, entry.id.as_str()).is_some();
        if !goes_on || entry.stated_id.is_some() || is_known {
            continue;
        }
        let (word, written) = (status.label(), &entry.name.value);
        let old = || entries(previous).filter(|(other, _)| *other == table).map(|(_, old)| old);
        let label = context.fill("{measures.status}");
        let same = old().filter(|old| text::key(&old.name.value) == text::key(written));
        let same: Vec<&str> = same.map(|old| old.id.as_str()).collect();
        if !same.is_empty() {
            findings.push(with_namesakes(&label, entry, &same));
            continue;
        }
        let near = nearest(written, old().map(|old| old.name.as_str()));
        let message = say!(
            "{label}は{word}だが、「{written}」は前の版に見つからない",
            "marked as continued, but “{written}” is not in the edition before"
        );
        let finding = RULE.finding(message).of(&entry.submitted_by).at(&entry.name.at);
        findings.push(finding.found(written).suggest(near));
    }
}

/// The edition before has the name, but not as that of one entry that nobody else continues.
fn with_namesakes(label: &str, entry: &Entry, same: &[&str]) -> Finding {
    let (word, written, ids) = (entry.status.value.label(), &entry.name.value, same.join("、"));
    let message = say!(
        "{label}は{word}だが、前の版の「{written}」（{ids}）のどの続きか決まらない",
        "marked as continued, but it is not clear which “{written}” of the edition before ({ids}) is meant"
    );
    let finding = RULE.finding(message).of(&entry.submitted_by).at(&entry.name.at);
    finding.found(written).expected(ids).help(say!(
        "続きであれば、そのIDを書いてください。ほかの行が引き継いでいるときは、{label}を「新規」にしてください。",
        "Write the id of the one that is meant; if another row continues it, this one is new"
    ))
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
    fn a_name_that_several_had_is_named_with_their_ids() {
        finds(
            &RULE,
            r"
            == 前の版 01_総務部.xlsx
            施策ID | 施策名           | 担当課室
            R6-001 | 広報紙の電子配信 | 広報課
            R6-002 | 広報紙の電子配信 | 市町村課
            == 02_企画部.xlsx
            施策名           | 区分
            広報紙の電子配信 | 継続
            ^ E614 [期: R6-001、R6-002] [直: そのIDを書いてください]
            ",
        );
    }

    #[test]
    fn a_kpi_and_a_measure_of_another_department_are_found_by_their_names() {
        silent(
            &RULE,
            r"
            == 前の版 01_総務部.xlsx
            施策名
            広報紙の電子配信

            主なKPI
            広報紙の購読者数（人）
            == 02_企画部.xlsx
            施策名           | 区分
            広報紙の電子配信 | 継続

            主なKPI                | 区分
            広報紙の購読者数（人） | 継続
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
