//! The report as JSON, for programs.

use serde::Serialize;

use crate::diag::{Finding, Lang, Place, Severity};
use crate::report::Report;

#[derive(Serialize)]
struct Document<'a> {
    edition: &'a str,
    counts: Counts,
    findings: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Counts {
    error: usize,
    warning: usize,
    info: usize,
}

#[derive(Serialize)]
struct Entry<'a> {
    code: &'a str,
    name: &'a str,
    severity: Severity,
    message: &'a str,
    help: &'a str,
    found: &'a str,
    expected: &'a str,
    department: &'a str,
    place: &'a Place,
    #[serde(skip_serializing_if = "<[Place]>::is_empty")]
    more: &'a [Place],
    #[serde(skip_serializing_if = "Option::is_none")]
    accepted: Option<&'a str>,
}

/// The whole report in the language, with a line feed at the end.
///
/// Accepted findings are listed with the reason under `accepted` and are not counted.
///
/// # Errors
/// None that can come from a report: what is written here are texts and numbers.
pub fn render(report: &Report, lang: Lang) -> serde_json::Result<String> {
    let counts = report.counts();
    let document = Document {
        edition: &report.edition,
        counts: Counts { error: counts.error, warning: counts.warning, info: counts.info },
        findings: report.findings.iter().map(|finding| entry(finding, lang)).collect(),
    };
    serde_json::to_string_pretty(&document).map(|text| text + "\n")
}

fn entry(finding: &Finding, lang: Lang) -> Entry<'_> {
    Entry {
        code: finding.rule.code,
        name: finding.rule.name,
        severity: finding.severity,
        message: finding.message.get(lang),
        help: finding.help.get(lang),
        found: &finding.found,
        expected: &finding.expected,
        department: &finding.department,
        place: &finding.place,
        more: &finding.more,
        accepted: finding.accepted.as_deref(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::report::testing::{accept, edition, finding};

    #[test]
    fn the_document_has_the_agreed_shape() {
        let mut edition = edition();
        edition.accepts = vec![accept("T100", Some("02_企画部.xlsx"), None)];
        let findings = vec![
            finding("01_総務部.xlsx", "F9").found("甲").expected("乙"),
            finding("02_企画部.xlsx", "F9"),
        ];
        let text = render(&Report::new(&edition, findings), Lang::Ja).expect("JSON");
        let document: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        let rest = json!({
            "code": "T100", "name": "test-rule", "severity": "error",
            "message": "値がおかしい", "help": "",
        });
        let entry = |more: serde_json::Value| {
            let mut entry = rest.clone();
            if let (Some(entry), serde_json::Value::Object(more)) = (entry.as_object_mut(), more) {
                entry.extend(more);
            }
            entry
        };
        let expected = json!({
            "edition": "DX推進方針 別冊 第1.0版",
            "counts": {"error": 1, "warning": 0, "info": 0},
            "findings": [
                entry(json!({"found": "甲", "expected": "乙", "department": "総務部",
                    "place": {"file": "01_総務部.xlsx", "sheet": "様式２　KPI", "cell": "F9"}})),
                entry(json!({"found": "", "expected": "", "department": "企画部",
                    "place": {"file": "02_企画部.xlsx", "sheet": "様式２　KPI", "cell": "F9"},
                    "accepted": "確認済み"})),
            ],
        });
        assert_eq!(document, expected);
    }

    #[test]
    fn the_other_language_is_one_flag_away() {
        let report = Report::new(&edition(), vec![finding("01_総務部.xlsx", "F9")]);
        assert!(render(&report, Lang::En).expect("JSON").contains("the value is odd"));
    }
}
