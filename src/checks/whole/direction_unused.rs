//! S705: a direction for a KPI that does not exist.

use super::SETTINGS;
use crate::checks::prelude::*;
use crate::edition::Department;
use crate::model::{Outcome, Receipt};

pub static RULE: Rule = Rule {
    code: "S705",
    name: "direction-unused",
    severity: Severity::Warning,
    title: "向きを設定した{kpi}が見つからない",
    title_en: "direction of an unknown KPI",
    what: "edition.toml の [[kpi-direction]] のそれぞれに、当てはまる{kpi}があるかを、IDと名称で見ます。様式のそろっていない部局があるうちは見ません。",
    why: "名称を書き誤ると、減らす指標が増やす指標として点検されます。",
    mend: "{kpis.id}か、{kpis-form}と同じ名称に直してください。なくなった{kpi}の設定は取り除いてください。",
    example: "kpi = \"再発の件数\" → kpi = \"再発件数（過去3年間）\"",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    // What is still to come may have it.
    let is_read = |department: &Department| {
        Outcome::of(context.receipts, &department.name) == Some(Outcome::Read)
    };
    let is_unread = |receipt: &Receipt| receipt.outcome == Outcome::Unreadable;
    if !context.edition.departments.iter().all(is_read) || context.receipts.iter().any(is_unread) {
        return;
    }
    let kpis = &context.annex.kpis;
    for direction in &context.edition.directions {
        let stated = &direction.kpi;
        if kpis.iter().any(|k| direction.is_of(k.id.as_str(), &k.name.value)) {
            continue;
        }
        let near = nearest(stated, kpis.iter().map(|k| k.name.value.as_str()));
        let kpi = &context.words().kpi;
        let message =
            say!("向きを設定した{kpi}「{stated}」が見つからない", "there is no KPI “{stated}”");
        findings.push(
            RULE.finding(message)
                .at(&Place::line(SETTINGS, direction.line))
                .found(stated)
                .suggest(near),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn a_kpi_that_does_not_exist_is_named_at_its_line() {
        finds(
            &RULE,
            r#"
            主なKPI
            広報紙の購読者数（人）
            == 02_企画部.xlsx
            == edition.toml
            [[kpi-direction]]
            ^ S705 [期: 広報紙の購読者数（人）]
            kpi = "広報紙の読者数（人）"
            better = "higher"
            "#,
        );
    }

    #[test]
    fn nothing_is_missed_while_a_department_may_still_send_it() {
        silent(
            &RULE,
            r#"
            主なKPI
            広報紙の購読者数（人）
            == edition.toml
            [[kpi-direction]]
            kpi = "統計表の閲覧数（件）"
            better = "higher"
            "#,
        );
    }

    #[test]
    fn ids_and_names_in_any_width_are_known() {
        silent(
            &RULE,
            r#"
            KPI ID | 主なKPI
            R7-K01 | 広報紙の購読者数（人）
            R7-K02 | 電子申請の件数（件）
            == 02_企画部.xlsx
            == edition.toml
            [[kpi-direction]]
            kpi = "R7-K01"
            better = "higher"
            [[kpi-direction]]
            kpi = "電子申請の件数(件)"
            better = "higher"
            "#,
        );
    }
}
