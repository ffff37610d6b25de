//! N410: a KPI's value without a unit where the other value has one.

use crate::checks::figures::{Pair, pairs};
use crate::checks::prelude::*;

pub static RULE: Rule = Rule {
    code: "N410",
    name: "unit-missing",
    severity: Severity::Info,
    title: "{kpis.current}と{kpis.target}の片方に単位がない",
    title_en: "unit missing in one of the values",
    what: "{kpi}の{kpis.current}と{kpis.target}の片方だけに単位が付いていないかを見ます。",
    why: "単位がないと、何を数えたものかが表だけでは分かりません。",
    mend: "両方に同じ単位を付けてください。",
    example: "{kpis.current}「52」・{kpis.target}「100件（R9）」→ {kpis.current}「52件」",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    for Pair { kpi, current, target } in pairs(context) {
        let units = (current.reading.unit.as_str(), target.reading.unit.as_str());
        let (number, unit) = match units {
            ("", unit) if !unit.is_empty() => (current, unit),
            (unit, "") if !unit.is_empty() => (target, unit),
            _ => continue,
        };
        let (figure, label) = (number.figure, &number.column.label);
        let message =
            say!("{label}に単位「{unit}」がない", "the unit “{unit}” is missing in {label}");
        let finding = RULE.finding(message).of(&kpi.submitted_by).at(&figure.at);
        findings.push(finding.found(&figure.value.printed).expected(unit));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn the_value_without_a_unit_is_found() {
        finds(
            &RULE,
            r"
            現状値 | 目標値
            52     | 800人(R9)
            ^ N410
            500人  | 800(R9)
                   | ^ N410
            ",
        );
    }

    #[test]
    fn two_values_without_a_unit_and_reasons_are_right() {
        silent(
            &RULE,
            r"
            現状値 | 目標値
            43     | 150(R9)
            未測定 | 800人(R9)
            ",
        );
    }
}
