//! E638: a row without its department, where the others of the form have it.

use std::collections::BTreeMap;

use super::printed;
use crate::checks::prelude::*;
use crate::diag::CellRef;
use crate::model::Entry;
use crate::schema::{Role, Table};

pub static RULE: Rule = Rule {
    code: "E638",
    name: "department-left-blank",
    severity: Severity::Warning,
    title: "{measures.department}がその行だけ空欄である",
    title_en: "department blank in one row",
    what: "ほかの行に{measures.department}が書かれている様式で、{measures.department}が空欄の行がないかを見ます。空欄の行は、様式を出した部局の担当として載ります。",
    why: "ほかの部局と共同で行う{measure}などで書き忘れていると、別の部局の担当として載ります。",
    mend: "{measures.department}を記入してください。",
    example: "{measures.department}が空欄の行 →「総務部」",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    for table in Table::ALL {
        let Some(label) = context.label(table, Role::Department) else { continue };
        let mut forms: BTreeMap<(&str, Option<&str>), Vec<&Entry>> = BTreeMap::new();
        for (_, entry) in printed(context.annex).filter(|(other, _)| *other == table) {
            let Place { file, sheet, .. } = &entry.name.at;
            forms.entry((file.as_ref(), sheet.as_deref())).or_default().push(entry);
        }
        for entries in forms.into_values() {
            let mut written = entries.iter().filter_map(|entry| cell_of_department(entry));
            let Some(column) = written.next().map(|cell| cell.column) else { continue };
            for entry in entries.iter().filter(|entry| cell_of_department(entry).is_none()) {
                let Some(cell) = entry.name.at.cell else { continue };
                let at = Place { cell: Some(CellRef { column, ..cell }), ..entry.name.at.clone() };
                let (name, department) = (&entry.name.value, &entry.department.value);
                let message = say!(
                    "「{name}」の{label}が空欄である（{department}の担当として載る）",
                    "“{label}” of “{name}” is blank; it is printed as of {department}"
                );
                let finding = RULE.finding(message).of(&entry.submitted_by).at(&at);
                findings.push(finding.expected(department));
            }
        }
    }
}

/// The cell of the row that says the department; `None` where it was taken from the form's head.
fn cell_of_department(entry: &Entry) -> Option<CellRef> {
    let (name, department) = (&entry.name.at, &entry.department.at);
    let cell = department.cell?;
    (department.sheet == name.sheet && Some(cell.row) == name.cell.map(|cell| cell.row))
        .then_some(cell)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn the_row_without_a_department_is_found_in_its_column() {
        finds(
            &RULE,
            r"
            施策名           | 担当部局 | 担当課室
            広報紙の電子配信 | 総務部   | 広報課
            電子申請の受付   |          | 市町村課
                             | ^ E638 [期: 総務部] [文: 電子申請の受付] |
            窓口予約の導入   | 総務部   | 広報課
            ",
        );
    }

    #[test]
    fn a_form_that_leaves_all_of_them_to_its_head_is_right() {
        silent(
            &RULE,
            r"
            施策名           | 担当部局 | 担当課室
            広報紙の電子配信 |          | 広報課
            電子申請の受付   |          | 市町村課
            == 02_企画部.xlsx
            施策名         | 担当部局 | 担当課室
            統計地図の公開 | 企画部   | 統計課
            ",
        );
    }
}
