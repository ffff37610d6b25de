//! Judges a track: from its values and its target to its standing.

use super::settings::Aim;
use super::{
    Band, Course, Direction, DirectionSource, Known, Milestone, Plan, Point, Standing, stations,
};
use crate::edition::{Better, Counting, Scheme};
use crate::model::Comparison;

/// What all tracks are judged by.
pub(super) struct Measure {
    pub scheme: Scheme,
    /// Best first; none where nothing is judged.
    pub bands: Vec<Band>,
    pub plan: Option<Plan>,
    pub reporting_year: Option<i32>,
}

/// Where a track comes from and goes to.
#[derive(Clone, Copy)]
pub(super) struct Way<'a> {
    /// The base value, where the plan states one; else the first value that is known.
    pub base: Option<Known>,
    pub target: Option<&'a Milestone>,
    pub interims: &'a [Milestone],
    pub aim: Aim,
    /// Values and target can be compared.
    pub units_agree: bool,
}

/// The numbers of a track on the scale of its target, where that begins, and whether a year is
/// missing among those that are added up.
pub(super) struct Scale {
    pub values: Vec<Known>,
    base: Option<Known>,
    is_broken: bool,
}

impl Measure {
    /// What the points come to, as the KPI's values are counted.
    pub fn scale(&self, points: &[Point], way: &Way) -> Scale {
        let known: Vec<Known> = points.iter().filter_map(Point::known).collect();
        let plan = self.plan;
        let zero = plan.map(|plan| Known { fiscal_year: plan.first_year - 1, number: 0.0 });
        let since = |known: &[Known]| -> Vec<Known> {
            let is_in = |known: &Known| plan.is_some_and(|p| known.fiscal_year >= p.first_year);
            known.iter().copied().filter(is_in).collect()
        };
        match way.aim.counting {
            Counting::Level => {
                Scale { base: way.base.or(known.first().copied()), values: known, is_broken: false }
            }
            Counting::Cumulative => Scale { values: since(&known), base: zero, is_broken: false },
            Counting::Yearly => {
                let brought = since(&known);
                let (mut values, mut so_far) = (Vec::new(), zero);
                for year in &brought {
                    let Some(before) = so_far else { break };
                    if year.fiscal_year != before.fiscal_year + 1 {
                        break;
                    }
                    let number = before.number + year.number;
                    so_far = Some(Known { number, ..*year });
                    values.extend(so_far);
                }
                Scale { is_broken: values.len() < brought.len(), values, base: zero }
            }
        }
    }

    /// The course of one track.
    pub fn course(&self, points: &[Point], scale: &Scale, way: &Way) -> Course {
        let mut course = Course {
            standing: Standing::NoNumber,
            direction: None,
            direction_from: None,
            base: scale.base,
            latest: scale.values.last().copied(),
            expected: None,
            share: None,
            rate: None,
            band: None,
        };
        course.standing = self.judge(&mut course, points, scale, way);
        course
    }

    fn judge(&self, course: &mut Course, points: &[Point], scale: &Scale, way: &Way) -> Standing {
        let Some((target, goal)) = way.target.and_then(|target| Some((target, target.number?)))
        else {
            return Standing::TargetInWords;
        };
        let (Some(base), Some(latest)) = (course.base, course.latest) else {
            let undated = points.iter().any(|p| p.number.is_some() && p.fiscal_year.is_none());
            let has_no_plan = scale.base.is_none() && points.iter().any(|p| p.known().is_some());
            return match (undated || has_no_plan, scale.is_broken) {
                (true, _) => Standing::YearsUnclear,
                (false, true) => Standing::YearMissing,
                (false, false) => Standing::NoNumber,
            };
        };
        if !way.units_agree {
            return Standing::UnitsDiffer;
        }
        let Some((direction, source)) = direction(way.aim, base.number, goal, target.comparison)
        else {
            return Standing::DirectionUnclear;
        };
        (course.direction, course.direction_from) = (Some(direction), Some(source));
        if scale.is_broken {
            return Standing::YearMissing;
        }
        if base.fiscal_year >= latest.fiscal_year {
            return Standing::BaseOnly;
        }
        let goal = Goal { number: goal, year: target.fiscal_year, direction };
        let unjudged = self.rate(course, base, latest, goal, way);
        let is_met = is_met(latest.number, goal.number, direction, target.comparison);
        course.band = self.band(course.rate, is_met).map(|band| band.name.clone());
        match (is_met, unjudged, course.expected) {
            (true, ..) => Standing::Met,
            (false, Some(standing), _) => standing,
            (false, None, None) => Standing::NotYetMet,
            (false, None, Some(expected)) if reaches(latest.number, expected, direction) => {
                Standing::OnCourse
            }
            (false, None, Some(_)) => Standing::Behind,
        }
    }

    /// Finds share, expected value and rate; gives back why there is no rate.
    fn rate(
        &self,
        course: &mut Course,
        base: Known,
        latest: Known,
        goal: Goal,
        way: &Way,
    ) -> Option<Standing> {
        let length = goal.number - base.number;
        let is_level = length == 0.0 || (length > 0.0) != (goal.direction == Direction::Up);
        // Where the base already is as the target wants it, that is to be kept.
        if way.aim.better == Some(Better::Keep) || (is_level && self.scheme != Scheme::None) {
            course.expected = Some(goal.number);
            course.rate = ratio(latest.number, goal.number, goal.direction);
            return course.rate.is_none().then_some(Standing::NoRate);
        }
        if !is_level {
            // No step towards a lower target is 0, not −0.
            course.share = Some((latest.number - base.number) / length + 0.0);
        }
        match self.scheme {
            Scheme::None => None,
            Scheme::Way => {
                course.rate = course.share;
                None
            }
            Scheme::Ratio => {
                let of_year = |aim: &&Milestone| aim.fiscal_year == Some(latest.fiscal_year);
                let interim = way.interims.iter().find(of_year).and_then(|aim| aim.number);
                course.expected = interim;
                let aim = interim.unwrap_or(goal.number);
                course.rate = ratio(latest.number, aim, goal.direction);
                course.rate.is_none().then_some(Standing::NoRate)
            }
            Scheme::Plan => self.by_plan(course, base, length),
            Scheme::Line => by_line(course, [base, latest], goal, way.interims),
        }
    }

    /// The share of the way by the share of the plan's years.
    fn by_plan(&self, course: &mut Course, base: Known, length: f64) -> Option<Standing> {
        let (Some(plan), Some(year)) = (self.plan, self.reporting_year) else {
            return Some(Standing::YearsUnclear);
        };
        let gone_by = f64::from(plan.gone_by(year)) / f64::from(plan.years());
        if gone_by <= 0.0 {
            return Some(Standing::BeforePlan);
        }
        course.expected = Some(base.number + length * gone_by);
        course.rate = course.share.map(|share| share / gone_by);
        None
    }

    /// The band of a rate: the first whose bound it reaches. On the way to a target nothing is
    /// better than to have reached it.
    fn band(&self, rate: Option<f64>, is_met: bool) -> Option<&Band> {
        let is_way = matches!(self.scheme, Scheme::Plan | Scheme::Line);
        if is_met && (is_way || rate.is_none()) {
            return self.bands.first();
        }
        // A rate that is 1 in decimals may be a hair less in binary.
        let reached = |rate: f64, band: &&Band| band.from.is_none_or(|from| rate >= from - 1e-9);
        rate.and_then(|rate| self.bands.iter().find(|band| reached(rate, band)))
    }
}

/// What is to be reached, when, and from which side.
#[derive(Clone, Copy)]
struct Goal {
    number: f64,
    year: Option<i32>,
    direction: Direction,
}

/// The share of the way by that of the straight line, or of the lines between interim targets.
fn by_line(
    course: &mut Course,
    [base, latest]: [Known; 2],
    goal: Goal,
    interims: &[Milestone],
) -> Option<Standing> {
    let Some(fiscal_year) = goal.year.filter(|year| *year > base.fiscal_year) else {
        return Some(Standing::YearsUnclear);
    };
    let goal = Known { fiscal_year, number: goal.number };
    let ends = [base].into_iter().chain(stations(base, goal, interims)).chain([goal]);
    let ends: Vec<Known> = ends.collect();
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
    // Behind the target's year the line stays at the target.
    let expected = on_line.unwrap_or(goal.number);
    course.expected = Some(expected);
    let step = expected - base.number;
    course.rate = (step != 0.0).then(|| (latest.number - base.number) / step + 0.0);
    None
}

/// The value by its target, the other way round where less is better; `None` where that says
/// nothing.
fn ratio(value: f64, target: f64, direction: Direction) -> Option<f64> {
    let (part, whole) = match direction {
        Direction::Up => (value, target),
        Direction::Down => (target, value),
    };
    (part >= 0.0 && whole > 0.0).then(|| part / whole)
}

/// A setting stands above the target's 以上 and 以下, these above the way from base to target: one
/// that leads upwards tells it; a target below the base may want less, or no less than that.
fn direction(
    aim: Aim,
    base: f64,
    goal: f64,
    comparison: Option<Comparison>,
) -> Option<(Direction, DirectionSource)> {
    let said = comparison.map(|comparison| match comparison {
        Comparison::AtLeast | Comparison::Above => Direction::Up,
        Comparison::AtMost | Comparison::Below => Direction::Down,
    });
    match aim.better {
        Some(Better::Higher) => Some((Direction::Up, DirectionSource::Setting)),
        Some(Better::Lower) => Some((Direction::Down, DirectionSource::Setting)),
        Some(Better::Keep) => Some((said.unwrap_or(Direction::Up), DirectionSource::Setting)),
        None => match said {
            Some(direction) => Some((direction, DirectionSource::Comparison)),
            None => (goal > base).then_some((Direction::Up, DirectionSource::Target)),
        },
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
