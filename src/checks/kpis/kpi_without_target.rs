//! K503: a KPI without a target.

use super::{is_blank, printed};
use crate::checks::Context;
use crate::diag::{Finding, Rule, Severity};
use crate::edition::fields::{Field, Table};

pub static RULE: Rule = Rule {
    code: "K503",
    name: "kpi-without-target",
    severity: Severity::Error,
    title: "KPIの目標値がない",
    title_en: "KPI without a target",
    what: "KPIの「目標値」が記入されているかを見ます。「－」だけの欄も、記入がないものとして扱います。",
    why: "目標値のない指標では、達成したかどうかを評価できません。",
    mend: "目標値を、単位と目標年度を付けて書いてください。",
    example: "「－」→「2,200人（R9）」",
    source: "",
};

pub(in crate::checks) fn check(context: &Context, findings: &mut Vec<Finding>) {
    for kpi in printed(context).filter(|k| is_blank(&k.target.value)) {
        let name = &kpi.name.value;
        let message = say!("KPI「{name}」の目標値がない", "the KPI “{name}” has no target");
        findings.push(
            RULE.finding(message)
                .of(&kpi.submitted_by)
                .at(&kpi.target.at)
                .found(&kpi.target.value.printed)
                .expected(Table::Kpis.label(Field::Target)),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent, write_figure};

    #[test]
    fn a_blank_and_a_dash_are_no_target() {
        for blank in ["", "－", " - ", "─", "−", "ー"] {
            finds(
                &RULE,
                |case| write_figure(&mut case.kpi().target, blank),
                &["01_総務部.xlsx「様式２　KPI」H7"],
            );
        }
    }

    #[test]
    fn a_target_in_words_is_a_target() {
        silent(&RULE, |case| write_figure(&mut case.kpi().target, "全国平均(R9)"));
    }
}
