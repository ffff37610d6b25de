//! A small chart of one track in a square of side 1: its values, the line to the target, the
//! target.

use super::{Known, Track};

/// Places are from the lower left.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    pub values: Vec<[f64; 2]>,
    /// From the base through the interim targets to the target.
    pub way: Vec<[f64; 2]>,
    pub stations: Vec<[f64; 2]>,
    pub goal: [f64; 2],
    pub first_year: i32,
    pub last_year: i32,
}

impl Track {
    /// The chart; `None` where there is no way from base to target to show.
    pub fn chart(&self) -> Option<Chart> {
        let [base, goal] = self.way()?;
        let stations = self.stations();
        let all = || self.values.iter().chain(&stations).chain([&goal, &base]);
        let years = || all().map(|known| known.fiscal_year);
        let (first_year, last_year) = (years().min()?, years().max()?);
        let low = all().map(|known| known.number).fold(f64::INFINITY, f64::min);
        let high = all().map(|known| known.number).fold(f64::NEG_INFINITY, f64::max);
        let place = |known: &Known| {
            let across = part(known.fiscal_year.into(), first_year.into(), last_year.into());
            [across, part(known.number, low, high)]
        };
        let ends = [base].into_iter().chain(stations.iter().copied()).chain([goal]);
        Some(Chart {
            values: self.values.iter().map(place).collect(),
            way: ends.map(|end| place(&end)).collect(),
            stations: stations.iter().map(place).collect(),
            goal: place(&goal),
            first_year,
            last_year,
        })
    }
}

/// Where a value lies between two: 0 to 1, the middle where the two are one.
fn part(value: f64, low: f64, high: f64) -> f64 {
    if high > low { (value - low) / (high - low) } else { 0.5 }
}
