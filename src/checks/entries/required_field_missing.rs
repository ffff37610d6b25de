//! E601: a required field of a measure or a KPI is blank.

use crate::checks::prelude::*;
use crate::model::{Content, Row};
use crate::schema::Table;

pub static RULE: Rule = Rule {
    code: "E601",
    name: "required-field-missing",
    severity: Severity::Error,
    title: "必ず記入する欄が空欄である",
    title_en: "required field blank",
    what: "{measure}の{place}・{measures.name}・{measures.overview.short}・{measures.purpose.short}・{measures.department}・{measures.section}と、{kpi}の{place}・名称が記入されているかを見ます。設定で required = true とした欄も見ます。廃止とした行は見ません。",
    why: "空欄のまま印刷すると、別冊の表に空白のマスができます。",
    mend: "空欄のセルに記入してください。前の版から続くものを取りやめるときは、{measures.status}を「廃止」にしてください。書きかけの新しい行が要らないときは、その行の記入を全て消してください。",
    example: "目的が空欄の行 →「業務の効率化を図る。」",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    for measure in context.annex.measures.iter().filter(|measure| measure.is_printed()) {
        blanks(context, Table::Measures, measure, findings);
    }
    for kpi in context.annex.kpis.iter().filter(|kpi| kpi.is_printed()) {
        blanks(context, Table::Kpis, kpi, findings);
    }
}

fn blanks(context: &Context, table: Table, row: &impl Row, findings: &mut Vec<Finding>) {
    for column in context.edition.schema.columns(table).iter().filter(|column| column.filled) {
        if let Some(at) = blank(row.content(column)) {
            let label = &column.label;
            let message = say!("「{label}」が空欄である", "“{label}” is blank");
            findings.push(RULE.finding(message).of(&row.entry().submitted_by).at(at));
        }
    }
}

/// The cell, if nothing stands in it.
fn blank(content: Content<'_>) -> Option<&Place> {
    match content {
        Content::Text(text) => text.value.is_empty().then_some(&text.at),
        // What is written and not known is the affair of E602.
        Content::Place(place) => {
            (place.value.is_none() && place.raw.is_none()).then_some(&place.at)
        }
        // The lowest column that says something is the place.
        Content::Above(place, level) => {
            let is_blank = match place.value {
                Some(id) => id.at_level(level).is_none(),
                None => place.raw.is_none(),
            };
            is_blank.then_some(&place.at)
        }
        // A KPI's measures and figures have rules of their own: K501, K503 and K504.
        Content::Links(_) | Content::Figure(_) => None,
        // A blank is read as 継続, as no order, no note, no repost.
        Content::Absent
        | Content::Id(..)
        | Content::Status(_)
        | Content::Places(_)
        | Content::Order(_)
        | Content::Note(_) => None,
    }
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
