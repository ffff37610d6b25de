//! N403: 4千 instead of 4,000.

use super::matches;
use crate::checks::prelude::*;
use crate::edition::Thousand;
use crate::text::quantity::{self, grouped};

pub static RULE: Rule = Rule {
    code: "N403",
    name: "thousand-in-han",
    severity: Severity::Warning,
    title: "算用数字に「千」「百」が付いている",
    title_en: "千 or 百 after digits",
    what: "「4千」「8百」のように、算用数字の後に漢字の「千」「百」を付けた数を探します。「4万」「2億」は正しい書き方です。edition.toml の [notation] の thousand で、認めることもできます。",
    why: "漢字で書く単位は兆・億・万だけで、千・百は算用数字で書きます。",
    mend: "4千は4,000、8百は800のように書いてください。",
    example: "「4千人」→「4,000人」",
    source: "公用文作成の考え方（令和4年1月）Ⅰ－4 数字の使い方",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    if context.edition.notation.thousand == Thousand::Any {
        return;
    }
    // A column that is counted in 千円 asks for nothing else.
    let is_counted_so = |cell: &&Cell| {
        cell.column.unit.as_deref().is_some_and(|unit| unit.starts_with(['千', '百']))
    };
    for cell in context.cells.iter().filter(|cell| !is_counted_so(cell)) {
        for written in matches(cell.text, number) {
            let mended = mended(written);
            let message = say!("「{written}」は「{mended}」と書く", "“{written}” is “{mended}”");
            let finding = cell.finding(&RULE, message).found(written).expected(mended);
            findings.push(finding.within(cell.text));
        }
    }
}

/// The length of a number, with its separators and its fraction, that 千 or 百 follows.
fn number(text: &str) -> Option<usize> {
    let digits = quantity::digits(text);
    let unit = text.strip_prefix(digits)?.chars().next()?;
    (!digits.is_empty() && "千百".contains(unit)).then_some(digits.len() + unit.len_utf8())
}

/// The number written out: its point goes to the right.
fn mended(written: &str) -> String {
    let power = if written.ends_with('千') { 3 } else { 2 };
    let number = written.trim_end_matches(['千', '百']);
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let fraction = format!("{:0<power$}", digits(fraction));
    let (moved, rest) = fraction.split_at(power);
    let whole = digits(whole) + moved;
    let whole = whole.trim_start_matches('0');
    let rest = rest.trim_end_matches('0');
    let point = if rest.is_empty() { "" } else { "." };
    let whole = if whole.is_empty() { "0".to_owned() } else { grouped(whole) };
    format!("{whole}{point}{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn a_column_in_thousands_may_state_its_unit() {
        silent(
            &RULE,
            r#"
            == edition.toml
            [[measure-column]]
            key = "budget"
            label = "予算額"
            kind = "amount"
            unit = "千円"
            == 01_総務部.xlsx
            施策名           | 予算額
            広報紙の電子配信 | 320千円
            "#,
        );
    }

    #[test]
    fn the_whole_number_is_mended() {
        for (written, expected) in [
            ("1,235千", "1,235,000"),
            ("4,567,890千", "4,567,890,000"),
            ("12.3百", "1,230"),
            ("1.2345千", "1,234.5"),
            ("0.5千", "500"),
            ("12千", "12,000"),
        ] {
            assert_eq!(mended(written), expected, "{written}");
            assert_eq!(number(written), Some(written.len()), "{written}");
        }
    }

    #[test]
    fn digits_with_a_kanji_thousand_are_found_and_mended() {
        finds(
            &RULE,
            r"
            概要
            ４千人と12千円と8百件を扱う。
            ^ N403 [期: 4,000]
            ^ N403 [期: 12,000]
            ^ N403 [期: 800]
            1,235千人と12.3百万円と4,567,890千円を扱う。
            ^ N403 [見: 1,235千]
            ^ N403 [見: 12.3百]
            ^ N403 [見: 4,567,890千]

            目標値
            5千人(R9)
            ^ N403 [期: 5,000]
            ",
        );
    }

    #[test]
    fn an_edition_may_have_both() {
        silent(
            &RULE,
            r#"
            概要
            4千人と8百件を扱う。
            == edition.toml
            [notation]
            thousand = "any"
            "#,
        );
    }

    #[test]
    fn larger_units_and_plain_kanji_are_right() {
        silent(
            &RULE,
            r"
            概要
            4万人、2億円、数千件、千人を扱う。
            ",
        );
    }
}
