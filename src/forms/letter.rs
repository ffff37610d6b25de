//! The covering text of a form that goes back, to paste into a mail.

use minijinja::{Environment, UndefinedBehavior, context};

use super::file_name;
use crate::diag::{Finding, Severity};
use crate::edition::{Department, Edition};

const TEMPLATE: &str = include_str!("../../templates/returns/letter.txt");
/// Findings that the text names; the form has all of them.
const NAMED: usize = 10;

/// The covering text could not be made; the fault is the template's.
#[derive(Debug, thiserror::Error)]
#[error("送り状のテンプレートに誤りがあります（{0:#}）")]
pub struct LetterError(#[from] minijinja::Error);

/// The covering text for a department: how many findings, which, and what to do. `None` where
/// no finding is the department's.
///
/// # Errors
/// Where the template is at fault.
pub fn letter(
    edition: &Edition,
    department: &Department,
    findings: &[Finding],
) -> Result<Option<String>, LetterError> {
    let own: Vec<&Finding> = findings
        .iter()
        .filter(|f| f.department == department.name && f.accepted.is_none())
        .collect();
    if own.is_empty() {
        return Ok(None);
    }
    let count = |severity| own.iter().filter(|f| f.severity == severity).count();
    let mut gravest = own.clone();
    gravest.sort_by_key(|f| f.severity);
    let lines: Vec<String> = gravest.iter().take(NAMED).map(|f| line(f)).collect();
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.add_template("letter.txt", TEMPLATE)?;
    let text = environment.get_template("letter.txt")?.render(context! {
        title => &edition.title,
        volume => &edition.volume,
        contact => &edition.form.contact,
        department => &department.name,
        file => file_name(edition, department),
        errors => count(Severity::Error),
        warnings => count(Severity::Warning),
        more => own.len() - lines.len(),
        lines => &lines,
    })?;
    Ok(Some(format!("{}\n", text.trim_end())))
}

/// 「様式２　KPI：KPIの対象施策が見つからない」
fn line(finding: &Finding) -> String {
    match &finding.place.sheet {
        Some(sheet) => format!("{sheet}：{}", finding.message.ja),
        None => finding.message.ja.clone(),
    }
}
