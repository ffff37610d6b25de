//! An edition to start from, out of the binary alone.
//!
//! It is the example edition, forms and all, so that it can be built at once and a secretariat
//! sees what goes where before putting its own in its place.

use std::fs;
use std::path::Path;

use super::error::Error;
use super::files::list;
use super::output::Outputs;
use super::paths::{SETTINGS, SUBMISSIONS};
use crate::publish::pdf;

macro_rules! form {
    ($name:literal) => {
        ($name, include_bytes!(concat!("../../inputs/2025/submissions/", $name)))
    };
}

pub(super) const EXAMPLE: &str = include_str!("../../inputs/2025/edition.toml");
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

/// Writes the example edition into a folder that has no edition yet: without its forms where it is
/// to be `blank`, with the templates of the PDF to be changed where they are asked for.
pub fn write_example(folder: &Path, blank: bool, with_templates: bool) -> Result<(), Error> {
    refuse_taken(folder, Some(SUBMISSIONS), with_templates)?;
    let forms = FORMS.map(|(name, bytes)| (name.to_owned(), bytes.to_vec()));
    let forms = if blank { Vec::new() } else { forms.into() };
    if blank {
        let submissions = folder.join(SUBMISSIONS);
        fs::create_dir_all(&submissions).map_err(|why| Error::unwritable(&submissions, why))?;
    }
    write(folder, EXAMPLE.to_owned(), forms, with_templates)
}

/// Refuses a folder that has an edition, or files where some are to be put.
pub(super) fn refuse_taken(
    folder: &Path,
    submissions: Option<&str>,
    with_templates: bool,
) -> Result<(), Error> {
    if folder.join(SETTINGS).exists() {
        return Err(Error::HasSettings { folder: folder.to_owned() });
    }
    for name in submissions.into_iter().chain(with_templates.then_some(TEMPLATES)) {
        let taken = folder.join(name);
        if list(&taken).is_ok_and(|entries| !entries.is_empty()) {
            return Err(Error::HasFiles { folder: taken });
        }
    }
    Ok(())
}

/// Writes an edition: its submissions, its templates where they are asked for, and its settings.
pub(super) fn write(
    folder: &Path,
    mut settings: String,
    submissions: Vec<(String, Vec<u8>)>,
    with_templates: bool,
) -> Result<(), Error> {
    if !submissions.is_empty() {
        write_files(&folder.join(SUBMISSIONS), submissions)?;
    }
    if with_templates {
        let files =
            pdf::templates().map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
        write_files(&folder.join(TEMPLATES), files)?;
        settings.insert_str(0, &format!("templates = \"{TEMPLATES}\"\n\n"));
    }
    // The settings come last: a folder that has them is complete.
    write_files(folder, [(SETTINGS.to_owned(), settings.into_bytes())])
}

fn write_files(
    folder: &Path,
    files: impl IntoIterator<Item = (String, Vec<u8>)>,
) -> Result<(), Error> {
    let mut outputs = Outputs::default();
    for (name, bytes) in files {
        outputs.add(name, bytes);
    }
    outputs.write_new(folder).map(drop)
}
