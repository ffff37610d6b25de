//! Signs that stand where words are still to come: 「○○課」「●●事業」.

/// Beside one of these, 〇 is the zero of a number written in kanji.
const KANJI_DIGITS: &str = "一二三四五六七八九十百千";

/// A sign that is written twice or more in place of a word.
fn is_sign(c: char) -> bool {
    matches!(c, '○' | '〇' | '◯' | '●' | '◎' | '□' | '■' | '△' | '▲' | '×' | '✕')
}

/// The first run of such a sign in a text.
pub fn filler(text: &str) -> Option<&str> {
    let mut from = 0;
    loop {
        let start = from + text.get(from..)?.find(is_sign)?;
        let (before, rest) = text.split_at_checked(start)?;
        let first = rest.chars().next()?;
        let (run, behind) = rest.split_at(rest.find(|c| c != first).unwrap_or(rest.len()));
        let is_digit = |c: Option<char>| c.is_some_and(|c| KANJI_DIGITS.contains(c));
        let is_zero = || {
            first == '〇'
                && (is_digit(before.chars().next_back()) || is_digit(behind.chars().next()))
        };
        if run.chars().nth(1).is_some() && !is_zero() {
            return Some(run);
        }
        from = start + run.len();
    }
}

/// What may stand on either side of white space where a number is to be filled in.
const BLANKS: [(&[&str], &[&str]); 4] = [
    (&["令和", "平成", "昭和", "西暦"], &["年"]),
    (&["年"], &["月"]),
    (&["月"], &["日"]),
    (&["第", "約", "延べ"], &["回", "期", "号", "人", "件", "％", "%", "か所", "箇所"]),
];

/// A blank that is still to be filled in: 「令和　　年　　月」, 「（　　）人」, 「＿＿＿」.
pub fn blank_to_fill(text: &str) -> Option<&str> {
    const OPEN: [char; 2] = ['(', '（'];
    const CLOSED: [char; 2] = [')', '）'];
    let lines = text.match_indices(['_', '＿', '?', '？']).find_map(|(at, sign)| {
        let rest = text.get(at..)?;
        let run =
            rest.split_at(rest.len() - rest.trim_start_matches(['_', '＿', '?', '？']).len()).0;
        let is_run = run.chars().count() > sign.chars().count() && run.replace(sign, "").is_empty();
        let is_name = run.contains('_') && run.chars().count() < 3;
        (is_run && !is_name).then_some(run)
    });
    let brackets = || {
        text.match_indices(OPEN).find_map(|(at, open)| {
            let (_, behind) = text.split_at_checked(at + open.len())?;
            let inside =
                behind.split(CLOSED).next().filter(|inside| inside.len() < behind.len())?;
            let end = at + open.len() + inside.len();
            let close = text.get(end..)?.chars().next()?;
            inside.trim().is_empty().then(|| text.get(at..end + close.len_utf8())).flatten()
        })
    };
    lines.or_else(brackets).or_else(|| spaces(text))
}

/// What may go on behind a blank: words that stand behind a number with its unit.
const ENDS: &str = "にをでがはもとのか末以目";

fn spaces(text: &str) -> Option<&str> {
    const SPACES: [char; 2] = [' ', '\u{3000}'];
    text.match_indices(SPACES).find_map(|(at, _)| {
        let (before, rest) = text.split_at_checked(at)?;
        let behind = rest.trim_start_matches(SPACES);
        let (word, next) = BLANKS.iter().find_map(|(words, next)| {
            let word = words.iter().find(|word| before.ends_with(**word))?;
            Some((*word, *next.iter().find(|next| behind.starts_with(**next))?))
        })?;
        // 「毎年 月に3回」 and 「10年 月額」 leave nothing open.
        let opens = |c: char| c.is_numeric() || SPACES.contains(&c) || matches!(c, '和' | '成');
        let is_date = matches!(word, "年" | "月");
        let is_open = !is_date || before.strip_suffix(word)?.ends_with(opens);
        let follows = behind.strip_prefix(next)?.chars().next();
        let ends = follows.is_none_or(|c| !c.is_alphanumeric() || ENDS.contains(c));
        let end = text.len() - behind.len() + next.len();
        (is_open && (ends || next == "年")).then(|| text.get(at - word.len()..end)).flatten()
    })
}

/// A single circle in place of a number: 「令和○年」, 「第●回」, 「○月」 within a line. At the start
/// of a line it is the mark of an item.
pub fn circle_of_unit(text: &str) -> Option<&str> {
    const UNITS: [&str; 8] = ["年", "月", "日", "回", "件", "期", "%", "％"];
    text.match_indices(['○', '◯', '〇', '●']).find_map(|(at, sign)| {
        let (before, rest) = text.split_at_checked(at)?;
        let last = before.chars().next_back().filter(|c| c.is_alphanumeric())?;
        let behind = rest.strip_prefix(sign)?;
        let unit = UNITS.iter().find(|unit| behind.starts_with(**unit))?;
        let is_zero = sign == "〇" && (last == '〇' || KANJI_DIGITS.contains(last));
        (!is_zero).then(|| rest.get(..sign.len() + unit.len())).flatten()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_that_stand_for_words_are_found() {
        for (text, run) in [
            ("○○手続のオンライン化", Some("○○")),
            ("事業（●●●）", Some("●●●")),
            ("〇〇課", Some("〇〇")),
            ("××%", Some("××")),
            ("二〇〇〇年", None),
            ("○ 利用できる\n× 利用できない", None),
            ("3×4", None),
            ("", None),
        ] {
            assert_eq!(filler(text), run, "{text}");
        }
    }

    #[test]
    fn blanks_that_are_to_be_filled_in_are_found() {
        for (text, blank) in [
            ("令和　　年　　月に更新する。", Some("令和　　年")),
            ("令和8年　月に更新する。", Some("年　月")),
            ("更新は4月　日", Some("月　日")),
            ("第　回の会議", Some("第　回")),
            ("（　　）人", Some("（　　）")),
            ("( )件", Some("( )")),
            ("＿＿＿課", Some("＿＿＿")),
            ("時期は？？", Some("？？")),
            ("令和 8年 4月から", None),
            ("10年 月額", None),
            ("4月 日程を決める", None),
            ("毎年 月次の報告", None),
            ("毎年 月に3回開く", None),
            ("契約 件数", None),
            ("次第 回答する", None),
            ("file__name", None),
            ("なぜ？", None),
            ("（案）", None),
            ("(", None),
            ("", None),
        ] {
            assert_eq!(blank_to_fill(text), blank, "{text}");
        }
    }

    #[test]
    fn a_circle_in_place_of_a_number_is_found() {
        for (text, circle) in [
            ("令和○年度", Some("○年")),
            ("第●回", Some("●回")),
            ("更新は○月", Some("○月")),
            ("○年度末に評価する", None),
            ("実施\n○月次の報告", None),
            ("二〇年", None),
            ("丸印（○）", None),
        ] {
            assert_eq!(circle_of_unit(text), circle, "{text}");
        }
    }
}
