//! The one lexer of Japanese quantities: numbers with their signs and large units, units, years
//! and dates in short, words of comparison, the marks ①②.
//!
//! Whoever needs to know what a number is asks here: the reader of KPI values, the writer of forms,
//! line breaking, comparison and the rules of notation. [`tokens`] cuts a whole text; the other
//! functions read one thing at the beginning of a text. Texts are those of the annex: digits in
//! full width are known, but nothing is folded.

mod comparison;
mod date;
mod format;
mod mark;
mod number;
mod sign;
mod unit;

pub use comparison::{Comparison, split as split_comparison};
pub use date::{Date, date, short_with_tail as short_date};
pub use format::{format_of, in_format};
pub use mark::{FIRST as FIRST_MARK, following as following_mark, is_mark};
pub use number::{Decimal, Found, digits, grouped, is_scale, number, numbers};
pub use sign::{ends_in_range, is_dash, is_range};
pub use unit::{is_unit, unit};

/// A piece of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token<'a> {
    pub kind: Kind,
    pub text: &'a str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// ①
    Mark,
    /// A year or date under the letter of its era: R9, R6.12月末.
    Date,
    /// Digits with separators, sign and large units: ▲1,234.5, 1億2,000万. It may be malformed.
    Number,
    /// What the number before it counts.
    Unit,
    /// 以上 and its like behind a number or its unit.
    Comparison,
    /// Letters of the Latin script and digits, with the signs that join them: AI-OCR, R7-001.
    Word,
    /// Everything up to the next of these.
    Text,
}

/// The pieces of a text in order; put together they are the text.
pub fn tokens(text: &str) -> Tokens<'_> {
    Tokens { text, at: 0, last: None }
}

/// See [`tokens`].
pub struct Tokens<'a> {
    text: &'a str,
    at: usize,
    last: Option<Token<'a>>,
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let found = self.behind_number(rest).or_else(|| begin(self.text, self.at));
        let token = found.or_else(|| {
            let starts = rest.char_indices().skip(1).filter(|&(_, c)| may_begin(c));
            let mut starts = starts.map(|(at, _)| at);
            let end = starts.find(|at| begin(self.text, self.at + at).is_some());
            Some(Token { kind: Kind::Text, text: rest.get(..end.unwrap_or(rest.len()))? })
        })?;
        self.at += token.text.len();
        self.last = Some(token);
        Some(token)
    }
}

impl<'a> Tokens<'a> {
    /// The unit or the word of comparison that belongs to the token before.
    fn behind_number(&self, rest: &'a str) -> Option<Token<'a>> {
        let last = self.last?;
        let counts = match last.kind {
            Kind::Number => true,
            Kind::Word | Kind::Date => last.text.ends_with(is_digit),
            _ => false,
        };
        let unit = counts.then(|| unit(rest)).flatten();
        if let Some(text) = unit {
            return Some(Token { kind: Kind::Unit, text });
        }
        let compares = matches!(last.kind, Kind::Number | Kind::Unit);
        let (_, text) = compares.then(|| comparison::prefix(rest)).flatten()?;
        Some(Token { kind: Kind::Comparison, text })
    }
}

/// A number with its unit, or a year or date in short, at the beginning of a text: what a line does
/// not part. A plain number without a unit is none.
pub fn figure(text: &str) -> Option<&str> {
    let first = begin(text, 0)?;
    match first.kind {
        Kind::Date => short_date(text),
        Kind::Number => {
            let (number, behind) = text.split_at(first.text.len());
            let Some(unit) = unit(behind) else {
                return number.ends_with(number::is_scale).then_some(number);
            };
            let length = number.len() + unit.len();
            // 「9年度末」: the end of a year belongs to it.
            let ends = unit == "年度" && text.split_at(length).1.starts_with('末');
            text.get(..if ends { length + '末'.len_utf8() } else { length })
        }
        _ => None,
    }
}

/// The token at a place of a text, unless only words of Japanese and signs begin there.
fn begin(text: &str, at: usize) -> Option<Token<'_>> {
    let (before, rest) = text.split_at_checked(at)?;
    let first = rest.chars().next().filter(|&c| may_begin(c))?;
    let token = |kind, length| Some(Token { kind, text: rest.get(..length)? });
    if is_mark(first) {
        return token(Kind::Mark, first.len_utf8());
    }
    let behind = rest.get(first.len_utf8()..)?;
    if sign::may_be_sign(first) {
        let is_sign = behind.starts_with(is_digit)
            && sign::before_number(text.get(..at + first.len_utf8())?).is_some();
        let length = first.len_utf8() + number::extent(behind);
        return is_sign.then(|| token(Kind::Number, length)).flatten();
    }
    let in_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | ',' | '-' | '/');
    if !before.ends_with(in_word)
        && let Some(date) = date::short(rest)
    {
        return token(Kind::Date, date.len());
    }
    let word = rest.get(..word(rest))?;
    let digits = digits(word);
    let letters = word.get(digits.len()..)?;
    if digits.is_empty() {
        token(Kind::Word, word.len())
    } else if letters.is_empty() {
        token(Kind::Number, number::extent(rest))
    } else if unit(letters) == Some(letters) {
        token(Kind::Number, digits.len())
    } else {
        token(Kind::Word, word.len())
    }
}

/// Whether a token other than plain text may begin with this character.
fn may_begin(c: char) -> bool {
    is_latin(c) || is_mark(c) || sign::may_be_sign(c)
}

/// Length of the Latin word or number at the beginning; a sign between two letters or digits
/// (AI-OCR, 1,802, don't) is part of it.
fn word(text: &str) -> usize {
    let mut end = 0;
    let mut characters = text.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let joins = at > 0
            && matches!(c, '.' | ',' | '-' | '\'' | '’' | '_')
            && characters.peek().is_some_and(|&(_, next)| is_latin(next));
        if !is_latin(c) && !joins {
            break;
        }
        end = at + c.len_utf8();
    }
    end
}

/// Letters of the Latin script, with and without accents, and digits, at half or full width.
fn is_latin(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || matches!(c, '\u{C0}'..='\u{24F}' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '０'..='９')
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '０'..='９')
}

/// Whether a number may end with this character.
fn ends_number(c: char) -> bool {
    is_digit(c) || number::is_scale(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn kinds(text: &str) -> Vec<(Kind, &str)> {
        tokens(text).map(|token| (token.kind, token.text)).collect()
    }

    #[test]
    fn quantities_are_told_from_words_and_text() {
        use Kind::{Comparison, Date, Mark, Number, Text, Unit, Word};
        for (text, expected) in [
            ("約1,802人が", &[(Text, "約"), (Number, "1,802"), (Unit, "人"), (Text, "が")][..]),
            ("1億2,000万円以上", &[(Number, "1億2,000万"), (Unit, "円"), (Comparison, "以上")]),
            ("前年比▲5.5%", &[(Text, "前年比"), (Number, "▲5.5"), (Unit, "%")]),
            ("ー5.2%", &[(Number, "ー5.2"), (Unit, "%")]),
            ("サーバー5台", &[(Text, "サーバー"), (Number, "5"), (Unit, "台")]),
            (
                "10件–20件",
                &[(Number, "10"), (Unit, "件"), (Text, "–"), (Number, "20"), (Unit, "件")],
            ),
            (
                "①8件(R6.12月末)",
                &[
                    (Mark, "①"),
                    (Number, "8"),
                    (Unit, "件"),
                    (Text, "("),
                    (Date, "R6.12月末"),
                    (Text, ")"),
                ],
            ),
            ("AI-OCRの10km", &[(Word, "AI-OCR"), (Text, "の"), (Number, "10"), (Unit, "km")]),
            ("R7-001", &[(Word, "R7-001")]),
            ("５０人", &[(Number, "５０"), (Unit, "人")]),
            ("8O%", &[(Word, "8O"), (Text, "%")]),
        ] {
            assert_eq!(kinds(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn the_pieces_are_the_text(text in any::<String>(), plain in "[-▲ー–①②0-9０,.千万億円人件A-Z か所以上R月]{0,30}") {
            for text in [text, plain] {
                let pieces: String = tokens(&text).map(|token| token.text).collect();
                prop_assert_eq!(pieces, text);
            }
        }
    }
}
