//! N404: 12500 instead of 12,500.

use crate::checks::prelude::*;
use crate::edition::Separators;
use crate::schema;
use crate::text::quantity::{self, Kind, grouped};

pub static RULE: Rule = Rule {
    code: "N404",
    name: "digits-without-separators",
    severity: Severity::Warning,
    title: "4桁以上の数に3桁ごとの区切りがない",
    title_en: "large number without separators",
    what: "4桁以上の数のうち、3桁ごとのコンマがないものを探します。年・年度、番号や符号の一部、万・億・兆と一緒に使う数は見ません。edition.toml の [notation] の separators で、区切らない書き方に決めることもできます。",
    why: "大きな数は、3桁ごとにコンマで区切ると読み違えません。",
    mend: "12,500のようにコンマを入れてください。",
    example: "「12500人」→「12,500人」",
    source: "公用文作成の考え方（令和4年1月）Ⅰ－4 数字の使い方",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    let is_grouped = match context.edition.notation.separators {
        Separators::Comma => false,
        Separators::None => true,
        Separators::Any => return,
    };
    let is_time = |cell: &&Cell| {
        matches!(cell.column.kind, schema::Kind::Year | schema::Kind::Period | schema::Kind::Date)
    };
    // 進捗状況 prints a number that is counted itself, with its separators and its unit.
    let is_printed_so = |cell: &&Cell| {
        let is_result = context.edition.results.is_some() && !cell.column.locked;
        is_result && cell.column.role == schema::Role::Value && cell.column.kind.is_numeric()
    };
    let cells = context.cells.iter().filter(|cell| !is_time(cell) && !is_printed_so(cell));
    for cell in cells {
        for number in numbers(cell.text, is_grouped) {
            let mended = if is_grouped { number.replace(',', "") } else { grouped(number) };
            let message = say!("「{number}」は「{mended}」と書く", "“{number}” is “{mended}”");
            let finding = cell.finding(&RULE, message).found(number).expected(mended);
            findings.push(finding.within(cell.text));
        }
    }
}

/// The whole numbers of four and more digits that count something, with separators or without.
fn numbers(text: &str, is_grouped: bool) -> Vec<&str> {
    let mut found = Vec::new();
    let mut end = 0;
    for token in quantity::tokens(text) {
        end += token.text.len();
        let number = token.text.trim_start_matches(|c: char| !c.is_ascii_digit());
        let (before, after) = text.split_at(end);
        let before = before.strip_suffix(number).and_then(|before| before.chars().next_back());
        if token.kind == Kind::Number
            && number.contains(',') == is_grouped
            && number.bytes().all(|b| b.is_ascii_digit() || b == b',')
            && number.len() >= 4
            && !number.starts_with('0')
            && counts(before, after)
            && !is_year(before, number, after)
        {
            found.push(number);
        }
    }
    found
}

/// Whether a number is alone in brackets and may be a year: 「80%（2027）」.
fn is_year(before: Option<char>, number: &str, after: &str) -> bool {
    let in_brackets = before.is_some_and(|c| "（(".contains(c)) && after.starts_with(['）', ')']);
    in_brackets && number.parse().is_ok_and(|year| (1900..=2100).contains(&year))
}

/// Whether a number between these counts something, and is no year, no code and no part of one.
fn counts(before: Option<char>, after: &str) -> bool {
    let joins = |c: char| c.is_ascii_alphabetic() || "-‐–—－~～〜/.,#＃_".contains(c);
    let next = after.chars().next();
    !before.is_some_and(|c| joins(c) || "万億兆第号平".contains(c))
        && !next.is_some_and(|c| joins(c) || "年万億兆号番".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn a_large_number_is_found_and_mended() {
        finds(
            &RULE,
            r"
            概要
            約１２５００人が1234567回使う。
            ^ N404 [期: 12,500]
            ^ N404 [期: 1,234,567]

            目標値
            1000人(R9)
            ^ N404 [期: 1,000]
            ",
        );
    }

    #[test]
    fn an_edition_may_do_without_them_or_have_both() {
        finds(
            &RULE,
            r#"
            概要
            1,234,567回と1234567回使う。
            ^ N404 [見: 1,234,567] [期: 1234567]
            == edition.toml
            [notation]
            separators = "none"
            "#,
        );
        silent(
            &RULE,
            r#"
            概要
            1,234,567回と1234567回使う。
            == edition.toml
            [notation]
            separators = "any"
            "#,
        );
    }

    #[test]
    fn years_codes_and_separated_numbers_are_right() {
        silent(
            &RULE,
            r"
            概要
            令和7年（2025年）、ISO27001、2025~2027、022-211-2111、1,234人、3億8598万人。

            目標値
            80人(2027)
            ",
        );
    }

    #[test]
    fn a_year_in_a_column_of_years_is_no_number_that_counts() {
        for (kind, digits) in [("year", "2027"), ("period", "2025-2027"), ("date", "20270401")] {
            silent(
                &RULE,
                &format!(
                    "
            == edition.toml
            [[measure-column]]
            key = \"ends\"
            label = \"完了\"
            kind = \"{kind}\"

            == 01_総務部.xlsx
            完了
            {digits}"
                ),
            );
        }
    }
}
