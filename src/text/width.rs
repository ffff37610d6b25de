//! Full-width letters and digits to half width, and the signs that go with them.
//!
//! Letters, digits and ％ always. A sign that joins half-width words or digits (ＡＩ－ＯＣＲ,
//! １，０００, Ｑ＆Ａ) follows its neighbours: it is narrowed where both sides are letters or
//! digits, ， and ： where both are digits, ＋ and － also before a digit at the start of a line,
//! after a space or an opening bracket. The full-width space follows the same rule. The ． behind
//! the number of a list stays, or 「１．２４時間対応」 would be 1.24 hours. All other
//! signs are signs of Japanese text and stay as they are: （）、：！？〜～／ between kanji and kana.

/// The text in half width; `None` where nothing has to be narrowed.
pub(super) fn narrow(text: &str) -> Option<String> {
    if !text.contains(|c| half(c).is_some()) {
        return None;
    }
    let chars: Vec<char> = text.chars().collect();
    // The neighbours as they are once letters and digits are narrow.
    let plain: Vec<char> = chars.iter().map(|&c| letter(c).unwrap_or(c)).collect();
    let points = list_points(&plain);
    let narrowed: String = (0..chars.len())
        .map(|i| if points.contains(&i) { '．' } else { at(&chars, &plain, i) })
        .collect();
    (narrowed != text).then_some(narrowed)
}

/// The character at a position of the narrowed text.
fn at(chars: &[char], plain: &[char], index: usize) -> char {
    let Some(&c) = chars.get(index) else { return char::REPLACEMENT_CHARACTER };
    if let Some(letter) = letter(c) {
        return letter;
    }
    let Some(sign) = half(c) else { return c };
    let before = index.checked_sub(1).and_then(|i| plain.get(i)).copied();
    let after = plain.get(index + 1).copied();
    let word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let joins = match sign {
        ',' => digit(before) && digit(after),
        ':' => digit(before) && digit(after) || in_address(plain, index),
        '/' => word(before) && word(after) || in_address(plain, index),
        '+' | '-' => word(before) && word(after) || opens(before) && digit(after),
        _ => word(before) && word(after),
    };
    if joins { sign } else { c }
}

/// The half-width form of a letter, a digit or ％.
fn letter(c: char) -> Option<char> {
    match c {
        'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '０'..='９' | '％' => shifted(c),
        _ => None,
    }
}

/// The half-width form of whatever may be narrowed.
fn half(c: char) -> Option<char> {
    match c {
        '　' => Some(' '),
        '＋' | '－' | '．' | '，' | '／' | '：' | '＆' | '＠' => shifted(c),
        _ => letter(c),
    }
}

/// Behind a decimal number at the start of a text, letters of a unit: more are a sentence.
const LONGEST_UNIT: usize = 3;

/// Where ． stands behind a number that counts the items of a list: at the start of a line, and
/// the numbers of the lines count from 1. 「１．」 alone counts where no value stands behind it.
fn list_points(plain: &[char]) -> Vec<usize> {
    let mut points: Vec<(usize, Vec<char>)> = Vec::new();
    let mut start = 0;
    for line in plain.split(|&c| c == '\n') {
        let indent = line.iter().take_while(|c| c.is_whitespace()).count();
        let digits = line.iter().skip(indent).take_while(|c| c.is_ascii_digit());
        let number: Vec<char> = digits.copied().collect();
        let point = indent + number.len();
        if line.get(point) == Some(&'．') && !number.is_empty() {
            points.push((start + point, number));
        }
        start += line.len() + 1;
    }
    let counts = (1..).zip(&points).all(|(count, (_, number))| {
        let number: String = number.iter().collect();
        number == count.to_string()
    });
    let is_value = |&(point, _): &(usize, Vec<char>)| {
        let behind = plain.iter().skip(point + 1).skip_while(|c| c.is_ascii_digit());
        let unit = behind.take_while(|c| !c.is_whitespace() && !"(（".contains(**c));
        unit.count() <= LONGEST_UNIT
    };
    if !counts || points.len() == 1 && points.iter().any(is_value) {
        return Vec::new();
    }
    points.into_iter().map(|(point, _)| point).collect()
}

/// The full-width forms stand in the order of ASCII.
fn shifted(c: char) -> Option<char> {
    char::from_u32((c as u32).checked_sub('！' as u32 - '!' as u32)?)
}

/// Whether a number with its sign may start after this character.
fn opens(before: Option<char>) -> bool {
    before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '（' | '「' | '[' | '［'))
}

/// Whether the position is in the `://` of an address.
fn in_address(plain: &[char], index: usize) -> bool {
    (0..3).any(|back| {
        let Some(start) = index.checked_sub(back) else { return false };
        let sign = |offset: usize, half: char, full: char| {
            plain.get(start + offset).is_some_and(|&c| c == half || c == full)
        };
        let scheme = start.checked_sub(1).and_then(|i| plain.get(i));
        scheme.is_some_and(char::is_ascii_alphabetic)
            && sign(0, ':', '：')
            && sign(1, '/', '／')
            && sign(2, '/', '／')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_digits_and_the_signs_between_them_are_narrowed() {
        for (text, narrowed) in [
            ("ＡＺａｚ０９", "AZaz09"),
            ("４０％", "40%"),
            ("１，０００件", "1,000件"),
            ("３．５時間", "3.5時間"),
            ("ｉ－ＢＣＰ", "i-BCP"),
            ("（－５％）", "（-5%）"),
            ("＋１０", "+10"),
            ("Ｑ＆Ａ", "Q&A"),
            ("１０：３０", "10:30"),
            ("ＩＣＴ／ＩｏＴ", "ICT/IoT"),
            ("Ｖｉｓｉｔ　Ｍｉｙａｇｉ", "Visit Miyagi"),
            ("ｈｔｔｐｓ：／／ｗｗｗ．ｐｒｅｆ", "https://www.pref"),
            ("a＠b", "a@b"),
            ("１．５倍", "1.5倍"),
            ("１．２５倍（Ｒ９）", "1.25倍（R9）"),
            ("９５．５％", "95.5%"),
            ("３．５時間に縮める", "3.5時間に縮める"),
            ("１．２４時間対応", "1．24時間対応"),
            ("１．7,223,580回\n２．100%", "1．7,223,580回\n2．100%"),
            ("１．２４件\n ２．３０件", "1．24件\n 2．30件"),
            ("１．２４件\n３．３０件", "1.24件\n3.30件"),
        ] {
            assert_eq!(narrow(text).as_deref(), Some(narrowed), "{text:?}");
        }
    }

    #[test]
    fn signs_of_japanese_text_stay_wide() {
        for text in [
            "（結婚／子育て）",
            "D：デジタルで",
            "URL：次のとおり",
            "東京－仙台",
            "－",
            "1　総則",
            "すごい！？",
            "4月～6月",
            "一，二",
            "＜注＞",
        ] {
            assert_eq!(narrow(text), None, "{text:?}");
        }
    }
}
