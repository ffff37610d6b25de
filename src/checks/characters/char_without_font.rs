//! C302: a character that no font of the edition has.

use unicode_normalization::UnicodeNormalization;

use super::private_use::is_private_use;
use super::variation_sequence::is_selector;
use crate::checks::prelude::*;

pub static RULE: Rule = Rule {
    code: "C302",
    name: "char-without-font",
    severity: Severity::Error,
    title: "印刷に使う書体にない文字がある",
    title_en: "character that no font has",
    what: "別冊の印刷に使う書体のどれにも字形のない文字が使われていないかを見ます。外字は C301 が見ます。",
    why: "その文字だけが空白や四角で印刷され、アクセシビリティの規格を満たすPDFも作れません。",
    mend: "標準の文字に置き換えてください。地名や人名でどうしても必要なときは、その字を持つ書体を加えるよう事務局に相談してください。下書き（--draft）では、その字の所に「〓」を置きます。",
    example: "「𠮷田」→「吉田」、「✔」→「○」",
    source: "",
};

/// Standard characters for those that fonts lack, where compatibility forms do not say.
const STANDARD: &[(char, &str)] = &[
    ('𠮷', "吉"),
    ('𡈽', "土"),
    ('𣘺', "橋"),
    ('𦚰', "脇"),
    ('𠮟', "叱"),
    ('⦅', "（"),
    ('⦆', "）"),
    ('✓', "○"),
    ('✔', "○"),
    ('☑', "■"),
    ('☐', "□"),
    ('✕', "×"),
    ('✖', "×"),
    ('❌', "×"),
    ('⭕', "○"),
    ('➡', "→"),
    ('⇨', "→"),
    ('•', "・"),
];

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    let is_missing = |c: char| {
        !c.is_whitespace()
            && !c.is_control()
            && !is_private_use(c)
            && !is_selector(c)
            && !matches!(c, '\u{200b}' | '\u{2011}' | '\u{feff}')
            && !(context.covers)(c)
    };
    for cell in &context.cells {
        for (c, code) in characters(cell.text, is_missing) {
            let message =
                say!("「{c}」（{code}）は印刷に使う書体にない", "no font has “{c}” ({code})");
            let mut finding = cell.finding(&RULE, message).found(c).within(cell.text);
            if let Some(standard) = standard(context, c) {
                finding = finding
                    .help(say!(
                        "「{standard}」に置き換えられます。",
                        "“{standard}” may stand for it"
                    ))
                    .expected(standard);
            }
            findings.push(finding);
        }
    }
}

/// What the fonts have and may stand for the character.
fn standard(context: &Context, c: char) -> Option<String> {
    let listed = STANDARD.iter().find(|(odd, _)| *odd == c).map(|(_, plain)| (*plain).to_owned());
    let plain = listed.unwrap_or_else(|| std::iter::once(c).nfkc().collect());
    (plain.chars().all(|p| p != c && (context.covers)(p))).then_some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn a_missing_character_is_found_with_the_standard_one() {
        finds(
            &RULE,
            r"
            @no-glyph 𠮷🄰
            概要
            𠮷田と🄰地区を結ぶ。
            ^ C302 [見: 𠮷] [期: 吉]
            ^ C302 [見: 🄰] [期: A]
            ",
        );
    }

    #[test]
    fn line_breaks_selectors_and_private_characters_are_other_matters() {
        silent(
            &RULE,
            r"
            @no-glyph \n\u{E000}\u{E0100}
            概要
            葛\u{E0100}飾\n\u{E000}。
            ",
        );
    }
}
