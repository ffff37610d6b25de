//! E611: a repost into one category twice.

use super::printed;
use crate::checks::prelude::*;
use crate::schema::Role;

pub static RULE: Rule = Rule {
    code: "E611",
    name: "repost-twice",
    severity: Severity::Warning,
    title: "{measures.reposts}に同じ{place}が2回書かれている",
    title_en: "reposted into one category twice",
    what: "1つの{measure}の「{measures.reposts}」に、同じ{place}が2回書かれていないかを見ます。",
    why: "ほかの{place}を書くつもりだった誤りかもしれません。",
    mend: "一方を取り除くか、正しい{place}に改めてください。",
    example: "「3(6)」「3(6)」の2行 →「3(6)」「3(7)」",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (table, entry) in printed(context.annex) {
        let Some(label) = context.label(table, Role::Reposts) else { continue };
        let mut seen = Vec::new();
        for repost in &entry.reposts {
            let Some(category) = repost.value else { continue };
            if seen.contains(&category) {
                let message =
                    say!("{label}に{category}が2回書かれている", "reposted into {category} twice");
                findings.push(
                    RULE.finding(message)
                        .of(&entry.submitted_by)
                        .at(&repost.at)
                        .found(category.to_string()),
                );
            }
            seen.push(category);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn the_second_mention_is_found() {
        finds(
            &RULE,
            r"
            分野 | 再掲分野
            1(1) | 1(2)\n1(2)
                 | ^ E611
            ",
        );
    }

    #[test]
    fn two_categories_are_right() {
        silent(
            &RULE,
            r"
            分野 | 再掲分野
            1(3) | 1(1)\n1(2)
            ",
        );
    }
}
