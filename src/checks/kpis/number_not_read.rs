//! K530: digits of a value that no number was made of.

use super::printed;
use crate::checks::prelude::*;

pub static RULE: Rule = Rule {
    code: "K530",
    name: "number-not-read",
    severity: Severity::Warning,
    title: "値の中に数として読み取れない数字がある",
    title_en: "digits that are not read as a number",
    what: "{kpi}の値に、数として読み取れない書き方の数字や、読み取った数のほかに残る数がなく、1つの欄に2つ以上の年度や、何の数か区別できない2つ以上の数がないかを見ます。年度だけの欄（2022年）も見ます。「50～60件」「1時間30分」のような書き方は見ません。",
    why: "打ち誤った数がそのまま印刷されます。また、どの数を使うべきか分からないので、その欄の数値はデータや進み具合の計算に使われません。",
    mend: "1つの欄には1つの値を「80%（R9）」のように書き、2つ以上の値があるときは①②を付けて1行に1つずつ書いてください。",
    example: "「85,5%（R9）」→「85.5%（R9）」、「50%（R7）→70%（R9）」→「70%（R9）」",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    for kpi in printed(context) {
        for column in context.edition.schema.figures() {
            let figure = kpi.figure(&column.key);
            let Some(left) = figure.value.leftover() else { continue };
            let label = &column.label;
            let message = say!(
                "{label}の「{left}」を1つの数として読み取れない",
                "“{left}” in {label} is not read as one number"
            );
            let finding = RULE.finding(message).of(&kpi.submitted_by).at(&figure.at);
            findings.push(finding.found(left).within(&figure.value.printed));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn a_malformed_number_and_one_too_many_are_found() {
        finds(
            &RULE,
            r"
            目標値
            85,5%(R9)
            ^ K530
            1O0人(R9)
            ^ K530
            50%(R7)→70%(R9)
            ^ K530
            結婚 700件 子育て 3,000件(R9)
            ^ K530
            R8 2,569／R9 2,629
            ^ K530
            10件(R8)(R9)
            ^ K530
            78.0\n61.8
            ^ K530
            2027年
            ^ K530
            3地区の海岸(R9)
            ^ K530
            ",
        );
    }

    #[test]
    fn numbers_ranges_and_words_are_right() {
        silent(
            &RULE,
            r"
            主なKPI                | 目標値
            広報紙の購読者数（人） | 80%(R9)
            電子申請の件数（件）   | 50～60人(R9)
            窓口予約の件数（件）   | 全国平均(R9)
            地図の閲覧数（回）     | ①80人②90人(R9)
            台帳の点検数（件）     |
            ",
        );
    }
}
