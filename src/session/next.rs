//! The edition after this one, or the one that asks for its results: settings carried over, forms
//! filled in with what is known, and the old annex beside them for ids and comparisons.

use std::fs;
use std::path::{Component, Path};

use super::Session;
use super::content::Content;
use super::error::{Error, ReadError, made};
use super::files::list;
use super::output::Outputs;
use super::paths::{FORMS, SETTINGS, SUBMISSIONS};
use crate::edition::{self, Edition, Unconfirmed};
use crate::forms;
use crate::model::Annex;
use crate::publish::data;
use crate::report::Report;
use crate::schema::reorganisation;
use crate::succession;

/// The name under which the next edition keeps the annex of this one.
const PREVIOUS: &str = "previous.json";

/// A next edition that was begun.
#[derive(Debug)]
pub struct NextMade {
    /// What is to be decided, line by line of its settings.
    pub asked: Vec<Unconfirmed>,
    /// How many forms there are to send out; `None` where they wait for what is to be decided.
    pub forms: Option<usize>,
}

/// Starts the next edition in a folder: its settings first of all. The forms come when what these
/// ask is decided, or with `force` at once.
pub(super) fn write(session: &mut Session, folder: &Path, force: bool) -> Result<NextMade, Error> {
    let moved_on =
        |text: &str, content: &Content| edition::next(text, PREVIOUS, &dated_chapters(content));
    start(session, folder, force, moved_on)
}

/// Starts an edition that asks for the results of this one, likewise.
pub(super) fn write_results(
    session: &mut Session,
    folder: &Path,
    force: bool,
) -> Result<NextMade, Error> {
    let asking = |text: &str, content: &Content| {
        let earlier = content.earlier().len();
        edition::results(text, &content.edition, PREVIOUS, earlier)
    };
    start(session, folder, force, asking)
}

/// Starts an edition with the settings that are made of those of this one.
fn start(
    session: &mut Session,
    folder: &Path,
    force: bool,
    settings_of: impl Fn(&str, &Content) -> Option<String>,
) -> Result<NextMade, Error> {
    if folder.join(SETTINGS).exists() {
        return Err(there_already(session, folder));
    }
    for name in [FORMS, SUBMISSIONS] {
        let taken = folder.join(name);
        if list(&taken).is_ok_and(|entries| !entries.is_empty()) {
            return Err(Error::HasFiles { folder: taken });
        }
    }
    if [PREVIOUS, reorganisation::FILE].iter().any(|name| folder.join(name).exists()) {
        return Err(Error::HasFiles { folder: folder.to_owned() });
    }
    let (content, report) = session.sound()?;
    if content.edition.results.is_some() {
        return Err(Error::OfResults { folder: session.paths.folder.clone() });
    }
    let this = &session.paths.folder;
    // An entry that was not read would be missing from every edition to come.
    if report.is_blocked() {
        return Err(Error::Blocked { folder: this.clone(), errors: report.blocking() });
    }
    let path = this.join(SETTINGS);
    let text = fs::read_to_string(&path)
        .map_err(|error| Error::unreadable(&path, ReadError::Io(error)))?;
    let moved_on =
        settings_of(&text, &content).ok_or_else(|| Error::Settings { folder: this.clone() })?;
    let (edition, findings) = edition::parse(SETTINGS, &moved_on);
    let is_sound = |edition: &Edition| !Report::new(edition, findings).is_blocked();
    let edition = edition.filter(is_sound).ok_or(Error::NotCarriedOver)?;
    let asked = edition::unconfirmed(&moved_on);
    let is_due = force || asked.is_empty();
    let annex = &content.intake.annex;
    let forms = is_due.then(|| write_forms(&edition, annex, &folder.join(FORMS))).transpose()?;
    let mut settings = own_files(&content, &edition, folder)?;
    if edition.results.is_none() {
        settings.extend([made(forms::reorganisation(&edition, annex))?]);
    }
    settings.add(PREVIOUS, made(data::json(annex))?.bytes);
    settings.add(SETTINGS, moved_on.into_bytes());
    settings.write_new(folder)?;
    let submissions = folder.join(SUBMISSIONS);
    fs::create_dir_all(&submissions).map_err(|error| Error::unwritable(&submissions, error))?;
    Ok(NextMade { asked, forms })
}

/// Writes the forms of a next edition, filled in with what the annex before it has, and counts them.
fn write_forms(edition: &Edition, previous: &Annex, folder: &Path) -> Result<usize, Error> {
    let before = succession::succession(edition, previous);
    let mut blanks = Outputs::default();
    for department in &edition.departments {
        blanks.extend([made(forms::next(edition, department, &before.annex))?]);
    }
    Ok(blanks.write_new(folder)?.len())
}

/// What the settings of a new edition name and is its own goes with it; its templates are written at
/// once. What lies elsewhere stays where it is.
fn own_files(content: &Content, edition: &Edition, folder: &Path) -> Result<Outputs, Error> {
    if let Some(templates) = edition.templates.as_ref().map(|named| folder.join(named))
        && !templates.is_dir()
    {
        let mut own = Outputs::default();
        for (name, bytes) in &content.templates {
            own.add(name.clone(), bytes.clone());
        }
        own.write_new(&templates)?;
    }
    let mut files = Outputs::default();
    // Its chapters are to be rewritten there.
    for (name, bytes) in &content.chapters {
        if is_within(name) && !folder.join(name).exists() {
            files.add(name.clone(), bytes.clone());
        }
    }
    // The annexes before this one, whose values are seen with those to come.
    for (name, annex) in edition.progress.history.iter().zip(content.earlier()) {
        if is_within(name) && !folder.join(name).exists() {
            files.add(name.clone(), made(data::json(annex))?.bytes);
        }
    }
    Ok(files)
}

/// Whether a file that the settings name is within the folder of the edition.
fn is_within(name: &str) -> bool {
    Path::new(name).components().all(|part| matches!(part, Component::Normal(_)))
}

/// Why nothing is begun in a folder that has settings: those of the next edition itself, or of
/// another.
fn there_already(session: &Session, folder: &Path) -> Error {
    let other = || Error::HasSettings { folder: folder.to_owned() };
    let read = |folder: &Path| {
        let text = fs::read_to_string(folder.join(SETTINGS)).ok()?;
        let (edition, _) = edition::parse(SETTINGS, &text);
        Some((edition?, text))
    };
    let (Some((this, _)), Some((there, text))) = (read(&session.paths.folder), read(folder)) else {
        return other();
    };
    if there.year != this.year + 1 || there.previous.is_none() {
        return other();
    }
    let asked = edition::unconfirmed(&text).len();
    Error::NextBegun { folder: folder.to_owned(), asked }
}

/// The files of the chapters that name the year of the edition.
fn dated_chapters(content: &Content) -> Vec<&str> {
    let names_it = |bytes: &[u8]| {
        let text = std::str::from_utf8(bytes);
        text.is_ok_and(|text| edition::names_year(text, content.edition.year))
    };
    let files = content.chapters.iter().filter(|(_, bytes)| names_it(bytes));
    files.map(|(name, _)| name.as_str()).collect()
}
