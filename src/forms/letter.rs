//! The covering text of a form that goes back, to paste into a mail.

use std::borrow::Cow;

use minijinja::value::{Serde, Value};
use minijinja::{Environment, UndefinedBehavior, context};
use serde::Serialize;

use super::file_name;
use crate::diag::{Finding, Severity};
use crate::edition::{Department, Edition};
use crate::model::Outcome;
use crate::publish::artifact::{ContentType, Rendered};

const TEMPLATE: &str = include_str!("../../templates/returns/letter.txt");
/// Findings that the text names; the form has all of them.
const NAMED: usize = 10;

/// What is said of a finding.
#[derive(Serialize)]
struct Line<'a> {
    text: String,
    mend: Cow<'a, str>,
}

/// The covering text for a department, by what came of its submission: that it is waited for, that
/// it cannot be read, or how many findings there are, which, and what to do. Nothing where no
/// finding is the department's.
pub fn letter<'f>(
    edition: &Edition,
    department: &Department,
    submission: Option<Outcome>,
    findings: impl IntoIterator<Item = &'f Finding>,
) -> Rendered {
    let own: Vec<&Finding> = findings
        .into_iter()
        .filter(|f| f.department == department.name && f.accepted.is_none())
        .collect();
    if own.is_empty() {
        return Rendered::default();
    }
    let count = |severity| own.iter().filter(|f| f.severity == severity).count();
    let mut gravest = own.clone();
    gravest.sort_by_key(|f| f.severity);
    let lines: Vec<Line> = gravest.iter().take(NAMED).map(|f| line(edition, f)).collect();
    let values = context! {
        submission => match submission {
            None => "missing",
            Some(Outcome::Unreadable | Outcome::Superseded) => "unreadable",
            Some(Outcome::Read) => "read",
        },
        title => &edition.front.title,
        volume => &edition.front.volume,
        measure => &edition.schema.words.measure,
        contact => &edition.form.contact,
        deadline => &edition.form.deadline,
        department => &department.name,
        file => file_name(edition, department),
        errors => count(Severity::Error),
        warnings => count(Severity::Warning),
        more => own.len() - lines.len(),
        marked => own.iter().any(|f| f.place.cell.is_some()),
        lines => Serde(lines),
    };
    let form = file_name(edition, department);
    let name = format!("{}.txt", form.trim_end_matches(".xlsx"));
    let text = filled_in(values).map_err(|error| format!("{error:#}"));
    Rendered::text(&name, ContentType::PlainText, text)
}

/// The template with its values; it has no fault unless the program has.
fn filled_in(values: Value) -> Result<String, minijinja::Error> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.add_template("letter.txt", TEMPLATE)?;
    let text = environment.get_template("letter.txt")?.render(values)?;
    Ok(format!("{}\n", text.trim_end()))
}

/// 「様式２　KPI：KPIの対象施策が見つからない」
fn line<'f>(edition: &Edition, finding: &'f Finding) -> Line<'f> {
    let text = match &finding.place.sheet {
        Some(sheet) => format!("{sheet}：{}", finding.message.ja),
        None => finding.message.ja.clone(),
    };
    Line { text, mend: edition.schema.mend(finding) }
}
