//! What a column is: how it is called, what it holds, where it appears and what becomes of it.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Key, Kind, keys};
use crate::text::key;

/// A column of one of the form's tables.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Column {
    pub key: Key,
    /// The form's label.
    pub label: String,
    /// The label where there is little room, if it is another: see [`Column::short`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub short: Option<String>,
    /// Other labels that mean it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub synonyms: Vec<String>,
    /// The typed field of the model that it is.
    #[serde(default)]
    pub role: Role,
    #[serde(default)]
    pub kind: Kind,
    /// The unit of a number or an amount that states none: 千円.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// A value that states no unit has the one at the end of its KPI's name (「受講者数（人）」), and
    /// a large unit in which a KPI states all its values is kept (億円). Those of the standard
    /// edition are counted in plain units.
    #[serde(default, skip_serializing_if = "is_false")]
    pub unit_from_name: bool,
    /// What may be chosen, where that does not follow from the settings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<String>,
    /// A table without it is not the form.
    #[serde(default)]
    pub required: bool,
    /// Every row has to fill it in.
    #[serde(default)]
    pub filled: bool,
    /// The most characters that fit its place in print.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub longest: Option<usize>,
    /// The papers that it stands on.
    pub papers: BTreeSet<Paper>,
    #[serde(default)]
    pub widths: Widths,
    #[serde(default)]
    pub next_year: NextYear,
    /// The form shows what the edition before has, and it is not to be changed.
    #[serde(default, skip_serializing_if = "is_false")]
    pub locked: bool,
    /// The half of its fiscal year that a value of a KPI is for; `None`: the whole year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub half: Option<Half>,
    /// Its numbers add up, so that a paper may show their total.
    #[serde(default)]
    pub total: bool,
    /// What stands above it and its neighbours of the same head, where the annex prints it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub head: Option<String>,
    /// The column in whose cell the annex prints it as a second line; it has no column of its own
    /// there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub under: Option<Key>,
    /// The annex groups the rows of a heading by it, under its text as a heading of their own; it
    /// has no column of its own there.
    #[serde(default, skip_serializing_if = "is_false")]
    pub group: bool,
    /// How it is filled in, for the instructions.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub guide: String,
    /// What is said beside its cells where they are filled in; empty for nothing.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub prompt: String,
    /// What is said where an entry is refused or doubted.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub alert: String,
    /// What the sample row has, where that does not follow from the settings.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sample: String,
}

/// The typed field of the model that a column is.
///
/// Whoever reads a column from the model or writes it there matches on this without a wildcard,
/// so that a new role does not compile before it is handled everywhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    Id,
    Status,
    /// The heading that the entry stands under.
    Place,
    /// The heading of a level above that one, in a column of its own.
    Above {
        /// The level, from 1 at the top.
        level: u8,
    },
    Order,
    Name,
    Department,
    Section,
    /// The headings that a measure is listed under again.
    Reposts,
    /// The measures that a KPI is of.
    Measures,
    Note,
    /// A value of a KPI.
    Figure {
        role: FigureRole,
        /// The fiscal year that it is for (western), where the column says so.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        year: Option<i32>,
    },
    /// No field of its own: a value under the column's key.
    #[default]
    Value,
}

impl Role {
    /// The key of every column with this role; `None` where a column has a key of its own.
    pub fn key(self) -> Option<&'static str> {
        match self {
            Self::Id => Some(keys::ID),
            Self::Status => Some(keys::STATUS),
            Self::Place => Some(keys::CATEGORY),
            Self::Above { level } => keys::ABOVE.get(usize::from(level).checked_sub(1)?).copied(),
            Self::Order => Some(keys::ORDER),
            Self::Name => Some(keys::NAME),
            Self::Department => Some(keys::DEPARTMENT),
            Self::Section => Some(keys::SECTION),
            Self::Reposts => Some(keys::REPOSTS),
            Self::Measures => Some(keys::MEASURES),
            Self::Note => Some(keys::NOTE),
            Self::Figure { .. } | Self::Value => None,
        }
    }
}

/// What a value of a KPI stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FigureRole {
    /// 基準値
    Base,
    /// 中間目標
    Interim,
    /// 現状値, 実績値
    Actual,
    /// 目標値
    Target,
}

/// A half of a fiscal year.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Half {
    /// 上半期: April to September
    First,
    /// 下半期
    Second,
}

impl Half {
    pub fn label(self) -> &'static str {
        match self {
            Self::First => "上半期",
            Self::Second => "下半期",
        }
    }
}

/// What is read of a figure, for papers that show it beside the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FigurePart {
    Number,
    Unit,
    FiscalYear,
    AsOf,
}

impl FigurePart {
    pub const ALL: [Self; 4] = [Self::Number, Self::Unit, Self::FiscalYear, Self::AsOf];

    fn label(self) -> &'static str {
        match self {
            Self::Number => "数値",
            Self::Unit => "単位",
            Self::FiscalYear => "年度",
            Self::AsOf => "時点",
        }
    }
}

/// What is read of a value whose column holds more than words, for papers that show it beside the
/// text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValuePart {
    Number,
    Unit,
    Year,
    /// The ends of a period.
    From,
    To,
    Date,
}

impl ValuePart {
    /// What a value of a kind consists of.
    pub fn of(kind: Kind) -> &'static [Self] {
        match kind {
            Kind::Text | Kind::Choice | Kind::List => &[],
            Kind::Number | Kind::Amount => &[Self::Number, Self::Unit],
            Kind::Year => &[Self::Year],
            Kind::Period => &[Self::From, Self::To],
            Kind::Date => &[Self::Date],
        }
    }

    /// Those that stand in columns of their own beside a column of the workbook, so that its rows
    /// can be sorted by them; a number is in the column itself.
    pub fn beside(kind: Kind) -> impl Iterator<Item = Self> {
        let of = Self::of(kind).iter().copied();
        of.filter(|part| !matches!(part, Self::Number | Self::Unit))
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Number => "数値",
            Self::Unit => "単位",
            Self::Year => "年度（西暦）",
            Self::From => "最初の年度（西暦）",
            Self::To => "最後の年度（西暦）",
            Self::Date => "日付（西暦）",
        }
    }
}

/// What is made of an annex.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Paper {
    /// The form that departments fill in.
    Form,
    /// The annex itself, as PDF.
    Annex,
    /// The consolidated workbook.
    Workbook,
    /// The web page.
    Web,
    /// CSV files and data package.
    Data,
    /// Comparisons of two annexes.
    Diff,
    /// The annex as lines of text.
    Text,
}

impl Paper {
    pub const ALL: [Self; 7] =
        [Self::Form, Self::Annex, Self::Workbook, Self::Web, Self::Data, Self::Diff, Self::Text];
}

/// How wide a column is where its paper does not decide that itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Widths {
    /// On the form, in half-width characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<f64>,
    /// In the consolidated workbook, in half-width characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub workbook: Option<f64>,
    /// In the annex, in millimetres.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub annex: Option<f64>,
}

/// What becomes of a column's content in the form of the next edition.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NextYear {
    #[default]
    Keep,
    /// It is asked for anew.
    Clear,
    /// It is asked for anew, with the old one beside the table.
    Reference,
}

/// The most characters of a text that needs no more room than others.
const LONG: usize = 100;

fn is_false(flag: &bool) -> bool {
    !flag
}

impl Column {
    /// A column of text that stands on every paper and is a value under its key: what a further
    /// column is until more is said of it.
    pub fn new(key: &str, label: &str) -> Self {
        Self {
            key: key.into(),
            label: label.into(),
            short: None,
            synonyms: Vec::new(),
            role: Role::Value,
            kind: Kind::Text,
            unit: None,
            unit_from_name: false,
            choices: Vec::new(),
            required: false,
            filled: false,
            longest: None,
            papers: Paper::ALL.into(),
            widths: Widths::default(),
            next_year: NextYear::Keep,
            locked: false,
            half: None,
            total: false,
            head: None,
            under: None,
            group: false,
            guide: String::new(),
            prompt: String::new(),
            alert: String::new(),
            sample: String::new(),
        }
    }

    pub fn is(&self, key: &str) -> bool {
        self.key == *key
    }

    pub fn is_on(&self, paper: Paper) -> bool {
        self.papers.contains(&paper)
    }

    /// The label where there is little room: 「概要」 for 「概要（D：デジタルで）」.
    pub fn short(&self) -> &str {
        self.short.as_deref().unwrap_or(&self.label)
    }

    /// The label of the locked column that shows the content of the edition before beside the
    /// table. It is not read.
    pub fn reference_label(&self) -> String {
        format!("前回の{}（参考）", self.short())
    }

    /// The label of the column that shows a part of what was read of a figure: 「現状値の数値」.
    /// It is not read.
    pub fn reading_label(&self, part: FigurePart) -> String {
        format!("{}の{}", self.label, part.label())
    }

    /// The same of a value that is no figure: 「開始日の日付（西暦）」.
    pub fn value_label(&self, part: ValuePart) -> String {
        format!("{}の{}", self.label, part.label())
    }

    /// The labels of all columns that show what was read of it.
    pub fn labels_beside(&self) -> Vec<String> {
        match self.role {
            Role::Figure { .. } => FigurePart::ALL.map(|part| self.reading_label(part)).into(),
            Role::Value => {
                ValuePart::beside(self.kind).map(|part| self.value_label(part)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Whether its texts may be so long that they need more room than others.
    pub fn is_long(&self) -> bool {
        self.kind == Kind::Text && self.longest.is_some_and(|most| most > LONG)
    }

    pub fn is_figure(&self) -> bool {
        matches!(self.role, Role::Figure { .. })
    }

    /// The items of a text in a column that holds a list: one a line. A line that is none of the
    /// choices is several of them where 「、」 stands between.
    pub fn items<'t>(&self, text: &'t str) -> Vec<&'t str> {
        let is_choice = |item: &str| self.choices.iter().any(|choice| key(choice) == key(item));
        let lines = text.lines().map(str::trim);
        let items = lines.flat_map(|line| {
            let is_one = self.choices.is_empty() || is_choice(line);
            line.split(move |c: char| !is_one && matches!(c, '、' | '，')).map(str::trim)
        });
        items.filter(|item| !item.is_empty()).collect()
    }

    /// Whether its label tells the table from the other: what both tables have does not.
    pub fn is_telling(&self) -> bool {
        !matches!(
            self.role,
            Role::Id | Role::Status | Role::Place | Role::Above { .. } | Role::Order | Role::Note
        )
    }

    /// Whether it holds words that are printed: a number or a date there is a slip of Excel's.
    pub fn is_wordy(&self) -> bool {
        matches!(self.kind, Kind::Text | Kind::List) && self.is_on(Paper::Annex)
    }

    /// Whether it is told of when a form lacks it: without these, something else is printed than
    /// was meant, or every entry is a new one.
    pub fn is_missed(&self) -> bool {
        let matters = self.required || !matches!(self.role, Role::Department | Role::Note);
        matters && self.is_on(Paper::Form)
    }
}
