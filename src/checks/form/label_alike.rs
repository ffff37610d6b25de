//! F204: a header that only resembles a known label.

use crate::checks::{Context, odd};
use crate::diag::{Finding, Rule, Severity};
use crate::model::OddityKind;

pub static RULE: Rule = Rule {
    code: "F204",
    name: "label-alike",
    severity: Severity::Warning,
    title: "見出しが様式の見出しと少し違う",
    title_en: "header resembles a known label",
    what: "様式の見出しに似ているが同じではない見出しを探します。",
    why: "似た見出しの列は、様式のその項目の列として読みます。別の項目の列であれば、違う内容が載ってしまいます。",
    mend: "その項目の列であれば見出しを様式のとおりに直し、別の項目の列であれば、似ていない見出しに変えてください。",
    example: "「再掲の分野」→「再掲分野」",
    source: "",
};

pub(in crate::checks) fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (receipt, oddity) in context.oddities(OddityKind::LabelAlike) {
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
    use crate::checks::testing::speaks_of;

    #[test]
    fn speaks_of_its_oddity_alone() {
        speaks_of(&RULE, OddityKind::LabelAlike, OddityKind::UnknownColumn);
    }
}
