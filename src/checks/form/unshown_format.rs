//! F219: a number format that cannot be shown as Excel would.

use crate::checks::{Context, odd};
use crate::diag::{Finding, Rule, Severity};
use crate::model::OddityKind;

pub static RULE: Rule = Rule {
    code: "F219",
    name: "unshown-format",
    severity: Severity::Warning,
    title: "表示形式どおりの値を再現できない",
    title_en: "number format not reproduced",
    what: "セルの表示形式（和暦の日付など）どおりに、Excel の画面と同じ文字を作れるかを見ます。",
    why: "画面に見えるものと別冊に載るものが食い違うおそれがあります。",
    mend: "セルの書式を「文字列」にして、載せたいとおりの文字を打ち込んでください。",
    example: "表示形式「ggge年」の日付 → 文字列の「令和7年」",
    source: "",
};

pub(in crate::checks) fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (receipt, oddity) in context.oddities(OddityKind::UnshownFormat) {
        let message = say!("表示形式どおりの値を再現できない", "number format not reproduced");
        findings.push(odd(&RULE, receipt, oddity, message));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::speaks_of;

    #[test]
    fn speaks_of_its_oddity_alone() {
        speaks_of(&RULE, OddityKind::UnshownFormat, OddityKind::TextAsNumber);
    }
}
