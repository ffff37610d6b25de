//! The model as data.

pub mod csv;
pub mod datapackage;
mod first_format;
pub mod ids;
mod json;
mod lines;

pub use ids::RULES;
pub use json::{AnnexError, json, read, schema};
pub use lines::lines;
