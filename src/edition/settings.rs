//! The types of `edition.toml`. Every table that a finding may point at knows its line.

use std::sync::Arc;

use super::limits::Limits;
use super::notation::Notation;
use super::outline::{Heading, OutlineTables};
use super::progress::{Direction, Progress};
use super::results::Results;
use super::severities::RuleSetting;
use crate::schema::front::{Front, Setting, SettingTable};
use crate::schema::{Levels, Schema};
use crate::text;

/// One edition of the annex.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Edition {
    /// The words of the cover and the colophon.
    pub front: Front,
    /// The fiscal year it was made for (western).
    pub year: i32,
    /// The ※ note under every KPI table, unless its heading has its own.
    pub kpi_note: String,
    pub form: Form,
    /// The columns of the form.
    pub schema: Arc<Schema>,
    pub layout: Layout,
    /// Prose before the tables, and behind them.
    pub chapters: Vec<Chapter>,
    pub appendices: Vec<Chapter>,
    pub limits: Limits,
    pub comparison: ComparisonTable,
    /// What the headings of each level are called and hold.
    pub levels: Levels,
    /// The headings of the topmost level, with those that stand under them.
    pub outline: Vec<Heading>,
    /// How the settings give it.
    pub outline_tables: OutlineTables,
    pub departments: Vec<Department>,
    pub joints: Vec<Joint>,
    pub accepts: Vec<Accept>,
    /// The severity of rules, where the edition says it.
    pub rules: Vec<RuleSetting>,
    /// The house style of the texts.
    pub notation: Notation,
    /// Which way is better, KPI by KPI; unsaid for the others.
    pub directions: Vec<Direction>,
    pub progress: Progress,
    /// Of which year it asks for the results; `None`: it is made for an annex.
    pub results: Option<Results>,
    /// The keys of the columns of measures that are asked for with results alone; the schema has
    /// them where this edition asks for results.
    pub asked_with_results: Vec<String>,
    pub page_breaks: Vec<PageBreak>,
    /// Numbers given away before, which are never given again: the highest of the measures and
    /// of the KPIs.
    pub used_measures: u32,
    pub used_kpis: u32,
    /// The `annex.json` of the edition before, relative to this one.
    pub previous: Option<String>,
    /// A folder of templates that replace or extend the built-in ones, relative to this one.
    pub templates: Option<String>,
    /// The line of `[edition]`.
    pub line: u32,
    /// The line of `[colophon]`.
    pub colophon_line: u32,
}

/// What the form tells those who fill it in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Form {
    /// 基準日 as printed: 「令和7年1月」.
    pub as_of: String,
    /// The form's own version: `1`.
    pub version: String,
    pub deadline: String,
    /// Until when a form that went back is to come again; nothing is said of it where there is none.
    pub return_deadline: String,
    pub contact: String,
    pub struck_text: StruckText,
}

/// What becomes of text that is struck through instead of deleted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StruckText {
    /// It is read like any other text, and is an error.
    #[default]
    Refuse,
    /// It is left out of the value, with a warning.
    LeaveOut,
}

/// The families that an edition may choose for its text, the usual one first; all of them are in
/// `fonts/`.
pub const FAMILIES: [&str; 3] = ["BIZ UDPGothic", "BIZ UDGothic", "BIZ UDMincho"];

/// Choices of lay-out; see `templates/annex/layout.typ` for what they do.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    /// Font family, one of [`FAMILIES`].
    pub font: String,
    /// Repeat the header row of a table on continued pages.
    pub repeat_header: bool,
    /// Extra inner margin for binding, in millimetres.
    pub binding_margin: f64,
    /// Page numbers at the outer edge for double-sided printing.
    pub double_sided: bool,
    /// Keep small kana and ー from a line's start.
    pub strict_kinsoku: bool,
    /// Headings under which nothing stands are left out; else they say so.
    pub omit_empty_headings: bool,
    pub paper: PaperSize,
    /// The longer side of the paper lies.
    pub landscape: bool,
    pub measures: MeasureLayout,
}

/// As what the measures of a heading are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MeasureLayout {
    /// A row of a table each.
    #[default]
    Table,
    /// A sheet of labels and texts each.
    Sheets {
        /// On a page of its own.
        page_break: bool,
    },
}

/// Prose before or behind the tables: `[[chapter]]`, `[[appendix]]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chapter {
    pub title: String,
    /// A file of text or of Typst, relative to the edition's folder.
    pub file: String,
    /// In place of a file: the list of what is abolished.
    pub abolished: Option<AbolishedList>,
    pub line: u32,
}

/// The list of the abolished measures and KPIs (廃止した施策・KPI).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AbolishedList {
    /// The key of the columns with the reasons.
    pub reason: Option<String>,
}

/// The size of a page, standing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PaperSize {
    #[default]
    A4,
    A3,
}

impl Default for Layout {
    fn default() -> Self {
        Self {
            font: FAMILIES[0].into(),
            repeat_header: false,
            binding_margin: 0.0,
            double_sided: false,
            strict_kinsoku: true,
            omit_empty_headings: false,
            paper: PaperSize::A4,
            landscape: false,
            measures: MeasureLayout::Table,
        }
    }
}

impl Layout {
    /// The width and the height of a page, in millimetres.
    pub fn page_size(&self) -> (f64, f64) {
        let (short, long) = match self.paper {
            PaperSize::A4 => (210.0, 297.0),
            PaperSize::A3 => (297.0, 420.0),
        };
        if self.landscape { (long, short) } else { (short, long) }
    }

    /// What the tables may fill of the width of a page, in millimetres.
    pub fn table_width(&self) -> f64 {
        self.page_size().0 - 2.0 * SIDE_MARGIN
    }
}

/// Left and right of the tables, in millimetres: see `templates/annex/layout.typ`.
const SIDE_MARGIN: f64 = 12.6;

/// The binding margin moves the tables outwards, where 6 millimetres must stay white.
pub(super) const MOST_BINDING: f64 = 6.6;

/// How a comparison table (新旧対照表) is laid out.
#[derive(Clone, Debug, PartialEq)]
pub struct ComparisonTable {
    /// 改正後 or 改正案.
    pub new_label: String,
    /// 改正前 or 現行.
    pub old_label: String,
    /// The new text on the left.
    pub new_first: bool,
    /// A column 備考.
    pub remarks: bool,
}

impl Default for ComparisonTable {
    fn default() -> Self {
        Self {
            new_label: "改正後".into(),
            old_label: "改正前".into(),
            new_first: true,
            remarks: true,
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Department {
    pub name: String,
    /// What it was called in the edition before, or that of which it has a part now.
    pub formerly: Vec<String>,
    pub sections: Vec<String>,
    pub former_sections: Vec<FormerSection>,
    /// Where what goes back to it is sent.
    pub email: Option<String>,
    pub line: u32,
}

/// A section under the name that it had in the edition before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormerSection {
    /// One of the sections of its department.
    pub section: String,
    pub formerly: String,
}

impl Edition {
    /// The keys of the columns that give the reasons of what is abolished, where a list prints them.
    pub fn abolition_reasons(&self) -> impl Iterator<Item = &str> {
        let lists = self.chapters.iter().chain(&self.appendices);
        lists.filter_map(|chapter| chapter.abolished.as_ref()?.reason.as_deref())
    }
}

impl Department {
    /// Whether it is called so now, or was so before.
    pub fn is_or_was(&self, name: &str) -> bool {
        let name = text::key(name);
        std::iter::once(&self.name).chain(&self.formerly).any(|own| text::key(own) == name)
    }

    /// The section that is called so now, else the one that was so before.
    pub fn section(&self, name: &str) -> Option<&str> {
        let name = text::key(name);
        let now = self.sections.iter().find(|section| text::key(section) == name);
        let before = || self.former_sections.iter().find(|f| text::key(&f.formerly) == name);
        now.or_else(|| before().map(|former| &former.section)).map(String::as_str)
    }
}

/// Owners who answer for a measure together, under the words that the form uses for them.
#[derive(Clone, Debug, PartialEq)]
pub struct Joint {
    /// 担当部局 as the form has it: 「警察本部・企画部」.
    pub department: String,
    /// 担当課室 as the form has it.
    pub section: String,
    pub owners: Vec<JointOwner>,
    pub line: u32,
}

#[derive(Clone, Debug, PartialEq)]
pub struct JointOwner {
    pub department: String,
    pub section: String,
}

/// An accepted exception.
#[derive(Clone, Debug, PartialEq)]
pub struct Accept {
    pub code: String,
    /// File and sheet must agree as far as they are given, and so must the words and the id.
    pub file: Option<String>,
    pub sheet: Option<String>,
    /// The words that are found in the cell.
    pub text: Option<String>,
    /// The id of the entry.
    pub id: Option<String>,
    /// Where the cell was; it counts only where neither words nor an id are given, for rows move.
    pub cell: Option<String>,
    pub reason: String,
    pub line: u32,
}

/// A page break that the secretariat asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct PageBreak {
    /// The id of the measure or KPI it stands before, in `category`.
    pub before: String,
    /// The id of the heading, where a measure is listed more than once: `1(1)`.
    pub category: Option<String>,
    pub line: u32,
}

impl Edition {
    /// Its short name, and the prefix of its ids: `R7`.
    pub fn id(&self) -> &str {
        &self.front.edition
    }

    /// The line of the table in which a word of the cover or the colophon stands.
    pub fn line_of(&self, setting: &Setting) -> u32 {
        match setting.table {
            SettingTable::Edition => self.line,
            SettingTable::Colophon => self.colophon_line,
        }
    }

    pub fn department(&self, name: &str) -> Option<&Department> {
        self.departments.iter().find(|d| d.name == name)
    }

    /// A fiscal year (western) as the forms write it: 2027 is 「R9」.
    pub fn year_label(year: i32) -> String {
        crate::text::era::short(year)
    }
}
