//! The annex as `annex.json` has it.
//!
//! The outline of the standard levels stands there as pillars with their categories, whatever
//! other levels an edition may have.

use std::borrow::Cow;
use std::sync::Arc;

use schemars::{JsonSchema, Schema as JsonSchemaOf, SchemaGenerator};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Annex, Correction, Front, Heading, HeadingId, Id, Kpi, Listing, Measure};
use crate::schema::{Levels, Schema};

/// `annex.json`.
#[derive(Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Annex")]
struct AnnexFile<'a> {
    /// Always `bessatsu-annex/2`.
    format: Cow<'a, str>,
    /// The columns that its entries have; those of the standard edition where none are given.
    #[serde(default, skip_serializing_if = "is_standard")]
    schema: Cow<'a, Arc<Schema>>,
    front: Cow<'a, Front>,
    /// The outline of the standard levels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pillars: Option<Vec<Pillar<'a>>>,
    /// The levels, where they are not the standard ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    levels: Option<Cow<'a, Levels>>,
    /// The outline of other levels than the standard ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    outline: Option<Cow<'a, [Heading]>>,
    /// Every measure once, by id (those of no known heading too).
    measures: Cow<'a, [Measure]>,
    /// Every KPI once, by id (those of no known heading too).
    kpis: Cow<'a, [Kpi]>,
    /// What the secretariat changed in what was submitted, by entry and column.
    #[serde(default, skip_serializing_if = "<[Correction]>::is_empty")]
    corrections: Cow<'a, [Correction]>,
}

/// One of the pillars (柱) of the standard levels, in `annex.json`.
#[derive(Serialize, Deserialize, JsonSchema)]
pub struct Pillar<'a> {
    number: u32,
    title: Cow<'a, str>,
    categories: Vec<Category<'a>>,
}

/// A category (分野) with its rows in printed order, in `annex.json`.
#[derive(Serialize, Deserialize, JsonSchema)]
pub struct Category<'a> {
    id: HeadingId,
    title: Cow<'a, str>,
    listings: Cow<'a, [Listing]>,
    /// KPI ids in printed order. One whose own place is another heading is listed again here.
    kpis: Cow<'a, [Id]>,
    /// The ※ note under the KPI table.
    note: Cow<'a, str>,
}

fn is_standard(schema: &Schema) -> bool {
    schema.is_standard()
}

impl Annex {
    /// Whether its outline is pillars and categories, with nothing that the standard edition does
    /// not say of them.
    pub fn has_standard_outline(&self) -> bool {
        let fits = |heading: &Heading| {
            let standard = Heading::standard(heading.id, heading.title.as_str());
            let is_plain = heading.text.is_empty()
                && (&heading.number, &heading.prefix) == (&standard.number, &standard.prefix);
            let has_rows = !heading.listings.is_empty() || !heading.kpis.is_empty();
            is_plain && (heading.id.depth() == 2 || !has_rows && heading.note.is_empty())
        };
        self.levels.is_standard() && self.headings().all(fits)
    }
}

impl Pillar<'_> {
    fn of(pillar: &Heading) -> Pillar<'_> {
        let categories = pillar.headings.iter().map(|category| Category {
            id: category.id,
            title: Cow::Borrowed(&category.title),
            listings: Cow::Borrowed(&category.listings),
            kpis: Cow::Borrowed(&category.kpis),
            note: Cow::Borrowed(&category.note),
        });
        Pillar {
            number: pillar.id.number(),
            title: Cow::Borrowed(&pillar.title),
            categories: categories.collect(),
        }
    }

    /// The heading that it is.
    pub fn heading(self) -> Heading {
        let categories = self.categories.into_iter().map(|category| Heading {
            listings: category.listings.into_owned(),
            kpis: category.kpis.into_owned(),
            note: category.note.into_owned(),
            ..Heading::standard(category.id, category.title)
        });
        Heading {
            headings: categories.collect(),
            ..Heading::standard(HeadingId::top(self.number), self.title)
        }
    }
}

impl Serialize for Annex {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let has_pillars = self.has_standard_outline();
        let file = AnnexFile {
            format: Cow::Borrowed(&self.format),
            schema: Cow::Borrowed(&self.schema),
            front: Cow::Borrowed(&self.front),
            pillars: has_pillars.then(|| self.outline.iter().map(Pillar::of).collect()),
            levels: (!has_pillars).then_some(Cow::Borrowed(&self.levels)),
            outline: (!has_pillars).then_some(Cow::Borrowed(&self.outline)),
            measures: Cow::Borrowed(&self.measures),
            kpis: Cow::Borrowed(&self.kpis),
            corrections: Cow::Borrowed(&self.corrections),
        };
        file.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Annex {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let file = AnnexFile::deserialize(deserializer)?;
        let outline = match (file.outline, file.pillars) {
            (Some(outline), None) => outline.into_owned(),
            (None, Some(pillars)) => pillars.into_iter().map(Pillar::heading).collect(),
            (None, None) => return Err(D::Error::missing_field("pillars")),
            (Some(_), Some(_)) => return Err(D::Error::custom("both pillars and outline")),
        };
        Ok(Self {
            format: file.format.into_owned(),
            schema: file.schema.into_owned(),
            front: file.front.into_owned(),
            levels: file.levels.map(Cow::into_owned).unwrap_or_default(),
            outline,
            measures: file.measures.into_owned(),
            kpis: file.kpis.into_owned(),
            corrections: file.corrections.into_owned(),
        })
    }
}

impl JsonSchema for Annex {
    fn schema_name() -> Cow<'static, str> {
        AnnexFile::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> JsonSchemaOf {
        AnnexFile::json_schema(generator)
    }
}
