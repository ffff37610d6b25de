//! F263: what stands in the box for 該当なし and says neither this nor that.

use crate::checks::prelude::*;
use crate::model::Nothing;

pub static RULE: Rule = Rule {
    code: "F263",
    name: "nothing-unclear",
    severity: Severity::Warning,
    title: "「該当なし」の欄を読み取れない",
    title_en: "the box for “nothing to enter” cannot be read",
    what: "「該当なし」の欄に、印（○、レなど）でも「なし」「あり」のような言葉でもないものが書かれていないかを見ます。",
    why: "載せるものがないのかどうかを決められません。",
    mend: "載せるものがなければ「○」を選び、あれば空欄にしてください。連絡事項は、メールか{measures.note}に書いてください。",
    example: "「来年度から」→「○」",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (receipt, received) in received(context) {
        let Nothing::Unclear { at, text } = &received.nothing else { continue };
        let message = say!(
            "「該当なし」の欄の「{text}」を読み取れない",
            "“{text}” in the box for “nothing to enter” cannot be read"
        );
        findings.push(finding_at(&RULE, receipt, at, message).found(text).expected("○"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn words_that_say_neither_are_told() {
        finds(
            &RULE,
            r"
            > 部局名 | 総務部
            > 該当なし | 来年度から
                      | ^ F263 [見: 来年度から]
            施策名
            ",
        );
    }

    #[test]
    fn marks_and_words_are_read() {
        silent(
            &RULE,
            r"
            > 該当なし | レ
            施策名

            -- 様式２　KPI
            > 該当の有無 | 有
            主なKPI | 現状値 | 目標値
            ",
        );
    }
}
