//! E609: a repost into the category that the measure belongs to.

use super::printed;
use crate::checks::prelude::*;
use crate::schema::{Role, Table};

pub static RULE: Rule = Rule {
    code: "E609",
    name: "repost-into-own-category",
    severity: Severity::Error,
    title: "{measures.reposts}が{measure}自身の{place}である",
    title_en: "repost into its own category",
    what: "「{measures.reposts}」に、その{measure}の「{place}」と同じ{place}が書かれていないかを見ます。",
    why: "同じ表に同じ{measure}が2度載ることになります。ほかの{place}を書くつもりだった誤りかもしれません。",
    mend: "{reposted}したい{place}を選び直すか、「{measures.reposts}」から取り除いてください。",
    example: "{place}「1(1) 子育て支援」・{measures.reposts}「1(1) 子育て支援」→ {measures.reposts}を空欄にする",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (table, entry) in printed(context.annex) {
        let Some(label) = context.label(table, Role::Reposts) else { continue };
        let word = context.edition.levels.place_word(table);
        let itself = match table {
            Table::Measures => &context.words().measure,
            Table::Kpis => &context.words().kpi,
        };
        let Some(own) = entry.category.value else { continue };
        for repost in entry.reposts.iter().filter(|r| r.value == Some(own)) {
            let message = say!(
                "{label}が{itself}自身の{word}{own}である",
                "reposted into its own category {own}"
            );
            findings.push(
                RULE.finding(message)
                    .of(&entry.submitted_by)
                    .at(&repost.at)
                    .found(repost.raw.clone().unwrap_or_else(|| own.to_string())),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn a_repost_into_the_own_category_is_found_in_its_cell() {
        finds(
            &RULE,
            r"
            分野 | 再掲分野
            1(1) | 1(1)
                 | ^ E609
            ",
        );
    }

    #[test]
    fn a_repost_elsewhere_is_right() {
        silent(
            &RULE,
            r"
            分野 | 再掲分野
            1(1) | 1(2)
            ",
        );
    }
}
