//! E603: a department in charge that the settings do not have.

use super::printed;
use crate::checks::prelude::*;
use crate::model::Entry;
use crate::schema::Role;
use crate::text;

pub static RULE: Rule = Rule {
    code: "E603",
    name: "department-unknown",
    severity: Severity::Error,
    title: "{measures.department}が一覧にない",
    title_en: "unknown department",
    what: "{measure}の「{measures.department}」が、版の設定にある部局（又は複数部局の組合せ）と一致するかを見ます。",
    why: "{measures.department}が分からないと、表の中での順が決まらず、部局別の集計からも漏れます。",
    mend: "一覧から部局を選び直してください。複数の部局が担当するときの書き方は、事務局が edition.toml の joint に加えます。",
    example: "「企画局」→「企画部」",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (table, entry) in printed(context.annex).filter(|(_, entry)| without_owner(entry)) {
        let Some(label) = context.label(table, Role::Department) else { continue };
        let written = &entry.department.value;
        if known(context, written) {
            continue;
        }
        let all = context.edition.departments.iter();
        let now = all.clone().find(|d| d.is_or_was(written)).map(|d| d.name.as_str());
        let near = now.or_else(|| nearest(written, all.map(|d| d.name.as_str())));
        let message = say!(
            "{label}「{written}」は部局の一覧にない",
            "no department “{written}” in the settings"
        );
        findings.push(
            RULE.finding(message)
                .of(&entry.submitted_by)
                .at(&entry.department.at)
                .found(written)
                .suggest(near),
        );
    }
}

/// Names a department and a section, and none of the settings' answers to them.
fn without_owner(entry: &Entry) -> bool {
    entry.owners.is_empty() && !entry.department.value.is_empty()
}

/// Whether the settings have a department of the name, width and spaces aside.
pub(super) fn known(context: &Context, name: &str) -> bool {
    let key = text::key(name);
    context.edition.departments.iter().any(|d| text::key(&d.name) == key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn an_unknown_department_is_found_in_its_cell() {
        finds(
            &RULE,
            r"
            == 02_企画部.xlsx
            担当部局 | 担当課室
            企画局   | 統計課
            ^ E603 [期: 企画部]
            ",
        );
    }

    #[test]
    fn a_known_department_with_an_unknown_section_is_another_matter() {
        silent(
            &RULE,
            r"
            == 02_企画部.xlsx
            担当部局 | 担当課室
            企画部   | 統計情報課
            ",
        );
    }
}
