//! F113: a form of another edition or version.

use crate::checks::prelude::*;
use crate::model::ObservationKind;
use crate::text;

pub static RULE: Rule = Rule {
    code: "F113",
    name: "other-edition",
    severity: Severity::Error,
    title: "別の年度・別の版の様式である",
    title_en: "form of another edition or version",
    what: "様式に記録された版の名前と様式の番号が、今回の版の設定と同じかを見ます。年度の版が違えばエラー、様式の番号だけが違えば警告にします。",
    why: "前の年度の様式で届いたものは、内容も前の年度のままであることがほとんどです。",
    mend: "今回配られた様式に記入し直してください。",
    example: "R6版の様式 → R7版の様式",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (receipt, observation) in context.observations(ObservationKind::OtherEdition) {
        let own = text::key(context.edition.id());
        let same_edition =
            receipt.form.as_ref().is_some_and(|form| text::key(&form.edition) == own);
        let finding = if same_edition {
            let message = say!("様式の番号が今回のものでない", "another version of the form");
            finding_of(&RULE, receipt, observation, message).severity(Severity::Warning)
        } else {
            let message = say!("別の年度の様式である", "a form of another edition");
            finding_of(&RULE, receipt, observation, message)
        };
        findings.push(finding);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn another_edition_is_an_error_and_another_version_a_warning() {
        finds(
            &RULE,
            r"
            == 01_総務部.xlsx
            ^ F113 error [文: 別の年度]
            @stamp R6 1
            == 02_企画部.xlsx
            ^ F113 warning [文: 様式の番号]
            @stamp R7 2
            ",
        );
    }

    #[test]
    fn the_form_that_was_sent_out_is_right() {
        silent(
            &RULE,
            r"
            == 01_総務部.xlsx
            @stamp R7 1
            ",
        );
    }
}
