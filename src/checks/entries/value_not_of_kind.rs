//! E640: a number, year, period or date that is none.

use super::printed;
use crate::checks::prelude::*;
use crate::model::Entry;
use crate::schema::{Column, Table};

pub static RULE: Rule = Rule {
    code: "E640",
    name: "value-not-of-kind",
    severity: Severity::Warning,
    title: "数・年度・期間・日付として読めない",
    title_en: "no number, year, period or date",
    what: "設定で数（number、amount）、年度（year）、期間（period）、日付（date）とした欄の値が、そのとおりに読めるかを見ます。「－」「未定」「調査中」のように値がないことを示すものは見ません。「約1,200」のような正確でない数は、読めないものとします。数の単位が、欄の単位と違わないかも見ます。",
    why: "読めない値は書かれたとおりに印刷しますが、合計、Excelの集計、データの数値には入りません。",
    mend: "1つの欄に1つの値を書いてください。説明は{measures.note}に書くか、数の後に（　）で添えてください。",
    example: "「1,200→1,500」→「1,500」、「来年度から」→「R8-R9」",
    source: "行政データにおける機械可読性に関するルール（令和8年3月31日）",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (table, entry) in printed(context.annex) {
        unread(context, table, entry, findings);
    }
}

fn unread(context: &Context, table: Table, entry: &Entry, findings: &mut Vec<Finding>) {
    let holds_more = |column: &&Column| !column.kind.noun().is_empty();
    for column in context.edition.schema.values(table).filter(holds_more) {
        let (text, label) = (entry.value(&column.key), &column.label);
        let (message, expected) = match (entry.typed.get(&column.key), column.unit.as_deref()) {
            (None, _) if text.value.is_empty() => continue,
            (None, unit) => {
                let noun = column.kind.noun();
                let message = say!(
                    "「{label}」が{noun}として読めない",
                    "“{label}” cannot be read as what it should hold"
                );
                (message, format!("{}{}", column.kind.example(), unit.unwrap_or_default()))
            }
            (Some(_), Some(unit)) => match entry.number(&column.key) {
                Some((_, other)) if other != unit => {
                    let message = say!(
                        "「{label}」の単位が違う",
                        "“{label}” has another unit than its column"
                    );
                    (message, unit.to_owned())
                }
                _ => continue,
            },
            (Some(_), None) => continue,
        };
        let finding = RULE.finding(message).of(&entry.submitted_by).at(&text.at);
        findings.push(finding.found(&text.value).expected(expected));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn what_a_column_does_not_hold_is_named_by_its_cell() {
        finds(
            &RULE,
            r#"
            == edition.toml
            [[measure-column]]
            key = "budget"
            label = "予算額"
            kind = "amount"
            unit = "千円"
            [[measure-column]]
            key = "period"
            label = "実施期間"
            kind = "period"
            [[kpi-column]]
            key = "since"
            label = "測定の開始"
            kind = "year"
            == 01_総務部.xlsx
            施策名           | 予算額             | 実施期間
            広報紙の電子配信 | 1,200→1,500        | 来年度から
                             | ^ E640 [見: 1,200→1,500] [期: 1,234千円] [文: 数] | ^ E640 [期: R7-R9] [文: 期間]
            電子申請の受付   | 50人
                             | ^ E640 [期: 千円] [文: 単位]
            窓口予約の導入   | 約1,200
                             | ^ E640 [文: 数として読めない]

            主なKPI                | 対象施策         | 測定の開始
            広報紙の購読者数（人） | 広報紙の電子配信 | 昨年
                                   |                  | ^ E640 [文: 年度]
            "#,
        );
    }

    #[test]
    fn what_is_read_or_says_that_there_is_nothing_is_right() {
        silent(
            &RULE,
            r#"
            == edition.toml
            [[measure-column]]
            key = "budget"
            label = "予算額"
            kind = "amount"
            unit = "千円"
            [[measure-column]]
            key = "start"
            label = "開始日"
            kind = "date"
            == 01_総務部.xlsx
            施策名           | 予算額                 | 開始日
            広報紙の電子配信 | 1,200                  | R7.4.1
            電子申請の受付   | 1,200千円（うち国費）  | 未定
            窓口予約の導入   |                        | －
            "#,
        );
    }
}
