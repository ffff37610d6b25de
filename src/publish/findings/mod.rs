//! Findings put into words and formats; one file per renderer.

pub mod exceptions;
pub mod explain;
pub mod json;
pub mod sarif;
pub mod text;
