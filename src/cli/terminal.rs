//! The terminal: results to standard output, the rest to standard error.
//!
//! A closed pipe ends the output silently: the reader has seen enough.

use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::Path;
use std::sync::OnceLock;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use super::Failure;
use super::args::{Color, LangArg};
use super::stages::Stages;
use crate::diag::{Lang, Say};
use crate::publish::findings::text;
use crate::report::Report;
use crate::session::{Error, Version};
use crate::text::escape::harmless;

pub struct Terminal {
    pub lang: Lang,
    color: Color,
    quiet: bool,
    /// Why a result could not be written.
    fault: OnceLock<io::Error>,
}

impl Terminal {
    pub fn new(lang: LangArg, color: Color, quiet: bool) -> Self {
        Self { lang: lang.into(), color, quiet, fault: OnceLock::new() }
    }

    /// Whether results on standard output are coloured.
    pub fn colored(&self) -> bool {
        match self.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => {
                io::stdout().is_terminal()
                    && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
            }
        }
    }

    /// A result for people, to standard output.
    pub fn print(&self, text: &str) {
        self.write(&harmless(text));
    }

    /// A result with our own colours, in which no other escape can stand.
    pub fn print_styled(&self, text: &str) {
        let pieces: Vec<String> = text.split('\u{1b}').map(harmless).collect();
        self.write(&pieces.join("\u{1b}"));
    }

    fn write(&self, text: &str) {
        let mut out = io::stdout().lock();
        let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
        if let Err(error) = written.or_else(|error| match error.kind() {
            ErrorKind::BrokenPipe => Ok(()),
            _ => Err(error),
        }) {
            // The first one says it; whoever waits for the exit status is told in the end.
            let _ = self.fault.set(error);
        }
    }

    /// Why a result was not written in full, if so.
    pub fn take_fault(&mut self) -> Option<io::Error> {
        self.fault.take()
    }

    /// A result for programs: exact, unless it is shown on a terminal.
    pub fn print_data(&self, text: &str) {
        if io::stdout().is_terminal() { self.print(text) } else { self.write(text) }
    }

    /// The findings as a clerk reads them.
    pub fn print_report(&self, report: &Report, info: bool) {
        let options = text::Options { lang: self.lang, color: self.colored(), info };
        self.print_styled(&text::render(report, &options));
    }

    /// What was done, to standard error; left out with `--quiet`.
    pub fn note(&self, what: &Say) {
        self.note_text(what.get(self.lang));
    }

    /// As [`Self::note`], of what is put together in one language.
    pub fn note_text(&self, text: &str) {
        if !self.quiet {
            let _ = io::stderr().lock().write_all(harmless(text).as_bytes());
        }
    }

    /// Reads a version, and notes what of it could not be read.
    pub fn read_version(&self, path: &Path) -> Result<Version, Failure> {
        let version = Version::read(path)?;
        self.note_reading(&version);
        Ok(version)
    }

    /// That a version may not have been read as a whole.
    pub fn note_reading(&self, version: &Version) {
        if version.edition.is_none() {
            return self.note_findings(&version.report);
        }
        let (path, errors) = (version.path.display(), version.report.blocking());
        if errors > 0 {
            self.note(&say!(
                "「{path}」にはエラーの指摘が{errors}件あり、読めていないところがあるかもしれません。bessatsu check {path} で確かめてください。\n",
                "\"{path}\" has {errors} errors and may not have been read as a whole. See them with bessatsu check {path}.\n"
            ));
        }
    }

    fn note_findings(&self, report: &Report) {
        let counts = report.counts();
        if counts.error + counts.warning > 0 {
            let options = text::Options { lang: self.lang, color: false, info: false };
            self.note_text(&text::render(report, &options));
        }
    }

    /// Why the command could not run.
    pub fn fail(&self, failure: &Failure) {
        if let Failure::Session(error) = failure
            && let Some(report) = Error::report(error)
        {
            self.note_findings(report);
        }
        refuse(&failure.say(), self.lang);
    }

    /// Follows the stages of the work, with a spinner where a person watches.
    pub fn stages(&self) -> Stages {
        let is_watched = !self.quiet && io::stderr().is_terminal();
        Stages::new(is_watched.then(spinner), self.lang)
    }
}

/// Says why a command could not run.
pub fn refuse(why: &Say, lang: Lang) {
    let head = Say::new("実行できません", "cannot run");
    let _ = writeln!(io::stderr(), "{}: {}", head.get(lang), harmless(why.get(lang)));
}

/// A spinner on standard error.
fn spinner() -> ProgressBar {
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}（{elapsed}）") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(120));
    bar
}
