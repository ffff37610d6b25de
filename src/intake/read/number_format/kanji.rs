//! The numerals of `[DBNum1]` (一二三), `[DBNum2]` (壱弐参) and `[DBNum3]` (１２３).

/// A style of numerals: the digits, the units below and above ten thousand, and whether a one
/// before 十 百 千 is written.
struct Style {
    digits: [char; 10],
    small: [char; 3],
    large: [char; 3],
    ones: bool,
}

const STYLES: [Style; 3] = [
    Style {
        digits: ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'],
        small: ['十', '百', '千'],
        large: ['万', '億', '兆'],
        ones: false,
    },
    Style {
        digits: ['〇', '壱', '弐', '参', '四', '伍', '六', '七', '八', '九'],
        small: ['拾', '百', '阡'],
        large: ['萬', '億', '兆'],
        ones: true,
    },
    Style {
        digits: ['０', '１', '２', '３', '４', '５', '６', '７', '８', '９'],
        small: ['十', '百', '千'],
        large: ['万', '億', '兆'],
        ones: false,
    },
];

fn style(numerals: u8) -> Option<&'static Style> {
    STYLES.get(usize::from(numerals).checked_sub(1)?)
}

impl Style {
    fn digit(&self, digit: char) -> char {
        let value = digit.to_digit(10).and_then(|d| usize::try_from(d).ok());
        value.and_then(|v| self.digits.get(v)).copied().unwrap_or(digit)
    }
}

/// One digit in its place; with `numerals` 0 it stays.
pub(super) fn digit(digit: char, numerals: u8) -> char {
    style(numerals).map_or(digit, |s| s.digit(digit))
}

/// A plain decimal number with its units: 「千二百三十四」.
pub(super) fn number(plain: &str, numerals: u8) -> String {
    let Some(style) = style(numerals) else { return plain.to_owned() };
    let (whole, fraction) = plain.split_once('.').unwrap_or((plain, ""));
    if plain.contains('E') || whole.len() > 16 {
        return plain.chars().map(|c| style.digit(c)).collect();
    }
    let mut text = String::new();
    let digits: Vec<char> = whole.chars().collect();
    let mut in_group = false;
    for (index, &digit) in digits.iter().enumerate() {
        let power = digits.len() - 1 - index;
        let unit = (power % 4).checked_sub(1).and_then(|i| style.small.get(i));
        if digit != '0' {
            in_group = true;
            // 一 is left out before 十 百 千, but 一千万 keeps it.
            let bare = digit == '1' && unit.is_some() && !style.ones;
            if !bare || power % 4 == 3 && power > 4 {
                text.push(style.digit(digit));
            }
            text.extend(unit);
        }
        if power.is_multiple_of(4) && in_group {
            text.extend((power / 4).checked_sub(1).and_then(|i| style.large.get(i)));
            in_group = false;
        }
    }
    if text.is_empty() {
        text.push(style.digit('0'));
    }
    if !fraction.is_empty() {
        text.push('.');
        text.extend(fraction.chars().map(|c| style.digit(c)));
    }
    text
}
