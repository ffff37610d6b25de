//! The annex of the edition before in the words of this one.
//!
//! Departments, sections and headings are renamed, divided, joined and numbered anew from one
//! edition to the next, and every entry is to be found again. [`succession`] gives the entries of
//! the old annex to the departments that answer for them now, under the names and headings of
//! now; whoever asks for what was before (the forms that go out, the ids, the rules) asks the
//! result. What cannot be decided is left blank, and told.

mod headings;
mod owners;
mod reorganisation;
#[cfg(test)]
mod tests;

use crate::diag::{Finding, Place, Rule, Severity};
use crate::edition::Edition;
use crate::model::{Annex, Entry};
use crate::text::key;
use crate::text::similar::nearest;

use headings::Headings;
use owners::Owners;

pub use headings::HeadingNote;
pub use reorganisation::{RULES as REORGANISATION_RULES, reorganise};

/// The rules on former names that the old annex can tell wrong.
pub static RULES: &[&Rule] = &[&FORMER_NAME_UNKNOWN];

static FORMER_NAME_UNKNOWN: Rule = Rule {
    code: "S214",
    name: "former-name-unknown",
    severity: Severity::Warning,
    title: "formerly の名称が前の版にない",
    title_en: "a former name that the edition before does not have",
    what: "部局、課室、見出しの formerly に書かれた名称が、前の版（previous の annex.json）にあるかを見ます。前の版がないときは見ません。",
    why: "書き誤ると、前の版の{measure}と{kpi}が様式に入らず、IDも引き継がれません。",
    mend: "前の版にあったとおりの名称に直してください。要らなくなった formerly は取り除いてください。",
    example: "formerly = [\"企画局\"] → formerly = [\"企画部\"]",
    source: "",
};

/// The old annex, as this edition calls what it has.
#[derive(Clone, Debug)]
pub struct Succession {
    /// Its entries have the departments, sections and headings of this edition; its outline is
    /// as it was.
    pub annex: Annex,
    /// What was decided, or could not be.
    pub notes: Vec<Note>,
}

/// A department of the edition before whose entries are in nobody's form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Orphan {
    pub department: String,
    pub measures: usize,
    pub kpis: usize,
    /// The department that has most of its sections now, or the nearest name.
    pub likely: Option<String>,
}

/// What a secretariat has to know of what became of the old entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    Heading(HeadingNote),
    /// A department that was divided: nothing tells which part has the entry now.
    Divided {
        entry: String,
        before: String,
        now: String,
    },
    /// A section that no department has now; so many entries are under its name.
    SectionGone {
        department: String,
        section: String,
        entries: usize,
    },
}

/// The old annex in the words of the edition.
pub fn succession(edition: &Edition, previous: &Annex) -> Succession {
    let mut annex = previous.clone();
    let headings = Headings::new(edition, previous);
    let mut owners = Owners::new(edition);
    let (mut measures, mut kpis) =
        (std::mem::take(&mut annex.measures), std::mem::take(&mut annex.kpis));
    for measure in &mut measures {
        let holder = owners.of_measure(measure);
        owners.move_on(measure, holder);
        headings.move_on(measure);
    }
    for kpi in &mut kpis {
        let holder = owners.of_kpi(kpi);
        owners.move_on(kpi, holder);
        headings.move_on(kpi);
    }
    let mut notes: Vec<Note> = headings.notes(previous).map(Note::Heading).collect();
    notes.append(&mut owners.notes);
    (annex.measures, annex.kpis) = (measures, kpis);
    Succession { annex, notes }
}

impl Succession {
    /// The departments of the edition before that none of this edition's succeeds, in the order in
    /// which the annex has them; what somebody has taken over in a form that came back is not lost.
    pub fn orphans(&self, edition: &Edition, submitted: Option<&Annex>) -> Vec<Orphan> {
        let mut orphans: Vec<Orphan> = Vec::new();
        let measures = self.annex.measures.iter().map(|measure| (&measure.entry, true));
        let all = measures.chain(self.annex.kpis.iter().map(|kpi| (&kpi.entry, false)));
        let is_taken = |entry: &Entry, is_measure: bool| {
            submitted.is_some_and(|annex| match is_measure {
                true => annex.measure(&entry.id).is_some(),
                false => annex.kpi(&entry.id).is_some(),
            })
        };
        for (entry, is_measure) in all {
            let department = &entry.submitted_by;
            let is_held = edition.department(department).is_some();
            if is_held || !entry.is_printed() || is_taken(entry, is_measure) {
                continue;
            }
            let at = orphans.iter().position(|orphan| orphan.department == *department);
            let at = at.unwrap_or_else(|| {
                let likely = likely(edition, &self.annex, department);
                let department = department.clone();
                orphans.push(Orphan { department, measures: 0, kpis: 0, likely });
                orphans.len() - 1
            });
            let Some(orphan) = orphans.get_mut(at) else { continue };
            let count = if is_measure { &mut orphan.measures } else { &mut orphan.kpis };
            *count += 1;
        }
        orphans
    }
}

/// The department that most likely succeeds another: it has the most of its sections, else the
/// name that is most like it.
fn likely(edition: &Edition, previous: &Annex, department: &str) -> Option<String> {
    let of = |entry: &&Entry| entry.submitted_by == department;
    let all = previous.measures.iter().map(|m| &m.entry);
    let all = all.chain(previous.kpis.iter().map(|k| &k.entry));
    let sections: Vec<&str> =
        all.filter(of).flat_map(|e| e.owners.iter().map(|o| o.section.as_str())).collect();
    let shared = |d: &crate::edition::Department| {
        sections.iter().filter(|section| d.section(section).is_some()).count()
    };
    let most = edition.departments.iter().rev().max_by_key(|d| shared(d));
    let by_sections = most.filter(|d| shared(d) > 0).map(|d| d.name.as_str());
    let names = edition.departments.iter().map(|d| d.name.as_str());
    by_sections.or_else(|| nearest(department, names)).map(str::to_owned)
}

/// The former names that the annex of the edition before does not have.
pub fn check(file: &str, edition: &Edition, previous: &Annex) -> Vec<Finding> {
    let entries = || {
        let measures = previous.measures.iter().map(|measure| &measure.entry);
        measures.chain(previous.kpis.iter().map(|kpi| &kpi.entry))
    };
    let mut departments: Vec<&str> = Vec::new();
    let mut sections: Vec<&str> = Vec::new();
    for entry in entries() {
        departments.extend([entry.submitted_by.as_str(), entry.department.value.as_str()]);
        departments.extend(entry.owners.iter().map(|owner| owner.department.as_str()));
        sections.push(&entry.section.value);
        sections.extend(entry.owners.iter().map(|owner| owner.section.as_str()));
    }
    let titles: Vec<&str> = previous.headings().map(|heading| heading.title.as_str()).collect();
    let mut findings = Vec::new();
    let mut look = |word: &str, name: &str, line: u32, known: &[&str]| {
        if known.iter().any(|known| key(known) == key(name)) {
            return;
        }
        let message =
            say!("formerly の{word}「{name}」は前の版にない", "the edition before has no “{name}”");
        let finding = FORMER_NAME_UNKNOWN.finding(message).at(&Place::line(file, line)).found(name);
        findings.push(match nearest(name, known.iter().copied()) {
            Some(near) => finding.expected(near),
            None => finding,
        });
    };
    for department in &edition.departments {
        for name in &department.formerly {
            look("部局", name, department.line, &departments);
        }
        // A section of which nothing was in the annex is known from nowhere.
        for former in department.former_sections.iter().filter(|_| !sections.is_empty()) {
            look("課室", &former.formerly, department.line, &sections);
        }
    }
    for numbered in edition.headings() {
        for name in &numbered.heading.formerly {
            look("見出し", name, numbered.heading.line, &titles);
        }
    }
    findings
}
