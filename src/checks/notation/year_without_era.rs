//! N414: a year of an era in a value without the era.

use super::matches;
use crate::checks::prelude::*;

pub static RULE: Rule = Rule {
    code: "N414",
    name: "year-without-era",
    severity: Severity::Warning,
    title: "年度に元号がない",
    title_en: "year without its era",
    what: "{kpi}の値に、「8年度」「30年度末」のように元号も西暦も書かれていない年度がないかを見ます。「R7～9年度」のように前の年度から分かるものは見ません。",
    why: "平成か令和か決められないので、値の年度として読み取れません。",
    mend: "（R8）や（令和8年度）のように、元号か西暦を付けて書いてください。",
    example: "「80%（9年度）」→「80%（R9）」",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    for cell in context.cells.iter().filter(|cell| cell.column.is_figure()) {
        let years = matches(cell.text, bare_year);
        let Some(year) = years.into_iter().find(|year| stands_alone(cell.text, year)) else {
            continue;
        };
        let message = say!("「{year}」に元号がない", "“{year}” has no era");
        findings.push(cell.finding(&RULE, message).found(year).within(cell.text));
    }
}

/// The length of one or two digits and 年度, that is no count of years.
fn bare_year(text: &str) -> Option<usize> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let behind = text.get(digits..)?.strip_prefix("年度")?;
    let counts = ["間", "目", "分", "連続", "後", "前"].iter().any(|word| behind.starts_with(word));
    ((1..=2).contains(&digits) && !counts).then_some(digits + "年度".len())
}

/// Whether nothing before the year says of which era it is.
fn stands_alone(text: &str, year: &str) -> bool {
    let is_told = ["令和", "平成", "昭和", "R", "H", "S", "第", "各", "毎", "翌", "から", "及び"];
    let joins = ['～', '〜', '~', '-', '－', '–', '・', '、', ',', '，', '/', '／'];
    text.match_indices(year).any(|(at, _)| {
        let before = text.split_at(at).0.trim_end();
        !before.ends_with(|c: char| c.is_ascii_digit() || joins.contains(&c))
            && !is_told.iter().any(|word| before.ends_with(word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn a_year_that_names_no_era_is_found() {
        finds(
            &RULE,
            r"
            現状値         | 目標値
            500人（30年度） | 800人（9年度末）
            ^ N414 [見: 30年度] | ^ N414
            ",
        );
    }

    #[test]
    fn years_with_their_era_and_counts_of_years_are_right() {
        silent(
            &RULE,
            r"
            現状値               | 目標値
            500人（R6年度）      | 800人（令和9年度）
            500人（2024年度）    | 800人（R7～9年度）
            500人（3年度間）     | 800人（R9、10年度）
            ",
        );
    }
}
