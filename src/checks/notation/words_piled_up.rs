//! N409: many 「等」 or 「こと」 in one sentence.

use crate::checks::prelude::*;

pub static RULE: Rule = Rule {
    code: "N409",
    name: "words-piled-up",
    severity: Severity::Info,
    title: "1つの文に「等」や「こと」が重なっている",
    title_en: "many 等 or こと in one sentence",
    what: "1つの文に「等」が4つ以上、又は「こと」が3つ以上あるものを探します。",
    why: "「等」を重ねると何を指すのかがぼやけ、「こと」を重ねると文が長く読みにくくなります。",
    mend: "代表的なものだけを挙げるか、文を分けてください。",
    example: "「機器等の整備等を行うこと等により」→「機器を整備し」",
    source: "公用文作成の考え方（令和4年1月）Ⅱ 用語の使い方、Ⅲ 伝わる公用文のために",
};

const LIMITS: &[(&str, usize)] = &[("等", 4), ("こと", 3)];
/// Words that hold 等 without meaning 「など」.
const OTHER: &[&str] = &["等級", "平等", "均等", "高等", "等しい", "同等", "中等", "初等", "上等"];

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    for cell in &context.cells {
        for sentence in cell.text.split(['。', '\n']) {
            for &(word, limit) in LIMITS {
                let count = count(sentence, word);
                if count < limit {
                    continue;
                }
                let message = say!(
                    "1つの文に「{word}」が{count}回ある",
                    "“{word}” occurs {count} times in one sentence"
                );
                findings.push(cell.finding(&RULE, message).found(word).within(sentence));
            }
        }
    }
}

fn count(sentence: &str, word: &str) -> usize {
    let others: usize = OTHER
        .iter()
        .filter(|other| other.contains(word))
        .map(|other| sentence.matches(other).count())
        .sum();
    sentence.matches(word).count().saturating_sub(others)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn piled_up_words_are_found() {
        finds(
            &RULE,
            r"
            概要
            機器等の整備等を行う市町村等の職員等が使う。
            ^ N409 [見: 等]
            使うことを知ることで楽しむことができる。
            ^ N409 [見: こと]
            ",
        );
    }

    #[test]
    fn the_same_words_over_several_sentences_and_other_words_are_right() {
        silent(
            &RULE,
            r"
            概要
            機器等を整備する。職員等が使う。高等学校等と平等等に扱う。使うことができる。
            ",
        );
    }
}
