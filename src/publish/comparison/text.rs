//! A comparison for the terminal: by heading and entry, with the changes in the text.

use std::fmt::Write as _;

use super::words::{describe, remarks_of};
use crate::compare::{
    Change, Comparison, Count, Entry, Heading, Identity, Inline, Match, Run, Subject,
};
use crate::diag::{Lang, Say};
use crate::text::escape::harmless;

/// How the text is written.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Colours instead of the marks ［＋…＋］ and ［－…－］.
    pub color: bool,
    /// Only how many changes of each kind there are.
    pub stat: bool,
    /// What is said of the changes; what is quoted, the labels of the form among it, stays as it
    /// is.
    pub lang: Lang,
}

const RED: &str = "\u{1b}[9;31m";
const GREEN: &str = "\u{1b}[4;32m";
const BOLD: &str = "\u{1b}[1m";
const RESET: &str = "\u{1b}[0m";

/// How many unchanged characters are shown on either side of a change.
const CONTEXT: usize = 20;

/// The whole comparison; the last line is the summary.
pub fn render(comparison: &Comparison, options: Options) -> String {
    let mut text = harmless(&format!("{} → {}\n", comparison.old.shown(), comparison.new.shown()));
    if options.stat {
        statistics(comparison, options.lang, &mut text);
    } else {
        let mut last: Option<Heading> = None;
        for entry in &comparison.entries {
            headings(comparison, entry, last.as_ref(), options, &mut text);
            if entry.place.is_some() || !is_of_all(entry.subject) {
                last.clone_from(&entry.place);
            }
            one(comparison, entry, options, &mut text);
        }
        text.push('\n');
    }
    text.push_str(summary(comparison).get(options.lang));
    text.push('\n');
    text
}

/// 「変更 12件（追加 2、削除 1、記載の変更 9）」
pub fn summary(comparison: &Comparison) -> Say {
    if comparison.is_empty() {
        return Say::new("変更はありません。", "No changes.");
    }
    let counts = |lang: Lang| {
        let kind = |c: &Count| comparison.schema.fill(c.kind.say().get(lang)).into_owned();
        let count = |c: &Count| format!("{} {}", kind(c), c.count);
        comparison.counts.iter().map(count).collect::<Vec<_>>()
    };
    let (ja, en) = (counts(Lang::Ja).join("、"), counts(Lang::En).join(", "));
    let total = comparison.total();
    say!("変更 {total}件（{ja}）", "{total} changes ({en})")
}

fn statistics(comparison: &Comparison, lang: Lang, text: &mut String) {
    // A count is at most as wide as the sum of all.
    let width = comparison.total().to_string().len();
    for count in &comparison.counts {
        let (number, kind) = (count.count, count.kind.say());
        let (unit, kind) =
            (Say::new("件", ""), comparison.schema.fill(kind.get(lang)).into_owned());
        let _ = writeln!(text, "  {number:>width$}{}  {kind}", unit.get(lang));
    }
}

fn headings(
    comparison: &Comparison,
    entry: &Entry,
    last: Option<&Heading>,
    options: Options,
    text: &mut String,
) {
    let nowhere = Say::new(comparison.no_place(), "under no heading");
    let Some(here) = &entry.place else {
        if !is_of_all(entry.subject) && last.is_some() {
            let _ = writeln!(text, "\n{}", bold(nowhere.get(options.lang), options));
        }
        return;
    };
    let before = last.into_iter().flat_map(Heading::path);
    // From the first that is another on, each stands one step further in.
    let same = here.path().zip(before).take_while(|(here, before)| here == before).count();
    for (at, name) in here.path().enumerate().skip(same) {
        let indent = " ".repeat(at);
        let _ = writeln!(text, "\n{indent}{}", bold(&name.shown(), options));
    }
}

/// What stands under no heading since it is of the whole annex.
fn is_of_all(subject: Subject) -> bool {
    matches!(subject, Subject::Settings | Subject::Throughout)
}

fn bold(line: &str, options: Options) -> String {
    let line = harmless(line);
    if options.color { format!("{BOLD}{line}{RESET}") } else { line }
}

fn one(comparison: &Comparison, entry: &Entry, options: Options, text: &mut String) {
    let sign = match entry.changes.first() {
        Some(Change::Added { .. }) => "＋",
        Some(Change::Removed { .. }) => "－",
        _ => "●",
    };
    let _ = writeln!(text, "  {sign} {}", harmless(&title(comparison, entry)));
    if let Some(Match::Likeness { score }) = entry.matched {
        let percent = format!("{:.0}", score * 100.0);
        let said = say!(
            "（推定）IDがないため、文章の近さ{percent}%で対応付け",
            "(presumed) without an id; matched by {percent}% of likeness"
        );
        let _ = writeln!(text, "      {}", said.get(options.lang));
    }
    for change in &entry.changes {
        let remarks = remarks_of(entry, change);
        let remarks = remarks.get(options.lang);
        // The sentence has both texts.
        if let Change::Throughout { count, .. } = change {
            let count = say!("{count}か所", "{count} places");
            let count = count.get(options.lang);
            let _ = writeln!(text, "      {}：{count}", harmless(&remarks.replace('\n', " ")));
            continue;
        }
        let mut lines = describe(comparison, change);
        if lines.is_empty() && !remarks.is_empty() {
            let kind = change.kind().say();
            let kind = comparison.schema.fill(kind.get(options.lang)).into_owned();
            lines.push((kind, Inline::default()));
        }
        let last = lines.len().saturating_sub(1);
        for (at, (label, inline)) in lines.into_iter().enumerate() {
            // Half of an owner that stayed the same says nothing.
            if matches!(change, Change::Owner { .. }) && !inline.is_changed() {
                continue;
            }
            let said = if at == last && !remarks.is_empty() {
                format!("  （{remarks}）")
            } else {
                String::new()
            };
            let _ = writeln!(
                text,
                "      {}：{}{}",
                harmless(&label),
                marked(&inline, options),
                harmless(&said)
            );
        }
    }
}

fn title(comparison: &Comparison, entry: &Entry) -> String {
    let Identity { id, name, department, section } = entry.identity();
    let name = name.replace('\n', " ");
    let owner = match (department.as_str(), section.as_str()) {
        ("", "") => String::new(),
        (department, "") => format!("（{department}）"),
        (department, section) => format!("（{department} {section}）").replace('\n', " "),
    };
    match entry.subject {
        Subject::Settings | Subject::Throughout => name,
        Subject::Pillar | Subject::Category if id.as_str().is_empty() => {
            format!("{} {name}", comparison.subject_label(entry))
        }
        Subject::Pillar | Subject::Category => {
            format!("{} {id} {name}", comparison.subject_label(entry))
        }
        Subject::Measure | Subject::Kpi => {
            format!("{} {id} {name}{owner}", comparison.subject_label(entry))
        }
    }
}

/// The text on one line, long unchanged stretches shortened.
fn marked(inline: &Inline, options: Options) -> String {
    let last = inline.0.len().saturating_sub(1);
    let mut line = String::new();
    for (at, run) in inline.0.iter().enumerate() {
        let text = harmless(&run.text().replace('\n', "⏎"));
        match run {
            Run::Same(_) if !inline.is_changed() => line.push_str(&text),
            Run::Same(_) => line.push_str(&shortened(&text, at == 0, at == last)),
            Run::Deleted(_) if options.color => line.push_str(&format!("{RED}{text}{RESET}")),
            Run::Inserted(_) if options.color => line.push_str(&format!("{GREEN}{text}{RESET}")),
            Run::Deleted(_) => line.push_str(&format!("［－{text}－］")),
            Run::Inserted(_) => line.push_str(&format!("［＋{text}＋］")),
        }
    }
    line
}

fn shortened(text: &str, first: bool, last: bool) -> String {
    let characters: Vec<char> = text.chars().collect();
    let (before, after) = (if first { 0 } else { CONTEXT }, if last { 0 } else { CONTEXT });
    // An ellipsis for a single character would save nothing.
    if characters.len() <= before + after + 1 {
        return text.to_owned();
    }
    let start: String = characters.iter().take(before).collect();
    let end: String = characters.iter().skip(characters.len() - after).collect();
    format!("{start}…{end}")
}
