//! F223: repost differs from its original, in a consolidated workbook that is read back.

use crate::checks::{Context, odd};
use crate::diag::{Finding, Rule, Severity};
use crate::model::OddityKind;

pub static RULE: Rule = Rule {
    code: "F223",
    name: "repost-differs",
    severity: Severity::Warning,
    title: "再掲の記載が元の施策と違う",
    title_en: "repost differs from its original",
    what: "集約ブックの「再掲」の行の記載が、元の施策の行と同じであるかを見ます。",
    why: "再掲には元の施策の記載がそのまま印刷されるため、再掲の行だけを直しても反映されません。",
    mend: "元の施策の行を直してください。",
    example: "再掲の行だけで施策名を直した → 元の行の施策名を直した",
    source: "",
};

pub(in crate::checks) fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (receipt, oddity) in context.oddities(OddityKind::RepostDiffers) {
        let message = say!("再掲の記載が元の施策と違う", "repost differs from its original");
        findings.push(odd(&RULE, receipt, oddity, message));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::speaks_of;

    #[test]
    fn speaks_of_its_oddity_alone() {
        speaks_of(&RULE, OddityKind::RepostDiffers, OddityKind::UnknownStatus);
    }
}
