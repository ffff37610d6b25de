//! The model as data.

mod json;

pub use json::{json, read, schema};
