//! F109: a workbook with macros, which are never run.

use crate::checks::{Context, odd};
use crate::diag::{Finding, Rule, Severity};
use crate::model::OddityKind;

pub static RULE: Rule = Rule {
    code: "F109",
    name: "has-macros",
    severity: Severity::Warning,
    title: "マクロが含まれている",
    title_en: "has macros",
    what: "ブックにマクロ（VBA）が含まれているかを見ます。マクロを実行することはありません。",
    why: "様式にマクロはなく、誰かが加えたものです。配り直すと、受け取った人が実行してしまうおそれがあります。",
    mend: "値だけを元の様式（.xlsx）に貼り付けて提出し直してください。",
    example: "「01_総務部.xlsm」→「01_総務部.xlsx」",
    source: "",
};

pub(in crate::checks) fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (receipt, oddity) in context.oddities(OddityKind::HasMacros) {
        let message = say!("マクロが含まれている", "has macros");
        findings.push(odd(&RULE, receipt, oddity, message));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::speaks_of_file;

    #[test]
    fn speaks_of_its_oddity_alone() {
        speaks_of_file(&RULE, OddityKind::HasMacros, OddityKind::ExternalLink);
    }
}
