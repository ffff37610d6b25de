//! What nearly every rule needs.

pub use super::cells::{Cell, characters};
pub use super::nearest::{likeness, nearest};
pub use super::told::Told;
pub use super::{Context, finding_at, finding_of, received};
pub use crate::diag::{Finding, Place, Rule, Say, Severity};
pub use crate::schema::Words;
