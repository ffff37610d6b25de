//! E617: an id that belongs to another department.

use std::collections::BTreeMap;

use super::{entries, former, transfers};
use crate::checks::prelude::*;
use crate::model::Sourced;

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
    let taken: Vec<&Place> = transfers(context)
        .into_iter()
        .filter_map(|transfer| Some(&transfer.taken.stated_id.as_ref()?.at))
        .collect();
    // Of a department that is no more, with the first of its ids in the form of each other one.
    let mut gone: BTreeMap<(&str, &str), (&Sourced<String>, usize)> = BTreeMap::new();
    for (table, entry) in entries(context.annex) {
        let Some(stated) = &entry.stated_id else { continue };
        let former = former(context, table, &stated.value).map(|former| &former.submitted_by);
        let Some(former) = former.filter(|former| **former != entry.submitted_by) else { continue };
        if taken.contains(&&stated.at) {
            continue;
        }
        if context.edition.department(former).is_none() {
            let first = gone.entry((entry.submitted_by.as_str(), former.as_str()));
            let (first, count) = first.or_insert((stated, 0));
            *count += 1;
            if stated.at < first.at {
                *first = stated;
            }
            continue;
        }
        let id = &stated.value;
        let message = say!(
            "ID「{id}」は、前の版では{former}のものである",
            "the id “{id}” was {former}’s in the edition before"
        );
        findings.push(RULE.finding(message).of(&entry.submitted_by).at(&stated.at).found(id));
    }
    for ((department, former), (first, count)) in gone {
        findings.push(of_gone_department(department, former, first, count));
    }
}

/// One finding for all ids of a department that is no more.
fn of_gone_department(
    department: &str,
    former: &str,
    first: &Sourced<String>,
    count: usize,
) -> Finding {
    let id = &first.value;
    let message = match count {
        1 => say!(
            "ID「{id}」は、前の版では{former}（この版にない部局）のものである",
            "the id “{id}” was of {former}, which is no department of this edition"
        ),
        _ => say!(
            "ID「{id}」など{count}件は、前の版では{former}（この版にない部局）のものである",
            "“{id}” and others, {count} ids, were of {former}, which is no department of this edition"
        ),
    };
    RULE.finding(message).of(department).at(&first.at).found(id).help(say!(
        "引き継いだものであれば、そのままで構いません（事務局は、edition.toml の{department}の [[department]] に formerly = [\"{former}\"] と書いてください）。",
        "Right if they were taken over (the secretariat writes formerly = [\"{former}\"] in the [[department]] of {department})"
    ))
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
    fn a_department_that_is_no_more_is_told_of_once() {
        finds(
            &RULE,
            r"
            == 前の版 03_財務部.xlsx
            > 部局名 | 財務部
            施策ID | 施策名
            R6-001 | 広報紙の電子配信
            R6-002 | 電子申請の受付
            == 01_総務部.xlsx
            施策ID | 施策名
            R6-001 | 広報紙の電子配信
            ^ E617 [文: など2件は、前の版では財務部（この版にない部局）]
            R6-002 | 電子申請の受付
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
