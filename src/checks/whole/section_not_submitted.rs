//! S702: a section of the settings from which nothing is listed.

use super::SETTINGS;
use crate::checks::prelude::*;
use crate::model::Outcome;
use crate::schema::{Role, Table};

pub static RULE: Rule = Rule {
    code: "S702",
    name: "section-not-submitted",
    severity: Severity::Info,
    title: "{measure}のない課室がある",
    title_en: "section without measures",
    what: "設定にある課室のうち、担当する{measure}が1つもないものを知らせます。提出を読めていない部局の課室は見ません。",
    why: "部局の中での取りまとめで、ある課室の回答が漏れていることがあります。",
    mend: "部局の取りまとめ担当に、回答の漏れがないか確かめてください。{measure}のない課室であれば、そのままで構いません。",
    example: "{measure}のない「統計課」→ 回答の有無を確かめる",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    // Nobody can answer for a section where the form does not ask for one.
    if context.asked(Table::Measures, Role::Section).is_none() {
        return;
    }
    for department in &context.edition.departments {
        if Outcome::of(context.receipts, &department.name) != Some(Outcome::Read) {
            continue;
        }
        for section in &department.sections {
            let answers = context.annex.measures.iter().any(|measure| {
                measure
                    .owners
                    .iter()
                    .any(|o| o.department == department.name && o.section == *section)
            });
            if !answers {
                let measure = &context.words().measure;
                let message =
                    say!("{section}の{measure}がない", "nothing is listed from {section}");
                let place = Place::line(SETTINGS, department.line);
                findings.push(RULE.finding(message).of(&department.name).at(&place).found(section));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn a_section_without_measures_is_named_at_its_department() {
        finds(
            &RULE,
            r#"
            担当課室
            広報課
            == edition.toml
            [[department]]
            ^ S702 [見: 人事課]
            name = "総務部"
            sections = ["広報課", "人事課"]
            "#,
        );
    }

    #[test]
    fn a_department_that_has_not_come_says_enough() {
        silent(
            &RULE,
            r#"
            == edition.toml
            [[department]]
            name = "総務部"
            sections = ["広報課", "人事課"]
            "#,
        );
    }
}
