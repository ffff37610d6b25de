//! C307: kana whose sound marks are characters of their own.

use crate::checks::prelude::*;
use crate::text::Change;

pub static RULE: Rule = Rule {
    code: "C307",
    name: "decomposed-kana",
    severity: Severity::Info,
    title: "濁点の離れた仮名を1字に改めた",
    title_en: "decomposed kana composed",
    what: "「か」と濁点のように2文字に分かれた仮名があったかを知らせます。Mac で作ったファイルの名前を写したときに混じります。",
    why: "検索や名前の照合を妨げます。読み取りのときに1字に改めるので、印刷には影響しません。",
    mend: "直さなくても構いません。直すときは、その部分を打ち直してください。",
    example: "「か」＋「゛」の「が」→ 1字の「が」",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    for cell in &context.cells {
        if cell.changes.contains(&Change::Composed) {
            let message = say!("濁点の離れた仮名を1字に改めた", "decomposed kana were composed");
            findings.push(cell.finding(&RULE, message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn a_sound_mark_of_its_own_is_found() {
        finds(
            &RULE,
            r"
            施策名
            広報紙か\u{3099}届く
            ^ C307
            ",
        );
    }

    #[test]
    fn composed_kana_are_right() {
        silent(
            &RULE,
            r"
            施策名
            広報紙が届く
            ",
        );
    }
}
