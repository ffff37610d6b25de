//! F233: 様式１ and 様式２ that name different departments.

use crate::checks::{Context, odd};
use crate::diag::{Finding, Rule, Severity};
use crate::model::OddityKind;

pub static RULE: Rule = Rule {
    code: "F233",
    name: "department-differs",
    severity: Severity::Warning,
    title: "様式１と様式２の部局名が違う",
    title_en: "the two tables name different departments",
    what: "様式１と様式２の上部に書かれた「部局名」が同じかを見ます。",
    why: "別の部局の様式からシートを写したときに起こり、ほかの部局のKPIが混ざっていることがあります。様式１の部局のものとして読みます。",
    mend: "両方のシートの「部局名」を同じにしてください。シートがほかの部局のものであれば、自分の部局のものに差し替えてください。",
    example: "様式１「総務部」・様式２「企画部」→ どちらも「総務部」",
    source: "",
};

pub(in crate::checks) fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (receipt, oddity) in context.oddities(OddityKind::DepartmentDiffers) {
        let found = &oddity.found;
        let message = say!(
            "部局名「{found}」がほかのシートの部局名と違う",
            "the department “{found}” differs from that of the other sheet"
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
        speaks_of(&RULE, OddityKind::DepartmentDiffers, OddityKind::UnknownDepartment);
    }
}
