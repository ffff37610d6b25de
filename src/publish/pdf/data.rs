//! The values that templates get, under the names they get them by.
//!
//! Texts are values, never markup: a cell that says `#panic()` prints as it stands.

use std::borrow::Cow;
use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde::Serialize;
use typst::foundations::Datetime;

use super::blocks::{Block, Run, blocks};
use super::chapters::{self, ChapterText};
use super::columns::{self, Columns};
use super::groups::{GroupTitle, group};
use super::{Layout, Options, fonts};
use crate::edition::{Edition, MeasureLayout};
use crate::model::{Annex, Content, Entry, Front, Heading, Id, Kpi, Listing, Measure, Row};
use crate::publish::confirmation::Confirmation;
use crate::publish::totals::TotalRow;
use crate::schema::{Key, Paper, Role, Table, WORDS, Words, outline};
use crate::text::era;
use crate::text::prose::{Prose, prose};

/// Everything a template may read, as `data.json`.
#[derive(Debug, Serialize)]
pub struct Data<'a> {
    pub front: &'a Front,
    /// What the edition calls things.
    pub words: BTreeMap<String, &'a str>,
    pub settings: Settings,
    /// The number of open errors of a draft; none in the official print.
    pub draft: Option<usize>,
    /// What a department is asked to confirm, where the annex is its part; none in the annex itself.
    pub confirmation: Option<Confirmation>,
    /// The date of issue, which becomes the file's date.
    pub date: Date,
    pub columns: Columns<'a>,
    pub headings: Vec<HeadingRows>,
    /// Prose before the tables, and behind them.
    pub chapters: Vec<ChapterText<'a>>,
    pub appendices: Vec<ChapterText<'a>>,
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
    /// Millimetres.
    pub paper: PaperSize,
    /// Measures are sheets, not rows of a table; each on a page of its own, or not.
    pub sheets: bool,
    pub sheet_page_break: bool,
}

/// The size of a page.
#[derive(Debug, Serialize)]
pub struct PaperSize {
    pub width: f64,
    pub height: f64,
}

/// A heading with the rows that are printed under it. All headings are in one list, each before
/// those that stand under it.
#[derive(Debug, Default, Serialize)]
pub struct HeadingRows {
    /// `1(2)`, or the name of the department where the chapters are departments.
    pub id: String,
    /// The level, from 1 at the top, of those that are printed.
    pub level: usize,
    /// The number as it is printed; empty for none.
    pub number: String,
    pub title: String,
    /// Number and title as printed.
    pub label: String,
    /// What is said below it.
    pub text: Vec<Block>,
    /// It is printed; else it only gives an order.
    pub printed: bool,
    /// It begins a page.
    pub break_before: bool,
    /// It follows the heading above without anything between.
    pub first: bool,
    pub measures: Vec<MeasureRow>,
    pub kpis: Vec<KpiRow>,
    /// The rows of totals below the tables; none where there is nothing to add up.
    pub measures_total: Option<TotalRow>,
    pub kpis_total: Option<TotalRow>,
    /// The ※ note under the KPI table, or empty.
    pub note: String,
}

impl HeadingRows {
    /// Nothing is printed below it but the headings under it.
    fn is_bare(&self) -> bool {
        self.text.is_empty() && self.measures.is_empty() && self.kpis.is_empty()
    }
}

/// A row of the table of measures.
#[derive(Debug, Serialize)]
pub struct MeasureRow {
    pub id: String,
    /// The settings ask for a new page before this row.
    pub break_before: bool,
    pub repost: bool,
    /// The title of the group that begins with it, where rows are grouped.
    pub group_title: Option<GroupTitle>,
    /// The name has （再掲） where it is one.
    #[serde(flatten)]
    pub cells: Cells,
}

/// A row of the table of KPIs.
#[derive(Debug, Serialize)]
pub struct KpiRow {
    pub id: String,
    pub break_before: bool,
    pub group_title: Option<GroupTitle>,
    /// The measures are 【their names】.
    #[serde(flatten)]
    pub cells: Cells,
}

/// The texts of a row by the keys of their columns, each a field of the row. [`json`] refuses a
/// column whose key is another field of a row.
pub type Cells = IndexMap<Key, Vec<Block>>;

/// Why there are no values for the templates; always a fault of the program.
#[derive(Debug, thiserror::Error)]
pub enum DataError {
    #[error("{0} is the key of a column, but a row has another field of that name")]
    KeyTaken(Key),
    #[error("{heading} lists {id}, which is not in the annex")]
    NotInAnnex { heading: String, id: String },
    #[error("data.json cannot be written: {0}")]
    Json(#[from] serde_json::Error),
}

/// `data.json` as bytes.
pub fn json(edition: &Edition, annex: &Annex, options: &Options) -> Result<Vec<u8>, DataError> {
    Ok(serde_json::to_vec(&data(edition, annex, options)?)?)
}

fn data<'a>(
    edition: &'a Edition,
    annex: &'a Annex,
    options: &Options,
) -> Result<Data<'a>, DataError> {
    let rows = Rows { edition, annex, layout: options.layout };
    let (width, height) = edition.layout.page_size();
    let (sheets, sheet_page_break) = match edition.layout.measures {
        MeasureLayout::Table => (false, false),
        MeasureLayout::Sheets { page_break } => (true, page_break),
    };
    // What departments get for their own use is their rows.
    let chapters = |chapters, kind| match options.layout {
        Layout::Category => {
            let is_strict = edition.layout.strict_kinsoku;
            chapters::texts(chapters, kind, annex, &options.chapters, is_strict)
        }
        Layout::Department => Vec::new(),
    };
    let headings = match options.layout {
        Layout::Category => rows.by_heading()?,
        Layout::Department => rows.by_department()?,
    };
    Ok(Data {
        front: &annex.front,
        words: words(&annex.schema.words),
        settings: Settings {
            fonts: fonts::text(edition),
            heading_fonts: fonts::headings(),
            repeat_header: edition.layout.repeat_header,
            binding_margin: edition.layout.binding_margin,
            double_sided: edition.layout.double_sided,
            strict_kinsoku: edition.layout.strict_kinsoku,
            paper: PaperSize { width, height },
            sheets,
            sheet_page_break,
        },
        draft: options.draft,
        confirmation: options.confirmation.clone(),
        date: issued(&annex.front.issued).unwrap_or(Date { year: edition.year, month: 4, day: 1 }),
        columns: columns::of(annex, sheets, width)?,
        headings,
        chapters: chapters(&edition.chapters, "chapter"),
        appendices: chapters(&edition.appendices, "appendix"),
    })
}

/// The words by the names of their fields: `measures_caption`.
pub(super) fn words(words: &Words) -> BTreeMap<String, &str> {
    WORDS.iter().map(|word| (word.field_name(), word.of(words))).collect()
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

/// Ends the name of a measure that is listed again with its mark, which stays in one piece.
fn add_repost_mark(name: &mut Vec<Block>, mark: &str) {
    let mark = Run::NoBreak { text: mark.into(), before: false, after: false };
    match name.last_mut() {
        Some(Block::Paragraph { runs, lines }) => {
            lines.clear();
            runs.push(mark);
        }
        Some(Block::List { items }) => {
            items.iter_mut().next_back().into_iter().for_each(|item| item.runs.push(mark.clone()))
        }
        None => name.push(Block::Paragraph { runs: vec![mark], lines: Vec::new() }),
    }
}

/// The prose below a heading with marks that print as such: a dash stands for a dot.
fn marked(text: &str) -> String {
    let mut lines = Vec::new();
    for block in prose(text) {
        match block {
            Prose::Paragraph(text) => lines.push(text.to_owned()),
            Prose::List(items) => lines.extend(items.iter().map(|item| match item.mark {
                mark @ ('・' | '○' | '●') => format!("{mark}{}", item.text),
                _ => format!("・{}", item.text),
            })),
        }
    }
    lines.join("\n")
}

/// Leaves out the headings under which nothing stands, each with those above it that have no other.
fn without_empty(headings: Vec<HeadingRows>) -> Vec<HeadingRows> {
    let mut kept: Vec<HeadingRows> = Vec::with_capacity(headings.len());
    for heading in headings.into_iter().rev() {
        match kept.last_mut() {
            Some(next) if next.level > heading.level => kept.push(heading),
            _ if !heading.is_bare() => kept.push(heading),
            // What follows in its place begins where it would have begun.
            Some(next) if next.level == heading.level => {
                next.first |= heading.first;
                next.break_before |= heading.break_before;
            }
            _ => {}
        }
    }
    kept.reverse();
    kept
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

    fn by_heading(&self) -> Result<Vec<HeadingRows>, DataError> {
        let mut headings = Vec::new();
        for (at, heading) in self.annex.outline.iter().enumerate() {
            self.add(heading, at == 0, 1, &mut headings)?;
        }
        Ok(if self.edition.layout.omit_empty_headings { without_empty(headings) } else { headings })
    }

    /// A heading and all that stand under it. `level` is what it has in print, where the headings
    /// that are not printed are none.
    fn add(
        &self,
        heading: &Heading,
        is_first: bool,
        level: usize,
        into: &mut Vec<HeadingRows>,
    ) -> Result<(), DataError> {
        let has_heading = self.annex.levels.level(heading.id.depth()).is_some_and(|l| l.printed);
        // Of a heading without a title there is nothing to print but a bare number.
        let printed = has_heading && !heading.title.is_empty();
        let number = if heading.title.is_empty() { "" } else { &heading.number };
        into.push(HeadingRows {
            level,
            number: number.to_owned(),
            label: outline::label(number, &heading.title),
            text: self.blocks(&marked(&heading.text)),
            printed,
            break_before: !into.is_empty() && !is_first && self.begins_page(heading),
            first: is_first && into.last().is_none_or(HeadingRows::is_bare),
            ..self.rows(heading, None)?
        });
        for (at, under) in heading.headings.iter().enumerate() {
            self.add(under, at == 0, level + usize::from(printed), into)?;
        }
        Ok(())
    }

    /// Whether a heading begins a page: by its level, or by that of the first heading under it,
    /// which stands on its page.
    fn begins_page(&self, heading: &Heading) -> bool {
        let own = self.annex.levels.level(heading.id.depth()).is_some_and(|l| l.page_break);
        own || heading.headings.first().is_some_and(|first| self.begins_page(first))
    }

    /// The departments that have rows, in the order of the settings. A measure stands under
    /// each of its owners, once: where it is listed again, its department knows.
    fn by_department(&self) -> Result<Vec<HeadingRows>, DataError> {
        let mut headings: Vec<HeadingRows> = Vec::new();
        for department in &self.edition.departments {
            let mut topics = Vec::new();
            for heading in self.annex.headings() {
                let rows = self.rows(heading, Some(&department.name))?;
                if !rows.measures.is_empty() || !rows.kpis.is_empty() {
                    let (label, first) = (heading.name(), topics.is_empty());
                    let printed = HeadingRows { level: 2, printed: true, ..rows };
                    topics.push(HeadingRows { label, first, ..printed });
                }
            }
            if !topics.is_empty() {
                headings.push(HeadingRows {
                    id: department.name.clone(),
                    level: 1,
                    title: department.name.clone(),
                    label: department.name.clone(),
                    printed: true,
                    break_before: !headings.is_empty(),
                    first: headings.is_empty(),
                    ..HeadingRows::default()
                });
                headings.extend(topics);
            }
        }
        Ok(headings)
    }

    /// A heading with its rows, or with those of a department.
    fn rows(&self, heading: &Heading, department: Option<&str>) -> Result<HeadingRows, DataError> {
        let missing =
            |id: &Id| DataError::NotInAnnex { heading: heading.id.to_string(), id: id.to_string() };
        let listed = |listing: &Listing, measure: &Measure| {
            department.is_none_or(|department| {
                let owned = measure.owners.iter().any(|owner| owner.department == department);
                !listing.repost && (owned || measure.submitted_by == department)
            })
        };
        let (mut measures, mut of_measures) = (Vec::new(), Vec::new());
        for listing in &heading.listings {
            let id = &listing.measure;
            let measure = self.annex.measure(id).ok_or_else(|| missing(id))?;
            if listed(listing, measure) {
                measures.push(self.measure_row(heading, listing, measure));
                of_measures.push((&measure.entry, listing.repost));
            }
        }
        let (mut kpis, mut of_kpis) = (Vec::new(), Vec::new());
        for id in &heading.kpis {
            let kpi = self.annex.kpi(id).ok_or_else(|| missing(id))?;
            let repost = kpi.is_repost(heading);
            if department.is_none_or(|department| !repost && kpi.submitted_by == department) {
                kpis.push(self.kpi_row(heading, kpi));
                of_kpis.push((&kpi.entry, repost));
            }
        }
        Ok(HeadingRows {
            id: heading.id.to_string(),
            title: heading.title.clone(),
            measures: group(measures),
            kpis: group(kpis),
            measures_total: self.total(Table::Measures, of_measures),
            kpis_total: self.total(Table::Kpis, of_kpis),
            note: heading.note.clone(),
            ..HeadingRows::default()
        })
    }

    fn total(&self, table: Table, rows: Vec<(&Entry, bool)>) -> Option<TotalRow> {
        TotalRow::of(&self.annex.schema, table, Paper::Annex, rows.into_iter())
    }

    fn measure_row(&self, heading: &Heading, listing: &Listing, measure: &Measure) -> MeasureRow {
        let cells = self.listed(Table::Measures, measure, listing.repost);
        MeasureRow {
            id: measure.id.to_string(),
            break_before: self.breaks(heading, &measure.id),
            repost: listing.repost,
            group_title: GroupTitle::of(&self.annex.schema, Table::Measures, measure),
            cells,
        }
    }

    fn kpi_row(&self, heading: &Heading, kpi: &Kpi) -> KpiRow {
        KpiRow {
            id: kpi.id.to_string(),
            break_before: self.breaks(heading, &kpi.id),
            group_title: GroupTitle::of(&self.annex.schema, Table::Kpis, kpi),
            cells: self.listed(Table::Kpis, kpi, kpi.is_repost(heading)),
        }
    }

    /// The texts of a row, with the mark of one that is listed again behind its name.
    fn listed(&self, table: Table, row: &impl Row, repost: bool) -> Cells {
        let mut cells = self.cells(table, row);
        if repost
            && let Some(name) = self.annex.schema.with_role(table, Role::Name)
            && let Some(name) = cells.get_mut(&name.key)
        {
            add_repost_mark(name, &self.annex.schema.words.repost);
        }
        cells
    }

    /// The texts of a row as they are printed.
    fn cells(&self, table: Table, row: &impl Row) -> Cells {
        let columns = self.annex.schema.on(table, Paper::Annex);
        let cells = columns.map(|column| {
            let text = match row.content(column) {
                Content::Links([]) => Cow::Borrowed(""),
                Content::Links(links) => {
                    let names: Vec<&str> =
                        links.iter().map(|link| self.annex.printed_name(link)).collect();
                    Cow::Owned(format!("【{}】", names.join("・")))
                }
                content => content.text(),
            };
            let mut blocks = self.blocks(&text);
            if matches!(column.role, Role::Name | Role::Department | Role::Section) {
                let family = &self.edition.layout.font;
                blocks.iter_mut().for_each(|block| block.add_lines(family));
            }
            (column.key.clone(), blocks)
        });
        cells.collect()
    }

    /// Whether the settings ask for a new page before a row of the official layout.
    fn breaks(&self, heading: &Heading, id: &Id) -> bool {
        self.layout == Layout::Category
            && self.edition.page_breaks.iter().any(|wanted| {
                wanted.before == id.as_str()
                    && wanted.category.as_ref().is_none_or(|c| *c == heading.id.to_string())
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_without_rows_are_left_out_with_those_above_them() {
        let heading = |level: usize, label: &str| HeadingRows {
            level,
            label: label.to_owned(),
            text: if label.ends_with('*') { blocks("文", true) } else { Vec::new() },
            break_before: label.starts_with('^'),
            ..HeadingRows::default()
        };
        for (given, expected) in [
            (vec![(1, "a"), (2, "b"), (2, "c*"), (1, "d"), (2, "e")], vec!["a", "c*"]),
            (vec![(1, "a"), (1, "^b"), (2, "c"), (1, "d*")], vec!["d* breaks"]),
            (vec![(1, "a*"), (2, "b"), (3, "c*")], vec!["a*", "b", "c*"]),
        ] {
            let headings = given.into_iter().map(|(level, label)| heading(level, label)).collect();
            let kept = without_empty(headings).into_iter().map(|heading| {
                format!("{}{}", heading.label, if heading.break_before { " breaks" } else { "" })
            });
            assert_eq!(kept.collect::<Vec<_>>(), expected);
        }
    }

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
}
