//! The annex once more, with corrections: an entry that is corrected is read again with the
//! corrected texts in its row, and all that follows from the entries follows from it too.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::DerefMut;

use super::link::Names;
use super::{Intake, SubmittedRow, finish, name_rows, number};
use crate::diag::Place;
use crate::edition::Edition;
use crate::intake::interpret::Vocabulary;
use crate::model::{
    Annex, Edit, Entry, Id, KnownIds, Kpi, Measure, ObservationKind, Observations, Receipt,
    SubmittedCell,
};
use crate::schema::{Key, Table, keys};

/// What is only seen of the cell that a text came from: other words in its place do not look so.
const OF_THE_LOOK: [ObservationKind; 9] = [
    ObservationKind::CellUnreadable,
    ObservationKind::ReadingsDiffer,
    ObservationKind::UnseenText,
    ObservationKind::ConditionalFormat,
    ObservationKind::CutText,
    ObservationKind::StruckText,
    ObservationKind::RaisedText,
    ObservationKind::FormulaWithoutValue,
    ObservationKind::NothingSaid,
];

type Texts = BTreeMap<Key, String>;

impl Intake {
    /// What the cell of an entry in a column shows, as it was submitted.
    pub fn shown(&self, id: &Id, column: &str) -> Option<SubmittedCell> {
        let row = self.rows.iter().find(|row| row.id == *id)?;
        row.file.shown(row.at, column)
    }

    /// The annex with other texts in the cells of some entries. Ids stay what they are, unless a
    /// stated one is corrected.
    pub fn corrected(self, edition: &Edition, known: KnownIds, edits: &BTreeMap<Id, Edit>) -> Self {
        let vocabulary = Vocabulary::new(edition);
        let Self { annex: Annex { measures: former, kpis, .. }, mut receipts, mut rows } = self;
        let mut again = Again { edits, receipts: &mut receipts };
        let of = |table| rows.iter().filter(move |row| row.table == table);
        let mut measures: Vec<Measure> =
            again.all(of(Table::Measures), former.clone(), |row, texts, observations| {
                row.file.measure(&vocabulary, row.at, texts, observations)
            });
        let mut kpis: Vec<Kpi> = again.all(of(Table::Kpis), kpis, |row, texts, observations| {
            row.file.kpi(&vocabulary, row.at, texts, observations)
        });
        let are_ids_corrected = edits.values().any(|edit| edit.texts.contains_key(keys::ID));
        if are_ids_corrected {
            let headings: Vec<_> = edition.headings().iter().map(|heading| heading.id).collect();
            number(&vocabulary, known, &headings, &mut measures, &mut kpis);
            name_rows(&mut rows, &measures, &kpis);
            kpis.iter_mut().flat_map(|kpi| &mut kpi.measures).for_each(|link| link.measure = None);
        }
        let words = &edition.schema.words;
        let names = Names::new(&measures, words);
        kpis.iter_mut().for_each(|kpi| names.link_rest(kpi));
        if !are_ids_corrected {
            // A KPI names a measure as the forms do, whatever it is called now.
            let names = Names::new(&former, words);
            kpis.iter_mut().for_each(|kpi| names.link_rest(kpi));
        }
        let annex = finish(&vocabulary, measures, kpis);
        Self { annex, receipts, rows }
    }
}

/// Reads corrected entries again.
struct Again<'a> {
    edits: &'a BTreeMap<Id, Edit>,
    receipts: &'a mut [Receipt],
}

impl Again<'_> {
    /// The entries of a table in the order of their rows.
    fn all<'r, E: DerefMut<Target = Entry>>(
        &mut self,
        rows: impl Iterator<Item = &'r SubmittedRow>,
        entries: Vec<E>,
        read: impl Fn(&SubmittedRow, &Texts, &mut Observations) -> Option<E>,
    ) -> Vec<E> {
        let by_id = entries.into_iter().map(|entry| (entry.id.clone(), entry));
        let mut by_id: BTreeMap<Id, E> = by_id.collect();
        let mut all = Vec::new();
        for row in rows {
            let Some(mut entry) = by_id.remove(&row.id) else { continue };
            if let Some(edit) = self.edits.get(&row.id) {
                let again = self.one(row, &edit.texts, &read);
                entry = again.map_or(entry, |again| again);
                entry.id = row.id.clone();
                entry.left_out = edit.left_out;
            }
            all.push(entry);
        }
        all
    }

    /// The entry of a row; what the reading of the row has noted is noted anew.
    fn one<E>(
        &mut self,
        row: &SubmittedRow,
        texts: &Texts,
        read: impl Fn(&SubmittedRow, &Texts, &mut Observations) -> Option<E>,
    ) -> Option<E> {
        if texts.is_empty() {
            return None;
        }
        let (mut before, mut after) = (Observations::default(), Observations::default());
        read(row, &Texts::new(), &mut before)?;
        let entry = read(row, texts, &mut after)?;
        let own = texts.keys().filter(|key| !row.file.is_shared(row.at, key));
        let cells: BTreeSet<Place> =
            own.filter_map(|key| Some(row.file.shown(row.at, key)?.at)).collect();
        let file = row.file.shown(row.at, keys::NAME)?.at.file;
        if let Some(receipt) = self.receipts.iter_mut().find(|receipt| receipt.file == file) {
            renew(receipt, before, after, &cells);
        }
        Some(entry)
    }
}

/// Puts what was noted of a row now in the place of what was noted before.
fn renew(
    receipt: &mut Receipt,
    before: Observations,
    after: Observations,
    cells: &BTreeSet<Place>,
) {
    let mut gone: Vec<_> = before.into_iter().collect();
    let mut kept = Vec::new();
    for observation in std::mem::take(&mut receipt.observations) {
        match gone.iter().position(|gone| *gone == observation) {
            Some(at) => drop(gone.swap_remove(at)),
            None if OF_THE_LOOK.contains(&observation.kind) && cells.contains(&observation.at) => {}
            None => kept.push(observation),
        }
    }
    receipt.observations = kept.into_iter().chain(after).collect();
}
