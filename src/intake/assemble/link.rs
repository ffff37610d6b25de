//! Links: which measures a KPI means.
//!
//! A line of 対象施策 is an id or a name. Of several measures of one name, that of the KPI's
//! category is meant, then one above or below it, then that of its department, then the first. A line of several names
//! joined by 「・」 or 「、」 is taken apart where all of them are known and the whole is not;
//! lines are joined where a name was broken over them.

use std::collections::{BTreeMap, BTreeSet};

use crate::intake::interpret::stated_id;
use crate::model::{HeadingId, Id, Kpi, Link, Measure, Sourced};
use crate::schema::{Table, Words};
use crate::text::{key, unmarked};

/// Signs that may stand between two names, and within one.
const SEPARATORS: [char; 8] = ['・', '、', '，', ',', '／', '/', '；', ';'];
/// So many separators of a line are tried.
const MOST_SEPARATORS: usize = 24;

/// The measures by name.
pub struct Names<'m> {
    ids: BTreeSet<&'m Id>,
    by_name: BTreeMap<String, Namesakes<'m>>,
    /// How a repost may be marked behind its name.
    marks: [String; 2],
}

/// The measures of one name, by what a KPI may have in common with them; the first of each.
struct Namesakes<'m> {
    first: &'m Id,
    of_category: BTreeMap<HeadingId, &'m Id>,
    reposted: BTreeMap<HeadingId, &'m Id>,
    submitted_by: BTreeMap<&'m str, &'m Id>,
}

impl<'m> Namesakes<'m> {
    fn new(first: &'m Measure) -> Self {
        let (of_category, reposted) = (BTreeMap::new(), BTreeMap::new());
        Self { first: &first.id, of_category, reposted, submitted_by: BTreeMap::new() }
    }

    fn add(&mut self, measure: &'m Measure) {
        let id = &measure.id;
        if let Some(category) = measure.category.value {
            self.of_category.entry(category).or_insert(id);
        }
        for category in measure.reposts.iter().filter_map(|repost| repost.value) {
            self.reposted.entry(category).or_insert(id);
        }
        self.submitted_by.entry(&measure.submitted_by).or_insert(id);
    }

    fn meant_by(&self, kpi: &Kpi) -> &'m Id {
        let category = kpi.category.value;
        let own = category.and_then(|category| self.of_category.get(&category));
        // A KPI of a heading above those of the measures means one of the measures under it.
        let near = || {
            let category = category?;
            let is_near = |id: &HeadingId| {
                let depth = id.depth().min(category.depth());
                id.at_level(depth) == category.at_level(depth)
            };
            self.of_category.iter().find(|(id, _)| is_near(id)).map(|(_, measure)| measure)
        };
        let again = || category.and_then(|category| self.reposted.get(&category));
        let ours = || self.submitted_by.get(kpi.submitted_by.as_str());
        own.or_else(near).or_else(again).or_else(ours).copied().unwrap_or(self.first)
    }
}

impl<'m> Names<'m> {
    /// The measures must have their ids.
    pub fn new(measures: &'m [Measure], words: &Words) -> Self {
        let mut by_name: BTreeMap<String, Namesakes> = BTreeMap::new();
        // What was abolished is meant where nothing else has the name.
        let (printed, abolished): (Vec<&Measure>, Vec<_>) =
            measures.iter().partition(|measure| measure.is_printed());
        for measure in printed.into_iter().chain(abolished) {
            let name = &measure.name.value;
            // A KPI may name it without the mark beside its name: 「【新規】」.
            for name in BTreeSet::from([key(name), key(unmarked(name))]) {
                let namesakes = by_name.entry(name);
                namesakes.or_insert_with(|| Namesakes::new(measure)).add(measure);
            }
        }
        let ids = measures.iter().map(|measure| &measure.id).collect();
        Self { ids, by_name, marks: ["（再掲）", &words.repost].map(key) }
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
            } else if let Some((joined, others)) = self.broken(rest, line) {
                let measure = self.find(kpi, &joined.value);
                kpi.measures.push(Link { text: joined, measure });
                rest = others;
            } else if let Some(names) = self.taken_apart(&line.value) {
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

    /// Ties the lines of a KPI that are not tied yet; the others stay.
    pub fn link_rest(&self, kpi: &mut Kpi) {
        let mut all = Vec::new();
        let links = std::mem::take(&mut kpi.measures);
        for links in links.chunk_by(|a, b| a.measure.is_some() == b.measure.is_some()) {
            kpi.measures = links.to_vec();
            if links.iter().all(|link| link.measure.is_none()) {
                self.link(kpi);
            }
            all.append(&mut kpi.measures);
        }
        kpi.measures = all;
    }

    fn known(&self, name: &str) -> Option<&Namesakes<'m>> {
        let name = key(name);
        self.by_name.get(&name).or_else(|| {
            // 「・施策名」 in a list, 「施策名（再掲）」 as printed.
            let name = name.trim_start_matches(['・', '○', '●', '-']);
            let bare = self.marks.iter().find_map(|mark| name.strip_suffix(mark.as_str()));
            let bare = bare.unwrap_or(name);
            self.by_name.get(bare).or_else(|| self.by_name.get(unmarked(bare)))
        })
    }

    fn find(&self, kpi: &Kpi, text: &str) -> Option<Id> {
        if let Some(id) = stated_id(text, Table::Measures)
            && self.ids.contains(&id)
        {
            return Some(id);
        }
        self.known(text).map(|namesakes| namesakes.meant_by(kpi).clone())
    }

    /// A name broken over lines: the whole, and the lines after it.
    fn broken<'l>(
        &self,
        mut following: &'l [Sourced<String>],
        line: &Sourced<String>,
    ) -> Option<(Sourced<String>, &'l [Sourced<String>])> {
        let mut joined = line.clone();
        for _ in 0..3 {
            let (next, others) = following.split_first()?;
            following = others;
            let raw = joined.raw.clone().unwrap_or_else(|| joined.value.clone());
            joined.raw = Some(format!("{raw}\n{}", next.raw.as_ref().unwrap_or(&next.value)));
            joined.value.push_str(&next.value);
            if self.known(&joined.value).is_some() {
                return Some((joined, following));
            }
        }
        None
    }

    /// The names that a line joins, longest first, where it consists of known names alone.
    fn taken_apart<'t>(&self, text: &'t str) -> Option<Vec<&'t str>> {
        let separators = text.match_indices(SEPARATORS).take(MOST_SEPARATORS);
        let separators: Vec<(usize, usize)> =
            separators.map(|(at, separator)| (at, at + separator.len())).collect();
        self.names_from(0, text, &separators, &mut BTreeSet::new())
    }

    /// The names from a place of the text on. A place from which there is no way on is tried once,
    /// for the ways to it are as many as there are sets of separators.
    fn names_from<'t>(
        &self,
        from: usize,
        text: &'t str,
        separators: &[(usize, usize)],
        dead_ends: &mut BTreeSet<usize>,
    ) -> Option<Vec<&'t str>> {
        for &(end, next) in separators.iter().rev().filter(|&&(end, _)| end >= from) {
            let (Some(name), Some(rest)) = (text.get(from..end), text.get(next..)) else {
                continue;
            };
            if dead_ends.contains(&next) || self.known(name).is_none() {
                continue;
            }
            let others = if self.known(rest).is_some() {
                Some(vec![rest.trim()])
            } else {
                self.names_from(next, text, separators, dead_ends)
            };
            if let Some(others) = others {
                return Some(std::iter::once(name.trim()).chain(others).collect());
            }
        }
        dead_ends.insert(from);
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measures(names: &[&str]) -> Vec<Measure> {
        let measure = |(number, name): (u32, &&str)| Measure {
            entry: crate::model::Entry {
                id: Id::measure("R7", number),
                name: Sourced { value: (*name).to_owned(), ..Sourced::default() },
                ..Default::default()
            },
        };
        (1..).zip(names).map(measure).collect()
    }

    #[test]
    fn of_one_name_the_measure_under_the_heading_of_the_kpi_is_meant() {
        let mut measures = measures(&["あ", "あ", "あ"]);
        for (measure, place) in measures.iter_mut().zip([[1, 1, 1], [1, 2, 1], [1, 2, 2]]) {
            measure.category.value = HeadingId::of(&place);
            measure.submitted_by = format!("部{}", place[2]);
        }
        let names = Names::new(&measures, &Words::default());
        for (place, expected) in [
            (&[1, 2][..], "R7-002"),
            (&[1, 2, 2], "R7-003"),
            (&[1, 1], "R7-001"),
            (&[1, 1, 1, 4], "R7-001"),
            (&[2], "R7-002"),
        ] {
            let mut kpi = Kpi::default();
            kpi.category.value = HeadingId::of(place);
            kpi.submitted_by = "部1".into();
            if place == [2] {
                kpi.submitted_by = "部2".into();
            }
            let found = names.find(&kpi, "あ").map(|id| id.0);
            let expected = if place == [2] { "R7-003" } else { expected };
            assert_eq!(found.as_deref(), Some(expected), "{place:?}");
        }
    }

    #[test]
    fn a_line_is_taken_apart_into_known_names_the_longest_first() {
        let measures = measures(&["あ", "あ・あ", "い・う", "え"]);
        let names = Names::new(&measures, &Words::default());
        for (line, expected) in [
            ("あ・え", Some("あ|え")),
            ("あ・あ・え", Some("あ・あ|え")),
            ("え・い・う・あ", Some("え|い・う|あ")),
            ("え、い・う", Some("え|い・う")),
            ("あ・い", None),
            ("お・あ", None),
            // Each name of the beginning can be read in many ways, and none leads to the end.
            (&format!("{}お", "あ・".repeat(24)), None),
        ] {
            let found = names.taken_apart(line).map(|names| names.join("|"));
            assert_eq!(found.as_deref(), expected, "{line}");
        }
    }
}
