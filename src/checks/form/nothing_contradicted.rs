//! F262: a form that says that there is nothing, and has entries.

use crate::checks::prelude::*;
use crate::model::Nothing;

pub static RULE: Rule = Rule {
    code: "F262",
    name: "nothing-contradicted",
    severity: Severity::Error,
    title: "「該当なし」とされているのに記入がある",
    title_en: "entries in a table of which the form says that there is nothing",
    what: "「該当なし」の欄に「○」などの印がある様式の表に、記入がないかを見ます。",
    why: "載せるのか載せないのかを、どちらとも決められません。",
    mend: "表の内容を載せるときは「該当なし」の欄を空欄に戻し、載せないときは、新しい行は記入を消し、前の版から続く行は{measures.status}を「廃止」にしてください。",
    example: "「該当なし」の欄に「○」、表に{kpi}が3件 →「該当なし」の欄を空欄にする",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (receipt, received) in received(context).filter(|(_, received)| received.is_begun) {
        let Nothing::Stated { at, text, in_box: true } = &received.nothing else { continue };
        let entry = context.words().entry(received.table);
        let message = say!(
            "「該当なし」の欄に「{text}」とあるのに、表に{entry}が記入されている",
            "“{text}” says that there is nothing, and the table has entries"
        );
        let first = received.first.clone();
        findings.push(finding_at(&RULE, receipt, at, message).found(text).also_at(first));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn a_marked_box_above_entries_names_both() {
        finds(
            &RULE,
            r"
            > 部局名 | 総務部
            > 該当なし | ○
                      | ^ F262 [見: ○]
            施策名
            広報紙の電子配信
            +
            電子申請の受付
            ",
        );
    }

    #[test]
    fn a_blank_box_or_words_without_a_box_contradict_nothing() {
        silent(
            &RULE,
            r"
            > 部局名 | 総務部 | 該当なし | ×
            施策名
            広報紙の電子配信

            -- 様式２　KPI
            > 部局名 | 総務部
            > 該当なし
            主なKPI | 現状値 | 目標値
            広報紙の購読者数（人） | 500人 | 800人（R9）
            ",
        );
    }
}
