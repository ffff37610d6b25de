//! Both annexes in one: headings and rows in the printed order of the new annex, and what only the
//! old one has where it stood there. Everything is named by its index.

use std::collections::BTreeSet;

use super::align::{Links, Traits, link};
use super::change::{Heading as Place, HeadingName};
use super::changes::columns;
use super::order::{Shared, merged, moved};
use crate::model::{Annex, Heading, HeadingId, Id, Kpi, Measure};
use crate::schema::{Column, Table};
use crate::text;

/// One annex, with what is wanted of it by index.
pub struct IndexedAnnex<'a> {
    pub annex: &'a Annex,
    /// All headings in printed order.
    headings: Vec<PlacedHeading<'a>>,
}

struct PlacedHeading<'a> {
    /// The index of the heading that it stands under; `None` at the top.
    above: Option<usize>,
    heading: &'a Heading,
}

impl<'a> IndexedAnnex<'a> {
    fn new(annex: &'a Annex) -> Self {
        let mut indexed = Self { annex, headings: Vec::new() };
        indexed.add(&annex.outline, None);
        indexed
    }

    fn add(&mut self, headings: &'a [Heading], above: Option<usize>) {
        for heading in headings {
            self.headings.push(PlacedHeading { above, heading });
            self.add(&heading.headings, Some(self.headings.len() - 1));
        }
    }

    pub fn heading(&self, at: Option<usize>) -> Option<&'a Heading> {
        Some(self.headings.get(at?)?.heading)
    }

    /// A measure that is printed.
    pub fn measure(&self, at: Option<usize>) -> Option<&'a Measure> {
        self.annex.measures.get(at?).filter(|m| m.is_printed())
    }

    /// A KPI that is printed.
    pub fn kpi(&self, at: Option<usize>) -> Option<&'a Kpi> {
        self.annex.kpis.get(at?).filter(|k| k.is_printed())
    }

    /// The headings that stand under one; `None`: those at the top.
    fn under(&self, above: Option<usize>) -> Vec<usize> {
        let all = self.headings.iter().enumerate();
        all.filter(|(_, placed)| placed.above == above).map(|(at, _)| at).collect()
    }

    /// The measures that are printed under a heading.
    fn measures_in(&self, heading: Option<usize>) -> Vec<Listed> {
        let Some(heading) = self.heading(heading) else { return Vec::new() };
        let mut listed = Vec::new();
        for listing in &heading.listings {
            let entry = self.annex.measures.iter().position(|m| m.id == listing.measure);
            if let Some(entry) = entry
                && self.measure(Some(entry)).is_some()
            {
                listed.push(Listed { entry, repost: listing.repost });
            }
        }
        listed
    }

    /// The KPIs that are printed under a heading.
    fn kpis_in(&self, heading: Option<usize>) -> Vec<Listed> {
        let Some(heading) = self.heading(heading) else { return Vec::new() };
        let mut listed = Vec::new();
        for id in &heading.kpis {
            // Where a KPI is listed again is told of as what it says of its reposts.
            let entry = self.annex.kpis.iter().position(|k| k.id == *id);
            if let Some(entry) = entry
                && self.kpi(Some(entry)).is_some_and(|kpi| !kpi.is_repost(heading))
            {
                listed.push(Listed { entry, repost: false });
            }
        }
        listed
    }

    /// The measures whose heading is not known.
    fn unplaced_measures(&self) -> Vec<Listed> {
        let all = 0..self.annex.measures.len();
        let is_unplaced = |&at: &usize| {
            self.measure(Some(at)).is_some_and(|m| !self.has_heading(m.category.value))
        };
        all.filter(is_unplaced).map(|entry| Listed { entry, repost: false }).collect()
    }

    /// The KPIs whose heading is not known.
    fn unplaced_kpis(&self) -> Vec<Listed> {
        let all = 0..self.annex.kpis.len();
        let is_unplaced =
            |&at: &usize| self.kpi(Some(at)).is_some_and(|k| !self.has_heading(k.category.value));
        all.filter(is_unplaced).map(|entry| Listed { entry, repost: false }).collect()
    }

    fn has_heading(&self, id: Option<HeadingId>) -> bool {
        self.headings.iter().any(|placed| Some(placed.heading.id) == id)
    }

    /// A heading with those that it stands under.
    pub fn place(&self, heading: Option<usize>) -> Option<Place> {
        let mut placed = self.headings.get(heading?)?;
        let mut below = Vec::new();
        while let Some(above) = placed.above.and_then(|at| self.headings.get(at)) {
            below.push(HeadingName::of(placed.heading));
            placed = above;
        }
        below.reverse();
        Some(Place { top: HeadingName::of(placed.heading), below })
    }

    pub fn name(&self, heading: Option<usize>) -> Option<HeadingName> {
        self.heading(heading).map(HeadingName::of)
    }

    /// The headings of a depth, with what they are known by: their titles and numbers.
    fn names(&self, depth: usize) -> (Vec<usize>, Vec<(String, HeadingId)>) {
        let all = self.headings.iter().enumerate();
        let here = all.filter(|(_, placed)| placed.heading.id.depth() == depth);
        here.map(|(at, PlacedHeading { heading, .. })| {
            (at, (text::key(&heading.title), heading.id))
        })
        .unzip()
    }
}

/// A row of one annex.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Listed {
    entry: usize,
    repost: bool,
}

/// A row of both: the entry's index in the old and in the new annex.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub old: Option<usize>,
    pub new: Option<usize>,
    pub repost: bool,
    /// It was under another heading before.
    pub moved: bool,
    /// Position before and after, from 1, where it was moved under its heading.
    pub reordered: Option<(usize, usize)>,
}

/// A heading (neither: the entries of no heading) with its rows.
#[derive(Clone, Debug)]
pub struct Section {
    pub old: Option<usize>,
    pub new: Option<usize>,
    pub measures: Vec<Row>,
    pub kpis: Vec<Row>,
    /// The headings under it.
    pub sections: Vec<Section>,
}

/// Both annexes in one.
pub struct Outline<'a> {
    pub old: IndexedAnnex<'a>,
    pub new: IndexedAnnex<'a>,
    /// The headings at the top.
    pub top: Vec<Section>,
    /// The entries of no heading.
    pub unplaced: Section,
    pub measures: Links,
    pub kpis: Links,
    /// The columns that the changes of an entry are told by.
    pub measure_columns: Vec<&'a Column>,
    pub kpi_columns: Vec<&'a Column>,
}

impl<'a> Outline<'a> {
    pub fn new(old: &'a Annex, new: &'a Annex) -> Self {
        let measures = link(&Traits::of_measures(old), &Traits::of_measures(new));
        let kpis = link(&Traits::of_kpis(old), &Traits::of_kpis(new));
        let measure_columns = columns(&old.schema, &new.schema, Table::Measures);
        let kpi_columns = columns(&old.schema, &new.schema, Table::Kpis);
        let (old, new) = (IndexedAnnex::new(old), IndexedAnnex::new(new));
        let measure_rows = RowMatcher {
            links: &measures,
            old_ids: old.annex.measures.iter().map(printed_measure).collect(),
            new_ids: new.annex.measures.iter().map(printed_measure).collect(),
        };
        let kpi_rows = RowMatcher {
            links: &kpis,
            old_ids: old.annex.kpis.iter().map(printed_kpi).collect(),
            new_ids: new.annex.kpis.iter().map(printed_kpi).collect(),
        };
        let section = |from: Option<usize>, to: Option<usize>| Section {
            old: from,
            new: to,
            measures: measure_rows.rows(&old.measures_in(from), &new.measures_in(to)),
            kpis: kpi_rows.rows(&old.kpis_in(from), &new.kpis_in(to)),
            sections: Vec::new(),
        };
        let top = Headings::new(&old, &new).under_root(&section);
        let unplaced = Section {
            old: None,
            new: None,
            measures: measure_rows.rows(&old.unplaced_measures(), &new.unplaced_measures()),
            kpis: kpi_rows.rows(&old.unplaced_kpis(), &new.unplaced_kpis()),
            sections: Vec::new(),
        };
        Self { old, new, top, unplaced, measures, kpis, measure_columns, kpi_columns }
    }

    /// All sections in order, each before those under it.
    pub fn sections(&self) -> impl Iterator<Item = &Section> {
        let mut next: Vec<&Section> = self.top.iter().chain([&self.unplaced]).rev().collect();
        std::iter::from_fn(move || {
            let section = next.pop()?;
            next.extend(section.sections.iter().rev());
            Some(section)
        })
    }
}

fn printed_measure(measure: &Measure) -> Option<&Id> {
    measure.is_printed().then_some(&measure.id)
}

fn printed_kpi(kpi: &Kpi) -> Option<&Id> {
    kpi.is_printed().then_some(&kpi.id)
}

/// The headings of both annexes, and which are the same.
struct Headings<'h, 'a> {
    old: &'h IndexedAnnex<'a>,
    new: &'h IndexedAnnex<'a>,
    /// For every old heading the new one.
    new_of: Vec<Option<usize>>,
}

impl<'h, 'a> Headings<'h, 'a> {
    fn new(old: &'h IndexedAnnex<'a>, new: &'h IndexedAnnex<'a>) -> Self {
        let mut new_of = vec![None; old.headings.len()];
        let depths: BTreeSet<usize> = old.headings.iter().map(|p| p.heading.id.depth()).collect();
        // A heading stays on its level.
        for depth in depths {
            let ((before, before_names), (after, after_names)) =
                (old.names(depth), new.names(depth));
            for (at, to) in before.into_iter().zip(same(&before_names, &after_names)) {
                let to = to.and_then(|to| after.get(to).copied());
                new_of.get_mut(at).into_iter().for_each(|of| *of = to);
            }
        }
        Self { old, new, new_of }
    }

    /// The headings at the top with all under them; `section` makes one of an old and a new
    /// heading.
    fn under_root(
        &self,
        section: &impl Fn(Option<usize>, Option<usize>) -> Section,
    ) -> Vec<Section> {
        self.merged(&self.old.under(None), &self.new.under(None), section)
    }

    fn merged(
        &self,
        old: &[usize],
        after: &[usize],
        section: &impl Fn(Option<usize>, Option<usize>) -> Section,
    ) -> Vec<Section> {
        // The old headings that are shown here, and where each stands among the new ones.
        let (mut before, mut places) = (Vec::new(), Vec::new());
        for &heading in old {
            let to = self.new_of.get(heading).copied().flatten();
            let place = to.and_then(|to| after.iter().position(|&heading| heading == to));
            // What went elsewhere is shown there alone.
            if to.is_none() || place.is_some() {
                before.push(heading);
                places.push(place);
            }
        }
        let mut sections = Vec::new();
        for place in merged(&places, after.len()) {
            let to = place.in_new().and_then(|at| after.get(at).copied());
            let here = place.in_old().and_then(|at| before.get(at).copied());
            // A heading that is new here may come from elsewhere.
            let from = here.or_else(|| self.old_of(to?));
            let under = |at: Option<usize>, annex: &IndexedAnnex| {
                at.map_or_else(Vec::new, |at| annex.under(Some(at)))
            };
            let inside = self.merged(&under(from, self.old), &under(to, self.new), section);
            sections.push(Section { sections: inside, ..section(from, to) });
        }
        sections
    }

    fn old_of(&self, heading: usize) -> Option<usize> {
        self.new_of.iter().position(|&to| to == Some(heading))
    }
}

/// Finds the rows of the old annex in the new one, for the measures or for the KPIs.
struct RowMatcher<'l, 'a> {
    links: &'l Links,
    /// The id of every entry by its index; none where it is not printed.
    old_ids: Vec<Option<&'a Id>>,
    new_ids: Vec<Option<&'a Id>>,
}

impl<'a> RowMatcher<'_, 'a> {
    fn old_id(&self, at: usize) -> Option<&'a Id> {
        self.old_ids.get(at).copied().flatten()
    }

    fn new_id(&self, at: usize) -> Option<&'a Id> {
        self.new_ids.get(at).copied().flatten()
    }

    /// The rows of a heading, of what the old and the new annex list there.
    fn rows(&self, old: &[Listed], new: &[Listed]) -> Vec<Row> {
        let shown = self.shown(old, new);
        let moved = moved(&self.shared(&shown));
        let places: Vec<Option<usize>> = shown.iter().map(|row| row.new).collect();
        let mut rows = Vec::new();
        for place in merged(&places, new.len()) {
            let before = place.in_old().and_then(|at| shown.get(at));
            let after = place.in_new().and_then(|at| new.get(at));
            match (before, after) {
                (Some(before), Some(after)) => {
                    let at = place.in_new().filter(|at| moved.binary_search(at).is_ok());
                    rows.push(Row {
                        old: Some(before.listed.entry),
                        new: Some(after.entry),
                        repost: after.repost,
                        moved: false,
                        reordered: at.map(|at| (before.old + 1, at + 1)),
                    });
                }
                (Some(before), None) => rows.push(Row {
                    old: Some(before.listed.entry),
                    new: None,
                    repost: before.listed.repost,
                    moved: false,
                    reordered: None,
                }),
                (None, Some(after)) => rows.push(self.new_row(*after, old)),
                (None, None) => {}
            }
        }
        rows
    }

    /// The old rows that are shown under the heading: all but the entries that went to another one,
    /// which are shown there alone.
    fn shown(&self, old: &[Listed], new: &[Listed]) -> Vec<ShownRow> {
        let mut shown = Vec::new();
        for (at, listed) in old.iter().enumerate() {
            let to = self.links.new_index(listed.entry);
            // An annex with errors may list an entry twice under one heading; that it does so no
            // longer, or only now, is no change of the entry.
            let nth = old.iter().take(at).filter(|other| *other == listed).count();
            let mut partners = Vec::new();
            for (place, other) in new.iter().enumerate() {
                if Some(other.entry) == to && other.repost == listed.repost {
                    partners.push(place);
                }
            }
            let new = partners.get(nth).copied();
            let is_elsewhere = new.is_none() && to.is_some_and(|to| self.new_id(to).is_some());
            if listed.repost || !is_elsewhere {
                shown.push(ShownRow { listed: *listed, old: at, new });
            }
        }
        shown
    }

    /// The rows that both annexes have under the heading.
    fn shared(&self, shown: &[ShownRow]) -> Vec<Shared<'a>> {
        let mut shared = Vec::new();
        for row in shown {
            let to = self.links.new_index(row.listed.entry);
            if let (Some(new), Some(before)) = (row.new, self.old_id(row.listed.entry))
                && let Some(after) = to.and_then(|to| self.new_id(to))
            {
                shared.push(Shared { old: row.old, new, name: before.min(after).as_str() });
            }
        }
        shared
    }

    /// A row that the old annex does not have under the heading, whose rows there are `old`.
    fn new_row(&self, listed: Listed, old: &[Listed]) -> Row {
        let mut row = Row {
            old: None,
            new: Some(listed.entry),
            repost: listed.repost,
            moved: false,
            reordered: None,
        };
        if listed.repost {
            return row;
        }
        if let Some(from) = self.links.old(listed.entry)
            && self.old_id(from).is_some()
        {
            row.old = Some(from);
            row.moved = !old.iter().any(|other| !other.repost && other.entry == from);
        }
        row
    }
}

/// A row of the old annex with its position under the old heading and under the new one.
struct ShownRow {
    listed: Listed,
    old: usize,
    new: Option<usize>,
}

/// For every old heading the new one: that of the same title, else that of the same number (the
/// second of two by one number, which only a broken file has, is that of the second).
fn same<N: PartialEq>(old: &[(String, N)], new: &[(String, N)]) -> Vec<Option<usize>> {
    let alone = |list: &[(String, N)], title: &str| {
        list.iter().filter(|(other, _)| other == title).count() == 1
    };
    let mut new_of: Vec<Option<usize>> = old
        .iter()
        .map(|(title, _)| {
            let at = new.iter().position(|(other, _)| other == title)?;
            (alone(old, title) && alone(new, title)).then_some(at)
        })
        .collect();
    for (at, (_, number)) in old.iter().enumerate() {
        let of_number = |(_, other): &&(String, N)| other == number;
        let nth = old.iter().take(at).filter(of_number).count();
        let to = (0..new.len()).filter(|&at| new.get(at).is_some_and(|n| n.1 == *number)).nth(nth);
        let free = to.is_some_and(|_| !new_of.contains(&to));
        if let Some(place) = new_of.get_mut(at).filter(|place| place.is_none() && free) {
            *place = to;
        }
    }
    new_of
}
