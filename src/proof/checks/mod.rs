//! The rules: one file each, listed in [`RULES`].

use crate::diag::{Finding, Rule};
use crate::edition::Edition;
use crate::model::{Annex, Receipt};

/// What a rule may look at.
pub struct Context<'a> {
    pub edition: &'a Edition,
    pub annex: &'a Annex,
    /// Every file that was found, with what was odd about it.
    pub receipts: &'a [Receipt],
    /// The annex of the edition before, where there is one.
    pub previous: Option<&'a Annex>,
    /// Whether some font of the edition has the character.
    pub covers: &'a (dyn Fn(char) -> bool + Sync),
}

/// A rule and the function that looks for its faults.
pub struct Check {
    pub rule: &'static Rule,
    pub check: fn(&Context, &mut Vec<Finding>),
}

/// Every rule, sorted by code.
pub static RULES: &[Check] = &[];
