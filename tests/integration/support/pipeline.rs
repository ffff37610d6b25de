//! From forms to findings, put together as the program does it.

use std::path::Path;

use bessatsu::checks::{self, Context};
use bessatsu::diag::Finding;
use bessatsu::edition::Edition;
use bessatsu::intake::{self, Intake, Source};
use bessatsu::model::Annex;

/// A form as the program gets it.
pub fn source(name: &str, bytes: Vec<u8>) -> Source {
    Source { name: name.into(), bytes: Ok(bytes) }
}

/// The files of a folder, by name.
pub fn folder(folder: &Path) -> Vec<Source> {
    let entries = std::fs::read_dir(folder).expect("the folder of the submissions");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let read = |path: &std::path::PathBuf| {
        let name = path.file_name().expect("a name").to_string_lossy();
        source(&name, std::fs::read(path).expect("a submission"))
    };
    paths.iter().map(read).collect()
}

/// Reads forms, given by name and bytes.
pub fn read(
    edition: &Edition,
    previous: Option<&Annex>,
    forms: impl IntoIterator<Item = (String, Vec<u8>)>,
) -> Intake {
    let sources = forms.into_iter().map(|(name, bytes)| source(&name, bytes));
    intake::run(edition, previous, sources.collect())
}

/// What the rules say of forms that were read, under fonts that have these characters.
pub fn findings(
    edition: &Edition,
    previous: Option<&Annex>,
    intake: &Intake,
    covers: &(dyn Fn(char) -> bool + Sync),
) -> Vec<Finding> {
    let (annex, receipts) = (&intake.annex, intake.receipts.as_slice());
    checks::run(&Context::new(edition, annex, receipts, previous, covers))
}
