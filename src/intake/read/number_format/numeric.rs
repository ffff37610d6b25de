//! Numbers in digit placeholders.

use super::decimal::Decimal;
use super::token::{Section, Slot, Token};
use super::{Number, general, is_general, kanji};

/// What each token of a section does.
#[derive(Default)]
struct Plan {
    whole: usize,
    places: usize,
    exponent: usize,
    /// The position of the decimal point.
    point: Option<usize>,
    /// The position of `E+`.
    e: Option<usize>,
    grouped: bool,
    /// Positions of commas that divide by a thousand.
    scaling: Vec<usize>,
    percents: i32,
}

impl Plan {
    fn of(tokens: &[Token]) -> Self {
        let is_digit = |t: &Token| matches!(t, Token::Digit(_));
        let mut plan = Self::default();
        if !tokens.iter().any(is_digit) {
            return plan;
        }
        plan.point = tokens.iter().position(|t| *t == Token::Point);
        plan.e = tokens.iter().position(|t| matches!(t, Token::Exponent { .. }));
        let last = (0..tokens.len())
            .rfind(|&i| plan.is_mantissa(i) && tokens.get(i).is_some_and(is_digit));
        for (at, token) in tokens.iter().enumerate() {
            match token {
                Token::Digit(_) if !plan.is_mantissa(at) => plan.exponent += 1,
                Token::Digit(_) if plan.point.is_some_and(|p| at > p) => plan.places += 1,
                Token::Digit(_) => plan.whole += 1,
                Token::Percent => plan.percents += 1,
                Token::Comma => plan.comma(tokens, at, last),
                _ => {}
            }
        }
        plan
    }

    fn is_mantissa(&self, at: usize) -> bool {
        self.e.is_none_or(|e| at < e)
    }

    /// A comma between digits groups them; one that follows the last digit before the point, or
    /// the last of all, divides by a thousand.
    fn comma(&mut self, tokens: &[Token], at: usize, last: Option<usize>) {
        let digit_in = |range: std::ops::Range<usize>| {
            tokens.get(range).unwrap_or_default().iter().any(|t| matches!(t, Token::Digit(_)))
        };
        let end = self.point.unwrap_or(tokens.len());
        let follows = at.checked_sub(1).and_then(|i| tokens.get(i));
        if at < end && digit_in(0..at) && digit_in(at..end) {
            self.grouped = true;
        } else if matches!(follows, Some(Token::Digit(_) | Token::Comma))
            && (at < end || last.is_some_and(|l| at > l))
        {
            self.scaling.push(at);
        }
    }
}

/// A number not below zero under a section.
pub(super) fn show(number: Decimal, section: &Section) -> Number {
    let tokens = &section.tokens;
    let plan = Plan::of(tokens);
    let scale = 3 * i32::try_from(plan.scaling.len()).unwrap_or(0);
    let number = number.shifted((2 * plan.percents).saturating_sub(scale));
    let places = i32::try_from(plan.places).unwrap_or(i32::MAX);
    let (number, exponent) = match plan.e {
        Some(_) => mantissa(number, plan.whole.max(1), places),
        None if is_general(section) => (number, 0),
        None => (number.rounded(places), 0),
    };
    let mut writer = Writer { text: String::new(), numerals: section.numerals, whole: 0, place: 0 };
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Token::Literal(c) => writer.text.push(*c),
            Token::Percent => writer.text.push('%'),
            Token::Slash => writer.text.push('/'),
            Token::Point => {
                if plan.point == Some(at) && plan.whole == 0 {
                    writer.all_digits(&number.whole());
                }
                writer.text.push('.');
            }
            Token::Comma => {
                let works =
                    plan.scaling.contains(&at) || plan.grouped && plan.point.is_none_or(|p| at < p);
                if !works {
                    writer.text.push(',');
                }
            }
            Token::Digit(_) if !plan.is_mantissa(at) => {}
            Token::Digit(slot) if plan.point.is_some_and(|p| at > p) => {
                writer.place(*slot, &number);
            }
            Token::Digit(slot) => writer.whole(*slot, &number, &plan),
            Token::Exponent { plus } => writer.exponent(exponent, *plus, plan.exponent),
            Token::General | Token::Text => {
                writer.text.push_str(&kanji::number(&general::show(&number), section.numerals));
            }
            _ => {}
        }
    }
    let digits = plan.whole + plan.places > 0 || is_general(section);
    Number { text: writer.text, digits, nonzero: !number.is_zero() }
}

/// Mantissa and exponent; with several whole digits the exponent is a multiple of their number.
fn mantissa(number: Decimal, whole: usize, places: i32) -> (Decimal, i32) {
    let step = i32::try_from(whole).unwrap_or(1).max(1);
    let exponent = number.exponent().div_euclid(step) * step;
    let rounded = number.clone().shifted(-exponent).rounded(places);
    if rounded.whole_length() > whole {
        let exponent = exponent + step;
        return (number.shifted(-exponent).rounded(places), exponent);
    }
    (rounded, exponent)
}

struct Writer {
    text: String,
    numerals: u8,
    /// How many placeholders before the point are filled.
    whole: usize,
    /// How many behind it.
    place: usize,
}

impl Writer {
    fn all_digits(&mut self, digits: &str) {
        self.text.extend(digits.chars().map(|c| kanji::digit(c, self.numerals)));
    }

    /// The next placeholder before the point; the first takes all digits that have no own.
    fn whole(&mut self, slot: Slot, number: &Decimal, plan: &Plan) {
        let own = plan.whole - 1 - self.whole;
        let first = if self.whole == 0 { number.whole_length().max(own + 1) - 1 } else { own };
        for power in (own..=first).rev() {
            let blank = power >= number.whole_length();
            let group = plan.grouped && power > 0 && power % 3 == 0;
            match slot {
                Slot::Hash if blank => continue,
                Slot::Question if blank => {
                    self.text.push_str(if group { "  " } else { " " });
                    continue;
                }
                _ => self.digit(number, i32::try_from(power).unwrap_or(i32::MAX)),
            }
            if group {
                self.text.push(',');
            }
        }
        self.whole += 1;
    }

    /// The next placeholder behind the point.
    fn place(&mut self, slot: Slot, number: &Decimal) {
        self.place += 1;
        let blank = self.place > number.places();
        match slot {
            Slot::Hash if blank => {}
            Slot::Question if blank => self.text.push(' '),
            _ => self.digit(number, -i32::try_from(self.place).unwrap_or(i32::MAX)),
        }
    }

    fn digit(&mut self, number: &Decimal, power: i32) {
        let digit = char::from(b'0' + number.digit(power));
        self.text.push(kanji::digit(digit, self.numerals));
    }

    fn exponent(&mut self, exponent: i32, plus: bool, width: usize) {
        self.text.push('E');
        match exponent {
            ..0 => self.text.push('-'),
            _ if plus => self.text.push('+'),
            _ => {}
        }
        let width = width.min(usize::from(u8::MAX));
        self.all_digits(&format!("{:0width$}", exponent.unsigned_abs()));
    }
}
