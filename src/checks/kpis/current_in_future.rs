//! K517: a current value of a time that is still to come.

use super::printed;
use crate::checks::figures::{KNOWN, columns};
use crate::checks::prelude::*;
use crate::model::Reading;
use crate::text::era;

pub static RULE: Rule = Rule {
    code: "K517",
    name: "current-in-future",
    severity: Severity::Warning,
    title: "{kpis.current}の年度が先である",
    title_en: "current value of a time to come",
    what: "{kpis.current}の数に書かれた年度が、版の年度より後でないかを見ます。「R8から実施」のように数のないものは見ません。",
    why: "まだ来ていない年度の値は測れません。年度の書き誤りか、{kpis.target}を{kpis.current}の欄に書いています。",
    mend: "年度か、記入した欄を直してください。",
    example: "令和7年度の版の{kpis.current}「974人（R8）」→「974人（R6）」",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    let this = context.edition.year;
    for column in columns(context, &KNOWN) {
        for kpi in printed(context) {
            let figure = kpi.figure(&column.key);
            let year = |reading: &Reading| {
                let stated = reading.stated_year().filter(|_| reading.number.is_some());
                stated.filter(|year| *year > this)
            };
            let Some(year) = figure.value.readings.iter().find_map(year) else { continue };
            let (label, year, this) = (&column.label, era::long(year), era::long(this));
            let message = say!(
                "{label}の年度（{year}）が、この版の年度（{this}）より後である",
                "{label} is of {year}, after the year of the edition, {this}"
            );
            let finding = RULE.finding(message).of(&kpi.submitted_by).at(&figure.at);
            findings.push(finding.found(&figure.value.printed));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn a_year_to_come_is_found() {
        finds(
            &RULE,
            r"
            現状値            | 目標値
            500人(R8)         | 800人(R9)
            ^ K517 [文: 令和8年度] |
            ①5人(R6)②8人(R9) | 800人(R9)
            ^ K517            |
            500人(R8.6月末)   | 800人(R9)
            ^ K517            |
            ",
        );
    }

    #[test]
    fn the_years_up_to_that_of_the_edition_and_a_start_to_come_are_right() {
        silent(
            &RULE,
            r"
            現状値          | 目標値
            500人(R7)       | 800人(R9)
            500人(R8.3月末) | 800人(R9)
            R8から実施      | 800人(R9)
            500人           | 800人(R9)
            ",
        );
    }
}
