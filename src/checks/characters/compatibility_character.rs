//! C304: compatibility ideographs and radicals in place of ordinary han.

use unicode_normalization::UnicodeNormalization;

use crate::checks::prelude::*;

pub static RULE: Rule = Rule {
    code: "C304",
    name: "compatibility-character",
    severity: Severity::Warning,
    title: "見た目の同じ別の漢字（互換漢字・部首）がある",
    title_en: "compatibility ideograph or radical",
    what: "康熙部首・CJK部首補助・CJK互換漢字の文字を探します。PDFから文字を写したときによく混じります。「﨑」のように互換漢字の領域にしかない12字は問題にしません。",
    why: "画面では普通の漢字と見分けが付かないのに、検索にも名前の照合にも掛からず、読み上げも誤ります。",
    mend: "その文字を消して、キーボードから打ち直してください。人名や地名の字形を区別するためのものであれば、そのままで構いません。",
    example: "部首の「⽇」（U+2F47）→ 漢字の「日」（U+65E5）",
    source: "",
};

/// Radicals that have no compatibility form.
const RADICALS: &[(char, char)] = &[
    ('⺎', '兀'),
    ('⺟', '母'),
    ('⺠', '民'),
    ('⻁', '虎'),
    ('⻄', '西'),
    ('⻑', '長'),
    ('⻘', '青'),
    ('⻝', '食'),
    ('⻤', '鬼'),
    ('⻨', '麦'),
    ('⻩', '黄'),
    ('⻫', '斉'),
    ('⻭', '歯'),
    ('⻯', '竜'),
    ('⻲', '亀'),
    ('⻳', '龟'),
];

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    for cell in &context.cells {
        for (c, code) in characters(cell.text, is_compatible) {
            let message = match ordinary(c) {
                Some(plain) => say!(
                    "「{c}」（{code}）は漢字の「{plain}」ではない",
                    "“{c}” ({code}) is not the ideograph “{plain}”"
                ),
                None => say!("「{c}」（{code}）は部首の文字である", "“{c}” ({code}) is a radical"),
            };
            let finding = cell.finding(&RULE, message).found(c).within(cell.text);
            findings.push(match ordinary(c) {
                Some(plain) => finding.expected(plain),
                None => finding,
            });
        }
    }
}

fn is_compatible(c: char) -> bool {
    match c {
        '\u{2e80}'..='\u{2fdf}' => true,
        // Twelve of this block are ordinary ideographs and have no other form.
        '\u{f900}'..='\u{faff}' | '\u{2f800}'..='\u{2fa1f}' => ordinary(c).is_some(),
        _ => false,
    }
}

/// The ideograph that is meant.
fn ordinary(c: char) -> Option<char> {
    let listed = RADICALS.iter().find(|(radical, _)| *radical == c).map(|(_, plain)| *plain);
    listed.or_else(|| std::iter::once(c).nfkc().next().filter(|&plain| plain != c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn radicals_and_compatibility_ideographs_are_found_with_what_is_meant() {
        finds(
            &RULE,
            r"
            概要
            休⽇の⻘年を\u{FA19}社に集める。
            ^ C304 [見: ⽇] [期: 日]
            ^ C304 [見: ⻘] [期: 青]
            ^ C304 [見: \u{FA19}] [期: 神]
            ",
        );
    }

    #[test]
    fn the_twelve_that_have_no_other_form_are_right() {
        silent(
            &RULE,
            r"
            概要
            﨑と﨟と﨩を集める。
            ",
        );
    }
}
