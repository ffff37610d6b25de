//! E618: an entry of the edition before that is gone without being abolished.

use std::collections::BTreeMap;

use super::{entries, printed};
use crate::checks::prelude::*;
use crate::checks::whole::SETTINGS;
use crate::model::Outcome;
use crate::schema::Table;

pub static RULE: Rule = Rule {
    code: "E618",
    name: "entry-missing",
    severity: Severity::Warning,
    title: "前の版の{measure}・{kpi}がなくなっている",
    title_en: "entry of the edition before is gone",
    what: "前の版にあった{measure}と{kpi}が、今回の様式にもあるかを見ます。{measures.status}を「廃止」とした行があれば何も言いません。提出を読めていない部局のものは見ません。この版の設定にない部局のものは、どの部局も引き継いでいない件数を示します。",
    why: "行を消しただけでは、廃止したのか書き忘れたのかが分かりません。",
    mend: "続けるものは行を戻し、やめるものは{measures.status}を「廃止」として行を残してください。",
    example: "消えた「R6-012 電子申請の受付」→ {measures.status}「廃止」の行として残す",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    let Some(previous) = context.previous else { return };
    let mut gone: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    for (table, entry) in printed(previous) {
        if entries(context.annex).any(|(other, here)| other == table && here.id == entry.id) {
            continue;
        }
        let department = &entry.submitted_by;
        if context.edition.department(department).is_none() {
            let of = gone.entry(department.as_str()).or_default();
            of[usize::from(table == Table::Kpis)] += 1;
            continue;
        }
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
    findings
        .extend(gone.into_iter().map(|(department, counts)| of_gone(context, department, counts)));
}

/// What nobody continues of a department that the settings do not have any more.
fn of_gone(context: &Context, department: &str, [measures, kpis]: [usize; 2]) -> Finding {
    let Words { measure, kpi, .. } = context.words();
    let message = say!(
        "前の版の{department}の{measure}{measures}件・{kpi} {kpis}件が、どの部局の様式にもない",
        "{measures} measures and {kpis} KPIs of {department} of the edition before are in no form"
    );
    let names = context.edition.departments.iter().map(|d| d.name.as_str());
    let heir = nearest(department, names).unwrap_or("…");
    RULE.finding(message).at(&Place::file(SETTINGS)).found(department).help(say!(
        "edition.toml の、引き継ぐ部局の [[department]]（{heir}など）に formerly = [\"{department}\"] と書き、様式を作り直してください。取りやめたものは、その様式で「廃止」としてもらってください。",
        "Write formerly = [\"{department}\"] in the [[department]] that succeeds it and make its form anew"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{findings, finds, silent};

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
    fn a_department_that_is_no_more_is_told_of_with_its_counts() {
        let found = findings(
            r"
            == 前の版 03_財務部.xlsx
            > 部局名 | 財務部
            施策名
            広報紙の電子配信
            電子申請の受付

            主なKPI
            広報紙の購読者数（人）
            == 01_総務部.xlsx
            施策名
            広報紙の電子配信
            ",
        );
        let found: Vec<_> = found.iter().filter(|f| f.rule.code == RULE.code).collect();
        let [finding] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(finding.place, Place::file(SETTINGS));
        assert!(finding.message.ja.contains("財務部の施策1件・KPI 1件"), "{}", finding.message.ja);
        assert!(finding.help.ja.contains("formerly = [\"財務部\"]"), "{}", finding.help.ja);
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
