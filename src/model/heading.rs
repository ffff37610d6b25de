//! The headings of the annex, with the rows that stand under them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{HeadingId, Id};
use crate::schema::{Levels, outline};

/// A heading with its rows in printed order, and the headings under it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Heading {
    pub id: HeadingId,
    /// Its number as it is printed where it stands: 「(1)」. Empty for none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub number: String,
    /// What stands before its title where it is named elsewhere: its number, with so much of the
    /// headings above that no other is called the same: 「1(1)」.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub prefix: String,
    pub title: String,
    /// What is said below it; lines that begin with ・ ○ ● - are items of a list.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub listings: Vec<Listing>,
    /// KPI ids in printed order. One whose own place is another heading is listed again here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kpis: Vec<Id>,
    /// The ※ note under the KPI table.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// The headings under it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headings: Vec<Heading>,
}

/// A measure's place under a heading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Listing {
    pub measure: Id,
    /// Listed again here; its own place is under another heading.
    pub repost: bool,
}

impl Heading {
    /// A heading of the standard edition, which numbers them 1 and (1), without anything under
    /// it.
    pub fn standard(id: HeadingId, title: impl Into<String>) -> Self {
        Self::numbered(&Levels::default(), id, title)
    }

    /// A heading with the number that its level gives it, without anything under it.
    pub fn numbered(levels: &Levels, id: HeadingId, title: impl Into<String>) -> Self {
        let (number, prefix) = levels.numbers(id);
        Self { id, number, prefix, title: title.into(), ..Self::default() }
    }

    /// Headings under those that they stand under, of a list that has each before what stands under
    /// it. One whose heading above is not there stands at the top.
    pub fn tree(headings: Vec<Self>) -> Vec<Self> {
        let mut outline: Vec<Self> = Vec::new();
        for heading in headings {
            let depth = heading.id.depth().saturating_sub(1);
            let above = heading.id.at_level(depth);
            match above.and_then(|id| Self::find_mut(&mut outline, id)) {
                Some(above) => above.headings.push(heading),
                None => outline.push(heading),
            }
        }
        outline
    }

    /// The heading of an id among these and those that stand under them, to be changed.
    pub fn find_mut(outline: &mut [Self], id: HeadingId) -> Option<&mut Self> {
        for heading in outline {
            if heading.id == id {
                return Some(heading);
            }
            if id.at_level(heading.id.depth()) == Some(heading.id) {
                return Self::find_mut(&mut heading.headings, id);
            }
        }
        None
    }

    /// Number and title as they are printed where it stands.
    pub fn label(&self) -> String {
        outline::label(&self.number, &self.title)
    }

    /// Its whole number, without the titles of those above.
    pub fn full_number(&self) -> &str {
        self.prefix.rsplit('／').next().unwrap_or_default()
    }

    /// What it is called elsewhere: 「1(1) 子育て支援」.
    pub fn name(&self) -> String {
        outline::label(&self.prefix, &self.title)
    }
}

/// Headings and all that stand under them, each before those under it.
pub(super) fn walk(outline: &[Heading]) -> impl Iterator<Item = &Heading> {
    let mut next: Vec<&Heading> = outline.iter().rev().collect();
    std::iter::from_fn(move || {
        let heading = next.pop()?;
        next.extend(heading.headings.iter().rev());
        Some(heading)
    })
}
