//! Japanese eras: 「R9」「令和7年度」 to western years, and back.
//!
//! A fiscal year (April to March) has the number of the calendar year it begins in, so one
//! conversion serves both.

/// The eras since 1868.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Era {
    Meiji,
    Taisho,
    Showa,
    Heisei,
    Reiwa,
}

impl Era {
    const ALL: [Era; 5] = [Self::Meiji, Self::Taisho, Self::Showa, Self::Heisei, Self::Reiwa];

    /// 「令和」
    pub const fn name(self) -> &'static str {
        match self {
            Self::Meiji => "明治",
            Self::Taisho => "大正",
            Self::Showa => "昭和",
            Self::Heisei => "平成",
            Self::Reiwa => "令和",
        }
    }

    /// `R`
    pub const fn letter(self) -> char {
        match self {
            Self::Meiji => 'M',
            Self::Taisho => 'T',
            Self::Showa => 'S',
            Self::Heisei => 'H',
            Self::Reiwa => 'R',
        }
    }

    /// The one-character form: ㋿
    const fn square(self) -> char {
        match self {
            Self::Meiji => '㍾',
            Self::Taisho => '㍽',
            Self::Showa => '㍼',
            Self::Heisei => '㍻',
            Self::Reiwa => '㋿',
        }
    }

    /// Year, month and day of its first day.
    const fn first_day(self) -> (i32, u32, u32) {
        match self {
            Self::Meiji => (1868, 1, 25),
            Self::Taisho => (1912, 7, 30),
            Self::Showa => (1926, 12, 25),
            Self::Heisei => (1989, 1, 8),
            Self::Reiwa => (2019, 5, 1),
        }
    }

    /// The era of a day and the year in it; days before Meiji have none.
    pub fn of_day(year: i32, month: u32, day: u32) -> Option<(Era, i32)> {
        let era = Self::ALL.into_iter().rev().find(|e| e.first_day() <= (year, month, day))?;
        Some((era, year - era.first_day().0 + 1))
    }

    /// The era by which a fiscal year is called, and the year in it. The year of a change bears
    /// the new name: 2019 is 令和元年度.
    fn of_fiscal_year(year: i32) -> Option<(Era, i32)> {
        Self::of_day(year, 5, 1)
    }
}

/// The year at the start of the text, western, and the text behind it: 「R9)」「令和元年度末」
/// 「2027年度」. What follows the number (年, 年度, a dot) stays in the rest. The text must be in
/// half width.
pub fn prefix(text: &str) -> Option<(i32, &str)> {
    if let Some((era, rest)) = era_name(text) {
        let rest = rest.trim_start_matches(' ');
        let (number, rest) = match rest.strip_prefix('元') {
            Some(rest) => (1, rest),
            None => digits(rest, 2)?,
        };
        return (number > 0).then_some((era.first_day().0 + number - 1, rest));
    }
    let (year, rest) = digits(text, 4)?;
    (1868..=2999).contains(&year).then_some((year, rest))
}

/// The year that the whole text names: 「R9」「令和7年度」「2027年」.
pub fn year(text: &str) -> Option<i32> {
    let (year, rest) = prefix(text.trim())?;
    matches!(rest, "" | "年" | "年度").then_some(year)
}

/// A fiscal year in short: 2027 is 「R9」. Before Meiji it is the number.
pub fn short(year: i32) -> String {
    match Era::of_fiscal_year(year) {
        Some((era, number)) => format!("{}{number}", era.letter()),
        None => year.to_string(),
    }
}

/// A fiscal year in full: 2027 is 「令和9年度」, 2019 「令和元年度」. Before Meiji it is the number
/// and 年度.
pub fn long(year: i32) -> String {
    match Era::of_fiscal_year(year) {
        Some((era, 1)) => format!("{}元年度", era.name()),
        Some((era, number)) => format!("{}{number}年度", era.name()),
        None => format!("{year}年度"),
    }
}

fn era_name(text: &str) -> Option<(Era, &str)> {
    Era::ALL.into_iter().find_map(|era| {
        let rest = text
            .strip_prefix(era.name())
            .or_else(|| text.strip_prefix(era.letter()))
            .or_else(|| text.strip_prefix(era.square()))?;
        Some((era, rest))
    })
}

/// A number of at most `most` digits, all four of them for a western year.
fn digits(text: &str, most: usize) -> Option<(i32, &str)> {
    let count = text.bytes().take_while(u8::is_ascii_digit).count();
    if count == 0 || count > most || (most == 4 && count < 4) {
        return None;
    }
    let (number, rest) = text.split_at(count);
    Some((number.parse().ok()?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn years_are_read_in_every_form() {
        for (text, western) in [
            ("R9", Some(2027)),
            ("R元", Some(2019)),
            ("令和7年度", Some(2025)),
            ("令和元年", Some(2019)),
            ("令和 8 年度", None),
            ("㋿7年", Some(2025)),
            ("H31年度", Some(2019)),
            ("平成元年度", Some(1989)),
            ("S64", Some(1989)),
            ("昭和64年", Some(1989)),
            ("2027年度", Some(2027)),
            ("2027", Some(2027)),
            ("R0", None),
            ("R", None),
            ("R123", None),
            ("527", None),
            ("R9以降", None),
        ] {
            assert_eq!(year(text), western, "{text}");
        }
        assert_eq!(prefix("R6.12月末"), Some((2024, ".12月末")));
    }

    #[test]
    fn years_are_printed_in_both_forms() {
        for (western, s, l) in [
            (2027, "R9", "令和9年度"),
            (2019, "R1", "令和元年度"),
            (2018, "H30", "平成30年度"),
            (1989, "H1", "平成元年度"),
            (1988, "S63", "昭和63年度"),
            (1800, "1800", "1800年度"),
        ] {
            assert_eq!((short(western).as_str(), long(western).as_str()), (s, l));
        }
    }

    #[test]
    fn an_era_begins_on_its_first_day() {
        assert_eq!(Era::of_day(2019, 4, 30), Some((Era::Heisei, 31)));
        assert_eq!(Era::of_day(2019, 5, 1), Some((Era::Reiwa, 1)));
        assert_eq!(Era::of_day(1989, 1, 7), Some((Era::Showa, 64)));
        assert_eq!(Era::of_day(1867, 1, 1), None);
    }

    proptest! {
        #[test]
        fn printed_years_read_back(western in 1868..2100i32) {
            prop_assert_eq!(year(&short(western)), Some(western));
            prop_assert_eq!(year(&long(western)), Some(western));
        }
    }
}
