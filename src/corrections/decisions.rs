//! What is decided of an entry as a whole: that it is left out, listed again, or stands elsewhere.

use super::rules::{INCOMPLETE, NOT_NEEDED, UNKNOWN_COLUMN, UNKNOWN_HEADING};
use super::subject::Subject;
use super::{Judge, New, at, can_go, of};
use crate::diag::Say;
use crate::edition::{Decision, Places};
use crate::model::{Correction, CorrectionKind, HeadingId};
use crate::schema::{Column, Role};
use crate::text::similar::nearest;

impl<'a> Judge<'a> {
    pub(super) fn decision(&mut self, asked: &Decision) {
        let Some(subject) = self.subject(&asked.id, asked.line) else { return };
        if !self.has_reason(&subject, &asked.grounds, asked.line) {
            return;
        }
        if !asked.leave_out && asked.list_again.is_empty() && asked.order.is_none() {
            let id = &subject.entry().id;
            let message = say!("{id}について決めたことがない", "nothing is decided of {id}");
            let finding = at(INCOMPLETE.finding(message), asked.line);
            let finding = finding.expected("leave-out = true、list-again = [\"…\"]、order = 1");
            self.find(of(finding, &subject));
        }
        if asked.leave_out {
            self.leave_out(&subject, asked);
        }
        if !asked.list_again.is_empty() {
            self.list_again(&subject, asked);
        }
        if let Some(order) = asked.order {
            self.order(&subject, order, asked);
        }
    }

    fn leave_out(&mut self, subject: &Subject, asked: &Decision) {
        if !self.is_first(subject, None, asked.line) {
            return;
        }
        let entry = subject.entry();
        let id = &entry.id;
        if !entry.is_printed() {
            return self.not_needed(
                subject,
                asked,
                say!("{id}は廃止で、もともと載らない", "{id} is abolished and printed nowhere"),
            );
        }
        let applicable = &mut self.judged.applicable;
        applicable.edits.entry(id.clone()).or_default().left_out = true;
        applicable.lines.entry(entry.name.at.clone()).or_insert(asked.line);
        applicable.corrections.push(Correction {
            id: id.clone(),
            kind: CorrectionKind::LeftOut,
            column: None,
            from: String::new(),
            to: String::new(),
            reason: asked.grounds.reason.clone(),
            date: asked.grounds.date.clone(),
            by: asked.grounds.by.clone(),
            at: entry.name.at.clone(),
        });
    }

    /// Adds lines to the headings that the form lists the entry under again.
    fn list_again(&mut self, subject: &Subject, asked: &Decision) {
        let Some(column) = self.column_of(subject, Role::Reposts, "list-again", asked) else {
            return;
        };
        let places = Places::new(self.edition);
        let entry = subject.entry();
        let has = |id: HeadingId| entry.reposts.iter().any(|repost| repost.value == Some(id));
        let mut added: Vec<&str> = Vec::new();
        for heading in &asked.list_again {
            match places.place(subject.table(), heading) {
                None => self.unknown_heading(subject, heading, asked.line),
                Some(id) if has(id) => {
                    let (of, heading) = (&entry.id, places.label(id).unwrap_or(heading));
                    let message = say!(
                        "{of}は、部局が「{heading}」に再掲している",
                        "the department lists {of} under “{heading}” itself"
                    );
                    self.not_needed(subject, asked, message);
                }
                Some(_) => added.push(heading),
            }
        }
        if added.is_empty() || !self.is_first(subject, Some(column), asked.line) {
            return;
        }
        let cell = self.cell(subject, column);
        let before = Some(cell.text.trim()).filter(|text| !text.is_empty());
        let text = before.into_iter().chain(added).collect::<Vec<_>>().join("\n");
        let (kind, grounds, line) = (CorrectionKind::ListedAgain, &asked.grounds, asked.line);
        self.apply(subject, column, cell, New { kind, text, grounds, line });
    }

    fn order(&mut self, subject: &Subject, order: f64, asked: &Decision) {
        let Some(column) = self.column_of(subject, Role::Order, "order", asked) else { return };
        let entry = subject.entry();
        let (id, line) = (&entry.id, asked.line);
        if order <= 0.0 {
            let message =
                say!("{id}の order が1以上の数でない", "the order of {id} is no position");
            let finding = at(INCOMPLETE.finding(message), line).found(order.to_string());
            return self.find(of(finding.expected("order = 1"), subject));
        }
        if entry.order.as_ref().is_some_and(|stated| stated.value == order) {
            let message = say!(
                "{id}の掲載順は、様式でも{order}である",
                "the form has {id} at {order} itself"
            );
            return self.not_needed(subject, asked, message);
        }
        if self.is_first(subject, Some(column), line) {
            let cell = self.cell(subject, column);
            let (kind, text) = (CorrectionKind::Order, order.to_string());
            self.apply(subject, column, cell, New { kind, text, grounds: &asked.grounds, line });
        }
    }

    /// The column that a decision is written into, or a finding where the table has none.
    fn column_of(
        &mut self,
        subject: &Subject,
        role: Role,
        said: &str,
        asked: &Decision,
    ) -> Option<&'a Column> {
        let (annex, id) = (self.annex, &subject.entry().id);
        let column = annex.schema.with_role(subject.table(), role);
        if column.is_none() {
            let sheet = annex.schema.words.sheet(subject.table());
            let message = say!(
                "{id}に {said} は使えない（「{sheet}」にその欄がない）",
                "{id} has no {said}: “{sheet}” has no such column"
            );
            let finding = at(UNKNOWN_COLUMN.finding(message), asked.line).found(said);
            self.find(of(finding, subject));
        }
        column
    }

    fn unknown_heading(&mut self, subject: &Subject, heading: &str, line: u32) {
        let (id, table) = (&subject.entry().id, subject.table());
        let message = say!(
            "{id}を再掲する「{heading}」が見つからない",
            "there is no heading “{heading}” to list {id} under"
        );
        let labels = Places::new(self.edition).labels(table);
        let near = nearest(heading, labels.iter().map(String::as_str)).unwrap_or_default();
        let finding = at(UNKNOWN_HEADING.finding(message), line).found(heading).expected(near);
        self.find(of(finding, subject));
    }

    fn not_needed(&mut self, subject: &Subject, asked: &Decision, message: Say) {
        let finding = at(NOT_NEEDED.finding(message), asked.line);
        let finding = finding.also_at([subject.entry().name.at.clone()]);
        self.find(of(finding.help(can_go()), subject));
    }
}
