//! The marks by which a row or a text under a table is told from an entry: of a sample, of a remark,
//! of the table's end.

use crate::schema::form::{END_WORDS, NOTE_MARKS, NOTE_WORDS, SAMPLE_WORDS};
use crate::text::{filler, key};

/// Bytes of the longest text that may be a mark.
const LONGEST: usize = 60;
/// What stands around a mark and says nothing.
const AROUND: &[char] = &[
    '(', ')', '[', ']', '<', '>', '{', '}', '【', '】', '〔', '〕', '《', '》', '「', '」', '※',
    '*', ':', '.', '。', '、', ',', '-', '~', '_', '★', '●', '■', '◆', '▼', '・',
];
const OPEN: &[char] = &['(', '（', '[', '［', '【', '〔', '<', '＜', '〈', '《', '「', '｛', '{'];
const CLOSE: &[char] = &[')', '）', ']', '］', '】', '〕', '>', '＞', '〉', '》', '」', '｝', '}'];
const STARS: &[char] = &['※', '*', '＊', '★', '●', '■', '◆'];

/// Whether a text is nothing but the mark of a sample: 「（例）」, 「記入例２」, 「【例】」.
pub fn is_sample_mark(text: &str) -> bool {
    let Some(mut core) = key_of_mark(text) else { return false };
    loop {
        let bare = core.trim_matches(AROUND).trim_end_matches(is_number);
        let bare = bare.strip_suffix("その").unwrap_or(bare);
        if bare == core {
            return SAMPLE_WORDS.iter().any(|word| key(word) == core);
        }
        core = bare.to_owned();
    }
}

/// The text behind the mark of a sample that stands before it: 「（記入例）○○の導入」.
pub fn behind_sample_mark(text: &str) -> Option<&str> {
    let text = text.trim_start().trim_start_matches(STARS).trim_start();
    let inner = text.strip_prefix(OPEN);
    let is_opened = inner.is_some();
    let inner = inner.unwrap_or(text).trim_start();
    let word =
        SAMPLE_WORDS.iter().filter(|word| inner.starts_with(**word)).max_by_key(|w| w.len())?;
    let behind = inner.strip_prefix(word)?.trim_start_matches("その");
    let rest = behind.trim_start_matches(is_number);
    let is_numbered = rest.len() < behind.len();
    let name = if is_opened {
        rest.trim_start().strip_prefix(CLOSE)?.trim_start_matches([':', '：'])
    } else if let Some(name) = rest.strip_prefix([':', '：', ')', '）', '】', '．', '・', '_'])
    {
        name
    } else {
        // 「例 ○○の導入」 is one; 「例規集の公開」 and 「記入例の公開」 are none.
        let is_apart = rest.starts_with(char::is_whitespace);
        let is_meant = is_numbered || word.chars().count() > 1 || filler(rest).is_some();
        (is_apart && is_meant).then_some(rest)?
    };
    Some(name.trim_start())
}

/// Whether a text begins as a remark does: 「※」, 「注１）」, 「（注）」, 「備考：」.
pub fn is_remark(text: &str) -> bool {
    let text = text.trim_start();
    let inner = text.strip_prefix(OPEN).unwrap_or(text);
    let mut letters = inner.chars();
    match letters.next() {
        // 「注文の電子化」 is no note, 「注１　…」 and 「注）…」 are.
        Some('注') if !letters.next().is_some_and(char::is_alphabetic) => true,
        Some(mark) if mark != '注' && NOTE_MARKS.contains(&mark) => true,
        _ => NOTE_WORDS.iter().any(|word| {
            let behind = inner.strip_prefix(word).map(str::trim_start);
            behind.is_some_and(|behind| behind.starts_with(|c| ":：)）】］".contains(c)))
        }),
    }
}

/// Whether a text says that the table ends here: 「以上」, 「（以下余白）」.
pub fn is_end(text: &str) -> bool {
    key_of_mark(text).is_some_and(|core| {
        let core = core.trim_matches(AROUND);
        END_WORDS.iter().any(|word| key(word) == core)
    })
}

fn key_of_mark(text: &str) -> Option<String> {
    (text.len() <= LONGEST).then(|| key(text))
}

/// Numbers as they stand behind a word.
fn is_number(c: char) -> bool {
    c.is_numeric() || "一二三四五六七八九十".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_is_known_by_any_mark() {
        for text in [
            "（例）",
            "例",
            "例１",
            "（例1）",
            "例２",
            "記入例",
            "（記入例）",
            "記入例（1）",
            "【例】",
            "※例",
            "＜記載例＞",
            "例①",
            "例その２",
            "記 入 例",
            "サンプル",
            "見本",
            "[例]",
            "例：",
            "(例）",
        ] {
            assert!(is_sample_mark(text), "{text}");
        }
        for text in ["", "例規", "定例", "前例", "例年どおり", "1", "－", "（）"] {
            assert!(!is_sample_mark(text), "{text}");
        }
    }

    #[test]
    fn a_mark_before_a_name_is_told_from_the_name() {
        for (text, name) in [
            ("（記入例）○○手続の電子化", Some("○○手続の電子化")),
            ("（例1）\n△△の導入", Some("△△の導入")),
            ("【例】広報紙の電子配信", Some("広報紙の電子配信")),
            ("※例　○○の導入", Some("○○の導入")),
            ("例：○○の導入", Some("○○の導入")),
            ("例２ ○○の導入", Some("○○の導入")),
            ("記入例　広報紙の電子配信", Some("広報紙の電子配信")),
            ("例規集の電子化", None),
            ("例 規 集 の 電 子 化", None),
            ("記入例の公開", None),
            ("（例規）集の公開", None),
            ("事例の公開（例）", None),
            ("例月出納検査", None),
        ] {
            assert_eq!(behind_sample_mark(text), name, "{text}");
        }
    }

    #[test]
    fn a_remark_and_the_end_are_told_from_words() {
        for text in
            ["※ 参照", "注１　速報", "注）速報", "（注）速報", "【注】速報", "＊速報", "備考：速報"]
        {
            assert!(is_remark(text), "{text}");
        }
        for text in ["注文の電子化", "備考欄の廃止", "参考資料の公開", "（仮称）広報館", ""]
        {
            assert!(!is_remark(text), "{text}");
        }
        for text in ["以上", "（以上）", "以　上", "以下余白", "（以下余白）", "－以上－", "以上。"]
        {
            assert!(is_end(text), "{text}");
        }
        for text in ["以上の施策", "75歳以上", "", "－"] {
            assert!(!is_end(text), "{text}");
        }
    }
}
