//! The whole annex: its outline in printed order, over the measures and KPIs.

use std::borrow::Cow;
use std::sync::Arc;

use super::{
    Content, Correction, Entry, Figure, Front, Heading, HeadingId, Id, Kpi, Link, Listing, Measure,
    Row, Sourced,
};
use crate::schema::{Column, FigureRole, Levels, Schema, Table};

/// The format of `annex.json`; a reader takes the one before too, and refuses another.
pub const FORMAT: &str = "bessatsu-annex/2";

/// The canonical model of one edition's annex. As JSON it is `AnnexFile`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Annex {
    /// Always [`FORMAT`].
    pub format: String,
    /// The columns that its entries have.
    pub schema: Arc<Schema>,
    pub front: Front,
    /// What the headings of each level are called and hold.
    pub levels: Levels,
    /// The headings of the topmost level, with those that stand under them.
    pub outline: Vec<Heading>,
    /// Every measure once, by id (those of no known heading too).
    pub measures: Vec<Measure>,
    /// Every KPI once, by id (those of no known heading too).
    pub kpis: Vec<Kpi>,
    /// What the secretariat changed in what was submitted.
    pub corrections: Vec<Correction>,
}

impl Annex {
    pub fn measure(&self, id: &Id) -> Option<&Measure> {
        let index = self.measures.binary_search_by(|m| m.id.cmp(id)).ok()?;
        self.measures.get(index)
    }

    /// What is abolished, measures before KPIs; what another department goes on with is not.
    pub fn abolished(&self) -> Vec<(Table, &Entry)> {
        let measures = self.measures.iter().map(|measure| (Table::Measures, &measure.entry));
        let all = measures.chain(self.kpis.iter().map(|kpi| (Table::Kpis, &kpi.entry)));
        let is_taken = |table: Table, entry: &Entry| {
            let stated = entry.stated_id.as_ref().map(|stated| Id(stated.value.clone()));
            let goes_on = |id: &Id| match table {
                Table::Measures => self.measure(id).is_some_and(|measure| measure.is_printed()),
                Table::Kpis => self.kpi(id).is_some_and(|kpi| kpi.is_printed()),
            };
            stated.as_ref().is_some_and(goes_on)
        };
        all.filter(|(table, entry)| entry.is_abolished() && !is_taken(*table, entry)).collect()
    }

    /// The name of an entry, by its id.
    pub fn name_of(&self, id: &Id) -> Option<&str> {
        self.entry(id).map(|entry| entry.name.value.as_str())
    }

    /// What is corrected: the label of the column, or that the entry is left out.
    pub fn label_of<'a>(&'a self, correction: &'a Correction) -> &'a str {
        let Some(key) = &correction.column else { return correction.kind.label() };
        let table = if self.kpi(&correction.id).is_some() { Table::Kpis } else { Table::Measures };
        self.schema.column(table, key).map_or(key, |column| &column.label)
    }

    /// The measure or KPI of an id.
    pub fn entry(&self, id: &Id) -> Option<&Entry> {
        let measure = self.measure(id).map(|measure| &measure.entry);
        measure.or_else(|| self.kpi(id).map(|kpi| &kpi.entry))
    }

    /// What is printed of a KPI's measure: its name, or the words of the form where none is found.
    pub fn printed_name<'a>(&'a self, link: &'a Link) -> &'a str {
        let measure = link.measure.as_ref().and_then(|id| self.measure(id));
        measure.map_or(link.text.value.as_str(), |measure| measure.name.value.as_str())
    }

    /// What is printed of all measures of a KPI, one a line.
    pub fn measure_names(&self, kpi: &Kpi) -> String {
        let names: Vec<&str> = kpi.measures.iter().map(|link| self.printed_name(link)).collect();
        names.join("\n")
    }

    /// What is printed of an entry in a column: as [`Row::text`], with the names that the measures
    /// of a KPI have in the annex.
    pub fn printed_text<'a, R: Row + ?Sized>(
        &'a self,
        row: &'a R,
        column: &Column,
    ) -> Cow<'a, str> {
        match row.content(column) {
            Content::Links(links) => {
                let names: Vec<&str> = links.iter().map(|link| self.printed_name(link)).collect();
                Cow::Owned(names.join("\n"))
            }
            content => content.text(),
        }
    }

    pub fn kpi(&self, id: &Id) -> Option<&Kpi> {
        let index = self.kpis.binary_search_by(|k| k.id.cmp(id)).ok()?;
        self.kpis.get(index)
    }

    /// The figure of a KPI that stands for something; a blank where no column has it.
    pub fn figure<'a>(&self, kpi: &'a Kpi, wanted: FigureRole) -> &'a Sourced<Figure> {
        let column = self.schema.figure(wanted);
        column.map_or(Sourced::no_figure(), |column| kpi.figure(&column.key))
    }

    /// All headings of all levels in printed order: each before those that stand under it.
    pub fn headings(&self) -> impl Iterator<Item = &Heading> {
        super::heading::walk(&self.outline)
    }

    /// The headings of the levels under which entries may stand, in printed order.
    pub fn places(&self) -> impl Iterator<Item = &Heading> {
        self.headings().filter(|heading| {
            Table::ALL.into_iter().any(|table| self.levels.hold(heading.id.depth(), table))
        })
    }

    /// All listings in printed order, with their heading and measure. One whose measure is not
    /// there has no row; [`Self::broken_reference`] tells of it.
    pub fn listings(&self) -> impl Iterator<Item = (&Heading, &Listing, &Measure)> {
        self.headings().flat_map(move |heading| {
            let listings = heading.listings.iter();
            listings.filter_map(move |l| Some((heading, l, self.measure(&l.measure)?)))
        })
    }

    /// All KPIs in printed order, each under its own heading; as [`Self::listings`].
    pub fn kpi_rows(&self) -> impl Iterator<Item = (&Heading, &Kpi)> {
        self.kpi_listings().filter(|(heading, kpi)| !kpi.is_repost(heading))
    }

    /// All KPI rows in printed order, with their heading, those that are listed again too.
    pub fn kpi_listings(&self) -> impl Iterator<Item = (&Heading, &Kpi)> {
        self.headings().flat_map(move |heading| {
            heading.kpis.iter().filter_map(move |id| Some((heading, self.kpi(id)?)))
        })
    }

    /// The heading of an id, behind those that it stands under, the topmost first; empty where
    /// the annex has none of that id.
    pub fn path(&self, id: HeadingId) -> Vec<&Heading> {
        let (mut path, mut below) = (Vec::new(), &self.outline);
        for depth in 1..=id.depth() {
            let wanted = id.at_level(depth);
            let Some(heading) = below.iter().find(|heading| Some(heading.id) == wanted) else {
                return Vec::new();
            };
            path.push(heading);
            below = &heading.headings;
        }
        path
    }

    /// The heading of an id.
    pub fn heading(&self, id: HeadingId) -> Option<&Heading> {
        self.path(id).pop()
    }

    /// The same, to be changed.
    pub fn heading_mut(&mut self, id: HeadingId) -> Option<&mut Heading> {
        Heading::find_mut(&mut self.outline, id)
    }
}
