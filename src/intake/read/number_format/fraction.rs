//! Fractions: `# ?/?`, `# ??/??`, `?/8`.

use super::decimal::Decimal;
use super::token::{Section, Slot, Token};
use super::{Number, Unshown};

/// Whether a section shows a fraction: a slash with a placeholder before it and a denominator
/// behind it.
pub(super) fn applies(section: &Section) -> bool {
    layout(&section.tokens).is_some()
}

/// Where the parts of a fraction stand in the tokens.
struct Layout {
    numerator: std::ops::Range<usize>,
    denominator: std::ops::Range<usize>,
}

fn layout(tokens: &[Token]) -> Option<Layout> {
    let slash = tokens.iter().position(|t| *t == Token::Slash)?;
    let (before, behind) = (tokens.get(..slash)?, tokens.get(slash + 1..)?);
    let numerator = before.iter().rev().take_while(|t| matches!(t, Token::Digit(_))).count();
    let denominator = behind.iter().take_while(|t| denominator_digit(t).is_some()).count();
    (numerator > 0 && denominator > 0).then(|| Layout {
        numerator: slash - numerator..slash,
        denominator: slash + 1..slash + 1 + denominator,
    })
}

/// A digit of a fixed denominator, or 0 for a placeholder.
fn denominator_digit(token: &Token) -> Option<u32> {
    match token {
        Token::Digit(_) => Some(0),
        Token::Literal(c) => c.to_digit(10),
        _ => None,
    }
}

pub(super) fn show(number: Decimal, section: &Section) -> Result<Number, Unshown> {
    let tokens = &section.tokens;
    let layout = layout(tokens).ok_or(Unshown::Code)?;
    let head = tokens.get(..layout.numerator.start).unwrap_or_default();
    let mixed = head.iter().any(|t| matches!(t, Token::Digit(_)));
    let value: f64 = number.plain().parse().map_err(|_| Unshown::Code)?;
    if value >= 1e9 || layout.denominator.len() > 6 {
        return Err(Unshown::Code);
    }
    let places = tokens.get(layout.denominator.clone()).unwrap_or_default();
    let fixed = places.iter().filter_map(denominator_digit).fold(0, |n, d| n * 10 + d);
    let (mut whole, rest) = (value.trunc(), value.fract());
    let (mut above, below) = if fixed > 0 {
        ((rest * f64::from(fixed)).round(), f64::from(fixed))
    } else {
        nearest(rest, 10f64.powi(i32::try_from(places.len()).unwrap_or(6)) - 1.0)
    };
    if !mixed {
        above += whole * below;
        whole = 0.0;
    } else if above == below {
        (whole, above) = (whole + 1.0, 0.0);
    }
    let nonzero = whole + above > 0.0;
    let integral = mixed && above == 0.0;
    let mut text = String::new();
    if mixed {
        // A fraction of nothing leaves the whole number, at least 0.
        let digits = if whole > 0.0 || integral { whole.to_string() } else { String::new() };
        write_whole(head, &digits, &mut text);
    } else {
        text.extend(head.iter().filter_map(literal));
    }
    if integral {
        text.extend(std::iter::repeat_n(' ', layout.numerator.len() + 1 + places.len()));
    } else {
        text.push_str(&pad(&above.to_string(), tokens.get(layout.numerator.clone()), true));
        text.push('/');
        let padding = (fixed == 0).then_some(places);
        text.push_str(&pad(&below.to_string(), padding, false));
    }
    let tail = tokens.get(layout.denominator.end..).unwrap_or_default();
    text.extend(tail.iter().filter_map(literal));
    Ok(Number { text, digits: false, nonzero })
}

/// The fraction of the interval 0 to 1 nearest to a number, by the Stern–Brocot tree: numerator
/// and denominator, which is at most `most`.
fn nearest(value: f64, most: f64) -> (f64, f64) {
    let (mut low, mut high) = ((0.0, 1.0), (1.0, 1.0));
    // The denominators grow at every step, so `most` bounds the number of steps.
    while low.1 + high.1 <= most {
        let middle = (low.0 + high.0, low.1 + high.1);
        if value * middle.1 < middle.0 {
            high = middle;
        } else {
            low = middle;
        }
    }
    let distance = |(above, below): (f64, f64)| (value - above / below).abs();
    // 15 digits cannot tell nearer ones apart; the simpler fraction stands first.
    let (first, second) = if low.1 <= high.1 { (low, high) } else { (high, low) };
    if distance(second) < distance(first) - 1e-15 { second } else { first }
}

fn literal(token: &Token) -> Option<char> {
    match token {
        Token::Literal(c) => Some(*c),
        _ => None,
    }
}

/// The whole number in its placeholders, with the literals among them.
fn write_whole(head: &[Token], digits: &str, text: &mut String) {
    let slots = head.iter().filter(|t| matches!(t, Token::Digit(_))).count();
    let mut rest = digits;
    let mut left = slots;
    for token in head {
        match token {
            Token::Digit(slot) => {
                let (own, behind) = rest.split_at((rest.len() + 1).saturating_sub(left));
                match slot {
                    Slot::Zero if own.is_empty() => text.push('0'),
                    Slot::Question if own.is_empty() => text.push(' '),
                    _ => text.push_str(own),
                }
                rest = behind;
                left -= 1;
            }
            other => text.extend(literal(other)),
        }
    }
}

/// Digits padded to their placeholders: zeros for `0`, spaces for `?`.
fn pad(digits: &str, slots: Option<&[Token]>, before: bool) -> String {
    let slots = slots.unwrap_or_default();
    let missing = slots.len().saturating_sub(digits.len());
    let filler: String = slots
        .iter()
        .take(missing)
        .filter_map(|t| match t {
            Token::Digit(Slot::Zero) if before => Some('0'),
            Token::Digit(Slot::Hash) => None,
            _ => Some(' '),
        })
        .collect();
    if before { filler + digits } else { digits.to_owned() + &filler }
}
