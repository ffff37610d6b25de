//! K530: digits of a value that no number was made of.

use super::printed;
use crate::checks::Context;
use crate::diag::{Finding, Rule, Severity};
use crate::edition::fields::{Field, Table};

pub static RULE: Rule = Rule {
    code: "K530",
    name: "number-not-read",
    severity: Severity::Warning,
    title: "値の中に数として読み取れない数字がある",
    title_en: "digits that are not read as a number",
    what: "KPIの現状値・目標値に、数として読み取れない書き方の数字や、読み取った数のほかに残る数がないかを見ます。「50～60件」「1時間30分」のような書き方は見ません。",
    why: "打ち誤った数がそのまま印刷されます。また、データや達成状況の計算に、別の数が使われることがあります。",
    mend: "1つの欄には1つの値を「80%（R9）」のように書き、2つ以上の値があるときは①②を付けて1行に1つずつ書いてください。",
    example: "「85,5%（R9）」→「85.5%（R9）」、「50%（R7）→70%（R9）」→「70%（R9）」",
    source: "",
};

pub(in crate::checks) fn check(context: &Context, findings: &mut Vec<Finding>) {
    for kpi in printed(context) {
        for (field, figure) in [(Field::Current, &kpi.current), (Field::Target, &kpi.target)] {
            let Some(left) = figure.value.leftover() else { continue };
            let label = Table::Kpis.label(field);
            let message = say!(
                "{label}の「{left}」を数として読み取れない",
                "“{left}” in {label} is not read as a number"
            );
            let finding = RULE.finding(message).of(&kpi.submitted_by).at(&figure.at);
            findings.push(finding.found(left).within(&figure.value.printed));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent, write_figure};

    #[test]
    fn a_malformed_number_and_one_too_many_are_found() {
        for value in ["85,5%(R9)", "1O0人(R9)", "50%(R7)→70%(R9)", "結婚 700件 子育て 3,000件(R9)"]
        {
            finds(
                &RULE,
                |case| write_figure(&mut case.kpi().target, value),
                &["01_総務部.xlsx「様式２　KPI」H7"],
            );
        }
    }

    #[test]
    fn numbers_ranges_and_words_are_right() {
        for value in ["80%(R9)", "50～60人(R9)", "全国平均(R9)", "①80人②90人(R9)", ""] {
            silent(&RULE, |case| write_figure(&mut case.kpi().target, value));
        }
    }
}
