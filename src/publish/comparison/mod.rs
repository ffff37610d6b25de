//! A comparison in writing; one file per form.

pub mod json;
pub mod table;
pub mod text;
mod words;

pub use words::{corrected, describe, remarks, remarks_of};
