//! NFD to NFC, but for the characters that NFC would exchange.
//!
//! NFC puts a unified ideograph for every compatibility ideograph (U+FA19 becomes 神) and Å for
//! the Ångström sign. In a name that is another shape, so such characters stay as they are.

use unicode_normalization::UnicodeNormalization;

/// The text with its decomposed characters composed; `None` where it has none.
pub(super) fn compose(text: &str) -> Option<String> {
    if unicode_normalization::is_nfc(text) {
        return None;
    }
    let mut composed = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(is_exchanged) {
        let (before, from) = rest.split_at(at);
        composed.extend(before.nfc());
        let mut chars = from.chars();
        composed.extend(chars.next());
        rest = chars.as_str();
    }
    composed.extend(rest.nfc());
    (composed != text).then_some(composed)
}

/// Whether NFC puts another character for this one alone.
fn is_exchanged(c: char) -> bool {
    let mut normal = std::iter::once(c).nfc();
    normal.next() != Some(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decomposed_characters_are_composed() {
        for (text, composed) in [
            ("か\u{3099}は\u{309A}", "がぱ"),
            ("e\u{301}", "é"),
            ("\u{1112}\u{1161}\u{11AB}", "한"),
        ] {
            assert_eq!(compose(text).as_deref(), Some(composed));
        }
    }

    #[test]
    fn characters_that_nfc_would_exchange_stay() {
        assert_eq!(compose("\u{FA19}\u{212B}"), None);
        assert_eq!(compose("\u{FA19}か\u{3099}").as_deref(), Some("\u{FA19}が"));
    }
}
