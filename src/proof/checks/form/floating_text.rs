//! F209: text that floats above the cells.

use crate::diag::{Finding, Rule, Severity};
use crate::model::OddityKind;
use crate::proof::checks::{Context, odd};

pub static RULE: Rule = Rule {
    code: "F209",
    name: "floating-text",
    severity: Severity::Warning,
    title: "図形やテキストボックスに文字がある",
    title_en: "text in a shape",
    what: "シートの上に置かれた図形やテキストボックスの文字を探します。",
    why: "表のセルではないので、その文字は別冊に載りません。",
    mend: "載せる内容であればセルに書き移し、連絡事項であれば「備考」かメールに書いてください。",
    example: "「目的は調整中」と書いたテキストボックス →「備考」に「目的は調整中」",
    source: "",
};

pub(in crate::proof::checks) fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (receipt, oddity) in context.oddities(OddityKind::FloatingText) {
        let message = say!("図形やテキストボックスに文字がある", "text in a shape");
        findings.push(odd(&RULE, receipt, oddity, message));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proof::checks::testing::speaks_of;

    #[test]
    fn speaks_of_its_oddity_alone() {
        speaks_of(&RULE, OddityKind::FloatingText, OddityKind::Note);
    }
}
