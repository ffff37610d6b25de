//! F260: a form that says that it has nothing for a table.

use crate::checks::prelude::*;
use crate::model::Nothing;

pub static RULE: Rule = Rule {
    code: "F260",
    name: "nothing-stated",
    severity: Severity::Info,
    title: "「該当なし」とされた様式がある",
    title_en: "a table of which the form says that there is nothing",
    what: "様式の「該当なし」の欄に「○」などの印があるか、「{kpis-form}は該当なし」のように書かれているかを見ます。",
    why: "その様式に載せるものがないという意味に読みます。読み方が合っているかを確かめられるようにするためです。",
    mend: "載せるものがなければ、そのままで構いません。あるときは、「該当なし」の欄を空欄に戻し、表に記入してください。",
    example: "{kpis-form}の「該当なし」の欄に「○」→ {kpi}を載せない部局として読む",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (receipt, received) in received(context).filter(|(_, received)| received.is_nothing()) {
        // Of a row that says so, F253 tells.
        let Nothing::Stated { at, text, in_box } = &received.nothing else { continue };
        let sheet = context.words().sheet(received.table);
        let message = if *in_box {
            say!(
                "「該当なし」の欄に「{text}」とあるので、「{sheet}」に載せるものはないと読んだ",
                "“{text}” in the box for it says that there is nothing for “{sheet}”"
            )
        } else {
            say!(
                "「{text}」とあるので、「{sheet}」に載せるものはないと読んだ",
                "“{text}” says that there is nothing for “{sheet}”"
            )
        };
        findings.push(finding_at(&RULE, receipt, at, message).found(text).expected(sheet));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn a_marked_box_is_told_with_its_reading() {
        finds(
            &RULE,
            r"
            施策名
            広報紙の電子配信

            -- 様式２　KPI
            > 部局名 | 総務部
            > 該当なし | ○
                      | ^ F260 [見: ○] [期: 様式２　KPI] [文: 「該当なし」の欄に「○」とあるので]
            主なKPI | 現状値 | 目標値
            ",
        );
    }

    #[test]
    fn a_sentence_stands_for_a_table_that_is_not_there() {
        finds(
            &RULE,
            r"
            施策名
            広報紙の電子配信

            -- 様式２　KPI
            > KPIは該当なし
            ^ F260 [見: KPIは該当なし]
            ",
        );
    }

    #[test]
    fn a_blank_box_and_a_row_that_says_so_are_other_matters() {
        silent(
            &RULE,
            r"
            > 該当なし | 　
            施策名
            該当なし
            ",
        );
    }
}
