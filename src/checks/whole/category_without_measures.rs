//! S703: a category in which nothing is listed.

use super::SETTINGS;
use crate::checks::prelude::*;
use crate::model::Outcome;
use crate::schema::Table;

pub static RULE: Rule = Rule {
    code: "S703",
    name: "category-without-measures",
    severity: Severity::Warning,
    title: "{measure}のない{place}がある",
    title_en: "category without measures",
    what: "設定にある{place}のそれぞれに、{reposted}を含めて1つ以上の{measure}が載るかを見ます。読めていない部局があるうちは見ません。",
    why: "見出しだけで表のない{place}が印刷されます。",
    mend: "{place}の指定が誤っていないか確かめ、使わなくなった{place}は edition.toml から取り除いてください。",
    example: "{measure}のない「2(8) その他」→ 設定から取り除く",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    let all_read = context
        .edition
        .departments
        .iter()
        .all(|d| Outcome::of(context.receipts, &d.name) == Some(Outcome::Read));
    if !all_read {
        return;
    }
    let levels = &context.edition.levels;
    // A level that holds measures and has another below it may do without.
    let lowest = levels.lowest(Table::Measures);
    for place in context.edition.places() {
        let heading = context.annex.heading(place.id);
        let is_empty = heading.is_none_or(|heading| heading.listings.is_empty());
        let is_leaf = place.heading.headings.is_empty();
        if !is_empty || !is_leaf || place.id.depth() != lowest {
            continue;
        }
        let (word, label) = (levels.word(place.id.depth()), place.label());
        let measure = &context.words().measure;
        let message =
            say!("{word}「{label}」に載る{measure}がない", "nothing is listed in “{label}”");
        findings.push(RULE.finding(message).at(&Place::line(SETTINGS, place.heading.line)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn a_category_of_the_settings_without_a_listing_is_found() {
        finds(
            &RULE,
            r#"
            == 01_総務部.xlsx
            分野
            1(1)
            == 02_企画部.xlsx
            分野
            1(1)
            == edition.toml
            [[pillar]]
            number = 1
            title = "暮らしのDX"
            [[pillar.category]]
            number = 1
            title = "子育て支援"
            [[pillar.category]]
            ^ S703 [文: 1(2) 教育の充実]
            number = 2
            title = "教育の充実"
            "#,
        );
    }

    #[test]
    fn a_repost_is_enough() {
        silent(
            &RULE,
            r"
            == 01_総務部.xlsx
            分野 | 再掲分野
            1(1) | 1(2)
            == 02_企画部.xlsx
            分野
            1(1)
            ",
        );
    }

    #[test]
    fn a_missing_department_explains_the_rest() {
        silent(
            &RULE,
            r"
            == 01_総務部.xlsx
            分野
            1(1)
            ",
        );
    }
}
