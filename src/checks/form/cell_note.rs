//! F210: a note or threaded comment on a cell.

use crate::checks::{Context, odd};
use crate::diag::{Finding, Rule, Severity};
use crate::model::OddityKind;

pub static RULE: Rule = Rule {
    code: "F210",
    name: "cell-note",
    severity: Severity::Warning,
    title: "セルにメモ・コメントが付いている",
    title_en: "note or comment on a cell",
    what: "セルのメモ（注釈）とスレッド形式のコメントを探します。",
    why: "「確認中」「数値は未確定」のように、載せてよいかどうかに関わる連絡が書かれていることがあります。",
    mend: "メモに書かれたことのうち、載せるべきことはセルに記入し、用件の済んだメモは削除してください。",
    example: "G9のメモ「12月に差替え予定」→ 差し替えてメモを削除する",
    source: "",
};

pub(in crate::checks) fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (receipt, oddity) in context.oddities(OddityKind::Note) {
        let message = say!("セルにメモ・コメントが付いている", "note or comment on a cell");
        findings.push(odd(&RULE, receipt, oddity, message));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::speaks_of;

    #[test]
    fn speaks_of_its_oddity_alone() {
        speaks_of(&RULE, OddityKind::Note, OddityKind::FloatingText);
    }
}
