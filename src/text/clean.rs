//! The rules of published text, applied until none of them applies.

use super::{Change, Cleaned, breaks, composed, invisible, kana, spaces, width};

/// A rule: the changed text, or `None` where it has nothing to change.
type Rule = fn(&str) -> Option<String>;

const RULES: [(Change, Rule); 6] = [
    (Change::Invisible, invisible::remove),
    (Change::LineBreaks, breaks::unify),
    (Change::FullWidthKana, kana::widen),
    (Change::Composed, composed::compose),
    (Change::HalfWidth, width::narrow),
    (Change::Spaces, spaces::tidy),
];

/// A text as it is published, and the rules that changed it on the way.
///
/// One rule may uncover work for another (a removed character brings two spaces together), so
/// the rules go round until the text stands still. Each rule only ever uses up what it looks
/// for and none brings back what another removed: this ends, and cleaning twice is cleaning
/// once.
pub fn clean(raw: &str) -> Cleaned {
    let mut cleaned = Cleaned { text: raw.to_owned(), changes: Vec::new() };
    loop {
        let mut still = true;
        for (change, rule) in RULES {
            if let Some(text) = rule(&cleaned.text) {
                cleaned.text = text;
                cleaned.changes.push(change);
                still = false;
            }
        }
        if still {
            break;
        }
    }
    cleaned.changes.sort();
    cleaned.changes.dedup();
    cleaned
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Change::*;
    use proptest::prelude::*;

    #[test]
    fn each_rule_changes_what_it_should_and_is_recorded() {
        let cases: &[(&str, &str, &[Change])] = &[
            ("", "", &[]),
            ("オンライン化（DX）", "オンライン化（DX）", &[]),
            ("ＩＣＴを活用", "ICTを活用", &[HalfWidth]),
            ("ＡＩ－ＯＣＲ・ＲＰＡ", "AI-OCR・RPA", &[HalfWidth]),
            ("ﾀﾞｯｼｭﾎﾞｰﾄﾞ", "ダッシュボード", &[FullWidthKana]),
            ("一行目\r\n二行目", "一行目\n二行目", &[LineBreaks]),
            ("一行目_x000D_\n二行目", "一行目\n二行目", &[LineBreaks]),
            ("　字下げ。 \n末尾　", "字下げ。\n末尾", &[Spaces]),
            ("テ\u{3099}シ\u{3099}タル", "デジタル", &[Composed]),
            ("デジ\u{200B}タル\u{FEFF}", "デジタル", &[Invisible]),
            (
                "\u{FEFF}ＤＸ\r\n　ｶﾞｲﾄﾞ  ブック か\u{3099}",
                "DX\nガイド ブック が",
                &[HalfWidth, FullWidthKana, LineBreaks, Spaces, Composed, Invisible],
            ),
        ];
        for (raw, text, changes) in cases {
            let cleaned = clean(raw);
            assert_eq!((cleaned.text.as_str(), &*cleaned.changes), (*text, *changes), "{raw:?}");
        }
    }

    #[test]
    fn characters_that_mean_something_stay() {
        for text in [
            "①㎡㈱№℡㍻Ⅳ",
            "神\u{FA19}・﨑・髙・德・濵・栁",
            "葛\u{E0100}飾",
            "Å\u{212B}Ω\u{2126}",
            "（案）、：！？〜～「」【】／※",
            "東京　仙台",
            "\u{E000}",
        ] {
            assert_eq!(clean(text).text, text);
            assert_eq!(clean(text).changes, []);
        }
    }

    #[test]
    fn one_rule_may_uncover_work_for_another() {
        for (raw, text) in [
            ("ｶ\u{3099}", "ガ"),
            ("_x00\u{200B}0D_", ""),
            ("前_ｘ０００Ｄ_－５%", "前\n-5%"),
            ("Visit\u{3000}\u{3000}Miyagi", "Visit Miyagi"),
            ("Ａ\u{200B}－Ｂ", "A-B"),
        ] {
            assert_eq!(clean(raw).text, text, "{raw:?}");
        }
    }

    /// Characters that the rules look at, more often than chance would bring them.
    fn texts() -> impl Strategy<Value = String> {
        let special = "ＡＺａ０９％＋－．，／：＆（）　 \t\u{A0}\r\n\u{B}\u{2028}_x000D_ｶﾊｳﾞﾟｰ｡か\
                       \u{3099}\u{309A}\u{301}e\u{200B}\u{FEFF}\u{7}神\u{FA19}①ー漢字人Ω\u{2126}";
        let special: Vec<char> = special.chars().collect();
        prop::collection::vec(
            prop_oneof![4 => prop::sample::select(special), 1 => any::<char>()],
            0..24,
        )
        .prop_map(|chars| chars.into_iter().collect())
    }

    proptest! {
        #[test]
        fn cleaning_twice_is_cleaning_once(raw in texts()) {
            let once = clean(&raw);
            prop_assert_eq!(&clean(&once.text), &Cleaned { text: once.text.clone(), changes: vec![] });
            prop_assert_eq!(once.changes.is_empty(), once.text == raw);
        }

        #[test]
        fn no_letter_is_lost(raw in texts()) {
            // `_x000D_` is a break, not letters.
            prop_assume!(!crate::text::key(&raw).contains("_x000"));
            prop_assert_eq!(crate::text::key(&clean(&raw).text), crate::text::key(&raw));
        }
    }
}
