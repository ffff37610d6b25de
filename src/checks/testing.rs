//! One helper for the tests of every rule: a small sound edition, and a way to break it.

use std::sync::Arc;

use crate::checks::{self, Context};
use crate::diag::{CellRef, Finding, Place, Rule};
use crate::edition::{Category, Department, Edition, Pillar};
use crate::intake::figure;
use crate::model::{
    self, Annex, CategoryId, Id, Kpi, Link, Listing, Measure, Oddity, OddityKind, Outcome, Owner,
    Receipt, Sourced,
};
use crate::text;

/// An edition with its submissions: two departments, three measures, a repost, a KPI.
pub struct Case {
    pub edition: Edition,
    pub annex: Annex,
    pub receipts: Vec<Receipt>,
    pub previous: Option<Annex>,
    /// Characters that no font has.
    pub uncovered: Vec<char>,
}

pub const GENERAL: &str = "01_総務部.xlsx";
pub const PLANNING: &str = "02_企画部.xlsx";

/// Asserts that the rule finds exactly these places in the broken edition.
#[track_caller]
pub fn finds(rule: &Rule, break_it: impl FnOnce(&mut Case), expected: &[&str]) {
    let mut case = Case::sound();
    break_it(&mut case);
    let code = rule.code;
    let found: Vec<String> = case
        .found()
        .into_iter()
        .filter(|f| f.starts_with(code))
        .map(|f| f[5..].to_owned())
        .collect();
    assert_eq!(found, expected);
}

/// Asserts that the rule has nothing to say.
#[track_caller]
pub fn silent(rule: &Rule, change_it: impl FnOnce(&mut Case)) {
    finds(rule, change_it, &[]);
}

/// Asserts that a rule on oddities of a kind finds them where they are, and no other kind.
#[track_caller]
pub fn speaks_of(rule: &Rule, kind: OddityKind, other: OddityKind) {
    finds(rule, |case| case.odd(kind, "E7"), &["01_総務部.xlsx「様式１　個別施策」E7"]);
    silent(rule, |case| case.odd(other, "E7"));
}

/// Asserts that a rule on whole files finds the oddity at the file, and no other kind.
#[track_caller]
pub fn speaks_of_file(rule: &Rule, kind: OddityKind, other: OddityKind) {
    finds(rule, |case| case.odd_file(kind), &[GENERAL]);
    silent(rule, |case| case.odd_file(other));
}

impl Case {
    pub fn sound() -> Self {
        let mut case = Self {
            edition: edition(),
            annex: Annex::default(),
            receipts: vec![receipt(GENERAL, "総務部"), receipt(PLANNING, "企画部")],
            previous: None,
            uncovered: Vec::new(),
        };
        case.annex.measures = vec![
            measure(1, "1(1)", "広報紙の電子配信", "総務部", "広報課"),
            measure(2, "1(2)", "電子申請の受付", "総務部", "市町村課"),
            measure(3, "1(1)", "統計地図の公開", "企画部", "統計課"),
        ];
        case.annex.measures[2].reposts = vec![sourced("1(2)", place(PLANNING, 1, "J9")).map(id)];
        case.annex.kpis = vec![kpi(1, "1(1)", "広報紙の購読者数（人）", "広報紙の電子配信")];
        case.arrange();
        case
    }

    /// Lists every measure and KPI of the model in its category, as intake does.
    pub fn arrange(&mut self) {
        let category = |number, title: &str| model::Category {
            id: CategoryId { pillar: 1, category: number },
            title: title.into(),
            listings: Vec::new(),
            kpis: Vec::new(),
            note: String::new(),
        };
        let mut categories = vec![category(1, "子育て支援"), category(2, "教育の充実")];
        for (repost, measure) in
            [false, true].into_iter().flat_map(|r| self.annex.measures.iter().map(move |m| (r, m)))
        {
            let own = std::slice::from_ref(&measure.category);
            for place in if repost { &measure.reposts } else { own } {
                if let Some(c) = categories.iter_mut().find(|c| Some(c.id) == place.value) {
                    c.listings.push(Listing { measure: measure.id.clone(), repost });
                }
            }
        }
        for kpi in &self.annex.kpis {
            if let Some(c) = categories.iter_mut().find(|c| Some(c.id) == kpi.category.value) {
                c.kpis.push(kpi.id.clone());
            }
        }
        self.annex.pillars =
            vec![model::Pillar { number: 1, title: "暮らしのDX".into(), categories }];
    }

    pub fn measure(&mut self, index: usize) -> &mut Measure {
        &mut self.annex.measures[index]
    }

    pub fn kpi(&mut self) -> &mut Kpi {
        &mut self.annex.kpis[0]
    }

    /// Adds a copy of a measure as the next row of its form; the closure changes it.
    pub fn another_measure(&mut self, index: usize, change: impl FnOnce(&mut Measure)) {
        let mut copy = self.annex.measures[index].clone();
        let number = self.annex.measures.len() as u32 + 1;
        copy.id = Id::measure("R7", number);
        copy.reposts.clear();
        for at in [
            &mut copy.status.at,
            &mut copy.category.at,
            &mut copy.name.at,
            &mut copy.overview.at,
            &mut copy.purpose.at,
            &mut copy.department.at,
            &mut copy.section.at,
        ] {
            at.cell = at.cell.map(|cell| CellRef::new(5 + number, cell.column));
        }
        change(&mut copy);
        self.annex.measures.push(copy);
        self.arrange();
    }

    /// Adds a copy of the KPI as the next row of its form; the closure changes it.
    pub fn another_kpi(&mut self, change: impl FnOnce(&mut Kpi)) {
        let number = self.annex.kpis.len() as u32 + 1;
        let mut copy = kpi(number, "1(1)", "広報紙の配信数（回）", "広報紙の電子配信");
        change(&mut copy);
        self.annex.kpis.push(copy);
        self.arrange();
    }

    /// An edition before with the same entries, under the ids of R6, and the ids carried over.
    pub fn with_previous(&mut self) {
        for measure in &mut self.annex.measures {
            measure.id.0 = measure.id.0.replace("R7", "R6");
        }
        for kpi in &mut self.annex.kpis {
            kpi.id.0 = kpi.id.0.replace("R7", "R6");
            for link in &mut kpi.measures {
                link.measure = link.measure.as_ref().map(|id| Id(id.0.replace("R7", "R6")));
            }
        }
        self.arrange();
        self.previous = Some(self.annex.clone());
    }

    /// Writes an id into the row of a measure.
    pub fn state_id(&mut self, index: usize, id: &str) {
        let measure = &mut self.annex.measures[index];
        let mut at = measure.name.at.clone();
        at.cell = at.cell.map(|cell| CellRef::new(cell.row, 0));
        measure.stated_id = Some(Sourced::new(id.into(), at));
    }

    /// Adds an oddity at a cell of the first form.
    pub fn odd(&mut self, kind: OddityKind, cell: &str) {
        self.odd_with(kind, cell, "見つけたもの", "");
    }

    pub fn odd_with(&mut self, kind: OddityKind, cell: &str, found: &str, expected: &str) {
        let at = place(GENERAL, 1, cell);
        self.receipts[0].oddities.push(Oddity {
            kind,
            at,
            found: found.into(),
            expected: expected.into(),
        });
    }

    /// Adds an oddity of the first file.
    pub fn odd_file(&mut self, kind: OddityKind) {
        let at = Place::file(GENERAL);
        let (found, expected) = (String::new(), String::new());
        self.receipts[0].oddities.push(Oddity { kind, at, found, expected });
    }

    /// Every finding of every rule.
    pub fn findings(&self) -> Vec<Finding> {
        let covers = |c: char| !self.uncovered.contains(&c);
        checks::run(&Context {
            edition: &self.edition,
            annex: &self.annex,
            receipts: &self.receipts,
            previous: self.previous.as_ref(),
            covers: &covers,
        })
    }

    /// What one rule finds.
    pub fn findings_of(&self, rule: &Rule) -> Vec<Finding> {
        self.findings().into_iter().filter(|f| f.rule.code == rule.code).collect()
    }

    /// Every finding of every rule, shown: `K502 01_総務部.xlsx「様式２　KPI」F7`, further places after ` + `.
    pub fn found(&self) -> Vec<String> {
        let show = |finding: &Finding| {
            let mut line = format!("{} {}", finding.rule.code, finding.place);
            for more in &finding.more {
                line += &format!(" + {more}");
            }
            line
        };
        self.findings().iter().map(show).collect()
    }
}

fn edition() -> Edition {
    let category = |number, title: &str| Category {
        number,
        title: title.into(),
        kpi_note: None,
        line: 10 + number,
    };
    let department = |name: &str, sections: &[&str], line| Department {
        name: name.into(),
        sections: sections.iter().map(|&s| s.into()).collect(),
        line,
    };
    Edition {
        id: "R7".into(),
        year: 2025,
        title: "DX推進方針".into(),
        first_year: 2025,
        last_year: 2027,
        pillars: vec![Pillar {
            number: 1,
            title: "暮らしのDX".into(),
            categories: vec![category(1, "子育て支援"), category(2, "教育の充実")],
            line: 10,
        }],
        departments: vec![
            department("総務部", &["広報課", "市町村課"], 20),
            department("企画部", &["統計課"], 21),
        ],
        ..Edition::default()
    }
}

fn receipt(file: &str, department: &str) -> Receipt {
    Receipt {
        file: file.into(),
        department: Some(department.into()),
        stated_department: Some((department.into(), place(file, 1, "B2"))),
        round: None,
        form: None,
        outcome: Outcome::Read,
        measures: 0,
        kpis: 0,
        oddities: Vec::new(),
    }
}

/// A cell of 様式１ (1) or 様式２ (2) of a file.
pub fn place(file: &str, form: u8, cell: &str) -> Place {
    let sheet = if form == 1 { "様式１　個別施策" } else { "様式２　KPI" };
    let cell = CellRef::parse(cell).expect("a cell address");
    Place::cell(&Arc::from(file), &Arc::from(sheet), cell)
}

/// A text under the text rules, with what was written, as intake makes it.
pub fn sourced(written: &str, at: Place) -> Sourced<String> {
    let cleaned = text::clean(written);
    let raw = (cleaned.text != written).then(|| written.to_owned());
    Sourced { value: cleaned.text, raw, changes: cleaned.changes, at }
}

/// Writes another text into a cell.
pub fn write(cell: &mut Sourced<String>, written: &str) {
    *cell = sourced(written, cell.at.clone());
}

/// Writes another value into a cell.
pub fn write_figure(cell: &mut Sourced<model::Figure>, written: &str) {
    *cell = sourced(written, cell.at.clone()).map(|text| figure::read(&text));
}

/// Writes another name into the KPI's cell.
pub fn write_kpi_name(kpi: &mut Kpi, written: &str) {
    let (name, parts) = figure::parts(&text::clean(written).text);
    kpi.name = Sourced { value: name, ..sourced(written, kpi.name.at.clone()) };
    kpi.parts = parts;
}

/// Writes another category into a cell; one that is not of the form `1(2)` is unknown.
pub fn write_category(cell: &mut Sourced<Option<CategoryId>>, written: &str) {
    *cell = sourced(written, cell.at.clone()).map(id);
    if cell.value.is_none() && !written.is_empty() {
        cell.raw = Some(written.into());
    }
}

fn id(text: String) -> Option<CategoryId> {
    text.parse().ok()
}

/// A measure in the row after the sample row that its number gives.
fn measure(number: u32, category: &str, name: &str, department: &str, section: &str) -> Measure {
    let file = if department == "総務部" { GENERAL } else { PLANNING };
    let at = |column: &str| place(file, 1, &format!("{column}{}", 6 + number));
    Measure {
        id: Id::measure("R7", number),
        status: Sourced { at: at("B"), ..Default::default() },
        category: sourced(category, at("C")).map(id),
        name: sourced(name, at("E")),
        overview: sourced(&format!("{name}を行う。"), at("F")),
        purpose: sourced(&format!("{name}により暮らしを便利にする。"), at("G")),
        department: sourced(department, at("H")),
        section: sourced(section, at("I")),
        owners: vec![Owner { department: department.into(), section: section.into() }],
        submitted_by: department.into(),
        ..Default::default()
    }
}

fn kpi(number: u32, category: &str, name: &str, measure: &str) -> Kpi {
    let at = |column: &str| place(GENERAL, 2, &format!("{column}{}", 6 + number));
    let (name_text, parts) = figure::parts(name);
    Kpi {
        id: Id::kpi("R7", number),
        status: Sourced { at: at("B"), ..Default::default() },
        category: sourced(category, at("C")).map(id),
        name: Sourced::new(name_text, at("E")),
        parts,
        measures: vec![Link {
            text: sourced(measure, at("F")),
            measure: Some(Id::measure("R7", 1)),
        }],
        current: sourced("500人", at("G")).map(|text| figure::read(&text)),
        target: sourced("800人(R9)", at("H")).map(|text| figure::read(&text)),
        submitted_by: "総務部".into(),
        ..Default::default()
    }
}
