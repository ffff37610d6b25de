//! K514: a target that does not say by when.

use super::{is_blank, printed, years};
use crate::checks::figures::columns;
use crate::checks::prelude::*;
use crate::model::Figure;
use crate::schema::{Column, FigureRole};
use crate::text::era;

pub static RULE: Rule = Rule {
    code: "K514",
    name: "target-without-year",
    severity: Severity::Warning,
    title: "{kpis.target}に年度がない",
    title_en: "target without a year",
    what: "{kpis.target}に、いつまでの目標かを示す年度が書かれているかを見ます。",
    why: "年度のない目標は、いつ達成を判断するのかが分かりません。",
    mend: "{kpis.target}の後に、（R9）のように年度を書いてください。",
    example: "「2,200人」→「2,200人（R9）」",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    for column in columns(context, &[FigureRole::Target]) {
        in_column(context, column, findings);
    }
}

fn in_column(context: &Context, column: &Column, findings: &mut Vec<Finding>) {
    let label = &column.label;
    for kpi in printed(context) {
        let figure = kpi.figure(&column.key);
        let target = &figure.value;
        if is_blank(target) || !years(target).is_empty() {
            continue;
        }
        let printed = &target.printed;
        let last = era::short(context.edition.front.last_year);
        let message = say!("{label}に年度がない", "the target has no year");
        let finding = RULE.finding(message).of(&kpi.submitted_by).at(&figure.at).found(printed);
        findings.push(if ends_in_number(target) {
            finding.help(say!(
                "「{printed}（{last}）」のように書いてください。",
                "Write it like “{printed}({last})”"
            ))
        } else {
            finding
        });
    }
}

/// Whether a year behind the text would mend it: behind words, more than the year is missing.
fn ends_in_number(target: &Figure) -> bool {
    target.readings.last().is_some_and(|reading| reading.number.is_some())
        && target.leftover().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn a_target_without_a_year_is_found() {
        finds(
            &RULE,
            r"
            目標値
            800人
            ^ K514
            ",
        );
    }

    #[test]
    fn a_year_is_suggested_behind_a_number_alone() {
        finds(
            &RULE,
            r"
            目標値
            800人
            ^ K514 [直: 「800人（R9）」のように]
            3,100人（延べ）
            ^ K514 [直: 「3,100人（延べ）（R9）」のように]
            検討中
            ^ K514 [直: なし]
            同上
            ^ K514 [直: なし]
            #REF!
            ^ K514 [直: なし]
            80%（R9
            ^ K514 [直: なし]
            8 0%
            ^ K514 [直: なし]
            ",
        );
    }

    #[test]
    fn a_year_in_any_form_is_enough_and_a_blank_is_another_matter() {
        silent(
            &RULE,
            r"
            主なKPI          | 目標値
            広報紙の購読者数 | 800人(R9)
            電子申請の件数   | 800人（令和9年度）
            窓口予約の件数   | 全国平均（R9）
            地図の閲覧数     |
            ",
        );
    }
}
