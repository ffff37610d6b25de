//! The model as data.

pub mod csv;
pub mod datapackage;
mod first_format;
mod json;
mod lines;

pub use json::{AnnexError, json, read, schema};
pub use lines::lines;
