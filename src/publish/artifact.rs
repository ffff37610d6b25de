//! What is made, in one shape: a file with its name, its type and its bytes.
//!
//! Every room that makes papers, and `forms`, returns [`Rendered`]. What is only shown on a
//! terminal (findings, `explain`, the lines of an annex, a comparison as text) stays text.

use std::fmt::Display;
use std::sync::Arc;

use super::internal::internal_error;
use crate::diag::{Finding, Rule, Severity};
use crate::xlsx::WriteError;

/// The rules of this file, for the registry.
pub static RULES: &[&Rule] = &[&TOO_LONG_FOR_A_CELL];

static TOO_LONG_FOR_A_CELL: Rule = Rule {
    code: "T908",
    name: "text-too-long-for-workbook",
    severity: Severity::Error,
    title: "Excelのセルに入りきらない文章がある",
    title_en: "text that no cell of Excel holds",
    what: "集約ブック、様式、新旧対照表のブックに書き込む文章が、Excelの一つのセルに入る長さ（32,767文字）かどうかを見ます。",
    why: "Excelのセルには、それより長い文章が入りません。途中で切って書き込むことはせず、何も書き出しません。",
    mend: "示されたシートとセルに当たる文章を、様式で短くしてください。",
    example: "誤：概要に40,000文字の文章\n正：要点をまとめた、32,767文字以内の文章",
    source: "",
};

/// The type of a file's content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContentType {
    Csv,
    Html,
    Json,
    /// A mail that a mail program opens as a draft.
    Mail,
    Pdf,
    /// Words for people, who read them on a terminal or in a mail.
    PlainText,
    Png,
    Svg,
    /// A workbook of Excel.
    Workbook,
}

impl ContentType {
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Html => "text/html; charset=utf-8",
            Self::Json => "application/json",
            Self::Mail => "message/rfc822",
            Self::Pdf => "application/pdf",
            Self::PlainText => "text/plain; charset=utf-8",
            Self::Png => "image/png",
            Self::Svg => "image/svg+xml",
            Self::Workbook => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }

    /// Whether it can be read as text.
    pub fn is_text(self) -> bool {
        !matches!(self, Self::Pdf | Self::Png | Self::Workbook)
    }
}

/// A file that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Artifact {
    /// Its name; it may lie in a folder (`web/index.html`).
    pub name: String,
    pub content_type: ContentType,
    /// Shared with whoever keeps them for the next time.
    pub bytes: Arc<Vec<u8>>,
}

impl Artifact {
    pub fn new(
        name: impl Into<String>,
        content_type: ContentType,
        bytes: impl Into<Arc<Vec<u8>>>,
    ) -> Self {
        Self { name: name.into(), content_type, bytes: bytes.into() }
    }
}

/// What came of making a paper: its files, and what there is to say of them. A paper that cannot be
/// made has no file and at least one finding of severity error.
#[derive(Clone, Debug, Default)]
pub struct Rendered {
    pub artifacts: Vec<Artifact>,
    pub findings: Vec<Finding>,
}

impl Rendered {
    /// A paper that cannot be made.
    pub fn failed(finding: Finding) -> Self {
        Self { artifacts: Vec::new(), findings: vec![finding] }
    }

    /// A paper that cannot be made only where the program is at fault.
    pub fn text(name: &str, content_type: ContentType, made: Result<String, impl Display>) -> Self {
        match made {
            Ok(text) => Artifact::new(name, content_type, text.into_bytes()).into(),
            Err(error) => Self::failed(internal_error(name, error)),
        }
    }

    /// A workbook. A text that no cell holds is the author's; all else is the program's fault.
    pub fn workbook(name: &str, made: Result<Vec<u8>, WriteError>) -> Self {
        match made {
            Ok(bytes) => Artifact::new(name, ContentType::Workbook, bytes).into(),
            Err(WriteError::TooLong { sheet, cell, length }) => {
                Self::failed(TOO_LONG_FOR_A_CELL.finding(say!(
                    "{name}のシート「{sheet}」のセル{cell}に入れる文章が{length}文字あり、Excelの上限（32,767文字）を超える",
                    "the text of {length} characters for cell {cell} of sheet \"{sheet}\" of {name} is longer than Excel's limit of 32,767"
                )))
            }
            Err(error) => Self::failed(internal_error(name, error)),
        }
    }

    /// Several papers as one; nothing where one of them cannot be made.
    pub fn all(papers: impl IntoIterator<Item = Self>) -> Self {
        let mut all = Self::default();
        let mut is_complete = true;
        for paper in papers {
            is_complete &= !paper.artifacts.is_empty();
            all.artifacts.extend(paper.artifacts);
            all.findings.extend(paper.findings);
        }
        if !is_complete {
            all.artifacts.clear();
        }
        all
    }

    /// Whether there is nothing, and nothing to say of it either.
    pub fn is_empty(&self) -> bool {
        self.artifacts.is_empty() && self.findings.is_empty()
    }

    /// The first finding of severity error: why the paper cannot be made, or is faulty.
    pub fn error(&self) -> Option<&Finding> {
        self.findings.iter().find(|finding| finding.severity == Severity::Error)
    }

    /// The bytes of a paper of one file, where it could be made, and what there is to say of it.
    pub fn into_parts(self) -> (Option<Vec<u8>>, Vec<Finding>) {
        let artifact = self.artifacts.into_iter().next();
        (artifact.map(|artifact| Arc::unwrap_or_clone(artifact.bytes)), self.findings)
    }

    /// The bytes of a paper of one file, where it could be made.
    pub fn into_bytes(self) -> Option<Vec<u8>> {
        self.into_parts().0
    }

    /// As [`Self::into_bytes`], as text.
    pub fn into_text(self) -> Option<String> {
        String::from_utf8(self.into_bytes()?).ok()
    }
}

impl From<Artifact> for Rendered {
    fn from(artifact: Artifact) -> Self {
        Self { artifacts: vec![artifact], findings: Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_made_says_whose_fault_it_is() {
        let long =
            WriteError::TooLong { sheet: "個別施策".into(), cell: "F2".into(), length: 4 };
        let excel = WriteError::Package(std::io::ErrorKind::InvalidData.into());
        for (error, code) in [(long, "T908"), (excel, "T907")] {
            let rendered = Rendered::workbook("annex.xlsx", Err(error));
            let finding = rendered.error().expect("a finding");
            assert_eq!(finding.rule.code, code);
            assert!(finding.is_blocking() && finding.message.en.contains("annex.xlsx"));
            assert_eq!(rendered.into_bytes(), None);
        }
    }
}
