//! `returns`: each department's form back with its findings in it.

use std::path::Path;

use super::args::Returns;
use super::load::{self, Loaded};
use super::output::Outputs;
use super::plan::Plan;
use super::terminal::Terminal;
use super::timings::Timings;
use super::{CannotRun, Outcome, Status, check};
use crate::diag::{Finding, Severity};
use crate::edition::Department;
use crate::forms;
use crate::model::Outcome as Reading;

pub fn run(args: &Returns, terminal: &mut Terminal) -> Outcome {
    let plan = Plan::find(&args.edition)?;
    plan.keeps_apart(&args.out)?;
    let loaded = match load::load(&plan, &mut Timings::default())? {
        Ok(loaded) => loaded,
        Err(report) => {
            terminal.print_styled(&check::render(&report, terminal, false));
            return Ok(Status::Findings);
        }
    };
    let mut outputs = Outputs::default();
    let mut returned = Vec::new();
    for department in &loaded.edition.departments {
        if add(&loaded, department, &mut outputs)? {
            returned.push(department.name.as_str());
        } else {
            tell_of_old(&loaded, department, &args.out, terminal);
        }
    }
    if returned.is_empty() {
        terminal.note("部局に差し戻すものはありません。\n");
        return Ok(Status::Clean);
    }
    let written = outputs.write(&args.out)?;
    terminal.note(&format!("{}部局に送るファイルを作りました。\n", returned.len()));
    written.iter().for_each(|paper| terminal.note(&paper.line()));
    Ok(check::status(&loaded.report))
}

/// What was sent back before and is mended now is not to be sent again.
fn tell_of_old(loaded: &Loaded, department: &Department, out: &Path, terminal: &Terminal) {
    let old = out.join(forms::file_name(&loaded.edition, department));
    if old.is_file() {
        terminal.note(&format!(
            "{}には、いま差し戻すものがありません。「{}」は前に作ったものです。\n",
            department.name,
            old.display()
        ));
    }
}

/// The covering text for a department and its form; `false` where there is nothing to say to it.
fn add(loaded: &Loaded, department: &Department, outputs: &mut Outputs) -> Result<bool, CannotRun> {
    let Loaded { edition, intake, report, .. } = loaded;
    // What is only worth knowing does not send a form back.
    let findings: Vec<Finding> =
        report.findings.iter().filter(|f| f.severity != Severity::Info).cloned().collect();
    let submission = Reading::of(&intake.receipts, &department.name);
    let letter = forms::letter(edition, department, submission, &findings)
        .map_err(|error| CannotRun(error.to_string()))?;
    let Some(letter) = letter else { return Ok(false) };
    let name = forms::file_name(edition, department);
    outputs.add(format!("{}.txt", name.trim_end_matches(".xlsx")), letter.into_bytes());
    // Where nothing was read, the form would come without the department's entries, and take the
    // place of the one that it has.
    if submission == Some(Reading::Read) {
        let rounds = intake
            .receipts
            .iter()
            .filter(|receipt| receipt.department.as_deref() == Some(&department.name))
            .filter_map(|receipt| receipt.round);
        let next = rounds.max().unwrap_or(1).saturating_add(1);
        let form = forms::returned(edition, department, &intake.annex, &findings, next)
            .map_err(|error| CannotRun(format!("様式を作れません（{error}）。")))?;
        if let Some(form) = form {
            outputs.add(name, form);
        }
    }
    Ok(true)
}
