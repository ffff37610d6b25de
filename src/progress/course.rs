//! Judges a track: from its points and its target to its standing.

use super::{Course, Direction, DirectionSource, Known, Milestone, Point, Settings, Standing};
use crate::model::{Comparison, Id};

/// The course of one track. `units_agree` says whether values and target can be compared.
pub(super) fn course(
    kpi: &Id,
    points: &[Point],
    target: Option<&Milestone>,
    units_agree: bool,
    settings: &Settings,
) -> Course {
    let mut known = points
        .iter()
        .filter_map(|point| Some(Known { fiscal_year: point.fiscal_year?, number: point.number? }));
    let base = known.next();
    let latest = known.next_back().or(base);
    let mut course = Course {
        standing: Standing::NoNumber,
        direction: None,
        direction_from: None,
        base,
        latest,
        expected: None,
        share: None,
        pace: None,
        band: None,
    };
    course.standing = judge(&mut course, kpi, points, target, units_agree, settings);
    course
}

fn judge(
    course: &mut Course,
    kpi: &Id,
    points: &[Point],
    target: Option<&Milestone>,
    units_agree: bool,
    settings: &Settings,
) -> Standing {
    let Some(goal) = target.and_then(|target| target.number) else {
        return Standing::TargetInWords;
    };
    let (Some(base), Some(latest)) = (course.base, course.latest) else {
        let undated = points.iter().any(|point| point.number.is_some());
        return if undated { Standing::YearsUnclear } else { Standing::NoNumber };
    };
    if !units_agree {
        return Standing::UnitsDiffer;
    }
    let comparison = target.and_then(|target| target.comparison);
    let Some((direction, source)) = direction(kpi, base.number, goal, comparison, settings) else {
        return Standing::DirectionUnclear;
    };
    (course.direction, course.direction_from) = (Some(direction), Some(source));
    let year = target.and_then(|target| target.fiscal_year);
    line(course, base, latest, goal, year, direction);
    if is_met(latest.number, goal, direction, comparison) {
        course.band = settings.bands.first().map(|band| band.name.clone());
        return Standing::Met;
    }
    if base.fiscal_year == latest.fiscal_year {
        return Standing::BaseOnly;
    }
    let Some(expected) = course.expected else { return Standing::YearsUnclear };
    course.band = course.pace.and_then(|pace| settings.band(pace)).map(|band| band.name.clone());
    if reaches(latest.number, expected, direction) { Standing::OnCourse } else { Standing::Behind }
}

/// Share, expected value and pace, as far as the way from base to target is one towards better.
fn line(
    course: &mut Course,
    base: Known,
    latest: Known,
    goal: f64,
    year: Option<i32>,
    direction: Direction,
) {
    let way = goal - base.number;
    if way == 0.0 || (way > 0.0) != (direction == Direction::Up) {
        // The base already is where the target wants it: the line is level.
        course.expected = Some(goal);
        return;
    }
    // No step towards a lower target is 0, not −0.
    let share = (latest.number - base.number) / way + 0.0;
    course.share = Some(share);
    let Some(years) = year.map(|year| year - base.fiscal_year).filter(|years| *years > 0) else {
        return;
    };
    // Behind the target's year the line stays at the target.
    let passed = f64::from((latest.fiscal_year - base.fiscal_year).min(years)) / f64::from(years);
    course.expected = Some(base.number + way * passed);
    if passed > 0.0 {
        course.pace = Some(share / passed);
    }
}

/// A setting stands above the target's 以上 and 以下, these above the way from base to target.
fn direction(
    kpi: &Id,
    base: f64,
    goal: f64,
    comparison: Option<Comparison>,
    settings: &Settings,
) -> Option<(Direction, DirectionSource)> {
    if let Some(direction) = settings.directions.get(kpi) {
        return Some((*direction, DirectionSource::Setting));
    }
    match comparison {
        Some(Comparison::AtLeast | Comparison::Above) => {
            Some((Direction::Up, DirectionSource::Comparison))
        }
        Some(Comparison::AtMost | Comparison::Below) => {
            Some((Direction::Down, DirectionSource::Comparison))
        }
        None if goal > base => Some((Direction::Up, DirectionSource::Target)),
        None if goal < base => Some((Direction::Down, DirectionSource::Target)),
        None => None,
    }
}

fn is_met(latest: f64, goal: f64, direction: Direction, comparison: Option<Comparison>) -> bool {
    match comparison {
        // 超 and 未満 leave the bound itself out.
        Some(Comparison::Above) if direction == Direction::Up => latest > goal,
        Some(Comparison::Below) if direction == Direction::Down => latest < goal,
        _ => reaches(latest, goal, direction),
    }
}

fn reaches(number: f64, bound: f64, direction: Direction) -> bool {
    // The line is computed; a hair's difference is none.
    let slack = 1e-9 * bound.abs().max(1.0);
    match direction {
        Direction::Up => number >= bound - slack,
        Direction::Down => number <= bound + slack,
    }
}
