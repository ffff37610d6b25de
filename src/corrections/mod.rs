//! Corrections (修正): what the secretariat changes in submitted values, weighed against what the
//! departments submitted.
//!
//! A correction names an entry by its id, a column, and the old words. Where these still stand in
//! the form, the new ones are to be read in their place ([`Judged::applicable`]); intake reads the
//! entry again with them, so that nothing but the text of the cell is another. Where they do not,
//! the department has changed the cell since: that is told, and nothing is done.
//!
//! [`texts`] weighs corrections of a text, [`decisions`] what is decided of an entry as a whole,
//! [`subject`] finds entry and column, [`mod@known`] keeps the ids of entries whose names are corrected,
//! [`mod@mark`] names the correction in what is said of a corrected cell.

mod decisions;
mod known;
mod mark;
mod rules;
mod subject;
mod texts;

use std::collections::BTreeMap;

use crate::diag::{Finding, Place, Say};
use crate::edition::{CORRECTIONS, Corrections, Edition, Grounds};
use crate::model::{Annex, Correction, CorrectionKind, Edit, Id, SubmittedCell};
use crate::schema::{Column, Key, Table};
use crate::text::clean;

pub use known::also_known;
pub use mark::mark;
pub use rules::RULES;
pub use subject::{Subject, Subjects, column, is_same_column};

use rules::{INCOMPLETE, TWICE};

/// What came of the corrections.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Applicable {
    /// What is to be read otherwise, by the ids that the entries have now.
    pub edits: BTreeMap<Id, Edit>,
    /// The corrections that are applied, by entry and column.
    pub corrections: Vec<Correction>,
    /// The corrected cells, each with the line of its correction.
    pub lines: BTreeMap<Place, u32>,
}

/// What came of the corrections, and what is to be said of them.
#[derive(Debug, Default)]
pub struct Judged {
    pub applicable: Applicable,
    pub findings: Vec<Finding>,
}

/// What the cell of an entry in a column shows, as it was submitted.
pub type Shown<'a> = dyn Fn(&Id, &str) -> Option<SubmittedCell> + 'a;

/// Weighs the corrections against what was submitted.
pub fn judge(edition: &Edition, annex: &Annex, asked: &Corrections, shown: &Shown) -> Judged {
    let mut judge = Judge {
        edition,
        annex,
        subjects: Subjects::new(annex),
        shown,
        given: BTreeMap::new(),
        judged: Judged::default(),
    };
    for correction in &asked.texts {
        judge.text(correction);
    }
    for decision in &asked.decisions {
        judge.decision(decision);
    }
    let Judge { mut judged, .. } = judge;
    let position = |correction: &Correction| {
        let of = |key: &Key| Table::ALL.map(|table| annex.schema.position(table, key));
        correction.column.as_ref().map(of)
    };
    let corrections = &mut judged.applicable.corrections;
    corrections.sort_by(|a, b| {
        let keys = |c: &Correction| (c.id.clone(), position(c), c.kind);
        keys(a).cmp(&keys(b))
    });
    judged
}

/// What is corrected: a cell, or (without a column) whether the entry is printed.
type Target = (Id, Option<Key>);

struct Judge<'a> {
    edition: &'a Edition,
    annex: &'a Annex,
    subjects: Subjects<'a>,
    shown: &'a Shown<'a>,
    /// What was corrected so far, with the line.
    given: BTreeMap<Target, u32>,
    judged: Judged,
}

impl<'a> Judge<'a> {
    fn find(&mut self, finding: Finding) {
        self.judged.findings.push(finding);
    }

    /// The entry of an id, or a finding.
    fn subject(&mut self, id: &str, line: u32) -> Option<Subject<'a>> {
        match self.subjects.find(id) {
            Ok(subject) => Some(subject),
            Err(finding) => {
                self.find(at(*finding, line));
                None
            }
        }
    }

    /// Whether a correction says why; it is a finding where it does not.
    fn has_reason(&mut self, subject: &Subject, grounds: &Grounds, line: u32) -> bool {
        if grounds.reason.is_empty() {
            let id = &subject.entry().id;
            let message = say!("{id}の修正に理由がない", "the correction of {id} gives no reason");
            let finding = at(INCOMPLETE.finding(message), line).expected("reason = \"…\"");
            self.find(of(finding, subject));
        }
        !grounds.reason.is_empty()
    }

    /// Whether nothing has corrected the same so far; it is a finding where something has.
    fn is_first(&mut self, subject: &Subject, column: Option<&Column>, line: u32) -> bool {
        let id = subject.entry().id.clone();
        let target = (id.clone(), column.map(|column| column.key.clone()));
        let Some(&first) = self.given.get(&target) else {
            self.given.insert(target, line);
            return true;
        };
        let what = column.map_or("掲載するかどうか", |column| &column.label);
        let message = say!(
            "{id}の「{what}」の修正が2つある（2つめは当てていない）",
            "there are two corrections of “{what}” of {id}; the second is not applied"
        );
        let finding = at(TWICE.finding(message), line).found(what);
        let finding = finding.also_at([Place::line(CORRECTIONS, first)]);
        self.find(of(finding, subject));
        false
    }

    /// Takes a correction of a cell.
    fn apply(&mut self, subject: &Subject, column: &Column, cell: SubmittedCell, new: New) {
        let id = subject.entry().id.clone();
        let New { kind, text, grounds, line } = new;
        let edit = self.judged.applicable.edits.entry(id.clone()).or_default();
        edit.texts.insert(column.key.clone(), text.clone());
        self.judged.applicable.lines.entry(cell.at.clone()).or_insert(line);
        let Grounds { reason, date, by } = grounds.clone();
        self.judged.applicable.corrections.push(Correction {
            id,
            kind,
            column: Some(column.key.clone()),
            from: clean(&cell.text).text,
            to: clean(&text).text,
            reason,
            date,
            by,
            at: cell.at,
        });
    }

    /// What the cell of an entry shows; nothing where its form was not read.
    fn cell(&self, subject: &Subject, column: &Column) -> SubmittedCell {
        (self.shown)(&subject.entry().id, &column.key).unwrap_or_else(|| SubmittedCell {
            at: subject.entry().name.at.clone(),
            text: subject.printed(self.annex, column).into_owned(),
        })
    }
}

/// A text that takes the place of a cell's.
struct New<'a> {
    kind: CorrectionKind,
    text: String,
    grounds: &'a Grounds,
    line: u32,
}

/// A finding on a line of the file.
fn at(finding: Finding, line: u32) -> Finding {
    finding.at(&Place::line(CORRECTIONS, line))
}

/// A finding on the correction of an entry.
fn of(mut finding: Finding, subject: &Subject) -> Finding {
    finding.entry = subject.entry().id.to_string();
    finding
}

/// What to do with a correction that is not needed.
fn can_go() -> Say {
    Say::new(
        "この修正は corrections.toml から取り除いて構いません。",
        "the correction can be taken out of corrections.toml",
    )
}
