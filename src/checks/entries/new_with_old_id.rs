//! E613: an entry marked 新規 that has the id of an old one.

use super::{entries, former};
use crate::checks::prelude::*;
use crate::model::Status;

pub static RULE: Rule = Rule {
    code: "E613",
    name: "new-with-old-id",
    severity: Severity::Warning,
    title: "新規なのに前の版のIDが付いている",
    title_en: "new entry with an old id",
    what: "{measures.status}が「新規」の{measure}・{kpi}に、前の版にあるIDが書かれていないかを見ます。",
    why: "前の版の{measure}の続きとして扱われ、新旧対照表に「新規」と載りません。",
    mend: "続きの{measure}であれば{measures.status}を「継続」か「変更」に、新しい{measure}であればIDを空欄にしてください。",
    example: "{measures.status}「新規」・{measures.id}「R6-012」→ {measures.id}を空欄にする",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (table, entry) in entries(context.annex).filter(|(_, e)| e.status.value == Status::New) {
        let Some(stated) = &entry.stated_id else { continue };
        if former(context, table, &stated.value).is_some() {
            let id = &stated.value;
            let status = context.fill("{measures.status}");
            let message = say!(
                "{status}は新規だが、{id}は前の版にあるIDである",
                "marked as new, but {id} is of the edition before"
            );
            findings.push(RULE.finding(message).of(&entry.submitted_by).at(&stated.at).found(id));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn an_old_id_is_found_in_its_cell() {
        finds(
            &RULE,
            r"
            == 前の版 01_総務部.xlsx
            施策ID | 施策名
            R6-001 | 広報紙の電子配信
            == 01_総務部.xlsx
            施策ID | 区分
            R6-001 | 新規
            ^ E613
            ",
        );
    }

    #[test]
    fn an_old_id_of_a_continued_measure_is_right() {
        silent(
            &RULE,
            r"
            == 前の版 01_総務部.xlsx
            施策ID | 施策名
            R6-001 | 広報紙の電子配信
            == 01_総務部.xlsx
            施策ID | 区分
            R6-001 | 継続
            ",
        );
    }
}
