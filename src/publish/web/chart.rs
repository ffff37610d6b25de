//! A small chart of one track: its values, the straight line to the target, the target.

use serde::Serialize;

use crate::progress::{Known, Track};
use crate::text::era;

const WIDTH: f64 = 200.0;
const HEIGHT: f64 = 100.0;
/// Room at the sides and above, and below for the years.
const SIDE: f64 = 10.0;
const BELOW: f64 = 28.0;

/// The chart in pixels from the upper left, and the same in words.
#[derive(Serialize)]
pub(super) struct Chart {
    width: f64,
    height: f64,
    words: String,
    line: String,
    way: String,
    dots: Vec<Spot>,
    /// The upper left corners of the squares of the interim targets, and of the target's.
    stations: Vec<Spot>,
    goal: Spot,
    first: String,
    last: String,
}

#[derive(Serialize)]
struct Spot {
    x: f64,
    y: f64,
}

/// The chart; `None` where there is no way from base to target to show.
pub(super) fn chart(track: &Track) -> Option<Chart> {
    let [base, goal] = track.way()?;
    let values: Vec<Known> = track
        .points
        .iter()
        .filter_map(|p| Some(Known { fiscal_year: p.fiscal_year?, number: p.number? }))
        .collect();
    let stations = track.stations();
    let all = || values.iter().chain(&stations).chain([&goal, &base]);
    let (first, last) = (all().map(|k| k.fiscal_year).min()?, all().map(|k| k.fiscal_year).max()?);
    let low = all().map(|k| k.number).fold(f64::INFINITY, f64::min);
    let high = all().map(|k| k.number).fold(f64::NEG_INFINITY, f64::max);
    let place = |known: &Known| Spot {
        x: tenths(
            SIDE + (WIDTH - 2.0 * SIDE) * part(known.fiscal_year.into(), first.into(), last.into()),
        ),
        y: tenths(HEIGHT - BELOW - (HEIGHT - BELOW - SIDE) * part(known.number, low, high)),
    };
    let points = |knowns: &[Known]| {
        let spots = knowns.iter().map(place).map(|spot| format!("{},{}", spot.x, spot.y));
        spots.collect::<Vec<_>>().join(" ")
    };
    let corner = |known: &Known, half: f64| {
        let Spot { x, y } = place(known);
        Spot { x: tenths(x - half), y: tenths(y - half) }
    };
    let aims = stations.iter().map(|k| said(k, "の中間の目標")).chain([said(&goal, "の目標")]);
    let words = values.iter().map(|k| said(k, "")).chain(aims);
    let ends: Vec<Known> =
        [base].into_iter().chain(stations.iter().copied()).chain([goal]).collect();
    Some(Chart {
        width: WIDTH,
        height: HEIGHT,
        words: words.collect::<Vec<_>>().join("、"),
        line: points(&values),
        way: points(&ends),
        dots: values.iter().map(place).collect(),
        stations: stations.iter().map(|station| corner(station, 3.0)).collect(),
        goal: corner(&goal, 4.0),
        first: era::short(first),
        last: era::short(last),
    })
}

fn said(known: &Known, what: &str) -> String {
    format!("{}{what} {}", era::long(known.fiscal_year), super::progress::number(known.number))
}

/// Where a value lies between two: 0 to 1, the middle where the two are one.
fn part(value: f64, low: f64, high: f64) -> f64 {
    if high > low { (value - low) / (high - low) } else { 0.5 }
}

fn tenths(pixels: f64) -> f64 {
    (pixels * 10.0).round() / 10.0
}
