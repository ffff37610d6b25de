//! E604: a section in charge that its department does not have.

use super::department_unknown::known;
use super::printed;
use crate::checks::prelude::*;
use crate::schema::Role;
use crate::text;

pub static RULE: Rule = Rule {
    code: "E604",
    name: "section-unknown",
    severity: Severity::Error,
    title: "{measures.section}が一覧にない",
    title_en: "unknown section",
    what: "{measure}の「{measures.section}」が、{measures.department}の課室として版の設定にあるかを見ます。",
    why: "{measures.section}が分からないと、表の中での順が決まりません。",
    mend: "一覧から課室を選び直してください。ほかの部局の課室であれば、{measures.department}を確かめてください。組織改編で新しくできた課室は、事務局が edition.toml の部局に加えます。",
    example: "「デジタル推進課」→「デジタルみやぎ推進課」",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (table, entry) in printed(context.annex).filter(|(_, entry)| entry.owners.is_empty()) {
        let Some(label) = context.label(table, Role::Section) else { continue };
        // Where no department is asked for, it is the one whose form it is.
        let asked = Some(&entry.department.value).filter(|department| !department.is_empty());
        let (department, written) = (asked.unwrap_or(&entry.submitted_by), &entry.section.value);
        if written.is_empty() || !known(context, department) {
            continue;
        }
        let key = text::key(department);
        let own = context.edition.departments.iter().filter(|d| text::key(&d.name) == key);
        let now = own.clone().find_map(|d| d.section(written));
        let sections = own.flat_map(|d| d.sections.iter().map(String::as_str));
        let near = now.or_else(|| nearest(written, sections));
        let elsewhere = context.edition.departments.iter().find(|d| d.section(written).is_some());
        let of = elsewhere.map_or_else(Say::default, |other| {
            let other = &other.name;
            say!("（{other}の課室）", " (it is one of {other})")
        });
        let (of_ja, of_en) = (of.ja, of.en);
        let message = say!(
            "{label}「{written}」は{department}の課室の一覧にない{of_ja}",
            "no section “{written}” of {department} in the settings{of_en}"
        );
        findings.push(
            RULE.finding(message)
                .of(&entry.submitted_by)
                .at(&entry.section.at)
                .found(written)
                .suggest(near),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn an_unknown_section_is_found_in_its_cell() {
        finds(
            &RULE,
            r"
            == 02_企画部.xlsx
            担当部局 | 担当課室
            企画部   | 統計情報課
                     | ^ E604 [期: 統計課]
            ",
        );
    }

    #[test]
    fn a_section_of_another_department_is_told_whose_it_is() {
        finds(
            &RULE,
            r"
            == 02_企画部.xlsx
            担当部局 | 担当課室
            企画部   | 広報課
                     | ^ E604 [文: 総務部の課室]
            ",
        );
    }

    #[test]
    fn a_section_whose_department_is_unknown_says_nothing_more() {
        silent(
            &RULE,
            r"
            == 02_企画部.xlsx
            担当部局 | 担当課室
            企画局   | 統計情報課
            ",
        );
    }
}
