//! The covering text of a form that goes back, to paste into a mail.

use minijinja::value::{Serde, Value};
use minijinja::{Environment, UndefinedBehavior, context};
use serde::Serialize;

use super::corrections::{HEAD, OwnCorrection};
use super::remarks::{beside, own};
use super::{file_name, words};
use crate::diag::{Finding, Severity};
use crate::edition::{Department, Edition};
use crate::model::Outcome;
use crate::publish::artifact::{ContentType, Rendered};
use crate::schema::form::FINDINGS_SHEET;

const TEMPLATE: &str = include_str!("../../templates/returns/letter.txt");
/// Findings that the text names; the form has all of them.
const NAMED: usize = 10;

/// What a letter is about.
#[derive(Clone, Copy, Debug, Default)]
pub struct Letter<'a> {
    /// What came of the submission; `None` where nothing came.
    pub outcome: Option<Outcome>,
    /// The file that was sent in.
    pub file: Option<&'a str>,
    /// Who filled it in, where the form says so.
    pub person: Option<&'a str>,
    /// The findings are in a workbook beside the file, which goes back as it came.
    pub beside: bool,
    /// What the secretariat has corrected in it.
    pub corrections: &'a [OwnCorrection<'a>],
}

/// What is said of a finding.
#[derive(Serialize)]
struct Line {
    text: String,
    mend: String,
}

/// The covering text for a department, by what came of its submission: that it is waited for, that
/// it cannot be read, or how many findings there are, which, and what to do. Nothing where no
/// finding is the department's.
pub fn letter<'f>(
    edition: &Edition,
    department: &Department,
    about: &Letter,
    findings: impl IntoIterator<Item = &'f Finding>,
) -> Rendered {
    let mut own: Vec<&Finding> = own(department, findings);
    if own.is_empty() && about.corrections.is_empty() {
        return Rendered::default();
    }
    let count = |severity| own.iter().filter(|f| f.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    own.sort_by_key(|f| f.severity);
    let lines: Vec<Line> = own.iter().take(NAMED).map(|f| line(edition, f)).collect();
    let form = file_name(edition, department);
    let file = about.file.unwrap_or(&form);
    let values = context! {
        submission => match about.outcome {
            None => "missing",
            Some(Outcome::Unreadable | Outcome::Superseded | Outcome::Beside) => "unreadable",
            Some(Outcome::Read) => "read",
        },
        title => &edition.front.title,
        volume => &edition.front.volume,
        contact => &edition.form.contact,
        deadline => &edition.form.deadline,
        return_deadline => &edition.form.return_deadline,
        department => &department.name,
        person => about.person,
        file => file,
        beside => about.beside.then(|| beside(file)),
        findings_sheet => FINDINGS_SHEET,
        errors => errors,
        warnings => warnings,
        more => own.len() - lines.len(),
        marked => own.iter().any(|f| f.place.cell.is_some() && *f.place.file == *file),
        lines => Serde(lines),
        corrected => HEAD,
        corrections => Serde(about.corrections.iter().map(corrected).collect::<Vec<_>>()),
    };
    let text = filled_in(values).map_err(|error| format!("{error:#}"));
    Rendered::text(&letter_name(edition, department, "txt"), ContentType::PlainText, text)
}

/// The name of what is written to a department.
pub(super) fn letter_name(edition: &Edition, department: &Department, extension: &str) -> String {
    let form = file_name(edition, department);
    format!("{}.{extension}", form.trim_end_matches(".xlsx"))
}

/// The template with its values; it has no fault unless the program has.
fn filled_in(values: Value) -> Result<String, minijinja::Error> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.add_template("letter.txt", TEMPLATE)?;
    let text = environment.get_template("letter.txt")?.render(values)?;
    Ok(format!("{}\n", text.trim_end()))
}

/// What is said of a correction.
#[derive(Serialize)]
struct CorrectedLine {
    subject: String,
    from: String,
    to: String,
    reason: String,
}

fn corrected(own: &OwnCorrection) -> CorrectedLine {
    let [from, to] = own.texts().map(|text| text.replace('\n', " "));
    CorrectedLine { subject: own.subject(), from, to, reason: own.correction.reason.clone() }
}

/// 「様式２　KPI H9：KPIの対象施策が見つからない」
fn line(edition: &Edition, finding: &Finding) -> Line {
    let said = words::said(&finding.message.ja);
    let cell = finding.place.cell.map(|cell| format!(" {cell}")).unwrap_or_default();
    let text = match &finding.place.sheet {
        Some(sheet) => format!("{sheet}{cell}：{said}"),
        None => said,
    };
    Line { text, mend: words::mend(&edition.schema, finding) }
}
