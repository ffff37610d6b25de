//! E685: an abolished entry without a reason, where a list prints the reasons.

use crate::checks::prelude::*;

pub static RULE: Rule = Rule {
    code: "E685",
    name: "abolished-without-reason",
    severity: Severity::Warning,
    title: "廃止の理由が書かれていない",
    title_en: "no reason for what is abolished",
    what: "廃止した{measure}と{kpi}の一覧（edition.toml の [[appendix]] kind = \"abolished\"）に理由の欄があるとき、{measures.status}が「廃止」の行に理由があるかを見ます。ほかの部局に移されたものは見ません。",
    why: "一覧に、廃止した理由のない{measure}や{kpi}が印刷されます。",
    mend: "理由の欄に、廃止する理由を書いてください。",
    example: "{measures.status}「廃止」・理由（空欄）→ 県民アプリに統合したため",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    let schema = &context.edition.schema;
    for key in context.edition.abolition_reasons() {
        for (table, entry) in context.annex.abolished() {
            let Some(column) = schema.column(table, key) else { continue };
            let reason = entry.value(&column.key);
            if !reason.value.trim().is_empty() || entry.name.value.trim().is_empty() {
                continue;
            }
            let label = column.short();
            let message =
                say!("廃止の{label}が書かれていない", "{label} of an abolished entry is blank");
            let at = if reason.at.is_nowhere() { &entry.status.at } else { &reason.at };
            let finding = RULE.finding(message).of(&entry.submitted_by).at(at);
            findings.push(finding.found(&entry.name.value));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn an_abolished_entry_without_its_reason_is_found() {
        finds(
            &RULE,
            r#"
            == edition.toml
            [[measure-column]]
            key = "why"
            label = "廃止の理由"
            required = false

            [[appendix]]
            kind = "abolished"
            title = "廃止した施策"
            reason = "why"
            == 01_総務部.xlsx
            施策名           | 区分 | 廃止の理由
            紙の広報紙の配布 | 廃止 |
                             |      | ^ E685 [見: 紙の広報紙の配布]
            "#,
        );
    }

    #[test]
    fn a_reason_and_a_list_without_reasons_are_right() {
        silent(
            &RULE,
            r#"
            == edition.toml
            [[measure-column]]
            key = "why"
            label = "廃止の理由"
            required = false

            [[appendix]]
            kind = "abolished"
            title = "廃止した施策"
            reason = "why"
            == 01_総務部.xlsx
            施策名           | 区分 | 廃止の理由
            紙の広報紙の配布 | 廃止 | 電子版にまとめたため
            広報紙の電子配信 | 新規 |
            "#,
        );
        silent(
            &RULE,
            r#"
            == edition.toml
            [[appendix]]
            kind = "abolished"
            title = "廃止した施策"
            == 01_総務部.xlsx
            施策名           | 区分
            紙の広報紙の配布 | 廃止
            "#,
        );
    }
}
