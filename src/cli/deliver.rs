//! Delivers a result that is one file: where it was asked for, else to standard output.

use std::path::Path;

use clap::ValueEnum;

use super::CannotRun;
use super::output;
use super::terminal::Terminal;

/// Whom a result is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// People, who read it on a terminal.
    Words,
    /// Programs, which take it as text.
    Data,
    /// Programs, and it is no text.
    Binary,
}

/// The format that was asked for, else that of the extension of the file; `usual` where there is
/// no file, or one without an extension.
///
/// # Errors
/// An extension of no format: a file is not to be another thing than its name says.
pub fn format<F: ValueEnum>(
    asked: Option<F>,
    out: Option<&Path>,
    usual: F,
) -> Result<F, CannotRun> {
    if let Some(asked) = asked {
        return Ok(asked);
    }
    let Some(extension) = out.and_then(Path::extension) else { return Ok(usual) };
    let extension = extension.to_string_lossy();
    F::from_str(&extension, true).map_err(|_| {
        CannotRun(format!(
            "拡張子「.{extension}」からは形式が分かりません。--format で指定してください。"
        ))
    })
}

/// Writes to the file that was named, else prints. What is not text needs a file.
pub fn deliver(
    out: Option<&Path>,
    kind: Kind,
    bytes: Vec<u8>,
    terminal: &Terminal,
) -> Result<(), CannotRun> {
    if let Some(path) = out {
        output::write_file(path, &bytes)?;
        terminal.note(&format!("  書出し {}\n", path.display()));
        return Ok(());
    }
    if kind == Kind::Binary {
        return Err(CannotRun("この形式には -o で書き出すファイルを指定してください。".to_owned()));
    }
    let text = String::from_utf8_lossy(&bytes);
    match kind {
        Kind::Words => terminal.print_styled(&text),
        Kind::Data | Kind::Binary => terminal.print_data(&text),
    }
    Ok(())
}
