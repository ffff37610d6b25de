//! Half-width kana to full width, with their voicing marks composed.

use unicode_normalization::char::compose;

/// U+FF61 (｡) to U+FF9F (ﾟ) in full width. The voicing marks stand here as they look alone.
const WIDE: &str = "。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテト\
                    ナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン゛゜";

/// The text with full-width kana; `None` where it has no half-width one.
pub(super) fn widen(text: &str) -> Option<String> {
    if !text.contains(is_narrow) {
        return None;
    }
    let mut widened = String::with_capacity(text.len());
    for c in text.chars() {
        let mark = match c {
            'ﾞ' => Some('\u{3099}'),
            'ﾟ' => Some('\u{309A}'),
            _ => None,
        };
        let voiced = mark.and_then(|m| compose(widened.chars().next_back()?, m));
        if let Some(voiced) = voiced {
            widened.pop();
            widened.push(voiced);
        } else if let Some(index) = (c as usize).checked_sub('｡' as usize).filter(|_| is_narrow(c))
        {
            widened.extend(WIDE.chars().nth(index));
        } else {
            widened.push(c);
        }
    }
    Some(widened)
}

fn is_narrow(c: char) -> bool {
    ('｡'..='ﾟ').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_half_width_kana_has_its_full_width_form() {
        let all: String = ('｡'..='ﾟ').collect();
        assert_eq!(widen(&all).as_deref(), Some(WIDE));
    }

    #[test]
    fn voicing_marks_join_the_kana_before_them() {
        for (text, widened) in [
            ("ﾃﾞｼﾞﾀﾙ･ﾎﾟｲﾝﾄ", "デジタル・ポイント"),
            ("ｳﾞ", "ヴ"),
            ("カﾞ", "ガ"),
            ("はﾟ", "ぱ"),
            ("ｱﾞ", "ア゛"),
            ("ﾞ", "゛"),
            ("漢ﾟ", "漢゜"),
        ] {
            assert_eq!(widen(text).as_deref(), Some(widened));
        }
        assert_eq!(widen("デジタル"), None);
    }
}
