//! Changes of a text of settings in place: values, and the questions behind them.

use std::collections::BTreeSet;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::years::moved_on;
use super::{headings, quoted, tables};
use crate::text::confirm::{asked, question};

/// Replacements of parts of the text, by byte range.
pub(in super::super) struct Edits<'a> {
    text: &'a str,
    edits: Vec<(Range<usize>, String)>,
    /// Where something is asked already.
    questions: BTreeSet<usize>,
}

impl<'a> Edits<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { text, edits: Vec::new(), questions: BTreeSet::new() }
    }

    /// Another value.
    pub fn put(&mut self, span: Range<usize>, value: String) {
        if self.text.get(span.clone()).is_some_and(|old| old != value) {
            self.edits.push((span, value));
        }
    }

    /// Another value, or the same, about which something is asked.
    pub fn put_and_ask(&mut self, span: Range<usize>, value: String, asked: &str) {
        self.put(span.clone(), value);
        self.ask(span, asked);
    }

    /// Asks something behind the value; above its line where more stands behind it, which a comment
    /// would hide. A line is asked about once.
    pub fn ask(&mut self, span: Range<usize>, what: &str) {
        let behind = self.text.get(span.end..).unwrap_or_default();
        let rest = behind.lines().next().unwrap_or_default().trim();
        if rest.is_empty() || rest.starts_with('#') {
            if asked(rest).is_none() && self.questions.insert(span.end) {
                self.edits.push((span.end..span.end, format!("  {}", question(what))));
            }
        } else {
            let before = self.text.get(..span.start).unwrap_or_default();
            self.ask_above(before.rfind('\n').map_or(0, |at| at + 1), what);
        }
    }

    /// As [`Self::ask`], where nothing else was done about the value.
    pub fn ask_unless_changed(&mut self, span: Range<usize>, what: &str) {
        let is_changed = self.edits.iter().any(|(other, _)| *other == span);
        if !is_changed {
            self.ask(span, what);
        }
    }

    /// As [`Self::ask`], where a text names a year.
    pub fn ask_of_years(&mut self, value: &Spanned<DeValue>, what: &str) {
        let Some(old) = self.text.get(value.span()) else { return };
        if moved_on(old) != old {
            self.ask(value.span(), what);
        }
    }

    /// Asks something above the first table of a name.
    pub fn ask_before(&mut self, header: &str, what: &str) {
        let mut start = 0;
        for line in self.text.split_inclusive('\n') {
            if line.trim_start().starts_with(header) {
                return self.ask_above(start, what);
            }
            start += line.len();
        }
    }

    fn ask_above(&mut self, start: usize, what: &str) {
        let before = self.text.get(..start).unwrap_or_default();
        let line = before.lines().next_back().unwrap_or_default().trim();
        let is_there = line.starts_with('#') && asked(line).is_some();
        if !is_there && self.questions.insert(start) {
            self.edits.push((start..start, format!("{}\n", question(what))));
        }
    }

    /// Moves the years in a text on.
    pub fn move_on(&mut self, value: &Spanned<DeValue>, what: &str) {
        let Some(old) = self.text.get(value.span()) else { return };
        let new = moved_on(old);
        if new != old {
            self.put_and_ask(value.span(), new, what);
        }
    }

    pub fn drop_former_names(&mut self, root: &DeTable) {
        let departments: Vec<&DeTable> = tables(root.get("department")).collect();
        for table in departments.iter().copied().chain(headings(root)) {
            for (key, value) in table.iter().filter(|(key, _)| key.get_ref() == "formerly") {
                self.drop_line(key.span().start..value.span().end);
            }
        }
        let sections =
            departments.iter().filter_map(|table| table.get("sections")?.get_ref().as_array());
        for section in sections.flat_map(|sections| sections.iter()) {
            let name = section.get_ref().as_table().and_then(|table| table.get("name"));
            if let Some(name) = name.and_then(|name| self.text.get(name.span())) {
                self.edits.push((section.span(), name.to_owned()));
            }
        }
    }

    /// Takes out the lines of a key and its value, or the value alone where more stands on them.
    fn drop_line(&mut self, span: Range<usize>) {
        let before = self.text.get(..span.start).unwrap_or_default();
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let behind = self.text.get(span.end..).unwrap_or_default();
        let rest = behind.lines().next().unwrap_or_default();
        let is_alone = before.get(start..).is_some_and(|own| own.trim().is_empty())
            && (rest.trim().is_empty() || rest.trim_start().starts_with('#'));
        if is_alone {
            let end = (span.end + rest.len() + 1).min(self.text.len());
            self.edits.push((start..end, String::new()));
        } else {
            let value = self.text.get(span.clone()).and_then(|text| text.find('['));
            self.edits.push((span.start + value.unwrap_or(0)..span.end, "[]".into()));
        }
    }

    /// In place of the example of `previous` in a comment, else before the first table.
    pub fn insert_previous(&mut self, previous: &str) {
        let line = format!("previous = {}\n", quoted(previous));
        let mut start = 0;
        let mut first_table = self.text.len();
        for text in self.text.split_inclusive('\n') {
            let end = start + text.len();
            if text.starts_with("# previous =") {
                self.edits.push((start..end, line));
                return;
            }
            if text.starts_with('[') && first_table == self.text.len() {
                first_table = start;
            }
            start = end;
        }
        self.edits.push((first_table..first_table, line + "\n"));
    }

    pub fn apply(mut self) -> String {
        // What is put in at the start of a value goes before it.
        self.edits.sort_by_key(|(span, _)| (span.start, span.end));
        let mut text = self.text.to_owned();
        for (span, new) in self.edits.into_iter().rev() {
            text.replace_range(span, &new);
        }
        text
    }
}
