//! K511: a KPI whose unit changed since the edition before.

use super::{forerunner, printed};
use crate::checks::figures::columns;
use crate::checks::prelude::*;
use crate::model::Figure;
use crate::schema::{Column, FigureRole};

pub static RULE: Rule = Rule {
    code: "K511",
    name: "unit-changed",
    severity: Severity::Warning,
    title: "前の版から単位が変わっている",
    title_en: "unit changed since the edition before",
    what: "同じIDの{kpi}の{kpis.target}の単位が、前の版と同じかを見ます。",
    why: "単位が変わると、年度を越えて進み具合を比べられません。",
    mend: "前の版と同じ単位に戻すか、別の指標として新しく立ててください。",
    example: "前の版「200人」・今回「200件（R9）」→「200人（R9）」",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    for target in columns(context, &[FigureRole::Target]) {
        in_column(context, target, findings);
    }
}

fn in_column(context: &Context, target: &Column, findings: &mut Vec<Finding>) {
    let label = &target.label;
    for kpi in printed(context) {
        let Some(before) = forerunner(context, kpi) else { continue };
        let (old, new) =
            (units(&before.figure(&target.key).value), units(&kpi.figure(&target.key).value));
        if old.is_empty() || new.is_empty() || old == new {
            continue;
        }
        let (old, new) = (old.join("・"), new.join("・"));
        let message = say!(
            "{label}の単位が前の版の「{old}」から「{new}」に変わっている",
            "the unit changed from “{old}” to “{new}”"
        );
        findings.push(
            RULE.finding(message)
                .of(&kpi.submitted_by)
                .at(&kpi.figure(&target.key).at)
                .found(&kpi.figure(&target.key).value.printed)
                .expected(&before.figure(&target.key).value.printed),
        );
    }
}

/// The units of the numbers, where each number has one.
fn units(figure: &Figure) -> Vec<&str> {
    let numbers: Vec<_> = figure.readings.iter().filter(|r| r.number.is_some()).collect();
    if numbers.iter().any(|reading| reading.unit.is_empty()) {
        return Vec::new();
    }
    numbers.iter().map(|reading| reading.unit.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn another_unit_is_found() {
        finds(
            &RULE,
            r"
            == 前の版 01_総務部.xlsx
            KPI ID | 目標値
            R6-K01 | 800人(R9)
            == 01_総務部.xlsx
            KPI ID | 目標値
            R6-K01 | 800件(R9)
                   | ^ K511
            ",
        );
    }

    #[test]
    fn another_number_of_the_same_unit_is_right() {
        silent(
            &RULE,
            r"
            == 前の版 01_総務部.xlsx
            KPI ID | 目標値
            R6-K01 | 800人(R9)
            == 01_総務部.xlsx
            KPI ID | 目標値
            R6-K01 | 90万人(R9)
            ",
        );
    }
}
