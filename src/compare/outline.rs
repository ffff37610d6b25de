//! Both annexes in one: pillars, categories and rows in the printed order of the new annex, and
//! what only the old one has where it stood there. Everything is named by its index.

use super::align::{Links, Traits, link};
use super::change::{CategoryName, Heading};
use super::changes::columns;
use super::order::{Shared, merged, moved};
use crate::model::{Annex, Category, CategoryId, Id, Kpi, Measure, Pillar, Status};
use crate::schema::{Column, Table};
use crate::text;

/// One annex, with what is wanted of it by index.
pub struct IndexedAnnex<'a> {
    pub annex: &'a Annex,
    /// All categories in printed order.
    categories: Vec<PlacedCategory<'a>>,
}

struct PlacedCategory<'a> {
    /// The index of the pillar.
    at: usize,
    pillar: &'a Pillar,
    category: &'a Category,
}

impl<'a> IndexedAnnex<'a> {
    fn new(annex: &'a Annex) -> Self {
        let mut categories = Vec::new();
        for (at, pillar) in annex.pillars.iter().enumerate() {
            for category in &pillar.categories {
                categories.push(PlacedCategory { at, pillar, category });
            }
        }
        Self { annex, categories }
    }

    pub fn pillar(&self, at: Option<usize>) -> Option<&'a Pillar> {
        self.annex.pillars.get(at?)
    }

    pub fn category(&self, at: Option<usize>) -> Option<&'a Category> {
        Some(self.categories.get(at?)?.category)
    }

    /// A measure that is printed.
    pub fn measure(&self, at: Option<usize>) -> Option<&'a Measure> {
        self.annex.measures.get(at?).filter(|m| m.status.value != Status::Abolished)
    }

    /// A KPI that is printed.
    pub fn kpi(&self, at: Option<usize>) -> Option<&'a Kpi> {
        self.annex.kpis.get(at?).filter(|k| k.status.value != Status::Abolished)
    }

    fn categories_of(&self, pillar: Option<usize>) -> Vec<usize> {
        let all = self.categories.iter().enumerate();
        all.filter(|(_, placed)| Some(placed.at) == pillar).map(|(at, _)| at).collect()
    }

    /// The measures that are printed in a category.
    fn measures_in(&self, category: Option<usize>) -> Vec<Listed> {
        let Some(category) = self.category(category) else { return Vec::new() };
        let mut listed = Vec::new();
        for listing in &category.listings {
            let entry = self.annex.measures.iter().position(|m| m.id == listing.measure);
            if let Some(entry) = entry
                && self.measure(Some(entry)).is_some()
            {
                listed.push(Listed { entry, repost: listing.repost });
            }
        }
        listed
    }

    /// The KPIs that are printed in a category.
    fn kpis_in(&self, category: Option<usize>) -> Vec<Listed> {
        let Some(category) = self.category(category) else { return Vec::new() };
        let mut listed = Vec::new();
        for id in &category.kpis {
            let entry = self.annex.kpis.iter().position(|k| k.id == *id);
            if let Some(entry) = entry
                && self.kpi(Some(entry)).is_some()
            {
                listed.push(Listed { entry, repost: false });
            }
        }
        listed
    }

    /// The measures whose category is not known.
    fn unplaced_measures(&self) -> Vec<Listed> {
        let all = 0..self.annex.measures.len();
        let is_unplaced = |&at: &usize| {
            self.measure(Some(at)).is_some_and(|m| !self.has_category(m.category.value))
        };
        all.filter(is_unplaced).map(|entry| Listed { entry, repost: false }).collect()
    }

    /// The KPIs whose category is not known.
    fn unplaced_kpis(&self) -> Vec<Listed> {
        let all = 0..self.annex.kpis.len();
        let is_unplaced =
            |&at: &usize| self.kpi(Some(at)).is_some_and(|k| !self.has_category(k.category.value));
        all.filter(is_unplaced).map(|entry| Listed { entry, repost: false }).collect()
    }

    fn has_category(&self, id: Option<CategoryId>) -> bool {
        self.categories.iter().any(|placed| Some(placed.category.id) == id)
    }

    /// The heading of a category.
    pub fn heading(&self, category: Option<usize>) -> Option<Heading> {
        let PlacedCategory { pillar, category, .. } = self.categories.get(category?)?;
        Some(Heading {
            pillar: pillar.number,
            pillar_title: pillar.title.clone(),
            category: Some(category.id),
            category_title: category.title.clone(),
        })
    }

    pub fn name(&self, category: Option<usize>) -> Option<CategoryName> {
        let category = self.category(category)?;
        Some(CategoryName { id: category.id, title: category.title.clone() })
    }

    /// What pillars are known by: their titles and numbers.
    fn pillar_names(&self) -> Vec<(String, u32)> {
        self.annex.pillars.iter().map(|p| (text::key(&p.title), p.number)).collect()
    }

    fn category_names(&self) -> Vec<(String, CategoryId)> {
        let all = self.categories.iter().map(|placed| placed.category);
        all.map(|category| (text::key(&category.title), category.id)).collect()
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
    /// It was in another category before.
    pub moved: bool,
    /// Position before and after, from 1, where it was moved within the category.
    pub reordered: Option<(usize, usize)>,
}

/// A category (neither: the entries of no category) with its rows.
#[derive(Clone, Debug)]
pub struct Section {
    pub old: Option<usize>,
    pub new: Option<usize>,
    pub measures: Vec<Row>,
    pub kpis: Vec<Row>,
}

/// A pillar with its categories.
#[derive(Clone, Debug)]
pub struct PillarSections {
    pub old: Option<usize>,
    pub new: Option<usize>,
    pub sections: Vec<Section>,
}

/// Both annexes in one.
pub struct Outline<'a> {
    pub old: IndexedAnnex<'a>,
    pub new: IndexedAnnex<'a>,
    pub pillars: Vec<PillarSections>,
    /// The entries of no category.
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
        };
        let pillars = pillars(&old, &new, section);
        let unplaced = Section {
            old: None,
            new: None,
            measures: measure_rows.rows(&old.unplaced_measures(), &new.unplaced_measures()),
            kpis: kpi_rows.rows(&old.unplaced_kpis(), &new.unplaced_kpis()),
        };
        Self { old, new, pillars, unplaced, measures, kpis, measure_columns, kpi_columns }
    }

    /// All sections in order.
    pub fn sections(&self) -> impl Iterator<Item = &Section> {
        let placed = self.pillars.iter().flat_map(|pillar| &pillar.sections);
        placed.chain(std::iter::once(&self.unplaced))
    }
}

fn printed_measure(measure: &Measure) -> Option<&Id> {
    if measure.status.value == Status::Abolished { None } else { Some(&measure.id) }
}

fn printed_kpi(kpi: &Kpi) -> Option<&Id> {
    if kpi.status.value == Status::Abolished { None } else { Some(&kpi.id) }
}

/// The pillars of both annexes and their categories; `section` makes one of an old and a new
/// category.
fn pillars(
    old: &IndexedAnnex,
    new: &IndexedAnnex,
    section: impl Fn(Option<usize>, Option<usize>) -> Section,
) -> Vec<PillarSections> {
    let new_pillar = same(&old.pillar_names(), &new.pillar_names());
    let new_category = same(&old.category_names(), &new.category_names());
    let old_category = |category: usize| new_category.iter().position(|&to| to == Some(category));
    let mut pillars = Vec::new();
    for pillar in merged(&new_pillar, new.annex.pillars.len()) {
        let (old_pillar, new_pillar) = (pillar.in_old(), pillar.in_new());
        let after = new.categories_of(new_pillar);
        // The old categories that are shown here, and where each stands in the new pillar.
        let (mut before, mut places) = (Vec::new(), Vec::new());
        for category in old.categories_of(old_pillar) {
            let to = new_category.get(category).copied().flatten();
            let place = to.and_then(|to| after.iter().position(|&category| category == to));
            // What went to another pillar is shown there alone.
            if to.is_none() || place.is_some() {
                before.push(category);
                places.push(place);
            }
        }
        let mut sections = Vec::new();
        for place in merged(&places, after.len()) {
            let to = place.in_new().and_then(|at| after.get(at).copied());
            let here = place.in_old().and_then(|at| before.get(at).copied());
            // A category that is new in this pillar may come from another.
            let from = here.or_else(|| old_category(to?));
            sections.push(section(from, to));
        }
        pillars.push(PillarSections { old: old_pillar, new: new_pillar, sections });
    }
    pillars
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

    /// The rows of a category, of what the old and the new annex list there.
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

    /// The old rows that are shown in the category: all but the entries that went to another one,
    /// which are shown there alone.
    fn shown(&self, old: &[Listed], new: &[Listed]) -> Vec<ShownRow> {
        let mut shown = Vec::new();
        for (at, listed) in old.iter().enumerate() {
            let to = self.links.new_index(listed.entry);
            // An annex with errors may list an entry twice in one category; that it does so no
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

    /// The rows that both annexes have in the category.
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

    /// A row that the old annex does not have in the category, whose rows there are `old`.
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

/// A row of the old annex with its position in the old category and in the new one.
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
