//! The terminal: results to standard output, the rest to standard error.
//!
//! A closed pipe ends the output silently: the reader has seen enough.

use std::io::{IsTerminal, Write};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use super::args::{Color, LangArg};
use crate::diag::{Lang, Say};

pub struct Terminal {
    pub lang: Lang,
    color: Color,
    quiet: bool,
}

impl Terminal {
    pub fn new(lang: LangArg, color: Color, quiet: bool) -> Self {
        Self { lang: lang.into(), color, quiet }
    }

    /// Whether results on standard output are coloured.
    pub fn colored(&self) -> bool {
        match self.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => {
                std::io::stdout().is_terminal()
                    && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
            }
        }
    }

    /// A result, to standard output.
    pub fn print(&self, text: &str) {
        let _ = std::io::stdout().lock().write_all(text.as_bytes());
    }

    /// What was done, to standard error; left out with `--quiet`.
    pub fn note(&self, text: &str) {
        if !self.quiet {
            let _ = std::io::stderr().lock().write_all(text.as_bytes());
        }
    }

    /// Why the command could not run.
    pub fn refuse(&self, why: &str) {
        let head = if self.lang == Lang::En { "cannot run" } else { "実行できません" };
        let _ = writeln!(std::io::stderr(), "{head}: {why}");
    }

    /// A spinner on standard error that appears only where a person watches.
    pub fn progress(&self, what: &Say) -> Progress {
        if self.quiet || !std::io::stderr().is_terminal() {
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
