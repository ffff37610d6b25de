//! `[rules]`: gives every finding the severity that the edition asks for.

use crate::diag::Finding;
use crate::edition::Edition;

/// The findings that are told, each with its severity in this edition.
pub(super) fn apply(edition: &Edition, findings: Vec<Finding>) -> Vec<Finding> {
    let told = |finding: Finding| {
        let severity = edition.severity_of(&finding)?;
        Some(finding.severity(severity))
    };
    findings.into_iter().filter_map(told).collect()
}

#[cfg(test)]
mod tests {
    use crate::diag::Severity;
    use crate::edition::RuleSetting;
    use crate::report::Report;
    use crate::report::testing::{edition, finding};

    #[test]
    fn what_is_off_is_not_told_and_what_is_lighter_does_not_stop_a_build() {
        let mut edition = edition();
        let findings = || vec![finding("01_総務部.xlsx", "F9")];
        for (severity, expected) in [
            (None, vec![]),
            (Some(Severity::Info), vec![Severity::Info]),
            (Some(Severity::Error), vec![Severity::Error]),
        ] {
            edition.rules = vec![RuleSetting { code: "T100".into(), severity, line: 3 }];
            let mut report = Report::new(&edition, findings());
            let told = |report: &Report| -> Vec<Severity> {
                report.findings.iter().map(|finding| finding.severity).collect()
            };
            assert_eq!(told(&report), expected);
            assert_eq!(report.is_blocked(), severity == Some(Severity::Error));
            // What is found later is treated alike; here it is the same once more.
            report.add(&edition, findings());
            assert_eq!(told(&report), expected);
        }
    }
}
