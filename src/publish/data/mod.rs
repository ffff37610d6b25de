//! The model as data.

pub mod csv;
pub mod datapackage;
mod json;

pub use json::{json, read, schema};
