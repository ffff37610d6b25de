//! The printed numbers of headings: 「政策(1)　…」 is the number 1 in the style 「政策({1})」.

use crate::text::quantity::is_dash;

/// The most characters before a number, and of the number with its signs.
const LONGEST: usize = 16;
const CIRCLED: char = '①';
const ROMAN: char = 'Ⅰ';
const KANJI: &str = "一二三四五六七八九十";
const KANA: &str =
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワ";
/// Signs that may close a number.
const CLOSING: &[char] = &[')', '）', '章', '節', '項', '編', '部', '.', '．', '】', '］', ']'];
/// Signs that part a number from its title.
const PARTING: &[char] = &[' ', '\u{3000}', '、', ':', '：', '\t'];

/// How a numeral is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Numeral {
    Half,
    Full,
    Circled,
    Roman,
    Kanji,
    Letter,
    Kana,
}

impl Numeral {
    /// Its placeholder in a pattern.
    fn placeholder(self) -> &'static str {
        match self {
            Self::Half => "{1}",
            Self::Full => "{１}",
            Self::Circled => "{①}",
            Self::Roman => "{Ⅰ}",
            Self::Kanji => "{一}",
            Self::Letter => "{A}",
            Self::Kana => "{ア}",
        }
    }

    fn write(self, number: u32) -> Option<String> {
        let nth = |first: char, most: u32| {
            (1..=most)
                .contains(&number)
                .then(|| char::from_u32(first as u32 + number - 1))
                .flatten()
        };
        match self {
            Self::Half => Some(number.to_string()),
            Self::Full => Some(full_width(&number.to_string())),
            Self::Circled => nth(CIRCLED, 20).map(String::from),
            Self::Roman => nth(ROMAN, 12).map(String::from),
            Self::Letter => nth('A', 26).map(String::from),
            Self::Kana => KANA.chars().nth(number.checked_sub(1)? as usize).map(String::from),
            Self::Kanji => kanji(number),
        }
    }
}

fn full_width(digits: &str) -> String {
    let wide = |c: char| char::from_u32(c as u32 - u32::from(b'0') + '０' as u32);
    digits.chars().filter_map(wide).collect()
}

fn kanji(number: u32) -> Option<String> {
    let digit = |n: u32| KANJI.chars().nth(n.checked_sub(1)? as usize);
    match (number / 10, number % 10) {
        (0, ones) => digit(ones).map(String::from),
        (1, 0) => Some("十".into()),
        (1, ones) => Some(format!("十{}", digit(ones)?)),
        (tens @ 2..=9, 0) => Some(format!("{}十", digit(tens)?)),
        (tens @ 2..=9, ones) => Some(format!("{}十{}", digit(tens)?, digit(ones)?)),
        _ => None,
    }
}

/// How the headings of a level are numbered.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Style {
    /// It begins with the number of the heading above.
    pub up: bool,
    pub before: String,
    pub numeral: Numeral,
    pub behind: String,
}

impl Style {
    /// `1`
    pub fn plain() -> Self {
        Self { up: false, before: String::new(), numeral: Numeral::Half, behind: String::new() }
    }

    /// `1(2)`: the number above, and its own in brackets.
    pub fn below() -> Self {
        Self { up: true, before: "(".into(), numeral: Numeral::Half, behind: ")".into() }
    }

    /// As the settings write it: 「政策({1})」.
    pub fn pattern(&self) -> String {
        let up = if self.up { "{up}" } else { "" };
        format!("{up}{}{}{}", self.before, self.numeral.placeholder(), self.behind)
    }

    /// What it prints of a number below a heading.
    pub fn print(&self, number: u32, above: &str) -> Option<String> {
        let up = if self.up { above } else { "" };
        Some(format!("{up}{}{}{}", self.before, self.numeral.write(number)?, self.behind))
    }
}

/// A heading as a form writes it, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numbered {
    /// The number as it stands: 「政策(1)」; empty where there is none.
    pub printed: String,
    pub number: Option<(u32, Style)>,
    pub title: String,
}

/// Takes a heading apart, below one with the printed number `above`.
pub fn read(text: &str, above: &str) -> Numbered {
    let text = text.trim();
    let with_up = (!above.is_empty()).then(|| text.strip_prefix(above)).flatten();
    let below = with_up.and_then(|rest| numbered(rest, true).map(|found| (found, above)));
    match below.or_else(|| numbered(text, false).map(|found| (found, ""))) {
        Some(((number, style, printed, title), up)) => Numbered {
            printed: format!("{up}{printed}"),
            number: Some((number, style)),
            title: title.to_owned(),
        },
        None => joined(text),
    }
}

/// A heading whose number has that of another heading before it, in a style of its own; else one
/// without a number.
fn joined(text: &str) -> Numbered {
    let plain = || Numbered { printed: String::new(), number: None, title: text.to_owned() };
    let Some((_, _, title)) = compound(text) else { return plain() };
    let Some(printed) = text.strip_suffix(&title) else { return plain() };
    Numbered { printed: printed.trim_end_matches(PARTING).to_owned(), number: None, title }
}

/// The number, its style, how it is written, and the title behind it.
fn numbered(text: &str, up: bool) -> Option<(u32, Style, &str, &str)> {
    let (start, (number, numeral, length)) =
        text.char_indices().take(LONGEST).find_map(|(at, _)| {
            let rest = text.get(at..)?;
            // A kanji numeral is one only where something says so: 「一人」 is none.
            let found = numeral_of(rest)?;
            let before = text.get(..at)?;
            let is_telling = matches!(found.1, Numeral::Kanji | Numeral::Letter | Numeral::Kana);
            (!is_telling || before.is_empty() || before.ends_with(['第', '(', '（']))
                .then_some((at, found))
        })?;
    let before = text.get(..start)?;
    let behind = text.get(start + length..)?;
    let closing = behind.len() - behind.trim_start_matches(CLOSING).len();
    let (closed, rest) = behind.split_at_checked(closing)?;
    // A dot may part as well as close.
    let is_parted = rest.is_empty() || rest.starts_with(PARTING) || !closed.is_empty();
    let is_opened = before.is_empty() || !before.contains(PARTING);
    // Below the number of the heading above, there is a sign between the two.
    let is_below = !up || !before.is_empty();
    if !is_parted || !is_opened || !is_below || (rest.trim().is_empty() && before.is_empty()) {
        return None;
    }
    let style = Style { up, before: before.to_owned(), numeral, behind: closed.to_owned() };
    let title = rest.trim_start_matches(PARTING).trim();
    Some((number, style, text.get(..start + length + closing)?, title))
}

/// The numeral at the beginning of a text, and its length in bytes.
fn numeral_of(text: &str) -> Option<(u32, Numeral, usize)> {
    let first = text.chars().next()?;
    let run = |is: fn(char) -> bool| -> &str {
        let end = text.find(|c: char| !is(c)).unwrap_or(text.len());
        text.get(..end).unwrap_or_default()
    };
    let nth = |base: char, most: u32| {
        let number = (first as u32).checked_sub(base as u32)? + 1;
        (number <= most).then_some(number)
    };
    if first.is_ascii_digit() {
        let digits = run(|c| c.is_ascii_digit());
        return (digits.len() <= 3).then_some((digits.parse().ok()?, Numeral::Half, digits.len()));
    }
    if ('０'..='９').contains(&first) {
        let digits = run(|c| ('０'..='９').contains(&c));
        let plain: String = digits
            .chars()
            .filter_map(|c| char::from_u32(c as u32 - '０' as u32 + u32::from(b'0')))
            .collect();
        return (plain.len() <= 3).then_some((plain.parse().ok()?, Numeral::Full, digits.len()));
    }
    if let Some(number) = nth(CIRCLED, 20) {
        return Some((number, Numeral::Circled, first.len_utf8()));
    }
    if let Some(number) = nth(ROMAN, 12) {
        return Some((number, Numeral::Roman, first.len_utf8()));
    }
    if KANJI.contains(first) {
        let digits = run(|c| KANJI.contains(c));
        let number = (1..100).find(|&n| kanji(n).as_deref() == Some(digits))?;
        return Some((number, Numeral::Kanji, digits.len()));
    }
    let next = text.chars().nth(1);
    let is_alone = next.is_none_or(|c| PARTING.contains(&c) || CLOSING.contains(&c));
    if let Some(number) = nth('A', 26).or_else(|| nth('Ａ', 26)).filter(|_| is_alone) {
        return Some((number, Numeral::Letter, first.len_utf8()));
    }
    let kana = KANA.chars().position(|c| c == first).filter(|_| is_alone)?;
    Some((u32::try_from(kana).ok()? + 1, Numeral::Kana, first.len_utf8()))
}

/// A heading with the numbers of two levels in one: 「1(2) 子育て支援」 or 「１－２　子育て支援」.
pub fn compound(text: &str) -> Option<(u32, u32, String)> {
    let text = text.trim();
    let (upper, _, length) = numeral_of(text)?;
    let rest = text.get(length..)?;
    let rest = rest.strip_prefix(|c: char| is_dash(c) || c == '.' || c == '．').unwrap_or(rest);
    let is_joined = rest.len() < text.len() - length;
    let (rest, is_bracketed) = match rest.strip_prefix(['(', '（']) {
        Some(rest) => (rest, true),
        None => (rest, false),
    };
    let (lower, _, length) = numeral_of(rest)?;
    let rest = rest.get(length..)?;
    let rest = if is_bracketed { rest.strip_prefix([')', '）'])? } else { rest };
    let title = rest.trim_start_matches(PARTING).trim();
    ((is_joined || is_bracketed) && !title.is_empty()).then(|| (upper, lower, title.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_taken_apart_in_every_style() {
        for (text, printed, number, pattern, title) in [
            ("Ⅰ　健康・余暇", "Ⅰ", 1, "{Ⅰ}", "健康・余暇"),
            ("２　必要に応じた医療", "２", 2, "{１}", "必要に応じた医療"),
            ("11　【知育】確かな学力", "11", 11, "{1}", "【知育】確かな学力"),
            ("⑧　福祉人材の育成・確保", "⑧", 8, "{①}", "福祉人材の育成・確保"),
            (
                "政策(1)　生涯を通じた健康づくり",
                "政策(1)",
                1,
                "政策({1})",
                "生涯を通じた健康づくり",
            ),
            ("施策の展開①　健康増進", "施策の展開①", 1, "施策の展開{①}", "健康増進"),
            ("施策１４　暮らし", "施策１４", 14, "施策{１}", "暮らし"),
            ("第３章 推進体制", "第３章", 3, "第{１}章", "推進体制"),
            ("第十二節　道路", "第十二節", 12, "第{一}節", "道路"),
            ("1. 子育て", "1.", 1, "{1}.", "子育て"),
            ("（２）教育", "（２）", 2, "（{１}）", "教育"),
            ("ア　保健", "ア", 1, "{ア}", "保健"),
            ("B　地域", "B", 2, "{A}", "地域"),
        ] {
            let read = read(text, "");
            let (found, style) = read.number.unwrap_or_else(|| panic!("{text}"));
            assert_eq!((read.printed.as_str(), found), (printed, number), "{text}");
            assert_eq!((style.pattern().as_str(), read.title.as_str()), (pattern, title), "{text}");
            assert_eq!(style.print(number, "").as_deref(), Some(printed), "{text}");
        }
        for text in [
            "健康・余暇",
            "一人ひとりの学び",
            "2022年度の取組",
            "デジタル化",
            "3D都市モデル",
            "SDGs",
        ] {
            assert_eq!(read(text, "").number, None, "{text}");
        }
    }

    #[test]
    fn a_number_may_go_on_from_the_one_above() {
        let read = read("1(2) 教育の充実", "1");
        let (number, style) = read.number.unwrap();
        assert_eq!((number, style.pattern().as_str()), (2, "{up}({1})"));
        assert_eq!((read.printed.as_str(), read.title.as_str()), ("1(2)", "教育の充実"));
        assert_eq!(compound("３－（７）　情報"), Some((3, 7, "情報".into())));
        assert_eq!(compound("1-2 教育"), Some((1, 2, "教育".into())));
        assert_eq!(compound("26　文化"), None);
        assert_eq!(compound("10年後"), None);
    }
}
