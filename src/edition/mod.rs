//! What this edition is: `edition.toml` as plain data.
//!
//! Everything printed that no department writes stands in the settings, so that next year's
//! annex is a new folder and no change of code.

mod check;
mod columns;
pub mod limits;
mod next;
mod parse;
mod placeholders;
mod reader;
mod rules;
mod schema;
mod settings;
mod severities;
mod values;
mod words;

pub use limits::{Limit, Limits};
pub use next::next;
pub use parse::{parse, read};
pub use rules::RULES;
pub use settings::{
    Accept, Band, Better, Category, ComparisonTable, Department, Direction, Edition, FAMILIES,
    Form, Joint, JointOwner, Layout, PageBreak, Pillar, Progress, StruckText,
};
pub use severities::{RuleSetting, faults_of_rules};
