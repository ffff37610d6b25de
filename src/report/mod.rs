//! The findings of one run, counted and in order; one file per renderer.
//!
//! [`Report::new`] makes of single findings what a person reads: exceptions that the settings
//! accept are marked ([`accept`]), each has the severity that the settings ask for ([`severity`]),
//! what follows from another finding is left out, findings of one cause become one, and all stand
//! in one order ([`arrange`]).

mod accept;
mod arrange;
mod delta;
mod severity;

use std::sync::Arc;

use crate::diag::{Finding, Rule, Severity};
use crate::edition::Edition;
use crate::schema::Schema;

pub use accept::grounds;
pub use delta::Delta;

/// The rules that only a whole run can break.
pub static RULES: &[&Rule] = &[&accept::RULE, &accept::BY_CELL];

/// Every finding of a run, sorted by department, file, sheet, cell and code.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// 「みやぎDX推進ポリシー 別冊 第1.0版」
    pub edition: String,
    pub findings: Vec<Finding>,
    /// The words of the edition, for what its rules say of themselves.
    pub schema: Arc<Schema>,
}

/// How many findings there are of each severity, the accepted ones apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub error: usize,
    pub warning: usize,
    pub info: usize,
    pub accepted: usize,
}

impl Report {
    /// Arranges the findings of all stages under the settings of the edition.
    pub fn new(edition: &Edition, findings: Vec<Finding>) -> Self {
        let title = [&edition.front.title, &edition.front.volume, &edition.front.version];
        let title: Vec<&str> =
            title.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        // What is said of an exception has a rule too, whose severity may be set.
        let findings = severity::apply(edition, accept::apply(edition, findings));
        Self {
            edition: title.join(" "),
            findings: arrange::arrange(edition, findings),
            schema: edition.schema.clone(),
        }
    }

    /// Adds what was found after the others, as if it had been there from the beginning.
    pub fn add(&mut self, edition: &Edition, more: Vec<Finding>) {
        let more = severity::apply(edition, more);
        if !more.is_empty() {
            let findings = accept::apply_to_more(edition, std::mem::take(&mut self.findings), more);
            self.findings = arrange::arrange(edition, findings);
        }
    }

    /// The findings on settings from which no edition could be read.
    pub fn unsettled(findings: Vec<Finding>) -> Self {
        Self::new(&Edition::default(), findings)
    }

    /// The findings of these departments alone.
    pub fn of(&self, departments: &[&str]) -> Self {
        let own = self.findings.iter().filter(|f| departments.contains(&f.department.as_str()));
        Self { findings: own.cloned().collect(), ..self.clone() }
    }

    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for finding in &self.findings {
            match (finding.accepted.is_some(), finding.severity) {
                (true, _) => counts.accepted += 1,
                (false, Severity::Error) => counts.error += 1,
                (false, Severity::Warning) => counts.warning += 1,
                (false, Severity::Info) => counts.info += 1,
            }
        }
        counts
    }

    /// How many findings stop an official build.
    pub fn blocking(&self) -> usize {
        self.findings.iter().filter(|finding| finding.is_blocking()).count()
    }

    /// Whether an official build must not go on.
    pub fn is_blocked(&self) -> bool {
        self.blocking() > 0
    }
}

#[cfg(test)]
pub(crate) mod testing;
