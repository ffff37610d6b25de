//! E617: an id that belongs to another department.

use super::{Entry, entries};
use crate::checks::Context;
use crate::diag::{Finding, Rule, Severity};

pub static RULE: Rule = Rule {
    code: "E617",
    name: "id-of-other-department",
    severity: Severity::Warning,
    title: "ほかの部局のIDが書かれている",
    title_en: "id of another department",
    what: "様式に書かれたIDが、前の版で同じ部局から提出された施策・KPIのものかを見ます。",
    why: "ほかの部局の施策の続きとして扱われ、元の部局の施策が消えたように見えます。",
    mend: "IDの写し誤りであれば直してください。組織改編などで施策を引き継いだのであれば、そのままで構いません。",
    example: "総務部の様式に企画部の「R6-031」→ 正しいIDに直す",
    source: "",
};

pub(in crate::checks) fn check(context: &Context, findings: &mut Vec<Finding>) {
    let Some(previous) = context.previous else { return };
    for Entry { stated, department, kpi, .. } in entries(context.annex) {
        let Some(stated) = stated else { continue };
        let former = entries(previous)
            .find(|e| e.kpi == kpi && e.id.as_str() == stated.value)
            .map(|e| e.department);
        let Some(former) = former.filter(|f| *f != department) else { continue };
        let id = &stated.value;
        let message = say!(
            "ID「{id}」は、前の版では{former}のものである",
            "the id “{id}” was {former}’s in the edition before"
        );
        findings.push(RULE.finding(message).of(department).at(&stated.at).found(id));
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
