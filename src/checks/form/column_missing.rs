//! F202: a table without a column that it needs.

use indexmap::IndexMap;

use crate::checks::prelude::*;
use crate::model::{Observation, ObservationKind, Receipt};
use crate::schema::{Column, Schema, Table};

pub static RULE: Rule = Rule {
    code: "F202",
    name: "column-missing",
    severity: Severity::Error,
    title: "必要な列がない",
    title_en: "required column missing",
    what: "様式の表に、{place}・{measures.name}・{measures.overview.short}・{measures.purpose.short}・{measures.section}（{kpi}では{place}・{kpis.name}・{kpis.measures}・{kpis.current}・{kpis.target}）の列がそろっているかを見ます。{measures.status}のように、なくても読めるが全ての行で書かれるはずの列がないときは警告に、{measures.id}・{kpis.id}・{measures.order}・{measures.reposts}のように空欄でもよい列がないときは情報にし、表ごとに1件にまとめます。",
    why: "列がないと、その項目が全ての行で空欄になります。IDの列がなければ{measure}は名前で前の版のものと結び付け、{measures.status}の列がなければ廃止の{measure}が、{measures.reposts}の列がなければ{reposted}が分かりません。",
    mend: "見出しを様式のとおりに戻すか、元の様式に値を貼り付けて提出し直してください。",
    example: "「目的」の列を削除した表 →「目的（X：目指す姿）」の列がある表",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    let mut blank: IndexMap<_, (&Receipt, &Observation, Vec<&str>)> = IndexMap::new();
    for (receipt, observation) in context.observations(ObservationKind::ColumnMissing) {
        let label = &observation.expected;
        let severity = severity(&context.edition.schema, label);
        if severity == Severity::Info {
            let of = blank.entry((&receipt.file, &observation.at));
            of.or_insert_with(|| (receipt, observation, Vec::new())).2.push(label);
        } else {
            let message = say!("列「{label}」がない", "no column “{label}”");
            findings.push(finding_of(&RULE, receipt, observation, message).severity(severity));
        }
    }
    // What may be blank in every row is told once for a table.
    for (receipt, observation, labels) in blank.into_values() {
        let (ja, en) = (labels.join("」「"), labels.join("”, “"));
        let message = say!("空欄でもよい列「{ja}」がない", "no column “{en}”, which may be blank");
        let finding = finding_of(&RULE, receipt, observation, message).severity(Severity::Info);
        findings.push(finding.expected(labels.join("、")));
    }
}

/// How grave it is that a table has no column of this label.
fn severity(schema: &Schema, label: &str) -> Severity {
    let columns = || Table::ALL.into_iter().flat_map(|table| schema.columns(table));
    let is_any = |is: fn(&Column) -> bool| columns().any(|c| c.label == label && is(c));
    if is_any(|column| column.required) {
        Severity::Error
    } else if is_any(|column| column.filled) {
        Severity::Warning
    } else {
        Severity::Info
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn columns_that_may_be_blank_are_told_once_for_a_table() {
        finds(
            &RULE,
            r"
            分野 | ×目的 | ×再掲分野 | ×施策ID | ×区分
            ^ F202 error [期: 目的（X：目指す姿）]
            ^ F202 warning [期: 区分]
            ^ F202 info [期: 施策ID、再掲分野]
            1(1) 子育て支援
            ",
        );
    }

    #[test]
    fn the_form_has_all_columns() {
        silent(
            &RULE,
            r"
            施策名
            広報紙の電子配信

            主なKPI
            広報紙の購読者数（人）
            ",
        );
    }
}
