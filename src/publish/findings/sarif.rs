//! The report as SARIF 2.1.0, for the viewers and services that read it.
//!
//! A cell is given twice: as a region (line and column are its row and column) and as a logical
//! location `様式２　KPI!F9`.

use serde_json::{Map, Value, json};

use crate::diag::{Finding, Lang, Place, Rule, Severity};
use crate::report::Report;
use crate::schema::Schema;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The whole report with the documentation of the rules that it speaks of.
pub fn render(report: &Report, lang: Lang) -> String {
    let mut rules: Vec<&'static Rule> = report.findings.iter().map(|f| f.rule).collect();
    rules.sort_by_key(|rule| rule.code);
    rules.dedup_by_key(|rule| rule.code);
    let results: Vec<Value> =
        report.findings.iter().map(|finding| result(finding, &rules, lang)).collect();
    let document = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": env!("CARGO_PKG_NAME"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().map(|rule| descriptor(&report.schema, rule, lang)).collect::<Vec<_>>(),
            }},
            "language": match lang { Lang::Ja => "ja", Lang::En => "en" },
            "columnKind": "unicodeCodePoints",
            "properties": { "edition": report.edition },
            "results": results,
        }],
    });
    format!("{document:#}\n")
}

fn descriptor(schema: &Schema, rule: &Rule, lang: Lang) -> Value {
    let title = match lang {
        Lang::Ja => rule.title,
        Lang::En => rule.title_en,
    };
    json!({
        "id": rule.code,
        "name": rule.name,
        "shortDescription": { "text": schema.fill(title) },
        "fullDescription": { "text": schema.fill(rule.what) + schema.fill(rule.why) },
        "help": { "text": schema.fill(rule.mend) },
        "defaultConfiguration": { "level": level(rule.severity) },
    })
}

fn result(finding: &Finding, rules: &[&'static Rule], lang: Lang) -> Value {
    let mut message = finding.message.get(lang).to_owned();
    let help = finding.help.get(lang);
    if !help.is_empty() {
        message += &match lang {
            Lang::Ja => format!("。{help}"),
            Lang::En => format!(". {help}"),
        };
    }
    let mut result = Map::new();
    result.insert("ruleId".into(), json!(finding.rule.code));
    let index = rules.iter().position(|rule| rule.code == finding.rule.code);
    result.insert("ruleIndex".into(), json!(index));
    result.insert("level".into(), json!(level(finding.severity)));
    result.insert("message".into(), json!({ "text": message }));
    if !finding.place.is_nowhere() {
        result.insert("locations".into(), json!([location(&finding.place)]));
    }
    if !finding.more.is_empty() {
        let more: Vec<Value> = finding.more.iter().map(location).collect();
        result.insert("relatedLocations".into(), json!(more));
    }
    if let Some(reason) = &finding.accepted {
        let suppression = json!({ "kind": "external", "justification": reason });
        result.insert("suppressions".into(), json!([suppression]));
    }
    let properties = json!({
        "department": finding.department,
        "found": finding.found,
        "expected": finding.expected,
    });
    result.insert("properties".into(), properties);
    Value::Object(result)
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn location(place: &Place) -> Value {
    let mut physical = Map::new();
    physical.insert("artifactLocation".into(), json!({ "uri": uri(&place.file) }));
    let region = match (place.cell, place.line) {
        (Some(cell), _) => {
            Some(json!({ "startLine": cell.row + 1, "startColumn": cell.column + 1 }))
        }
        (None, Some(line)) => Some(match place.column {
            Some(column) => json!({ "startLine": line, "startColumn": column }),
            None => json!({ "startLine": line }),
        }),
        (None, None) => None,
    };
    if let Some(region) = region {
        physical.insert("region".into(), region);
    }
    let mut location = Map::new();
    location.insert("physicalLocation".into(), Value::Object(physical));
    if let Some(sheet) = &place.sheet {
        let name = match place.cell {
            Some(cell) => format!("{sheet}!{cell}"),
            None => sheet.to_string(),
        };
        location.insert("logicalLocations".into(), json!([{ "fullyQualifiedName": name }]));
    }
    Value::Object(location)
}

/// A file name as a relative URI: everything but unreserved characters percent-encoded.
fn uri(file: &str) -> String {
    let mut uri = String::new();
    for byte in file.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri += &format!("%{byte:02X}");
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::{accept, edition, finding};

    fn run() -> Value {
        let mut edition = edition();
        edition.accepts = vec![accept("T100", Some("02_企画部.xlsx"), None)];
        let findings = vec![
            finding("01_総務部.xlsx", "F9").also_at([Place::line("edition.toml", 3)]),
            finding("02_企画部.xlsx", "F9").severity(Severity::Info),
        ];
        let text = render(&Report::new(&edition, findings), Lang::Ja);
        serde_json::from_str(&text).expect("JSON")
    }

    #[test]
    fn a_result_points_to_its_rule_and_its_cell() {
        let run = run();
        let result = &run["runs"][0]["results"][0];
        assert_eq!(result["ruleId"], "T100");
        let index = result["ruleIndex"].as_u64().expect("an index") as usize;
        assert_eq!(run["runs"][0]["tool"]["driver"]["rules"][index]["id"], "T100");
        let location = &result["locations"][0];
        let physical = &location["physicalLocation"];
        assert_eq!(physical["artifactLocation"]["uri"], "01_%E7%B7%8F%E5%8B%99%E9%83%A8.xlsx");
        assert_eq!(physical["region"], json!({ "startLine": 9, "startColumn": 6 }));
        assert_eq!(location["logicalLocations"][0]["fullyQualifiedName"], "様式２　KPI!F9");
        let related = &result["relatedLocations"][0]["physicalLocation"];
        assert_eq!(related["region"], json!({ "startLine": 3 }));
    }

    #[test]
    fn an_accepted_finding_is_suppressed_with_its_reason() {
        let run = run();
        let result = &run["runs"][0]["results"][1];
        assert_eq!(result["level"], "note");
        assert_eq!(result["suppressions"][0]["justification"], "確認済み");
    }
}
