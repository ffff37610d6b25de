//! E610: a repost into a category that the settings do not have.

use super::category_unknown::Headings;
use super::entries;
use crate::checks::prelude::*;

pub static RULE: Rule = Rule {
    code: "E610",
    name: "repost-category-unknown",
    severity: Severity::Error,
    title: "{measures.reposts}が一覧にない",
    title_en: "repost into an unknown category",
    what: "「{measures.reposts}」の各行が、版の設定にある{place}のどれかと一致するかを見ます。",
    why: "{place}が分からない{reposted}は、どの表にも載りません。",
    mend: "{place}を「3(6) 働き方改革・業務効率化」のように1行に1つずつ書いてください。",
    example: "「3(6)、3(7)」→「3(6) 働き方改革・業務効率化」と「3(7) 情報システム最適化・データ利活用」の2行",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    let headings = Headings::new(context.edition);
    let mut told = Told::new(&RULE);
    for (table, entry) in entries(context.annex) {
        let department = &entry.submitted_by;
        for repost in entry.reposts.iter().filter(|repost| repost.value.is_none()) {
            told.add(findings, &repost.at, department, || {
                headings.finding(&RULE, table, repost, department)
            });
        }
    }
    told.finish(findings);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn an_unknown_category_is_found_in_its_cell() {
        finds(
            &RULE,
            r"
            施策名         | 再掲分野
            統計地図の公開 | 教育
                           | ^ E610 [見: 教育]
            ",
        );
    }

    #[test]
    fn an_unknown_category_of_the_measure_is_another_matter() {
        silent(
            &RULE,
            r"
            施策名         | 分野
            統計地図の公開 | 教育
            ",
        );
    }
}
