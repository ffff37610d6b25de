//! E611: a repost into one category twice.

use crate::checks::Context;
use crate::diag::{Finding, Rule, Severity};
use crate::model::Status;

pub static RULE: Rule = Rule {
    code: "E611",
    name: "repost-twice",
    severity: Severity::Warning,
    title: "再掲分野に同じ分野が2回書かれている",
    title_en: "reposted into one category twice",
    what: "1つの施策の「再掲分野」に、同じ分野が2回書かれていないかを見ます。",
    why: "ほかの分野を書くつもりだった誤りかもしれません。",
    mend: "一方を取り除くか、正しい分野に改めてください。",
    example: "「3(6)」「3(6)」の2行 →「3(6)」「3(7)」",
    source: "",
};

pub(in crate::checks) fn check(context: &Context, findings: &mut Vec<Finding>) {
    for measure in context.annex.measures.iter().filter(|m| m.status.value != Status::Abolished) {
        let mut seen = Vec::new();
        for repost in &measure.reposts {
            let Some(category) = repost.value else { continue };
            if seen.contains(&category) {
                let message =
                    say!("再掲分野に{category}が2回書かれている", "reposted into {category} twice");
                findings.push(
                    RULE.finding(message)
                        .of(&measure.submitted_by)
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
    use crate::checks::testing::{Case, finds, silent, write_category};

    fn two_reposts(case: &mut Case, second: &str) {
        let mut repost = case.measure(2).reposts[0].clone();
        write_category(&mut repost, second);
        case.measure(2).reposts.push(repost);
    }

    #[test]
    fn the_second_mention_is_found() {
        finds(&RULE, |case| two_reposts(case, "1(2)"), &["02_企画部.xlsx「様式１　個別施策」J9"]);
    }

    #[test]
    fn two_categories_are_right() {
        silent(&RULE, |case| two_reposts(case, "1(1)"));
    }
}
