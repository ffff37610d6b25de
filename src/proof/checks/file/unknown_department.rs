//! F111: a form of a department that the settings do not know.

use crate::diag::{Finding, Rule, Severity};
use crate::model::OddityKind;
use crate::proof::checks::{Context, odd};

pub static RULE: Rule = Rule {
    code: "F111",
    name: "unknown-department",
    severity: Severity::Error,
    title: "部局名が設定にない",
    title_en: "unknown department",
    what: "様式の「部局名」かファイル名から、版の設定にある部局が分かるかを見ます。",
    why: "どの部局の提出か分からないと、提出状況も掲載の順も決まりません。",
    mend: "様式の上部の「部局名」に、設定と同じ部局名を書いてください。部局が新しくできたときは edition.toml に加えてください。",
    example: "「総務局」→「総務部」",
    source: "",
};

pub(in crate::proof::checks) fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (receipt, oddity) in context.oddities(OddityKind::UnknownDepartment) {
        let message = say!("部局名が設定にない", "unknown department");
        findings.push(odd(&RULE, receipt, oddity, message));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proof::checks::testing::speaks_of_file;

    #[test]
    fn speaks_of_its_oddity_alone() {
        speaks_of_file(&RULE, OddityKind::UnknownDepartment, OddityKind::NotAWorkbook);
    }
}
