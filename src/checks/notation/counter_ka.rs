//! N402: 3ヶ月, 3ヵ所, 3箇所 instead of 3か月, 3か所.

use super::matches;
use crate::checks::prelude::*;
use crate::edition::COUNTERS;

pub static RULE: Rule = Rule {
    code: "N402",
    name: "counter-ka",
    severity: Severity::Warning,
    title: "「か所」「か月」が平仮名で書かれていない",
    title_en: "counter not in hiragana",
    what: "算用数字の後の「ヶ」「ケ」「ヵ」「カ」「箇」「個」（所・月・年・国・条・村の前）を探します。edition.toml の [notation] の counter で、ほかの書き方に決められます。",
    why: "算用数字を使う横書きの公用文では「3か所」「7か月」と書きます。",
    mend: "平仮名の「か」に改めてください。",
    example: "「3ヶ所」→「3か所」",
    source: "公用文作成の考え方（令和4年1月）Ⅰ－4 数字の使い方 ケ",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    let Some(right) = context.edition.notation.counter else { return };
    for cell in &context.cells {
        for written in matches(cell.text, |text| counter(text, right)) {
            let mended: String =
                written.chars().map(|c| if COUNTERS.contains(&c) { right } else { c }).collect();
            let message = say!("「{written}」は「{mended}」と書く", "“{written}” is “{mended}”");
            let finding = cell.finding(&RULE, message).found(written).expected(mended);
            findings.push(finding.within(cell.text));
        }
    }
}

/// The length of a number with another counter than the right one at the beginning of a text.
fn counter(text: &str, right: char) -> Option<usize> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let mut rest = text.get(digits..)?.chars();
    let (sign, counted) = (rest.next()?, rest.next()?);
    let is_other = COUNTERS.contains(&sign) && sign != right;
    let meant = digits > 0 && is_other && "所月年国条村".contains(counted);
    meant.then_some(digits + sign.len_utf8() + counted.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn every_other_spelling_of_the_counter_is_found() {
        finds(
            &RULE,
            r"
            概要
            12ヶ月で3箇所、２ヵ国、4カ所に置く。
            ^ N402 [見: 12ヶ月] [期: 12か月]
            ^ N402 [見: 3箇所] [期: 3か所]
            ^ N402 [見: 2ヵ国] [期: 2か国]
            ^ N402 [見: 4カ所] [期: 4か所]
            ",
        );
    }

    #[test]
    fn an_edition_may_have_another_counter_or_any() {
        finds(
            &RULE,
            r#"
            概要
            3か所、4箇所、5ヶ所に置く。
            ^ N402 [見: 3か所] [期: 3箇所]
            ^ N402 [見: 5ヶ所] [期: 5箇所]
            == edition.toml
            [notation]
            counter = "箇"
            "#,
        );
        silent(
            &RULE,
            r#"
            概要
            3か所、4箇所、5ヶ所に置く。
            == edition.toml
            [notation]
            counter = "any"
            "#,
        );
    }

    #[test]
    fn hiragana_kanji_numbers_and_other_words_are_right() {
        silent(
            &RULE,
            r"
            概要
            3か月、数箇所、三箇所、7個の箱、2カードを使う。
            ",
        );
    }
}
