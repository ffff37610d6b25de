//! Why a file is not read, and the limits that keep a bad one from costing time or memory.

use zip::result::ZipError;

use super::grid::Cell;
use crate::diag::{Place, Say};
use crate::edition::{Limit, Limits};
use crate::model::{ObservationKind, Observations};

/// Why a file has no content for us: the kind of observation, and what a reader of the finding may
/// want to know.
#[derive(Debug)]
pub struct Refusal {
    pub kind: ObservationKind,
    pub found: String,
    pub expected: String,
    /// The reason, where it is a sentence of ours.
    pub why: Say,
}

impl Refusal {
    pub fn new(kind: ObservationKind, found: impl ToString) -> Self {
        Self { kind, found: found.to_string(), expected: String::new(), why: Say::default() }
    }

    pub fn damaged(found: impl ToString) -> Self {
        Self::new(ObservationKind::Damaged, found)
    }

    /// A package that cannot be opened.
    pub fn of_package(error: ZipError) -> Self {
        // What is most often wrong, in the words of users: the directory is the end of the file.
        Self::damaged(match error {
            ZipError::InvalidArchive(why) if why.contains("Could not find EOCD") => {
                "ファイルの終わりの部分がない（途中で切れている）"
            }
            ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_) => {
                "扱えない形の圧縮ファイルである"
            }
            _ => "圧縮ファイルとしての作りが正しくない",
        })
    }

    /// A file that the system does not let us read.
    pub fn unreadable(why: Say) -> Self {
        Self { why, ..Self::new(ObservationKind::Unreadable, "") }
    }

    /// With the name of the sheet where it was met.
    pub fn on_sheet(self, name: &str) -> Self {
        Self { found: format!("「{name}」: {}", self.found), ..self }
    }

    /// What goes beyond a limit: which, by how much, and the key that raises it.
    pub fn beyond(limits: &Limits, limit: Limit, found: u64) -> Self {
        let (key, most) = (limit.key(), limit.show(limits.most(limit)));
        // Of a file that is too large, no more is read than shows it.
        let found = match limit {
            Limit::File => format!("{most}より大きい"),
            _ => limit.show(found),
        };
        Self {
            kind: ObservationKind::TooLarge,
            found: format!("{} {found}", limit.label()),
            expected: format!("{most}以下（edition.toml の [limits] の {key}）"),
            why: Say::default(),
        }
    }
}

impl Refusal {
    /// Records why nothing of a file is read.
    pub fn note(self, at: Place, observations: &mut Observations) {
        let noted = observations.note(self.kind, at);
        noted.found(self.found).expected(self.expected).why(self.why);
    }
}

/// What the cells of a workbook hold so far, within its limits.
#[derive(Debug, Default)]
pub struct Budget {
    pub limits: Limits,
    pub cells: u64,
    pub text: u64,
}

impl Budget {
    pub fn new(limits: &Limits) -> Self {
        Self { limits: *limits, ..Self::default() }
    }

    /// Counts a cell. As reading ends beyond a limit, what is found is no more than that.
    pub fn spend(&mut self, cell: &Cell) -> Result<(), Refusal> {
        self.cells += 1;
        self.text += cell.text.len() as u64;
        let characters = cell.text.chars().count() as u64;
        let amounts = [
            (Limit::CellCharacters, characters),
            (Limit::Cells, self.cells),
            (Limit::Text, self.text),
        ];
        within(&self.limits, amounts)
    }
}

/// Refuses the first amount that is beyond its limit.
pub fn within(
    limits: &Limits,
    amounts: impl IntoIterator<Item = (Limit, u64)>,
) -> Result<(), Refusal> {
    let beyond = amounts.into_iter().find(|&(limit, amount)| amount > limits.most(limit));
    beyond.map_or(Ok(()), |(limit, amount)| Err(Refusal::beyond(limits, limit, amount)))
}
