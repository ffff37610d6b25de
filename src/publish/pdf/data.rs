//! The values that templates get, under the names they get them by.
//!
//! Texts are values, never markup: a cell that says `#panic()` prints as it stands. [`fields`]
//! names every field with what it holds; the README's table and the help on unknown fields come
//! from there.

use serde::Serialize;
use typst::foundations::Datetime;

use super::blocks::{Block, Run, blocks};
use super::{Layout, Options, fonts};
use crate::edition::Edition;
use crate::model::{Annex, Category, Front, Id, Kpi, Listing, Measure, Pillar};
use crate::schema::front::SETTINGS;
use crate::schema::keys;
use crate::text::era;

/// Everything a template may read, as `data.json`.
#[derive(Debug, Serialize)]
pub struct Data<'a> {
    pub front: &'a Front,
    pub settings: Settings,
    /// The number of open errors of a draft; none in the official print.
    pub draft: Option<usize>,
    /// The date of issue, which becomes the file's date.
    pub date: Date,
    pub groups: Vec<Group>,
}

/// A day, western.
#[derive(Debug, PartialEq, Serialize)]
pub struct Date {
    pub year: i32,
    pub month: u8,
    pub day: u8,
}

/// Choices of lay-out.
#[derive(Debug, Serialize)]
pub struct Settings {
    pub fonts: Vec<String>,
    pub heading_fonts: Vec<String>,
    pub repeat_header: bool,
    /// Millimetres.
    pub binding_margin: f64,
    pub double_sided: bool,
    pub strict_kinsoku: bool,
}

/// A pillar, or a department where the chapters are departments.
#[derive(Debug, Serialize)]
pub struct Group {
    /// The number of the pillar, or the name of the department.
    pub id: String,
    pub number: u32,
    pub title: String,
    /// Number and title as printed.
    pub label: String,
    pub categories: Vec<Topic>,
}

/// A category with the rows that are printed in it.
#[derive(Debug, Serialize)]
pub struct Topic {
    /// `1(2)`
    pub id: String,
    pub number: u32,
    pub title: String,
    pub label: String,
    pub measures: Vec<MeasureRow>,
    pub kpis: Vec<KpiRow>,
    /// The ※ note under the KPI table, or empty.
    pub note: String,
}

/// A row of the table of measures.
#[derive(Debug, Serialize)]
pub struct MeasureRow {
    pub id: String,
    /// The settings ask for a new page before this row.
    pub break_before: bool,
    pub repost: bool,
    /// With （再掲） where it is one.
    pub name: Vec<Block>,
    pub overview: Vec<Block>,
    pub purpose: Vec<Block>,
    pub department: Vec<Block>,
    pub section: Vec<Block>,
}

/// A row of the table of KPIs.
#[derive(Debug, Serialize)]
pub struct KpiRow {
    pub id: String,
    pub break_before: bool,
    pub name: Vec<Block>,
    /// 【the names of its measures】
    pub measures: Vec<Block>,
    pub current: Vec<Block>,
    pub target: Vec<Block>,
}

/// Every field that a template may read: its path and what it holds.
pub fn fields() -> Vec<(String, String)> {
    let mut fields = Vec::new();
    for setting in &SETTINGS {
        let path = format!("front.{}", setting.field_name());
        fields.push((path, format!("{}{}", setting.label, setting.hint)));
    }
    fields.extend(FIELDS.iter().map(|&(path, what)| (path.to_owned(), what.to_owned())));
    fields
}

/// The fields beside the words of the front matter.
///
/// `blocks` are paragraphs and lists: `(runs: (…))` or `(items: ((mark, runs), …))`; a run is a
/// string, `(keep, before, after)`, `(word)` or `(seam)`.
static FIELDS: &[(&str, &str)] = &[
    ("settings.fonts", "本文の書体（先のものから順に使う）"),
    ("settings.heading_fonts", "見出しの書体"),
    ("settings.repeat_header", "表の見出し行を次のページで繰り返すか"),
    ("settings.binding_margin", "とじしろ（mm）"),
    ("settings.double_sided", "両面印刷用のページ番号か"),
    ("settings.strict_kinsoku", "小書きの仮名と長音を行頭に置かないか"),
    ("draft", "案のとき、残っている誤りの数（正式版では none）"),
    ("date", "発行日（year、month、day）"),
    ("groups", "柱（部局別のときは部局）の並び"),
    ("groups.id", "柱の番号（部局別のときは部局の名称）"),
    ("groups.number", "番号"),
    ("groups.title", "名称"),
    ("groups.label", "番号と名称"),
    ("groups.categories", "分野の並び"),
    ("categories.id", "柱の番号を付けた番号（1(2)）"),
    ("categories.number", "番号"),
    ("categories.title", "名称"),
    ("categories.label", "番号と名称"),
    ("categories.measures", "個別施策の行"),
    ("categories.kpis", "KPIの行"),
    ("categories.note", "KPIの表の下の注"),
    ("measures.id", "施策ID"),
    ("measures.break_before", "この行の前で改ページするか"),
    ("measures.repost", "再掲か"),
    ("measures.name", "施策名（段落）"),
    ("measures.overview", "概要（段落）"),
    ("measures.purpose", "目的（段落）"),
    ("measures.department", "担当部局（段落）"),
    ("measures.section", "担当課室（段落）"),
    ("kpis.id", "KPI ID"),
    ("kpis.break_before", "この行の前で改ページするか"),
    ("kpis.name", "KPIの名称（段落）"),
    ("kpis.measures", "対象施策（段落）"),
    ("kpis.current", "現状値（段落）"),
    ("kpis.target", "目標値（段落）"),
];

/// Why there are no values for the templates; always a fault of the program.
#[derive(Debug, thiserror::Error)]
pub enum DataError {
    #[error("{category} lists {id}, which is not in the annex")]
    NotInAnnex { category: String, id: String },
    #[error("data.json cannot be written: {0}")]
    Json(#[from] serde_json::Error),
}

/// `data.json` as bytes.
pub fn json(edition: &Edition, annex: &Annex, options: &Options) -> Result<Vec<u8>, DataError> {
    Ok(serde_json::to_vec(&data(edition, annex, options)?)?)
}

fn data<'a>(edition: &Edition, annex: &'a Annex, options: &Options) -> Result<Data<'a>, DataError> {
    let rows = Rows { edition, annex, layout: options.layout };
    let groups = match options.layout {
        Layout::Category => rows.by_pillar()?,
        Layout::Department => rows.by_department()?,
    };
    Ok(Data {
        front: &annex.front,
        settings: Settings {
            fonts: fonts::text(edition),
            heading_fonts: fonts::headings(),
            repeat_header: edition.layout.repeat_header,
            binding_margin: edition.layout.binding_margin,
            double_sided: edition.layout.double_sided,
            strict_kinsoku: edition.layout.strict_kinsoku,
        },
        draft: options.draft,
        date: issued(&annex.front.issued).unwrap_or(Date { year: edition.year, month: 4, day: 1 }),
        groups,
    })
}

/// Reads 「令和7年3月」 or 「令和7年3月15日」; without a day it is the first.
pub(super) fn issued(text: &str) -> Option<Date> {
    let (year, rest) = era::prefix(text)?;
    let (month, rest) = rest.strip_prefix('年')?.split_once('月')?;
    let month = month.parse().ok().filter(|month| (1..=12).contains(month))?;
    let day = rest.strip_suffix('日').and_then(|day| day.parse().ok());
    let is_real = |day: &u8| Datetime::from_ymd(year, month, *day).is_some();
    Some(Date { year, month, day: day.filter(is_real).unwrap_or(1) })
}

/// The name of a measure that is listed again: the mark stays in one piece.
fn reposted(mut name: Vec<Block>) -> Vec<Block> {
    let mark = Run::NoBreak { text: "（再掲）".into(), before: false, after: false };
    match name.last_mut() {
        Some(Block::Paragraph { runs }) => runs.push(mark),
        Some(Block::List { items }) => {
            items.iter_mut().next_back().into_iter().for_each(|item| item.runs.push(mark.clone()))
        }
        None => name.push(Block::Paragraph { runs: vec![mark] }),
    }
    name
}

struct Rows<'a> {
    edition: &'a Edition,
    annex: &'a Annex,
    layout: Layout,
}

impl Rows<'_> {
    fn blocks(&self, text: &str) -> Vec<Block> {
        blocks(text, self.edition.layout.strict_kinsoku)
    }

    fn by_pillar(&self) -> Result<Vec<Group>, DataError> {
        let group = |pillar: &Pillar| {
            Ok(Group {
                id: pillar.number.to_string(),
                number: pillar.number,
                title: pillar.title.clone(),
                label: format!("{} {}", pillar.number, pillar.title),
                categories: pillar
                    .categories
                    .iter()
                    .map(|category| self.topic(category, None))
                    .collect::<Result<_, _>>()?,
            })
        };
        self.annex.pillars.iter().map(group).collect()
    }

    /// The departments that have rows, in the order of the settings. A measure stands under
    /// each of its owners, once: where it is listed again, its department knows.
    fn by_department(&self) -> Result<Vec<Group>, DataError> {
        let mut groups = Vec::new();
        for department in &self.edition.departments {
            let mut categories = Vec::new();
            for category in self.annex.categories() {
                let topic = self.topic(category, Some(&department.name))?;
                if !topic.measures.is_empty() || !topic.kpis.is_empty() {
                    categories.push(topic);
                }
            }
            if !categories.is_empty() {
                groups.push(Group {
                    id: department.name.clone(),
                    number: groups.len() as u32 + 1,
                    title: department.name.clone(),
                    label: department.name.clone(),
                    categories,
                });
            }
        }
        Ok(groups)
    }

    /// A category with its rows, or with those of a department.
    fn topic(&self, category: &Category, department: Option<&str>) -> Result<Topic, DataError> {
        let missing = |id: &Id| DataError::NotInAnnex {
            category: category.id.to_string(),
            id: id.to_string(),
        };
        let listed = |listing: &Listing, measure: &Measure| {
            department.is_none_or(|department| {
                let owned = measure.owners.iter().any(|owner| owner.department == department);
                !listing.repost && (owned || measure.submitted_by == department)
            })
        };
        let mut measures = Vec::new();
        for listing in &category.listings {
            let id = &listing.measure;
            let measure = self.annex.measure(id).ok_or_else(|| missing(id))?;
            if listed(listing, measure) {
                measures.push(self.measure_row(category, listing, measure));
            }
        }
        let mut kpis = Vec::new();
        for id in &category.kpis {
            let kpi = self.annex.kpi(id).ok_or_else(|| missing(id))?;
            if department.is_none_or(|department| kpi.submitted_by == department) {
                kpis.push(self.kpi_row(category, kpi));
            }
        }
        let label = match self.layout {
            Layout::Category => format!("({}) {}", category.id.category, category.title),
            Layout::Department => format!("{} {}", category.id, category.title),
        };
        Ok(Topic {
            id: category.id.to_string(),
            number: category.id.category,
            title: category.title.clone(),
            label,
            measures,
            kpis,
            note: category.note.clone(),
        })
    }

    fn measure_row(&self, category: &Category, listing: &Listing, measure: &Measure) -> MeasureRow {
        let name = self.blocks(&measure.name.value);
        MeasureRow {
            id: measure.id.to_string(),
            break_before: self.breaks(category, &measure.id),
            repost: listing.repost,
            name: if listing.repost { reposted(name) } else { name },
            overview: self.blocks(&measure.value(keys::OVERVIEW).value),
            purpose: self.blocks(&measure.value(keys::PURPOSE).value),
            department: self.blocks(&measure.department.value),
            section: self.blocks(&measure.section.value),
        }
    }

    fn kpi_row(&self, category: &Category, kpi: &Kpi) -> KpiRow {
        let names: Vec<&str> =
            kpi.measures.iter().map(|link| self.annex.printed_name(link)).collect();
        let measures =
            if names.is_empty() { String::new() } else { format!("【{}】", names.join("・")) };
        KpiRow {
            id: kpi.id.to_string(),
            break_before: self.breaks(category, &kpi.id),
            name: self.blocks(&kpi.name.value),
            measures: self.blocks(&measures),
            current: self.blocks(&kpi.figure(keys::CURRENT).value.printed),
            target: self.blocks(&kpi.figure(keys::TARGET).value.printed),
        }
    }

    /// Whether the settings ask for a new page before a row of the official layout.
    fn breaks(&self, category: &Category, id: &Id) -> bool {
        self.layout == Layout::Category
            && self.edition.page_breaks.iter().any(|wanted| {
                wanted.before == id.as_str()
                    && wanted.category.as_ref().is_none_or(|c| *c == category.id.to_string())
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_date_of_issue_is_read_from_its_printed_form() {
        let date = |year, month, day| Some(Date { year, month, day });
        assert_eq!(issued("令和7年3月"), date(2025, 3, 1));
        assert_eq!(issued("令和8年12月15日"), date(2026, 12, 15));
        assert_eq!(issued("令和7年3月31日"), date(2025, 3, 31));
        assert_eq!(issued("令和7年2月30日"), date(2025, 2, 1));
        assert_eq!(issued("令和7年13月"), None);
        assert_eq!(issued("未定"), None);
    }

    /// The fields of a value as [`fields`] names them.
    fn paths(value: &serde_json::Value, parent: &str, found: &mut Vec<String>) {
        let serde_json::Value::Object(fields) = value else { return };
        for (name, value) in fields {
            found.push(if parent.is_empty() { name.clone() } else { format!("{parent}.{name}") });
            let rows = matches!(name.as_str(), "groups" | "categories" | "measures" | "kpis");
            match value {
                serde_json::Value::Array(items) if rows => {
                    items.iter().take(1).for_each(|item| paths(item, name, found));
                }
                _ if matches!(name.as_str(), "front" | "settings") => paths(value, name, found),
                _ => {}
            }
        }
    }

    #[test]
    fn every_field_that_templates_get_is_documented() {
        let row = MeasureRow {
            id: String::new(),
            break_before: false,
            repost: false,
            name: vec![],
            overview: vec![],
            purpose: vec![],
            department: vec![],
            section: vec![],
        };
        let kpi = KpiRow {
            id: String::new(),
            break_before: false,
            name: vec![],
            measures: vec![],
            current: vec![],
            target: vec![],
        };
        let topic = Topic {
            id: String::new(),
            number: 1,
            title: String::new(),
            label: String::new(),
            measures: vec![row],
            kpis: vec![kpi],
            note: String::new(),
        };
        let group = Group {
            id: String::new(),
            number: 1,
            title: String::new(),
            label: String::new(),
            categories: vec![topic],
        };
        let settings = Settings {
            fonts: vec![],
            heading_fonts: vec![],
            repeat_header: false,
            binding_margin: 0.0,
            double_sided: false,
            strict_kinsoku: false,
        };
        let front = Front::default();
        let date = Date { year: 2025, month: 3, day: 1 };
        let data = Data { front: &front, settings, draft: None, date, groups: vec![group] };
        let mut found = Vec::new();
        paths(&serde_json::to_value(data).expect("data is JSON"), "", &mut found);
        found.retain(|path| path != "front" && path != "settings");
        found.sort();
        let mut documented: Vec<String> = fields().into_iter().map(|(path, _)| path).collect();
        documented.sort_unstable();
        assert_eq!(found, documented);
    }
}
