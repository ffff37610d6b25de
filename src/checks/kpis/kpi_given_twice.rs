//! K513: one KPI on two rows.

use std::collections::BTreeMap;

use super::printed;
use crate::checks::prelude::*;
use crate::model::Kpi;
use crate::text;

pub static RULE: Rule = Rule {
    code: "K513",
    name: "kpi-given-twice",
    severity: Severity::Error,
    title: "同じ{kpi}が2回記入されている",
    title_en: "KPI given twice",
    what: "名称と{kpis.measures}が同じ{kpi}が2つ以上ないかを、全ての様式を通して見ます。",
    why: "同じ指標が2度載り、値が食い違うこともあります。",
    mend: "どちらか1行を残して、もう1行の記入を全て消してください。別の指標であれば、名称で区別できるようにしてください。",
    example: "7行目と9行目の「電子申請の件数（件）」→ 1行にまとめる",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    let mut rows: Vec<&Kpi> = printed(context).filter(|k| !k.name.value.is_empty()).collect();
    rows.sort_by(|a, b| a.name.at.cmp(&b.name.at));
    let mut seen: BTreeMap<(String, Vec<String>), &Kpi> = BTreeMap::new();
    for kpi in rows {
        let mut measures: Vec<String> =
            kpi.measures.iter().map(|link| text::key(&link.text.value)).collect();
        measures.sort();
        let key = (text::key(&kpi.name.value), measures);
        match seen.get(&key) {
            Some(first) => {
                let (name, word) = (&kpi.name.value, &context.words().kpi);
                let message =
                    say!("{word}「{name}」が2回記入されている", "the KPI “{name}” is given twice");
                findings.push(
                    RULE.finding(message)
                        .of(&kpi.submitted_by)
                        .at(&kpi.name.at)
                        .also_at([first.name.at.clone()])
                        .found(name),
                );
            }
            None => drop(seen.insert(key, kpi)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn the_second_row_is_found() {
        finds(
            &RULE,
            r"
            主なKPI
            広報紙の購読者数（人）
            +
            広報紙の 購読者数（人）
            ^ K513
            ",
        );
    }

    #[test]
    fn one_name_for_two_measures_is_right() {
        silent(
            &RULE,
            r"
            主なKPI                | 対象施策
            広報紙の購読者数（人） | 広報紙の電子配信
            広報紙の購読者数（人） | 電子申請の受付
            ",
        );
    }
}
