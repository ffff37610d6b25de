//! Order: what is printed where.
//!
//! A heading lists its measures, own and reposted, by department, section and row of the form;
//! 掲載順 puts an entry at that position among them. KPIs likewise.

use crate::intake::interpret::{SortKey, Vocabulary};
use crate::model::{HeadingId, Kpi, Measure};

/// A measure under a heading.
#[derive(Clone, Copy, Debug)]
pub struct Listed<'m> {
    /// Its position among all measures.
    pub index: usize,
    pub measure: &'m Measure,
    pub repost: bool,
}

/// The measures of a heading in printed order.
pub fn listings<'m>(
    vocabulary: &Vocabulary,
    measures: &'m [Measure],
    heading: HeadingId,
) -> Vec<Listed<'m>> {
    let mut listed: Vec<(SortKey, Listed)> = Vec::new();
    for (index, measure) in measures.iter().enumerate().filter(|(_, m)| m.is_printed()) {
        let own = measure.category.value == Some(heading);
        let again = measure.reposts.iter().any(|repost| repost.value == Some(heading));
        if own || again {
            let submitter = &measure.submitted_by;
            let sort_key =
                vocabulary.sort_key(&measure.owners, &measure.department.value, submitter);
            listed.push((sort_key, Listed { index, measure, repost: !own }));
        }
    }
    listed.sort_by_key(|(sort_key, listed)| (*sort_key, listed.index));
    let listed = listed.into_iter().map(|(_, listed)| listed).collect();
    place(listed, |listed| match &listed.measure.order {
        Some(order) if !listed.repost => Some(order.value),
        _ => None,
    })
}

/// The KPIs of a heading in printed order, with their positions among all. The KPIs come in the
/// order of their departments and rows.
pub fn kpis(kpis: &[Kpi], heading: HeadingId) -> Vec<(usize, &Kpi)> {
    let of_heading = |kpi: &Kpi| kpi.is_printed() && kpi.category.value == Some(heading);
    let listed = kpis.iter().enumerate().filter(|(_, kpi)| of_heading(kpi)).collect();
    place(listed, |(_, kpi)| kpi.order.as_ref().map(|order| order.value))
}

/// The KPIs that are listed again under a heading, by their ids, which they must have: they stand
/// behind its own.
pub fn reposted_kpis(kpis: &[Kpi], heading: HeadingId) -> Vec<&Kpi> {
    let mut listed: Vec<&Kpi> = kpis.iter().filter(|kpi| kpi.is_printed()).collect();
    listed.retain(|kpi| {
        kpi.category.value != Some(heading)
            && kpi.reposts.iter().any(|repost| repost.value == Some(heading))
    });
    listed.sort_by(|a, b| a.id.cmp(&b.id));
    listed
}

/// Puts the entries that wish for a position there, among the others in their order.
fn place<T>(entries: Vec<T>, wish: impl Fn(&T) -> Option<f64>) -> Vec<T> {
    let (mut placed, mut others) = (Vec::new(), Vec::new());
    for entry in entries {
        match wish(&entry) {
            Some(order) => placed.push((order, entry)),
            None => others.push(entry),
        }
    }
    placed.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut next = 0;
    for (order, entry) in placed {
        // A position before the first is the first; one behind the last is the last.
        let position = (order.max(1.0) as usize - 1).max(next).min(others.len());
        others.insert(position, entry);
        next = position + 1;
    }
    others
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wish_is_a_position_among_the_others() {
        let place = |entries: &[(char, Option<f64>)]| -> String {
            place(entries.to_vec(), |entry| entry.1).into_iter().map(|(name, _)| name).collect()
        };
        for (entries, expected) in [
            (vec![('a', None), ('b', None), ('c', Some(1.0))], "cab"),
            (vec![('a', None), ('b', Some(3.0)), ('c', None)], "acb"),
            (vec![('a', Some(2.0)), ('b', Some(1.0)), ('c', Some(3.0))], "bac"),
            (vec![('a', Some(20.0)), ('b', Some(10.0)), ('c', Some(15.0))], "bca"),
            (vec![('a', Some(1.0)), ('b', Some(1.0)), ('c', None)], "abc"),
            (vec![('a', Some(1.5)), ('b', Some(1.0)), ('c', Some(-3.0))], "cba"),
            (vec![('a', Some(99.0)), ('b', None)], "ba"),
        ] {
            assert_eq!(place(&entries), expected, "{entries:?}");
        }
    }
}
