//! K505: the parts ①② of a KPI's name and of its values do not match.

use super::{is_blank, printed};
use crate::checks::prelude::*;
use crate::model::{Figure, Kpi, Sourced};

pub static RULE: Rule = Rule {
    code: "K505",
    name: "kpi-parts-differ",
    severity: Severity::Error,
    title: "{kpi}の①②が名称と値で合わない",
    title_en: "parts of a KPI differ between name and value",
    what: "名称に①②のある{kpi}で、{kpis.current}と{kpis.target}にも同じ番号がそろっているかを見ます。「未測定」のような理由1つだけの欄は、全部に当てはまるものとして認めます。",
    why: "どの値がどの指標のものかが分からなくなります。",
    mend: "名称と値の番号を同じだけそろえて書いてください。",
    example: "名称①②・{kpis.target}「80%」→ {kpis.target}「①80%②80%」",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    for kpi in printed(context) {
        for column in context.edition.schema.figures() {
            let figure = kpi.figure(&column.key);
            if !is_blank(&figure.value) && !fits(kpi, &figure.value) {
                findings.push(finding(context.words(), kpi, &column.label, figure));
            }
        }
    }
}

/// The same marks in the same order, or one reason for all parts.
fn fits(kpi: &Kpi, figure: &Figure) -> bool {
    let one_reason = matches!(figure.readings.as_slice(),
        [reading] if reading.mark.is_none() && reading.absence.is_some());
    one_reason || marks_of_name(kpi) == marks_of_value(figure)
}

fn marks_of_name(kpi: &Kpi) -> String {
    kpi.parts.iter().map(|part| part.mark).collect()
}

fn marks_of_value(figure: &Figure) -> String {
    figure.readings.iter().filter_map(|reading| reading.mark).collect()
}

fn finding(words: &Words, kpi: &Kpi, label: &str, figure: &Sourced<Figure>) -> Finding {
    let or_none = |marks: String| if marks.is_empty() { "番号なし".to_owned() } else { marks };
    let (name, value) = (or_none(marks_of_name(kpi)), or_none(marks_of_value(&figure.value)));
    let word = &words.kpi;
    let message = say!(
        "{word}の番号が、名称では{name}、{label}では{value}で、合わない",
        "the KPI's name has {name}, {label} has {value}"
    );
    RULE.finding(message)
        .of(&kpi.submitted_by)
        .at(&figure.at)
        .found(&figure.value.printed)
        .expected(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn values_without_the_names_parts_are_found() {
        finds(
            &RULE,
            r"
            主なKPI                         | 現状値     | 目標値
            ①購読者数（人）\n②満足度（%） | ①8人②44% | ①10人(R9)
                                            |            | ^ K505 [期: ①②]
            ①配信数（件）\n②閲覧率（%）   | 8人        | ①10人②65%(R9)
                                            | ^ K505
            ",
        );
    }

    #[test]
    fn parts_in_a_value_alone_are_found() {
        finds(
            &RULE,
            r"
            主なKPI                | 目標値
            広報紙の購読者数（人） | ①80%②90%(R9)
                                   | ^ K505
            ",
        );
    }

    #[test]
    fn a_title_may_stand_above_the_parts() {
        silent(
            &RULE,
            r"
            主なKPI                     | 現状値     | 目標値
            満足度\n①来庁者\n②電話 | ①80%②70% | ①90%②90%(R9)
            ",
        );
    }

    #[test]
    fn matching_parts_and_one_reason_for_all_are_right() {
        silent(
            &RULE,
            r"
            主なKPI                         | 現状値          | 目標値
            ①購読者数（人）\n②満足度（%） | ①8人②44%      | ①10人②65%(R9)
            ①配信数（人）\n②満足度（%）   | 未測定          | ①10人\n②65%(R9)
            ①相談数（人）\n②満足度（%）   | ①調査中\n②34% | ①10人\n②65%(R9)
            ",
        );
    }
}
