//! Why something could not be done. The facts are here; the words for a person are the front
//! end's, which knows how the user asks for another folder.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::hold::Holder;
use super::output::Stamp;
use crate::diag::{Finding, Say, Severity};
use crate::edition::{Limit, Unconfirmed};
use crate::model::BrokenReference;
use crate::publish::artifact::{Artifact, Rendered};
use crate::publish::data::AnnexError;
use crate::publish::internal::internal_error;
use crate::report::Report;
use crate::succession::Orphan;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No edition was named, and the current folder is none; these are in it.
    #[error("there is no edition here")]
    NoEdition { near: Vec<PathBuf> },
    #[error("\"{}\" has no edition.toml", folder.display())]
    NoSettings { folder: PathBuf },
    #[error("there is no folder of submissions \"{}\"", folder.display())]
    NoSubmissions { folder: PathBuf },
    /// The settings are read and have errors, and nothing can be done with them.
    #[error("the settings of \"{}\" have errors", folder.display())]
    Settings { folder: PathBuf },
    #[error("\"{}\" is within the folder of the submissions", out.display())]
    WithinSubmissions { out: PathBuf },
    #[error("cannot read \"{}\" ({})", path.display(), why.say().en)]
    Unreadable { what: Input, path: PathBuf, why: ReadError },
    /// A workbook that is no consolidated one; the report says what it lacks.
    #[error("\"{}\" is no version of an annex", path.display())]
    NotAVersion { path: PathBuf, report: Box<Report> },
    /// What these sheets and columns of a consolidated workbook held would be told as removed.
    #[error("\"{}\" lacks sheets or columns: {}", path.display(), missing.join(", "))]
    Incomplete { path: PathBuf, missing: Vec<String>, report: Box<Report> },
    /// A workbook from which no edition can be started; the report says why where it cannot be read.
    #[error("\"{}\" has no table of measures or KPIs", path.display())]
    NoForm { path: PathBuf, report: Box<Report> },
    #[error("there is no workbook in \"{}\"", folder.display())]
    NoWorkbooks { folder: PathBuf },
    #[error("two files are called \"{name}\"")]
    SameName { name: String },
    #[error("cannot write \"{}\" ({source})", path.display())]
    Unwritable { path: PathBuf, source: io::Error },
    #[error("another build is writing to \"{}\"", folder.display())]
    InUse { folder: PathBuf },
    /// Another writes to the edition.
    #[error("another command is writing to the edition \"{}\"", folder.display())]
    Held { folder: PathBuf, holder: Option<Box<Holder>> },
    /// The papers there are of another build, which these would replace.
    #[error("\"{}\" has papers of {} {}", folder.display(), there.edition, there.version)]
    OtherPapers { folder: PathBuf, there: Box<Stamp>, new: Box<Stamp> },
    /// No official version but this one is kept below the papers.
    #[error("\"{}\" keeps no official version before {version}", out.display())]
    NoLastVersion { out: PathBuf, version: String },
    /// There is an edition already.
    #[error("\"{}\" has an edition.toml already", folder.display())]
    HasSettings { folder: PathBuf },
    /// The next edition is begun there already, and so many lines of it are still to be confirmed.
    #[error("the next edition is in \"{}\" already", folder.display())]
    NextBegun { folder: PathBuf, asked: usize },
    /// The settings name no edition before, which a reorganisation could be of.
    #[error("the settings of \"{}\" name no edition before", folder.display())]
    NoPrevious { folder: PathBuf },
    /// No form goes out while these lines of the settings are to be confirmed.
    #[error("{} lines of \"{}\" are to be confirmed", lines.len(), path.display())]
    Unconfirmed { path: PathBuf, lines: Vec<Unconfirmed> },
    #[error("\"{}\" has files already", folder.display())]
    HasFiles { folder: PathBuf },
    /// An entry that was not read would be missing from every edition to come.
    #[error("\"{}\" has {errors} findings that stop an official build", folder.display())]
    Blocked { folder: PathBuf, errors: usize },
    /// What comes next is made of the annex that the results are of.
    #[error("\"{}\" asks for results", folder.display())]
    OfResults { folder: PathBuf },
    #[error("edition.toml cannot be carried over to the next year")]
    NotCarriedOver,
    #[error("no department \"{name}\"; there are: {}", known.join(", "))]
    UnknownDepartment { name: String, known: Vec<String>, near: Option<String> },
    /// Departments of the edition before whose entries no form would have.
    #[error("nobody succeeds {}", orphans.iter().map(|o| o.department.as_str()).collect::<Vec<_>>().join(", "))]
    NotSucceeded { orphans: Vec<Orphan>, measure: String, kpi: String },
    #[error("nothing that {department} has submitted can be read")]
    NotSubmitted { department: String },
    /// The newest target would not be the last.
    #[error("the edition \"{later}\" is older than \"{earlier}\", which stands before it")]
    OutOfOrder { earlier: String, later: String },
    /// Typesetting takes more than the limits of the edition allow.
    #[error("typesetting goes beyond {most} ({})", limit.key())]
    TooCostly { limit: Limit, most: String },
    #[error("there is no such page")]
    NoSuchPage,
    /// A paper that cannot be made, with the finding that says why.
    #[error("{}", .0.message.en)]
    NotMade(Box<Finding>),
}

impl Error {
    /// What was found before it had to be given up.
    pub fn report(&self) -> Option<&Report> {
        match self {
            Self::NotAVersion { report, .. }
            | Self::Incomplete { report, .. }
            | Self::NoForm { report, .. } => Some(report),
            _ => None,
        }
    }

    pub(super) fn unreadable(path: &Path, why: ReadError) -> Self {
        Self::Unreadable { what: Input::File, path: path.to_owned(), why }
    }

    pub(super) fn unwritable(path: &Path, source: io::Error) -> Self {
        Self::Unwritable { path: path.to_owned(), source }
    }
}

/// The file of a paper; an error where it cannot be made.
pub(super) fn made(rendered: Rendered) -> Result<Artifact, Error> {
    let Rendered { artifacts, findings } = rendered;
    artifacts.into_iter().next().ok_or_else(|| {
        let why = findings.into_iter().find(|finding| finding.severity == Severity::Error);
        let why = why.unwrap_or_else(|| internal_error("?", "no paper, and no word why"));
        Error::NotMade(Box::new(why))
    })
}

/// What a file is to the edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    File,
    Template,
    /// The annex of the edition before.
    Previous,
}

/// Why a file cannot be read.
#[derive(Debug)]
pub enum ReadError {
    Io(io::Error),
    NotAFile,
    /// It may lead anywhere.
    Link,
    ChangedMeanwhile,
    NotUtf8,
    /// With the most that is read.
    TooLarge {
        most: u64,
    },
    NoAnnex(Box<AnnexError>),
    /// A consolidated workbook whose rows contradict each other.
    Broken(Box<BrokenReference>),
}

impl ReadError {
    /// The reason, to stand in brackets.
    pub fn say(&self) -> Say {
        match self {
            Self::Io(error) => of_io(error),
            Self::NotAFile => not_a_file(),
            Self::Link => Say::new(
                "リンクではなく、ファイルそのものを置いてください",
                "it is a link; put the file itself there",
            ),
            Self::ChangedMeanwhile => {
                Say::new("読んでいる間に書き換えられました", "it was written to while it was read")
            }
            Self::NotUtf8 => Say::new("文字コードが UTF-8 ではありません", "it is not in UTF-8"),
            Self::TooLarge { most } => {
                let megabytes = most >> 20;
                say!(
                    "大きすぎます。上限は{megabytes}MBです",
                    "it is too large; the limit is {megabytes} MB"
                )
            }
            Self::NoAnnex(why) => why.say(),
            Self::Broken(fault) => fault.say(),
        }
    }
}

impl From<io::Error> for ReadError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

fn not_a_file() -> Say {
    Say::new("通常のファイルではありません", "it is no regular file")
}

fn of_io(error: &io::Error) -> Say {
    match error.kind() {
        ErrorKind::NotFound => Say::new("見つかりません", "it is not there"),
        ErrorKind::PermissionDenied => Say::new(
            "読み取りの権限がないか、ほかのソフトで開いています",
            "it may not be read, or another program has it open",
        ),
        ErrorKind::InvalidInput => not_a_file(),
        ErrorKind::IsADirectory => Say::new("フォルダーです", "it is a folder"),
        ErrorKind::NotADirectory => {
            Say::new("途中の名前がフォルダーではありません", "a name on the way to it is no folder")
        }
        _ => of_system(error),
    }
}

/// Why the system refuses something, in our words: its own are in the language of the system, or in
/// English. What is not known here keeps its number, by which it can be looked up.
pub fn of_system(error: &io::Error) -> Say {
    // Windows has two codes for a file that another program holds, and no kind for them.
    let is_held = cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33));
    let ja = match error.kind() {
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => "ほかのソフトが使っています",
        _ if is_held => "ほかのソフトが使っています",
        ErrorKind::TimedOut
        | ErrorKind::StaleNetworkFileHandle
        | ErrorKind::NetworkDown
        | ErrorKind::NetworkUnreachable
        | ErrorKind::HostUnreachable
        | ErrorKind::NotConnected
        | ErrorKind::ConnectionReset
        | ErrorKind::ConnectionAborted => {
            "共有フォルダーなど、ネットワークの先から応答がありません"
        }
        ErrorKind::InvalidFilename => "ファイルの名前が長すぎるか、使えない文字があります",
        ErrorKind::UnexpectedEof | ErrorKind::WriteZero | ErrorKind::Interrupted => {
            "読み書きが途中で止まりました"
        }
        ErrorKind::OutOfMemory => "メモリーが足りません",
        ErrorKind::Unsupported => "このディスクやフォルダーではできない操作です",
        _ => {
            let number = error.raw_os_error().map(|number| format!("（エラー番号 {number}）"));
            let number = number.unwrap_or_default();
            return say!("読み書きに失敗しました{number}", "{error}");
        }
    };
    say!("{ja}", "{error}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_the_system_says_is_said_in_japanese() {
        for number in 1..=133 {
            let error = io::Error::from_raw_os_error(number);
            let Say { ja, en } = ReadError::Io(error).say();
            let words = ja.replace(&format!("（エラー番号 {number}）"), "");
            assert!(!words.contains(|c: char| c.is_ascii_alphanumeric()), "{number}: {ja} ({en})");
        }
        let broken = ReadError::Io(io::Error::other("disk on fire"));
        assert_eq!(broken.say().ja, "読み書きに失敗しました");
    }
}
