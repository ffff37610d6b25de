//! F205: a column that the form does not have, with data in it.

use std::collections::{BTreeMap, BTreeSet};

use crate::checks::prelude::*;
use crate::diag::CellRef;
use crate::model::{ForeignColumn, Observation, ObservationKind};
use crate::schema::{Column, Table, keys, unused_key};
use crate::text::{era, key, toml_text};

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
    if let Some(lines) = as_values(context, *table, label, &key) {
        return lines;
    }
    let kind = if *is_numeric { "amount" } else { "text" };
    let label = toml_text(&label.replace(['\r', '\n'], ""));
    let lines = format!("[[{name}]]\nkey = \"{key}\"\nlabel = {label}\nkind = \"{kind}\"");
    say!(
        "載せるのであれば、edition.toml に次の行を加えてください（key は欄の内容を表す英小文字の名前にします）。\n{lines}",
        "to take it in, add these lines to edition.toml (with a key that says what it holds)\n{lines}"
    )
}

/// The lines that take in a column with the values of KPIs for a year: 「R8目標」.
fn as_values(context: &Context, table: Table, label: &str, key: &str) -> Option<Say> {
    let year = year_in(label).filter(|_| table == Table::Kpis)?;
    let last = context.edition.front.last_year;
    let role = match VALUES.iter().find(|(word, _)| label.contains(word))?.1 {
        "target" if year < last => "interim",
        role => role,
    };
    let figures: Vec<&Column> = context.edition.schema.figures().collect();
    let usual = [keys::CURRENT, keys::TARGET];
    let is_usual = figures.iter().all(|column| usual.contains(&&*column.key));
    // Whoever declares one value declares all.
    let kept = figures.iter().filter(|_| is_usual);
    let kept: String =
        kept.map(|column| format!("[[kpi-value]]\nkey = \"{}\"\n", column.key)).collect();
    let label = toml_text(&label.replace(['\r', '\n'], ""));
    let lines = format!(
        "{kept}[[kpi-value]]\nkey = \"{key}\"\nlabel = {label}\nrole = \"{role}\"\nyear = {year}"
    );
    Some(say!(
        "{year}年度の値として載せるのであれば、edition.toml に次の行を加えてください（既にある行は除き、key は英小文字の名前にします）。\n{lines}",
        "to take it in as the values of {year}, add these lines to edition.toml, without those that are there\n{lines}"
    ))
}

/// The year that a label names.
fn year_in(label: &str) -> Option<i32> {
    let label = key(label).to_ascii_uppercase();
    let starts = label.char_indices().scan(None, |before: &mut Option<char>, (at, c)| {
        let is_within = before.is_some_and(|b| b.is_ascii_alphanumeric());
        *before = Some(c);
        Some((at, is_within))
    });
    let mut starts = starts.filter(|(_, is_within)| !is_within);
    starts.find_map(|(at, _)| Some(era::prefix(label.get(at..)?)?.0))
}

/// What the label of a value says that it is.
const VALUES: [(&str, &str); 6] = [
    ("目標", "target"),
    ("実績", "actual"),
    ("現状", "actual"),
    ("現況", "actual"),
    ("基準", "base"),
    ("当初", "base"),
];

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
    fn a_value_by_year_is_offered_as_one() {
        finds(
            &RULE,
            r#"
            主なKPI          | ＋R8年度目標 | ＋令和6年度実績値 | ＋目標の考え方
                             | ^ F205 [直: role = "interim"] [直: key = "target"] | ^ F205 [直: year = 2024] | ^ F205 [直: kind = "text"]
            広報紙の購読者数 | 1,200人      | 1,000人           | 横ばい
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
