//! E634: a mark beside a name: 「【新規】」, 「★」.

use super::printed;
use crate::checks::prelude::*;
use crate::text::{mark, unmarked};

pub static RULE: Rule = Rule {
    code: "E634",
    name: "mark-beside-name",
    severity: Severity::Warning,
    title: "名称に印が付いている",
    title_en: "mark beside a name",
    what: "{measures.name}と{kpi}の名称の前に「★」「●」「◎」などの印や、前か後に「【新規】」「（新）」「（拡充）」のような印がないかを見ます。前の版や{kpis.measures}とは、印のない名前で照らし合わせます。",
    why: "印の付いたまま、名前の一部として載ります。新規かどうかは{measures.status}で見分けます。",
    mend: "名称から印を消してください。新規か変更かは、{measures.status}の欄で示してください。",
    example: "「【新規】電子申請の受付」→「電子申請の受付」・{measures.status}「新規」",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (_, entry) in printed(context.annex) {
        let name = &entry.name.value;
        let Some((mark, _)) = mark(name) else { continue };
        let message = say!("名称に「{mark}」が付いている", "the name carries the mark “{mark}”");
        let finding = RULE.finding(message).of(&entry.submitted_by).at(&entry.name.at);
        findings.push(finding.found(name).expected(unmarked(name)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn a_mark_in_any_form_is_found() {
        finds(
            &RULE,
            r"
            施策名
            【新規】電子申請の受付
            ^ E634 [期: 電子申請の受付] [文: 【新規】]
            ★広報紙の電子配信
            ^ E634
            ● 窓口予約の導入
            ^ E634
            （新）統計地図の公開
            ^ E634
            ◎台帳の電子化（拡充）
            ^ E634 [期: 台帳の電子化]

            主なKPI
            ★広報紙の購読者数（人）
            ^ E634
            ",
        );
    }

    #[test]
    fn brackets_that_belong_to_the_name_are_right() {
        silent(
            &RULE,
            r"
            施策名
            （仮称）広報館の整備
            「みやぎ電子」の運用
            新規就農者の支援
            電子申請の受付（県庁）

            主なKPI
            ①購読者数（人）\n②満足度（%）
            ",
        );
    }

    #[test]
    fn a_marked_name_is_that_of_the_edition_before() {
        let text = r"
            == 前の版 01_総務部.xlsx
            施策名
            広報紙の電子配信
            == 01_総務部.xlsx
            施策名                   | 区分
            【継続】広報紙の電子配信 | 継続
            ";
        let codes: Vec<&str> =
            crate::checks::testing::findings(text).iter().map(|f| f.rule.code).collect();
        assert!(codes.contains(&"E634"), "{codes:?}");
        assert!(!codes.contains(&"E614") && !codes.contains(&"E618"), "{codes:?}");
    }
}
