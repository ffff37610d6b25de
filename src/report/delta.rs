//! What one report finds that another did not.

use std::collections::BTreeMap;

use super::Report;
use crate::diag::Finding;

/// The difference between two reports of one edition.
#[derive(Debug)]
pub struct Delta<'a> {
    pub new: Vec<&'a Finding>,
    pub fixed: Vec<&'a Finding>,
}

impl Report {
    /// What is new and what is fixed since an earlier report; a finding that only moved to another
    /// cell is neither.
    pub fn since<'a>(&'a self, before: &'a Self) -> Delta<'a> {
        Delta { new: self.beyond(before), fixed: before.beyond(self) }
    }

    /// The findings that the other report does not have as often.
    fn beyond<'a>(&'a self, other: &Self) -> Vec<&'a Finding> {
        let mut known: BTreeMap<_, usize> = BTreeMap::new();
        for finding in &other.findings {
            *known.entry(key(finding)).or_default() += 1;
        }
        let mut beyond = Vec::new();
        for finding in &self.findings {
            match known.get_mut(&key(finding)) {
                Some(left @ 1..) => *left -= 1,
                _ => beyond.push(finding),
            }
        }
        beyond
    }
}

/// What makes a finding the same wherever in its sheet it stands.
fn key(finding: &Finding) -> (&str, &str, Option<&str>, &str, &str, bool) {
    (
        finding.rule.code,
        &finding.place.file,
        finding.place.sheet.as_deref(),
        &finding.message.ja,
        &finding.found,
        finding.accepted.is_some(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::finding;

    fn report(cells: &[&str], found: &str) -> Report {
        let findings = cells.iter().map(|cell| finding("01_総務部.xlsx", cell).found(found));
        Report { findings: findings.collect(), ..Report::default() }
    }

    #[test]
    fn what_moved_is_neither_new_nor_fixed() {
        let (before, after) = (report(&["F9"], "語"), report(&["F10", "F11"], "語"));
        let delta = after.since(&before);
        assert_eq!((delta.new.len(), delta.fixed.len()), (1, 0));
        let other = report(&["F9"], "ほかの語");
        let delta = other.since(&before);
        assert_eq!((delta.new.len(), delta.fixed.len()), (1, 1));
    }
}
