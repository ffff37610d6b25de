//! K515: a percentage that was written as a fraction.

use super::{forerunner, namesake, printed};
use crate::checks::prelude::*;
use crate::model::{Figure, Kpi, Reading, Sourced};
use crate::schema::Column;

pub static RULE: Rule = Rule {
    code: "K515",
    name: "percentage-as-fraction",
    severity: Severity::Warning,
    title: "百分率のはずの値が小数で書かれている",
    title_en: "percentage written as a fraction",
    what: "ほかの値や名称の単位が%である{kpi}の値に、%の付かない「0.514」のような小数がないかを見ます。前の版の同じ値が%のときは、エラーにします。",
    why: "セルの書式を写さずに値だけを貼り付けると、51.4%は0.514になり、そのまま印刷されます。進み具合の計算にも、100分の1の値が使われます。",
    mend: "「51.4%」のように、%を付けて書いてください。",
    example: "{kpis.current}「0.514」・{kpis.target}「60%（R9）」→ {kpis.current}「51.4%」",
    source: "",
};

/// A larger number is no fraction that a percentage was shown of.
const LARGEST: f64 = 2.0;

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    for kpi in printed(context) {
        for column in context.edition.schema.figures() {
            let figure = kpi.figure(&column.key);
            let suspect = |reading: &Reading| {
                let number = reading.number.filter(|_| is_bare(reading, &figure.value))?;
                let doubt = doubt(context, kpi, column, reading, number)?;
                Some((number, doubt))
            };
            let Some((number, severity)) = figure.value.readings.iter().find_map(suspect) else {
                continue;
            };
            findings.push(finding(kpi, column, figure, number).severity(severity));
        }
    }
}

fn finding(kpi: &Kpi, column: &Column, figure: &Sourced<Figure>, number: f64) -> Finding {
    let (label, percentage) = (&column.label, percentage(number));
    let message = say!(
        "{label}の「{number}」は、百分率の小数と思われる（{percentage}のことでは）",
        "“{number}” in {label} seems to be a percentage as a fraction ({percentage})"
    );
    let finding = RULE.finding(message).of(&kpi.submitted_by).at(&figure.at);
    finding.found(&figure.value.printed).expected(percentage)
}

/// Whether a number may be a fraction that stands for a percentage: small, and without a sign of
/// percent of its own. A unit may have been taken from the name or the settings.
fn is_bare(reading: &Reading, figure: &Figure) -> bool {
    let has_sign = figure.printed.contains(['%', '％']) || figure.printed.contains("パーセント");
    let is_small = |number: f64| number != 0.0 && number.abs() <= LARGEST;
    (reading.unit.is_empty() || is_percent(&reading.unit) && !has_sign)
        && reading.number.is_some_and(is_small)
}

fn is_percent(unit: &str) -> bool {
    matches!(unit, "%" | "％" | "パーセント")
}

/// How much speaks for a fraction; `None` where nothing does.
fn doubt(
    context: &Context,
    kpi: &Kpi,
    column: &Column,
    reading: &Reading,
    number: f64,
) -> Option<Severity> {
    let fits = |other: &Reading| {
        let percent = other.number.filter(|_| is_percent(&other.unit));
        percent.is_some_and(|percent| is_nearer(number, percent))
    };
    let former = forerunner(context, kpi).map(|before| &before.figure(&column.key).value);
    if former.and_then(|former| namesake(former, reading)).is_some_and(fits) {
        return Some(Severity::Error);
    }
    let columns = context.edition.schema.figures().filter(|other| other.key != column.key);
    let mut others = columns.filter_map(|other| namesake(&kpi.figure(&other.key).value, reading));
    let by_value = others.any(fits);
    let by_name = || number.fract() != 0.0 && number.abs() < 1.0 && is_of_percents(kpi, reading);
    (by_value || by_name()).then_some(RULE.severity)
}

/// Whether a hundred times the number is nearer to the percentage than the number itself.
fn is_nearer(number: f64, percentage: f64) -> bool {
    let ratio = (percentage / number).abs();
    percentage * number > 0.0 && ratio > 10.0
}

/// Whether the name, or that of the part, says that it is counted in percents: 「（%）」.
fn is_of_percents(kpi: &Kpi, reading: &Reading) -> bool {
    let part = kpi.parts.iter().find(|part| Some(part.mark) == reading.mark);
    let name = part.map_or(kpi.name.value.as_str(), |part| part.name.as_str());
    name.trim_end().ends_with(['）', ')'])
        && name.rsplit(['（', '(']).next().is_some_and(|unit| {
            unit.trim_end_matches(['）', ')', ' ']).trim_end().ends_with(['%', '％'])
        })
}

/// A fraction as a percentage, without the digits that only the arithmetic brings.
fn percentage(number: f64) -> String {
    let shown = format!("{:.6}", number * 100.0);
    format!("{}%", shown.trim_end_matches('0').trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn a_fraction_beside_a_percentage_is_found() {
        finds(
            &RULE,
            r"
            主なKPI        | 現状値         | 目標値
            利用率         | 0.514          | 60%(R9)
                           | ^ K515 [期: 51.4%] [文: 51.4%のことでは] |
            満足度         | 1              | 100%(R9)
                           | ^ K515 [期: 100%] |
            達成率         | 98%            | 1.022(R9)
                           |                | ^ K515 [期: 102.2%]
            ①利用率\n②件数 | ①0.838②5件 | ①90%②8件(R9)
                           | ^ K515 [期: 83.8%] |
            回答率（%）    | 0.25           | 0.4(R9)
                           | ^ K515         | ^ K515
            ",
        );
    }

    #[test]
    fn a_fraction_of_what_was_a_percentage_before_is_an_error() {
        finds(
            &RULE,
            r"
            == 前の版 01_総務部.xlsx
            KPI ID | 現状値 | 目標値
            R6-K01 | 48.0%  | 60%(R9)
            == 01_総務部.xlsx
            KPI ID | 現状値 | 目標値
            R6-K01 | 0.514  | 60%(R9)
                   | ^ K515 error |
            ",
        );
    }

    #[test]
    fn a_unit_of_the_settings_does_not_hide_it() {
        finds(
            &RULE,
            r#"
            == edition.toml
            [[kpi-value]]
            key = "current"
            unit = "%"
            [[kpi-value]]
            key = "target"
            == 01_総務部.xlsx
            現状値 | 目標値
            0.514  | 60%(R9)
            ^ K515 |
            "#,
        );
    }

    #[test]
    fn small_percentages_and_numbers_of_something_else_are_right() {
        silent(
            &RULE,
            r"
            主なKPI          | 現状値 | 目標値
            再発率           | 1.2    | 0.5%(R9)
            伸び率           | 0      | 60%(R9)
            出生率           | 1.2    | 1.5(R9)
            待ち時間（時間） | 0.64日 | 0.5日(R9)
            割合             | 52     | 60%(R9)
            不良率（%）      | 0.3%   | 0.2%(R9)
            ",
        );
    }
}
