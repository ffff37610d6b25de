//! Which entries of a list were moved, and where removed ones stood in it.

use std::cmp::Ordering;

/// An entry that both lists have: its index in the old and in the new one, and a name for ties
/// that is the same whichever way round the lists are compared.
#[derive(Clone, Debug)]
pub struct Shared<'a> {
    pub old: usize,
    pub new: usize,
    pub name: &'a str,
}

/// The best chain of entries that kept their order and that ends at a certain entry.
#[derive(Clone, Debug, Default)]
struct Chain {
    /// How far its entries are from where they were, all together.
    distance: usize,
    /// The entries, as indexes.
    kept: Vec<usize>,
}

/// The fewest entries that have to be moved to make the new order of the old one: all but a
/// longest chain of entries that kept their order, the chain whose entries are least displaced.
/// Returned as their new indexes, rising. Swapping old and new gives the same entries.
pub fn moved(shared: &[Shared]) -> Vec<usize> {
    let mut points = shared.to_vec();
    points.sort_by_key(|point| point.old);
    for (rank, point) in points.iter_mut().enumerate() {
        point.old = rank;
    }
    points.sort_by_key(|point| point.new);
    if points.is_sorted_by_key(|point| point.old) {
        return Vec::new();
    }
    let mut chains: Vec<Chain> = Vec::with_capacity(points.len());
    for (at, point) in points.iter().enumerate() {
        let before = |other: usize| points.get(other).is_some_and(|p| p.old < point.old);
        let best = (0..at)
            .filter(|&other| before(other))
            .filter_map(|other| chains.get(other))
            .max_by(|a, b| better(a, b, &points))
            .cloned();
        // Nothing before it kept its order: the chain begins here.
        let mut chain = best.unwrap_or_default();
        chain.distance += at.abs_diff(point.old);
        chain.kept.push(at);
        chains.push(chain);
    }
    let Some(best) = chains.iter().max_by(|a, b| better(a, b, &points)) else {
        return Vec::new();
    };
    points
        .iter()
        .enumerate()
        .filter(|(at, _)| best.kept.binary_search(at).is_err())
        .map(|(_, point)| point.new)
        .collect()
}

fn better(a: &Chain, b: &Chain, points: &[Shared]) -> Ordering {
    let names = |chain: &Chain| -> Vec<&str> {
        chain.kept.iter().filter_map(|&at| points.get(at)).map(|point| point.name).collect()
    };
    (a.kept.len().cmp(&b.kept.len()))
        .then(b.distance.cmp(&a.distance))
        .then_with(|| names(b).cmp(&names(a)))
}

/// A place of a list that was merged of two, with the indexes in both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Only the old list has it.
    Old(usize),
    /// Only the new list has it.
    New(usize),
    Both {
        old: usize,
        new: usize,
    },
}

impl Place {
    pub fn in_old(self) -> Option<usize> {
        match self {
            Self::Old(old) | Self::Both { old, .. } => Some(old),
            Self::New(_) => None,
        }
    }

    pub fn in_new(self) -> Option<usize> {
        match self {
            Self::New(new) | Self::Both { new, .. } => Some(new),
            Self::Old(_) => None,
        }
    }
}

/// One list of two: the new one, and what only the old one has behind the entry that it followed
/// there (at the start where it followed none that is left). `new_of` holds for every old index
/// the new one.
pub fn merged(new_of: &[Option<usize>], new_length: usize) -> Vec<Place> {
    let mut behind: Vec<Vec<usize>> = vec![Vec::new(); new_length + 1];
    let mut old_of = vec![None; new_length];
    // Slot 0 is the start, slot n + 1 is behind the new entry n.
    let mut slot = 0;
    for (old, new) in new_of.iter().enumerate() {
        match new {
            Some(new) => {
                slot = new + 1;
                if let Some(place) = old_of.get_mut(*new) {
                    *place = Some(old);
                }
            }
            None => behind.get_mut(slot).into_iter().for_each(|list| list.push(old)),
        }
    }
    let mut places = Vec::new();
    for (slot, removed) in behind.iter().enumerate() {
        if let Some(new) = slot.checked_sub(1) {
            let old = old_of.get(new).copied().flatten();
            places.push(old.map_or(Place::New(new), |old| Place::Both { old, new }));
        }
        places.extend(removed.iter().map(|&old| Place::Old(old)));
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NAMES: [&str; 8] = ["a", "b", "c", "d", "e", "f", "g", "h"];

    fn names_moved(new_order: &[usize]) -> Vec<&'static str> {
        let shared: Vec<Shared> = new_order
            .iter()
            .enumerate()
            .map(|(new, &old)| Shared { old, new, name: NAMES[old] })
            .collect();
        moved(&shared).iter().map(|&new| NAMES[new_order[new]]).collect()
    }

    #[test]
    fn only_what_was_moved_counts_as_moved() {
        for (order, expected) in [
            (&[0, 1, 2, 3][..], &[][..]),
            (&[3, 0, 1, 2], &["d"]),
            (&[1, 2, 3, 0], &["a"]),
            (&[0, 2, 1, 3], &["c"]),
            (&[1, 0, 3, 2], &["b", "d"]),
        ] {
            assert_eq!(names_moved(order), expected, "{order:?}");
        }
    }

    #[test]
    fn removed_entries_stay_where_they_were() {
        assert_eq!(
            merged(&[None, Some(1), None, None, Some(0)], 2),
            [
                Place::Old(0),
                Place::Both { old: 4, new: 0 },
                Place::Both { old: 1, new: 1 },
                Place::Old(2),
                Place::Old(3)
            ]
        );
    }

    proptest! {
        #[test]
        fn the_other_way_round_the_same_are_moved(order in Just((0..8usize).collect::<Vec<_>>()).prop_shuffle()) {
            let mut back = [0; 8];
            for (new, &old) in order.iter().enumerate() {
                back[old] = new;
            }
            let there: Vec<Shared> = order.iter().enumerate()
                .map(|(new, &old)| Shared { old, new, name: NAMES[old] }).collect();
            let back: Vec<Shared> = back.iter().enumerate()
                .map(|(new, &old)| Shared { old, new, name: NAMES[new] }).collect();
            let mut a: Vec<_> = moved(&there).iter().map(|&new| NAMES[order[new]]).collect();
            let mut b: Vec<_> = moved(&back).iter().map(|&new| NAMES[new]).collect();
            // Moving them back is enough: the rest kept its order.
            let rest: Vec<_> = order.iter().filter(|&&old| !a.contains(&NAMES[old])).collect();
            prop_assert!(rest.is_sorted());
            a.sort_unstable();
            b.sort_unstable();
            prop_assert_eq!(a, b);
        }
    }
}
