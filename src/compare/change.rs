//! The types of a comparison; `diff --format json` is [`Comparison`] as it stands here.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::field::Field;
use super::figures::NumberChange;
use super::inline::Inline;
use super::throughout::Common;
use crate::diag::Say;
use crate::model::{self, Correction, HeadingId, Id, Setting, Status};
use crate::schema::{Levels, Schema, outline};

/// The format of a comparison in JSON.
pub const FORMAT: &str = "bessatsu-comparison/1";

/// What changed from one annex to another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Comparison {
    /// Always [`FORMAT`].
    pub format: String,
    pub old: Version,
    pub new: Version,
    /// What the headings of the new annex are called, where that is not as in the standard
    /// edition.
    #[serde(default, skip_serializing_if = "Levels::is_standard")]
    pub levels: Levels,
    /// The words and columns of the new annex; those of the standard edition where none are given.
    #[serde(default, skip_serializing_if = "Schema::is_standard_shared")]
    pub schema: Arc<Schema>,
    /// How many changes of each kind there are; kinds without any are left out.
    pub counts: Vec<Count>,
    /// What changed, in the printed order of the new annex; what was removed stands where it
    /// stood in the old one.
    pub entries: Vec<Entry>,
}

/// The names by which the two annexes are told apart.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Version {
    pub title: String,
    pub volume: String,
    pub version: String,
    pub issued: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Count {
    pub kind: Kind,
    pub count: usize,
}

/// One thing of the annex and all its changes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Entry {
    pub subject: Subject,
    /// Where it is printed: in the new annex, or in the old one where the new has it no more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Heading>,
    /// What it was; `None` where it is new.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old: Option<Identity>,
    /// What it is; `None` where it was removed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new: Option<Identity>,
    /// How the two were found to be the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub matched: Option<Match>,
    /// The departments that answer for it, before or after: each once, the new ones first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub departments: Vec<String>,
    /// What of it the secretariat has corrected in the new annex and not in the old one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<Correction>,
    pub changes: Vec<Change>,
}

impl Entry {
    /// What it is called now, or was called at last; nothing where a file says neither.
    pub fn identity(&self) -> Identity {
        match (&self.new, &self.old) {
            (Some(known), _) | (None, Some(known)) => known.clone(),
            (None, None) => Identity::default(),
        }
    }
}

#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    Settings,
    /// What changed alike wherever it stood.
    Throughout,
    Pillar,
    Category,
    Measure,
    Kpi,
}

impl Subject {
    /// What it is called, with placeholders: see [`Schema::fill`].
    pub fn label(self) -> &'static str {
        match self {
            Self::Settings => "設定",
            Self::Throughout => "全体",
            // Where its place is known, it is called as its level is.
            Self::Pillar | Self::Category => "見出し",
            Self::Measure => "{measure}",
            Self::Kpi => "{kpi}",
        }
    }
}

/// A heading, behind those that it stands under.
///
/// In JSON it is pillar and category; with other levels than the standard ones, the whole path too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(from = "HeadingData", into = "HeadingData")]
#[schemars(with = "HeadingData")]
pub struct Heading {
    /// The topmost.
    pub top: HeadingName,
    /// From below it to the heading itself; none where that is the topmost.
    pub below: Vec<HeadingName>,
}

/// A [`Heading`] in JSON.
#[derive(Deserialize, JsonSchema, Serialize)]
#[schemars(rename = "Heading")]
struct HeadingData {
    /// The topmost heading.
    pillar: u32,
    pillar_title: String,
    /// The heading itself, if it is another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    category: Option<HeadingId>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    category_title: String,
    /// All from the topmost heading to the heading itself, where these two do not say it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    path: Vec<HeadingName>,
}

impl From<HeadingData> for Heading {
    fn from(data: HeadingData) -> Self {
        if let Some((top, below)) = data.path.split_first() {
            return Self { top: top.clone(), below: below.to_vec() };
        }
        let name = |id, title| HeadingName { id, title, label: None };
        let top = name(HeadingId::top(data.pillar), data.pillar_title);
        let below = data.category.map(|id| name(id, data.category_title));
        Self { top, below: below.into_iter().collect() }
    }
}

impl From<Heading> for HeadingData {
    fn from(heading: Heading) -> Self {
        let is_plain = heading.depth() <= 2 && heading.path().all(|name| name.label.is_none());
        let path = if is_plain { Vec::new() } else { heading.path().cloned().collect() };
        let own = heading.below.last();
        Self {
            category: own.map(|name| name.id),
            category_title: own.map_or_else(String::new, |name| name.title.clone()),
            path,
            pillar: heading.top.id.number(),
            pillar_title: heading.top.title,
        }
    }
}

impl Heading {
    /// All from the topmost heading to the heading itself.
    pub fn path(&self) -> impl Iterator<Item = &HeadingName> {
        std::iter::once(&self.top).chain(&self.below)
    }

    /// Its level, from 1.
    pub fn depth(&self) -> usize {
        1 + self.below.len()
    }

    /// What the heading itself is called.
    pub fn shown(&self) -> String {
        self.below.last().unwrap_or(&self.top).shown()
    }
}

/// An entry as one of the two annexes has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Identity {
    /// Empty for the settings; the number of a heading.
    #[serde(default, skip_serializing_if = "no_id")]
    pub id: Id,
    pub name: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub department: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub section: String,
}

fn no_id(id: &Id) -> bool {
    id.as_str().is_empty()
}

/// How an entry of the old annex was found in the new one.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "by")]
pub enum Match {
    Id,
    /// The same name under the same owner.
    NameAndOwner,
    /// The same name, and no other has it.
    Name,
    /// A guess: the texts are alike; 1 is the same text.
    Likeness {
        score: f64,
    },
}

/// A heading by its id and title.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "CategoryName")]
pub struct HeadingName {
    pub id: HeadingId,
    pub title: String,
    /// What it is called, where that is not its id and title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
}

impl HeadingName {
    pub fn of(heading: &model::Heading) -> Self {
        let name = Self { id: heading.id, title: heading.title.clone(), label: None };
        let label = heading.name();
        let label = Some(label).filter(|label| *label != name.shown());
        Self { label, ..name }
    }

    /// 「1(1) 子育て支援」
    pub fn shown(&self) -> String {
        let usual = || outline::label(&self.id.to_string(), &self.title);
        self.label.clone().unwrap_or_else(usual)
    }
}

/// One difference.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Change {
    /// New in the annex; `abolished`: the old one had it as 廃止.
    Added {
        abolished: bool,
        contents: Vec<Content>,
    },
    /// No longer in the annex; `abolished`: the new one has it as 廃止.
    Removed {
        abolished: bool,
        contents: Vec<Content>,
    },
    Renamed {
        text: Inline,
    },
    /// `None` where the heading is not known.
    Moved {
        old: Option<HeadingName>,
        new: Option<HeadingName>,
    },
    /// Stands elsewhere among those that stayed; positions count from 1 under its heading.
    Reordered {
        category: Option<HeadingName>,
        repost: bool,
        old: usize,
        new: usize,
    },
    /// Of a heading: another number.
    Renumbered {
        old: String,
        new: String,
    },
    Owner {
        department: Inline,
        section: Inline,
    },
    Field {
        field: Field,
        text: Inline,
    },
    RepostAdded {
        category: HeadingName,
    },
    RepostRemoved {
        category: HeadingName,
    },
    Current(Figures),
    Target(Figures),
    /// A value in another column of the KPIs.
    Figure {
        field: Field,
        #[serde(flatten)]
        figures: Figures,
    },
    Status {
        old: Status,
        new: Status,
    },
    Setting {
        setting: Setting,
        text: Inline,
    },
    /// Wherever the old words stood, the new ones stand now, and no entry tells of it again.
    Throughout {
        what: Common,
        /// The department of a section whose name another department's section has too.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        within: String,
        old: String,
        new: String,
        /// In how many entries, or under how many headings.
        count: usize,
        /// Others have the same new name.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        is_joined: bool,
    },
}

impl Change {
    pub fn kind(&self) -> Kind {
        match self {
            Self::Added { .. } => Kind::Added,
            Self::Removed { .. } => Kind::Removed,
            Self::Renamed { .. } => Kind::Renamed,
            Self::Moved { .. } => Kind::Moved,
            Self::Reordered { .. } => Kind::Reordered,
            Self::Renumbered { .. } => Kind::Renumbered,
            Self::Owner { .. } => Kind::Owner,
            Self::Field { .. } => Kind::Field,
            Self::RepostAdded { .. } => Kind::RepostAdded,
            Self::RepostRemoved { .. } => Kind::RepostRemoved,
            Self::Current(_) => Kind::Current,
            Self::Target(_) => Kind::Target,
            Self::Figure { .. } => Kind::Figure,
            Self::Status { .. } => Kind::Status,
            Self::Setting { .. } => Kind::Setting,
            Self::Throughout { .. } => Kind::Throughout,
        }
    }
}

/// The kind of a change, for counts and filters.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    Added,
    Removed,
    Renamed,
    Moved,
    Reordered,
    Renumbered,
    Owner,
    Field,
    RepostAdded,
    RepostRemoved,
    Current,
    Target,
    Figure,
    Status,
    Setting,
    Throughout,
}

impl Kind {
    pub const ALL: [Kind; 16] = [
        Self::Added,
        Self::Removed,
        Self::Renamed,
        Self::Moved,
        Self::Reordered,
        Self::Renumbered,
        Self::Owner,
        Self::Field,
        Self::RepostAdded,
        Self::RepostRemoved,
        Self::Current,
        Self::Target,
        Self::Figure,
        Self::Status,
        Self::Setting,
        Self::Throughout,
    ];

    /// Its word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Renamed => "renamed",
            Self::Moved => "moved",
            Self::Reordered => "reordered",
            Self::Renumbered => "renumbered",
            Self::Owner => "owner",
            Self::Field => "field",
            Self::RepostAdded => "repost-added",
            Self::RepostRemoved => "repost-removed",
            Self::Current => "current",
            Self::Target => "target",
            Self::Figure => "figure",
            Self::Status => "status",
            Self::Setting => "setting",
            Self::Throughout => "throughout",
        }
    }

    /// Its label, with placeholders, and its word as English has it.
    pub fn say(self) -> Say {
        Say::new(self.label(), self.word().replace('-', " "))
    }

    /// What it is called, with placeholders: see [`Schema::fill`].
    pub fn label(self) -> &'static str {
        match self {
            Self::Added => "追加",
            Self::Removed => "削除",
            Self::Renamed => "名称の変更",
            Self::Moved => "{place}の移動",
            Self::Reordered => "{measures.order}の変更",
            Self::Renumbered => "番号の変更",
            Self::Owner => "担当の変更",
            Self::Field => "記載の変更",
            Self::RepostAdded => "{reposted}の追加",
            Self::RepostRemoved => "{reposted}の取りやめ",
            Self::Current => "{kpis.current}の変更",
            Self::Target => "{kpis.target}の変更",
            Self::Figure => "値の変更",
            Self::Status => "{measures.status}の変更",
            Self::Setting => "設定の変更",
            Self::Throughout => "全体に及ぶ変更",
        }
    }
}

/// The text of a field of an entry that was added or removed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Content {
    pub field: Field,
    pub text: String,
}

/// A changed current or target value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Figures {
    pub text: Inline,
    /// What is different, at least one.
    pub aspects: Vec<Aspect>,
    /// The numbers that changed and can be compared, one a part.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub numbers: Vec<NumberChange>,
}

#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Aspect {
    Number,
    Unit,
    /// The fiscal year, or the date it was taken at.
    Year,
    /// There are other parts: ①② for one number, or the other way round.
    Parts,
    /// Anything else: 以上, a remark, the words before the number.
    Words,
}

impl Aspect {
    pub fn say(self) -> Say {
        match self {
            Self::Number => Say::new("数値", "number"),
            Self::Unit => Say::new("単位", "unit"),
            Self::Year => Say::new("年度・時点", "year or date"),
            Self::Parts => Say::new("値の分け方", "parts"),
            Self::Words => Say::new("表記", "words"),
        }
    }
}
