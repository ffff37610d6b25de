//! K532: a value that says another year than its column.

use super::printed;
use crate::checks::prelude::*;
use crate::schema::Role;
use crate::text::era;

pub static RULE: Rule = Rule {
    code: "K532",
    name: "year-of-other-slot",
    severity: Severity::Warning,
    title: "値の年度が欄の年度と違う",
    title_en: "year of a value is not its column's",
    what: "{kpi}の値に書かれた年度が、その欄の年度（[[kpi-value]] の year）と同じかを見ます。値に書かれた年度の数として扱います。",
    why: "欄を1つずらして記入していることがあります。データや進み具合の計算には、値に書かれた年度が使われます。",
    mend: "年度か、記入した欄を直してください。欄の年度と違う時点の値であれば、そのままで構いません。",
    example: "「R8目標」の欄に「(R6) 2,629」",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    for kpi in printed(context) {
        for column in context.edition.schema.figures() {
            let Role::Figure { year: Some(year), .. } = column.role else { continue };
            let figure = kpi.figure(&column.key);
            let mut stated = figure.value.readings.iter().filter_map(|r| r.stated_year());
            let Some(stated) = stated.find(|stated| *stated != year) else { continue };
            let label = &column.label;
            let (stated, year) = (era::long(stated), era::long(year));
            let message = say!(
                "{label}の値に、欄の年度（{year}）でない{stated}と書かれている",
                "the value in {label}, which is of {year}, says {stated}"
            );
            let finding = RULE.finding(message).of(&kpi.submitted_by).at(&figure.at);
            findings.push(finding.found(&figure.value.printed).expected(year));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn a_year_that_is_not_the_columns_is_found() {
        finds(
            &RULE,
            r#"
            == edition.toml
            [[kpi-value]]
            key = "t2026"
            label = "R8目標"
            role = "interim"
            year = 2026

            == 01_総務部.xlsx
            R8目標
            (R6) 2,629
            ^ K532 [期: 令和8年度]
            120件（R7.3月末）
            ^ K532 [文: 令和6年度]
            "#,
        );
    }

    #[test]
    fn the_columns_year_and_none_are_right() {
        silent(
            &RULE,
            r#"
            == edition.toml
            [[kpi-value]]
            key = "t2026"
            label = "R8目標"
            role = "interim"
            year = 2026

            [[kpi-value]]
            key = "target"

            == 01_総務部.xlsx
            R8目標            | 目標値
            2,629             | 10件（R12）
            100件（R8）       | 10件
            100件（R9.3月末） | 全国平均
            －                | 10件
            "#,
        );
    }
}
