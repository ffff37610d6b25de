//! F234: a reference date that is not that of the edition.

use crate::checks::{Context, odd};
use crate::diag::{Finding, Rule, Severity};
use crate::model::OddityKind;

pub static RULE: Rule = Rule {
    code: "F234",
    name: "as-of-differs",
    severity: Severity::Warning,
    title: "基準日が今回の版のものでない",
    title_en: "another reference date than that of the edition",
    what: "様式の上部に書かれた「基準日」が、版の設定の基準日と同じ年月かを見ます。",
    why: "前の年度の様式や、別の時点で調べた値が届いていることがあります。",
    mend: "今回の基準日で調べた値であれば「基準日」を直し、別の時点の値であれば調べ直してください。",
    example: "「令和6年1月」→「令和7年1月」",
    source: "",
};

pub(in crate::checks) fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (receipt, oddity) in context.oddities(OddityKind::AsOfDiffers) {
        let found = &oddity.found;
        let message = say!(
            "基準日「{found}」が今回の版のものでない",
            "the reference date “{found}” is not that of the edition"
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
        speaks_of(&RULE, OddityKind::AsOfDiffers, OddityKind::OtherEdition);
    }
}
