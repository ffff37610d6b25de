//! A reorganisation as somebody filled it in (再編表), judged and made a plan for the settings.
//!
//! Every row of what was says what it is now; two rows that lead to one name join, one name with
//! rows that lead to several divides. What the table cannot decide is a finding with its cell, and
//! then nothing is written.

mod headings;
mod owners;
mod rules;

use crate::diag::{Finding, Rule, Say};
use crate::edition::{Edition, Reorganised};
use crate::model::{Annex, Entry};
use crate::schema::reorganisation::{Cell, Reorganisation};
use crate::text::key;

pub use rules::RULES;

/// What the table says of an edition whose settings have the names of before, with the annex of
/// before; the plan is of use where there are no findings of severity error.
pub fn reorganise(
    edition: &Edition,
    previous: &Annex,
    table: &Reorganisation,
) -> (Reorganised, Vec<Finding>) {
    let mut judge = Judge { edition, previous, findings: Vec::new() };
    for (place, what) in &table.missing {
        let message = if place.sheet.is_some() {
            say!("「{what}」の列がない", "there is no column “{what}”")
        } else {
            say!("シート「{what}」がない", "there is no sheet “{what}”")
        };
        judge.findings.push(rules::TABLE.finding(message).at(place));
    }
    if !judge.findings.is_empty() {
        return (Reorganised::default(), judge.findings);
    }
    let (departments, renamed) = judge.owners(table);
    let headings = judge.headings(&table.headings);
    (Reorganised { departments, headings, renamed }, judge.findings)
}

/// Looks at the rows, and keeps what is wrong with them.
struct Judge<'j> {
    edition: &'j Edition,
    previous: &'j Annex,
    findings: Vec<Finding>,
}

impl Judge<'_> {
    fn tell(&mut self, rule: &'static Rule, cell: &Cell, message: Say) -> &mut Finding {
        let finding = rule.finding(message).at(&cell.at).found(cell.text.clone());
        let index = self.findings.len();
        self.findings.push(finding);
        &mut self.findings[index]
    }

    /// How many measures and KPIs that go on are so.
    fn count(&self, is_so: impl Fn(&Entry) -> bool) -> (usize, usize) {
        let is_so = |entry: &Entry| entry.is_printed() && is_so(entry);
        let measures = self.previous.measures.iter().filter(|measure| is_so(&measure.entry));
        let kpis = self.previous.kpis.iter().filter(|kpi| is_so(&kpi.entry));
        (measures.count(), kpis.count())
    }

    /// The same in words: 「施策3件、KPI1件」; `None` where there are none.
    fn counted(&self, is_so: impl Fn(&Entry) -> bool) -> Option<Say> {
        let (measures, kpis) = self.count(is_so);
        if measures + kpis == 0 {
            return None;
        }
        let words = &self.edition.schema.words;
        let (measure, kpi) = (&words.measure, &words.kpi);
        Some(say!("{measure}{measures}件、{kpi}{kpis}件", "{measures} measures and {kpis} KPIs"))
    }
}

/// Whether two names are one.
fn same(one: &str, other: &str) -> bool {
    key(one) == key(other)
}
