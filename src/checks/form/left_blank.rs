//! F261: a form that came back with nothing in it.

use crate::checks::prelude::*;
use crate::model::{Answer, Nothing, Outcome, TableReceived};

pub static RULE: Rule = Rule {
    code: "F261",
    name: "left-blank",
    severity: Severity::Warning,
    title: "様式に1件も記入されていない",
    title_en: "nothing is entered in the form",
    what: "{measures-form}と{kpis-form}のどちらの表にも記入がない様式と、「該当なし」の欄も表も空欄の様式を探します。",
    why: "載せるものがないのか、記入を忘れたのか、別のファイルを送ったのかが分かりません。状況の一覧では「未記入」になり、済んだものとは数えません。",
    mend: "載せるものがなければ、様式の上の「該当なし」の欄で「○」を選んでください（その欄がなければ、表の1行目に「該当なし」と書いてください）。載せるものがあれば、記入して提出し直してください。",
    example: "空欄のままの{kpis-form} →「該当なし」の欄に「○」",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    for receipt in context.receipts.iter().filter(|r| r.outcome == Outcome::Read) {
        // A form with entries that has no box for it says by its blank table what it always did.
        let is_blank = receipt.answer() == Answer::Blank;
        let is_open = |received: &&TableReceived| match received.nothing {
            Nothing::Unsaid(_) => !received.is_begun,
            Nothing::Unasked => is_blank && !received.is_begun,
            // F263 tells of it.
            Nothing::Unclear { .. } | Nothing::Stated { .. } | Nothing::InRow => false,
        };
        let open: Vec<&TableReceived> = receipt.tables.iter().filter(is_open).collect();
        let Some((first, others)) = open.split_first() else { continue };
        let words = context.words();
        let entries: Vec<&str> = open.iter().map(|received| words.entry(received.table)).collect();
        let entries = match entries.as_slice() {
            [one] => format!("{one}が"),
            several => several.iter().map(|entry| format!("{entry}も")).collect(),
        };
        let message = say!(
            "{entries}1件も記入されていない（該当なしでよいか確かめる）",
            "nothing is entered, and the form does not say that there is nothing"
        );
        let more = others.iter().map(|received| place(received).clone());
        findings.push(finding_at(&RULE, receipt, place(first), message).also_at(more));
    }
}

/// Where it could have been said.
fn place(received: &TableReceived) -> &Place {
    match &received.nothing {
        Nothing::Unsaid(at) => at,
        _ => &received.at,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn a_form_with_nothing_in_it_is_told_once() {
        finds(
            &RULE,
            r"
            施策ID | 施策名 | 概要
            ^ F261 [文: 施策もKPIも1件も記入されていない]

            KPI ID | 主なKPI | 現状値 | 目標値
            +
            ",
        );
    }

    #[test]
    fn a_blank_table_below_a_blank_box_is_told() {
        finds(
            &RULE,
            r"
            施策名
            広報紙の電子配信

            -- 様式２　KPI
            > 部局名 | 総務部
            > 該当なし | ×
                      | ^ F261 [文: KPIが1件も記入されていない（該当なしでよいか確かめる）]
            主なKPI | 現状値 | 目標値
            ",
        );
    }

    #[test]
    fn a_form_of_old_that_has_entries_leaves_its_other_table_blank() {
        silent(
            &RULE,
            r"
            施策名
            広報紙の電子配信

            主なKPI | 現状値 | 目標値
            ",
        );
    }

    #[test]
    fn what_says_that_there_is_nothing_is_not_left_blank() {
        silent(
            &RULE,
            r"
            > 該当なし | レ
            施策名

            主なKPI | 現状値 | 目標値
            該当なし
            ",
        );
    }

    #[test]
    fn a_row_that_has_another_fault_is_no_blank() {
        silent(
            &RULE,
            r"
            施策名 | 概要
                   | 名前のない施策を進める。
            ",
        );
    }
}
