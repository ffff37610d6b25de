//! Texts that say nothing: dashes and white space, and words for it.

use super::key;
use super::quantity::is_dash;

/// Words that say that there is nothing, in the letters of keys.
const NOTHING: [&str; 27] = [
    "なし",
    "無し",
    "無",
    "該当なし",
    "該当無し",
    "該当無",
    "該当せず",
    "該当しない",
    "該当しません",
    "該当ありません",
    "該当はありません",
    "該当がありません",
    "該当事項なし",
    "特になし",
    "特に無し",
    "特に無",
    "とくになし",
    "特段なし",
    "特段無し",
    "特にありません",
    "ありません",
    "非該当",
    "空欄",
    "n/a",
    "na",
    "nil",
    "none",
];
/// Bytes of the longest text that may be such a word.
const LONGEST: usize = 80;

/// Whether a text is nothing but dashes and white space, or nothing at all.
pub fn says_nothing(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || is_dash(c))
}

/// Whether a text says in whatever way that there is nothing: 「－」, 「なし」, 「（該当なし）」. What
/// points elsewhere (「同上」) says something.
pub fn is_nothing(text: &str) -> bool {
    says_nothing(text) || is_word_for_nothing(text)
}

/// Whether a text says so in words.
pub fn is_word_for_nothing(text: &str) -> bool {
    if text.len() > LONGEST || text.trim().is_empty() {
        return false;
    }
    let key = key(text);
    let around =
        |c: char| is_dash(c) || "()[]<>【】〔〕「」。、.,※*:".contains(c) || c.is_whitespace();
    let core = key.trim_matches(around);
    core == "/" || NOTHING.contains(&core)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_said_in_many_words() {
        for text in [
            "",
            "－",
            "—",
            "―",
            "-",
            "‐",
            "ー",
            "なし",
            "無し",
            "該当なし",
            "該当無し",
            "特になし",
            "N/A",
            "Ｎ／Ａ",
            "（なし）",
            "なし。",
            "－（該当なし）",
            "該 当 な し",
            "／",
            "※該当なし",
            "n/a",
        ] {
            assert!(is_nothing(text), "{text}");
        }
        for text in
            ["同上", "0", "なしの栽培", "無線", "該当あり", "未定", "ナシ園の台帳", "？", "-5"]
        {
            assert!(!is_nothing(text), "{text}");
        }
    }

    #[test]
    fn dashes_alone_say_nothing() {
        for (text, nothing) in
            [("", true), ("－", true), ("ー　―\n", true), ("-5", false), ("なし", false)]
        {
            assert_eq!(says_nothing(text), nothing, "{text:?}");
        }
    }
}
