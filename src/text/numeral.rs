//! The numerals of headings: 1, １, ①, Ⅰ, 一, A, ア.

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numeral {
    /// 1
    Digits,
    /// １
    WideDigits,
    /// ①
    Circled,
    /// Ⅰ
    Roman,
    /// 一
    Kanji,
    /// A
    Letter,
    /// ア
    Kana,
}

const KANA: &str =
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワ";

impl Numeral {
    pub const ALL: [Self; 7] = [
        Self::Digits,
        Self::WideDigits,
        Self::Circled,
        Self::Roman,
        Self::Kanji,
        Self::Letter,
        Self::Kana,
    ];

    /// The first of its numerals, by which it is asked for.
    pub fn sign(self) -> char {
        match self {
            Self::Digits => '1',
            Self::WideDigits => '１',
            Self::Circled => '①',
            Self::Roman => 'Ⅰ',
            Self::Kanji => '一',
            Self::Letter => 'A',
            Self::Kana => 'ア',
        }
    }

    /// A number as this numeral; where there is no such sign (a circled 51), in digits or letters
    /// that mean the same.
    pub fn write(self, number: u32) -> String {
        let sign = match self {
            Self::Digits => None,
            Self::WideDigits => return wide(number),
            Self::Circled => circled(number).map(String::from).or(Some(format!("({number})"))),
            Self::Roman => Some(roman(number)),
            Self::Kanji => kanji(number),
            Self::Letter => series(number, ('A'..='Z').collect()),
            Self::Kana => series(number, KANA.chars().collect()),
        };
        sign.unwrap_or_else(|| number.to_string())
    }
}

fn wide(number: u32) -> String {
    let digits = number.to_string();
    digits.chars().filter_map(|c| char::from_u32(c as u32 + 0xFEE0)).collect()
}

fn circled(number: u32) -> Option<char> {
    let code = match number {
        0 => 0x24EA,
        1..=20 => 0x2460 + number - 1,
        21..=35 => 0x3251 + number - 21,
        36..=50 => 0x32B1 + number - 36,
        _ => return None,
    };
    char::from_u32(code)
}

/// One sign up to Ⅻ, letters above.
fn roman(number: u32) -> String {
    if let 1..=12 = number
        && let Some(sign) = char::from_u32(0x2160 + number - 1)
    {
        return sign.to_string();
    }
    const PARTS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..4000).contains(&number) {
        return number.to_string();
    }
    let (mut rest, mut letters) = (number, String::new());
    for (value, part) in PARTS {
        while rest >= value {
            letters.push_str(part);
            rest -= value;
        }
    }
    letters
}

fn kanji(number: u32) -> Option<String> {
    let digits: Vec<char> = "〇一二三四五六七八九".chars().collect();
    let digit = |n: u32| digits.get(n as usize).copied();
    let tens = match number / 10 {
        0 => String::new(),
        1 => "十".to_owned(),
        n @ 2..=9 => format!("{}十", digit(n)?),
        _ => return None,
    };
    match number {
        0 => Some("〇".to_owned()),
        _ if number.is_multiple_of(10) => Some(tens),
        _ => Some(format!("{tens}{}", digit(number % 10)?)),
    }
}

/// The signs in turn, and then two of them: A … Z, AA, AB.
fn series(number: u32, signs: Vec<char>) -> Option<String> {
    let count = u32::try_from(signs.len()).ok()?;
    let at = number.checked_sub(1)?;
    let last = signs.get((at % count) as usize)?;
    match at / count {
        0 => Some(last.to_string()),
        before => Some(format!("{}{last}", series(before, signs.clone())?)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_written_as_asked() {
        for (numeral, first, others) in [
            (Numeral::Digits, "1", [(12, "12"), (130, "130")]),
            (Numeral::WideDigits, "１", [(12, "１２"), (130, "１３０")]),
            (Numeral::Circled, "①", [(36, "㊱"), (51, "(51)")]),
            (Numeral::Roman, "Ⅰ", [(10, "Ⅹ"), (14, "XIV")]),
            (Numeral::Kanji, "一", [(20, "二十"), (31, "三十一")]),
            (Numeral::Letter, "A", [(26, "Z"), (27, "AA")]),
            (Numeral::Kana, "ア", [(44, "ワ"), (45, "アア")]),
        ] {
            assert_eq!(numeral.write(1), first);
            assert_eq!(numeral.sign().to_string(), first);
            for (number, expected) in others {
                assert_eq!(numeral.write(number), expected);
            }
        }
    }
}
