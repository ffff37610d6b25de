//! The table of a reorganisation (再編表): which departments, sections and headings of the edition
//! before are which now. Its sheets and labels, and what stands in it.

use crate::diag::Place;

/// The workbook, in the folder of the edition that it is about.
pub const FILE: &str = "reorganisation.xlsx";

/// What stands in place of a new name where there is no successor.
pub const GONE: &str = "なくなる";

/// The sheet that says how the others are filled in.
pub const GUIDE: &str = "書き方";

/// The sheets, each with a row for everything that there was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sheet {
    Departments,
    Sections,
    Headings,
}

impl Sheet {
    pub const ALL: [Self; 3] = [Self::Departments, Self::Sections, Self::Headings];

    pub fn name(self) -> &'static str {
        match self {
            Self::Departments => "部局",
            Self::Sections => "課室",
            Self::Headings => "見出し",
        }
    }

    /// The labels of the columns that are read: what was, then what is.
    pub fn labels(self) -> &'static [&'static str] {
        match self {
            Self::Departments => &["前の版の部局", "この版の部局"],
            Self::Sections => &["前の版の部局", "前の版の課室", "この版の部局", "この版の課室"],
            Self::Headings => &["階層", "前の版の見出し", "この版の見出し", "この版の番号"],
        }
    }
}

/// A cell as it was filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    pub text: String,
    pub at: Place,
}

impl Cell {
    pub fn is_blank(&self) -> bool {
        self.text.is_empty()
    }

    /// Whether it says that there is no successor.
    pub fn is_gone(&self) -> bool {
        self.text == GONE
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DepartmentRow {
    pub old: Cell,
    pub new: Cell,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SectionRow {
    pub old_department: Cell,
    pub old: Cell,
    pub department: Cell,
    pub new: Cell,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HeadingRow {
    /// What its level is called.
    pub level: Cell,
    pub old: Cell,
    pub new: Cell,
    pub number: Cell,
}

/// What somebody filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reorganisation {
    pub departments: Vec<DepartmentRow>,
    pub sections: Vec<SectionRow>,
    pub headings: Vec<HeadingRow>,
    /// Sheets and columns that are not there, each with the place where it should be.
    pub missing: Vec<(Place, &'static str)>,
}
