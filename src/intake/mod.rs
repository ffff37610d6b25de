//! Workbooks to model: read, locate, normalize, assemble.
pub mod number_format;
