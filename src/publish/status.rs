//! How an edition stands, department by department: as a table for people, and as JSON.

use std::ops::Range;

use serde::Serialize;

use crate::diag::{Lang, Say};
use crate::publish::artifact::{ContentType, Rendered};
use crate::schema::Words;
use crate::text::columns::{pad, pad_start, widest};

/// What came from a department.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Submission {
    Read,
    /// It says that there is nothing to publish.
    Nothing,
    /// It came back as it went out: it has no entry, and does not say that there is none.
    Blank,
    Unreadable,
    Missing,
}

impl Submission {
    fn say(self) -> Say {
        match self {
            Self::Read => Say::new("済", "read"),
            Self::Nothing => Say::new("該当なし", "nothing"),
            Self::Blank => Say::new("未記入", "blank"),
            Self::Unreadable => Say::new("読取不可", "unreadable"),
            Self::Missing => Say::new("未提出", "missing"),
        }
    }
}

/// How a department stands.
#[derive(Debug, Serialize)]
pub struct DepartmentStatus {
    pub department: String,
    pub submission: Submission,
    /// The file that counts; absent where none was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// 提出回
    #[serde(skip_serializing_if = "Option::is_none")]
    pub round: Option<u32>,
    /// Who filled it in, as the form says.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub contact: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub extension: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub email: String,
    pub measures: usize,
    pub kpis: usize,
    pub errors: usize,
    pub warnings: usize,
    /// When the file that counts came in, as the journal has it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub received: String,
    /// What it has said of its part; absent where the edition keeps no journal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confirmation: Option<Approval>,
}

/// What a department has said of its part of the annex.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase", tag = "state")]
pub enum Approval {
    Given {
        at: String,
        by: String,
    },
    /// It confirmed what is another by now.
    Outdated {
        at: String,
        by: String,
    },
    Missing,
}

impl Approval {
    fn say(&self) -> Say {
        match self {
            Self::Given { at, .. } => say!("済 {at}", "given {at}"),
            Self::Outdated { .. } => Say::new("やり直し（確認の後に変更）", "outdated"),
            Self::Missing => Say::new("未", "missing"),
        }
    }
}

/// How the edition stands.
#[derive(Debug)]
pub struct EditionStatus {
    pub departments: Vec<DepartmentStatus>,
    /// What the edition calls its entries.
    pub words: Words,
    /// Whether the edition keeps a journal, so that it is known what came in when and what was
    /// confirmed.
    pub has_journal: bool,
    /// Findings that are no department's.
    pub other_errors: usize,
    pub other_warnings: usize,
}

/// The columns of numbers; before and behind them are texts.
const NUMBERS: Range<usize> = 2..7;

impl EditionStatus {
    /// The departments, for programs.
    pub fn json(&self) -> Rendered {
        let text = serde_json::to_string_pretty(&self.departments).map(|text| text + "\n");
        Rendered::text("status.json", ContentType::Json, text)
    }

    /// The departments in aligned columns with their sums below.
    pub fn table(&self, lang: Lang) -> String {
        let head: &[&str] = match lang {
            Lang::Ja => &[
                "部局",
                "提出",
                "提出回",
                &self.words.measure,
                &self.words.kpi,
                "エラー",
                "警告",
                "記入者",
                "受付日時",
                "内容の確認",
            ],
            Lang::En => &[
                "department",
                "submission",
                "round",
                "measures",
                "KPIs",
                "errors",
                "warnings",
                "filled in by",
                "received",
                "confirmed",
            ],
        };
        let columns = if self.has_journal { head.len() } else { NUMBERS.end + 1 };
        let mut lines = vec![head.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>()];
        lines.extend(self.departments.iter().map(|department| department.line(lang)));
        lines.push(self.sums(lang));
        lines.iter_mut().for_each(|line| line.truncate(columns));
        let of =
            |at: usize| widest(lines.iter().filter_map(|line| line.get(at)).map(String::as_str));
        let widths: Vec<usize> = (0..columns).map(of).collect();
        let mut text = String::new();
        for line in &lines {
            let cells = line.iter().zip(&widths).enumerate().map(|(at, (cell, width))| {
                if !NUMBERS.contains(&at) { pad(cell, *width) } else { pad_start(cell, *width) }
            });
            text.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
            text.push('\n');
        }
        text
    }

    fn sums(&self, lang: Lang) -> Vec<String> {
        let rows = &self.departments;
        let sum = |of: fn(&DepartmentStatus) -> usize| rows.iter().map(of).sum::<usize>();
        let is_done = |of: Submission| matches!(of, Submission::Read | Submission::Nothing);
        let read = rows.iter().filter(|row| is_done(row.submission)).count();
        let received = rows.iter().filter(|row| !row.received.is_empty()).count();
        let is_given =
            |row: &&DepartmentStatus| matches!(row.confirmation, Some(Approval::Given { .. }));
        let confirmed = rows.iter().filter(is_given).count();
        vec![
            Say::new("計", "total").get(lang).to_owned(),
            format!("{read}/{}", rows.len()),
            String::new(),
            sum(|row| row.measures).to_string(),
            sum(|row| row.kpis).to_string(),
            sum(|row| row.errors).to_string(),
            sum(|row| row.warnings).to_string(),
            String::new(),
            format!("{received}/{}", rows.len()),
            format!("{confirmed}/{}", rows.len()),
        ]
    }

    /// That there are findings which are no department's, if so.
    pub fn others(&self) -> Option<Say> {
        let (errors, warnings) = (self.other_errors, self.other_warnings);
        (errors + warnings > 0).then(|| {
            say!(
                "このほか、どの部局のものでもない指摘がエラー {errors}件、警告 {warnings}件あります（bessatsu check で確かめてください）。\n",
                "Besides, {errors} errors and {warnings} warnings are of no department (see them with bessatsu check).\n"
            )
        })
    }
}

impl DepartmentStatus {
    /// 「宮城花子（内線 2345）」
    fn filled_in_by(&self) -> String {
        match (self.contact.as_str(), self.extension.as_str()) {
            (name, "") => name.to_owned(),
            (name, extension) => format!("{name}（内線 {extension}）"),
        }
    }

    fn line(&self, lang: Lang) -> Vec<String> {
        let confirmation = self.confirmation.as_ref().map(Approval::say).unwrap_or_default();
        vec![
            self.department.clone(),
            self.submission.say().get(lang).to_owned(),
            self.round.map(|round| round.to_string()).unwrap_or_default(),
            self.measures.to_string(),
            self.kpis.to_string(),
            self.errors.to_string(),
            self.warnings.to_string(),
            self.filled_in_by(),
            self.received.clone(),
            confirmation.get(lang).to_owned(),
        ]
    }
}
