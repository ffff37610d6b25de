//! Walks the tables of `edition.toml`, collecting what is wrong with them on the way.
//!
//! A serde type would stop at the first fault and speak English; this reader goes on, so that
//! one run names every misspelt key with its line. The keys that were asked for are the keys
//! that exist: nothing else lists them.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::limits::Limit;
use super::rules;
use super::value::{
    Kind, MOST_ITEMS, decimal, integer, one_of, printable, too_many, written, wrong_kind,
};
use crate::diag::{Finding, Place, Rule, Say};
use crate::text::similar::nearest;

/// The text of the settings, and what was found wrong with it so far.
pub(super) struct Reader<'a> {
    file: &'a str,
    text: &'a str,
    /// Where each line begins.
    starts: Vec<usize>,
    pub findings: Vec<Finding>,
}

/// Of settings that are no settings at all, this many faults are told.
pub(super) const MOST_FINDINGS: usize = 200;

impl<'a> Reader<'a> {
    pub fn new(file: &'a str, text: &'a str) -> Self {
        let feeds = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0).chain(feeds.map(|(at, _)| at + 1)).collect();
        Self { file, text, starts, findings: Vec::new() }
    }

    /// The one-based line and column (in characters) of a byte offset.
    pub fn position(&self, offset: usize) -> (u32, u32) {
        let line = self.line_at(offset);
        let begin = line.checked_sub(1).and_then(|at| self.starts.get(at)).copied().unwrap_or(0);
        let column = self.text.get(begin..offset).map_or(0, |before| before.chars().count()) + 1;
        (line as u32, column as u32)
    }

    /// The text of a place.
    pub fn source(&self, span: Range<usize>) -> &'a str {
        self.text.get(span).unwrap_or("")
    }

    /// The lines of the text, from the first.
    pub fn lines(&self) -> impl Iterator<Item = &'a str> {
        self.text.lines()
    }

    /// The text of a line; nothing where there is no such line.
    pub fn text_of(&self, line: u32) -> &'a str {
        let begin = (line as usize).checked_sub(1).and_then(|at| self.starts.get(at));
        let rest = begin.and_then(|&begin| self.text.get(begin..));
        rest.and_then(|rest| rest.lines().next()).unwrap_or("")
    }

    /// Notes a fault of a whole line; the caller fills in the rest.
    pub fn fault_of_line(&self, rule: &'static Rule, line: u32, message: Say) -> Finding {
        rule.finding(message).at(&Place::line(self.file, line))
    }

    fn line_at(&self, offset: usize) -> usize {
        self.starts.partition_point(|&begin| begin <= offset)
    }

    pub fn add(&mut self, finding: Finding) {
        if self.findings.len() < MOST_FINDINGS {
            self.findings.push(finding);
        }
    }

    pub fn line(&self, span: &Range<usize>) -> u32 {
        self.line_at(span.start) as u32
    }

    fn place(&self, span: &Range<usize>) -> Place {
        // Of faults that are not told nobody asks for the column, and a line may be very long.
        if self.findings.len() >= MOST_FINDINGS {
            return Place::line(self.file, self.line(span));
        }
        let (line, column) = self.position(span.start);
        Place { column: Some(column), ..Place::line(self.file, line) }
    }

    /// Notes a fault at a place of the text; the caller fills in the rest.
    pub fn fault(&self, rule: &'static Rule, span: &Range<usize>, message: Say) -> Finding {
        rule.finding(message).at(&self.place(span))
    }
}

/// A table on its way to a type. Call [`Section::finish`] when every key has been asked for.
pub(super) struct Section<'a, 'i> {
    /// As the settings write it: `[form]`, `[[department]]`.
    name: &'static str,
    table: &'a DeTable<'i>,
    span: Range<usize>,
    known: Vec<&'static str>,
    /// Its keys are no names of ours, so that none of them is unknown.
    has_own_keys: bool,
}

impl<'a, 'i> Section<'a, 'i> {
    pub fn new(name: &'static str, table: &'a DeTable<'i>, span: Range<usize>) -> Self {
        Self { name, table, span, known: Vec::new(), has_own_keys: false }
    }

    pub fn line(&self, reader: &Reader) -> u32 {
        reader.line(&self.span)
    }

    pub fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// Where the value of a key stands; `None` where it is absent.
    pub fn span_of(&self, key: &str) -> Option<Range<usize>> {
        Some(self.table.get(key)?.span())
    }

    fn get(&mut self, key: &'static str) -> Option<&'a Spanned<DeValue<'i>>> {
        self.known.push(key);
        self.table.get(key)
    }

    /// A fault of a key's value, or of the table where it lacks the key; the caller fills in the
    /// rest.
    pub fn fault(&self, reader: &Reader, rule: &'static Rule, key: &str, message: Say) -> Finding {
        let value = self.table.get(key).map(Spanned::span);
        reader.fault(rule, value.as_ref().unwrap_or(&self.span), message)
    }

    fn missing(&self, reader: &mut Reader, key: &str) {
        let name = self.name;
        let finding = reader
            .fault(
                &rules::MISSING_KEY,
                &self.span,
                say!("{name}に {key} がない", "{name} has no {key}"),
            )
            .expected(format!("{key} = …"));
        reader.add(finding);
    }

    /// A value of the expected kind, a finding where it is of another, `None` where it is absent.
    fn value<T>(
        &mut self,
        reader: &mut Reader,
        key: &'static str,
        kind: Kind,
        read: impl Fn(&'a DeValue<'i>) -> Option<T>,
    ) -> Option<T> {
        let value = self.get(key)?;
        let got = read(value.get_ref());
        if got.is_none() {
            wrong_kind(reader, key, kind, value);
        }
        got
    }

    /// A text that must be there (it may be empty); an absent one is a finding.
    pub fn text(&mut self, reader: &mut Reader, key: &'static str) -> String {
        if !self.table.contains_key(key) {
            self.missing(reader, key);
        }
        self.text_or(reader, key, "")
    }

    /// A text that must be there, letter for letter as it is written: what is compared with a text
    /// of a form may hold what no setting may.
    pub fn text_as_written(&mut self, reader: &mut Reader, key: &'static str) -> String {
        if !self.table.contains_key(key) {
            self.missing(reader, key);
        }
        let read = |value: &DeValue| value.as_str().map(str::to_owned);
        self.value(reader, key, Kind::Text, read).unwrap_or_default()
    }

    /// A date, as TOML writes one or in any words; nothing where the key is absent.
    pub fn date(&mut self, reader: &mut Reader, key: &'static str) -> String {
        let read = |value: &DeValue| match value {
            DeValue::Datetime(date) => Some(date.to_string()),
            value => written(value),
        };
        self.value(reader, key, Kind::Date, read).unwrap_or_default()
    }

    pub fn text_or(&mut self, reader: &mut Reader, key: &'static str, default: &str) -> String {
        self.optional(reader, key).unwrap_or_else(|| default.to_owned())
    }

    pub fn optional(&mut self, reader: &mut Reader, key: &'static str) -> Option<String> {
        let text = self.value(reader, key, Kind::Text, written)?;
        let span = self.span_of(key)?;
        Some(printable(reader, key, &span, text))
    }

    /// A text with the place of its value, if there is one.
    pub fn text_at(
        &mut self,
        reader: &mut Reader,
        key: &'static str,
    ) -> Option<(String, Range<usize>)> {
        let text = self.optional(reader, key)?;
        Some((text, self.span_of(key)?))
    }

    /// A whole number that must be there.
    pub fn number<N: TryFrom<i64>>(&mut self, reader: &mut Reader, key: &'static str) -> Option<N> {
        if !self.table.contains_key(key) {
            self.missing(reader, key);
        }
        self.number_if_any(reader, key)
    }

    pub fn number_if_any<N: TryFrom<i64>>(
        &mut self,
        reader: &mut Reader,
        key: &'static str,
    ) -> Option<N> {
        self.value(reader, key, Kind::Number, |v| N::try_from(integer(v)?).ok())
    }

    /// A bound on what is read, if it is set.
    pub fn limit(&mut self, reader: &mut Reader, key: &'static str) -> Option<u64> {
        let read = |v: &DeValue| u64::try_from(integer(v)?).ok().filter(|&n| Limit::allows(n));
        self.value(reader, key, Kind::Limit, read)
    }

    /// A length up to the longest that has an effect.
    pub fn length(
        &mut self,
        reader: &mut Reader,
        key: &'static str,
        default: f64,
        most: f64,
    ) -> f64 {
        let read = |v: &DeValue| decimal(v).filter(|n| (0.0..=most).contains(n));
        self.value(reader, key, Kind::Length { most }, read).unwrap_or(default)
    }

    pub fn decimal(&mut self, reader: &mut Reader, key: &'static str) -> Option<f64> {
        self.value(reader, key, Kind::Decimal, decimal)
    }

    pub fn flag(&mut self, reader: &mut Reader, key: &'static str, default: bool) -> bool {
        self.flag_if_any(reader, key).unwrap_or(default)
    }

    pub fn flag_if_any(&mut self, reader: &mut Reader, key: &'static str) -> Option<bool> {
        self.value(reader, key, Kind::Flag, DeValue::as_bool)
    }

    /// One of the given words; the usual one where the key is absent.
    pub fn choice(
        &mut self,
        reader: &mut Reader,
        key: &'static str,
        usual: &'static str,
        words: &'static [&'static str],
    ) -> &'static str {
        self.choice_if_any(reader, key, words).unwrap_or(usual)
    }

    pub fn choice_if_any(
        &mut self,
        reader: &mut Reader,
        key: &'static str,
        words: &'static [&'static str],
    ) -> Option<&'static str> {
        self.value(reader, key, Kind::Choice(words), |v| one_of(words, v))
    }

    /// One of the given words for each of the table's keys, which are no names of ours, with its
    /// line.
    pub fn choices_by_key(
        &mut self,
        reader: &mut Reader,
        words: &'static [&'static str],
    ) -> Vec<(String, &'static str, u32)> {
        let read = |v: &DeValue| words.iter().copied().find(|word| v.as_str() == Some(word));
        let chosen = self.by_key(reader, Kind::Choice(words), read);
        chosen.into_iter().map(|(key, word, span)| (key, word, reader.line(&span))).collect()
    }

    /// A text for each of the table's keys, which are no names of ours.
    pub fn texts_by_key(&mut self, reader: &mut Reader) -> Vec<(String, String, Range<usize>)> {
        let texts = self.by_key(reader, Kind::Text, written);
        let printable = |(key, text, span): (String, String, Range<usize>)| {
            let text = printable(reader, &key, &span, text);
            (key, text, span)
        };
        texts.into_iter().map(printable).collect()
    }

    /// The values of a table whose keys are no names of ours, with the places of the keys, in
    /// their order.
    fn by_key<T>(
        &mut self,
        reader: &mut Reader,
        kind: Kind,
        read: impl Fn(&DeValue) -> Option<T>,
    ) -> Vec<(String, T, Range<usize>)> {
        self.has_own_keys = true;
        let mut values = Vec::new();
        for (key, value) in self.table.iter() {
            match read(value.get_ref()) {
                Some(read) => values.push((key.get_ref().to_string(), read, key.span())),
                None => wrong_kind(reader, key.get_ref(), kind, value),
            }
        }
        values.sort_by_key(|(_, _, span)| span.start);
        values
    }

    pub fn texts(&mut self, reader: &mut Reader, key: &'static str) -> Vec<String> {
        self.texts_if_any(reader, key).unwrap_or_default()
    }

    pub fn texts_if_any(&mut self, reader: &mut Reader, key: &'static str) -> Option<Vec<String>> {
        let items = self.items(reader, key, Kind::Text, written)?;
        let printable = |(text, span): (String, Range<usize>)| printable(reader, key, &span, text);
        Some(items.into_iter().map(printable).collect())
    }

    /// Names, each a text, or a table of `name` and what it was before, `formerly`.
    pub fn names(&mut self, reader: &mut Reader, key: &'static str) -> Vec<(String, Vec<String>)> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let Some(array) = value.get_ref().as_array() else {
            wrong_kind(reader, key, Kind::Texts, value);
            return Vec::new();
        };
        let mut names = Vec::new();
        for item in array.iter() {
            if let Some(table) = item.get_ref().as_table() {
                let mut section = Section::new("sections", table, item.span());
                names.push((section.text(reader, "name"), section.texts(reader, "formerly")));
                section.finish(reader);
            } else if let Some(text) = item.get_ref().as_str() {
                names.push((text.trim().to_owned(), Vec::new()));
            } else {
                wrong_kind(reader, key, Kind::Text, item);
            }
        }
        names
    }

    /// Some of the given words.
    pub fn words(
        &mut self,
        reader: &mut Reader,
        key: &'static str,
        words: &'static [&'static str],
    ) -> Option<Vec<&'static str>> {
        let items = self.items(reader, key, Kind::Choice(words), |v| one_of(words, v))?;
        Some(items.into_iter().map(|(word, _)| word).collect())
    }

    /// Several values of one kind with their places; those of another are findings.
    fn items<T>(
        &mut self,
        reader: &mut Reader,
        key: &'static str,
        kind: Kind,
        read: impl Fn(&DeValue) -> Option<T>,
    ) -> Option<Vec<(T, Range<usize>)>> {
        let value = self.get(key)?;
        let Some(array) = value.get_ref().as_array() else {
            wrong_kind(reader, key, Kind::Texts, value);
            return None;
        };
        let mut items = Vec::new();
        too_many(reader, key, value, array.len());
        for item in array.iter().take(MOST_ITEMS) {
            match read(item.get_ref()) {
                Some(read) => items.push((read, item.span())),
                None => wrong_kind(reader, key, kind, item),
            }
        }
        Some(items)
    }

    /// A table that stands once; an absent one is empty, so that its own keys speak up.
    pub fn section<R>(
        &mut self,
        reader: &mut Reader,
        key: &'static str,
        name: &'static str,
        read: impl FnOnce(&mut Section, &mut Reader) -> R,
    ) -> R {
        let empty = DeTable::default();
        let (table, span) = match self.get(key) {
            None => (None, self.span.clone()),
            Some(value) => {
                let table = value.get_ref().as_table();
                if table.is_none() {
                    wrong_kind(reader, key, Kind::Table, value);
                }
                (table, value.span())
            }
        };
        match table {
            Some(table) => {
                let mut section = Section::new(name, table, span);
                let out = read(&mut section, reader);
                section.finish(reader);
                out
            }
            None => read(&mut Section::new(name, &empty, span), reader),
        }
    }

    /// A table that may stand many times (`[[key]]`).
    pub fn sections<R>(
        &mut self,
        reader: &mut Reader,
        key: &'static str,
        name: &'static str,
        mut read: impl FnMut(&mut Section, &mut Reader) -> R,
    ) -> Vec<R> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let Some(array) = value.get_ref().as_array() else {
            wrong_kind(reader, key, Kind::Tables, value);
            return Vec::new();
        };
        let mut out = Vec::new();
        too_many(reader, key, value, array.len());
        for item in array.iter().take(MOST_ITEMS) {
            let Some(table) = item.get_ref().as_table() else {
                wrong_kind(reader, key, Kind::Table, item);
                continue;
            };
            let mut section = Section::new(name, table, item.span());
            out.push(read(&mut section, reader));
            section.finish(reader);
        }
        out
    }

    /// Names every key that nobody asked for.
    pub fn finish(self, reader: &mut Reader) {
        for key in self.table.keys() {
            let found: &str = key.get_ref();
            if self.has_own_keys || self.known.contains(&found) {
                continue;
            }
            let name = self.name;
            let mut finding = reader
                .fault(
                    &rules::UNKNOWN_KEY,
                    &key.span(),
                    say!("{name}に {found} という項目はない", "{name} has no key {found}"),
                )
                .found(found)
                .expected(self.known.join("、"));
            if let Some(near) = nearest(found, self.known.iter().copied()) {
                finding = finding
                    .help(say!("{near} の書き誤りではありませんか。", "did you mean {near}?"));
            }
            reader.add(finding);
        }
    }
}
