//! F202: a table without a column that it needs.

use crate::checks::prelude::*;
use crate::model::ObservationKind;
use crate::schema::{Schema, Table};

pub static RULE: Rule = Rule {
    code: "F202",
    name: "column-missing",
    severity: Severity::Error,
    title: "必要な列がない",
    title_en: "required column missing",
    what: "様式の表に、{place}・{measures.name}・{measures.overview.short}・{measures.purpose.short}・{measures.section}（{kpi}では{place}・{kpis.name}・{kpis.measures}・{kpis.current}・{kpis.target}）の列がそろっているかを見ます。{measures.id}・{kpis.id}・{measures.status}・{measures.order}・{measures.reposts}の列がないときは警告にします。",
    why: "列がないと、その項目が全ての行で空欄になります。IDの列がなければ全ての行が新しいものとして扱われ、{measures.status}の列がなければ廃止の{measure}が、{measures.reposts}の列がなければ{reposted}が分かりません。",
    mend: "見出しを様式のとおりに戻すか、元の様式に値を貼り付けて提出し直してください。",
    example: "「目的」の列を削除した表 →「目的（X：目指す姿）」の列がある表",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (receipt, observation) in context.observations(ObservationKind::ColumnMissing) {
        let label = &observation.expected;
        let message = say!("列「{label}」がない", "no column “{label}”");
        let mut finding = finding_of(&RULE, receipt, observation, message);
        if is_optional(&context.edition.schema, label) {
            finding = finding.severity(Severity::Warning);
        }
        findings.push(finding);
    }
}

fn is_optional(schema: &Schema, label: &str) -> bool {
    let mut columns = Table::ALL.into_iter().flat_map(|table| schema.columns(table));
    columns.any(|column| !column.required && column.label == label)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn a_column_that_a_table_can_do_without_is_a_warning() {
        finds(
            &RULE,
            r"
            区分 | ×目的 | ×再掲分野 | ×施策ID
            ^ F202 error [期: 目的（X：目指す姿）]
            ^ F202 warning [期: 再掲分野]
            ^ F202 warning [期: 施策ID]
            継続
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
