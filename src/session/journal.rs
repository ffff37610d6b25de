//! The journal of an edition on the disk: `received/journal.jsonl`.
//!
//! A line is added by writing the whole file anew beside itself and renaming it, so that a line
//! stands there as a whole or not at all, whenever the program is stopped.

use std::path::PathBuf;

use jiff::ZonedDateTime;
use jiff::civil::Date;
use sha2::{Digest, Sha256};

use super::error::{Error, ReadError};
use super::files::{self, Links};
use super::hold::{Hold, unheld};
use super::paths::Paths;
use crate::diag::Finding;
use crate::journal::{Built, Event, Journal, Line, Moment, Returned};
use crate::publish::internal::internal_error;

/// The folder of what is no valid submission any more, and of the journal.
pub const RECEIVED: &str = "received";
const JOURNAL: &str = "journal.jsonl";
/// As findings name it.
const SHOWN: &str = "received/journal.jsonl";
/// The longest journal that is read: a year has some thousand lines.
const LONGEST: u64 = 64 << 20;

/// What the clock shows.
pub fn now() -> Moment {
    Moment::of(&ZonedDateTime::now())
}

/// The moment that a person names by its day, with or without a time; midnight where there is none.
pub fn moment_of(text: &str) -> Option<Moment> {
    Moment::parse(text).or_else(|| {
        let at = text.parse::<jiff::civil::DateTime>().ok();
        let at =
            at.or_else(|| Some(text.parse::<Date>().ok()?.to_datetime(jiff::civil::Time::MIN)));
        Some(Moment::of(&at?.to_zoned_datetime(jiff::tz::TimeZone::system()).ok()?))
    })
}

/// The digest of some bytes as a journal has it.
pub fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What happened to an edition so far, and what is wrong with the file; nothing where there is none.
pub fn read(paths: &Paths) -> Result<Option<(Journal, Vec<Finding>)>, Error> {
    if !paths.has_own_submissions() {
        return Ok(None);
    }
    let path = file(paths);
    match files::read(&path, LONGEST, Links::Refuse) {
        Ok(bytes) if bytes.len() as u64 > LONGEST => {
            Err(Error::unreadable(&path, ReadError::TooLarge { most: LONGEST }))
        }
        Ok(bytes) => {
            let text =
                str::from_utf8(&bytes).map_err(|_| Error::unreadable(&path, ReadError::NotUtf8))?;
            Ok(Some(Journal::read(SHOWN, text)))
        }
        Err(ReadError::Io(error)) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(why) => Err(Error::unreadable(&path, why)),
    }
}

fn file(paths: &Paths) -> PathBuf {
    paths.folder.join(RECEIVED).join(JOURNAL)
}

/// A journal that lines are added to.
pub struct OpenJournal<'h> {
    path: PathBuf,
    /// As it stands on the disk.
    text: String,
    pub journal: Journal,
    hold: &'h Hold,
}

impl<'h> OpenJournal<'h> {
    /// Takes the journal of an edition, which is begun where there is none.
    ///
    /// # Errors
    /// It cannot be read or written.
    pub fn take(paths: &Paths, hold: &'h Hold) -> Result<Self, Error> {
        let folder = paths.folder.join(RECEIVED);
        std::fs::create_dir_all(&folder).map_err(|error| Error::unwritable(&folder, error))?;
        let path = file(paths);
        let text = match files::read(&path, LONGEST, Links::Refuse) {
            Ok(bytes) => String::from_utf8(bytes)
                .map_err(|_| Error::unreadable(&path, ReadError::NotUtf8))?,
            Err(ReadError::Io(error)) if error.kind() == std::io::ErrorKind::NotFound => {
                String::new()
            }
            Err(why) => return Err(Error::unreadable(&path, why)),
        };
        if text.len() as u64 > LONGEST {
            return Err(Error::unreadable(&path, ReadError::TooLarge { most: LONGEST }));
        }
        let (journal, _) = Journal::read(SHOWN, &text);
        Ok(Self { path, text, journal, hold })
    }

    /// Adds a line.
    pub fn add(&mut self, at: Moment, event: Event) -> Result<(), Error> {
        let line = Line { at, event };
        let text = serde_json::to_string(&line)
            .map_err(|error| Error::NotMade(Box::new(internal_error(JOURNAL, error))))?;
        // What somebody left without its end stays a line of its own.
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
        self.text.push_str(&text);
        self.text.push('\n');
        self.hold.write(&self.path, self.text.as_bytes())?;
        self.journal.lines.push(line);
        Ok(())
    }
}

/// Adds that papers were made or forms went back, where the edition has a journal.
fn add(paths: &Paths, hold: Option<&Hold>, event: Event) -> Result<(), Error> {
    if !paths.has_own_submissions() || !file(paths).is_file() {
        return Ok(());
    }
    let hold = hold.ok_or_else(|| unheld(&file(paths)))?;
    let mut journal = OpenJournal::take(paths, hold)?;
    // What is made again as it was is no news.
    let is_news =
        |line: &&Line| std::mem::discriminant(&line.event) == std::mem::discriminant(&event);
    let last = journal.journal.lines.iter().rev().find(is_news);
    if matches!(event, Event::Built(_)) && last.is_some_and(|line| line.event == event) {
        return Ok(());
    }
    journal.add(now(), event)
}

/// That papers were made.
pub fn built(
    paths: &Paths,
    hold: Option<&Hold>,
    version: &str,
    draft: bool,
    annex: &[u8],
) -> Result<(), Error> {
    add(
        paths,
        hold,
        Event::Built(Built { version: version.to_owned(), draft, sha256: digest(annex) }),
    )
}

/// That forms went back to these departments.
pub fn returned(paths: &Paths, hold: Option<&Hold>, departments: &[String]) -> Result<(), Error> {
    if departments.is_empty() {
        return Ok(());
    }
    add(paths, hold, Event::Returned(Returned { departments: departments.to_vec() }))
}
