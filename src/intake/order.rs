//! Order: what is printed where.
//!
//! A category lists its measures, own and reposted, by department, section and row of the form;
//! 掲載順 puts an entry at that position among them. KPIs likewise.

use super::words::{Standing, Words};
use crate::model::{CategoryId, Kpi, Measure, Status};

/// The measures of a category in printed order, by index, each with whether it is a repost.
pub fn listings(words: &Words, measures: &[Measure], category: CategoryId) -> Vec<(usize, bool)> {
    let mut listed: Vec<(Standing, usize, bool)> = Vec::new();
    let printed = measures.iter().enumerate().filter(|(_, m)| m.status.value != Status::Abolished);
    for (index, measure) in printed {
        let own = measure.category.value == Some(category);
        let again = measure.reposts.iter().any(|repost| repost.value == Some(category));
        if own || again {
            let standing =
                words.standing(&measure.owners, &measure.department.value, &measure.submitted_by);
            listed.push((standing, index, !own));
        }
    }
    listed.sort();
    let wish = |&(_, index, repost): &(Standing, usize, bool)| {
        let order = measures.get(index)?.order.as_ref()?.value;
        (!repost).then_some(order)
    };
    place(listed, wish).into_iter().map(|(_, index, repost)| (index, repost)).collect()
}

/// The KPIs of a category in printed order, by index. The KPIs come in the order of their
/// departments and rows.
pub fn kpis(kpis: &[Kpi], category: CategoryId) -> Vec<usize> {
    let listed = kpis
        .iter()
        .enumerate()
        .filter(|(_, kpi)| kpi.category.value == Some(category))
        .filter(|(_, kpi)| kpi.status.value != Status::Abolished)
        .map(|(index, _)| index)
        .collect();
    place(listed, |&index| Some(kpis.get(index)?.order.as_ref()?.value))
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
