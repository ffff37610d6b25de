//! Tables to measures and KPIs: whose form it is, what its rows say in the words of the settings,
//! and what is marked, hidden or stands beside the tables.

mod annotations;
mod entries;
mod groups;
mod rows;
mod seen;
mod stated_id;
mod stray_text;
mod submission;
mod vocabulary;

pub use annotations::annotations;
pub use entries::{Entries, RowReader, entries};
pub use rows::{FileRows, Frame, RowIndex};
pub use stated_id::{numbered, stated_id};
pub use stray_text::stray_text;
pub use submission::{Submission, Submitter, contact, department, other_edition};
pub use vocabulary::{Patience, SortKey, Vocabulary};
