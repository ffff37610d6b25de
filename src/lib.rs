//! `bessatsu` turns the Excel forms that a prefecture's departments send in into the official
//! annex (別冊): a typeset PDF, and a consolidated workbook that reviewers compare from version
//! to version.
//!
//! # The way of the data
//!
//! ```text
//!  edition.toml ──► edition ─────────────┬───────────────┬──────────────┐
//!                                        ▼               ▼              ▼
//!  submissions/*.xlsx ──► intake ──► model::Annex ──► checks ──► publish (pdf, workbook, data)
//!       ▲                    │  ▲          │             ▲ │            ▲
//!       │                    │  └─ corrections ◄── corrections.toml     │
//!       │                    └─► Receipt ──┼─────────────┘ └─► report ──┤
//!     forms ◄── annex, report    (what was │                            │
//!                                observed) ├─► compare (two annexes) ───┤
//!                                          └─► progress (over years) ───┘
//! ```
//!
//! # The rooms
//!
//! Front ends, what a person touches:
//!
//! - [`cli`]: what was typed, the terminal, the words; one file a command.
//!
//! The work:
//!
//! - [`session`]: an edition at work. It opens, receives, corrects, checks, builds, compares, sends
//!   forms out and back, and keeps the journal; it keeps caches, writes a set of files as a whole or
//!   not at all, and lets one command at a time write into an edition. It knows no command line and
//!   no terminal, so that every front end asks the same of it.
//!
//! The stages, each of them functions from values to values and findings:
//!
//! - [`forms`]: the workbooks that go out, filled in, and come back with their findings.
//! - [`intake`]: workbooks to model: read, locate, interpret, assemble.
//! - [`corrections`]: what the secretariat changes (修正), weighed against what was submitted; intake
//!   reads the corrected entries again.
//! - [`checks`]: the rules, one file each; facts that intake observed are judged in a table.
//! - [`succession`]: the annex of the edition before in the words of this one, and the table of a
//!   reorganisation (再編表) judged.
//! - [`compare`]: two annexes to changes, matched once.
//! - [`journal`]: what came in, went back, was built and confirmed, one event a line.
//! - [`progress`]: annexes over the years to courses and grades.
//! - [`report`]: findings arranged, accepted, counted.
//! - [`draft`]: the first settings of an edition, drawn from the forms that an office uses.
//! - [`publish`]: one room a paper: pdf, workbook, web, data, comparison, progress, findings.
//!
//! The vocabulary:
//!
//! - [`edition`]: `edition.toml`, and the limits.
//! - [`schema`]: the columns of the forms, declared once; the only place of their labels.
//! - [`model`]: plain data.
//! - [`xlsx`]: how our own workbooks are written.
//! - [`text`]: pure rules of text.
//! - [`diag`]: findings, rules, places.
//!
//! A stage knows the vocabulary and no other stage; only [`publish`] takes the result types of
//! [`compare`], [`progress`] and [`report`], and [`forms`] has the shape of what is made from
//! [`publish::artifact`], and [`draft`] the tables that [`intake::survey`] finds. [`session`] knows
//! all of them, and a front end knows the session and its results alone.
//!
//! A year's results are collected by an edition too: one whose settings have `[results]`. Its forms
//! show the texts of an annex, locked, beside the columns that are asked for (`asked = "progress"`),
//! and come in, go back and are checked like any others; its paper is the 進捗状況.
//!
//! # Invariants
//!
//! Each is a test in `tests/integration/architecture.rs`:
//!
//! - Imports follow the module table there; rooms inside `publish` import each
//!   other only where it says so.
//! - Files are the session's, the clock is the session's and the front ends', printing and the
//!   environment are the front ends'. What is below is functions from bytes to bytes and findings,
//!   so the same inputs give the same bytes. Dates come from the edition.
//! - Nothing that came from a file can panic: there is no `unwrap` outside the tests. A panic of
//!   a dependency while it reads one file is contained and becomes a fact about that file.
//! - Every rule is in a registry, has one code, and is explained by `bessatsu explain`.
//! - A file has at most 400 lines of code, a function 60; a function that is one `match` is a
//!   table and may be longer.
//!
//! # How errors travel
//!
//! A stage returns its value *and* all it has to say; it does not stop at the first fault.
//! [`model::Sourced`] carries file, sheet and cell of every author-supplied field from intake to
//! print, so that any finding, at any stage, names a cell. There is one [`diag::Finding`] type and
//! one file per renderer.
//!
//! Intake makes no findings itself. It records facts ([`model::Receipt`] with its
//! [`model::Observation`]s), and the rules of [`checks`] judge them: so everything that is ever
//! said of a submission has its rule in one registry, and the severity of a fact is decided in
//! one place. Rules that have nothing to do with submissions stand where their faults are found:
//! [`edition::RULES`] for the settings, [`succession::RULES`] for former names in them and
//! [`succession::REORGANISATION_RULES`] for the table of a reorganisation,
//! [`corrections::RULES`] for what the secretariat corrects, [`journal::RULES`] for the journal and
//! what nobody has confirmed,
//! [`progress::RULES`] for the judgement of the KPIs over the years,
//! [`publish::pdf::RULES`] for the templates,
//! [`publish::data::RULES`] for the file of the ids,
//! [`publish::artifact::RULES`] for a text that a workbook cannot hold,
//! [`publish::internal::RULES`] for what the program itself does wrong. [`session::rules`] has all.
//!
//! What is made is an [`publish::artifact::Artifact`], and every room that makes papers returns
//! [`publish::artifact::Rendered`]: files, and findings. A paper that cannot be made has no file
//! and a finding of severity error, so that the last good papers stay.
//!
//! Why something could not be done at all (a folder that is not there, a disk that is full) is a
//! [`session::Error`]: the facts, which the front end puts into words.
//!
//! # What is deliberately absent
//!
//! - No generated markup: data reach the templates as values, so a cell that says `#panic()`
//!   prints as it stands.
//! - No network, no macros, no links that are followed, no fonts of the system.
//! - No state between runs: a build is made from the folder of its edition alone. What a session
//!   keeps from one build to the next (read workbooks, laid-out pages) only saves time: the papers
//!   are those that a first build makes.
//!
//! # Where the time goes
//!
//! Two thirds of a build are Typst's layout, which runs on as many cores as there are pillars, and
//! the export of the PDF, which runs on one; the workbook, the page and the data are made beside
//! them. Typst remembers every call of a template's function by the hash of its arguments, and
//! the style of a page by what its functions capture: a template that hands on more than is needed
//! pays for it in every row and page. `benches/` measures the stages and the whole.

#[macro_use]
pub mod diag;
pub mod text;

pub mod schema;

pub mod edition;
pub mod model;

pub mod checks;
pub mod compare;
pub mod corrections;
pub mod draft;
pub mod forms;
pub mod intake;
pub mod journal;
pub mod progress;
pub mod publish;
pub mod report;
pub mod succession;
pub mod xlsx;

pub mod session;

pub mod cli;
