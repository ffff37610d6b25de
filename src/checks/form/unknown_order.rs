//! F218: an order that is no number, or none above 0.

use crate::checks::prelude::*;
use crate::model::ObservationKind;
use crate::text::clean;

pub static RULE: Rule = Rule {
    code: "F218",
    name: "unknown-order",
    severity: Severity::Error,
    title: "{measures.order}が0より大きい数でない",
    title_en: "order is no number above 0",
    what: "「{measures.order}」が0より大きい数であるかを見ます。数でないものは警告にします。",
    why: "そのような{measures.order}は使われず、様式の行の順に載ります。空欄のセルを参照した数式は0になります。",
    mend: "1、2、3のような数を書くか、空欄にしてください。",
    example: "「先頭」→「1」",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (receipt, observation) in context.observations(ObservationKind::UnknownOrder) {
        let is_number = clean(&observation.found).text.parse::<f64>().is_ok();
        let order = context.fill("{measures.order}");
        findings.push(if is_number {
            let message = say!("{order}が0より大きい数でない", "the order is not above 0");
            finding_of(&RULE, receipt, observation, message)
        } else {
            let message = say!("{order}が数でない", "order is not a number");
            finding_of(&RULE, receipt, observation, message).severity(Severity::Warning)
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn zero_is_an_error_and_a_word_a_warning() {
        finds(
            &RULE,
            r"
            掲載順
            0
            ^ F218 error
            -1
            ^ F218 error
            先頭
            ^ F218 warning
            ",
        );
    }

    #[test]
    fn numbers_and_blanks_are_right() {
        silent(
            &RULE,
            r"
            掲載順 | 施策名
            1.5    | 広報紙の電子配信
                   | 電子申請の受付
            ",
        );
    }
}
