//! The whole annex: pillars and categories in printed order, over the measures and KPIs.

use std::borrow::Cow;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{CategoryId, Content, Figure, Front, Id, Kpi, Link, Measure, Row, Sourced};
use crate::schema::{Column, FigureRole, Schema};

/// The format of `annex.json`; a reader takes the one before too, and refuses another.
pub const FORMAT: &str = "bessatsu-annex/2";

/// The canonical model of one edition's annex.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Annex {
    /// Always [`FORMAT`].
    pub format: String,
    /// The columns that its entries have; those of the standard edition where none are given.
    #[serde(default, skip_serializing_if = "is_standard")]
    pub schema: Arc<Schema>,
    pub front: Front,
    pub pillars: Vec<Pillar>,
    /// Every measure once, by id (those of no known category too).
    pub measures: Vec<Measure>,
    /// Every KPI once, by id (those of no known category too).
    pub kpis: Vec<Kpi>,
}

fn is_standard(schema: &Schema) -> bool {
    schema.is_standard()
}

/// One of the pillars (柱).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Pillar {
    pub number: u32,
    pub title: String,
    pub categories: Vec<Category>,
}

/// A category (分野) with its rows in printed order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Category {
    pub id: CategoryId,
    pub title: String,
    pub listings: Vec<Listing>,
    /// KPI ids in printed order.
    pub kpis: Vec<Id>,
    /// The ※ note under the KPI table.
    pub note: String,
}

/// A measure's place in a category.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Listing {
    pub measure: Id,
    /// Listed again here; its own place is another category.
    pub repost: bool,
}

impl Annex {
    pub fn measure(&self, id: &Id) -> Option<&Measure> {
        let index = self.measures.binary_search_by(|m| m.id.cmp(id)).ok()?;
        self.measures.get(index)
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
    pub fn printed_text<'a, R: Row>(&'a self, row: &'a R, column: &Column) -> Cow<'a, str> {
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

    /// All categories in printed order.
    pub fn categories(&self) -> impl Iterator<Item = &Category> {
        self.pillars.iter().flat_map(|p| &p.categories)
    }

    /// All listings in printed order, with their category and measure. One whose measure is not
    /// there has no row; [`Self::broken_reference`] tells of it.
    pub fn listings(&self) -> impl Iterator<Item = (&Category, &Listing, &Measure)> {
        self.categories().flat_map(move |c| {
            c.listings.iter().filter_map(move |l| Some((c, l, self.measure(&l.measure)?)))
        })
    }

    /// All KPI rows in printed order, with their category; as [`Self::listings`].
    pub fn kpi_rows(&self) -> impl Iterator<Item = (&Category, &Kpi)> {
        self.categories()
            .flat_map(move |c| c.kpis.iter().filter_map(move |id| Some((c, self.kpi(id)?))))
    }
}
