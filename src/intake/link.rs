//! Links: which measures a KPI means.
//!
//! A line of 対象施策 is an id or a name. Of several measures of one name, that of the KPI's
//! category is meant, then that of its department, then the first. A line of several names
//! joined by 「・」 or 「、」 is taken apart where all of them are known and the whole is not;
//! lines are joined where a name was broken over them.

use std::collections::BTreeMap;

use super::ids;
use crate::model::{Id, Kpi, Link, Measure, Sourced};
use crate::text::key;

/// Signs that may stand between two names, and within one.
const JOINTS: [char; 8] = ['・', '、', '，', ',', '／', '/', '；', ';'];
/// At most so many joints are tried.
const MOST_JOINTS: usize = 24;

/// The measures by name.
pub struct Names<'m> {
    measures: &'m [Measure],
    by_name: BTreeMap<String, Vec<usize>>,
}

impl<'m> Names<'m> {
    /// The measures must have their ids.
    pub fn new(measures: &'m [Measure]) -> Self {
        let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, measure) in measures.iter().enumerate() {
            by_name.entry(key(&measure.name.value)).or_default().push(index);
        }
        Self { measures, by_name }
    }

    /// Ties a KPI's lines to measures.
    pub fn link(&self, kpi: &mut Kpi) {
        let lines: Vec<Sourced<String>> =
            std::mem::take(&mut kpi.measures).into_iter().map(|link| link.text).collect();
        let mut rest = lines.as_slice();
        while let [line, others @ ..] = rest {
            rest = others;
            if let Some(measure) = self.find(kpi, &line.value) {
                kpi.measures.push(Link { text: line.clone(), measure: Some(measure) });
            } else if let Some((joined, count)) = self.broken(rest, line) {
                let measure = self.find(kpi, &joined.value);
                kpi.measures.push(Link { text: joined, measure });
                rest = rest.get(count..).unwrap_or_default();
            } else if let Some(names) = self.taken_apart(&line.value, MOST_JOINTS) {
                for name in names {
                    let measure = self.find(kpi, name);
                    let text = Sourced { value: name.to_owned(), ..line.clone() };
                    kpi.measures.push(Link { text, measure });
                }
            } else {
                kpi.measures.push(Link { text: line.clone(), measure: None });
            }
        }
    }

    fn known(&self, name: &str) -> Option<&Vec<usize>> {
        let name = key(name);
        self.by_name.get(&name).or_else(|| {
            // 「・施策名」 in a list, 「施策名（再掲）」 as printed.
            let name = name.trim_start_matches(['・', '○', '●', '-']);
            self.by_name.get(name.strip_suffix("(再掲)").unwrap_or(name))
        })
    }

    fn find(&self, kpi: &Kpi, text: &str) -> Option<Id> {
        if let Some(id) = ids::stated(text, false)
            && self.measures.iter().any(|measure| measure.id == id)
        {
            return Some(id);
        }
        let fitting: Vec<&Measure> =
            self.known(text)?.iter().filter_map(|&index| self.measures.get(index)).collect();
        let category = kpi.category.value;
        let own = |m: &&&Measure| m.category.value == category;
        let again = |m: &&&Measure| m.reposts.iter().any(|r| r.value == category);
        let ours = |m: &&&Measure| m.submitted_by == kpi.submitted_by;
        let best = fitting.iter().find(|m| category.is_some() && own(m));
        let best = best.or_else(|| fitting.iter().find(|m| category.is_some() && again(m)));
        let best = best.or_else(|| fitting.iter().find(ours)).or(fitting.first());
        best.map(|measure| measure.id.clone())
    }

    /// A name broken over lines: the whole, and how many of the following lines belong to it.
    fn broken(
        &self,
        following: &[Sourced<String>],
        line: &Sourced<String>,
    ) -> Option<(Sourced<String>, usize)> {
        let mut joined = line.clone();
        for (index, next) in following.iter().take(3).enumerate() {
            let raw = joined.raw.clone().unwrap_or_else(|| joined.value.clone());
            joined.raw = Some(format!("{raw}\n{}", next.raw.as_ref().unwrap_or(&next.value)));
            joined.value.push_str(&next.value);
            if self.known(&joined.value).is_some() {
                return Some((joined, index + 1));
            }
        }
        None
    }

    /// The names that a line joins, longest first, where it consists of known names alone.
    fn taken_apart<'t>(&self, text: &'t str, joints: usize) -> Option<Vec<&'t str>> {
        let places: Vec<(usize, &str)> = text.match_indices(JOINTS).take(joints).collect();
        for &(place, joint) in places.iter().rev() {
            let (Some(name), Some(rest)) = (text.get(..place), text.get(place + joint.len()..))
            else {
                continue;
            };
            if self.known(name).is_none() {
                continue;
            }
            let others = if self.known(rest).is_some() {
                Some(vec![rest.trim()])
            } else {
                self.taken_apart(rest, joints - 1)
            };
            if let Some(others) = others {
                return Some(std::iter::once(name.trim()).chain(others).collect());
            }
        }
        None
    }
}
