//! Marks beside a name that are none of its words: 「【新規】」, 「★」, 「（新）」.

/// Signs that stand before a name to set it off.
const SIGNS: &str = "★☆●◎○■□◆◇▲△▼▽※＊*・＠✓✔🆕🈟";
/// What a bracket beside a name holds, where it is a mark.
const WORDS: [&str; 16] = [
    "新",
    "新規",
    "継",
    "継続",
    "変",
    "変更",
    "改",
    "拡",
    "拡充",
    "重点",
    "重",
    "一部新規",
    "一部変更",
    "一部拡充",
    "新規事業",
    "継続事業",
];
const BRACKETS: [(char, char); 7] =
    [('【', '】'), ('（', '）'), ('(', ')'), ('［', '］'), ('[', ']'), ('〔', '〕'), ('〈', '〉')];

/// The mark before or behind a name, and the name without its marks; `None` where it has none.
pub fn mark(name: &str) -> Option<(&str, &str)> {
    let name = name.trim();
    let found = before(name).or_else(|| behind(name))?;
    (!found.1.is_empty()).then_some(found)
}

/// A name without the marks beside it.
pub fn unmarked(name: &str) -> &str {
    let mut bare = name;
    while let Some((_, rest)) = mark(bare) {
        bare = rest;
    }
    bare
}

fn before(name: &str) -> Option<(&str, &str)> {
    let first = name.chars().next()?;
    let (sign, rest) = name.split_at(first.len_utf8());
    // Two and more stand where a word is still to come.
    if SIGNS.contains(first) && !rest.starts_with(first) {
        return Some((sign, rest.trim_start()));
    }
    let (_, close) = BRACKETS.iter().find(|(open, _)| *open == first)?;
    let end = rest.find(*close)?;
    let word = rest.get(..end)?;
    let length = sign.len() + end + close.len_utf8();
    let (mark, bare) = name.split_at_checked(length)?;
    WORDS.contains(&word.trim()).then_some((mark, bare.trim_start()))
}

fn behind(name: &str) -> Option<(&str, &str)> {
    let last = name.chars().next_back()?;
    let (_, open) =
        BRACKETS.iter().map(|(open, close)| (close, open)).find(|(c, _)| **c == last)?;
    let start = name.rfind(*open)?;
    let (bare, mark) = name.split_at_checked(start)?;
    let word = mark.strip_prefix(*open)?.strip_suffix(last)?;
    WORDS.contains(&word.trim()).then_some((mark, bare.trim_end()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_told_from_the_words_of_a_name() {
        for (name, expected) in [
            ("【新規】電子申請の受付", Some(("【新規】", "電子申請の受付"))),
            ("（新）電子申請の受付", Some(("（新）", "電子申請の受付"))),
            ("★ 電子申請の受付", Some(("★", "電子申請の受付"))),
            ("●電子申請の受付", Some(("●", "電子申請の受付"))),
            ("電子申請の受付（新規）", Some(("（新規）", "電子申請の受付"))),
            ("○○システムの運用", None),
            ("（仮称）広報館の整備", None),
            ("「みやぎポイント」の運用", None),
            ("電子申請の受付（再掲）", None),
            ("新規就農者の支援", None),
            ("【新規】", None),
            ("★", None),
            ("", None),
        ] {
            assert_eq!(mark(name), expected, "{name}");
        }
        assert_eq!(unmarked("★【新規】電子申請の受付（拡充）"), "電子申請の受付");
        assert_eq!(unmarked("電子申請の受付"), "電子申請の受付");
    }
}
