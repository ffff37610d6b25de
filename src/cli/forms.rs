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
use crate::edition::{self, Department, Edition};
use crate::forms;
use crate::model::Annex;
use crate::publish::data;
use crate::xlsx::WriteError;

pub fn run(args: &Forms, terminal: &mut Terminal) -> Outcome {
    let plan = Plan::of_settings(&args.edition)?;
    if let Some(folder) = &args.next {
        return next(&plan, folder, terminal);
    }
    let (edition, known) = known(&plan)?;
    let chosen = chosen(&edition, &args.department)?;
    let mut outputs = Outputs::default();
    for department in &chosen {
        let form = forms::write(&edition, department, known.as_ref()).map_err(cannot)?;
        outputs.add(forms::file_name(&edition, department), form);
    }
    let written = outputs.write(&args.out)?;
    terminal.note(&format!("様式 {}件を作りました。\n", written.len()));
    written.iter().for_each(|paper| terminal.note(&paper.line()));
    Ok(Status::Clean)
}

/// The settings, and what is known of the departments: what they have submitted, else the
/// edition before, else nothing.
fn known(plan: &Plan) -> Result<(Edition, Option<Annex>), CannotRun> {
    if plan.submissions.is_dir() {
        let Loaded { edition, intake, .. } = loaded(plan)?;
        return Ok((edition, Some(intake.annex)));
    }
    let (edition, _) = load::settings(plan)?;
    let edition = edition.ok_or_else(unsettled)?;
    let previous = load::previous(plan, &edition)?;
    Ok((edition, previous))
}

fn loaded(plan: &Plan) -> Result<Loaded, CannotRun> {
    load::load(plan, &mut Timings::default())?.map_err(|_| unsettled())
}

fn unsettled() -> CannotRun {
    CannotRun(format!(
        "{SETTINGS} に誤りがあります。bessatsu check で誤りの場所を確かめてください。"
    ))
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
    let Loaded { intake, .. } = loaded(plan)?;
    let path = plan.folder.join(SETTINGS);
    let text = fs::read_to_string(&path)
        .map_err(|error| CannotRun(format!("「{}」を読めません（{error}）。", path.display())))?;
    let moved_on = edition::next(&text, PREVIOUS).ok_or_else(unsettled)?;
    let (edition, _) = edition::parse(SETTINGS, &moved_on);
    let edition = edition.ok_or_else(unsettled)?;
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
