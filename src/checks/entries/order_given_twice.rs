//! E619: two rows of a category ask for the same place.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry as Seen;

use super::printed;
use crate::checks::prelude::*;
use crate::model::{HeadingId, Sourced};
use crate::schema::Table;

pub static RULE: Rule = Rule {
    code: "E619",
    name: "order-given-twice",
    severity: Severity::Warning,
    title: "{measures.order}が重なっている",
    title_en: "same order given twice",
    what: "同じ{place}の{measure}どうし、{kpi}どうしで、「{measures.order}」に同じ数が書かれていないかを、全ての様式を通して見ます。",
    why: "同じ{measures.order}の行は、部局と行の順に並べます。意図した順にならないことがあります。",
    mend: "{measures.order}を1、2、3のように重ならない数にしてください。",
    example: "2つの{kpi}がどちらも「1」→「1」と「2」",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    let mut seen: BTreeMap<(Table, HeadingId, u64), &Place> = BTreeMap::new();
    for (table, entry) in printed(context.annex) {
        let (Some(category), Some(order)) = (entry.category.value, &entry.order) else { continue };
        match seen.entry((table, category, order.value.to_bits())) {
            Seen::Occupied(first) => {
                let word = context.edition.levels.word(category.depth());
                let finding = finding(context, word, category, order, first.get());
                findings.push(finding.of(&entry.submitted_by));
            }
            Seen::Vacant(place) => drop(place.insert(&order.at)),
        }
    }
}

fn finding(
    context: &Context,
    word: &str,
    heading: HeadingId,
    order: &Sourced<f64>,
    first: &Place,
) -> Finding {
    let (number, label) = (order.value, context.fill("{measures.order}"));
    let message = say!(
        "{word}{heading}で{label}{number}が重なっている",
        "order {number} is given twice in {heading}"
    );
    RULE.finding(message).at(&order.at).also_at([first.clone()]).found(number.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn the_second_row_is_found_over_the_departments() {
        finds(
            &RULE,
            r"
            == 01_総務部.xlsx
            掲載順 | 施策名
            1      | 広報紙の電子配信
            +
            == 02_企画部.xlsx
            掲載順 | 施策名
            1      | 統計地図の公開
            ^ E619
            ",
        );
    }

    #[test]
    fn other_categories_and_the_other_table_count_for_themselves() {
        silent(
            &RULE,
            r"
            掲載順 | 分野 | 施策名
            1      | 1(1) | 広報紙の電子配信
            1      | 1(2) | 電子申請の受付

            掲載順 | 分野 | 主なKPI
            1      | 1(1) | 広報紙の購読者数（人）
            ",
        );
    }
}
