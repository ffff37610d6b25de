//! Years in texts of the settings: moved on by one, and looked for.

use crate::text::era;

/// The text with every year one later (「R7」「令和7年」「2025年」), and without the day of the
/// week of a date, which is another one then.
pub(super) fn moved_on(text: &str) -> String {
    let mut moved = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        match year_at(&moved, rest) {
            Some((year, behind)) if !c.is_ascii_digit() || behind.starts_with('年') => {
                if c.is_ascii_digit() {
                    moved.push_str(&(year + 1).to_string());
                } else if c.is_ascii() {
                    moved.push_str(&era::short(year + 1));
                } else {
                    moved.push_str(era::long(year + 1).trim_end_matches("年度"));
                }
                rest = behind;
            }
            _ => {
                moved.push(c);
                rest = rest.strip_prefix(c).unwrap_or_default();
            }
        }
    }
    for day in "月火水木金土日".chars() {
        for (open, close) in [('（', '）'), ('(', ')')] {
            moved = moved.replace(&format!("日{open}{day}{close}"), "日");
        }
    }
    moved
}

/// Whether a text names a year, in whatever spelling. The number of an id (R7-001) names none: it
/// stays with its entry.
pub fn names_year(text: &str, wanted: i32) -> bool {
    let number = wanted.to_string();
    text.char_indices().any(|(at, c)| {
        let (before, rest) = text.split_at(at);
        if c.is_ascii_digit() {
            let is_within = before.ends_with(|c: char| c.is_ascii_digit());
            let behind = rest.strip_prefix(&number).filter(|_| !is_within);
            return behind.is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()));
        }
        let named = year_at(before, rest).filter(|(year, _)| *year == wanted);
        named.is_some_and(|(_, behind)| !behind.starts_with('-'))
    })
}

/// The year at the start of `rest`, and the text behind it; none within a word (USR7).
fn year_at<'t>(before: &str, rest: &'t str) -> Option<(i32, &'t str)> {
    let in_word = before.ends_with(|c: char| c.is_ascii_alphanumeric());
    era::prefix(rest).filter(|_| !in_word)
}

/// The first version under the name of another: 「第 1.2 版」 was revised twice, and what follows it
/// begins as 「第 1.0 版」.
pub(super) fn first_version(version: &str) -> String {
    let moved = moved_on(version);
    let is_digit = |c: char| c.is_ascii_digit();
    for (at, point) in moved.match_indices('.') {
        let Some((before, behind)) = moved.split_at_checked(at) else { continue };
        let rest = behind.trim_start_matches(point).trim_start_matches(is_digit);
        let is_number =
            behind.strip_prefix(point).is_some_and(|behind| behind.starts_with(is_digit));
        if before.ends_with(is_digit) && is_number {
            return format!("{before}.0{rest}");
        }
    }
    moved
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_move_on_in_every_spelling_and_nothing_else_does() {
        for (before, after) in [
            ("令和7年1月24日（金）", "令和8年1月24日"),
            (
                "※現状値は特記がない限りR6年度の数値（R7年1月照会時点）",
                "※現状値は特記がない限りR7年度の数値（R8年1月照会時点）",
            ),
            ("2025年3月", "2026年3月"),
            ("内線2211、R7-001", "内線2211、R8-001"),
            ("令和元年度", "令和2年度"),
            ("USR7, DX", "USR7, DX"),
            ("", ""),
        ] {
            assert_eq!(moved_on(before), after);
        }
    }

    #[test]
    fn a_year_is_found_in_every_spelling_and_in_no_other_number() {
        for (text, expected) in [
            ("令和7年度版", true),
            ("R7予算額", true),
            ("https://example.jp/policy2025.html", true),
            ("2025年3月", true),
            ("令和17年度", false),
            ("R70", false),
            ("内線20251", false),
            ("R7-001", false),
            ("R8", false),
            ("計画", false),
        ] {
            assert_eq!(names_year(text, 2025), expected, "{text}");
        }
    }

    #[test]
    fn the_version_after_a_revised_one_is_a_first_one() {
        for (before, after) in [
            ("第 1.0 版", "第 1.0 版"),
            ("第 1.2 版", "第 1.0 版"),
            ("Ver.2.10（案）", "Ver.2.0（案）"),
            ("令和7年度版", "令和8年度版"),
            ("確定版", "確定版"),
            ("", ""),
        ] {
            assert_eq!(first_version(before), after);
        }
    }
}
