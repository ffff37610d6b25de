//! F203: two columns that mean the same field.

use crate::diag::{Finding, Rule, Severity};
use crate::model::OddityKind;
use crate::proof::checks::{Context, odd};

pub static RULE: Rule = Rule {
    code: "F203",
    name: "column-twice",
    severity: Severity::Error,
    title: "同じ見出しの列が2つある",
    title_en: "two columns of one label",
    what: "1つの表に、同じ項目を表す列が2つ以上ないかを見ます。",
    why: "どちらの列の値を載せるべきか決められません。",
    mend: "使わないほうの列を削除するか、見出しを別の名前に変えてください。",
    example: "「目的」と「施策の目的」の2列 →「目的（X：目指す姿）」の1列",
    source: "行政データにおける機械可読性に関するルール（令和8年3月31日）",
};

pub(in crate::proof::checks) fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (receipt, oddity) in context.oddities(OddityKind::ColumnTwice) {
        let found = &oddity.found;
        let message = say!("同じ項目の列「{found}」が2つある", "two columns of one label: {found}");
        findings.push(odd(&RULE, receipt, oddity, message));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proof::checks::testing::speaks_of;

    #[test]
    fn speaks_of_its_oddity_alone() {
        speaks_of(&RULE, OddityKind::ColumnTwice, OddityKind::UnknownColumn);
    }
}
