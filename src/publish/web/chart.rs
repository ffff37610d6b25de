//! A small chart of one track: its values, the straight line to the target, the target.

use serde::Serialize;

use crate::progress::{Known, Track, number};
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
    let [_, end] = track.way()?;
    let plain = track.chart()?;
    let place = |at: &[f64; 2]| Spot {
        x: tenths(SIDE + (WIDTH - 2.0 * SIDE) * at[0]),
        y: tenths(HEIGHT - BELOW - (HEIGHT - BELOW - SIDE) * at[1]),
    };
    let points = |places: &[[f64; 2]]| {
        let spots = places.iter().map(place).map(|spot| format!("{},{}", spot.x, spot.y));
        spots.collect::<Vec<_>>().join(" ")
    };
    let corner = |at: &[f64; 2], half: f64| {
        let Spot { x, y } = place(at);
        Spot { x: tenths(x - half), y: tenths(y - half) }
    };
    let stations = track.stations();
    let aims = stations.iter().map(|k| said(k, "の中間の目標")).chain([said(&end, "の目標")]);
    let words = track.values.iter().map(|k| said(k, "")).chain(aims);
    Some(Chart {
        width: WIDTH,
        height: HEIGHT,
        words: words.collect::<Vec<_>>().join("、"),
        line: points(&plain.values),
        way: points(&plain.way),
        dots: plain.values.iter().map(place).collect(),
        stations: plain.stations.iter().map(|station| corner(station, 3.0)).collect(),
        goal: corner(&plain.goal, 4.0),
        first: era::short(plain.first_year),
        last: era::short(plain.last_year),
    })
}

fn said(known: &Known, what: &str) -> String {
    format!("{}{what} {}", era::long(known.fiscal_year), number(known.number))
}

fn tenths(pixels: f64) -> f64 {
    (pixels * 10.0).round() / 10.0
}
