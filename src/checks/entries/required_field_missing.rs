//! E601: a required field of a measure or a KPI is blank.

use crate::checks::Context;
use crate::diag::{Finding, Place, Rule, Severity};
use crate::model::{Kpi, Measure, Status};
use crate::schema::{Table, keys};

pub static RULE: Rule = Rule {
    code: "E601",
    name: "required-field-missing",
    severity: Severity::Error,
    title: "必ず記入する欄が空欄である",
    title_en: "required field blank",
    what: "施策の分野・施策名・概要・目的・担当部局・担当課室と、KPIの分野・名称が記入されているかを見ます。廃止とした行は見ません。",
    why: "空欄のまま印刷すると、別冊の表に空白のマスができます。",
    mend: "空欄のセルに記入してください。前の版から続くものを取りやめるときは、区分を「廃止」にしてください。書きかけの新しい行が要らないときは、行を削除してください。",
    example: "目的が空欄の行 →「業務の効率化を図る。」",
    source: "",
};

pub(in crate::checks) fn check(context: &Context, findings: &mut Vec<Finding>) {
    for measure in context.annex.measures.iter().filter(|m| m.status.value != Status::Abolished) {
        for (field, at) in blanks_of_measure(measure) {
            findings.push(finding(context, Table::Measures, field, &measure.submitted_by, at));
        }
    }
    for kpi in context.annex.kpis.iter().filter(|k| k.status.value != Status::Abolished) {
        for (field, at) in blanks_of_kpi(kpi) {
            findings.push(finding(context, Table::Kpis, field, &kpi.submitted_by, at));
        }
    }
}

fn blanks_of_measure(measure: &Measure) -> Vec<(&'static str, &Place)> {
    let mut blanks = Vec::new();
    if measure.category.value.is_none() && measure.category.raw.is_none() {
        blanks.push((keys::CATEGORY, &measure.category.at));
    }
    for (field, text) in [
        (keys::NAME, &measure.name),
        (keys::OVERVIEW, measure.value(keys::OVERVIEW)),
        (keys::PURPOSE, measure.value(keys::PURPOSE)),
        (keys::DEPARTMENT, &measure.department),
        (keys::SECTION, &measure.section),
    ] {
        if text.value.is_empty() {
            blanks.push((field, &text.at));
        }
    }
    blanks
}

fn blanks_of_kpi(kpi: &Kpi) -> Vec<(&'static str, &Place)> {
    let mut blanks = Vec::new();
    if kpi.category.value.is_none() && kpi.category.raw.is_none() {
        blanks.push((keys::CATEGORY, &kpi.category.at));
    }
    if kpi.name.value.is_empty() {
        blanks.push((keys::NAME, &kpi.name.at));
    }
    blanks
}

fn finding(context: &Context, table: Table, key: &str, department: &str, at: &Place) -> Finding {
    let label = context.edition.schema.label(table, key);
    let message = say!("「{label}」が空欄である", "“{label}” is blank");
    RULE.finding(message).of(department).at(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn every_blank_of_a_row_is_named_by_its_cell() {
        finds(
            &RULE,
            r"
            施策名           | 目的           | 担当課室
            広報紙の電子配信 |                | 広報課
                             | ^ E601 [文: 目的]
            電子申請の受付   | 手間を減らす。 | \u{3000}
                             |                | ^ E601 [文: 担当課室]

            分野 | 主なKPI
                 | 広報紙の購読者数（人）
            ^ E601
            ",
        );
    }

    #[test]
    fn an_abolished_measure_may_have_blanks() {
        silent(
            &RULE,
            r"
            目的 | 区分
                 | 廃止
            ",
        );
    }
}
