//! K509: a percentage over 100.

use super::printed;
use crate::checks::Context;
use crate::diag::{Finding, Rule, Severity};

pub static RULE: Rule = Rule {
    code: "K509",
    name: "percentage-over-hundred",
    severity: Severity::Warning,
    title: "割合が100%を超えている",
    title_en: "percentage over 100",
    what: "現状値・目標値に100%を超える割合がないかを見ます。名称に「比」「達成率」「増加率」「伸び率」「倍率」のあるKPIは見ません。",
    why: "割合が100%を超えることはふつうなく、桁や単位の誤りのことが多いものです。",
    mend: "値か単位を直してください。100%を超えて当然の指標であれば、その旨を「備考」に書いてください（事務局が例外として認められます）。",
    example: "「690%」→「69.0%」",
    source: "",
};

/// Words of names whose percentages may go beyond 100.
const RATIOS: &[&str] = &["比", "達成率", "増加率", "伸び率", "倍率"];

pub(in crate::checks) fn check(context: &Context, findings: &mut Vec<Finding>) {
    for kpi in printed(context) {
        if RATIOS.iter().any(|word| kpi.name.value.contains(word)) {
            continue;
        }
        for figure in [&kpi.current, &kpi.target] {
            let over = figure.value.readings.iter().find_map(|reading| {
                let number = reading.number?;
                (matches!(reading.unit.as_str(), "%" | "％" | "パーセント") && number > 100.0)
                    .then_some(number)
            });
            if let Some(number) = over {
                let message = say!("割合{number}%が100%を超えている", "{number}% is over 100%");
                findings.push(
                    RULE.finding(message)
                        .of(&kpi.submitted_by)
                        .at(&figure.at)
                        .found(&figure.value.printed),
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent, write_figure, write_kpi_name};

    #[test]
    fn a_percentage_over_a_hundred_is_found() {
        finds(
            &RULE,
            |case| {
                write_figure(&mut case.kpi().current, "690%");
                write_figure(&mut case.kpi().target, "70%(R9)");
            },
            &["01_総務部.xlsx「様式２　KPI」G7"],
        );
    }

    #[test]
    fn a_hundred_other_units_and_ratios_are_right() {
        silent(&RULE, |case| write_figure(&mut case.kpi().target, "100%(R9)"));
        silent(&RULE, |case| write_figure(&mut case.kpi().target, "690人(R9)"));
        silent(&RULE, |case| {
            write_kpi_name(case.kpi(), "購読者数の対前年度比（%）");
            write_figure(&mut case.kpi().target, "120%(R9)");
        });
    }
}
