//! E609: a repost into the category that the measure belongs to.

use crate::checks::prelude::*;
use crate::schema::{Role, Table};

pub static RULE: Rule = Rule {
    code: "E609",
    name: "repost-into-own-category",
    severity: Severity::Error,
    title: "再掲分野が施策自身の分野である",
    title_en: "repost into its own category",
    what: "「再掲分野」に、その施策の「分野」と同じ分野が書かれていないかを見ます。",
    why: "同じ表に同じ施策が2度載ることになります。ほかの分野を書くつもりだった誤りかもしれません。",
    mend: "再掲したい分野を選び直すか、「再掲分野」から取り除いてください。",
    example: "分野「1(1) 子育て支援」・再掲分野「1(1) 子育て支援」→ 再掲分野を空欄にする",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    let Some(label) = context.label(Table::Measures, Role::Reposts) else { return };
    let word = context.edition.levels.place_word(Table::Measures);
    for measure in context.annex.measures.iter().filter(|m| m.is_printed()) {
        let Some(own) = measure.category.value else { continue };
        for repost in measure.reposts.iter().filter(|r| r.value == Some(own)) {
            let message = say!(
                "{label}が施策自身の{word}{own}である",
                "reposted into its own category {own}"
            );
            findings.push(
                RULE.finding(message)
                    .of(&measure.submitted_by)
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
