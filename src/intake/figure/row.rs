//! The values of one KPI together: what its name, its columns and its other values say of each.

use super::{doubt, read_loosely, scale, unit_of_name};
use crate::model::{Figure, Part, Reading};

/// What the column of a value says of those that do not say it themselves.
#[derive(Clone, Copy, Debug, Default)]
pub struct Slot<'a> {
    /// The fiscal year of a value that names none.
    pub year: Option<i32>,
    pub unit: Option<&'a str>,
    /// A value without a unit has that of the KPI's name, and all have the large unit (億円) in which
    /// the KPI states them.
    pub unit_from_name: bool,
}

/// The values of a KPI, read. The texts must be cleaned.
///
/// A value without a unit has that of its column, else the one of the KPI's name, if it may; one
/// without a year is of its column's. Lines without words are of the same things as the lines of
/// another value of the KPI: 「小 76.9」 and 「中 57.8」 beside 「78.0」 and 「61.8」.
pub fn read_row(name: &str, parts: &[Part], values: &[(Slot, &str)]) -> Vec<Figure> {
    let mut figures: Vec<Figure> = values.iter().map(|(_, text)| read_loosely(text)).collect();
    let labels = figures.iter().find_map(labels);
    for (figure, (slot, _)) in figures.iter_mut().zip(values) {
        if let Some(labels) = labels.as_ref().filter(|labels| are_bare(figure, labels.len())) {
            for (reading, label) in figure.readings.iter_mut().zip(labels) {
                reading.label.clone_from(label);
            }
        }
        for reading in &mut figure.readings {
            let part = parts.iter().find(|part| Some(part.mark) == reading.mark);
            let name = Some(part.map_or(name, |part| &part.name)).filter(|_| slot.unit_from_name);
            complete(reading, slot.unit.or_else(|| unit_of_name(name?)), slot.year);
        }
        doubt::settle(figure);
    }
    if values.iter().any(|(slot, _)| slot.unit_from_name) {
        scale::keep(&mut figures);
    }
    figures
}

/// Gives a reading the unit and the year that its cell does not say.
fn complete(reading: &mut Reading, unit: Option<&str>, year: Option<i32>) {
    if let Some(unit) = unit {
        count(reading);
        if reading.number.is_some() && reading.unit.is_empty() {
            unit.clone_into(&mut reading.unit);
        }
    }
    let says_nothing = reading.number.is_none() && !super::absence::in_words(reading);
    if reading.stated_year().is_none() && !says_nothing {
        reading.fiscal_year = year;
    }
}

/// 「2022」 is a year by itself, and a number where something is counted.
fn count(reading: &mut Reading) {
    let Some(absence) = &reading.absence else { return };
    let is_number = absence.printed.len() == 4 && reading.leftover == Some(absence.printed.clone());
    if let Some(number) = absence.printed.parse().ok().filter(|_| is_number) {
        *reading = Reading { number: Some(number), mark: reading.mark, ..Reading::default() };
    }
}

/// The words of several values that have them.
fn labels(figure: &Figure) -> Option<Vec<String>> {
    let named = |reading: &Reading| reading.mark.is_none() && !reading.label.is_empty();
    let all = figure.readings.len() > 1 && figure.readings.iter().all(named);
    all.then(|| figure.readings.iter().map(|reading| reading.label.clone()).collect())
}

/// Whether a figure has this many values without any words.
fn are_bare(figure: &Figure, count: usize) -> bool {
    let bare = |reading: &Reading| {
        reading.mark.is_none() && reading.label.is_empty() && !super::absence::in_words(reading)
    };
    figure.readings.len() == count && figure.readings.iter().all(bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slot(year: Option<i32>) -> Slot<'static> {
        Slot { year, unit: None, unit_from_name: true }
    }

    fn shown(name: &str, values: &[(Option<i32>, &str)]) -> Vec<String> {
        let values: Vec<(Slot, &str)> =
            values.iter().map(|&(year, text)| (slot(year), text)).collect();
        let (_, parts) = super::super::parts(name);
        let reading = |reading: &Reading| {
            let number = reading.number.map(|number| format!("{number}{}", reading.unit));
            let year = reading.stated_year().map(|year| format!(" {year}"));
            let label = &reading.label;
            format!("{label}{}{}", number.unwrap_or_else(|| "－".into()), year.unwrap_or_default())
        };
        let figures = read_row(name, &parts, &values);
        let readings = figures.iter().map(|f| f.readings.iter().map(reading).collect::<Vec<_>>());
        readings.map(|readings| readings.join("、")).collect()
    }

    #[test]
    fn what_a_cell_does_not_say_its_column_and_the_name_say() {
        let values = [(Some(2021), "2,509"), (Some(2024), "(R4) 2,569"), (Some(2026), "2,629件")];
        assert_eq!(shown("医師数（人）", &values), ["2509人 2021", "2569人 2022", "2629件 2026"]);
        assert_eq!(shown("医師数", &[(None, "53")]), ["53"]);
        assert_eq!(shown("医師数（人）", &[(Some(2021), "－")]), ["－"]);
        assert_eq!(shown("医師数（人）", &[(Some(2021), "全国平均")]), ["－ 2021"]);
        assert_eq!(shown("①件数（件）②割合（%）", &[(None, "①5②60")]), ["5件、60%"]);
    }

    #[test]
    fn values_stay_in_the_large_unit_that_all_of_them_have() {
        let shown = |values: &[&str]| {
            let values: Vec<_> = values.iter().map(|text| (None, *text)).collect();
            shown("産出額（億円）", &values).join(" ")
        };
        assert_eq!(shown(&["764億円", "1,784億円（R9）", "－"]), "764億円 1784億円 2027 －");
        assert_eq!(shown(&["764億円", "900"]), "764億円 900億円");
        assert_eq!(shown(&["▲764億円", "9.5億円"]), "-764億円 9.5億円");
        assert_eq!(shown(&["764億円", "5,000万円"]), "76400000000円 50000000円");
        assert_eq!(shown(&["1億2,000万円", "3億円"]), "120000000円 300000000円");
    }

    #[test]
    fn a_number_of_four_digits_is_a_year_only_where_nothing_is_counted() {
        assert_eq!(shown("受講者数（人）", &[(Some(2025), "2022")]), ["2022人 2025"]);
        assert_eq!(shown("完了", &[(Some(2025), "2022")]), ["－ 2022"]);
        assert_eq!(shown("完了（人）", &[(Some(2025), "2022年")]), ["－ 2022"]);
    }

    #[test]
    fn lines_without_words_are_those_of_another_value() {
        let (named, bare) = ("小 76.9\n中 57.8", "78.0\n61.8");
        assert_eq!(
            shown("学校の割合（%）", &[(None, named), (Some(2023), bare), (None, "95\n89\n1")]),
            ["小76.9%、中57.8%", "小78% 2023、中61.8% 2023", "－、－、－"]
        );
        assert_eq!(shown("学校の割合（%）", &[(None, bare)]), ["－、－"]);
    }
}
