//! N405: full-width letters and digits.

use crate::checks::prelude::*;
use crate::text::Change;

pub static RULE: Rule = Rule {
    code: "N405",
    name: "narrowed-letters",
    severity: Severity::Info,
    title: "全角の英数字を半角に改めた",
    title_en: "full-width letters and digits narrowed",
    what: "全角の英字・数字と、それに続く記号が使われていたかを知らせます。",
    why: "全角と半角の使い分けは、文書の中で統一します。別冊では半角に統一していて、読み取りのときに改めます。",
    mend: "直さなくても構いません。",
    example: "「ＩＣＴ機器１，０００台」→「ICT機器1,000台」",
    source: "公用文作成の考え方（令和4年1月）Ⅰ－4 数字の使い方",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    for cell in &context.cells {
        if cell.changes.contains(&Change::HalfWidth) {
            let message =
                say!("全角の英数字を半角に改めた", "full-width letters or digits were narrowed");
            findings.push(cell.finding(&RULE, message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn full_width_letters_are_found() {
        finds(
            &RULE,
            r"
            概要
            ＩＣＴを使う。
            ^ N405
            ",
        );
    }

    #[test]
    fn full_width_signs_of_japanese_text_are_right() {
        silent(
            &RULE,
            r"
            概要
            ICT（情報通信技術）：使う。
            ",
        );
    }
}
