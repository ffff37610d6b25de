//! The rows of the workbook: measures, reposts and KPIs, each in its place.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::headings::{Headings, add};
use super::{is_unlisted, names};
use crate::diag::{CellRef, Place};
use crate::edition::{self, Edition};
use crate::intake::assemble::{ids, link};
use crate::intake::interpret::{
    Frame, Patience, RowReader, Submitter, Vocabulary, annotations, stated_id,
};
use crate::intake::locate::{Located, Row, foreign_columns};
use crate::model::{
    Annex, Content, FORMAT, Front, Heading, HeadingId, Id, KnownIds, Kpi, Listing, Measure,
    ObservationKind, Observations, Owner, Row as _, Sourced,
};
use crate::schema::{Levels, Schema, Table, keys};
use crate::text::{clean, key};

/// An entry with its place in print: the category, and 掲載順 where the row gives one.
struct Entry<T> {
    entry: T,
    listed: bool,
    order: f64,
    /// The cell of its id.
    at: Place,
}

/// The rows of all tables, as they were read.
#[derive(Default)]
struct Entries {
    measures: Vec<Entry<Measure>>,
    reposts: Vec<Entry<Measure>>,
    /// With the ids that the row gives its measures.
    kpis: Vec<(Entry<Kpi>, Vec<String>)>,
}

/// The annex of the headings and tables.
pub fn annex(
    headings: Headings,
    schema: &Arc<Schema>,
    tables: &[Located],
    observations: &mut Observations,
) -> Annex {
    let Headings { front, levels, mut outline } = headings;
    for located in tables {
        complete(&mut outline, &levels, located);
    }
    let edition = edition(&front.edition, schema, levels, &outline);
    let vocabulary = Vocabulary::new(&edition);
    let mut entries = Entries::default();
    for located in tables {
        let frame = Frame::of(located);
        for row in &located.rows {
            entries.read(&vocabulary, (located, &frame), row, observations);
        }
        note_unknown_columns(&edition.levels, located, observations);
    }
    annotations(tables, observations);
    entries.assemble(edition.clone(), front, outline, observations)
}

/// Adds the categories that only rows name, with their pillars. Of other levels the workbook has
/// all headings.
fn complete(outline: &mut Vec<Heading>, levels: &Levels, located: &Located) {
    let rows = located.rows.iter().filter(|_| levels.is_standard());
    for row in rows {
        let Some((_, cell)) = row.entries.get(keys::CATEGORY) else { continue };
        let Some((id, title)) = split(&cell.text) else { continue };
        let known = outline.iter().flat_map(|pillar| &pillar.headings).any(|c| c.id == id);
        if known || title.is_empty() {
            continue;
        }
        add(outline, levels, Heading::standard(id, title));
        let label = extra(located, row, levels.word(1));
        let top = id.at_level(1);
        let pillar = outline.iter_mut().find(|p| Some(p.id) == top && p.title.is_empty());
        if let Some((pillar, label)) = pillar.zip(label) {
            let label = clean(&label).text;
            let title = label.strip_prefix(&pillar.number).unwrap_or(&label);
            title.trim().clone_into(&mut pillar.title);
        }
    }
}

/// 「1(1) 子育て支援」 as number and title.
fn split(label: &str) -> Option<(HeadingId, String)> {
    let label = clean(label).text;
    let end = label.find([')', '）'])?;
    let title = label.get(end..)?.trim_start_matches([')', '）']).trim();
    let number = key(label.get(..end)?);
    Some((format!("{number})").parse().ok()?, title.to_owned()))
}

/// The settings that follow from the workbook, for the words of its rows.
fn edition(id: &str, schema: &Arc<Schema>, levels: Levels, outline: &[Heading]) -> Edition {
    fn settings(levels: &Levels, heading: &Heading) -> edition::Heading {
        let (usual, _) = levels.numbers(heading.id);
        edition::Heading {
            number: heading.id.number(),
            number_text: Some(heading.number.clone()).filter(|number| *number != usual),
            title: heading.title.clone(),
            headings: heading.headings.iter().map(|under| settings(levels, under)).collect(),
            ..edition::Heading::default()
        }
    }
    Edition {
        front: Front { edition: id.to_owned(), ..Front::default() },
        schema: schema.clone(),
        outline: outline.iter().map(|heading| settings(&levels, heading)).collect(),
        levels,
        ..Edition::default()
    }
}

/// What a row shows in a column that the form does not have.
fn extra(located: &Located, row: &Row, label: &str) -> Option<String> {
    let mut unknown = located.unknown.iter();
    let (column, _) = unknown.find(|(_, text)| key(text) == key(label))?;
    let cell = located.sheet.shown(CellRef::new(row.number, *column))?;
    Some(cell.text.clone())
}

/// Tells of the columns that neither the form nor our writer has.
fn note_unknown_columns(levels: &Levels, located: &Located, observations: &mut Observations) {
    let measure_ids = names::measure_ids(located.schema);
    let ours = [names::SUBMITTER, names::OWNERS, &measure_ids];
    let words = levels.iter().map(|level| key(&level.word));
    let mut ours: BTreeSet<String> =
        ours.iter().chain(names::SHOWN).map(|label| key(label)).chain(words).collect();
    for column in located.schema.columns(located.table) {
        ours.extend(column.labels_beside().iter().map(|label| key(label)));
    }
    for foreign in foreign_columns(located) {
        if !ours.contains(&key(&foreign.text)) {
            let at = located.sheet.place(foreign.at);
            let noted = observations.note(ObservationKind::UnknownColumn, at);
            noted.found(foreign.text).foreign(foreign.column);
        }
    }
}

impl Entries {
    fn read(
        &mut self,
        vocabulary: &Vocabulary,
        (located, frame): (&Located, &Frame),
        row: &Row,
        observations: &mut Observations,
    ) {
        let sheet = located.sheet;
        let submitter = extra(located, row, names::SUBMITTER).unwrap_or_default();
        // A row without 担当部局 says nobody, whoever sent it in.
        let nobody = Submitter { name: "", at: Place::sheet(&sheet.file, &sheet.name) };
        let listed = !is_unlisted(located);
        // Without a column of ids, the row is told of at its beginning.
        let column = located.columns.get(keys::ID).copied().unwrap_or(0);
        let at = sheet.place(CellRef::new(row.number, column));
        let (texts, patience) = (BTreeMap::new(), Patience::default());
        let mut reader = RowReader {
            vocabulary,
            patience: &patience,
            frame,
            row,
            group: None,
            texts: &texts,
            observations,
        };
        match located.table {
            Table::Measures => {
                let mut entry = reader.measure(&nobody);
                place(vocabulary, located, row, &mut entry.category, listed, observations);
                entry.owners = owners(located, row);
                entry.submitted_by = submitter;
                entry.reposts.clear();
                let order = entry.order.take().map_or(f64::INFINITY, |order| order.value);
                let repost = listed && row.entries.contains_key(keys::REPOSTS);
                let rows = if repost { &mut self.reposts } else { &mut self.measures };
                rows.push(Entry { entry, listed, order, at });
            }
            Table::Kpis => {
                let mut entry = reader.kpi(&nobody);
                place(vocabulary, located, row, &mut entry.category, listed, observations);
                entry.submitted_by = submitter;
                let order = entry.order.take().map_or(f64::INFINITY, |order| order.value);
                let ids =
                    extra(located, row, &names::measure_ids(located.schema)).unwrap_or_default();
                let ids = ids.lines().map(str::to_owned).collect();
                self.kpis.push((Entry { entry, listed, order, at }, ids));
            }
        }
    }

    fn assemble(
        self,
        mut edition: Edition,
        front: Front,
        mut outline: Vec<Heading>,
        observations: &mut Observations,
    ) -> Annex {
        let Self { measures: own, reposts, kpis } = self;
        note_unusable_ids(
            own.iter().map(|e| (e.entry.stated_id.as_ref(), &e.at)),
            Table::Measures,
            observations,
        );
        let stated = kpis.iter().map(|(e, _)| (e.entry.stated_id.as_ref(), &e.at));
        note_unusable_ids(stated, Table::Kpis, observations);
        if edition.id().is_empty() {
            edition.front.edition = prefix(&own).unwrap_or_default();
        }
        let mut measures: Vec<Measure> = own.iter().map(|e| e.entry.clone()).collect();
        let printed: Vec<usize> = (0..measures.len()).collect();
        let words = Vocabulary::new(&edition);
        ids::of_measures(&mut measures, &printed, &words, KnownIds::default());
        let mut placed: Vec<Placed> = Vec::new();
        for (row, measure) in own.iter().zip(&measures).filter(|(row, _)| row.listed) {
            placed.push((measure.category.value, row.order, measure.id.clone(), false));
        }
        let originals = Originals::new(&measures);
        for row in &reposts {
            let at = originals.of(&row.entry);
            let Some(original) = at.and_then(|at| measures.get_mut(at)) else {
                let noted =
                    observations.note(ObservationKind::RepostWithoutOriginal, row.at.clone());
                noted.found(&row.entry.name.value);
                continue;
            };
            note_differences(&edition.schema, &row.entry, original, observations);
            original.reposts.push(row.entry.category.clone());
            placed.push((row.entry.category.value, row.order, original.id.clone(), true));
        }
        let names = link::Names::new(&measures, &edition.schema.words);
        let (rows, ids): (Vec<_>, Vec<_>) = kpis.into_iter().unzip();
        let mut kpis: Vec<Kpi> = rows.iter().map(|row| row.entry.clone()).collect();
        let printed: Vec<usize> = (0..kpis.len()).collect();
        ids::of_kpis(&mut kpis, &printed, &words, KnownIds::default());
        for (kpi, ids) in kpis.iter_mut().zip(&ids) {
            names.link(kpi);
            link_by_id(kpi, ids, &measures, &originals);
        }
        list(&mut outline, placed, |heading, (_, _, measure, repost)| {
            heading.listings.push(Listing { measure, repost });
        });
        let placed = rows.iter().zip(&kpis).filter(|(row, _)| row.listed);
        let placed = placed.map(|(row, k)| (k.category.value, row.order, k.id.clone(), false));
        list(&mut outline, placed.collect(), |heading, (_, _, id, _)| heading.kpis.push(id));
        list(&mut outline, reposted(&rows, &kpis), |heading, (_, _, id, _)| {
            if !heading.kpis.contains(&id) {
                heading.kpis.push(id);
            }
        });
        measures.sort_by(|a, b| a.id.cmp(&b.id));
        kpis.sort_by(|a, b| a.id.cmp(&b.id));
        let schema = edition.schema;
        let levels = edition.levels;
        let corrections = Vec::new();
        Annex { format: FORMAT.into(), schema, front, levels, outline, measures, kpis, corrections }
    }
}

/// Heading, 掲載順, id, repost.
type Placed = (Option<HeadingId>, f64, Id, bool);

/// The headings that KPIs are listed under again, by the ids of the KPIs.
fn reposted(rows: &[Entry<Kpi>], kpis: &[Kpi]) -> Vec<Placed> {
    let listed = rows.iter().zip(kpis).filter(|(row, _)| row.listed);
    let mut placed: Vec<Placed> = listed
        .flat_map(|(_, kpi)| {
            let reposts = kpi.reposts.iter().filter_map(|repost| repost.value);
            reposts.map(|heading| (Some(heading), f64::INFINITY, kpi.id.clone(), true))
        })
        .collect();
    placed.sort_by(|a, b| a.2.cmp(&b.2));
    placed
}

/// Puts every row under its heading, by 掲載順; rows of the same order as they stand.
fn list(outline: &mut [Heading], mut placed: Vec<Placed>, put: impl Fn(&mut Heading, Placed)) {
    placed.sort_by(|a, b| a.1.total_cmp(&b.1));
    for row in placed {
        if let Some(heading) = row.0.and_then(|id| Heading::find_mut(outline, id)) {
            put(heading, row);
        }
    }
}

/// The category of a row: that of its whole name where the columns of the levels do not part it from
/// others, else that of its number where the title is another; told of where the row is not as
/// コード表 has it.
fn place(
    vocabulary: &Vocabulary,
    located: &Located,
    row: &Row,
    category: &mut Sourced<Option<HeadingId>>,
    listed: bool,
    observations: &mut Observations,
) {
    if category.value.is_some() {
        return;
    }
    let whole = extra(located, row, names::PLACE);
    category.value = whole.and_then(|name| vocabulary.places.place(located.table, &name));
    if category.value.is_some() {
        return;
    }
    let text = row.entries.get(keys::CATEGORY).map_or("", |(_, cell)| cell.text.trim());
    let stated = split(text).map(|(id, _)| id);
    let known = stated.and_then(|id| vocabulary.places.label(id));
    category.value = stated.filter(|_| known.is_some());
    // What is printed nowhere may be there because its category is not known.
    if listed {
        let at = category.at.clone();
        let noted = observations.note(ObservationKind::CategoryNotInCodes, at).found(text);
        if let Some(label) = known {
            noted.expected(label);
        }
    }
}

/// Who answers for a measure: 「警察本部／情報管理課」, one a line.
fn owners(located: &Located, row: &Row) -> Vec<Owner> {
    let text = extra(located, row, names::OWNERS).unwrap_or_default();
    let owner = |line: &str| {
        let (department, section) = line.split_once(names::OWNER_JOINT)?;
        Some(Owner { department: department.trim().into(), section: section.trim().into() })
    };
    text.lines().filter_map(owner).collect()
}

/// Tells of rows without an id, with one that is none, and with that of a row before.
fn note_unusable_ids<'a>(
    rows: impl Iterator<Item = (Option<&'a Sourced<String>>, &'a Place)>,
    table: Table,
    observations: &mut Observations,
) {
    let mut seen = BTreeSet::new();
    for (stated, at) in rows {
        let found = stated.map_or("", |id| id.value.as_str());
        if stated_id(found, table).is_none_or(|id| !seen.insert(id)) {
            observations.note(ObservationKind::IdUnusable, at.clone()).found(found);
        }
    }
}

/// The edition that most ids of the rows are of, where the cover does not say it.
fn prefix(rows: &[Entry<Measure>]) -> Option<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for id in rows
        .iter()
        .filter_map(|row| stated_id(row.entry.stated_id.as_ref()?.as_str(), Table::Measures))
    {
        let (edition, _) = id.0.split_once('-')?;
        *counts.entry(edition.to_owned()).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(edition, _)| edition)
}

/// The positions of the measures by their ids, and by those names that only one has.
struct Originals {
    by_id: BTreeMap<Id, usize>,
    by_name: BTreeMap<String, Option<usize>>,
}

impl Originals {
    fn new(measures: &[Measure]) -> Self {
        let (mut by_id, mut by_name) = (BTreeMap::new(), BTreeMap::new());
        for (at, measure) in measures.iter().enumerate() {
            by_id.entry(measure.id.clone()).or_insert(at);
            let name = by_name.entry(key(measure.name.as_str()));
            name.and_modify(|of_several| *of_several = None).or_insert(Some(at));
        }
        Self { by_id, by_name }
    }

    /// The measure that a row lists again: that of its id, else the only one of its name.
    fn of(&self, repost: &Measure) -> Option<usize> {
        match repost.stated_id.as_ref().and_then(|id| stated_id(id.as_str(), Table::Measures)) {
            Some(id) => self.by_id.get(&id).copied(),
            None => self.by_name.get(&key(repost.name.as_str())).copied().flatten(),
        }
    }
}

/// Tells of the texts of a repost that are not its original's.
fn note_differences(
    schema: &Schema,
    repost: &Measure,
    original: &Measure,
    observations: &mut Observations,
) {
    for column in schema.columns(Table::Measures) {
        let (Content::Text(here), Content::Text(there)) =
            (repost.content(column), original.content(column))
        else {
            continue;
        };
        if here.value != there.value {
            let noted = observations.note(ObservationKind::RepostDiffers, here.at.clone());
            noted.found(&here.value).expected(&there.value);
        }
    }
}

/// Of several measures of one name, the row's ids tell which are meant.
fn link_by_id(kpi: &mut Kpi, ids: &[String], measures: &[Measure], originals: &Originals) {
    if ids.len() != kpi.measures.len() {
        return;
    }
    for (link, id) in kpi.measures.iter_mut().zip(ids) {
        let stated = stated_id(id, Table::Measures);
        let at = stated.and_then(|id| originals.by_id.get(&id).copied());
        let meant = at.and_then(|at| measures.get(at));
        if let Some(meant) = meant.filter(|m| key(m.name.as_str()) == key(link.text.as_str())) {
            link.measure = Some(meant.id.clone());
        } else if key(id) == key(names::NO_MEASURE) {
            link.measure = None;
        }
    }
}
