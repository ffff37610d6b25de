//! N411: the values of a KPI, or its name, have different units.

use std::collections::BTreeSet;

use crate::checks::Context;
use crate::checks::pairs::{Pair, pairs};
use crate::diag::{Finding, Rule, Severity};
use crate::model::{Kpi, Reading};

pub static RULE: Rule = Rule {
    code: "N411",
    name: "unit-differs",
    severity: Severity::Warning,
    title: "現状値・目標値・KPIの名称で単位が違う",
    title_en: "units differ between values and name",
    what: "KPIの現状値と目標値の単位が同じかを見ます。名称の括弧書きの単位（人）（%）と目標値の単位の違いは、情報として知らせます。",
    why: "単位が違うと、達成したかどうかを比べられません。",
    mend: "同じ単位にそろえてください。",
    example: "現状値「52社」・目標値「100件（R9）」→ どちらも「件」",
    source: "",
};

pub(in crate::checks) fn check(context: &Context, findings: &mut Vec<Finding>) {
    let pairs = pairs(context);
    let known: BTreeSet<&str> = pairs
        .iter()
        .flat_map(|p| [p.current.unit.as_str(), p.target.unit.as_str()])
        .filter(|unit| !unit.is_empty())
        .collect();
    for Pair { kpi, current, target } in pairs {
        let (now, then) = (&current.unit, &target.unit);
        if now.is_empty() || then.is_empty() {
            continue;
        }
        if now != then {
            let message = say!(
                "現状値の単位「{now}」と目標値の単位「{then}」が違う",
                "the current value is in “{now}”, the target in “{then}”"
            );
            let finding = RULE.finding(message).of(&kpi.submitted_by).at(&kpi.target.at);
            findings.push(finding.also_at([kpi.current.at.clone()]).found(then).expected(now));
        } else if let Some(named) = unit_of_name(kpi, target, &known).filter(|n| n != then) {
            let message = say!(
                "名称の単位「{named}」と目標値の単位「{then}」が違う",
                "the name is in “{named}”, the target in “{then}”"
            );
            let finding = RULE.finding(message).of(&kpi.submitted_by).at(&kpi.target.at);
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
    use crate::checks::testing::{Case, finds, silent, write_figure, write_kpi_name};

    #[test]
    fn different_units_are_found_at_the_target() {
        finds(
            &RULE,
            |case| write_figure(&mut case.kpi().target, "800件(R9)"),
            &["01_総務部.xlsx「様式２　KPI」H7 + 01_総務部.xlsx「様式２　KPI」G7"],
        );
    }

    #[test]
    fn a_unit_of_the_name_that_differs_is_an_info() {
        let mut case = Case::sound();
        case.another_kpi(|kpi| {
            write_kpi_name(kpi, "配信数（人）");
            write_figure(&mut kpi.current, "5回");
            write_figure(&mut kpi.target, "8回(R9)");
        });
        let found: Vec<_> =
            case.findings_of(&RULE).into_iter().map(|f| (f.expected, f.severity)).collect();
        assert_eq!(found, [("人".to_owned(), Severity::Info)]);
    }

    #[test]
    fn the_same_unit_in_larger_numbers_and_part_by_part_is_right() {
        silent(&RULE, |case| write_figure(&mut case.kpi().target, "80万人(R9)"));
        silent(&RULE, |case| {
            write_kpi_name(case.kpi(), "①相談件数（件）\n②割合（%）");
            write_figure(&mut case.kpi().current, "①8件②44%");
            write_figure(&mut case.kpi().target, "①10件②65%(R9)");
        });
    }
}
