//! Reads the letters of a format code.

use super::Unshown;
use super::token::{Condition, HalfDay, Language, Operator, Section, Slot, Token};

/// Names of colours, in the codes of a file and in those that a Japanese Excel shows.
const COLOURS: [&str; 18] = [
    "black", "blue", "cyan", "green", "magenta", "red", "white", "yellow", "color", "黒", "青",
    "水", "緑", "紫", "赤", "白", "黄", "色",
];

/// The long date and the time of a Japanese system, which `[$-F800]` and `[$-F400]` stand for.
const SYSTEM_DATE: &str = "yyyy\"年\"m\"月\"d\"日\"";
const SYSTEM_TIME: &str = "h:mm:ss";

/// The sections of a code, in order.
pub(super) fn sections(format: &str) -> Result<Vec<Section>, Unshown> {
    let mut sections = vec![Section::default()];
    let mut rest = format;
    while let Some(c) = rest.chars().next() {
        let behind = rest.get(c.len_utf8()..).unwrap_or_default();
        if c == ';' {
            sections.push(Section::default());
            rest = behind;
            continue;
        }
        let Some(section) = sections.last_mut() else { return Err(Unshown::Code) };
        rest = read(c, rest, behind, section)?;
    }
    for section in &mut sections {
        if let Some(format) = section.system {
            section.tokens = self::sections(format)?.pop().map(|s| s.tokens).unwrap_or_default();
        }
        settle(section);
    }
    Ok(sections)
}

/// Reads one element that starts with `c`; returns what follows it.
fn read<'a>(
    c: char,
    rest: &'a str,
    behind: &'a str,
    section: &mut Section,
) -> Result<&'a str, Unshown> {
    let tokens = &mut section.tokens;
    let token = match c {
        '"' => {
            let (quoted, behind) = behind.split_once('"').unwrap_or((behind, ""));
            tokens.extend(quoted.chars().map(Token::Literal));
            return Ok(behind);
        }
        // `!` is the escape that a Japanese Excel shows for `\`.
        '\\' | '!' | '_' | '*' => {
            let mut chars = behind.chars();
            let next = chars.next();
            match c {
                // `_)` leaves the room of a bracket, `* ` fills the cell.
                '_' => tokens.push(Token::Literal(' ')),
                '*' => {}
                _ => tokens.extend(next.map(Token::Literal)),
            }
            return Ok(chars.as_str());
        }
        '[' => {
            let (content, behind) = behind.split_once(']').ok_or(Unshown::Code)?;
            bracket(content, section)?;
            return Ok(behind);
        }
        '0' => Token::Digit(Slot::Zero),
        '#' => Token::Digit(Slot::Hash),
        '?' => Token::Digit(Slot::Question),
        '.' => Token::Point,
        ',' => Token::Comma,
        '%' => Token::Percent,
        '/' => Token::Slash,
        '@' => Token::Text,
        _ => return word(c, rest, behind, tokens),
    };
    tokens.push(token);
    Ok(behind)
}

/// Words and letters.
fn word<'a>(
    c: char,
    rest: &'a str,
    behind: &'a str,
    tokens: &mut Vec<Token>,
) -> Result<&'a str, Unshown> {
    for (word, token) in [
        ("General", Token::General),
        ("G/標準", Token::General),
        ("AM/PM", Token::HalfDay(HalfDay::Latin)),
        ("A/P", Token::HalfDay(HalfDay::Letter)),
        ("午前/午後", Token::HalfDay(HalfDay::Japanese)),
    ] {
        let start = rest.get(..word.len());
        if start.is_some_and(|s| s.eq_ignore_ascii_case(word)) {
            tokens.push(token);
            return Ok(rest.get(word.len()..).unwrap_or_default());
        }
    }
    let has_digits = tokens.iter().any(|t| matches!(t, Token::Digit(_)));
    if c.eq_ignore_ascii_case(&'e') && has_digits && behind.starts_with(['+', '-']) {
        tokens.push(Token::Exponent { plus: behind.starts_with('+') });
        return Ok(behind.get(1..).unwrap_or_default());
    }
    if !c.is_ascii_alphabetic() {
        tokens.push(Token::Literal(c));
        return Ok(behind);
    }
    let behind = rest.trim_start_matches(|other: char| other.eq_ignore_ascii_case(&c));
    let count = rest.len() - behind.len();
    match (c.to_ascii_lowercase(), count) {
        ('y', _) => tokens.push(Token::Year(count)),
        ('m', _) => tokens.push(Token::Month(count)),
        ('d', _) => tokens.push(Token::Day(count)),
        ('h', 1..=2) => tokens.push(Token::Hour(count)),
        ('s', 1..=2) => tokens.push(Token::Second(count)),
        ('a', 3..=4) => tokens.push(Token::Weekday(count)),
        ('g', 1..=3) => tokens.push(Token::EraName(count)),
        ('e', 1..=2) => tokens.push(Token::EraYear(count)),
        ('r', 1) => tokens.push(Token::EraYear(2)),
        ('r', 2) => tokens.extend([Token::EraName(3), Token::EraYear(2)]),
        _ => return Err(Unshown::Code),
    }
    Ok(behind)
}

/// What stands in square brackets.
fn bracket(content: &str, section: &mut Section) -> Result<(), Unshown> {
    if let Some(currency) = content.strip_prefix('$') {
        return language(currency, section);
    }
    let lower = content.to_lowercase();
    if let Some(number) = lower.strip_prefix("dbnum") {
        section.numerals = number.parse().map_err(|_| Unshown::Code)?;
        return if (1..=3).contains(&section.numerals) { Ok(()) } else { Err(Unshown::Language) };
    }
    if let Some(condition) = condition(content) {
        section.condition = Some(condition);
        return Ok(());
    }
    if let Some(letter @ ('h' | 'm' | 's')) = lower.chars().next()
        && lower.chars().all(|c| c == letter)
    {
        section.tokens.push(Token::Elapsed(letter, lower.len()));
        return Ok(());
    }
    let colour = lower.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end();
    if COLOURS.contains(&colour) { Ok(()) } else { Err(Unshown::Code) }
}

fn condition(content: &str) -> Option<Condition> {
    let operators = [
        ("<=", Operator::LessOrEqual),
        (">=", Operator::GreaterOrEqual),
        ("<>", Operator::Unequal),
        ("<", Operator::Less),
        (">", Operator::Greater),
        ("=", Operator::Equal),
    ];
    let (bound, operator) =
        operators.iter().find_map(|(sign, o)| Some((content.strip_prefix(sign)?, *o)))?;
    Some(Condition { operator, bound: bound.trim().parse().ok()? })
}

/// `[$¥-411]`: a currency sign to show, and a language.
fn language(content: &str, section: &mut Section) -> Result<(), Unshown> {
    let (sign, language) = content.split_once('-').unwrap_or((content, ""));
    section.tokens.extend(sign.chars().map(Token::Literal));
    let lower = language.to_lowercase();
    section.language = match u32::from_str_radix(&lower, 16) {
        _ if lower.is_empty() => return Ok(()),
        Ok(0xF800) => return system(SYSTEM_DATE, section),
        Ok(0xF400) => return system(SYSTEM_TIME, section),
        // Digits of another script than ours.
        Ok(id) if id >> 24 > 1 => return Err(Unshown::Language),
        Ok(id) => match id & 0x3FF {
            0x11 => Language::Japanese,
            0x09 => Language::English,
            _ => Language::Other,
        },
        Err(_) if lower == "x-sysdate" => return system(SYSTEM_DATE, section),
        Err(_) if lower == "x-systime" => return system(SYSTEM_TIME, section),
        Err(_) if lower.starts_with("ja") || lower == "jp" => Language::Japanese,
        Err(_) if lower.starts_with("en") => Language::English,
        Err(_) => Language::Other,
    };
    section.first_year_in_words = lower.ends_with("x-gannen");
    Ok(())
}

fn system(format: &'static str, section: &mut Section) -> Result<(), Unshown> {
    section.system = Some(format);
    Ok(())
}

/// Once a section is read: tells minutes from months, seconds' fractions from digits.
fn settle(section: &mut Section) {
    let tokens = &mut section.tokens;
    let parts: Vec<usize> = (0..tokens.len())
        .filter(|&i| tokens.get(i).is_some_and(|t| t.is_date() && !matches!(t, Token::HalfDay(_))))
        .collect();
    for (order, &at) in parts.iter().enumerate() {
        let Some(&Token::Month(count @ 1..=2)) = tokens.get(at) else { continue };
        let before = order.checked_sub(1).and_then(|o| tokens.get(*parts.get(o)?));
        let after = parts.get(order + 1).and_then(|&i| tokens.get(i));
        if matches!(before, Some(Token::Hour(_) | Token::Elapsed('h', _)))
            || matches!(after, Some(Token::Second(_) | Token::Elapsed('s', _)))
        {
            tokens.splice(at..=at, [Token::Minute(count)]);
        }
    }
    if !parts.is_empty() {
        join_subseconds(tokens);
    }
}

/// `.00` in a section with dates are the digits behind the point of the seconds.
fn join_subseconds(tokens: &mut Vec<Token>) {
    let zero = Token::Digit(Slot::Zero);
    let mut at = 0;
    while at < tokens.len() {
        if tokens.get(at) == Some(&Token::Point) {
            let zeros = tokens.iter().skip(at + 1).take_while(|t| **t == zero).count();
            if zeros > 0 {
                tokens.splice(at..=at + zeros, [Token::Subsecond(zeros)]);
            }
        }
        at += 1;
    }
}
