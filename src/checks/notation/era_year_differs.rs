//! N413: a year of an era beside a western year that is another.

use crate::checks::prelude::*;
use crate::text::era;

pub static RULE: Rule = Rule {
    code: "N413",
    name: "era-year-differs",
    severity: Severity::Warning,
    title: "和暦と西暦が合わない",
    title_en: "year of the era and western year differ",
    what: "「令和8年（2025年）」のように並べて書かれた和暦と西暦が、同じ年かを見ます。",
    why: "どちらの年のことか分かりません。データや進み具合の計算には、先に書かれた年が使われます。",
    mend: "どちらかの年を直すか、片方だけを書いてください。",
    example: "「令和8年（2025年）」→「令和8年（2026年）」",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    for cell in &context.cells {
        let Some((pair, first, second)) = differing(cell.text) else { continue };
        let message = say!(
            "「{pair}」の和暦と西暦が違う（{first}年と{second}年）",
            "the two years of “{pair}” are {first} and {second}"
        );
        findings.push(cell.finding(&RULE, message).found(pair).within(cell.text));
    }
}

/// The first two years beside each other, one of an era and one western, that are not the same.
fn differing(text: &str) -> Option<(&str, i32, i32)> {
    text.char_indices().find_map(|(at, _)| {
        let before = text.get(..at)?.chars().next_back();
        if before.is_some_and(|c| c.is_ascii_alphanumeric()) {
            return None;
        }
        let rest = text.get(at..)?;
        let (first, behind) = era::prefix(rest)?;
        let (unit, behind) = unit(behind);
        let behind = behind.trim_start_matches([' ', '　']);
        let inner = behind.strip_prefix(['（', '(', '［', '[', '・', '/', '／', '＝', '='])?;
        let (second, after) = era::prefix(inner)?;
        let (other_unit, after) = self::unit(after);
        let is_western = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
        let is_pair = is_western(rest) != is_western(inner);
        // 「2025（R9）」 may be a value and its year; only 年 makes a year of the number.
        let is_year = !is_western(rest) || !unit.is_empty();
        let is_year = is_year
            && (!is_western(inner) || !other_unit.is_empty() || after.starts_with(['）', ')']));
        // 「令和6年度末（2025年3月）」: a fiscal year ends in the next.
        let has_month = after.starts_with(|c: char| c.is_ascii_digit());
        let is_one = first == second || has_month && (first - second).abs() == 1;
        let length = rest.len() - after.len();
        let pair = rest.get(..length)?;
        (is_pair && is_year && !is_one).then_some((pair, first, second))
    })
}

/// The word behind the number of a year, and the text behind it.
fn unit(text: &str) -> (&str, &str) {
    let words = ["年度末", "年度", "年末", "年"];
    let length = words.iter().find(|word| text.starts_with(**word)).map_or(0, |word| word.len());
    text.split_at(length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn two_years_that_are_not_the_same_are_found() {
        finds(
            &RULE,
            r"
            概要
            令和8年（2025年）から始める。
            ^ N413 [見: 令和8年（2025年] [文: 2026年と2025年]
            2027年度(R8年度)に終える。
            ^ N413

            目標値
            80%（令和9年度・2026年度）
            ^ N413
            ",
        );
    }

    #[test]
    fn the_same_year_a_fiscal_year_and_a_value_are_right() {
        silent(
            &RULE,
            r"
            概要
            令和8年（2026年）から始める。
            平成31年（2019年）と令和元年（2019年）に続ける。
            令和6年度末（2025年3月）に終える。
            2026年度（令和8年度）に始める。

            目標値
            2000（R9）
            R8（2000人）
            ",
        );
    }
}
