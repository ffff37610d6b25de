//! E602: a category that the settings do not have.

use super::entries;
use crate::checks::prelude::*;
use crate::edition::Edition;
use crate::model::{CategoryId, Sourced};

pub static RULE: Rule = Rule {
    code: "E602",
    name: "category-unknown",
    severity: Severity::Error,
    title: "分野が一覧にない",
    title_en: "unknown category",
    what: "施策とKPIの「分野」が、版の設定にある分野のどれかと一致するかを見ます。全角・半角と空白の違いは問いません。",
    why: "分野が分からない施策は、どの表にも載りません。",
    mend: "一覧から分野を選び直してください。",
    example: "「1(9) 子育て」→「1(1) 子育て支援」",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    let labels = labels(context.edition);
    for (_, entry) in entries(context.annex) {
        findings.extend(finding(&RULE, &entry.category, &entry.submitted_by, &labels));
    }
}

/// The labels of every category of the edition, as the form has them.
pub(super) fn labels(edition: &Edition) -> Vec<String> {
    edition.categories().map(|(p, c)| Edition::category_label(p, c)).collect()
}

/// What there is to say of a category that was written and is not known.
pub(super) fn finding(
    rule: &'static Rule,
    category: &Sourced<Option<CategoryId>>,
    department: &str,
    labels: &[String],
) -> Option<Finding> {
    let written = match (category.value, &category.raw) {
        (None, Some(written)) => written,
        _ => return None,
    };
    let near = nearest(written, labels.iter().map(String::as_str));
    let message =
        say!("分野「{written}」は分野の一覧にない", "no category “{written}” in the settings");
    Some(rule.finding(message).of(department).at(&category.at).found(written).suggest(near))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn an_unknown_category_is_found_in_both_forms() {
        finds(
            &RULE,
            r"
            施策名         | 分野
            統計地図の公開 | 子育ての支援
                           | ^ E602

            主なKPI            | 分野
            地図の閲覧数（回） | 9-9
                               | ^ E602
            ",
        );
    }

    #[test]
    fn the_nearest_category_is_named() {
        finds(
            &RULE,
            r"
            分野
            1(1)子育ての支援
            ^ E602 [期: 1(1) 子育て支援]
            ",
        );
    }

    #[test]
    fn a_blank_category_is_the_affair_of_another_rule() {
        silent(
            &RULE,
            r"
            施策名         | 分野
            統計地図の公開 |
            ",
        );
    }
}
