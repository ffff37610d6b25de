//! `[[measure-column]]` and `[[kpi-column]]`: what the settings say of the columns of the form.
//!
//! A table that names a column of the standard edition, or of those before it, changes that one:
//! only what it says. Every other table is a column of its own. [`super::schema`] makes the schema
//! of the edition of them, and judges whether the whole can be worked with.

use std::collections::BTreeMap;
use std::ops::Range;

use super::reader::{Reader, Section};
use crate::schema::{Column, Kind, NextYear, Paper, Role};

/// The words of the settings for the kinds.
const KINDS: [(&str, Kind); 8] = [
    ("text", Kind::Text),
    ("choice", Kind::Choice),
    ("number", Kind::Number),
    ("amount", Kind::Amount),
    ("year", Kind::Year),
    ("period", Kind::Period),
    ("date", Kind::Date),
    ("list", Kind::List),
];
const KIND_WORDS: [&str; 8] =
    ["text", "choice", "number", "amount", "year", "period", "date", "list"];

/// And for the papers. What is in the annex is in the annex as lines of text too.
const PAPERS: [(&str, Paper); 6] = [
    ("form", Paper::Form),
    ("annex", Paper::Annex),
    ("workbook", Paper::Workbook),
    ("web", Paper::Web),
    ("data", Paper::Data),
    ("diff", Paper::Diff),
];
const PAPER_WORDS: [&str; 6] = ["form", "annex", "workbook", "web", "data", "diff"];

const FATES: [(&str, NextYear); 3] =
    [("keep", NextYear::Keep), ("clear", NextYear::Clear), ("reference", NextYear::Reference)];
const FATE_WORDS: [&str; 3] = ["keep", "clear", "reference"];

/// When a column is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Asked {
    /// With the annex.
    #[default]
    Annex,
    /// With the results of a year, by an edition that asks for these.
    Results,
}

const ASKED: [(&str, Asked); 2] = [("annex", Asked::Annex), ("progress", Asked::Results)];
const ASKED_WORDS: [&str; 2] = ["annex", "progress"];

/// The keys whose places the findings name.
const PLACED: [&str; 14] = [
    "key", "label", "short", "synonyms", "kind", "unit", "choices", "required", "papers", "width",
    "after", "total", "under", "group",
];

/// What a table of the settings says of a column; `None` for what it says nothing of.
#[derive(Clone, Debug, Default)]
pub(super) struct Declared {
    pub key: String,
    pub label: Option<String>,
    pub short: Option<String>,
    pub synonyms: Option<Vec<String>>,
    pub kind: Option<Kind>,
    pub unit: Option<String>,
    pub choices: Option<Vec<String>>,
    pub required: Option<bool>,
    pub longest: Option<usize>,
    pub papers: Option<Vec<Paper>>,
    pub width: Option<f64>,
    pub after: Option<String>,
    pub next_year: Option<NextYear>,
    pub asked: Asked,
    pub total: Option<bool>,
    pub under: Option<String>,
    pub head: Option<String>,
    pub group: Option<bool>,
    pub guide: Option<String>,
    pub sample: Option<String>,
    /// Where the table begins in the text, and where the values of its keys stand.
    span: Range<usize>,
    spans: BTreeMap<&'static str, Range<usize>>,
}

impl Declared {
    /// Reads one table.
    pub fn read(s: &mut Section, r: &mut Reader) -> Self {
        let spans = PLACED.iter().filter_map(|&key| Some((key, s.span_of(key)?)));
        let (span, spans) = (s.span(), spans.collect());
        let papers = s.words(r, "papers", &PAPER_WORDS);
        Self {
            key: s.text(r, "key"),
            label: s.optional(r, "label"),
            short: s.optional(r, "short"),
            synonyms: s.texts_if_any(r, "synonyms"),
            kind: s.choice_if_any(r, "kind", &KIND_WORDS).and_then(|word| meant(&KINDS, word)),
            unit: s.optional(r, "unit"),
            choices: s.texts_if_any(r, "choices"),
            required: s.flag_if_any(r, "required"),
            longest: s.number_if_any(r, "longest"),
            papers: papers
                .map(|words| words.iter().filter_map(|word| meant(&PAPERS, word)).collect()),
            width: s.decimal(r, "width"),
            after: s.optional(r, "after"),
            next_year: s
                .choice_if_any(r, "next-year", &FATE_WORDS)
                .and_then(|word| meant(&FATES, word)),
            asked: s
                .choice_if_any(r, "asked", &ASKED_WORDS)
                .and_then(|word| meant(&ASKED, word))
                .unwrap_or_default(),
            total: s.flag_if_any(r, "total"),
            under: s.optional(r, "under"),
            head: s.optional(r, "head"),
            group: s.flag_if_any(r, "group"),
            guide: s.optional(r, "guide"),
            sample: s.optional(r, "sample"),
            span,
            spans,
        }
    }

    /// Where a key's value stands; where the table begins if it does not have the key.
    pub fn span(&self, key: &str) -> &Range<usize> {
        self.spans.get(key).unwrap_or(&self.span)
    }

    /// Whether it says a kind, and none that there is.
    pub fn has_unknown_kind(&self) -> bool {
        self.kind.is_none() && self.spans.contains_key("kind")
    }

    /// Changes a column to what the table says of it.
    pub fn apply(&self, column: &mut Column) {
        if let Some(label) = &self.label {
            // Of another label, the short one of before is none.
            column.short = None;
            column.label.clone_from(label);
        }
        set(&mut column.synonyms, self.synonyms.as_ref());
        set(&mut column.kind, self.kind.as_ref());
        set(&mut column.choices, self.choices.as_ref());
        set(&mut column.next_year, self.next_year.as_ref());
        set(&mut column.total, self.total.as_ref());
        set(&mut column.group, self.group.as_ref());
        set(&mut column.guide, self.guide.as_ref());
        set(&mut column.sample, self.sample.as_ref());
        let stated = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
        for (to, from) in [
            (&mut column.short, &self.short),
            (&mut column.unit, &self.unit),
            (&mut column.head, &self.head),
        ] {
            if from.is_some() {
                *to = stated(from);
            }
        }
        if self.under.is_some() {
            column.under = stated(&self.under).map(|key| key.as_str().into());
        }
        column.longest = self.longest.or(column.longest);
        column.widths.annex = self.width.or(column.widths.annex);
        if let Some(papers) = &self.papers {
            let text = papers.contains(&Paper::Annex).then_some(Paper::Text);
            column.papers = papers.iter().copied().chain(text).collect();
        }
        if let Some(required) = self.required {
            column.filled = required;
            // Where it may be blank, a form without it is a form all the same.
            column.required &= required;
        }
        if column.papers.is_empty() {
            (column.filled, column.required) = (false, false);
        }
        if column.role == Role::Value {
            column.instruct();
        } else if let Some(guide) = &self.guide {
            column.prompt.clone_from(guide);
        }
    }
}

fn set<T: Clone>(to: &mut T, from: Option<&T>) {
    if let Some(from) = from {
        to.clone_from(from);
    }
}

fn meant<T: Copy>(words: &[(&str, T)], word: &str) -> Option<T> {
    words.iter().find(|(known, _)| *known == word).map(|&(_, meaning)| meaning)
}
