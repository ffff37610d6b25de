//! The progress of the KPIs, written.

pub mod json;
pub mod text;
