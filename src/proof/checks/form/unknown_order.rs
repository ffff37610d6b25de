//! F218: an order that is not a number.

use crate::diag::{Finding, Rule, Severity};
use crate::model::OddityKind;
use crate::proof::checks::{Context, odd};

pub static RULE: Rule = Rule {
    code: "F218",
    name: "unknown-order",
    severity: Severity::Warning,
    title: "掲載順が数でない",
    title_en: "order is not a number",
    what: "「掲載順」が数であるかを見ます。",
    why: "数でない掲載順は使われず、様式の行の順に載ります。",
    mend: "1、2、3のような数を書くか、空欄にしてください。",
    example: "「先頭」→「1」",
    source: "",
};

pub(in crate::proof::checks) fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (receipt, oddity) in context.oddities(OddityKind::UnknownOrder) {
        let message = say!("掲載順が数でない", "order is not a number");
        findings.push(odd(&RULE, receipt, oddity, message));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proof::checks::testing::speaks_of;

    #[test]
    fn speaks_of_its_oddity_alone() {
        speaks_of(&RULE, OddityKind::UnknownOrder, OddityKind::UnknownStatus);
    }
}
