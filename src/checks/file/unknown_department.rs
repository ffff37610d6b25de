//! F111: a form of a department that the settings do not know.

use crate::checks::prelude::*;
use crate::model::ObservationKind;

pub static RULE: Rule = Rule {
    code: "F111",
    name: "unknown-department",
    severity: Severity::Error,
    title: "部局名が一覧にない",
    title_en: "unknown department",
    what: "様式の「部局名」かファイル名から、版の設定にある部局が分かるかを見ます。ファイル名からだけ分かるときは、警告にします。",
    why: "どの部局の提出か分からないと、提出状況も掲載の順も決まりません。",
    mend: "様式の上部の「部局名」に、設定と同じ部局名を書いてください。部局が新しくできたときは edition.toml に加えてください。",
    example: "「総務局」→「総務部」",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (receipt, observation) in context.observations(ObservationKind::UnknownDepartment) {
        let stated = &observation.found;
        let finding = match &receipt.department {
            Some(name) if stated.is_empty() => {
                let message = say!(
                    "部局名が空欄のため、ファイル名から{name}のものとして読んだ",
                    "no department is stated; read as {name}’s by the file name"
                );
                finding_of(&RULE, receipt, observation, message).severity(Severity::Warning)
            }
            Some(name) => {
                let message = say!(
                    "部局名「{stated}」が一覧にないため、ファイル名から{name}のものとして読んだ",
                    "no department “{stated}” in the settings; read as {name}’s by the file name"
                );
                finding_of(&RULE, receipt, observation, message).severity(Severity::Warning)
            }
            None if stated.is_empty() && observation.at.cell.is_some() => {
                let message = say!(
                    "部局名が空欄で、どの部局の提出か分からない",
                    "no department is stated, and the file name tells none"
                );
                finding_of(&RULE, receipt, observation, message)
            }
            None if stated.is_empty() => {
                let message = say!("どの部局の提出か分からない", "of no known department");
                finding_of(&RULE, receipt, observation, message)
            }
            None => {
                let message = say!(
                    "部局名「{stated}」が一覧にない",
                    "no department “{stated}” in the settings"
                );
                finding_of(&RULE, receipt, observation, message)
            }
        };
        findings.push(finding);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn a_department_that_nothing_tells_is_an_error() {
        finds(
            &RULE,
            r"
            == 様式.xlsx
            > 部局名 | 総務局
                             | ^ F111 error [文: 部局名「総務局」が一覧にない]
            施策名
            広報紙の電子配信
            ",
        );
    }

    #[test]
    fn a_file_whose_name_tells_is_a_warning() {
        finds(
            &RULE,
            r"
            == 01_総務部.xlsx
            > 部局名 | 総務局
                             | ^ F111 warning [文: ファイル名から総務部のもの]
            施策名
            広報紙の電子配信
            ",
        );
    }

    #[test]
    fn a_department_of_the_settings_is_right() {
        silent(
            &RULE,
            r"
            == 様式.xlsx
            > 部局名 | 総務部
            施策名
            広報紙の電子配信
            ",
        );
    }
}
