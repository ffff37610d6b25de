//! K502: a KPI names a measure that no form has.

use super::printed;
use crate::checks::prelude::*;
use crate::schema::{Role, Table};

pub static RULE: Rule = Rule {
    code: "K502",
    name: "kpi-measure-unknown",
    severity: Severity::Error,
    title: "{kpi}の{kpis.measures}が見つからない",
    title_en: "KPI of an unknown measure",
    what: "{kpi}の「{kpis.measures}」の各行が、いずれかの{measures-form}の{measures.name}か{measures.id}と一致するかを見ます。全角・半角と空白の違いは問いません。",
    why: "別冊では【{kpis.measures}】の名を手掛かりに{measure}を探します。名前が違うと、存在しない{measure}の{kpi}として公表されます。",
    mend: "{measures-form}の{measures.name}と同じ名前に書き直してください。{measures.name}のほうを改めたときは、{kpi}の側も改めてください。",
    example: "「県民アンケート導入事業」→「県民アンケート推進事業」",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    let names: Vec<&str> = context
        .annex
        .measures
        .iter()
        .filter(|m| m.is_printed())
        .map(|m| m.name.value.as_str())
        .collect();
    let Some(label) = context.label(Table::Kpis, Role::Measures) else { return };
    for kpi in printed(context) {
        for link in kpi.measures.iter().filter(|l| l.measure.is_none()) {
            let written = &link.text.value;
            if written.is_empty() {
                continue;
            }
            let near = nearest(written, names.iter().copied());
            let form = context.words().form(Table::Measures);
            let message = say!(
                "{label}「{written}」が{form}のどこにもない",
                "no form has a measure “{written}”"
            );
            findings.push(
                RULE.finding(message)
                    .of(&kpi.submitted_by)
                    .at(&link.text.at)
                    .found(written)
                    .suggest(near),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn an_unknown_measure_is_found_with_the_nearest_name() {
        finds(
            &RULE,
            r"
            施策名
            広報紙の電子配信

            主なKPI                | 対象施策
            広報紙の購読者数（人） | 広報紙の電子配信事業
                                   | ^ K502 [期: 広報紙の電子配信]
            ",
        );
    }

    #[test]
    fn a_measure_of_another_department_is_known() {
        silent(
            &RULE,
            r"
            == 01_総務部.xlsx
            対象施策
            統計地図の公開
            == 02_企画部.xlsx
            施策名
            統計地図の公開
            ",
        );
    }
}
