//! F204: a header that only resembles a known label.

use crate::diag::{Finding, Rule, Severity};
use crate::model::OddityKind;
use crate::proof::checks::{Context, odd};

pub static RULE: Rule = Rule {
    code: "F204",
    name: "label-alike",
    severity: Severity::Warning,
    title: "見出しが様式の見出しと少し違う",
    title_en: "header resembles a known label",
    what: "様式の見出しに似ているが同じではない見出しを探します。必要な列がそのために見つからないときは、F202 が知らせます。",
    why: "見出しが違うと、その列は読まれません。",
    mend: "その列であれば見出しを様式のとおりに直し、別の列であればそのままにしてください。",
    example: "「再掲の分野」→「再掲分野」",
    source: "",
};

pub(in crate::proof::checks) fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (receipt, oddity) in context.oddities(OddityKind::LabelAlike) {
        let said_with_the_missing_column = receipt.oddities.iter().any(|other| {
            other.kind == OddityKind::ColumnMissing
                && other.at.sheet == oddity.at.sheet
                && other.expected == oddity.expected
        });
        if said_with_the_missing_column {
            continue;
        }
        let (seen, label) = (&oddity.found, &oddity.expected);
        let message = say!(
            "見出し「{seen}」が様式の見出し「{label}」と少し違う",
            "the header “{seen}” resembles “{label}”"
        );
        findings.push(odd(&RULE, receipt, oddity, message));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proof::checks::testing::{silent, speaks_of};

    #[test]
    fn speaks_of_its_oddity_alone() {
        speaks_of(&RULE, OddityKind::LabelAlike, OddityKind::UnknownColumn);
    }

    #[test]
    fn says_nothing_where_the_missing_column_is_already_named() {
        silent(&RULE, |case| {
            case.odd_with(OddityKind::ColumnMissing, "A5", "", "施策名");
            case.odd_with(OddityKind::LabelAlike, "E5", "施策の名", "施策名");
        });
    }
}
