//! What this edition is: `edition.toml` as plain data, and the labels of the standard form.
//!
//! Everything printed that no department writes stands in the settings, so that next year's
//! annex is a new folder and no change of code.

pub mod fields;
mod settings;

pub use settings::{
    Accept, Category, Colophon, Department, Edition, Form, Joint, JointOwner, Layout, PageBreak,
    Pillar,
};
