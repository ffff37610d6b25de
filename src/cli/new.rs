//! `new`: an edition to start from, out of the binary alone.
//!
//! It is the example edition, forms and all, so that `bessatsu build` works in it at once and a
//! secretariat sees what goes where before putting its own in its place.

use std::path::Path;

use super::args::New;
use super::output::Outputs;
use super::plan::SETTINGS;
use super::terminal::Terminal;
use super::{CannotRun, Outcome, Status, load};
use crate::publish::pdf;

macro_rules! form {
    ($name:literal) => {
        ($name, include_bytes!(concat!("../../inputs/2025/submissions/", $name)))
    };
}

const EXAMPLE: &str = include_str!("../../inputs/2025/edition.toml");
const FORMS: [(&str, &[u8]); 14] = [
    form!("01_総務部.xlsx"),
    form!("02_復興・危機管理部.xlsx"),
    form!("03_企画部.xlsx"),
    form!("04_環境生活部.xlsx"),
    form!("05_保健福祉部.xlsx"),
    form!("06_経済商工観光部.xlsx"),
    form!("07_農政部.xlsx"),
    form!("08_水産林政部.xlsx"),
    form!("09_土木部.xlsx"),
    form!("10_出納局.xlsx"),
    form!("11_企業局.xlsx"),
    form!("12_教育庁.xlsx"),
    form!("13_議会事務局.xlsx"),
    form!("14_警察本部.xlsx"),
];
/// The folder of an edition's own templates.
const TEMPLATES: &str = "templates";

pub fn run(args: &New, terminal: &mut Terminal) -> Outcome {
    let folder = args.folder.as_path();
    if folder.join(SETTINGS).exists() {
        return Err(CannotRun(format!(
            "「{}」にはもう {SETTINGS} があります。新しいフォルダーを指定してください。",
            folder.display()
        )));
    }
    let submissions = folder.join("submissions");
    let templates = folder.join(TEMPLATES);
    for taken in [Some(&submissions), args.with_templates.then_some(&templates)] {
        if let Some(taken) = taken.filter(|folder| load::list(folder).is_ok_and(|l| !l.is_empty()))
        {
            return Err(CannotRun(format!(
                "「{}」にはもうファイルがあります。新しいフォルダーを指定してください。",
                taken.display()
            )));
        }
    }
    write(&submissions, FORMS.map(|(name, bytes)| (name, bytes.to_vec())))?;
    let mut settings = EXAMPLE.to_owned();
    if args.with_templates {
        let files = pdf::templates().map(|(name, text)| (name, text.as_bytes().to_vec()));
        write(&templates, files)?;
        settings.insert_str(0, &format!("templates = \"{TEMPLATES}\"\n\n"));
    }
    // The settings come last: a folder that has them is complete.
    write(folder, [(SETTINGS, settings.into_bytes())])?;
    terminal.note(&format!(
        "見本の版を「{0}」に用意しました。\n  {SETTINGS}    別冊の題名、柱と分野、部局と課室など\n  submissions/    提出された様式（見本が入っています）\n作ってみるには: bessatsu build {0}\n",
        folder.display()
    ));
    Ok(Status::Clean)
}

fn write<'a>(
    folder: &Path,
    files: impl IntoIterator<Item = (&'a str, Vec<u8>)>,
) -> Result<(), CannotRun> {
    let mut outputs = Outputs::default();
    for (name, bytes) in files {
        outputs.add(name, bytes);
    }
    outputs.write(folder).map(drop)
}
