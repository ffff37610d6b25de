//! Rules that say of a recorded fact no more than that it is there: a row each.
//!
//! Intake records what is observed about a submission ([`crate::model::Observation`]). Where the severity
//! or the words depend on more than the fact, the rule has a file of its own in `file/` or `form/`.

mod cell;
mod file;
mod form;
mod reading;
mod seen;
mod workbook;

use super::{Context, finding_of};
use crate::diag::{Finding, Rule, Say};
use crate::model::ObservationKind;

/// A kind of fact and the rule that speaks of it.
pub struct Fact {
    pub kind: ObservationKind,
    /// What is said, from what was found and what was expected.
    message: Message,
    pub rule: Rule,
}

type Message = Option<fn(&str, &str) -> Say>;

/// The rule's title says it all.
const TITLE: Message = None;

/// Every row, by rooms.
pub fn all() -> impl Iterator<Item = &'static Fact> {
    [cell::FACTS, file::FACTS, form::FACTS, reading::FACTS, seen::FACTS, workbook::FACTS]
        .into_iter()
        .flatten()
}

impl Fact {
    pub fn check(&'static self, context: &Context, findings: &mut Vec<Finding>) {
        for (receipt, observation) in context.observations(self.kind) {
            let mut message = match self.message {
                Some(message) => message(&observation.found, &observation.expected),
                None => Say::new(context.fill(self.rule.title), self.rule.title_en),
            };
            if !observation.why.is_empty() {
                let Say { ja, en } = &observation.why;
                message.ja.push_str(&format!("（{ja}）"));
                message.en.push_str(&format!(" ({en})"));
            }
            findings.push(finding_of(&self.rule, receipt, observation, message));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::diag::{CellRef, Place};
    use crate::edition::Edition;
    use crate::model::{Annex, Contact, Observation, Outcome, Receipt};

    /// What a row says of a submission with one fact of each of the kinds, at its cell.
    fn said(fact: &'static Fact, kinds: &[ObservationKind]) -> Vec<Finding> {
        let at = Place::cell(&"01_総務部.xlsx".into(), &"様式１".into(), CellRef::new(6, 4));
        let observations = kinds.iter().map(|&kind| Observation {
            kind,
            at: at.clone(),
            more: Vec::new(),
            found: "見つけたもの".into(),
            expected: "あるはずのもの".into(),
            why: Say::default(),
            foreign: None,
        });
        let receipt = Receipt {
            file: "01_総務部.xlsx".into(),
            department: Some("総務部".into()),
            stated_department: None,
            round: None,
            round_at: Vec::new(),
            contact: Contact::default(),
            form: None,
            outcome: Outcome::Read,
            measures: 0,
            kpis: 0,
            tables: Vec::new(),
            observations: observations.collect(),
        };
        let (edition, annex) = (Edition::default(), Annex::default());
        let mut findings = Vec::new();
        let receipts = [receipt];
        let context = Context::new(&edition, &annex, &receipts, None, &|_| true);
        fact.check(&context, &mut findings);
        findings
    }

    #[test]
    fn every_row_speaks_of_its_fact_at_its_place() {
        for fact in all() {
            let said = said(fact, &[fact.kind]);
            let [finding] = said.as_slice() else { panic!("{}: {said:?}", fact.rule.code) };
            assert_eq!(finding.rule.code, fact.rule.code);
            assert_eq!(finding.place.to_string(), "01_総務部.xlsx「様式１」E7");
            assert_eq!(finding.department, "総務部");
            assert_eq!(
                (finding.found.as_str(), finding.expected.as_str()),
                ("見つけたもの", "あるはずのもの")
            );
            assert!(!finding.message.ja.is_empty() && !finding.message.en.is_empty());
            assert_eq!(finding.severity, fact.rule.severity);
        }
    }

    #[test]
    fn every_row_is_silent_about_all_other_facts() {
        for fact in all() {
            let others: Vec<ObservationKind> =
                all().map(|other| other.kind).filter(|kind| *kind != fact.kind).collect();
            assert!(said(fact, &others).is_empty(), "{}", fact.rule.code);
        }
    }

    #[test]
    fn no_kind_of_fact_has_two_rows() {
        let kinds: BTreeSet<ObservationKind> = all().map(|fact| fact.kind).collect();
        assert_eq!(kinds.len(), all().count());
    }
}
