//! K506: a KPI names a measure that is abolished.

use super::printed;
use crate::checks::prelude::*;
use crate::model::Status;
use crate::schema::{Role, Table};

pub static RULE: Rule = Rule {
    code: "K506",
    name: "kpi-measure-abolished",
    severity: Severity::Error,
    title: "{kpi}の{kpis.measures}が廃止されている",
    title_en: "KPI of an abolished measure",
    what: "{kpi}の「{kpis.measures}」に、{measures.status}を「廃止」とした{measure}が書かれていないかを見ます。",
    why: "別冊に載らない{measure}の{kpi}が残ります。",
    mend: "{kpi}も{measures.status}を「廃止」とするか、後を継ぐ{measure}の名前に書き直してください。",
    example: "廃止した「県民ポータルの運用」→ 後継の「県民アプリの運用」",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    let Some(label) = context.label(Table::Kpis, Role::Measures) else { return };
    for kpi in printed(context) {
        for link in &kpi.measures {
            let measure = link.measure.as_ref().and_then(|id| context.annex.measure(id));
            let Some(measure) = measure.filter(|m| m.status.value == Status::Abolished) else {
                continue;
            };
            let name = &measure.name.value;
            let message =
                say!("{label}「{name}」は廃止である", "the measure “{name}” is abolished");
            findings.push(
                RULE.finding(message)
                    .of(&kpi.submitted_by)
                    .at(&link.text.at)
                    .also_at([measure.name.at.clone()])
                    .found(&link.text.value),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn an_abolished_measure_is_found_with_its_row() {
        finds(
            &RULE,
            r"
            施策名           | 区分
            広報紙の電子配信 | 廃止
            +

            主なKPI                | 対象施策
            広報紙の購読者数（人） | 広報紙の電子配信
                                   | ^ K506
            ",
        );
    }

    #[test]
    fn a_kpi_that_is_abolished_with_its_measure_is_right() {
        silent(
            &RULE,
            r"
            施策名           | 区分
            広報紙の電子配信 | 廃止

            対象施策         | 区分
            広報紙の電子配信 | 廃止
            ",
        );
    }
}
