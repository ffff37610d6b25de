//! What a build found that the one before did not, and what it finds no more.

use std::collections::BTreeMap;

use crate::cli::terminal::Terminal;
use crate::diag::{Finding, Severity};
use crate::publish::findings::text::{self, Options};
use crate::report::Report;

/// So many lines of each kind are shown.
const LINES: usize = 20;

/// A line for every finding that is new and every one that is mended; one that only moved to
/// another cell is no news.
pub fn render(before: &Report, after: &Report, terminal: &Terminal, info: bool) -> String {
    let options = Options { lang: terminal.lang, color: terminal.colored(), info };
    let mut news = String::new();
    for (head, findings) in
        [("新しい指摘", beyond(after, before, info)), ("直った指摘", beyond(before, after, info))]
    {
        for finding in findings.iter().take(LINES) {
            news.push_str(&format!("  {head}  {}\n", text::line(finding, &options)));
        }
        if let Some(more) = findings.len().checked_sub(LINES).filter(|more| *more > 0) {
            news.push_str(&format!("  {head}  ほか {more}件\n"));
        }
    }
    news
}

/// The findings of one report that the other does not have as often.
fn beyond<'a>(one: &'a Report, other: &Report, info: bool) -> Vec<&'a Finding> {
    let mut known: BTreeMap<_, usize> = BTreeMap::new();
    for finding in &other.findings {
        *known.entry(key(finding)).or_default() += 1;
    }
    let shown = one.findings.iter().filter(|f| info || f.severity != Severity::Info);
    shown
        .filter(|finding| match known.get_mut(&key(finding)) {
            Some(left @ 1..) => {
                *left -= 1;
                false
            }
            _ => true,
        })
        .collect()
}

/// What makes a finding the same wherever in its sheet it stands.
fn key(finding: &Finding) -> (&str, &str, Option<&str>, &str, &str, bool) {
    (
        finding.rule.code,
        &finding.place.file,
        finding.place.sheet.as_deref(),
        &finding.message.ja,
        &finding.found,
        finding.accepted.is_some(),
    )
}
