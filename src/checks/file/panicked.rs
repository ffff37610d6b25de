//! F108: a workbook on which the reader itself failed.

use crate::checks::{Context, odd};
use crate::diag::{Finding, Rule, Severity};
use crate::model::OddityKind;

pub static RULE: Rule = Rule {
    code: "F108",
    name: "panicked",
    severity: Severity::Error,
    title: "読み取りの途中で処理できなくなった",
    title_en: "reader gave up",
    what: "ブックの読み取りが最後まで終わるかを見ます。",
    why: "想定しない作りのブックであり、途中までの内容は使えません。",
    mend: "LibreOffice などの別のソフトウェアで開いて .xlsx として保存し直し、提出し直してください。直らないときは、このファイルを添えて開発者に知らせてください。",
    example: "特殊な部品を含むブック → 保存し直したブック",
    source: "",
};

pub(in crate::checks) fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (receipt, oddity) in context.oddities(OddityKind::Panicked) {
        let message = say!("読み取りの途中で処理できなくなった", "reader gave up");
        findings.push(odd(&RULE, receipt, oddity, message));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::speaks_of_file;

    #[test]
    fn speaks_of_its_oddity_alone() {
        speaks_of_file(&RULE, OddityKind::Panicked, OddityKind::Damaged);
    }
}
