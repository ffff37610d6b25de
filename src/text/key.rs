//! Keys: what two spellings of one name have in common.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::invisible::is_invisible;

/// The key of a name: two names that differ only in width, case, spaces, kinds
/// of dashes, waves, quotes or dots, or the shape of a variant have the same. Never for print.
pub fn key(text: &str) -> String {
    plain_key(text).unwrap_or_else(|| any_key(text))
}

/// The key of a text of the usual characters, each of which has one of its own: nearly every name
/// is such a text, and normalisation takes its time.
fn plain_key(text: &str) -> Option<String> {
    let mut key = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{4E00}'..='\u{9FFF}' | 'ぁ'..='ゖ' | 'ァ'..='ヺ' | '・' | '、' | '。' => {
                key.push(c)
            }
            'ー' => key.push(if follows_kana(&key) { c } else { '-' }),
            '（' => key.push('('),
            '）' => key.push(')'),
            ' ' | '\n' | '\u{3000}' => {}
            '!'..='~' => key.push(c.to_ascii_lowercase()),
            _ => return None,
        }
    }
    Some(key)
}

fn any_key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    for c in text.nfkc().filter(|&c| !is_passed_over(c)) {
        let c = match c {
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2500}' | '\u{2796}' => '-',
            // A prolonged sound after anything but kana was meant as a dash.
            'ー' if !follows_kana(&key) => '-',
            '\u{301C}' | '\u{223C}' | '\u{223E}' => '~',
            '\u{2018}' | '\u{2019}' | '\u{201B}' => '\'',
            '\u{201C}' | '\u{201D}' | '\u{201F}' => '"',
            '\u{B7}' | '\u{2022}' | '\u{2219}' | '\u{22C5}' => '・',
            _ => {
                key.extend(c.to_lowercase());
                continue;
            }
        };
        key.push(c);
    }
    // A voicing mark may have lost the space before it.
    if unicode_normalization::is_nfc(&key) { key } else { key.nfc().collect() }
}

fn is_passed_over(c: char) -> bool {
    c.is_whitespace()
        || is_invisible(c)
        || matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// Whether a text ends with a kana, marks on it left aside.
fn follows_kana(text: &str) -> bool {
    let last = text.chars().rfind(|&c| !is_combining_mark(c));
    last.is_some_and(|c| matches!(c, 'ぁ'..='ゖ' | 'ァ'..='ヺ' | 'ー'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spellings_of_one_name_have_one_key() {
        for (a, b) in [
            ("副・兼（富つ県）みやぎ", "副・兼(富つ県)みやぎ"),
            ("ＩＣＴ活用　推進\n事業", "ICT活用推進事業"),
            ("ｅＬＴＡＸ", "ELTAX"),
            ("4月〜6月", "4月～6月"),
            ("AI－OCR", "AIーOCR"),
            ("“デジタル”", "\"デジタル\""),
            ("ﾃﾞｼﾞﾀﾙ", "デジタル"),
            ("\u{200B}神", "\u{FA19}"),
            ("葛\u{E0100}", "葛"),
            ("カ゛", "ガ"),
        ] {
            assert_eq!(key(a), key(b), "{a} {b}");
        }
    }

    #[test]
    fn different_names_have_different_keys() {
        for (a, b) in [("サーバー", "サーバ"), ("髙橋", "高橋"), ("ア・イ", "アイ"), ("第1", "第2")]
        {
            assert_ne!(key(a), key(b), "{a} {b}");
        }
    }

    proptest! {
        #[test]
        fn the_short_way_to_a_key_leads_to_the_same(text in "[ -~ー（）・、。ぁ-ゖァ-ヺ一-龥々\u{3000}\n]{0,30}") {
            if let Some(key) = plain_key(&text) {
                prop_assert_eq!(key, any_key(&text));
            }
        }

        #[test]
        fn the_key_of_a_key_is_itself(text in any::<String>()) {
            prop_assert_eq!(key(&key(&text)), key(&text));
        }
    }
}
