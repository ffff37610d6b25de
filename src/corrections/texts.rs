//! Corrections of a text: whether the old words still stand there.

use super::rules::{CHANGED, INCOMPLETE, NOT_NEEDED};
use super::subject::{Subject, column};
use super::{Judge, New, at, can_go, of};
use crate::edition::Correction;
use crate::model::{CorrectionKind, SubmittedCell};
use crate::schema::{Column, Role};
use crate::text::clean;

impl<'a> Judge<'a> {
    pub(super) fn text(&mut self, asked: &Correction) {
        let line = asked.line;
        let Some(subject) = self.subject(&asked.id, line) else { return };
        let column = match column(&self.annex.schema, subject.table(), &asked.column) {
            Ok(column) => column,
            Err(finding) => return self.find(of(at(*finding, line), &subject)),
        };
        if !self.is_whole(&subject, column, asked) || !self.is_first(&subject, Some(column), line) {
            return;
        }
        let cell = self.cell(&subject, column);
        let printed = subject.printed(self.annex, column);
        let now = clean(&cell.text).text;
        let says = |text: &str| {
            let text = clean(text).text;
            text == now || text == *printed
        };
        if says(&asked.from) {
            let (kind, text) = (CorrectionKind::Text, asked.to.clone());
            self.apply(&subject, column, cell, New { kind, text, grounds: &asked.grounds, line });
        } else if says(&asked.to) {
            self.mended(&subject, column, &cell, line);
        } else {
            self.changed(&subject, column, asked, &cell, &now);
        }
    }

    /// Whether a correction says all that it has to.
    fn is_whole(&mut self, subject: &Subject, column: &Column, asked: &Correction) -> bool {
        let has_reason = self.has_reason(subject, &asked.grounds, asked.line);
        let (id, label) = (&subject.entry().id, &column.label);
        let (from, to) = (clean(&asked.from).text, clean(&asked.to).text);
        let message = if from == to {
            say!(
                "{id}の「{label}」の修正前と修正後が同じである",
                "the correction of “{label}” of {id} changes nothing"
            )
        } else if column.role == Role::Name && to.is_empty() {
            say!("{id}の「{label}」を空にしている", "the correction leaves {id} without “{label}”")
        } else {
            return has_reason;
        };
        let finding = at(INCOMPLETE.finding(message), asked.line).found(&asked.to);
        self.find(of(finding, subject));
        false
    }

    fn mended(&mut self, subject: &Subject, column: &Column, cell: &SubmittedCell, line: u32) {
        let (id, label) = (&subject.entry().id, &column.label);
        let message = say!(
            "{id}の「{label}」は、部局が修正のとおりに直している",
            "the department has mended “{label}” of {id} itself"
        );
        let finding = at(NOT_NEEDED.finding(message), line).also_at([cell.at.clone()]);
        self.find(of(finding.found(&cell.text).help(can_go()), subject));
    }

    fn changed(
        &mut self,
        subject: &Subject,
        column: &Column,
        asked: &Correction,
        cell: &SubmittedCell,
        now: &str,
    ) {
        let (id, label) = (&subject.entry().id, &column.label);
        let message = say!(
            "{id}の「{label}」は、修正前の記載と違う（修正を当てていない）",
            "“{label}” of {id} has other words now; the correction is not applied"
        );
        let now = if now.is_empty() { "（空欄）" } else { now };
        let to = &asked.to;
        let finding = at(CHANGED.finding(message), asked.line).also_at([cell.at.clone()]);
        let finding = finding.found(now).expected(&asked.from).help(say!(
            "いまの記載でよければ、この修正を取り除いてください。「{to}」に直すときは、from をいまの記載に書き直してください。",
            "take the correction out, or write the words of now as its from"
        ));
        self.find(of(finding, subject));
    }
}
