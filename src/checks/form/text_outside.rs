//! F231: a text beside a table.

use crate::checks::prelude::*;
use crate::model::ObservationKind;

pub static RULE: Rule = Rule {
    code: "F231",
    name: "text-outside",
    severity: Severity::Info,
    title: "表の外に文字がある",
    title_en: "text outside the tables",
    what: "{measures-form}・{kpis-form}のシートのうち、表の行と列の外に書かれた文字を探します。「※」「★」「（」などで始まり、仮・廃止・未定・単位などに触れるものは、警告にします。",
    why: "表の外の文字は読まれません。値の単位や、仮の値であることの断りが書かれていても、印刷には反映されません。",
    mend: "表に関わることであれば、その行の欄か{measures.note}に書いてください。表に関わらない覚書であれば、そのままで構いません。",
    example: "表の下の「※数値は全て仮」→ 確定した値に直し、注を消す",
    source: "",
};

/// Signs that a note begins with.
const MARKS: [char; 12] = ['※', '★', '☆', '●', '■', '◆', '＊', '*', '注', '（', '(', '【'];
/// What a note speaks of that changes what the entries mean.
const MATTERS: [&str; 9] =
    ["仮の", "仮値", "仮置", "全て仮", "暫定", "廃止", "未定", "単位", "差し替え"];

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (receipt, observation) in context.observations(ObservationKind::TextOutside) {
        let message = say!("表の外に文字がある", "text outside the tables");
        let finding = finding_of(&RULE, receipt, observation, message);
        findings.push(if matters(&observation.found) {
            finding.severity(Severity::Warning)
        } else {
            finding
        });
    }
}

fn matters(text: &str) -> bool {
    text.starts_with(MARKS) && MATTERS.iter().any(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn a_note_on_what_the_entries_mean_is_a_warning() {
        finds(
            &RULE,
            r"
            > 部局名 | 総務部
            > ★全て仮の値です
            ^ F231 warning
            > （単位：千人）
            ^ F231 warning
            > 取りやめる施策は廃止としてください。
            ^ F231 info
            施策名
            広報紙の電子配信
            > ※No.3はR7末で廃止
            ^ F231 warning
            > ※略称は使わない
            ^ F231 info
            ",
        );
    }

    #[test]
    fn a_form_without_notes_is_right() {
        silent(
            &RULE,
            r"
            施策名
            広報紙の電子配信
            ",
        );
    }
}
