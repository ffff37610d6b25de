//! Delivers a result that is one file: where it was asked for, else to standard output.

use std::path::Path;

use super::Failure;
use super::terminal::Terminal;
use crate::diag::Say;
use crate::session::output;

/// What kind of content a result is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContentType {
    /// Words for people, who read them on a terminal.
    Words,
    /// Text for programs.
    Data,
    /// No text.
    Binary,
}

/// Writes to the file that was named, else prints. What is not text needs a file.
pub fn deliver(
    out: Option<&Path>,
    content: ContentType,
    bytes: &[u8],
    terminal: &Terminal,
) -> Result<(), Failure> {
    if let Some(path) = out {
        output::write_file(path, bytes)?;
        let path = path.display();
        terminal.note(&say!("  書出し {path}\n", "  written {path}\n"));
        return Ok(());
    }
    let text = String::from_utf8_lossy(bytes);
    match content {
        ContentType::Words => terminal.print_styled(&text),
        ContentType::Data => terminal.print_data(&text),
        ContentType::Binary => {
            return Err(Failure::Usage(Say::new(
                "この形式には -o で書き出すファイルを指定してください。",
                "name a file for this format with -o.",
            )));
        }
    }
    Ok(())
}
