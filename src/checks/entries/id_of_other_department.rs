//! E617: an id that belongs to another department.

use super::{entries, former};
use crate::checks::prelude::*;

pub static RULE: Rule = Rule {
    code: "E617",
    name: "id-of-other-department",
    severity: Severity::Warning,
    title: "ほかの部局のIDが書かれている",
    title_en: "id of another department",
    what: "様式に書かれたIDが、前の版で同じ部局から提出された{measure}・{kpi}のものかを見ます。",
    why: "ほかの部局の{measure}の続きとして扱われ、元の部局の{measure}が消えたように見えます。",
    mend: "IDの写し誤りであれば直してください。組織改編などで{measure}を引き継いだのであれば、そのままで構いません。",
    example: "総務部の様式に企画部の「R6-031」→ 正しいIDに直す",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (table, entry) in entries(context.annex) {
        let Some(stated) = &entry.stated_id else { continue };
        let former = former(context, table, &stated.value).map(|former| &former.submitted_by);
        let Some(former) = former.filter(|former| **former != entry.submitted_by) else { continue };
        let id = &stated.value;
        let message = say!(
            "ID「{id}」は、前の版では{former}のものである",
            "the id “{id}” was {former}’s in the edition before"
        );
        findings.push(RULE.finding(message).of(&entry.submitted_by).at(&stated.at).found(id));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn another_departments_id_is_found() {
        finds(
            &RULE,
            r"
            == 前の版 01_総務部.xlsx
            施策ID | 施策名
            R6-001 | 広報紙の電子配信
            == 前の版 02_企画部.xlsx
            施策ID | 施策名
            R6-003 | 統計地図の公開
            == 01_総務部.xlsx
            施策ID | 施策名
            R6-003 | 広報紙の電子配信
            ^ E617
            ",
        );
    }

    #[test]
    fn the_departments_own_ids_are_right() {
        silent(
            &RULE,
            r"
            == 前の版 01_総務部.xlsx
            施策ID | 施策名
            R6-001 | 広報紙の電子配信
            == 前の版 02_企画部.xlsx
            施策ID | 施策名
            R6-003 | 統計地図の公開
            == 01_総務部.xlsx
            施策ID | 施策名
            R6-001 | 広報紙の電子配信
            == 02_企画部.xlsx
            施策ID | 施策名
            R6-003 | 統計地図の公開
            ",
        );
    }
}
