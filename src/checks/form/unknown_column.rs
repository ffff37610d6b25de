//! F205: a column that the form does not have, with data in it.

use crate::checks::{Context, odd};
use crate::diag::{Finding, Rule, Severity};
use crate::model::OddityKind;

pub static RULE: Rule = Rule {
    code: "F205",
    name: "unknown-column",
    severity: Severity::Info,
    title: "様式にない列に記入がある",
    title_en: "unknown column with data",
    what: "様式にない見出しの列に、値が入っていないかを見ます。",
    why: "その列の内容は別冊に載りません。載せるつもりで書かれたものなら、気付かれないまま抜け落ちます。",
    mend: "載せる内容であれば該当する列に移し、部局内の控えであればそのままで構いません。",
    example: "「R8予算額」の列 → 「備考」に移すか、残しておく",
    source: "",
};

pub(in crate::checks) fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (receipt, oddity) in context.oddities(OddityKind::UnknownColumn) {
        let message = say!("様式にない列に記入がある", "unknown column with data");
        findings.push(odd(&RULE, receipt, oddity, message));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::speaks_of;

    #[test]
    fn speaks_of_its_oddity_alone() {
        speaks_of(&RULE, OddityKind::UnknownColumn, OddityKind::ColumnTwice);
    }
}
