//! What is said of a corrected cell is said of the correction too.

use std::collections::BTreeMap;

use crate::diag::{Finding, Place};
use crate::edition::CORRECTIONS;

/// Names the correction in every finding on a corrected cell. What is said of the cell itself is
/// said of the secretariat's words, and so is no department's to mend.
pub fn mark(findings: &mut [Finding], lines: &BTreeMap<Place, u32>) {
    if lines.is_empty() {
        return;
    }
    for finding in findings {
        let places = std::iter::once(&finding.place).chain(&finding.more);
        let mut corrections: Vec<Place> = places
            .filter_map(|place| lines.get(place))
            .map(|&line| Place::line(CORRECTIONS, line))
            .collect();
        corrections.sort();
        corrections.dedup();
        if lines.contains_key(&finding.place) {
            finding.department.clear();
        }
        finding.more.extend(corrections);
    }
}
