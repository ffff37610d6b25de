//! Judges a track: from its points and its target to its standing.

use super::{
    Course, Direction, DirectionSource, Known, Milestone, Point, Settings, Standing, stations,
};
use crate::model::{Comparison, Id};

/// Where a track comes from and goes to.
#[derive(Clone, Copy)]
pub(super) struct Way<'a> {
    /// The base value, where the plan states one; else the first value that is known.
    pub base: Option<Known>,
    pub target: Option<&'a Milestone>,
    pub interims: &'a [Milestone],
}

/// The course of one track. `units_agree` says whether values and target can be compared.
pub(super) fn course(
    kpi: &Id,
    points: &[Point],
    way: Way,
    units_agree: bool,
    settings: &Settings,
) -> Course {
    let mut known = points.iter().filter_map(Point::known);
    let first = known.next();
    let latest = known.next_back().or(first);
    let base = way.base.or(first);
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
    course.standing = judge(&mut course, kpi, points, way, units_agree, settings);
    course
}

fn judge(
    course: &mut Course,
    kpi: &Id,
    points: &[Point],
    way: Way,
    units_agree: bool,
    settings: &Settings,
) -> Standing {
    let target = way.target;
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
    by_stations(course, base, latest, goal, year, way.interims);
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

/// With interim targets, what is expected of a year is on the lines between them.
fn by_stations(
    course: &mut Course,
    base: Known,
    latest: Known,
    goal: f64,
    year: Option<i32>,
    interims: &[Milestone],
) {
    let Some(fiscal_year) = year.filter(|year| *year > base.fiscal_year) else { return };
    let goal = Known { fiscal_year, number: goal };
    let stations = stations(base, goal, interims);
    if stations.is_empty() {
        return;
    }
    let ends: Vec<Known> = [base].into_iter().chain(stations).chain([goal]).collect();
    let on_line = ends.windows(2).find_map(|pair| {
        let [from, to] = pair else { return None };
        let is_between =
            from.fiscal_year <= latest.fiscal_year && latest.fiscal_year <= to.fiscal_year;
        // Two values of one year have no line between them.
        if !is_between || from.fiscal_year == to.fiscal_year {
            return None;
        }
        let years = f64::from(to.fiscal_year - from.fiscal_year);
        let passed = f64::from(latest.fiscal_year - from.fiscal_year) / years;
        Some(from.number + (to.number - from.number) * passed)
    });
    let expected = on_line.unwrap_or(goal.number);
    course.expected = Some(expected);
    let step = expected - base.number;
    course.pace = (step != 0.0).then(|| (latest.number - base.number) / step + 0.0);
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
