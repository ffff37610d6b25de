//! F203: two columns that mean the same field.

use crate::checks::{Context, odd};
use crate::diag::{Finding, Rule, Severity};
use crate::model::OddityKind;

pub static RULE: Rule = Rule {
    code: "F203",
    name: "column-twice",
    severity: Severity::Error,
    title: "同じ項目の列が2つある",
    title_en: "two columns of one field",
    what: "1つの表に、同じ項目を表す列や、同じ項目の見出しによく似た列が2つ以上ないかを見ます。",
    why: "どちらの列の値を載せるべきか決められません。「目標値」と「目標値（修正後）」では、古いほうが載ることがあります。",
    mend: "使わないほうの列を削除するか、見出しを別の名前に変えてください。",
    example: "「目的」と「施策の目的」の2列 →「目的（X：目指す姿）」の1列",
    source: "行政データにおける機械可読性に関するルール（令和8年3月31日）",
};

pub(in crate::checks) fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (receipt, oddity) in context.oddities(OddityKind::ColumnTwice) {
        let (both, field) = (&oddity.found, &oddity.expected);
        let message = say!(
            "「{field}」の列が2つある（{both}）",
            "two columns of the field “{field}”: {both}"
        );
        findings.push(odd(&RULE, receipt, oddity, message));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::speaks_of;

    #[test]
    fn speaks_of_its_oddity_alone() {
        speaks_of(&RULE, OddityKind::ColumnTwice, OddityKind::UnknownColumn);
    }
}
