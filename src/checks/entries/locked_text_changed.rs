//! E680: a text that is shown beside the results to be filled in, and that was changed.

use crate::checks::prelude::*;
use crate::model::{Row, Status};
use crate::schema::{Paper, Role, Table};

pub static RULE: Rule = Rule {
    code: "E680",
    name: "locked-text-changed",
    severity: Severity::Error,
    title: "変えられない欄の記載が別冊と違う",
    title_en: "a locked text is not as the annex has it",
    what: "実績を集める版（[results]）で、尋ねていない欄の記載が、元の版（previous）のとおりかを見ます。{measures.status}は「継続」とします。",
    why: "実績は、公表した別冊の{measure}と{kpi}についてのものです。名称や{kpis.target}が違うと、何の実績か分からなくなります。",
    mend: "「期待」の記載に戻してください。記載を改めるのは、次の版の様式です。別冊の誤りであれば、備考に書いて事務局に知らせてください。",
    example: "{kpis.target}「800人（R9）」を「700人（R9）」に書き換えた行",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    let Some(previous) = context.previous else { return };
    for measure in &context.annex.measures {
        if let Some(former) = previous.measure(&measure.id) {
            of_row(context, Table::Measures, measure, former, findings);
        }
    }
    for kpi in &context.annex.kpis {
        if let Some(former) = previous.kpi(&kpi.id) {
            of_row(context, Table::Kpis, kpi, former, findings);
        }
    }
}

fn of_row<R: Row>(
    context: &Context,
    table: Table,
    row: &R,
    former: &R,
    findings: &mut Vec<Finding>,
) {
    let shown = context.edition.schema.on(table, Paper::Form).filter(|column| column.locked);
    for column in shown.filter(|column| column.role != Role::Id) {
        let now = row.text(column);
        let then = match column.role {
            Role::Status => Status::Continued.label().into(),
            _ => former.text(column),
        };
        if now == then {
            continue;
        }
        let label = &column.label;
        let message = say!(
            "{label}は変えられない欄だが、別冊の記載と違う",
            "{label} is locked, and is not as the annex has it"
        );
        let places = row.places(column);
        let at = places.first().copied().filter(|place| !place.is_nowhere());
        let finding = RULE.finding(message).of(&row.entry().submitted_by);
        let finding = finding.at(at.unwrap_or(&row.entry().name.at));
        findings.push(finding.found(now.replace('\n', " ")).expected(then.replace('\n', " ")));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn every_changed_text_is_found_in_its_cell() {
        finds(
            &RULE,
            r#"
            == edition.toml
            previous = "previous.json"
            [results]
            year = 2025
            [[measure-column]]
            key = "state"
            label = "取組状況"
            asked = "progress"
            == 前の版 01_総務部.xlsx
            施策ID | 施策名           | 概要
            R6-001 | 広報紙の電子配信 | 配信する。

            KPI ID | 主なKPI  | 現状値 | 目標値
            R6-K01 | 購読者数 | 500人  | 800人(R9)
            == 01_総務部.xlsx
            施策ID | 施策名           | 概要               | 区分   | 取組状況
            R6-001 | 広報誌の電子配信 | 配信する。         | 変更   | 配信した。
                   | ^ E680 [見: 広報誌の電子配信] [期: 広報紙の電子配信] | | ^ E680 [期: 継続] |

            KPI ID | 主なKPI  | 現状値 | 目標値
            R6-K01 | 購読者数 | 500人  | 700人(R9)
                   |          |        | ^ E680 [期: 800人(R9)]
            "#,
        );
    }

    #[test]
    fn what_is_as_it_was_and_what_is_asked_for_is_right() {
        silent(
            &RULE,
            r#"
            == edition.toml
            previous = "previous.json"
            [results]
            year = 2025
            [[measure-column]]
            key = "state"
            label = "取組状況"
            asked = "progress"
            == 前の版 01_総務部.xlsx
            施策ID | 施策名           | 区分 | 備考
            R6-001 | 広報紙の電子配信 | 新規 | 調整中
            == 01_総務部.xlsx
            施策ID | 施策名           | 区分 | 備考 | 取組状況
            R6-001 | 広報紙の電子配信 | 継続 |      | 配信した。
            "#,
        );
        silent(
            &RULE,
            r"
            == 前の版 01_総務部.xlsx
            施策ID | 施策名
            R6-001 | 広報紙の電子配信
            == 01_総務部.xlsx
            施策ID | 施策名
            R6-001 | 広報誌の電子配信
            ",
        );
    }
}
