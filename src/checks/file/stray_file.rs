//! F116: what lies beside the forms and is none.

use crate::checks::prelude::*;
use crate::model::ObservationKind;

pub static RULE: Rule = Rule {
    code: "F116",
    name: "stray-file",
    severity: Severity::Warning,
    title: "様式でないものが提出フォルダーにある",
    title_en: "something else than forms among the submissions",
    what: "提出フォルダーに、表計算のファイルでないもの（PDF・CSV・文書・ショートカット・フォルダーなど）がないかを見ます。",
    why: "様式の代わりに送られたものであれば、その{measure}は別冊に載りません。フォルダーの中の様式も読みません。",
    mend: "様式の代わりに届いたものであれば、様式のブックで提出し直してもらってください。フォルダーの中の様式は、提出フォルダーの直下に移してください。そうでなければ、ほかの場所へ移してください。",
    example: "「調査票.pdf」→「01_総務部.xlsx」",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    let mut stray = context.observations(ObservationKind::StrayFile);
    let Some((receipt, first)) = stray.next() else { return };
    let others: Vec<Place> = stray.map(|(_, observation)| observation.at.clone()).collect();
    let count = others.len() + 1;
    let message = say!(
        "様式でないものが提出フォルダーに{count}件あり、読まない",
        "{count} among the submissions are no forms and are not read"
    );
    findings.push(finding_of(&RULE, receipt, first, message).also_at(others));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn all_that_is_no_form_is_one_warning() {
        finds(
            &RULE,
            r"
            == 01_総務部.xlsx
            == 台帳.csv : 壊れている
            ^ F116 warning [文: 2件]
            == 様式.pdf : 壊れている
            +
            ",
        );
    }

    #[test]
    fn a_broken_form_is_none_of_them() {
        silent(
            &RULE,
            r"
            == 01_総務部.xlsx
            == 02_企画部.xlsx : 壊れている
            ",
        );
    }
}
