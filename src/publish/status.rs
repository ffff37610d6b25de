//! How an edition stands, department by department: as a table for people, and as JSON. The workbook
//! of it is [`workbook::status`](crate::publish::workbook::status).

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
    pub const ALL: [Self; 5] =
        [Self::Read, Self::Nothing, Self::Blank, Self::Unreadable, Self::Missing];

    pub fn say(self) -> Say {
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
    /// Until when something is awaited of it; absent where nothing is, or nobody knows the day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<Due>,
    /// When the file that counts came in, as the journal has it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub received: String,
    /// That was after the day until when it was awaited.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub late: bool,
    /// What it has said of its part; absent where the edition keeps no journal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confirmation: Option<Approval>,
}

/// A day until when something is awaited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Due {
    /// `2026-05-29`
    pub date: String,
    /// How many days are left, the day itself not counted; less than none when it is over.
    pub days_left: i32,
}

impl Due {
    /// 「あと3日」
    pub fn say(&self) -> Say {
        match self.days_left {
            0 => Say::new("今日まで", "today"),
            left @ 1.. => say!("あと{left}日", "{left} days left"),
            over => {
                let over = over.unsigned_abs();
                say!("{over}日超過", "{over} days over")
            }
        }
    }
}

/// A deadline of the settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// What it is of.
    pub label: Say,
    /// As the settings write it.
    pub text: String,
    /// Nothing where that names no day.
    pub due: Option<Due>,
}

impl Deadline {
    /// 「提出期限：令和8年5月29日（金）（あと3日）」
    pub fn say(&self) -> Say {
        let (Say { ja, en }, text) = (&self.label, &self.text);
        // The settings are Japanese; a day is the same in either language.
        let date = self.due.as_ref().map_or(text, |due| &due.date);
        let left = self.due.as_ref().map_or_else(
            || {
                Say::new(
                    "日付として読めないので、残りの日数は出せません",
                    "no day, so what is left is not known",
                )
            },
            Due::say,
        );
        let (left_ja, left_en) = (left.ja, left.en);
        say!("{ja}：{text}（{left_ja}）", "{en}: {date} ({left_en})")
    }
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
    pub fn say(&self) -> Say {
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
    /// The day on which it is so: 「2026-05-20」.
    pub day: String,
    pub departments: Vec<DepartmentStatus>,
    /// Those that the settings have.
    pub deadlines: Vec<Deadline>,
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
/// The column of the days that are left, and those that only a journal knows.
const DUE: usize = 8;
const OF_JOURNAL: Range<usize> = 9..11;

impl EditionStatus {
    /// The departments, for programs.
    pub fn json(&self) -> Rendered {
        let text = serde_json::to_string_pretty(&self.departments).map(|text| text + "\n");
        Rendered::text("status.json", ContentType::Json, text)
    }

    /// How many departments are in a state.
    pub fn count(&self, submission: Submission) -> usize {
        self.departments.iter().filter(|row| row.submission == submission).count()
    }

    /// How many departments are of a kind.
    pub fn count_of(&self, is_it: impl Fn(&DepartmentStatus) -> bool) -> usize {
        self.departments.iter().filter(|row| is_it(row)).count()
    }

    /// The deadlines, a line each, and the departments in aligned columns with their sums below.
    pub fn table(&self, lang: Lang) -> String {
        let mut lines = vec![self.head(lang)];
        lines.extend(self.departments.iter().map(|department| department.line(lang)));
        lines.push(self.sums(lang));
        let is_shown = |column: usize| {
            let is_unknown = column == DUE && self.departments.iter().all(|row| row.due.is_none());
            !is_unknown && (self.has_journal || !OF_JOURNAL.contains(&column))
        };
        let of =
            |at: usize| widest(lines.iter().filter_map(|line| line.get(at)).map(String::as_str));
        let widths: Vec<usize> = (0..OF_JOURNAL.end).map(of).collect();
        let mut text: String =
            self.deadlines.iter().map(|of| format!("{}\n", of.say().get(lang))).collect();
        for line in &lines {
            let cells = line.iter().zip(&widths).enumerate().filter(|(at, _)| is_shown(*at));
            let cells = cells.map(|(at, (cell, width))| {
                if !NUMBERS.contains(&at) { pad(cell, *width) } else { pad_start(cell, *width) }
            });
            text.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
            text.push('\n');
        }
        text
    }

    fn head(&self, lang: Lang) -> Vec<String> {
        let head: [&str; OF_JOURNAL.end] = match lang {
            Lang::Ja => [
                "部局",
                "提出",
                "提出回",
                &self.words.measure,
                &self.words.kpi,
                "エラー",
                "警告",
                "記入者",
                "期限まで",
                "受付日時",
                "内容の確認",
            ],
            Lang::En => [
                "department",
                "submission",
                "round",
                "measures",
                "KPIs",
                "errors",
                "warnings",
                "filled in by",
                "due",
                "received",
                "confirmed",
            ],
        };
        head.map(str::to_owned).into()
    }

    fn sums(&self, lang: Lang) -> Vec<String> {
        let rows = &self.departments;
        let sum = |of: fn(&DepartmentStatus) -> usize| rows.iter().map(of).sum::<usize>();
        let came = self.count(Submission::Read) + self.count(Submission::Nothing);
        let received = self.count_of(|row| !row.received.is_empty());
        let confirmed = self.count_of(DepartmentStatus::is_confirmed);
        vec![
            Say::new("計", "total").get(lang).to_owned(),
            format!("{came}/{}", rows.len()),
            String::new(),
            sum(|row| row.measures).to_string(),
            sum(|row| row.kpis).to_string(),
            sum(|row| row.errors).to_string(),
            sum(|row| row.warnings).to_string(),
            String::new(),
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
    /// Whether it has confirmed its part as it is now.
    pub fn is_confirmed(&self) -> bool {
        matches!(self.confirmation, Some(Approval::Given { .. }))
    }

    /// When it came in, and that it was late.
    pub fn received(&self) -> Say {
        let at = &self.received;
        if self.late { say!("{at}（期限後）", "{at} (late)") } else { say!("{at}", "{at}") }
    }

    /// 「宮城花子（内線 2345）」
    pub fn filled_in_by(&self) -> String {
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
            self.due.as_ref().map(Due::say).unwrap_or_default().get(lang).to_owned(),
            self.received().get(lang).to_owned(),
            confirmation.get(lang).to_owned(),
        ]
    }
}
