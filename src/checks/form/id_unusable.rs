//! F221: id is missing, unreadable or given twice, in a consolidated workbook that is read back.

use crate::checks::{Context, odd};
use crate::diag::{Finding, Rule, Severity};
use crate::model::OddityKind;

pub static RULE: Rule = Rule {
    code: "F221",
    name: "id-unusable",
    severity: Severity::Warning,
    title: "IDが読み取れない、又は重なっている",
    title_en: "id is missing, unreadable or given twice",
    what: "集約ブックの各行の施策ID・KPI IDが、正しい形で、1つの行だけに付いているかを見ます。",
    why: "IDのない行は新しい項目として仮の番号で読み取られ、元の項目との対応は名称や文章から推定されます。",
    mend: "元からある項目であれば元のIDを書き、新しく加えた項目であればそのままにしてください。",
    example: "「R7-1O3」（英字のO）→「R7-103」",
    source: "",
};

pub(in crate::checks) fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (receipt, oddity) in context.oddities(OddityKind::IdUnusable) {
        let message =
            say!("IDが読み取れない、又は重なっている", "id is missing, unreadable or given twice");
        findings.push(odd(&RULE, receipt, oddity, message));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::speaks_of;

    #[test]
    fn speaks_of_its_oddity_alone() {
        speaks_of(&RULE, OddityKind::IdUnusable, OddityKind::UnknownStatus);
    }
}
