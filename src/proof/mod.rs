//! What is said of a model: the rules that check it, and how it differs from another.

pub mod checks;
pub mod compare;
pub mod progress;
pub mod report;
