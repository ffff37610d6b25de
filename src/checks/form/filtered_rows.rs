//! F207: rows that an automatic filter keeps out of sight.

use crate::checks::{Context, odd};
use crate::diag::{Finding, Rule, Severity};
use crate::model::OddityKind;

pub static RULE: Rule = Rule {
    code: "F207",
    name: "filtered-rows",
    severity: Severity::Warning,
    title: "フィルターで隠れた行がある",
    title_en: "rows hidden by a filter",
    what: "オートフィルターの条件で隠れている行に、値がないかを見ます。",
    why: "隠れた行も読み取られます。記入や確認のときに見落とされていることがあります。",
    mend: "「データ」－「クリア」でフィルターを解除し、全ての行を確かめてから保存してください。",
    example: "「継続」だけを表示した表 → 全ての行を表示した表",
    source: "",
};

pub(in crate::checks) fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (receipt, oddity) in context.oddities(OddityKind::FilteredRows) {
        let message = say!("フィルターで隠れた行がある", "rows hidden by a filter");
        findings.push(odd(&RULE, receipt, oddity, message));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::speaks_of;

    #[test]
    fn speaks_of_its_oddity_alone() {
        speaks_of(&RULE, OddityKind::FilteredRows, OddityKind::HiddenData);
    }
}
