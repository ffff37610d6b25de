//! What an entry holds in a column, whichever column that is.
//!
//! This is the only place that says which typed field of the model a [`Role`] is. The matches on
//! it have no wildcard: a new role does not compile before it has its place here.

use std::borrow::Cow;

use super::{Entry, Figure, HeadingId, Id, Kpi, Link, Measure, Sourced, Status};
use crate::diag::Place;
use crate::schema::{Column, Role};

/// What an entry holds in a column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Content<'a> {
    /// The table has no such column.
    Absent,
    /// The id it has, and the id that the form stated.
    Id(&'a Id, Option<&'a Sourced<String>>),
    Status(&'a Sourced<Status>),
    Place(&'a Sourced<Option<HeadingId>>),
    /// The heading of a level that the place stands under.
    Above(&'a Sourced<Option<HeadingId>>, usize),
    Places(&'a [Sourced<Option<HeadingId>>]),
    Order(Option<&'a Sourced<f64>>),
    /// A text that may be left out.
    Note(Option<&'a Sourced<String>>),
    Text(&'a Sourced<String>),
    Links(&'a [Link]),
    Figure(&'a Sourced<Figure>),
}

/// A row of one of the tables: an entry, and what it holds in each column.
pub trait Row {
    fn entry(&self) -> &Entry;

    fn content(&self, column: &Column) -> Content<'_>;

    /// The text of a column as it is published: the ids of headings, the names that a KPI's
    /// measures have in the form, each on a line.
    fn text(&self, column: &Column) -> Cow<'_, str> {
        self.content(column).text()
    }

    /// The cells that a column's content came from.
    fn places(&self, column: &Column) -> Vec<&Place> {
        self.content(column).places()
    }
}

impl Row for Measure {
    fn entry(&self) -> &Entry {
        &self.entry
    }

    fn content(&self, column: &Column) -> Content<'_> {
        match column.role {
            Role::Measures | Role::Figure { .. } => Content::Absent,
            Role::Id
            | Role::Status
            | Role::Place
            | Role::Above { .. }
            | Role::Order
            | Role::Name
            | Role::Department
            | Role::Section
            | Role::Reposts
            | Role::Note
            | Role::Value => self.entry.content(column),
        }
    }
}

impl Row for Kpi {
    fn entry(&self) -> &Entry {
        &self.entry
    }

    fn content(&self, column: &Column) -> Content<'_> {
        match column.role {
            Role::Measures => Content::Links(&self.measures),
            Role::Figure { .. } => Content::Figure(self.figure(&column.key)),
            Role::Id
            | Role::Status
            | Role::Place
            | Role::Above { .. }
            | Role::Order
            | Role::Name
            | Role::Department
            | Role::Section
            | Role::Reposts
            | Role::Note
            | Role::Value => self.entry.content(column),
        }
    }
}

impl Entry {
    fn content(&self, column: &Column) -> Content<'_> {
        match column.role {
            Role::Id => Content::Id(&self.id, self.stated_id.as_ref()),
            Role::Status => Content::Status(&self.status),
            Role::Place => Content::Place(&self.category),
            Role::Above { level } => Content::Above(&self.category, usize::from(level)),
            Role::Order => Content::Order(self.order.as_ref()),
            Role::Name => Content::Text(&self.name),
            Role::Note => Content::Note(self.note.as_ref()),
            Role::Value => Content::Text(self.value(&column.key)),
            Role::Department => Content::Text(&self.department),
            Role::Section => Content::Text(&self.section),
            Role::Reposts => Content::Places(&self.reposts),
            Role::Measures | Role::Figure { .. } => Content::Absent,
        }
    }
}

impl<'a> Content<'a> {
    /// As it is published.
    pub fn text(self) -> Cow<'a, str> {
        match self {
            Self::Absent => Cow::Borrowed(""),
            Self::Id(id, _) => Cow::Borrowed(id.as_str()),
            Self::Status(status) => Cow::Borrowed(status.value.label()),
            Self::Place(place) => Cow::Owned(category(place)),
            Self::Above(place, level) => {
                let above = place.value.and_then(|id| id.at_level(level));
                Cow::Owned(above.map(|id| id.to_string()).unwrap_or_default())
            }
            Self::Places(places) => {
                Cow::Owned(places.iter().map(category).collect::<Vec<_>>().join("\n"))
            }
            Self::Order(order) => {
                Cow::Owned(order.map(|order| order.value.to_string()).unwrap_or_default())
            }
            Self::Note(note) => Cow::Borrowed(note.map_or("", Sourced::as_str)),
            Self::Text(text) => Cow::Borrowed(text.as_str()),
            Self::Links(links) => {
                let lines: Vec<&str> = links.iter().map(|link| link.text.as_str()).collect();
                Cow::Owned(lines.join("\n"))
            }
            Self::Figure(figure) => Cow::Borrowed(&figure.value.printed),
        }
    }

    /// The cells that it came from, blank ones too.
    pub fn places(self) -> Vec<&'a Place> {
        match self {
            Self::Absent => Vec::new(),
            Self::Id(_, stated) => stated.map(|stated| &stated.at).into_iter().collect(),
            Self::Status(status) => vec![&status.at],
            Self::Place(place) | Self::Above(place, _) => vec![&place.at],
            Self::Places(places) => places.iter().map(|place| &place.at).collect(),
            Self::Order(order) => order.map(|order| &order.at).into_iter().collect(),
            Self::Note(note) => note.map(|note| &note.at).into_iter().collect(),
            Self::Text(text) => vec![&text.at],
            Self::Links(links) => links.iter().map(|link| &link.text.at).collect(),
            Self::Figure(figure) => vec![&figure.at],
        }
    }
}

/// The id of a heading; what the form had where it is not known.
fn category(place: &Sourced<Option<HeadingId>>) -> String {
    let number = place.value.map(|id| id.to_string());
    number.or_else(|| place.raw.clone()).unwrap_or_default()
}
