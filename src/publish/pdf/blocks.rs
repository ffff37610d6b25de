//! A cell's text as a printer sees it: paragraphs and lists, and the runs that must not break.
//!
//! The characters stay as they were typed; only where a line may end is said here.

use serde::Serialize;

use super::phrases::{self, Lines};
use crate::text::quantity;

/// A paragraph, or the items of a list that follow one another.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Block {
    Paragraph {
        runs: Vec<Run>,
        /// How the lines of a short text may end between its words.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        lines: Vec<Lines>,
    },
    List {
        items: Vec<Item>,
    },
}

/// One item of a list under the mark that was typed: `・`, `①`, `1.`, `(1)`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Item {
    pub mark: String,
    pub runs: Vec<Run>,
    /// What is listed below it, under marks of another kind.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<Item>,
}

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Run {
    /// Text that breaks by the rules of the language.
    Text(String),
    /// A figure with its unit or year, which stays in one piece; `before` and `after` tell
    /// whether a letter of Japanese touches it, so that it gets the usual quarter space.
    NoBreak {
        #[serde(rename = "keep")]
        text: String,
        before: bool,
        after: bool,
    },
    /// A word in Latin letters, which breaks anywhere if it is longer than its column.
    Word { word: String },
    /// A line may end here although a small kana or ー follows.
    BreakOpportunity { seam: bool },
}

/// A word with more letters than this may be longer than a column.
const LONG_WORD: usize = 9;

/// What begins no line under strict rules, and may under loose ones.
pub const SMALL: &[char] = &[
    'ぁ', 'ぃ', 'ぅ', 'ぇ', 'ぉ', 'っ', 'ゃ', 'ゅ', 'ょ', 'ゎ', 'ァ', 'ィ', 'ゥ', 'ェ', 'ォ', 'ッ',
    'ャ', 'ュ', 'ョ', 'ヮ', 'ヵ', 'ヶ', 'ー',
];

/// Cuts a text into paragraphs and lists, line by line; blank lines are left out.
///
/// Under `strict` rules no line begins with a small kana or ー.
pub fn blocks(text: &str, strict: bool) -> Vec<Block> {
    let runs = |line: &str| if strict { runs(line) } else { loosen(runs(line)) };
    let mut blocks: Vec<Block> = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let Some((mark, rest)) = item(line) else {
            blocks.push(Block::Paragraph { runs: runs(line), lines: Vec::new() });
            continue;
        };
        let item = Item { mark: mark.to_owned(), runs: runs(rest), items: Vec::new() };
        match blocks.last_mut() {
            Some(Block::List { items }) => list(items, item),
            _ => blocks.push(Block::List { items: vec![item] }),
        }
    }
    blocks
}

/// Adds an item to a list: beside those with marks of its kind, or below the last one where no list
/// around it has such marks. A remark (※) stands below nothing, and nothing below it.
fn list(items: &mut Vec<Item>, item: Item) {
    let kind = mark_kind(&item.mark);
    let stands_here = |first: &Item| {
        mark_kind(&first.mark) == kind || first.mark == REMARK || item.mark == REMARK
    };
    let is_here = items.first().is_none_or(stands_here);
    match items.last_mut() {
        Some(last) if !is_here => list(&mut last.items, item),
        _ => items.push(item),
    }
}

const REMARK: &str = "※";

/// One character for all marks that count the same list: `1.` and `2.`, `①` and `②`.
fn mark_kind(mark: &str) -> Option<char> {
    mark.chars().next().map(|first| match first {
        '0'..='9' => '1',
        '①'..='⑳' => '①',
        other => other,
    })
}

/// Parts a line into the mark of a list item and the rest; `None` for any other line.
fn item(line: &str) -> Option<(&str, &str)> {
    let first = line.chars().next()?;
    let length = match first {
        '・' | '○' | '●' | '◯' | '◎' | '■' | '□' | '◆' | '◇' | '※' | '①'..='⑳' => {
            first.len_utf8()
        }
        '0'..='9' => {
            let digits = line.bytes().take_while(u8::is_ascii_digit).count();
            let after = line.get(digits..)?;
            let sign = after.chars().next().filter(|c| matches!(c, '.' | '．' | ')' | '）'))?;
            // 「1.5倍」 begins with a figure, not with a mark.
            let next = after.get(sign.len_utf8()..)?.chars().next()?;
            if digits > 2 || next.is_ascii_digit() {
                return None;
            }
            digits + sign.len_utf8()
        }
        '(' => {
            let close = line.find(')').filter(|&at| (2..=3).contains(&at))?;
            line.get(1..close)?.bytes().all(|b| b.is_ascii_digit()).then_some(close + 1)?
        }
        _ => return None,
    };
    let (mark, rest) = line.split_at_checked(length)?;
    let rest = rest.trim_start();
    (!rest.is_empty()).then_some((mark, rest))
}

/// Cuts a line into runs.
pub fn runs(line: &str) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut plain = String::new();
    let mut rest = line;
    let mut previous: Option<char> = None;
    loop {
        // Only a printable letter of ASCII begins a figure or a word; most of a line has none.
        let end = rest.find(|c: char| c.is_ascii_graphic()).unwrap_or(rest.len());
        let (text, left) = rest.split_at(end);
        plain.push_str(text);
        previous = text.chars().next_back().or(previous);
        rest = left;
        let Some(word) = word(rest) else { break };
        let (length, run) = match figure(rest, previous) {
            Some(length) => {
                let (text, after) = rest.split_at(length);
                let touches = |c: Option<char>| c.is_some_and(is_japanese_letter);
                let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
                let before = touches(previous) && latin(text.chars().next());
                let after = touches(after.chars().next()) && latin(text.chars().next_back());
                (length, Some(Run::NoBreak { text: text.to_owned(), before, after }))
            }
            None if is_long(&rest[..word]) => {
                (word, Some(Run::Word { word: rest[..word].to_owned() }))
            }
            None => (word, None),
        };
        let (taken, left) = rest.split_at(length);
        match run {
            Some(run) => {
                flush(&mut plain, &mut runs);
                runs.push(run);
            }
            None => plain.push_str(taken),
        }
        previous = taken.chars().next_back();
        rest = left;
    }
    flush(&mut plain, &mut runs);
    runs
}

/// Lets a line end before every small kana inside a text.
fn loosen(runs: Vec<Run>) -> Vec<Run> {
    let mut loose = Vec::with_capacity(runs.len());
    for run in runs {
        let Run::Text(text) = run else {
            loose.push(run);
            continue;
        };
        let mut start = 0;
        for (at, _) in text.match_indices(SMALL).filter(|&(at, _)| at > 0) {
            loose.push(Run::Text(text[start..at].to_owned()));
            loose.push(Run::BreakOpportunity { seam: true });
            start = at;
        }
        loose.push(Run::Text(text[start..].to_owned()));
    }
    loose
}

impl Block {
    /// Adds how the lines may end to a paragraph that is text alone.
    pub fn add_lines(&mut self, family: &str) {
        let Self::Paragraph { runs, lines } = self else { return };
        let (mut text, mut whole) = (String::new(), Vec::new());
        for run in runs.iter() {
            let start = text.chars().count();
            match run {
                Run::Text(part) => text.push_str(part),
                Run::NoBreak { text: part, .. } => {
                    text.push_str(part);
                    whole.push(start..start + part.chars().count());
                }
                // Its lines end by rules of its own.
                Run::Word { .. } | Run::BreakOpportunity { .. } => return,
            }
        }
        *lines = phrases::lines(family, &text, &whole);
    }
}

fn flush(plain: &mut String, runs: &mut Vec<Run>) {
    if !plain.is_empty() {
        runs.push(Run::Text(std::mem::take(plain)));
    }
}

/// The length of a figure with its unit, or of a year or date in short, at the beginning of the
/// text: 「1,551人」, 「9年度」, 「(R9)」, 「R6.12月末」.
fn figure(text: &str, previous: Option<char>) -> Option<usize> {
    if previous.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | ',' | '-' | '/')) {
        return None;
    }
    if let Some(inner) = text.strip_prefix('(') {
        let length = quantity::short_date(inner)?.len();
        return inner.get(length..)?.starts_with(')').then_some(length + 2);
    }
    quantity::figure(text).map(str::len)
}

/// The length of the word of printable ASCII at the beginning.
fn word(text: &str) -> Option<usize> {
    let length = text.bytes().take_while(u8::is_ascii_graphic).count();
    (length > 0).then_some(length)
}

/// Whether a word may be longer than a column. A link breaks by rules of its own, between its
/// parts, so that only a part may be too long.
fn is_long(word: &str) -> bool {
    let is_link = ["https://", "http://", "www."].iter().any(|begin| word.starts_with(begin));
    let mut parts = word.split(|c: char| is_link && !c.is_ascii_alphanumeric());
    parts.any(|part| part.len() > LONG_WORD)
}

fn is_japanese_letter(c: char) -> bool {
    matches!(c, 'ぁ'..='ゖ' | 'ァ'..='ヺ' | 'ー' | '々' | '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(runs: &[Run]) -> String {
        let show = |run: &Run| match run {
            Run::Text(text) => text.clone(),
            Run::NoBreak { text, before, after } => {
                format!(
                    "{}[{text}]{}",
                    if *before { "~" } else { "" },
                    if *after { "~" } else { "" }
                )
            }
            Run::Word { word } => format!("<{word}>"),
            Run::BreakOpportunity { .. } => "|".to_owned(),
        };
        runs.iter().map(show).collect()
    }

    #[test]
    fn figures_stay_with_their_units_and_years() {
        for (text, expected) in [
            ("延べ1,551人が", "延べ~[1,551人]が"),
            ("69.0% (R9)", "[69.0%] [(R9)]"),
            ("令和9年度までに", "令和~[9年度]までに"),
            ("22件(R6.12月末)", "[22件][(R6.12月末)]"),
            ("R6から、R7.1.20時点", "[R6]~から、[R7.1.20時点]"),
            ("(R7A)・R-1", "(R7A)・R-1"),
            ("約1.5倍、2か所", "約~[1.5倍]、[2か所]"),
            ("1億件と3万トン", "[1億件]と~[3万トン]"),
            ("割合は50%以上", "割合は~[50%]以上"),
            ("R7-001号とA4判", "R7-001号とA4判"),
            ("#panic() *x*", "#panic() *x*"),
            ("URL https://example.jp/aaaaaaaaaaaa", "URL <https://example.jp/aaaaaaaaaaaa>"),
            ("みやぎSecurityメール", "みやぎSecurityメール"),
            ("みやぎCybersecurity対策", "みやぎ<Cybersecurity>対策"),
            ("www.example.jp/a-b", "www.example.jp/a-b"),
        ] {
            assert_eq!(shown(&runs(text)), expected);
        }
    }

    #[test]
    fn runs_joined_are_the_text_as_typed() {
        for text in ["", "延べ1,551人が(R9)令和", "a.b,c 令和年度 (R", "1.2.3人", "（1）12)", "12"]
        {
            let joined: String = runs(text)
                .into_iter()
                .map(|run| match run {
                    Run::Text(text) | Run::NoBreak { text, .. } | Run::Word { word: text } => text,
                    Run::BreakOpportunity { .. } => String::new(),
                })
                .collect();
            assert_eq!(joined, text);
        }
    }

    #[test]
    fn small_kana_begin_a_line_under_loose_rules_alone() {
        assert_eq!(shown(&loosen(runs("ッキャッシュ1人ー"))), "ッキ|ャ|ッシ|ュ~[1人]ー");
        assert_eq!(shown(&runs("キャッシュ")), "キャッシュ");
    }

    /// Items with those below them in braces.
    fn outlined(items: &[Item]) -> String {
        let below = |item: &Item| match &item.items[..] {
            [] => String::new(),
            items => format!("{{{}}}", outlined(items)),
        };
        items
            .iter()
            .map(|item| format!("{}{}", item.mark, below(item)))
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn marks_of_another_kind_stand_below_the_item_before_them() {
        for (text, expected) in [
            ("1.あ\n(1)い\n(2)う\n2.え", "1.{(1) (2)} 2."),
            ("①あ\n・い\n○う\n・え\n②お", "①{・{○} ・} ②"),
            ("・あ\n※い\n・う", "・ ※ ・"),
            ("※あ\n・い", "※ ・"),
        ] {
            let blocks = blocks(text, true);
            let [Block::List { items }] = &blocks[..] else { panic!("{blocks:?}") };
            assert_eq!(outlined(items), expected);
        }
    }

    #[test]
    fn marks_at_the_begin_of_a_line_make_items() {
        let kinds = |text: &str| -> Vec<String> {
            blocks(text, true)
                .iter()
                .map(|block| match block {
                    Block::Paragraph { runs, .. } => format!("p:{}", shown(runs)),
                    Block::List { items } => items
                        .iter()
                        .map(|item| format!("{}:{}", item.mark, shown(&item.runs)))
                        .collect::<Vec<_>>()
                        .join("|"),
                })
                .collect()
        };
        assert_eq!(kinds("次の二つ\n・甲\n・乙\n\n以上"), ["p:次の二つ", "・:甲|・:乙", "p:以上"]);
        assert_eq!(kinds("①甲\n②乙"), ["①:甲|②:乙"]);
        assert_eq!(kinds("1.甲\n2.乙\n以上\n(1)丙"), ["1.:甲|2.:乙", "p:以上", "(1):丙"]);
        assert_eq!(
            kinds("1.5倍\n・\n(注)乙\n2024.1"),
            ["p:[1.5倍]", "p:・", "p:(注)乙", "p:2024.1"]
        );
    }
}
