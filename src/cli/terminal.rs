//! The terminal: results to standard output, the rest to standard error.
//!
//! A closed pipe ends the output silently: the reader has seen enough.

use std::io::{self, ErrorKind, IsTerminal, Write};
use std::sync::OnceLock;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use super::args::{Color, LangArg};
use crate::diag::{Lang, Say};
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
    pub fn fault(&self) -> Option<&io::Error> {
        self.fault.get()
    }

    /// A result for programs: exact, unless it is shown on a terminal.
    pub fn print_data(&self, text: &str) {
        if io::stdout().is_terminal() { self.print(text) } else { self.write(text) }
    }

    /// What was done, to standard error; left out with `--quiet`.
    pub fn note(&self, text: &str) {
        if !self.quiet {
            let _ = io::stderr().lock().write_all(harmless(text).as_bytes());
        }
    }

    /// Why the command could not run.
    pub fn refuse(&self, why: &str) {
        let head = if self.lang == Lang::En { "cannot run" } else { "実行できません" };
        let _ = writeln!(io::stderr(), "{head}: {}", harmless(why));
    }

    /// A spinner on standard error that appears only where a person watches.
    pub fn progress(&self, what: &Say) -> Progress {
        if self.quiet || !io::stderr().is_terminal() {
            return Progress(None);
        }
        let bar = ProgressBar::new_spinner();
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}（{elapsed}）") {
            bar.set_style(style);
        }
        bar.set_message(what.get(self.lang).to_owned());
        bar.enable_steady_tick(Duration::from_millis(120));
        Progress(Some(bar))
    }
}

/// A spinner that vanishes when its work is done.
pub struct Progress(Option<ProgressBar>);

impl Progress {
    pub fn now(&self, what: &Say, lang: Lang) {
        if let Some(bar) = &self.0 {
            bar.set_message(what.get(lang).to_owned());
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}
