//! The figures of KPIs that the rules compare: where a KPI stands, and where it is to go.

use crate::checks::Context;
use crate::model::{Figure, Kpi, Reading, Sourced};
use crate::schema::{Column, FigureRole};
use crate::text::quantity;

/// The columns of the values that a KPI comes from.
pub const KNOWN: [FigureRole; 2] = [FigureRole::Base, FigureRole::Actual];
/// And of those that it goes to.
pub const AIMS: [FigureRole; 2] = [FigureRole::Interim, FigureRole::Target];

/// The columns of the figures that stand for one of these, in the form's order.
pub fn columns<'a>(context: &Context<'a>, wanted: &[FigureRole]) -> Vec<&'a Column> {
    context.edition.schema.figures_of(wanted).collect()
}

/// A current value and the target that goes with it.
pub struct Pair<'a> {
    pub kpi: &'a Kpi,
    pub current: Number<'a>,
    pub target: Number<'a>,
}

/// A figure's reading that is a number.
#[derive(Clone, Copy)]
pub struct Number<'a> {
    pub value: f64,
    pub reading: &'a Reading,
    /// The whole figure.
    pub figure: &'a Sourced<Figure>,
    /// The column that it stands in.
    pub column: &'a Column,
}

/// The numbers of every printed KPI, part by part: by mark, or else in their order.
pub fn pairs<'a>(context: &Context<'a>) -> Vec<Pair<'a>> {
    // The last of the roles that has numbers, and of its columns the last: the latest value, and
    // the target that all interim ones lead to. A KPI that says all in words has none.
    let last = |kpi: &'a Kpi, roles: &[FigureRole]| -> Vec<Number<'a>> {
        let columns = roles.iter().rev().flat_map(|role| {
            let mut columns = columns(context, &[*role]);
            columns.reverse();
            columns
        });
        let mut numbers = columns.map(|column| numbers(kpi, column));
        numbers.find(|numbers| !numbers.is_empty()).unwrap_or_default()
    };
    let printed = context.annex.kpis.iter().filter(|kpi| kpi.is_printed());
    printed.flat_map(|kpi| of_kpi(kpi, last(kpi, &KNOWN), last(kpi, &AIMS))).collect()
}

fn of_kpi<'a>(kpi: &'a Kpi, current: Vec<Number<'a>>, target: Vec<Number<'a>>) -> Vec<Pair<'a>> {
    let has_marks = current.iter().chain(&target).any(|number| number.reading.mark.is_some());
    if !has_marks && current.len() != target.len() {
        return Vec::new();
    }
    let mut pairs = Vec::new();
    for (index, current) in current.into_iter().enumerate() {
        let target = if has_marks {
            target.iter().find(|target| target.reading.mark == current.reading.mark)
        } else {
            target.get(index)
        };
        if let Some(&target) = target {
            pairs.push(Pair { kpi, current, target });
        }
    }
    pairs
}

fn numbers<'a>(kpi: &'a Kpi, column: &'a Column) -> Vec<Number<'a>> {
    let figure = kpi.figure(&column.key);
    let number =
        |reading: &'a Reading| Some(Number { value: reading.number?, reading, figure, column });
    figure.value.readings.iter().filter_map(number).collect()
}

impl Number<'_> {
    /// As it is printed: mark, thousands separated, unit.
    pub fn shown(self) -> String {
        let number = quantity::grouped(&self.value.to_string());
        let Reading { mark, unit, .. } = self.reading;
        match mark {
            Some(mark) => format!("{mark}{number}{unit}"),
            None => format!("{number}{unit}"),
        }
    }
}
