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
