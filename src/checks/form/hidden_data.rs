//! F206: data that is there but not to be seen.

use crate::checks::{Context, odd};
use crate::diag::{Finding, Rule, Severity};
use crate::model::OddityKind;

pub static RULE: Rule = Rule {
    code: "F206",
    name: "hidden-data",
    severity: Severity::Warning,
    title: "非表示の行・列・シートに記入がある",
    title_en: "data in hidden rows, columns or sheets",
    what: "非表示にした行、列、シートに値が残っていないかを見ます。",
    why: "画面に見えない内容も読み取られるため、取り下げたつもりの施策が載ってしまうことがあります。",
    mend: "載せる内容であれば再表示し、載せない内容であれば行や列ごと削除してください。",
    example: "非表示の12行目の施策 → 再表示するか、行を削除する",
    source: "行政データにおける機械可読性に関するルール（令和8年3月31日）",
};

pub(in crate::checks) fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (receipt, oddity) in context.oddities(OddityKind::HiddenData) {
        let message =
            say!("非表示の行・列・シートに記入がある", "data in hidden rows, columns or sheets");
        findings.push(odd(&RULE, receipt, oddity, message));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::speaks_of;

    #[test]
    fn speaks_of_its_oddity_alone() {
        speaks_of(&RULE, OddityKind::HiddenData, OddityKind::FilteredRows);
    }
}
