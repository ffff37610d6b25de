//! The canonical model: plain data, no input or output.
//!
//! `annex.json` is [`Annex`], the standard outline as pillars and categories. Every author-supplied field is a [`Sourced`]
//! value that carries its cell from intake to print.

mod access;
mod annex;
mod correction;
mod entry;
mod figure;
mod file;
mod heading;
mod ids;
mod kpi;
mod measure;
mod part;
mod receipt;
mod reference;
mod sourced;
mod total;
mod typed;

pub use crate::schema::HeadingId;
pub use crate::schema::front::{Front, Setting};
pub use access::{Content, Row};
pub use annex::{Annex, FORMAT};
pub use correction::{Correction, CorrectionKind, Edit, SubmittedCell};
pub use entry::{Entry, Owner, Status};
pub use figure::{Absence, AbsenceKind, AsOf, Comparison, Figure, Reading};
pub use file::{Category, Pillar};
pub use heading::{Heading, Listing};
pub use ids::{Id, KeptId, KnownIds};
pub use kpi::{Kpi, Link, Part};
pub use measure::Measure;
pub use receipt::{
    Answer, Contact, ForeignColumn, FormStamp, Nothing, Observation, ObservationKind, Observations,
    Outcome, RIGHTS_MANAGED, Receipt, TableReceived,
};
pub use reference::{BrokenReference, Kind};
pub use sourced::Sourced;
pub use total::{Total, number_in, printed_total};
pub use typed::Typed;
