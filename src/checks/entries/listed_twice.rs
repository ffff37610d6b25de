//! E606: the same measure in two categories without being marked as a repost.

use super::{differing, twins};
use crate::checks::prelude::*;
use crate::checks::two_rows::TwoRows;
use crate::edition::Places;
use crate::schema::Table;

pub static RULE: Rule = Rule {
    code: "E606",
    name: "listed-twice",
    severity: Severity::Error,
    title: "同じ{measure}が{reposted}とされずに2つの{place}に載る",
    title_en: "measure listed twice without being a repost",
    what: "{measures.name}と{measures.section}が同じ行が、別々の{place}に2つ以上ないかを、全ての様式を通して見ます。",
    why: "{repost}の付かない同じ{measure}が2か所に載り、{measure}の数も{measures.id}も二重になります。2つの行の本文は、直すたびに食い違っていきます。",
    mend: "主となる{place}の行だけを残し、もう一方の{place}はその行の「{measures.reposts}」に書いてください。",
    example: "1(5)と3(6)の2行 → 1(5)の1行だけにして、「{measures.reposts}」に「3(6) 働き方改革・業務効率化」",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    let places = Places::new(context.edition);
    let word = context.edition.levels.place_word(Table::Measures);
    for (measure, first) in twins(context.annex) {
        let (Some(here), Some(there)) = (measure.category.value, first.category.value) else {
            continue;
        };
        if here == there {
            continue;
        }
        let name = &measure.name.value;
        let Words { measure: entry, .. } = context.words();
        let reposted = context.words().reposted();
        let message = say!(
            "{entry}「{name}」が{reposted}とされずに{word}{there}と{here}の両方に載る",
            "the measure “{name}” is listed in {there} and {here} without being a repost"
        );
        let label = places.label(here).map_or_else(|| here.to_string(), str::to_owned);
        let finding =
            RULE.finding(message).of(&measure.submitted_by).at(&measure.name.at).found(name);
        let differing = differing(context, measure, first);
        let rows = TwoRows { clear: measure, keep: first, differing };
        findings.push(rows.told(context, Some(&label), finding));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn a_row_in_another_category_is_found_and_told_what_to_write() {
        finds(
            &RULE,
            r"
            分野 | 施策名           | 目的
            1(1) | 広報紙の電子配信 | 読みやすくする。
                 | +
            1(2) | 広報紙の電子配信 | ほかの目的である。
                 | ^ E606 [直: 目的が異なるので、まず5行目を載せたい文章に直してください。この行の記入を全て消して、5行目の「再掲分野」に「1(2) 教育の充実」と書いてください。]
            ",
        );
    }

    #[test]
    fn a_repost_is_the_right_way() {
        silent(
            &RULE,
            r"
            分野 | 施策名           | 再掲分野
            1(1) | 広報紙の電子配信 | 1(2)
            ",
        );
    }
}
