//! The model as data.
