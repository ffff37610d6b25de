//! F103: a workbook that is cut off or broken.

use crate::checks::{Context, odd};
use crate::diag::{Finding, Rule, Severity};
use crate::model::OddityKind;

pub static RULE: Rule = Rule {
    code: "F103",
    name: "damaged",
    severity: Severity::Error,
    title: "ファイルが壊れている",
    title_en: "damaged file",
    what: "ファイルが途中で切れていないか、ブックとして矛盾なく読めるかを見ます。",
    why: "壊れたブックを一部だけ読むと、抜けた施策に誰も気付けません。",
    mend: "元のファイルを Excel で開いて保存し直し、もう一度提出してください。開けないときは、控えから作り直してください。",
    example: "メールの途中で切れたファイル → 送り直したファイル",
    source: "",
};

pub(in crate::checks) fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (receipt, oddity) in context.oddities(OddityKind::Damaged) {
        let message = say!("ファイルが壊れている", "damaged file");
        findings.push(odd(&RULE, receipt, oddity, message));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::speaks_of_file;

    #[test]
    fn speaks_of_its_oddity_alone() {
        speaks_of_file(&RULE, OddityKind::Damaged, OddityKind::Encrypted);
    }
}
