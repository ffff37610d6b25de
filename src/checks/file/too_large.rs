//! F107: a file that is larger than a form can be.

use crate::checks::{Context, odd};
use crate::diag::{Finding, Rule, Severity};
use crate::model::OddityKind;

pub static RULE: Rule = Rule {
    code: "F107",
    name: "too-large",
    severity: Severity::Error,
    title: "ファイルが大きすぎる",
    title_en: "file too large",
    what: "ファイルと、その圧縮を解いた中身の大きさ、セルの数、1セルの文字数などが上限を超えないかを見ます。",
    why: "様式のブックは通常1MBに満たず、桁違いに大きいものは誤りか、読み取りを妨げるために作られたファイルです。",
    mend: "画像や使わないシート、書式だけの行を取り除き、様式に値だけを貼り付けて提出し直してください。正しいファイルなら、事務局が edition.toml の [limits] で、指摘に示された項目の値を大きくしてください。",
    example: "写真を貼り付けたブック → 写真を除いたブック",
    source: "",
};

pub(in crate::checks) fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (receipt, oddity) in context.oddities(OddityKind::TooLarge) {
        let message = say!("ファイルが大きすぎる", "file too large");
        findings.push(odd(&RULE, receipt, oddity, message));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::speaks_of_file;

    #[test]
    fn speaks_of_its_oddity_alone() {
        speaks_of_file(&RULE, OddityKind::TooLarge, OddityKind::Damaged);
    }
}
