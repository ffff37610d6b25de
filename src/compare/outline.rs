//! Both annexes in one: pillars, categories and rows in the printed order of the new annex, and
//! what only the old one has where it stood there.

use super::align::{Links, Traits, link};
use super::change::{CategoryName, Heading};
use super::order::{Shared, merged, moved};
use crate::model::{Annex, Category, CategoryId, Id, Kpi, Measure, Pillar, Status};
use crate::text;

/// One annex, with what is wanted of it by index.
pub struct Side<'a> {
    pub annex: &'a Annex,
    /// All categories with their pillars, in printed order.
    pub categories: Vec<(&'a Pillar, &'a Category)>,
}

impl<'a> Side<'a> {
    fn new(annex: &'a Annex) -> Self {
        let of = |p: &'a Pillar| p.categories.iter().map(move |c| (p, c));
        Self { annex, categories: annex.pillars.iter().flat_map(of).collect() }
    }

    pub fn measure(&self, at: Option<usize>) -> Option<&'a Measure> {
        self.annex.measures.get(at?).filter(|m| m.status.value != Status::Abolished)
    }

    pub fn kpi(&self, at: Option<usize>) -> Option<&'a Kpi> {
        self.annex.kpis.get(at?).filter(|k| k.status.value != Status::Abolished)
    }

    fn category_of(&self, id: Option<CategoryId>) -> Option<usize> {
        self.categories.iter().position(|(_, c)| Some(c.id) == id)
    }

    /// The measures listed in a category (`None`: those of no category).
    fn listings(&self, category: Option<usize>) -> Vec<Listed> {
        let all = &self.annex.measures;
        let Some(category) = category else {
            let lost = |m: &Measure| self.category_of(m.category.value).is_none();
            return at_all(all, |m| lost(m) && m.status.value != Status::Abolished);
        };
        let Some((_, category)) = self.categories.get(category) else { return Vec::new() };
        let index = |id: &Id| all.iter().position(|m| m.id == *id);
        let listed = category.listings.iter();
        listed
            .filter_map(|l| Some(Listed { entry: index(&l.measure)?, repost: l.repost }))
            .filter(|l| self.measure(Some(l.entry)).is_some())
            .collect()
    }

    fn kpis(&self, category: Option<usize>) -> Vec<Listed> {
        let all = &self.annex.kpis;
        let Some(category) = category else {
            let lost = |k: &Kpi| self.category_of(k.category.value).is_none();
            return at_all(all, |k| lost(k) && k.status.value != Status::Abolished);
        };
        let Some((_, category)) = self.categories.get(category) else { return Vec::new() };
        let index = |id: &Id| all.iter().position(|k| k.id == *id);
        let listed = category.kpis.iter().filter_map(index);
        listed
            .filter(|&entry| self.kpi(Some(entry)).is_some())
            .map(|entry| Listed { entry, repost: false })
            .collect()
    }

    pub fn heading(&self, category: usize) -> Option<Heading> {
        let (pillar, category) = self.categories.get(category)?;
        Some(Heading {
            pillar: pillar.number,
            pillar_title: pillar.title.clone(),
            category: Some(category.id),
            category_title: category.title.clone(),
        })
    }

    pub fn name(&self, category: Option<usize>) -> Option<CategoryName> {
        let (_, category) = self.categories.get(category?)?;
        Some(CategoryName { id: category.id, title: category.title.clone() })
    }
}

fn at_all<T>(all: &[T], wanted: impl Fn(&T) -> bool) -> Vec<Listed> {
    let found = all.iter().enumerate().filter(|(_, entry)| wanted(entry));
    found.map(|(entry, _)| Listed { entry, repost: false }).collect()
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

/// Both annexes in one.
pub struct Outline<'a> {
    pub old: Side<'a>,
    pub new: Side<'a>,
    /// Indexes of the pillars, and the sections of each.
    pub pillars: Vec<(Option<usize>, Option<usize>, Vec<Section>)>,
    /// The entries of no category.
    pub unplaced: Section,
    pub measures: Links,
    pub kpis: Links,
}

impl<'a> Outline<'a> {
    pub fn new(old: &'a Annex, new: &'a Annex) -> Self {
        let traits = |m: &[Measure]| m.iter().map(Traits::of_measure).collect::<Vec<_>>();
        let measures = link(&traits(&old.measures), &traits(&new.measures));
        let traits = |k: &[Kpi]| k.iter().map(Traits::of_kpi).collect::<Vec<_>>();
        let kpis = link(&traits(&old.kpis), &traits(&new.kpis));
        let (old, new) = (Side::new(old), Side::new(new));
        let unplaced = Section { old: None, new: None, measures: Vec::new(), kpis: Vec::new() };
        let mut outline = Self { old, new, pillars: Vec::new(), unplaced, measures, kpis };
        outline.pillars = outline.sections();
        outline.unplaced = outline.section(None, None);
        outline
    }

    /// All sections in order.
    pub fn all(&self) -> impl Iterator<Item = &Section> {
        let placed = self.pillars.iter().flat_map(|(_, _, sections)| sections);
        placed.chain(std::iter::once(&self.unplaced))
    }

    fn sections(&self) -> Vec<(Option<usize>, Option<usize>, Vec<Section>)> {
        let titles = |side: &Side| -> Vec<(String, u32)> {
            side.annex.pillars.iter().map(|p| (text::key(&p.title), p.number)).collect()
        };
        let new_pillar = same(&titles(&self.old), &titles(&self.new));
        let titles = |side: &Side| -> Vec<(String, CategoryId)> {
            side.categories.iter().map(|(_, c)| (text::key(&c.title), c.id)).collect()
        };
        let new_category = same(&titles(&self.old), &titles(&self.new));
        let within = |side: &Side, pillar: Option<usize>| -> Vec<usize> {
            let Some(pillar) = pillar.and_then(|at| side.annex.pillars.get(at)) else {
                return Vec::new();
            };
            let here = side.categories.iter().enumerate();
            here.filter(|(_, (p, _))| std::ptr::eq(*p, pillar)).map(|(at, _)| at).collect()
        };
        let pillars = merged(&new_pillar, self.new.annex.pillars.len());
        let of = |(old, new): (Option<usize>, Option<usize>)| {
            let (before, after) = (within(&self.old, old), within(&self.new, new));
            // What went to another pillar is shown there alone.
            let stays = |&at: &usize| {
                let to = new_category.get(at).copied().flatten();
                to.is_none_or(|to| after.contains(&to))
            };
            let before: Vec<usize> = before.into_iter().filter(stays).collect();
            let place = |&at: &usize| {
                let to = new_category.get(at).copied().flatten()?;
                after.iter().position(|&category| category == to)
            };
            let rows = merged(&before.iter().map(place).collect::<Vec<_>>(), after.len());
            let sections = rows.into_iter().map(|(a, b)| {
                let new = b.and_then(|b| after.get(b).copied());
                let from = |new| new_category.iter().position(|&to| to == Some(new));
                let old = a.and_then(|a| before.get(a).copied()).or_else(|| from(new?));
                self.section(old, new)
            });
            (old, new, sections.collect())
        };
        pillars.into_iter().map(of).collect()
    }

    fn section(&self, old: Option<usize>, new: Option<usize>) -> Section {
        let none = old.is_none() && new.is_none();
        let of = |category: Option<usize>, list: &dyn Fn(Option<usize>) -> Vec<Listed>| {
            if category.is_some() || none { list(category) } else { Vec::new() }
        };
        let measures = self.rows(
            &of(old, &|c| self.old.listings(c)),
            &of(new, &|c| self.new.listings(c)),
            &self.measures,
            (&|at| self.old.measure(at).map(|m| &m.id), &|at| self.new.measure(at).map(|m| &m.id)),
        );
        let kpis = self.rows(
            &of(old, &|c| self.old.kpis(c)),
            &of(new, &|c| self.new.kpis(c)),
            &self.kpis,
            (&|at| self.old.kpi(at).map(|k| &k.id), &|at| self.new.kpi(at).map(|k| &k.id)),
        );
        Section { old, new, measures, kpis }
    }

    fn rows(&self, old: &[Listed], new: &[Listed], links: &Links, ids: Ids<'_, 'a>) -> Vec<Row> {
        let to = |listed: &Listed| links.new_index(listed.entry);
        // An annex with errors may list an entry twice in one category; that it does so no longer,
        // or only now, is no change of the entry.
        let partner = |at: usize, listed: &Listed| {
            let to = Listed { entry: to(listed)?, repost: listed.repost };
            let nth = old.iter().take(at).filter(|l| *l == listed).count();
            new.iter().enumerate().filter(|(_, l)| **l == to).nth(nth).map(|(place, _)| place)
        };
        let exists = |listed: &Listed| ids.1(to(listed)).is_some();
        // An entry that went to another category is shown there alone.
        let gone = |at: usize, l: &Listed| !l.repost && partner(at, l).is_none() && exists(l);
        let stays: Vec<(usize, &Listed)> =
            old.iter().enumerate().filter(|&(at, l)| !gone(at, l)).collect();
        let places: Vec<Option<usize>> = stays.iter().map(|&(at, l)| partner(at, l)).collect();
        let name = |l: &Listed| Some(ids.0(Some(l.entry))?.as_str());
        let other = |l: &Listed| Some(ids.1(to(l))?.as_str());
        let shared: Vec<Shared> = stays
            .iter()
            .filter_map(|&(at, l)| {
                let name = name(l)?.min(other(l)?);
                Some(Shared { old: at, new: partner(at, l)?, name })
            })
            .collect();
        let moved = moved(&shared);
        let rows = merged(&places, new.len()).into_iter().map(|(a, b)| {
            let before = a.and_then(|a| stays.get(a));
            let after = b.and_then(|b| new.get(b));
            let linked = after.filter(|l| !l.repost).and_then(|l| links.old(l.entry));
            let elsewhere = linked.filter(|_| before.is_none());
            let elsewhere = elsewhere.filter(|&at| ids.0(Some(at)).is_some());
            let reordered = b.filter(|b| moved.binary_search(b).is_ok());
            Row {
                old: before.map(|(_, l)| l.entry).or(elsewhere),
                new: after.map(|l| l.entry),
                repost: after.or(before.map(|(_, l)| *l)).is_some_and(|l| l.repost),
                moved: elsewhere.is_some_and(|at| old.iter().all(|l| l.repost || l.entry != at)),
                reordered: reordered.zip(before).map(|(b, (a, _))| (a + 1, b + 1)),
            }
        });
        rows.collect()
    }
}

/// The ids of the entries that the old and the new annex have, by index.
type Ids<'f, 'a> =
    (&'f dyn Fn(Option<usize>) -> Option<&'a Id>, &'f dyn Fn(Option<usize>) -> Option<&'a Id>);

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
