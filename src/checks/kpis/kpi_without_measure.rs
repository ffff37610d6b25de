//! K501: a KPI that names no measure.

use super::printed;
use crate::checks::prelude::*;
use crate::diag::CellRef;
use crate::model::Kpi;
use crate::schema::{Role, Table};

pub static RULE: Rule = Rule {
    code: "K501",
    name: "kpi-without-measure",
    severity: Severity::Error,
    title: "{kpi}の{kpis.measures}が空欄である",
    title_en: "KPI without a measure",
    what: "{kpi}の「{kpis.measures}」に、{measure}の名前が1つ以上書かれているかを見ます。",
    why: "別冊では、{kpi}の名称の下に【{kpis.measures}】を印刷します。どの{measure}の成果を測るのかが分からなくなります。",
    mend: "{measures-form}に記入した{measures.name}を、1行に1つずつ書いてください。",
    example: "空欄 →「庁内DX人材育成事業」",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    // A form may leave it open which measures a KPI is of, or not ask at all.
    let column = context.asked(Table::Kpis, Role::Measures).filter(|column| column.filled);
    let Some(label) = column.map(|column| &column.label) else { return };
    for kpi in printed(context) {
        if kpi.measures.iter().any(|link| !link.text.value.is_empty()) {
            continue;
        }
        let at = cell(context, kpi);
        let (name, word) = (&kpi.name.value, &context.words().kpi);
        let message =
            say!("{word}「{name}」の{label}が空欄である", "the KPI “{name}” names no measure");
        findings.push(RULE.finding(message).of(&kpi.submitted_by).at(&at).expected(label));
    }
}

/// The blank cell. It has no line to carry its place: its column is that of another KPI's
/// measures in the sheet; where there is none, the name's cell stands for it.
fn cell(context: &Context, kpi: &Kpi) -> Place {
    let name = &kpi.name.at;
    let links = context.annex.kpis.iter().flat_map(|k| &k.measures).map(|link| &link.text.at);
    let mut here = links.filter(|at| at.file == name.file && at.sheet == name.sheet);
    match (name.cell, here.find_map(|at| at.cell)) {
        (Some(row), Some(column)) => {
            Place { cell: Some(CellRef::new(row.row, column.column)), ..name.clone() }
        }
        _ => name.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn a_blank_cell_is_found_in_the_column_of_the_others() {
        finds(
            &RULE,
            r"
            主なKPI                | 対象施策
            広報紙の購読者数（人） | 広報紙の電子配信
            広報紙の配信数（回）   |
                                   | ^ K501
            ",
        );
    }

    #[test]
    fn where_no_kpi_names_a_measure_it_is_found_at_the_name() {
        finds(
            &RULE,
            r"
            主なKPI                | 対象施策
            広報紙の購読者数（人） |
            ^ K501
            ",
        );
    }

    #[test]
    fn a_form_may_leave_it_open_or_not_ask() {
        for papers in ["", r#"papers = []"#] {
            let text = format!(
                "
                主なKPI                | 対象施策
                広報紙の購読者数（人） |
                == edition.toml
                [[kpi-column]]
                key = \"measures\"
                required = false
                {papers}
                "
            );
            silent(&RULE, &text);
        }
    }

    #[test]
    fn a_measure_that_is_not_known_is_still_a_measure() {
        silent(
            &RULE,
            r"
            対象施策
            知られていない施策
            ",
        );
    }
}
