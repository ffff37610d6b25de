//! What is said of the KPIs and their judgement wherever they are shown: how it is made, by which
//! bounds, how often each was given, and what stands at the ends of the way.

use super::{Band, Known, Point, Progress, Standing, Track};
use crate::edition::{Counting, Scheme};
use crate::schema::Schema;
use crate::text::{era, quantity};

/// What is not judged, behind the judgements.
const UNJUDGED: &str = "判定なし";

impl Progress {
    /// The tracks that the newest edition has.
    pub fn newest(&self) -> impl Iterator<Item = &Track> {
        let newest = self.editions.last();
        self.tracks.iter().filter(move |track| Some(&track.last_edition) == newest)
    }

    /// The judgements, best first, and last that there is none.
    pub fn grades(&self) -> Vec<&str> {
        self.bands.iter().map(|band| band.name.as_str()).chain([UNJUDGED]).collect()
    }

    /// How many of some tracks have each of the [`grades`](Self::grades).
    pub fn counts(&self, tracks: &[&Track]) -> Vec<usize> {
        let mut counts = vec![0; self.bands.len() + 1];
        for track in tracks {
            let band = track.course.band.as_ref();
            let at = self.bands.iter().position(|other| Some(&other.name) == band);
            if let Some(count) = counts.get_mut(at.unwrap_or(self.bands.len())) {
                *count += 1;
            }
        }
        counts
    }

    /// What the judgement goes by, in a sentence or two.
    pub fn method(&self, schema: &Schema) -> String {
        let sentence = match self.scheme {
            Scheme::Plan => return self.plan_method(schema),
            Scheme::Line => {
                "基準値から{kpis.target}までを直線（中間の目標があれば折れ線）で結び、その線どおりの進み方を1としたときの、最新の値の進み方を見ています。"
            }
            Scheme::Way => {
                "基準値から{kpis.target}までの道のりのうち、最新の値までに進んだ割合を見ています。"
            }
            Scheme::Ratio => {
                "その年度の目標（年度ごとの目標がなければ{kpis.target}）に対する最新の値の割合（減らすことが目標のものは、最新の値に対する目標の割合）を見ています。"
            }
            Scheme::None => "基準値から{kpis.target}までの推移を示しています。",
        };
        schema.fill(sentence).into_owned()
    }

    fn plan_method(&self, schema: &Schema) -> String {
        let (years, gone_by) = match (self.plan, self.reporting_year) {
            (Some(plan), Some(year)) => {
                let (first, last) = (era::long(plan.first_year), era::long(plan.last_year));
                let share = format!("{}年のうち{}年", plan.years(), plan.gone_by(year));
                (format!("（{first}から{last}まで）"), format!("{}末で{share}", era::long(year)))
            }
            _ => (String::new(), "年度が分からないため判定しません".to_owned()),
        };
        let sentence = format!(
            "基準値から{{kpis.target}}までの道のりのうち進んだ割合を、計画期間{years}のうち経過した年数の割合（{gone_by}）で割った率を見ています。"
        );
        schema.fill(&sentence).into_owned()
    }

    /// The bounds of the judgements, best first: 「A 1以上」; none where nothing is judged.
    pub fn bounds(&self) -> Vec<String> {
        let judged = self.tracks.iter().any(|track| track.course.band.is_some());
        let bound = |band: &Band| match band.from {
            Some(from) => format!("{} {from}以上", band.name),
            None => format!("{} それより下", band.name),
        };
        self.bands.iter().filter(|_| judged).map(bound).collect()
    }

    /// The judgement that what has reached its target is given; `None` where the rate decides that
    /// too.
    pub fn best(&self) -> Option<&str> {
        let is_way = matches!(self.scheme, Scheme::Plan | Scheme::Line);
        self.bands.first().filter(|_| is_way).map(|band| band.name.as_str())
    }
}

impl Track {
    /// Its name with its mark or label: 「①件数」, 「件数（結婚）」.
    pub fn full_name(&self) -> String {
        let mark = self.mark.map(String::from).unwrap_or_default();
        match self.label.as_str() {
            "" => format!("{mark}{}", self.name),
            label => format!("{mark}{}（{label}）", self.name),
        }
    }

    /// The number that the way begins with; `None` where it is not known, or where what is reported
    /// is added up from nothing.
    pub fn start(&self) -> Option<Known> {
        self.course.base.filter(|_| self.counting == Counting::Level)
    }

    /// What is known of the newest year, where that is not the only one.
    pub fn newest_point(&self) -> Option<&Point> {
        self.points.last().filter(|_| self.points.len() > 1)
    }

    /// What the years come to together, where that is asked for and known.
    pub fn total(&self) -> Option<Known> {
        let adds_up =
            self.counting == Counting::Yearly && self.course.standing != Standing::YearMissing;
        self.course.latest.filter(|_| adds_up)
    }
}

impl Point {
    /// The number with its unit, or the words that stand for one.
    pub fn shown(&self, unit: &str) -> String {
        self.number.map_or_else(|| self.printed.clone(), |value| format!("{}{unit}", number(value)))
    }
}

/// A rate in whole percent: 0.87 is 「87%」.
pub fn percent(rate: f64) -> String {
    // Without the sign that binary arithmetic leaves on a nought.
    format!("{}%", number((rate * 100.0).round() + 0.0))
}

/// A number with separators of thousands: 1551 is 「1,551」.
pub fn number(value: f64) -> String {
    // What no one measured to the ninth decimal is a hair of binary arithmetic.
    quantity::grouped(&((value * 1e9).round() / 1e9).to_string())
}
