//! E637: 継続 where something changed, 変更 where nothing did.

use super::differing_from;
use crate::checks::prelude::*;
use crate::model::{Row, Status};
use crate::schema::{Column, FigureRole, Role, Table};

pub static RULE: Rule = Rule {
    code: "E637",
    name: "status-contradicts-changes",
    severity: Severity::Info,
    title: "{measures.status}が実際の変更と合わない",
    title_en: "status contradicts the changes",
    what: "{measures.status}が「継続」の行の名称・{measures.overview.short}・{measures.purpose.short}・{kpis.target}などが前の版と同じか、「変更」の行に前の版と違うところがあるかを見ます。{kpis.current}と、{measures.section}・{measures.order}の違いは見ません。",
    why: "{measures.status}は、どこを見直したかを知る手掛かりです。書き換えたつもりのない違いは、打ち誤りのこともあります。",
    mend: "内容を見直した行は{measures.status}を「変更」に、そうでない行は「継続」にしてください。書き換えたつもりのない違いは、元に戻してください。",
    example: "{measures.status}「継続」・{kpis.target}を80%から85%に改めた行 → {measures.status}「変更」",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    // Where the status is locked, E680 speaks of what was changed.
    let is_decided = context.edition.results.is_none();
    let Some(previous) = context.previous.filter(|_| is_decided) else { return };
    for measure in context.annex.measures.iter().filter(|measure| measure.is_printed()) {
        if let Some(former) = previous.measure(&measure.id) {
            findings.extend(finding(context, Table::Measures, measure, former));
        }
    }
    for kpi in context.annex.kpis.iter().filter(|kpi| kpi.is_printed()) {
        if let Some(former) = previous.kpi(&kpi.id) {
            findings.extend(finding(context, Table::Kpis, kpi, former));
        }
    }
}

/// What a department decides anew; a current value is another every year.
fn is_decided(column: &Column) -> bool {
    match column.role {
        Role::Name => true,
        Role::Figure { role, .. } => matches!(role, FigureRole::Interim | FigureRole::Target),
        Role::Value => column.is_wordy(),
        _ => false,
    }
}

fn finding<R: Row>(context: &Context, table: Table, row: &R, former: &R) -> Option<Finding> {
    let entry = row.entry();
    let columns = differing_from(context, table, row, former, is_decided).join("・");
    let status = context.fill("{measures.status}");
    let message = match entry.status.value {
        Status::Continued if !columns.is_empty() => say!(
            "{status}は継続だが、{columns}が前の版と違う",
            "marked as continued, but {columns} differ from the edition before"
        ),
        Status::Changed if columns.is_empty() => say!(
            "{status}は変更だが、前の版と違うところがない",
            "marked as changed, but nothing differs from the edition before"
        ),
        _ => return None,
    };
    let finding = RULE.finding(message).of(&entry.submitted_by).at(&entry.status.at);
    Some(finding.found(entry.status.value.label()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn what_changed_is_named() {
        finds(
            &RULE,
            r"
            == 前の版 01_総務部.xlsx
            施策ID | 施策名           | 概要
            R6-001 | 広報紙の電子配信 | 配信する。
            R6-002 | 電子申請の受付   | 受け付ける。

            KPI ID | 主なKPI  | 現状値 | 目標値
            R6-K01 | 購読者数 | 500人  | 800人(R9)
            == 01_総務部.xlsx
            施策ID | 施策名           | 概要               | 区分
            R6-001 | 広報誌の電子配信 | 音声でも配信する。 | 継続
                   |                  |                    | ^ E637 [文: 施策名・概要]
            R6-002 | 電子申請の受付   | 受け付ける。       | 変更
                   |                  |                    | ^ E637 [文: 違うところがない]

            KPI ID | 主なKPI  | 現状値 | 目標値    | 区分
            R6-K01 | 購読者数 | 520人  | 900人(R9) | 継続
                   |          |        |           | ^ E637 [文: 目標値]
            ",
        );
    }

    #[test]
    fn a_status_that_fits_and_a_new_current_value_are_right() {
        silent(
            &RULE,
            r"
            == 前の版 01_総務部.xlsx
            施策ID | 施策名           | 概要
            R6-001 | 広報紙の電子配信 | 配信する。
            R6-002 | 電子申請の受付   | 受け付ける。

            KPI ID | 主なKPI  | 現状値 | 目標値
            R6-K01 | 購読者数 | 500人  | 800人(R9)
            == 01_総務部.xlsx
            施策ID | 施策名             | 概要           | 区分
            R6-001 | 広報紙の　電子配信 | 配信する。     | 継続
            R6-002 | 電子申請の受付     | 常に受け付ける。 | 変更
                   | 窓口予約の導入     | 導入する。     | 新規

            KPI ID | 主なKPI  | 現状値 | 目標値    | 区分
            R6-K01 | 購読者数 | 520人  | 800人（R9） | 継続
            ",
        );
    }
}
