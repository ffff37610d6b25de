//! What the page shows, in its order: the values of `templates/web/annex.html`.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::edition::{Edition, JOINT};
use crate::model::{
    Annex, Content, Entry, Front, Heading, HeadingId, Id, Kpi, Link, Listing, Measure, Row,
};
use crate::progress::Progress;
use crate::publish::totals::TotalRow;
use crate::schema::{Column, Paper, Role, Schema, Table};
use crate::text::prose::{Prose, prose};

#[derive(Serialize)]
pub(super) struct Page<'a> {
    front: &'a Front,
    /// The address of the front matter is one of the web, so that it may be a link.
    linked: bool,
    counts: Counts,
    /// The departments that have an entry here, in the order of the settings.
    departments: Vec<&'a str>,
    /// The heads of the columns of both tables; the first is the name's.
    measure_columns: Vec<String>,
    kpi_columns: Vec<String>,
    many: Many,
    /// What the page calls the measures of a KPI.
    measures_label: Cow<'a, str>,
    /// What a heading that entries stand under is called.
    place_word: String,
    /// The headings at the top.
    headings: Vec<HeadingView<'a>>,
}

/// Which tables have more columns than fit side by side.
#[derive(Serialize)]
struct Many {
    measures: bool,
    kpis: bool,
}

/// As many columns stand side by side on the page, beside its contents.
const SIDE_BY_SIDE: usize = 5;

#[derive(Serialize)]
struct Counts {
    measures: usize,
    kpis: usize,
}

/// A heading with its rows and the headings under it.
#[derive(Serialize)]
struct HeadingView<'a> {
    anchor: String,
    /// From 1 at the top.
    level: usize,
    /// Number and title; of a topmost one as it stands, of others what it is called everywhere.
    label: String,
    /// It has a heading on the page; else it only gives an order.
    shown: bool,
    /// Entries may stand under it.
    holds: bool,
    text: Vec<Block<'a>>,
    measures: Vec<MeasureRow<'a>>,
    kpis: Vec<KpiRow<'a>>,
    /// The rows below the tables; none where there is nothing to add up.
    measures_total: Option<TotalView>,
    kpis_total: Option<TotalView>,
    note: &'a str,
    headings: Vec<HeadingView<'a>>,
    /// The headings of all levels under it that entries may stand under, and itself if it is one:
    /// what may be chosen to be shown alone.
    places: Vec<Anchor<'a>>,
}

/// What the rows of a table add up to.
#[derive(Serialize)]
struct TotalView {
    label: &'static str,
    /// Something adds up; else there are notes alone.
    has_sums: bool,
    /// The label of every column behind that of the name, and its sum or nothing.
    cells: Vec<(String, String)>,
    /// What the sums are without.
    notes: Vec<String>,
}

/// A paragraph, or the items of a list under the marks that were typed.
#[derive(Serialize)]
struct Block<'a> {
    paragraph: Option<&'a str>,
    items: Vec<String>,
}

#[derive(Serialize)]
struct MeasureRow<'a> {
    anchor: String,
    id: &'a str,
    name: &'a str,
    repost: bool,
    /// The columns behind that of the name.
    cells: Vec<CellView<'a>>,
    /// Names of departments, one a line.
    departments: String,
    /// Of a repost: the place of the original.
    original: Option<Anchor<'a>>,
    /// Of an original: the places of its reposts.
    reposts: Vec<Anchor<'a>>,
    kpis: Vec<Anchor<'a>>,
}

#[derive(Serialize)]
struct KpiRow<'a> {
    anchor: String,
    id: &'a str,
    name: &'a str,
    repost: bool,
    /// Of one that is listed again: its own place.
    original: Option<Anchor<'a>>,
    /// The columns behind that of the name.
    cells: Vec<CellView<'a>>,
    departments: String,
    measures: Vec<Anchor<'a>>,
    /// Its place among the KPIs over the years.
    course: Option<String>,
}

/// What an entry says in a column.
#[derive(Serialize)]
struct CellView<'a> {
    label: String,
    text: Cow<'a, str>,
    /// Of an owner: the section of the department.
    section: &'a str,
    figure: bool,
}

/// A link within the page; without an anchor the words alone.
#[derive(Clone, Serialize)]
struct Anchor<'a> {
    anchor: Option<String>,
    label: Cow<'a, str>,
}

/// Where a measure stands: its own place, and those of its reposts.
#[derive(Default)]
struct Places<'a> {
    own: Option<&'a Heading>,
    reposts: Vec<&'a Heading>,
    kpis: Vec<&'a Id>,
}

impl<'a> Page<'a> {
    pub fn new(edition: &'a Edition, annex: &'a Annex, progress: Option<&Progress>) -> Self {
        let places = places(annex);
        let courses = courses(progress);
        let url = &annex.front.url;
        let measure_columns = heads(&annex.schema, Table::Measures);
        let kpi_columns = heads(&annex.schema, Table::Kpis);
        Self {
            front: &annex.front,
            linked: url.starts_with("https://") || url.starts_with("http://"),
            counts: Counts {
                measures: annex.listings().filter(|(_, listing, _)| !listing.repost).count(),
                kpis: annex.kpi_rows().count(),
            },
            departments: departments(edition, annex),
            many: Many {
                measures: measure_columns.len() > SIDE_BY_SIDE,
                kpis: kpi_columns.len() > SIDE_BY_SIDE,
            },
            measure_columns,
            kpi_columns,
            measures_label: annex.schema.fill("{kpis.measures}"),
            place_word: annex.levels.all_place_words(),
            headings: (annex.outline.iter())
                .map(|top| heading(annex, top, &places, &courses))
                .collect(),
        }
    }

    /// Whether a table has a row of totals.
    pub fn has_totals(&self) -> bool {
        self.headings.iter().any(HeadingView::has_totals)
    }

    /// Whether a table has more columns than fit side by side.
    pub fn has_many(&self) -> bool {
        self.many.measures || self.many.kpis
    }
}

impl HeadingView<'_> {
    fn has_totals(&self) -> bool {
        let own = self.measures_total.is_some() || self.kpis_total.is_some();
        own || self.headings.iter().any(Self::has_totals)
    }
}

/// The departments with a listing or a KPI: those of the settings first, then others by name.
fn departments<'a>(edition: &'a Edition, annex: &'a Annex) -> Vec<&'a str> {
    let rank = |name: &str| edition.departments.iter().position(|d| d.name == name);
    let measures = annex.listings().flat_map(|(_, _, measure)| of_measure(measure));
    let kpis = annex.kpi_rows().flat_map(|(_, kpi)| of_kpi(annex, kpi));
    let mut names: Vec<&str> = measures.chain(kpis).filter(|name| !name.is_empty()).collect();
    names.sort_by_key(|name| (rank(name).unwrap_or(usize::MAX), *name));
    names.dedup();
    names
}

fn of_measure(measure: &Measure) -> Vec<&str> {
    if measure.owners.is_empty() {
        return vec![measure.department.as_str()];
    }
    measure.owners.iter().map(|owner| owner.department.as_str()).collect()
}

/// A KPI is its submitter's, and of those who answer for its measures.
pub(super) fn of_kpi<'a>(annex: &'a Annex, kpi: &'a Kpi) -> Vec<&'a str> {
    let linked = kpi.measures.iter().filter_map(|link| annex.measure(link.measure.as_ref()?));
    let mut names: Vec<&str> = linked.flat_map(of_measure).collect();
    names.push(&kpi.submitted_by);
    names.sort_unstable();
    names.dedup();
    names
}

/// The KPIs whose way over the years is shown.
fn courses(progress: Option<&Progress>) -> BTreeSet<&Id> {
    progress.iter().flat_map(|progress| &progress.tracks).map(|track| &track.kpi).collect()
}

fn places(annex: &Annex) -> BTreeMap<&Id, Places<'_>> {
    let mut places: BTreeMap<&Id, Places> = BTreeMap::new();
    for (heading, listing, measure) in annex.listings() {
        let place = places.entry(&measure.id).or_default();
        if listing.repost {
            place.reposts.push(heading);
        } else {
            place.own = Some(heading);
        }
    }
    for (_, kpi) in annex.kpi_rows() {
        for id in kpi.measures.iter().filter_map(|link| link.measure.as_ref()) {
            let kpis = &mut places.entry(id).or_default().kpis;
            if !kpis.contains(&&kpi.id) {
                kpis.push(&kpi.id);
            }
        }
    }
    places
}

fn heading<'a>(
    annex: &'a Annex,
    of: &'a Heading,
    places: &BTreeMap<&'a Id, Places<'a>>,
    courses: &BTreeSet<&Id>,
) -> HeadingView<'a> {
    let measures = of.listings.iter().filter_map(|listing| {
        let measure = annex.measure(&listing.measure)?;
        Some(measure_row(&annex.schema, of, listing, measure, places.get(&measure.id)))
    });
    let kpis = of.kpis.iter().filter_map(|id| Some((annex.kpi(id)?, of)));
    let depth = of.id.depth();
    let level = annex.levels.level(depth);
    let holds = Table::ALL.into_iter().any(|table| annex.levels.hold(depth, table));
    let headings: Vec<HeadingView> =
        of.headings.iter().map(|under| heading(annex, under, places, courses)).collect();
    let own = Anchor { anchor: Some(heading_anchor(of.id)), label: of.name().into() };
    let below = headings.iter().flat_map(|under| under.places.iter().cloned());
    HeadingView {
        anchor: heading_anchor(of.id),
        level: depth,
        label: if of.prefix.contains(JOINT) { of.label() } else { of.name() },
        shown: level.is_some_and(|level| level.printed) && !of.title.is_empty(),
        holds,
        text: prose(&of.text).into_iter().map(block).collect(),
        measures: measures.collect(),
        kpis: kpis.map(|(kpi, of)| kpi_row(annex, of, kpi, places, courses)).collect(),
        measures_total: measures_total(annex, of),
        kpis_total: kpis_total(annex, of),
        note: &of.note,
        places: holds.then_some(own).into_iter().chain(below).collect(),
        headings,
    }
}

fn measures_total(annex: &Annex, of: &Heading) -> Option<TotalView> {
    let rows = of.listings.iter().filter_map(|listing| {
        let measure = annex.measure(&listing.measure)?;
        Some((&measure.entry, listing.repost))
    });
    total(&annex.schema, Table::Measures, rows)
}

fn kpis_total(annex: &Annex, of: &Heading) -> Option<TotalView> {
    let kpis = of.kpis.iter().filter_map(|id| annex.kpi(id));
    total(&annex.schema, Table::Kpis, kpis.map(|kpi| (&kpi.entry, kpi.is_repost(of))))
}

fn total<'e>(
    schema: &Schema,
    table: Table,
    rows: impl Iterator<Item = (&'e Entry, bool)>,
) -> Option<TotalView> {
    let TotalRow { label, mut sums, notes } = TotalRow::of(schema, table, Paper::Web, rows)?;
    let has_sums = !sums.is_empty();
    let cell = |column: &Column| {
        (head(schema, table, column), sums.shift_remove(&column.key).unwrap_or_else(String::new))
    };
    let cells = shown(schema, table).map(cell).collect();
    Some(TotalView { label, has_sums, cells, notes })
}

fn block(prose: Prose<'_>) -> Block<'_> {
    match prose {
        Prose::Paragraph(text) => Block { paragraph: Some(text), items: Vec::new() },
        Prose::List(items) => {
            let items = items.iter().map(|item| format!("{}{}", item.mark, item.text));
            Block { paragraph: None, items: items.collect() }
        }
    }
}

/// The columns that a table of the page has, in order. An id, and the measures of a KPI, stand
/// with the name; a section with its department, where there is one.
fn shown(schema: &Schema, table: Table) -> impl Iterator<Item = &Column> {
    let has_department = schema.on(table, Paper::Web).any(|c| c.role == Role::Department);
    schema.on(table, Paper::Web).filter(move |column| match column.role {
        Role::Id | Role::Name | Role::Measures => false,
        Role::Section => !has_department,
        Role::Status
        | Role::Place
        | Role::Above { .. }
        | Role::Order
        | Role::Department
        | Role::Reposts
        | Role::Note
        | Role::Figure { .. }
        | Role::Value => true,
    })
}

fn heads(schema: &Schema, table: Table) -> Vec<String> {
    let name = schema.name_label(table).into_owned();
    let others = shown(schema, table).map(|column| head(schema, table, column));
    std::iter::once(name).chain(others).collect()
}

/// The label of a column; of that of the owners what both their labels say: 「担当部局・課室」.
fn head(schema: &Schema, table: Table, column: &Column) -> String {
    match (column.role, section(schema, table)) {
        (Role::Department, Some(section)) => {
            let both = column.label.chars().zip(section.label.chars());
            let common: usize = both.take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
            let (_, rest) = section.label.split_at(common);
            format!("{}・{rest}", column.label)
        }
        // What spans several columns in print is said of each of them here.
        _ => match &column.head {
            Some(head) if *head != column.label => format!("{head} {}", column.label),
            _ => column.label.clone(),
        },
    }
}

/// The column of the sections, where the page has it.
fn section(schema: &Schema, table: Table) -> Option<&Column> {
    schema.on(table, Paper::Web).find(|column| column.role == Role::Section)
}

fn cells<'a, R: Row>(schema: &'a Schema, table: Table, row: &'a R) -> Vec<CellView<'a>> {
    let cell = |column: &'a Column| CellView {
        label: head(schema, table, column),
        text: row.text(column),
        section: match (column.role, section(schema, table)) {
            (Role::Department, Some(section)) => match row.content(section) {
                Content::Text(text) => text.as_str(),
                _ => "",
            },
            _ => "",
        },
        figure: column.is_figure() || column.role == Role::Value && column.kind.is_numeric(),
    };
    shown(schema, table).map(cell).collect()
}

fn measure_row<'a>(
    schema: &'a Schema,
    heading: &'a Heading,
    listing: &Listing,
    measure: &'a Measure,
    places: Option<&Places<'a>>,
) -> MeasureRow<'a> {
    let own = places.and_then(|places| places.own);
    let original = own
        .filter(|_| listing.repost)
        .map(|own| Anchor { anchor: Some(anchor(&measure.id)), label: own.name().into() });
    let reposts = places.filter(|_| !listing.repost).map_or(&[][..], |places| &places.reposts);
    let kpis = places.map_or(&[][..], |places| &places.kpis);
    MeasureRow {
        anchor: if listing.repost {
            repost_anchor(&measure.id, heading.id)
        } else {
            anchor(&measure.id)
        },
        id: measure.id.as_str(),
        name: measure.name.as_str(),
        repost: listing.repost,
        cells: cells(schema, Table::Measures, measure),
        departments: of_measure(measure).join("\n"),
        original,
        reposts: reposts
            .iter()
            .map(|heading| Anchor {
                anchor: Some(repost_anchor(&measure.id, heading.id)),
                label: heading.name().into(),
            })
            .collect(),
        kpis: kpis
            .iter()
            .map(|id| Anchor { anchor: Some(anchor(id)), label: id.as_str().into() })
            .collect(),
    }
}

fn kpi_row<'a>(
    annex: &'a Annex,
    heading: &Heading,
    kpi: &'a Kpi,
    places: &BTreeMap<&'a Id, Places<'a>>,
    courses: &BTreeSet<&Id>,
) -> KpiRow<'a> {
    let repost = kpi.is_repost(heading);
    let own = kpi.category.value.and_then(|id| annex.heading(id)).filter(|_| repost);
    KpiRow {
        anchor: if repost { repost_anchor(&kpi.id, heading.id) } else { anchor(&kpi.id) },
        repost,
        original: own.map(|own| Anchor { anchor: Some(anchor(&kpi.id)), label: own.name().into() }),
        id: kpi.id.as_str(),
        name: kpi.name.as_str(),
        cells: cells(&annex.schema, Table::Kpis, kpi),
        departments: of_kpi(annex, kpi).join("\n"),
        measures: kpi.measures.iter().map(|link| measure_link(annex, link, places)).collect(),
        course: courses.contains(&kpi.id).then(|| course_anchor(&kpi.id)),
    }
}

/// A link to the measure's own place, else to its first repost, else no link.
fn measure_link<'a>(
    annex: &'a Annex,
    link: &'a Link,
    places: &BTreeMap<&'a Id, Places<'a>>,
) -> Anchor<'a> {
    let anchor = link.measure.as_ref().and_then(|id| {
        let places = places.get(id)?;
        match places.own {
            Some(_) => Some(anchor(id)),
            None => Some(repost_anchor(id, places.reposts.first()?.id)),
        }
    });
    Anchor { anchor, label: annex.printed_name(link).into() }
}

/// An id as the name of a place of the page: white space cannot stand in one.
pub(super) fn anchor(id: &Id) -> String {
    id.as_str().split_whitespace().collect::<Vec<_>>().join("_")
}

pub(super) fn course_anchor(id: &Id) -> String {
    format!("progress-{}", anchor(id))
}

fn repost_anchor(id: &Id, heading: HeadingId) -> String {
    format!("{}-{}", anchor(id), heading.dashed())
}

pub(super) fn heading_anchor(id: HeadingId) -> String {
    let kind = if id.depth() == 1 { "pillar" } else { "category" };
    format!("{kind}-{}", id.dashed())
}
