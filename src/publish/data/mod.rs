//! The model as data: `annex.json` for programs, CSV for the public.

mod csv;
mod json;

pub use csv::{File, files};
pub use json::{json, read, schema};
