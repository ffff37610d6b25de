//! F205: a column that the form does not have, with data in it.

use std::collections::{BTreeMap, BTreeSet};

use crate::checks::prelude::*;
use crate::diag::CellRef;
use crate::model::{ForeignColumn, Observation, ObservationKind};
use crate::schema::{Table, unused_key};
use crate::text::key;

pub static RULE: Rule = Rule {
    code: "F205",
    name: "unknown-column",
    severity: Severity::Warning,
    title: "様式にない列に記入がある",
    title_en: "unknown column with data",
    what: "設定のどの欄でもない見出しの列や、使わないことにした欄の列に、値が入っていないかを見ます。同じ見出しの列が2つ以上の部局にあれば、エラーにします。",
    why: "その列の内容はどの資料にも載りません。載せるつもりで書かれたものなら、気付かれないまま抜け落ちます。",
    mend: "載せる内容であれば、該当する列に移してください。移せる列がなければ、事務局に相談してください。部局内の控えであれば、その列の記入を消してください。事務局は、指摘に示された行を edition.toml に加えると、その列を載せられます。",
    example: "「R8予算額」の列 → [[measure-column]] として edition.toml に加える",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    let shared = shared(context);
    // What several departments were asked for, or thought of, is no slip of one of them.
    let is_shared = |column: &ForeignColumn| {
        let departments = shared.get(&(column.table, key(&column.label)));
        let is_known = column.label.is_empty() || column.unused.is_some();
        !is_known && departments.is_some_and(|departments| departments.len() > 1)
    };
    for (receipt, observation) in context.observations(ObservationKind::UnknownColumn) {
        let column = observation.foreign.as_ref();
        let finding = finding_of(&RULE, receipt, observation, message(column));
        findings.push(match column {
            // What is read back of our own workbook is no affair of the form.
            Some(column) if receipt.department.is_some() => {
                let severity = if is_shared(column) { Severity::Error } else { RULE.severity };
                finding.severity(severity).help(help(context, observation, column))
            }
            _ => finding,
        });
    }
}

fn message(column: Option<&ForeignColumn>) -> Say {
    match column {
        None => say!("様式にない項目に記入がある", "unknown item with data"),
        Some(ForeignColumn { label, cells, unused: Some(_), .. }) => say!(
            "使わないことにした欄「{label}」に記入がある（{cells}か所）",
            "the unused column “{label}” has data in {cells} cells"
        ),
        Some(ForeignColumn { label, cells, .. }) if label.is_empty() => {
            say!(
                "見出しのない列に記入がある（{cells}か所）",
                "column without a label, with data in {cells} cells"
            )
        }
        Some(ForeignColumn { label, cells, .. }) => say!(
            "様式にない列「{label}」に記入がある（{cells}か所）",
            "the unknown column “{label}” has data in {cells} cells"
        ),
    }
}

/// The departments that have a column, by its table and label.
fn shared<'a>(context: &Context<'a>) -> BTreeMap<(Table, String), BTreeSet<&'a str>> {
    let mut shared: BTreeMap<_, BTreeSet<&str>> = BTreeMap::new();
    for (receipt, observation) in context.observations(ObservationKind::UnknownColumn) {
        let column = observation.foreign.as_ref().filter(|column| column.unused.is_none());
        if let (Some(column), Some(department)) = (column, receipt.department.as_deref()) {
            shared.entry((column.table, key(&column.label))).or_default().insert(department);
        }
    }
    shared
}

/// The lines that take the column in.
fn help(context: &Context, observation: &Observation, column: &ForeignColumn) -> Say {
    let ForeignColumn { table, label, is_numeric, unused, .. } = column;
    let name = match table {
        Table::Measures => "measure-column",
        Table::Kpis => "kpi-column",
    };
    if let Some(key) = unused {
        return say!(
            "載せるのであれば、edition.toml の [[{name}]] のうち key = \"{key}\" のものの papers を改めてください。",
            "to take it in, change the papers of [[{name}]] with key = \"{key}\" in edition.toml"
        );
    }
    if label.is_empty() {
        return Say::default();
    }
    let word = match observation.at.cell {
        Some(cell) => format!("column-{}", CellRef::column_letters(cell.column).to_lowercase()),
        None => "column".to_owned(),
    };
    let key = unused_key(&word, |key| context.edition.schema.column(*table, key).is_some());
    let kind = if *is_numeric { "amount" } else { "text" };
    let label = label.replace(['\r', '\n'], "").replace('\\', "\\\\").replace('"', "\\\"");
    let lines = format!("[[{name}]]\nkey = \"{key}\"\nlabel = \"{label}\"\nkind = \"{kind}\"");
    say!(
        "載せるのであれば、edition.toml に次の行を加えてください（key は欄の内容を表す英小文字の名前にします）。\n{lines}",
        "to take it in, add these lines to edition.toml (with a key that says what it holds)\n{lines}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn a_column_that_is_none_of_the_forms_is_told_with_the_lines_that_take_it_in() {
        finds(
            &RULE,
            r#"
            施策名           | ＋予算額（千円）
                             | ^ F205 warning [見: 予算額（千円）] [文: 「予算額（千円）」に記入がある（2か所）] [直: key = "column-l"] [直: kind = "amount"]
            広報紙の電子配信 | 1,200
            電子申請の受付   | 300千円
            窓口予約の導入   |
            "#,
        );
    }

    #[test]
    fn what_two_departments_have_is_an_error() {
        finds(
            &RULE,
            r"
            == 01_総務部.xlsx
            施策名           | ＋進み具合 | ＋連絡先
                             | ^ F205 error | ^ F205 warning
            広報紙の電子配信 | 順調     | 内線1234
            == 02_企画部.xlsx
            施策名           | ＋進み 具合
                             | ^ F205 error
            統計地図の公開   | 順調
            ",
        );
    }

    #[test]
    fn a_column_that_the_edition_does_not_use_is_told() {
        finds(
            &RULE,
            r#"
            == edition.toml
            [[measure-column]]
            key = "purpose"
            papers = []
            == 01_総務部.xlsx
            施策名           | 目的
                             | ^ F205 [文: 使わないことにした欄「目的（X：目指す姿）」] [直: purpose]
            広報紙の電子配信 | 読みやすくする。
            "#,
        );
    }

    #[test]
    fn a_column_of_the_settings_or_an_empty_one_is_right() {
        silent(
            &RULE,
            r"
            @column budget 予算額
            施策名           | 予算額 | ＋連絡先
            広報紙の電子配信 | 1,200  |
            ",
        );
    }
}
