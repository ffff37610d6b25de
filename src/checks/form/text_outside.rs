//! F231: a text beside a table.

use crate::checks::{Context, odd};
use crate::diag::{Finding, Rule, Severity};
use crate::model::OddityKind;

pub static RULE: Rule = Rule {
    code: "F231",
    name: "text-outside",
    severity: Severity::Info,
    title: "表の外に文字がある",
    title_en: "text outside the tables",
    what: "様式１・様式２のシートのうち、表の行と列の外に書かれた文字を探します。「※」「★」「（」などで始まり、仮・廃止・未定・単位などに触れるものは、警告にします。",
    why: "表の外の文字は読まれません。値の単位や、仮の値であることの断りが書かれていても、印刷には反映されません。",
    mend: "表に関わることであれば、その行の欄か備考に書いてください。表に関わらない覚書であれば、そのままで構いません。",
    example: "表の下の「※数値は全て仮」→ 確定した値に直し、注を消す",
    source: "",
};

/// Signs that a note begins with.
const MARKS: [char; 12] = ['※', '★', '☆', '●', '■', '◆', '＊', '*', '注', '（', '(', '【'];
/// What a note speaks of that changes what the entries mean.
const MATTERS: [&str; 9] =
    ["仮の", "仮値", "仮置", "全て仮", "暫定", "廃止", "未定", "単位", "差し替え"];

pub(in crate::checks) fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (receipt, oddity) in context.oddities(OddityKind::TextOutside) {
        let message = say!("表の外に文字がある", "text outside the tables");
        let finding = odd(&RULE, receipt, oddity, message);
        findings.push(if matters(&oddity.found) {
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
    use crate::checks::testing::{Case, speaks_of};

    #[test]
    fn speaks_of_its_oddity_alone() {
        speaks_of(&RULE, OddityKind::TextOutside, OddityKind::SheetNotRead);
    }

    #[test]
    fn a_note_on_what_the_entries_mean_is_a_warning() {
        for (text, severity) in [
            ("★全て仮の値です", Severity::Warning),
            ("（単位：千人）", Severity::Warning),
            ("※No.3はR7末で廃止", Severity::Warning),
            ("※略称は使わない", Severity::Info),
            ("取りやめる施策は廃止としてください。", Severity::Info),
        ] {
            let mut case = Case::sound();
            case.odd_with(OddityKind::TextOutside, "A12", text, "");
            let found: Vec<_> = case.findings_of(&RULE).iter().map(|f| f.severity).collect();
            assert_eq!(found, [severity], "{text}");
        }
    }
}
