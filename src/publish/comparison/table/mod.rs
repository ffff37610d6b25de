//! The papers that reviewers know, free of any file format: 新旧対照表 and 見え消し.
//!
//! Both are one [`Table`]: headings, entries and omitted runs in the printed order of the new
//! annex. A line holds both texts as one [`Inline`]; [`Line::side`] gives the text of one side
//! with its changed words marked, [`Line::redline`] both in one. A side-by-side table shows a
//! rewritten measure once, where it belongs, and names its reposts in the remarks; a redline is
//! the whole printed text.

mod build;

pub use build::table;

use crate::compare::{Inline, Run, Subject};

/// What the table shows and how it is labelled.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    pub layout: Layout,
    /// 改正後 or 改正案.
    pub new_label: String,
    /// 改正前 or 現行.
    pub old_label: String,
    /// The new text on the left.
    pub new_first: bool,
    /// A column 備考.
    pub remarks: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            layout: Layout::SideBySide,
            new_label: "改正後".to_owned(),
            old_label: "改正前".to_owned(),
            new_first: true,
            remarks: true,
        }
    }
}

impl Options {
    /// The sides from left to right, with their labels.
    pub fn sides(&self) -> [(Side, &str); 2] {
        let new = (Side::New, self.new_label.as_str());
        let old = (Side::Old, self.old_label.as_str());
        if self.new_first { [new, old] } else { [old, new] }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// 新旧対照表: what changed, old and new side by side; the rest is （略）.
    SideBySide,
    /// 見え消し: the whole text, deletions struck through, additions underlined.
    Redline,
}

impl Layout {
    pub fn label(self) -> &'static str {
        match self {
            Self::SideBySide => "新旧対照表",
            Self::Redline => "見え消し",
        }
    }

    /// How to read the marks.
    pub fn legend(self) -> &'static str {
        match self {
            Self::SideBySide => "下線部分は改正部分",
            Self::Redline => "下線部分は追加、取消線の部分は削除",
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    pub options: Options,
    /// 「みやぎDX推進ポリシー 別冊 新旧対照表」
    pub title: String,
    /// 「第1.1版（令和8年3月）」
    pub new_version: String,
    pub old_version: String,
    pub legend: String,
    pub rows: Vec<Row>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Row {
    /// A heading of a level, from 1 at the top, with the changes of its number and title.
    Heading {
        level: u8,
        text: Inline,
    },
    Entry(Entry),
    /// Entries that did not change.
    Omitted,
}

/// One measure or KPI, the note or text of a heading, or the settings.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub subject: Subject,
    /// What the subject is called: 施策.
    pub word: String,
    /// The name and the owner first, so that every change says where it belongs.
    pub lines: Vec<Line>,
    pub remarks: String,
}

/// A line of an entry. `label` is empty for the name.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub label: String,
    pub cell: Cell,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Text(Inline),
    /// Only the new side has it; `first`: the old side says （新設） here.
    Added {
        text: String,
        first: bool,
    },
    /// Only the old side has it; `first`: the new side says （削る） here.
    Removed {
        text: String,
        first: bool,
    },
    /// Fields that did not change: （略） on both sides.
    Omitted,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Old,
    New,
}

/// How a stretch of text is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    Plain,
    Underline,
    Strike,
    /// （新設）, （削る） and （略）: words about the text.
    Note,
}

/// A stretch of text and how it is set.
#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    pub text: String,
    pub mark: Mark,
}

impl Span {
    fn new(text: &str, mark: Mark) -> Self {
        Self { text: text.to_owned(), mark }
    }
}

pub const ADDED: &str = "（新設）";
pub const REMOVED: &str = "（削る）";
pub const OMITTED: &str = "（略）";

/// One side of a text, its changed words underlined.
pub fn side(text: &Inline, side: Side) -> Vec<Span> {
    let span = |run: &Run| match (run, side) {
        (Run::Same(text), _) => Some(Span::new(text, Mark::Plain)),
        (Run::Deleted(text), Side::Old) | (Run::Inserted(text), Side::New) => {
            Some(Span::new(text, Mark::Underline))
        }
        _ => None,
    };
    text.0.iter().filter_map(span).collect()
}

/// Both sides in one text: deletions struck through, additions underlined.
pub fn redline(text: &Inline) -> Vec<Span> {
    let mark = |run: &Run| match run {
        Run::Same(_) => Mark::Plain,
        Run::Deleted(_) => Mark::Strike,
        Run::Inserted(_) => Mark::Underline,
    };
    text.0.iter().map(|run| Span::new(run.text(), mark(run))).collect()
}

impl Line {
    /// What stands on one side; nothing where the other side alone has the line.
    pub fn side(&self, of: Side) -> Vec<Span> {
        match (&self.cell, of) {
            (Cell::Text(text), _) => side(text, of),
            (Cell::Added { text, .. }, Side::New) | (Cell::Removed { text, .. }, Side::Old) => {
                vec![Span::new(text, Mark::Underline)]
            }
            (Cell::Added { first: true, .. }, Side::Old) => vec![Span::new(ADDED, Mark::Note)],
            (Cell::Removed { first: true, .. }, Side::New) => vec![Span::new(REMOVED, Mark::Note)],
            (Cell::Added { .. }, Side::Old) | (Cell::Removed { .. }, Side::New) => Vec::new(),
            (Cell::Omitted, _) => vec![Span::new(OMITTED, Mark::Note)],
        }
    }

    pub fn redline(&self) -> Vec<Span> {
        match &self.cell {
            Cell::Text(text) => redline(text),
            Cell::Added { text, .. } => vec![Span::new(text, Mark::Underline)],
            Cell::Removed { text, .. } => vec![Span::new(text, Mark::Strike)],
            Cell::Omitted => vec![Span::new(OMITTED, Mark::Note)],
        }
    }
}
