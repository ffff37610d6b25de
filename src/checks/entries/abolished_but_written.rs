//! E636: an entry marked 廃止 that someone wrote in.

use super::differing_from;
use crate::checks::prelude::*;
use crate::model::{Entry, Id, Kpi, Row};
use crate::schema::{Column, Role, Table};

pub static RULE: Rule = Rule {
    code: "E636",
    name: "abolished-but-written",
    severity: Severity::Warning,
    title: "廃止の行に新しい記入がある",
    title_en: "abolished row with new content",
    what: "{measures.status}が「廃止」の行に、前の版から書き換えた{measures.name}・{measures.overview.short}・{measures.purpose.short}・{kpis.current}・{kpis.target}がないか、前の版にない行が「廃止」になっていないかを見ます。",
    why: "廃止の行は別冊に載りません。続けるものの{measures.status}を書き誤っていると、{measure}が失われます。",
    mend: "続けるものであれば、{measures.status}を「継続」か「変更」にしてください。廃止するものであれば、そのままで構いません。前の版にない行で要らないものは、記入を全て消してください。",
    example: "{measures.status}「廃止」・{measures.overview.short}を書き直した行 → {measures.status}「変更」",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    for measure in context.annex.measures.iter().filter(|measure| measure.is_abolished()) {
        let former = context.previous.and_then(|previous| previous.measure(&meant(measure)));
        findings.extend(finding(context, Table::Measures, measure, former));
    }
    for kpi in context.annex.kpis.iter().filter(|kpi| kpi.is_abolished()) {
        let former: Option<&Kpi> = context.previous.and_then(|previous| previous.kpi(&meant(kpi)));
        findings.extend(finding(context, Table::Kpis, kpi, former));
    }
}

/// The id of the entry that a row gives up: the one it states, which may have gone to the row of
/// another department.
fn meant(entry: &Entry) -> Id {
    entry.stated_id.as_ref().map_or_else(|| entry.id.clone(), |stated| Id(stated.value.clone()))
}

fn finding<R: Row>(
    context: &Context,
    table: Table,
    row: &R,
    former: Option<&R>,
) -> Option<Finding> {
    let entry = row.entry();
    let message = match former {
        Some(former) => {
            // The reason is for the row of what goes.
            let is_reason =
                |column: &Column| context.edition.abolition_reasons().any(|key| column.is(key));
            let all = |column: &Column| {
                let is_of_it = matches!(column.role, Role::Name | Role::Figure { .. });
                (is_of_it || column.is_wordy()) && !is_reason(column)
            };
            let columns = differing_from(context, table, row, former, all);
            if columns.is_empty() {
                return None;
            }
            let columns = columns.join("・");
            say!(
                "廃止の行の{columns}が、前の版から書き換えられている",
                "{columns} of an abolished row differ from the edition before"
            )
        }
        None if entry.name.value.trim().is_empty() => return None,
        None if context.previous.is_some() => say!(
            "廃止の行だが、前の版に見つからない（載らない）",
            "an abolished row that the edition before does not have; it is not printed"
        ),
        None => say!(
            "前の版がないのに、廃止の行がある（載らない）",
            "an abolished row although there is no edition before; it is not printed"
        ),
    };
    let finding = RULE.finding(message).of(&entry.submitted_by).at(&entry.status.at);
    Some(finding.found(&entry.name.value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn an_abolished_row_with_another_text_and_one_from_nowhere_are_found() {
        finds(
            &RULE,
            r"
            == 前の版 01_総務部.xlsx
            施策ID | 施策名           | 概要
            R6-001 | 広報紙の電子配信 | 配信する。

            KPI ID | 主なKPI | 目標値
            R6-K01 | 購読者数 | 800人(R9)
            == 01_総務部.xlsx
            施策ID | 施策名           | 概要               | 区分
            R6-001 | 広報紙の電子配信 | 音声でも配信する。 | 廃止
                   |                  |                    | ^ E636 [文: 概要]
                   | 電子申請の受付   | 受け付ける。       | 廃止
                   |                  |                    | ^ E636 [文: 前の版に見つからない]

            KPI ID | 主なKPI  | 目標値    | 区分
            R6-K01 | 購読者数 | 900人(R9) | 廃止
                   |          |           | ^ E636 [文: 目標値]
            ",
        );
    }

    #[test]
    fn in_a_first_edition_nothing_can_be_abolished() {
        finds(
            &RULE,
            r"
            施策名           | 区分
            広報紙の電子配信 | 廃止
                             | ^ E636 [文: 前の版がない]
            ",
        );
    }

    #[test]
    fn an_abolished_row_as_it_was_is_right() {
        silent(
            &RULE,
            r"
            == 前の版 01_総務部.xlsx
            施策ID | 施策名           | 概要
            R6-001 | 広報紙の電子配信 | 配信する。
            == 01_総務部.xlsx
            施策ID | 施策名             | 概要       | 区分
            R6-001 | 広報紙の 電子配信  | 配信する。 | 廃止
            ",
        );
    }
}
