//! F222: repost without its original, in a consolidated workbook that is read back.

use crate::checks::{Context, odd};
use crate::diag::{Finding, Rule, Severity};
use crate::model::OddityKind;

pub static RULE: Rule = Rule {
    code: "F222",
    name: "repost-without-original",
    severity: Severity::Warning,
    title: "再掲の元の施策がない",
    title_en: "repost without its original",
    what: "集約ブックの「再掲」の行に、元の施策の行があるかを見ます。",
    why: "再掲は元の施策をもう一度載せるものなので、元の行がないと読み取れません。",
    mend: "元の施策の行を戻すか、再掲の行も削除してください。",
    example: "元の行だけを削除した → 再掲の行も削除した",
    source: "",
};

pub(in crate::checks) fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (receipt, oddity) in context.oddities(OddityKind::RepostWithoutOriginal) {
        let message = say!("再掲の元の施策がない", "repost without its original");
        findings.push(odd(&RULE, receipt, oddity, message));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::speaks_of;

    #[test]
    fn speaks_of_its_oddity_alone() {
        speaks_of(&RULE, OddityKind::RepostWithoutOriginal, OddityKind::UnknownStatus);
    }
}
