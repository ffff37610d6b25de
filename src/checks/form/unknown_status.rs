//! F217: a status that is none of the four.

use crate::checks::prelude::*;
use crate::model::ObservationKind;

pub static RULE: Rule = Rule {
    code: "F217",
    name: "unknown-status",
    severity: Severity::Error,
    title: "{measures.status}の値が決まったものでない",
    title_en: "unknown status",
    what: "「{measures.status}」が継続・新規・変更・廃止のどれかであるかを見ます。廃止・削除・終了などの語を含むときはエラー、そのほかは警告にします。",
    why: "どれでもない値は「継続」として読むため、廃止のつもりの{measure}が載ってしまいます。",
    mend: "一覧から継続・新規・変更・廃止のどれかを選んでください。",
    example: "「廃止予定」→「廃止」",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (receipt, observation) in context.observations(ObservationKind::UnknownStatus) {
        let found = &observation.found;
        let status = context.fill("{measures.status}");
        let finding = if ENDS.iter().any(|word| found.contains(word)) {
            let message = say!(
                "{status}「{found}」は「廃止」と読めず、継続として載る",
                "the status “{found}” is not read as 廃止 and is printed as continued"
            );
            finding_of(&RULE, receipt, observation, message).help(say!(
                "取りやめるものであれば「廃止」を選び、載せるものであれば「継続」か「変更」を選んでください。",
                "Choose 廃止 to drop the entry, 継続 or 変更 to print it"
            ))
        } else {
            let message = say!("{status}の値が決まったものでない", "unknown status");
            finding_of(&RULE, receipt, observation, message).severity(Severity::Warning)
        };
        findings.push(finding);
    }
}

/// Words by which an entry is meant to go.
const ENDS: [&str; 10] =
    ["廃", "削除", "終了", "完了", "中止", "取りやめ", "取止め", "取り止め", "取り下げ", "取下げ"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn a_status_that_means_an_end_is_an_error_and_any_other_a_warning() {
        finds(
            &RULE,
            r"
            区分
            廃止予定
            ^ F217 error
            廃止（R7末）
            ^ F217 error
            削除
            ^ F217 error
            終了
            ^ F217 error
            更新
            ^ F217 warning
            拡充
            ^ F217 warning
            ",
        );
    }

    #[test]
    fn the_words_of_the_form_are_right() {
        silent(
            &RULE,
            r"
            区分
            継続
            新規
            変更
            廃止
            ",
        );
    }
}
