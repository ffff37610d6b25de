//! S701: a department from which nothing has come.

use super::SETTINGS;
use crate::checks::prelude::*;
use crate::model::Outcome;

pub static RULE: Rule = Rule {
    code: "S701",
    name: "department-not-submitted",
    severity: Severity::Error,
    title: "提出のない部局がある",
    title_en: "department that has not submitted",
    what: "版の設定にある全ての部局から、様式が届いているかを見ます。届いたが読めないファイルは、F1xx の指摘が知らせます。",
    why: "提出のない部局の{measure}は、別冊から抜け落ちます。",
    mend: "その部局に提出を求めてください（bessatsu returns が催促の文面も作ります）。載せるもののない部局にも、「該当なし」の欄に「○」を付けた様式を提出してもらってください。",
    example: "「03_企画部.xlsx」がない → 提出フォルダーに置く",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    for department in &context.edition.departments {
        let name = &department.name;
        // What came and cannot be read has findings of its own.
        if Outcome::of(context.receipts, name).is_some() {
            continue;
        }
        let message = say!("{name}の提出がない", "nothing has come from {name}");
        let place = Place::line(SETTINGS, department.line);
        findings.push(RULE.finding(message).of(name).at(&place));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn a_department_without_a_file_is_named_at_its_line_of_the_settings() {
        finds(
            &RULE,
            r#"
            == 01_総務部.xlsx
            == edition.toml
            [[department]]
            name = "総務部"
            sections = ["広報課"]
            [[department]]
            ^ S701 [文: 企画部の提出がない]
            name = "企画部"
            sections = ["統計課"]
            "#,
        );
    }

    #[test]
    fn a_file_that_cannot_be_read_has_been_submitted_all_the_same() {
        silent(
            &RULE,
            r"
            == 01_総務部.xlsx
            == 02_企画部.xlsx : 壊れている
            ",
        );
    }
}
