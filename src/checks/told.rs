//! Findings of which there may be one for each mention in a cell, and so millions in one file: what is
//! beyond the number that anybody reads is counted and never put into words.

use std::sync::Arc;

use indexmap::IndexMap;

use super::{MOST_OF_A_RULE, more_of_a_rule};
use crate::diag::{Finding, Place, Rule};

/// The findings of a rule, file by file.
pub struct Told {
    rule: &'static Rule,
    /// How many there are in a file, and of which department it is.
    of_file: IndexMap<Arc<str>, (usize, String)>,
}

impl Told {
    pub fn new(rule: &'static Rule) -> Self {
        Self { rule, of_file: IndexMap::new() }
    }

    /// Adds a finding on what a department wrote at a place.
    pub fn add(
        &mut self,
        findings: &mut Vec<Finding>,
        at: &Place,
        department: &str,
        finding: impl FnOnce() -> Option<Finding>,
    ) {
        let here = self.of_file.entry(at.file.clone());
        let (count, _) = here.or_insert_with(|| (0, department.to_owned()));
        // The last of them says how many more there are.
        if *count < MOST_OF_A_RULE - 1 {
            let finding = finding();
            *count += usize::from(finding.is_some());
            findings.extend(finding);
        } else {
            *count += 1;
        }
    }

    /// Says how many more there are.
    pub fn finish(self, findings: &mut Vec<Finding>) {
        for (file, (count, department)) in self.of_file {
            if let Some(more @ 1..) = count.checked_sub(MOST_OF_A_RULE - 1) {
                let finding = more_of_a_rule(self.rule, &file, more);
                findings.push(finding.of(&department));
            }
        }
    }
}
