//! What this edition is: `edition.toml` as plain data.
//!
//! Everything printed that no department writes stands in the settings, so that next year's
//! annex is a new folder and no change of code.

mod check;
mod columns;
mod corrections;
mod deadlines;
mod formerly;
mod guess;
mod identity;
mod layout;
pub mod limits;
mod named_columns;
mod next;
mod notation;
mod outline;
mod parse;
mod placeholders;
mod places;
mod progress;
mod reader;
mod reorganised;
mod results;
mod rules;
mod schema;
mod settings;
mod severities;
mod spelling;
mod syntax;
mod unconfirmed;
mod value;
mod values;
mod words;

pub use corrections::{
    CORRECTIONS, Correction, Corrections, Decision, Grounds, Kind as CorrectionsKind,
    NewCorrection, read_corrections, with_correction, without_corrections,
};
pub use limits::{Limit, Limits};
pub use next::{names_year, next};
pub use notation::{
    Brackets, COUNTERS, Comma, FullStop, Notation, Separators, Spelling, Thousand, YearForm,
};
pub use outline::{Heading, Numbered, OutlineTables};
pub use parse::{parse, read};
pub use places::{Found, JOINT, Places};
pub use progress::{Band, Better, Counting, Direction, Progress, ProgressPaper, Scheme};
pub use reorganised::{NewDepartment, NewHeading, NewSection, Reorganised, reorganised};
pub use results::{Results, results};
pub use rules::{ACCEPT, RULES};
pub use settings::{
    AbolishedList, Accept, Chapter, ComparisonTable, Department, Edition, FAMILIES, Form,
    FormerSection, Joint, JointOwner, Layout, MeasureLayout, PageBreak, PaperSize, StruckText,
};
pub use severities::{RuleSetting, faults_of_rules};
pub use spelling::is_numbers;
pub use unconfirmed::{Unconfirmed, unconfirmed};
