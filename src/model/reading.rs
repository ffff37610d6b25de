//! Reads what a printed value says.
