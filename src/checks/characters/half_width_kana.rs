//! C306: half-width kana.

use crate::checks::prelude::*;
use crate::text::Change;

pub static RULE: Rule = Rule {
    code: "C306",
    name: "half-width-kana",
    severity: Severity::Info,
    title: "半角の片仮名を全角に改めた",
    title_en: "half-width kana widened",
    what: "半角の片仮名が使われていたかを知らせます。",
    why: "公用文では半角の片仮名を使いません。読み取りのときに全角に改めるので、印刷には影響しません。",
    mend: "直さなくても構いません。直すときは、全角の片仮名で打ち直してください。",
    example: "「ｼｽﾃﾑ」→「システム」",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    for cell in &context.cells {
        if cell.changes.contains(&Change::FullWidthKana) {
            let message = say!("半角の片仮名を全角に改めた", "half-width kana were widened");
            findings.push(cell.finding(&RULE, message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn half_width_kana_are_found() {
        finds(
            &RULE,
            r"
            施策名
            ｼｽﾃﾑの運用
            ^ C306
            ",
        );
    }

    #[test]
    fn full_width_kana_are_right() {
        silent(
            &RULE,
            r"
            施策名
            システムの運用
            ",
        );
    }
}
