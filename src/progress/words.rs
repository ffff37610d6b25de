//! What is said of a judgement wherever it is shown: how it is made, and by which bounds.

use super::{Band, Progress};
use crate::edition::Scheme;
use crate::schema::Schema;
use crate::text::{era, quantity};

impl Progress {
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

/// A number with separators of thousands: 1551 is 「1,551」.
pub fn number(value: f64) -> String {
    // What no one measured to the ninth decimal is a hair of binary arithmetic.
    quantity::grouped(&((value * 1e9).round() / 1e9).to_string())
}
