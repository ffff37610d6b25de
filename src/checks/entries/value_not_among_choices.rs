//! E641: a value that is none of those to choose from.

use super::printed;
use crate::checks::prelude::*;
use crate::model::Entry;
use crate::schema::{Column, Kind, Table};
use crate::text::{is_nothing, key};

pub static RULE: Rule = Rule {
    code: "E641",
    name: "value-not-among-choices",
    severity: Severity::Warning,
    title: "選択肢にない値である",
    title_en: "value is not among the choices",
    what: "設定で選択肢（choices）を決めた欄の値が、その選択肢のどれかであるかを見ます。幾つも書く欄（list）では、行又は「、」で区切って1つずつ見ます。",
    why: "選択肢にない値は書かれたとおりに印刷しますが、ほかの行と比べたり、数えたりできません。",
    mend: "一覧から選び直してください。新しい選択肢であれば、事務局が edition.toml の choices に加えてください。",
    example: "「おおむね順調」→「概ね順調」",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (table, entry) in printed(context.annex) {
        unknown(context, table, entry, findings);
    }
}

fn unknown(context: &Context, table: Table, entry: &Entry, findings: &mut Vec<Finding>) {
    let offers = |column: &&Column| !column.choices.is_empty();
    for column in context.edition.schema.values(table).filter(offers) {
        let text = entry.value(&column.key);
        let items: Vec<&str> = match column.kind {
            Kind::List => column.items(&text.value),
            _ => vec![text.value.as_str()],
        };
        for item in items.into_iter().map(str::trim).filter(|item| !is_nothing(item)) {
            if column.choices.iter().any(|choice| key(choice) == key(item)) {
                continue;
            }
            let label = &column.label;
            let message = say!(
                "「{label}」の「{item}」が選択肢にない",
                "“{item}” is not among the choices of “{label}”"
            );
            let near = nearest(item, column.choices.iter().map(String::as_str));
            let expected = near.map_or_else(|| column.choices.join("、"), str::to_owned);
            let finding = RULE.finding(message).of(&entry.submitted_by).at(&text.at);
            findings.push(finding.found(item).expected(expected));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn what_cannot_be_chosen_is_named_by_its_cell() {
        finds(
            &RULE,
            r#"
            == edition.toml
            [[measure-column]]
            key = "grade"
            label = "評価"
            kind = "choice"
            choices = ["順調", "概ね順調", "遅れ"]
            [[kpi-column]]
            key = "sdgs"
            label = "SDGs"
            kind = "list"
            choices = ["9 産業", "11 まち"]
            == 01_総務部.xlsx
            施策名           | 評価
            広報紙の電子配信 | 概ね順調だ
                             | ^ E641 [見: 概ね順調だ] [期: 概ね順調]
            電子申請の受付   | 中止
                             | ^ E641 [期: 順調、概ね順調、遅れ]

            主なKPI                | 対象施策         | SDGs
            広報紙の購読者数（人） | 広報紙の電子配信 | 9 産業\n12 消費
                                   |                  | ^ E641 [見: 12 消費]
            広報紙の配信数（件）   | 広報紙の電子配信 | 9 産業、11 まち、12 消費
                                   |                  | ^ E641 [見: 12 消費]
            "#,
        );
    }

    #[test]
    fn a_choice_in_whatever_width_and_a_blank_are_right() {
        silent(
            &RULE,
            r#"
            == edition.toml
            [[measure-column]]
            key = "grade"
            label = "評価"
            kind = "choice"
            choices = ["◎（予定以上）", "○（予定どおり）"]
            == 01_総務部.xlsx
            施策名           | 評価
            広報紙の電子配信 | ◎(予定以上)
            電子申請の受付   | －
            窓口予約の導入   |
            "#,
        );
    }
}
