//! F209: text, pictures and lines that float above the cells.

use crate::checks::{Context, odd};
use crate::diag::{Finding, Rule, Severity};
use crate::model::OddityKind;

pub static RULE: Rule = Rule {
    code: "F209",
    name: "floating-text",
    severity: Severity::Warning,
    title: "セルの上に図形・画像・線が置かれている",
    title_en: "shape, picture or line above the cells",
    what: "シートの上に置かれた図形・テキストボックス・SmartArt の文字と、画像や線を探します。",
    why: "表のセルではないので、その文字や画像は別冊に載らず、線を引いて消したつもりの文字は載ります。",
    mend: "載せる内容であればセルに書き移し、消す文字はセルから削除し、連絡事項は「備考」かメールに書いてください。",
    example: "「目的は調整中」と書いたテキストボックス →「備考」に「目的は調整中」",
    source: "",
};

pub(in crate::checks) fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (receipt, oddity) in context.oddities(OddityKind::FloatingText) {
        let message = say!(
            "セルの上に図形・画像・線が置かれている",
            "shape, picture or line above the cells"
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
        speaks_of(&RULE, OddityKind::FloatingText, OddityKind::Note);
    }
}
