//! F224: superscripts and subscripts, which are printed as plain letters.

use crate::checks::{Context, odd};
use crate::diag::{Finding, Rule, Severity};
use crate::model::OddityKind;

pub static RULE: Rule = Rule {
    code: "F224",
    name: "raised-text",
    severity: Severity::Warning,
    title: "上付き・下付きの文字がある",
    title_en: "superscript or subscript",
    what: "セルの一部だけが上付き又は下付きになっていないかを見ます。",
    why: "別冊では普通の大きさの文字になります。注の番号を付けた「10³人」のような値は、「103人」と読めてしまいます。",
    mend: "注の番号は「（注３）」のように書き改めてください。単位であれば「㎡」のような1文字を使ってください。",
    example: "「10」の右上に「3」を付けた「10³人」→「10人（注３）」",
    source: "",
};

pub(in crate::checks) fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (receipt, oddity) in context.oddities(OddityKind::RaisedText) {
        let raised = &oddity.found;
        let message = say!(
            "「{raised}」が上付き又は下付きになっている",
            "“{raised}” is a superscript or subscript"
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
        speaks_of(&RULE, OddityKind::RaisedText, OddityKind::StruckText);
    }
}
