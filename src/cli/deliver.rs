//! Delivers a result that is one file: where it was asked for, else to standard output.

use std::path::Path;

use super::Failure;
use super::terminal::Terminal;
use crate::diag::Say;
use crate::session::{Artifact, ContentType, output};

/// Writes to the file that was named, else prints. What is not text needs a file.
pub fn deliver(
    out: Option<&Path>,
    artifact: &Artifact,
    terminal: &Terminal,
) -> Result<(), Failure> {
    if let Some(path) = out {
        output::write_file(path, &artifact.bytes)?;
        let path = path.display();
        terminal.note(&say!("  書出し {path}\n", "  written {path}\n"));
        return Ok(());
    }
    let text = String::from_utf8_lossy(&artifact.bytes);
    match artifact.content_type {
        ContentType::PlainText => terminal.print_styled(&text),
        other if other.is_text() => terminal.print_data(&text),
        _ => {
            return Err(Failure::Usage(Say::new(
                "この形式には -o で書き出すファイルを指定してください。",
                "name a file for this format with -o.",
            )));
        }
    }
    Ok(())
}
