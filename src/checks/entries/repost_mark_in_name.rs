//! E612: the mark of a repost written into a name by hand.

use super::{bracketed, identity};
use crate::checks::prelude::*;
use crate::checks::two_rows::TwoRows;
use crate::edition::Places;
use crate::model::Measure;
use crate::schema::{Role, Table};
use crate::text;

pub static RULE: Rule = Rule {
    code: "E612",
    name: "repost-mark-in-name",
    severity: Severity::Error,
    title: "{measures.name}に{reposted}の印が書かれている",
    title_en: "repost mark written into a name",
    what: "{measures.name}に「{repost}」「【{reposted}】」「{reposted}：」のような印が書き込まれていないかを見ます。",
    why: "{reposted}の印は、「{measures.reposts}」から自動で付けます。手で書くと元の{measure}と別のものとして扱われ、番号も二重になります。",
    mend: "この行の記入を全て消し、元の{measure}の「{measures.reposts}」に、この行の{place}を書いてください。",
    example: "「広報紙の電子配信{repost}」の行 → 元の行の{measures.reposts}に「1(2) 教育の充実」",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    let Some(label) = context.label(Table::Measures, Role::Name) else { return };
    let places = Places::new(context.edition);
    for measure in context.annex.measures.iter().filter(|m| m.is_printed()) {
        let name = &measure.name.value;
        if has_mark(name, context.words()) {
            let reposted = context.words().reposted();
            let message = say!(
                "{label}「{name}」に{reposted}の印が書かれている",
                "the name “{name}” carries the mark of a repost"
            );
            let finding =
                RULE.finding(message).of(&measure.submitted_by).at(&measure.name.at).found(name);
            let original = original(context, measure);
            let place = measure.category.value.and_then(|id| places.label(id));
            findings.push(match original.zip(place) {
                Some((keep, place)) => {
                    let rows = TwoRows { clear: measure, keep, differing: Vec::new() };
                    rows.told(context, Some(place), finding)
                }
                None => finding,
            });
        }
    }
}

/// The measure whose name this one has but for the mark, in another place.
fn original<'a>(context: &Context<'a>, marked: &Measure) -> Option<&'a Measure> {
    let (name, _) = identity(context.words(), marked);
    let mut others = context.annex.measures.iter().filter(|other| {
        other.is_printed()
            && other.category.value != marked.category.value
            && text::key(&other.name.value) == name
    });
    // Of two that have the name nobody knows which is meant.
    others.next().filter(|_| others.next().is_none())
}

fn has_mark(name: &str, words: &Words) -> bool {
    // Whoever writes a mark by hand may write the usual one.
    ["再掲", words.reposted()].iter().any(|word| has_word(name, word))
}

fn has_word(name: &str, word: &str) -> bool {
    let (written, word) = (text::key(name), text::key(word));
    // 再掲載 is a word of its own.
    let is_mark = |content: &str| content.replace(&format!("{word}載"), "").contains(word.as_str());
    let with = |sign: &str| format!("{word}{sign}");
    bracketed(&written).into_iter().any(is_mark)
        // 「（3(1)再掲）」 has brackets in brackets.
        || [")", "]", "】"].iter().any(|sign| written.contains(&with(sign)))
        || written.ends_with(word.as_str())
        || [":", "・", "-"].iter().any(|sign| written.starts_with(&with(sign)))
        || name
            .trim()
            .strip_prefix(word.as_str())
            .is_some_and(|rest| rest.starts_with(char::is_whitespace))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn the_mark_is_found_in_any_form() {
        finds(
            &RULE,
            r"
            施策名
            統計地図の公開（再掲）
            ^ E612
            統計地図の公開 (再掲)
            ^ E612
            統計地図の公開【再掲】
            ^ E612
            統計地図の公開［再掲］
            ^ E612
            統計地図の公開 再掲
            ^ E612
            統計地図の公開（3(1)再掲）
            ^ E612
            再掲：統計地図の公開
            ^ E612
            再掲　統計地図の公開
            ^ E612
            ",
        );
    }

    #[test]
    fn the_row_of_the_measure_that_is_meant_is_named() {
        finds(
            &RULE,
            r"
            分野 | 施策名                 | 担当課室
            1(1) | 統計地図の公開         | 統計課
                 | +
            1(2) | 統計地図の公開（再掲） | 広報課
                 | ^ E612 [直: この行の記入を全て消して、5行目の「再掲分野」に「1(2) 教育の充実」と書いてください。]
            ",
        );
    }

    #[test]
    fn a_name_that_speaks_of_listing_is_right() {
        silent(
            &RULE,
            r"
            施策名
            統計地図の再掲載
            統計地図の公開（広報紙に再掲載）
            ",
        );
    }
}
