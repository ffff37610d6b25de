//! E607: two departments or sections give a measure of one name.

use std::collections::BTreeMap;

use super::{differing, identity};
use crate::checks::prelude::*;
use crate::model::{Measure, Row};
use crate::schema::Table;

pub static RULE: Rule = Rule {
    code: "E607",
    name: "shared-name",
    severity: Severity::Warning,
    title: "同じ名前の{measure}が別の課室からも出ている",
    title_en: "one name from two sections",
    what: "{measures.name}が同じで{measures.section}の違う行がないかを、全ての様式を通して見ます。",
    why: "1つの{measure}を2つの課室がそれぞれ記入したのであれば二重に載り、別の{measure}であれば見分けが付きません。{kpi}の{kpis.measures}も、どちらのことか決まりません。",
    mend: "1つの{measure}であれば、どちらかの様式から取り除いて担当を連名にしてください。別の{measure}であれば、{measures.name}で区別できるようにしてください。",
    example: "総務部と企画部の「職員研修の実施」→「情報セキュリティ研修の実施」など",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    let mut names: BTreeMap<String, Vec<&Measure>> = BTreeMap::new();
    for measure in context.annex.measures.iter().filter(|m| m.is_printed()) {
        let (name, _) = identity(context.words(), measure);
        if !name.is_empty() {
            names.entry(name).or_default().push(measure);
        }
    }
    for measures in names.values_mut() {
        measures.sort_by(|a, b| a.name.at.cmp(&b.name.at));
        let Some((first, rest)) = measures.split_first() else { continue };
        let mut sections = vec![identity(context.words(), first).1];
        for measure in rest {
            let section = identity(context.words(), measure).1;
            if !sections.contains(&section) {
                sections.push(section);
                findings.push(finding(context, measure, first));
            }
        }
    }
}

fn finding(context: &Context, measure: &Measure, first: &Measure) -> Finding {
    let (name, word) = (&measure.name.value, &context.words().measure);
    let owner = |m: &Measure| format!("{}{}", m.department.value, m.section.value);
    let (here, there) = (owner(measure), owner(first));
    let message = say!(
        "{word}「{name}」が{there}と{here}の両方から出ている",
        "the measure “{name}” comes from {there} and from {here}"
    );
    let finding = RULE
        .finding(message)
        .of(&measure.submitted_by)
        .at(&measure.name.at)
        .also_at([first.name.at.clone()]);
    let texts = |measure: &Measure| {
        let columns = context.edition.schema.values(Table::Measures);
        let columns = columns.filter(|column| column.is_wordy());
        columns.map(|column| measure.text(column)).collect::<Vec<_>>().join(" ")
    };
    if differing(context, measure, first).is_empty() {
        finding
    } else {
        finding.found(texts(measure)).expected(texts(first))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn the_second_section_is_found_with_both_texts() {
        finds(
            &RULE,
            r"
            == 01_総務部.xlsx
            施策名           | 概要               | 目的
            広報紙の電子配信 | 広報紙を配信する。 | 読みやすくする。
            +
            == 02_企画部.xlsx
            施策名           | 概要             | 目的
            広報紙の電子配信 | 紙面を配信する。 | 届けやすくする。
            ^ E607 [見: 紙面を配信する。 届けやすくする。] [期: 広報紙を配信する。 読みやすくする。]
            ",
        );
    }

    #[test]
    fn the_same_section_is_the_affair_of_another_rule() {
        silent(
            &RULE,
            r"
            施策名
            広報紙の電子配信
            広報紙の電子配信
            ",
        );
    }
}
