//! S706: a page break before a row that is not printed where it says.

use super::SETTINGS;
use crate::checks::prelude::*;

pub static RULE: Rule = Rule {
    code: "S706",
    name: "page-break-unused",
    severity: Severity::Warning,
    title: "改ページの指定に当たる行がない",
    title_en: "page break before a row that is not printed",
    what: "edition.toml の [[page-break]] の before のIDを持つ{measure}・{kpi}が、category の{place}に載るかを見ます。",
    why: "当たる行のない指定では改ページされず、仕上がりのページが思ったものと違ってしまいます。",
    mend: "before のIDと category の{place}を、別冊に載る行に合わせてください。要らなくなった指定は取り除いてください。",
    example: "before = \"R7-999\" → before = \"R7-012\"",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    let word = context.edition.levels.all_place_words();
    for page_break in &context.edition.page_breaks {
        let id = page_break.before.as_str();
        let is_printed = context.annex.headings().any(|heading| {
            let here = heading.id.to_string();
            page_break.category.as_ref().is_none_or(|wanted| *wanted == here)
                && (heading.listings.iter().any(|listing| listing.measure.as_str() == id)
                    || heading.kpis.iter().any(|kpi| kpi.as_str() == id))
        });
        if !is_printed {
            let place = match &page_break.category {
                Some(category) => format!("（{word} {category}）"),
                None => String::new(),
            };
            let message = say!(
                "改ページの指定「{id}」{place}に当たる行がない",
                "no row “{id}”{place} for a page break"
            );
            findings.push(RULE.finding(message).at(&Place::line(SETTINGS, page_break.line)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn a_break_before_no_row_is_found() {
        finds(
            &RULE,
            r#"
            施策ID
            R7-001
            == edition.toml
            [[page-break]]
            ^ S706
            before = "R7-999"
            [[page-break]]
            ^ S706
            before = "r7-001"
            [[page-break]]
            ^ S706
            before = "R7-001"
            category = "1(2)"
            "#,
        );
    }

    #[test]
    fn a_break_before_a_row_of_the_annex_is_right() {
        silent(
            &RULE,
            r#"
            施策ID | 分野
            R7-001 | 1(1)

            KPI ID | 分野
            R7-K01 | 1(1)
            == edition.toml
            [[page-break]]
            before = "R7-001"
            category = "1(1)"
            [[page-break]]
            before = "R7-K01"
            "#,
        );
    }
}
