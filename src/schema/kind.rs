//! What the cells of a column hold, and what a form says of that beside them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Column;

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    #[default]
    Text,
    /// One of several words.
    Choice,
    Number,
    /// A number with its unit, and what else is said of it.
    Amount,
    /// A fiscal year.
    Year,
    /// From one year to another.
    Period,
    Date,
    /// Several, one a line.
    List,
}

/// Characters that Excel shows beside a cell.
const PROMPT: usize = 255;

impl Kind {
    /// Whether its cells hold a number, which adds up and stands at the right.
    pub fn is_numeric(self) -> bool {
        matches!(self, Self::Number | Self::Amount)
    }

    /// What its cells hold, as findings and instructions call it; nothing for words of any kind.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Text | Self::Choice | Self::List => "",
            Self::Number | Self::Amount => "数",
            Self::Year => "年度",
            Self::Period => "期間",
            Self::Date => "日付",
        }
    }

    /// How such a value is written.
    pub fn example(self) -> &'static str {
        match self {
            Self::Text | Self::Choice | Self::List => "",
            Self::Number | Self::Amount => "1,234",
            Self::Year => "R7",
            Self::Period => "R7-R9",
            Self::Date => "R7.1.24",
        }
    }

    fn prompt(self, unit: Option<&str>, may_choose: bool) -> String {
        let unit = unit.map(|unit| format!("（単位：{unit}）")).unwrap_or_default();
        match self {
            Self::Text => String::new(),
            Self::Choice => "一覧から選んでください。".into(),
            Self::List if may_choose => "一覧から選んでください。2つ以上あるときは、選んだ後にF2キーを押し、Alt+Enterで改行して続けて記入してください。".into(),
            Self::List => "1行に1つずつ（Alt+Enterで改行）記入してください。".into(),
            Self::Number => format!("数だけを半角で記入してください{unit}。"),
            Self::Amount => format!("数を半角で記入してください{unit}。"),
            Self::Year => "「R7」「令和7年度」「2025」のように年度を記入してください。".into(),
            Self::Period => "「R7-R9」「令和7年度～令和9年度」のように期間を記入してください。".into(),
            Self::Date => "「R7.1.24」「令和7年1月24日」のように日付を記入してください。".into(),
        }
    }

    fn alert(self) -> &'static str {
        match self {
            Self::Text | Self::List | Self::Amount => "",
            Self::Choice => "一覧から選んでください。",
            Self::Number => "数ではありません。このまま使うときは「はい」を押してください。",
            Self::Year => "年度ではありません。このまま使うときは「はい」を押してください。",
            Self::Period => "期間ではありません。このまま使うときは「はい」を押してください。",
            Self::Date => "日付ではありません。このまま使うときは「はい」を押してください。",
        }
    }
}

impl Column {
    /// Says beside the cells what its kind and guide ask for.
    pub fn instruct(&mut self) {
        let unit = self.unit.as_deref().filter(|_| self.kind.is_numeric());
        let kind = self.kind.prompt(unit, !self.choices.is_empty());
        let both = match (kind.as_str(), self.guide.as_str()) {
            ("", one) | (one, "") => one.to_owned(),
            (kind, guide) => format!("{kind}\n{guide}"),
        };
        let fits = |text: &String| text.encode_utf16().count() <= PROMPT;
        // A guide that is too long for it stands in the instructions.
        self.prompt = if fits(&both) { both } else { kind };
        self.alert = self.kind.alert().into();
    }
}
