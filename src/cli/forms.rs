//! `forms`: the forms to send out, of this edition or of the one after it.

use std::fs;
use std::path::Path;

use super::args::Forms;
use super::load::{self, Loaded};
use super::output::Outputs;
use super::plan::{Plan, SETTINGS};
use super::terminal::Terminal;
use super::timings::Timings;
use super::{CannotRun, Outcome, Status};
use crate::diag::Finding;
use crate::edition::{self, Department, Edition};
use crate::forms;
use crate::intake::Intake;
use crate::model::{Annex, Outcome as Reading};
use crate::publish::data;
use crate::xlsx::WriteError;

pub fn run(args: &Forms, terminal: &mut Terminal) -> Outcome {
    let plan = Plan::of_settings(&args.edition)?;
    if let Some(folder) = &args.next {
        return next(&plan, folder, terminal);
    }
    plan.keeps_apart(&args.out)?;
    let known = Known::of(&plan)?;
    let mut outputs = Outputs::default();
    for department in chosen(&known.edition, &args.department)? {
        let (form, remark) = known.form(department)?;
        outputs.add(forms::file_name(&known.edition, department), form);
        terminal.note(&remark);
    }
    let written = outputs.write(&args.out)?;
    terminal.note(&format!("様式 {}件を作りました。\n", written.len()));
    written.iter().for_each(|paper| terminal.note(&paper.line()));
    Ok(Status::Clean)
}

/// What is known of the departments before they fill in their forms.
struct Known {
    edition: Edition,
    /// Where there is a folder of submissions.
    submitted: Option<Intake>,
    previous: Option<Annex>,
}

impl Known {
    fn of(plan: &Plan) -> Result<Self, CannotRun> {
        if plan.submissions.is_dir() {
            let Loaded { edition, intake, previous, .. } = loaded(plan)?;
            return Ok(Self { edition, submitted: Some(intake), previous });
        }
        let edition = settled(plan)?;
        let previous = load::previous(plan, &edition)?;
        Ok(Self { edition, submitted: None, previous })
    }

    /// A department's form with what it has submitted, else what it had in the edition before,
    /// else nothing; and what there is to say of it.
    fn form(&self, department: &Department) -> Result<(Vec<u8>, String), CannotRun> {
        let Self { edition, submitted, previous } = self;
        let name = &department.name;
        let outcome = submitted.as_ref().and_then(|s| Reading::of(&s.receipts, name));
        let form = match (submitted, previous) {
            (Some(submitted), _) if outcome == Some(Reading::Read) => {
                forms::write(edition, department, Some(&submitted.annex))
            }
            (_, Some(previous)) => forms::next(edition, department, previous),
            _ => forms::write(edition, department, None),
        };
        let remark = match outcome {
            None | Some(Reading::Read) => String::new(),
            Some(_) if previous.is_some() => {
                format!("{name}の提出は読み取れないため、前の版の内容を記入しました。\n")
            }
            Some(_) => format!("{name}の提出は読み取れないため、内容を記入していません。\n"),
        };
        Ok((form.map_err(cannot)?, remark))
    }
}

/// The settings; forms with blank dates or a department too few are not to be sent out.
fn settled(plan: &Plan) -> Result<Edition, CannotRun> {
    let (edition, findings) = load::settings(plan)?;
    let is_sound = !findings.iter().any(Finding::is_blocking);
    edition.filter(|_| is_sound).ok_or_else(|| load::unsettled(plan))
}

fn loaded(plan: &Plan) -> Result<Loaded, CannotRun> {
    settled(plan)?;
    load::load(plan, &mut Timings::default())?.map_err(|_| load::unsettled(plan))
}

fn cannot(error: WriteError) -> CannotRun {
    CannotRun(format!("様式を作れません（{error}）。"))
}

fn chosen<'a>(
    edition: &'a Edition,
    named: &Option<String>,
) -> Result<Vec<&'a Department>, CannotRun> {
    let Some(named) = named else { return Ok(edition.departments.iter().collect()) };
    edition.department(named).map(|department| vec![department]).ok_or_else(|| {
        let names: Vec<&str> = edition.departments.iter().map(|d| d.name.as_str()).collect();
        CannotRun(format!(
            "「{named}」という部局は設定にありません。\n設定にある部局: {}",
            names.join("、")
        ))
    })
}

/// Starts the next edition: settings carried over, forms pre-filled with what is known, and the
/// old annex beside them for ids and comparisons.
fn next(plan: &Plan, folder: &Path, terminal: &Terminal) -> Outcome {
    if folder.join(SETTINGS).exists() {
        return Err(CannotRun(format!(
            "「{}」にはもう {SETTINGS} があります。新しいフォルダーを指定してください。",
            folder.display()
        )));
    }
    let Loaded { intake, report, .. } = loaded(plan)?;
    // An entry that was not read would be missing from every edition to come.
    if report.is_blocked() {
        return Err(CannotRun(format!(
            "エラーの指摘が{0}件残っているため、次の版を用意できません。bessatsu check {1} で確かめ、直すか、例外として認めてください。",
            report.blocking(),
            plan.folder.display()
        )));
    }
    let path = plan.folder.join(SETTINGS);
    let text = fs::read_to_string(&path)
        .map_err(|error| CannotRun(format!("「{}」を読めません（{error}）。", path.display())))?;
    let moved_on = edition::next(&text, PREVIOUS).ok_or_else(|| load::unsettled(plan))?;
    let (edition, findings) = edition::parse(SETTINGS, &moved_on);
    let is_sound = !findings.iter().any(Finding::is_blocking);
    let edition = edition.filter(|_| is_sound).ok_or_else(|| {
        CannotRun(format!("{SETTINGS} を次の年度に書き改められません。手で写して直してください。"))
    })?;
    let mut blanks = Outputs::default();
    for department in &edition.departments {
        let form = forms::next(&edition, department, &intake.annex).map_err(cannot)?;
        blanks.add(forms::file_name(&edition, department), form);
    }
    let written = blanks.write(&folder.join("forms"))?.len();
    let mut settings = Outputs::default();
    settings.add(PREVIOUS.to_owned(), data::json(&intake.annex).into_bytes());
    settings.add(SETTINGS.to_owned(), moved_on.into_bytes());
    settings.write(folder)?;
    let submissions = folder.join("submissions");
    fs::create_dir_all(&submissions).map_err(|error| {
        CannotRun(format!("「{}」を作れません（{error}）。", submissions.display()))
    })?;
    terminal.note(&format!(
        "次の版を「{0}」に用意しました。\n  {SETTINGS}     「要確認」の行を確かめてください\n  forms/           送付する様式 {written}件\n  submissions/     戻ってきた様式を置くフォルダー\n",
        folder.display()
    ));
    Ok(Status::Clean)
}

/// The name under which the next edition keeps the annex of this one.
const PREVIOUS: &str = "previous.json";
