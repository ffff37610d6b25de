//! N411: the values of a KPI, or its name, have different units.

use std::collections::BTreeSet;

use crate::checks::figures::{Pair, pairs};
use crate::checks::prelude::*;
use crate::model::{Kpi, Reading};

pub static RULE: Rule = Rule {
    code: "N411",
    name: "unit-differs",
    severity: Severity::Warning,
    title: "{kpis.current}・{kpis.target}・{kpi}の名称で単位が違う",
    title_en: "units differ between values and name",
    what: "{kpi}の{kpis.current}と{kpis.target}の単位が同じかを見ます。名称の括弧書きの単位（人）（%）と{kpis.target}の単位の違いは、情報として知らせます。",
    why: "単位が違うと、達成したかどうかを比べられません。",
    mend: "同じ単位にそろえてください。",
    example: "{kpis.current}「52社」・{kpis.target}「100件（R9）」→ どちらも「件」",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    let pairs = pairs(context);
    let known: BTreeSet<&str> = pairs
        .iter()
        .flat_map(|p| [p.current, p.target].map(|number| number.reading.unit.as_str()))
        .filter(|unit| !unit.is_empty())
        .collect();
    for Pair { kpi, current, target } in pairs {
        let (now, then) = (&current.reading.unit, &target.reading.unit);
        if now.is_empty() || then.is_empty() {
            continue;
        }
        let (present, goal) = (&current.column.label, &target.column.label);
        if now != then {
            let message = say!(
                "{present}の単位「{now}」と{goal}の単位「{then}」が違う",
                "the current value is in “{now}”, the target in “{then}”"
            );
            let finding = RULE.finding(message).of(&kpi.submitted_by).at(&target.figure.at);
            findings.push(finding.also_at([current.figure.at.clone()]).found(then).expected(now));
        } else if let Some(named) = unit_of_name(kpi, target.reading, &known).filter(|n| n != then)
        {
            let message = say!(
                "名称の単位「{named}」と{goal}の単位「{then}」が違う",
                "the name is in “{named}”, the target in “{then}”"
            );
            let finding = RULE.finding(message).of(&kpi.submitted_by).at(&target.figure.at);
            let finding = finding.also_at([kpi.name.at.clone()]).found(then).expected(named);
            findings.push(finding.severity(Severity::Info));
        }
    }
}

/// The last bracketed word of the name (or of the part with the mark) that is a unit of some KPI.
fn unit_of_name<'k>(kpi: &'k Kpi, reading: &Reading, known: &BTreeSet<&str>) -> Option<&'k str> {
    let part = kpi.parts.iter().find(|part| Some(part.mark) == reading.mark);
    let name = part.map_or(kpi.name.value.as_str(), |part| part.name.as_str());
    name.rsplit(['（', '(']).find_map(|rest| {
        let (word, _) = rest.split_once(['）', ')'])?;
        known.contains(word).then_some(word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn different_units_are_found_at_the_target() {
        finds(
            &RULE,
            r"
            現状値 | 目標値
            500人  | 800件(R9)
            +      | ^ N411
            ",
        );
    }

    #[test]
    fn a_unit_of_the_name_that_differs_is_an_info() {
        finds(
            &RULE,
            r"
            主なKPI        | 現状値 | 目標値
            購読者数（人） | 500人  | 800人(R9)
            配信数（人）   | 5回    | 8回(R9)
            +              |        | ^ N411 info [期: 人]
            ",
        );
    }

    #[test]
    fn the_same_unit_in_larger_numbers_and_part_by_part_is_right() {
        silent(
            &RULE,
            r"
            主なKPI                       | 現状値     | 目標値
            広報紙の購読者数（人）        | 500人      | 80万人(R9)
            ①相談件数（件）\n②割合（%） | ①8件②44% | ①10件②65%(R9)
            ",
        );
    }
}
