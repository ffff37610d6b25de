//! C301: a private-use character (外字).

use crate::checks::prelude::*;

pub static RULE: Rule = Rule {
    code: "C301",
    name: "private-use",
    severity: Severity::Error,
    title: "外字（私用領域の文字）がある",
    title_en: "private-use character",
    what: "各端末や部局の中だけで通用する外字（U+E000～U+F8FF など）が使われていないかを見ます。",
    why: "外字の形は作った端末にしかなく、別冊では空白や別の文字になります。",
    mend: "標準の漢字に置き換えるか、仮名書きにしてください。どの字のことか分からないときは、記入した人の端末で確かめてください。",
    example: "外字で登録した「はしごだか」→ 標準の「髙」",
    source: "公用文作成の考え方（令和4年1月）Ⅰ－1 漢字の使い方",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    for cell in &context.cells {
        for (c, code) in characters(cell.text, is_private_use) {
            let message = say!("外字（{code}）がある", "private-use character {code}");
            findings.push(cell.finding(&RULE, message).found(c).within(cell.text));
        }
    }
}

pub(super) fn is_private_use(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{ffffd}' | '\u{100000}'..='\u{10fffd}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn a_private_character_is_found_once_a_cell() {
        finds(
            &RULE,
            r"
            概要
            \u{E001}橋と\u{E001}田を結ぶ。
            ^ C301 [見: \u{E001}]
            ",
        );
    }

    #[test]
    fn standard_variants_of_han_are_no_private_characters() {
        silent(
            &RULE,
            r"
            概要
            髙﨑と濵田の①㈱を結ぶ。
            ",
        );
    }
}
