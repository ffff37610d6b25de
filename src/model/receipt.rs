//! What came in: every file of the submissions folder, and what was observed about it.
//!
//! Intake reports only facts here; the rules of `checks` make findings of them. So every
//! finding about a submission has its rule in one registry.

use std::ops::Deref;
use std::sync::Arc;

use crate::diag::{Place, Say};
use crate::schema::{Key, Table};

/// One file that was found among the submissions.
#[derive(Clone, Debug, PartialEq)]
pub struct Receipt {
    /// File name without its folder.
    pub file: Arc<str>,
    /// The department, under its name in the settings, where the file tells.
    pub department: Option<String>,
    /// 部局名 as the form has it.
    pub stated_department: Option<(String, Place)>,
    /// 提出回, where the form has it.
    pub round: Option<u32>,
    /// The cells that hold it and nothing else.
    pub round_at: Vec<Place>,
    /// Who filled it in.
    pub contact: Contact,
    /// The edition and version that the form names.
    pub form: Option<FormStamp>,
    pub outcome: Outcome,
    pub measures: usize,
    pub kpis: usize,
    /// Its tables, and those that are not there because it says that they would hold nothing.
    pub tables: Vec<TableReceived>,
    pub observations: Observations,
}

/// A table of a form as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableReceived {
    pub table: Table,
    /// Its header; of one that is not there, the cell that says so.
    pub at: Place,
    /// The name of its first entry.
    pub first: Option<Place>,
    /// Something is written in its rows, be it an entry or not.
    pub is_begun: bool,
    pub nothing: Nothing,
}

/// What a form says of a table that may hold nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Nothing {
    /// It has no box for it and says nothing elsewhere.
    Unasked,
    /// The cell where it should be said is blank, or denies it.
    Unsaid(Place),
    /// The cell holds what can mean this or that.
    Unclear { at: Place, text: String },
    /// The department has nothing for the table.
    Stated { at: Place, text: String, in_box: bool },
    /// A row of the table says so.
    InRow,
}

/// What came with a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Entries, or something that was to be one.
    Entries,
    /// That there are none.
    Nothing,
    /// Neither.
    Blank,
}

impl TableReceived {
    /// Whether the form says that it has nothing for the table.
    pub fn is_nothing(&self) -> bool {
        matches!(self.nothing, Nothing::Stated { .. } | Nothing::InRow) && !self.is_begun
    }
}

impl Receipt {
    /// What came with the form.
    pub fn answer(&self) -> Answer {
        let is_missing = |o: &Observation| o.kind == ObservationKind::SheetMissing;
        if self.measures + self.kpis > 0 || self.tables.iter().any(|table| table.is_begun) {
            Answer::Entries
        } else if !self.tables.is_empty()
            && self.tables.iter().all(TableReceived::is_nothing)
            && !self.observations.iter().any(is_missing)
        {
            Answer::Nothing
        } else {
            Answer::Blank
        }
    }
}

/// Who filled in a form, as it says; what it does not say is empty. It is on no paper.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    pub name: String,
    /// 内線.
    pub extension: String,
    pub email: String,
}

/// The form's own statement of what it is (document properties and defined name).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormStamp {
    pub edition: String,
    pub version: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Its rows are in the model.
    Read,
    /// Nothing of it could be read; an observation says why.
    Unreadable,
    /// Left out because another file of the department is newer, or has the same bytes.
    Superseded,
    /// No submission at all, but something that lies beside them.
    Beside,
}

impl Outcome {
    /// What came of all that a department sent: one file that was read is enough. `None` where
    /// nothing came.
    pub fn of(receipts: &[Receipt], department: &str) -> Option<Self> {
        let own = receipts.iter().filter(|r| r.department.as_deref() == Some(department));
        own.map(|receipt| receipt.outcome).min()
    }
}

/// A fact about a place in a submission that a rule may speak of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Observation {
    pub kind: ObservationKind,
    pub at: Place,
    /// Where else it is so, where the fact is about several cells.
    pub more: Vec<Place>,
    /// What stands there.
    pub found: String,
    /// What was looked for, where that says something.
    pub expected: String,
    /// The reason, where it is a sentence of ours and no text of the file.
    pub why: Say,
    /// The column, where the fact is about one that the edition does not have.
    pub foreign: Option<ForeignColumn>,
}

/// A column of a form with content that the edition does not have, or does not use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForeignColumn {
    pub table: Table,
    /// What stands above it; nothing where nothing does.
    pub label: String,
    /// How many of its cells are filled in.
    pub cells: usize,
    /// Each of them begins with a number.
    pub is_numeric: bool,
    /// The column of the edition that it is, which is on no paper.
    pub unused: Option<Key>,
}

/// What is found of a file that rights management keeps closed.
pub const RIGHTS_MANAGED: &str = "権限の管理（IRM）";

/// What was observed, in the order of its discovery.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Observations(Vec<Observation>);

/// An observation that was noted and can be said more of.
#[derive(Debug)]
pub struct Noted<'a>(&'a mut Observation);

impl Observations {
    /// Notes a fact about a place.
    pub fn note(&mut self, kind: ObservationKind, at: Place) -> Noted<'_> {
        let (found, expected, why) = (String::new(), String::new(), Say::default());
        let more = Vec::new();
        let observation = Observation { kind, at, more, found, expected, why, foreign: None };
        Noted(self.0.push_mut(observation))
    }
}

impl Noted<'_> {
    /// What stands there.
    pub fn found(self, found: impl Into<String>) -> Self {
        self.0.found = found.into();
        self
    }

    /// What was looked for.
    pub fn expected(self, expected: impl Into<String>) -> Self {
        self.0.expected = expected.into();
        self
    }

    /// Where else it is so.
    pub fn also_at(self, more: Vec<Place>) -> Self {
        self.0.more = more;
        self
    }

    /// The column that the edition does not have.
    pub fn foreign(self, column: ForeignColumn) -> Self {
        self.0.foreign = Some(column);
        self
    }

    /// The reason, in our own words.
    pub fn why(self, why: Say) -> Self {
        self.0.why = why;
        self
    }
}

impl Deref for Observations {
    type Target = [Observation];

    fn deref(&self) -> &[Observation] {
        &self.0
    }
}

impl FromIterator<Observation> for Observations {
    fn from_iter<I: IntoIterator<Item = Observation>>(observations: I) -> Self {
        Self(observations.into_iter().collect())
    }
}

impl IntoIterator for Observations {
    type Item = Observation;
    type IntoIter = std::vec::IntoIter<Observation>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Observations {
    type Item = &'a Observation;
    type IntoIter = std::slice::Iter<'a, Observation>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl<const N: usize> PartialEq<[Observation; N]> for Observations {
    fn eq(&self, other: &[Observation; N]) -> bool {
        self.0 == other
    }
}

/// The kinds of observations, each with the rule that speaks of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ObservationKind {
    // The file.
    NotAWorkbook,
    Encrypted,
    Damaged,
    EmptyFile,
    LockFile,
    Unreadable,
    TooLarge,
    Panicked,
    HasMacros,
    ExternalLink,
    UnknownDepartment,
    SecondFile,
    OtherEdition,
    StrayFile,
    Copy,
    SheetSkipped,
    PartLacking,
    // The form.
    CellUnreadable,
    ReadingsDiffer,
    SheetMissing,
    ColumnMissing,
    ColumnTwice,
    LabelAlike,
    UnknownColumn,
    HiddenData,
    FilteredRows,
    UnseenText,
    ConditionalFormat,
    CoveredText,
    ObjectInCell,
    CutText,
    StruckText,
    RaisedText,
    FloatingText,
    Note,
    MergedCells,
    ErrorValue,
    FormulaWithoutValue,
    NumberAsText,
    TextAsNumber,
    DateAsValue,
    DateAsText,
    RowWithoutName,
    UnknownStatus,
    UnknownOrder,
    UnshownFormat,
    SampleOverwritten,
    SampleSkipped,
    NothingSaid,
    NothingRow,
    GroupHeading,
    LabelHung,
    TextOutside,
    SheetNotRead,
    DepartmentDiffers,
    AsOfDiffers,
    UnknownRound,
    // The consolidated workbook, read back.
    CategoryNotInCodes,
    IdUnusable,
    RepostWithoutOriginal,
    RepostDiffers,
}
