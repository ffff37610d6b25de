//! E602: a category that the settings do not have.

use super::entries;
use crate::checks::prelude::*;
use crate::edition::{Edition, Found, Places};
use crate::model::{HeadingId, Sourced};
use crate::schema::Table;
use crate::text::quantity::is_dash;

pub static RULE: Rule = Rule {
    code: "E602",
    name: "category-unknown",
    severity: Severity::Error,
    title: "{place}が一覧にない",
    title_en: "unknown category",
    what: "{measure}と{kpi}の「{place}」が、版の設定にある{place}のどれかと一致するかを見ます。番号だけ、題名だけ、「２－（３）」「Ⅱ－３」のような書き方も、1つに決まればその見出しとして読みます。番号と題名が別の見出しのものであれば、どちらか決められません。",
    why: "{place}が分からない{measure}は、どの表にも載りません。",
    mend: "一覧から{place}を選び直してください。",
    example: "「1(9) 子育て」→「1(1) 子育て支援」",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    let headings = Headings::new(context.edition);
    for (table, entry) in entries(context.annex) {
        findings.extend(headings.finding(&RULE, table, &entry.category, &entry.submitted_by));
    }
}

/// The headings of the edition, and what they are called.
pub(super) struct Headings<'a> {
    edition: &'a Edition,
    places: Places,
}

impl<'a> Headings<'a> {
    pub(super) fn new(edition: &'a Edition) -> Self {
        Self { edition, places: Places::new(edition) }
    }

    /// What there is to say of a heading that was written and is none under which the entry may
    /// stand.
    pub(super) fn finding(
        &self,
        rule: &'static Rule,
        table: Table,
        heading: &Sourced<Option<HeadingId>>,
        department: &str,
    ) -> Option<Finding> {
        let written = match (heading.value, &heading.raw) {
            (None, Some(written)) => written,
            _ => return None,
        };
        let labels = self.places.labels(table);
        let near = || nearest_heading(written, labels.iter().map(String::as_str));
        let levels = &self.edition.levels;
        let word = levels.place_word(table);
        let (message, expected) = match self.places.find(table, written) {
            Found::NotHere(id) => {
                let here = self.edition.schema.words.entry(table);
                let en = match table {
                    Table::Measures => "measures",
                    Table::Kpis => "KPIs",
                };
                let above = levels.word(id.depth());
                let words: Vec<&str> =
                    levels.depths(table).map(|depth| levels.word(depth)).collect();
                let message = say!(
                    "{above}「{written}」には{here}を載せられない",
                    "no {en} may stand under “{written}”"
                );
                (message, Some(format!("{}の見出し", words.join("又は"))))
            }
            Found::Several(ids) => {
                let could = ids.iter().filter_map(|id| self.places.label(*id));
                let could = could.collect::<Vec<_>>().join("、");
                let message = say!(
                    "{word}「{written}」はどの見出しか決まらない",
                    "“{written}” could be several headings"
                );
                (message, Some(format!("{could} のどれか")))
            }
            Found::Contradicting(ids) => {
                let meant = ids.iter().filter_map(|id| self.places.label(*id));
                let meant = meant.map(|label| format!("「{label}」")).collect::<Vec<_>>();
                let message = say!(
                    "{word}「{written}」は、別々の見出しの番号や題名を書いていて、どちらか決まらない",
                    "“{written}” names different headings by its number and its title"
                );
                (message, Some(format!("{} のどちらか", meant.join("、"))))
            }
            Found::One(_) | Found::Nothing => {
                let message = say!(
                    "{word}「{written}」は{word}の一覧にない",
                    "no heading “{written}” in the settings"
                );
                (message, near().map(str::to_owned))
            }
        };
        let finding = rule.finding(message).of(department).at(&heading.at).found(written);
        Some(match expected {
            Some(expected) => finding.suggest(Some(&expected)),
            None => finding,
        })
    }
}

/// The heading that is most like what was written by its title; a number alone says nothing, for
/// every number is like every other.
fn nearest_heading<'l>(
    written: &str,
    labels: impl Iterator<Item = &'l str> + Clone,
) -> Option<&'l str> {
    let wanted = title(written);
    let near = nearest(wanted, labels.clone().map(title))?;
    labels.into_iter().find(|label| title(label) == near)
}

/// A heading without the number before it.
fn title(heading: &str) -> &str {
    let is_number = |c: char| {
        c.is_numeric() || c.is_whitespace() || is_dash(c) || "().（）．・、,柱章節第".contains(c)
    };
    heading.trim_start_matches(is_number)
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
            統計地図の公開 | 少子化への備え
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
            1(9) 子育て
            ^ E602 [期: 1(1) 子育て支援]
            ",
        );
    }

    #[test]
    fn the_number_of_one_heading_with_the_title_of_another_is_neither() {
        finds(
            &RULE,
            r"
            施策名         | 分野
            統計地図の公開 | 1(1) 教育の充実
                           | ^ E602 [期: 「1(1) 子育て支援」、「1(2) 教育の充実」 のどちらか]
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
