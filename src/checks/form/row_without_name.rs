//! F216: a row that says something of a nameless entry.

use crate::checks::{Context, odd};
use crate::diag::{Finding, Rule, Severity};
use crate::model::OddityKind;

pub static RULE: Rule = Rule {
    code: "F216",
    name: "row-without-name",
    severity: Severity::Error,
    title: "記入があるのに名前がない",
    title_en: "row with data but no name",
    what: "概要や現状値などが書かれているのに、施策名やKPI名が空欄の行を探します。",
    why: "名前のない行は、どの施策・KPIのことか決められません。",
    mend: "名前を書いてください。前の行の続きであれば1つのセルにまとめ、不要な行であれば削除してください。",
    example: "施策名が空欄で概要だけがある行 → 施策名を記入する",
    source: "",
};

pub(in crate::checks) fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (receipt, oddity) in context.oddities(OddityKind::RowWithoutName) {
        let message = say!("記入があるのに名前がない", "row with data but no name");
        findings.push(odd(&RULE, receipt, oddity, message));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::speaks_of;

    #[test]
    fn speaks_of_its_oddity_alone() {
        speaks_of(&RULE, OddityKind::RowWithoutName, OddityKind::UnknownStatus);
    }
}
