//! What is left of the spelling of a heading when all that people write differently is taken away:
//! width, spaces, brackets, the signs between a number and a title.

use crate::text::key;

/// Stands between two numbers, which would be one without it.
pub(super) const BETWEEN: char = '|';

/// The key of a text without spaces, brackets and what else parts a number from a title.
pub(super) fn squeezed(text: &str) -> String {
    let mut squeezed = String::new();
    let mut parted = false;
    let text: String = text.chars().map(apart).collect();
    // Numbers on lines of their own, or with a space between, are two.
    for part in text.split(char::is_whitespace) {
        for c in key(part).chars() {
            if is_separator(c) {
                parted = true;
                continue;
            }
            let was_digit = squeezed.ends_with(|c: char| c.is_ascii_digit());
            if parted && was_digit && c.is_ascii_digit() {
                squeezed.push(BETWEEN);
            }
            parted = false;
            squeezed.push(c);
        }
        parted = true;
    }
    squeezed
}

/// A sign for a whole number as that number, which is one for itself: Ⅱ and ②.
fn apart(c: char) -> String {
    let code = u32::from(c);
    let number = match c {
        'Ⅰ'..='Ⅻ' => Some(code - 0x2160 + 1),
        'ⅰ'..='ⅻ' => Some(code - 0x2170 + 1),
        '①'..='⑳' => Some(code - 0x2460 + 1),
        _ => None,
    };
    number.map_or_else(|| c.to_string(), |number| format!(" {number} "))
}

/// What parts a number from a title, or one heading from the next, and says nothing else.
fn is_separator(c: char) -> bool {
    "-/\\・()[]{}<>「」『』【】〔〕《》〈〉→⇒▶►=:;,.、。_|~'\"#*+○●◎■□◆◇★☆▲△▼▽※".contains(c)
}

/// A squeezed text without the words of the levels, and without what stands around a number in a
/// sentence: 柱2の第7 is 2 and 7.
pub(super) fn loosened(squeezed: &str, words: &[String]) -> String {
    let mut text = squeezed.to_owned();
    for word in words {
        text = text.replace(word.as_str(), "|");
    }
    let letters: Vec<char> = text.chars().collect();
    let is_digit =
        |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(char::is_ascii_digit);
    let mut loose = String::new();
    for (at, &c) in letters.iter().enumerate() {
        let (before, behind) = (is_digit(at.checked_sub(1)), is_digit(Some(at + 1)));
        match c {
            'の' if before && (behind || letters.get(at + 1) == Some(&BETWEEN)) => {
                loose.push(BETWEEN);
            }
            '第' if behind => loose.push(BETWEEN),
            c => loose.push(c),
        }
    }
    // Only between two numbers does it part anything.
    let mut parted = String::new();
    for piece in loose.split(BETWEEN).filter(|piece| !piece.is_empty()) {
        parted = joined(&parted, piece);
    }
    parted
}

pub(super) fn joined(before: &str, behind: &str) -> String {
    let digits = before.ends_with(|c: char| c.is_ascii_digit())
        && behind.starts_with(|c: char| c.is_ascii_digit());
    if digits { format!("{before}{BETWEEN}{behind}") } else { format!("{before}{behind}") }
}

/// What stands before an ending; `None` where the text does not end so, or only with a part of a
/// number.
pub(super) fn without_end<'t>(text: &'t str, end: &str) -> Option<&'t str> {
    let before = text.strip_suffix(end)?;
    let is_cut = before.ends_with(|c: char| c.is_ascii_digit())
        && end.starts_with(|c: char| c.is_ascii_digit());
    (!is_cut).then(|| before.strip_suffix(BETWEEN).unwrap_or(before))
}

/// Whether a text consists of numbers and what parts them.
pub fn is_numbers(text: &str) -> bool {
    squeezed(text).chars().all(|c| c.is_ascii_digit() || c == BETWEEN)
}
