//! E635: a line break in a name.

use super::printed;
use crate::checks::prelude::*;
use crate::schema::Table;

pub static RULE: Rule = Rule {
    code: "E635",
    name: "line-break-in-name",
    severity: Severity::Warning,
    title: "名称の中に改行がある",
    title_en: "line break in a name",
    what: "{measures.name}と、①②に分かれない{kpi}の名称に、改行がないかを見ます。",
    why: "1つのセルに2つの{measure}を書いていると、1つの{measure}として載ります。",
    mend: "2つの{measure}であれば行を分け、1つの名称であれば改行を取り除いてください。",
    example: "「電子申請の受付↵窓口予約の導入」→ 2行に分ける",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (table, entry) in printed(context.annex) {
        let name = &entry.name.value;
        let has_parts = || context.annex.kpi(&entry.id).is_some_and(|kpi| !kpi.parts.is_empty());
        let is_divided = || table == Table::Kpis && has_parts();
        if !name.trim().contains('\n') || is_divided() {
            continue;
        }
        let count = name.lines().filter(|line| !line.trim().is_empty()).count();
        let message =
            say!("名称が{count}行に分かれている", "the name is broken into {count} lines");
        let finding = RULE.finding(message).of(&entry.submitted_by).at(&entry.name.at);
        findings.push(finding.found(name));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn two_names_in_one_cell_are_found() {
        finds(
            &RULE,
            r"
            施策名
            電子申請の受付\n窓口予約の導入
            ^ E635 [文: 2行]

            主なKPI
            購読者数（人）\n配信数（件）
            ^ E635
            ",
        );
    }

    #[test]
    fn parts_and_a_break_at_the_end_are_right() {
        silent(
            &RULE,
            r"
            施策名
            電子申請の受付\n

            主なKPI
            ①購読者数（人）\n②満足度（%）
            満足度\n①来庁者\n②電話
            ",
        );
    }
}
