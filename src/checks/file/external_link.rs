//! F110: a formula that looks into another workbook.

use crate::checks::{Context, odd};
use crate::diag::{Finding, Rule, Severity};
use crate::model::OddityKind;

pub static RULE: Rule = Rule {
    code: "F110",
    name: "external-link",
    severity: Severity::Warning,
    title: "ほかのブックを参照している",
    title_en: "links to another workbook",
    what: "数式がほかのブックを参照していないかを見ます。",
    why: "参照先のファイルは届かないので、表示されている値が最新かどうかを確かめられません。",
    mend: "数式のセルを選び、「値の貼り付け」で値に置き換えてください。",
    example: "「=[集計.xlsx]Sheet1!B3」→「1,551人」",
    source: "",
};

pub(in crate::checks) fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (receipt, oddity) in context.oddities(OddityKind::ExternalLink) {
        let message = say!("ほかのブックを参照している", "links to another workbook");
        findings.push(odd(&RULE, receipt, oddity, message));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::speaks_of;

    #[test]
    fn speaks_of_its_oddity_alone() {
        speaks_of(&RULE, OddityKind::ExternalLink, OddityKind::HasMacros);
    }
}
