//! What a build found that the one before did not, and what it finds no more.

use crate::cli::terminal::Terminal;
use crate::diag::{Finding, Say, Severity};
use crate::publish::findings::text::{self, Options};
use crate::report::Delta;

/// So many lines of each kind are shown.
const LINES: usize = 20;

/// A line for every finding that is new and every one that is fixed.
pub fn render(delta: &Delta, terminal: &Terminal, info: bool) -> String {
    let options = Options { lang: terminal.lang, color: terminal.colored(), info };
    let is_shown = |finding: &&&Finding| info || finding.severity != Severity::Info;
    let mut lines = String::new();
    for (head, findings) in [
        (Say::new("新しい指摘", "new"), &delta.new),
        (Say::new("直った指摘", "fixed"), &delta.fixed),
    ] {
        let head = head.get(terminal.lang);
        let shown: Vec<_> = findings.iter().filter(is_shown).collect();
        for finding in shown.iter().take(LINES) {
            lines.push_str(&format!("  {head}  {}\n", text::line(finding, &options)));
        }
        if let Some(more) = shown.len().checked_sub(LINES).filter(|more| *more > 0) {
            let more = say!("ほか {more}件", "and {more} more");
            lines.push_str(&format!("  {head}  {}\n", more.get(terminal.lang)));
        }
    }
    lines
}
