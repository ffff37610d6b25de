//! The sheet 変更点: what changed since an older annex, a row a changed text, with a link to the
//! row that it is in; and the marks on the rows of the other sheets.

use std::collections::{BTreeMap, BTreeSet};

use rust_xlsxwriter::Worksheet;

use crate::compare::{Change, Comparison, Entry, Heading, Kind, Match, Subject};
use crate::model::{Annex, HeadingId, Id};
use crate::publish::comparison::{describe, remarks_of};
use crate::schema::form::consolidated;
use crate::schema::{Schema, Table, Words};
use crate::xlsx::{self, CellStyle, CellValue, TableColumn, WriteError};

pub(super) const NAME: &str = consolidated::CHANGED;

/// What stands before the heading, and behind it.
const BEFORE_PLACE: [TableColumn; 2] = [
    TableColumn::new("番号", 6.0, CellStyle::Centre),
    TableColumn::new("対象", 6.0, CellStyle::Centre),
];
const PLACE_WIDTH: f64 = 16.0;
const BEHIND_PLACE: [TableColumn; 9] = [
    TableColumn::new("ID", 9.0, CellStyle::Centre),
    TableColumn::new("名称", 26.0, CellStyle::Body),
    TableColumn::new("担当", 16.0, CellStyle::Body),
    TableColumn::new("変更の種類", 14.0, CellStyle::Body),
    TableColumn::new("項目", 12.0, CellStyle::Body),
    TableColumn::new("変更後", 44.0, CellStyle::Body),
    TableColumn::new("変更前", 44.0, CellStyle::Body),
    TableColumn::new("備考", 16.0, CellStyle::Body),
    TableColumn::new("該当行", 14.0, CellStyle::Link),
];

/// What changed, by the rows of this workbook.
pub(super) struct Against<'a> {
    comparison: &'a Comparison,
    measures: BTreeMap<&'a Id, &'a Entry>,
    kpis: BTreeMap<&'a Id, &'a Entry>,
    /// The row of every own listing and of every KPI, from 1 as Excel counts.
    rows: BTreeMap<&'a Id, (&'a str, usize)>,
}

impl<'a> Against<'a> {
    pub(super) fn new(annex: &'a Annex, comparison: &'a Comparison) -> Self {
        let of = |subject: Subject| {
            let entries = comparison.entries.iter().filter(move |e| e.subject == subject);
            entries.filter_map(|entry| Some((&entry.new.as_ref()?.id, entry))).collect()
        };
        // The header is in the first row.
        let listings = (2usize..).zip(annex.listings());
        let own = listings.filter(|(_, (_, listing, _))| !listing.repost);
        let name = |table| consolidated::table_sheet(&annex.schema.words, table);
        let measures =
            own.map(|(row, (_, _, measure))| (&measure.id, (name(Table::Measures), row)));
        let kpis = (2usize..).zip(annex.kpi_rows());
        let kpis = kpis.map(|(row, (_, kpi))| (&kpi.id, (name(Table::Kpis), row)));
        Self {
            comparison,
            measures: of(Subject::Measure),
            kpis: of(Subject::Kpi),
            rows: measures.chain(kpis).collect(),
        }
    }

    fn schema(&self) -> &Schema {
        &self.comparison.schema
    }

    /// What changed of a row of 個別施策; empty where nothing did. A repost shows the text of its
    /// original, but not where that stands.
    pub(super) fn of_listing(&self, id: &Id, heading: HeadingId, repost: bool) -> String {
        let Some(entry) = self.measures.get(id) else { return String::new() };
        let shown = entry.changes.iter().filter(|change| {
            !repost
                || match change {
                    Change::RepostAdded { category: here } => here.id == heading,
                    Change::Reordered { repost, category: Some(here), .. } => {
                        *repost && here.id == heading
                    }
                    change => is_text(change.kind()),
                }
        });
        said(self.schema(), shown)
    }

    /// What changed of a row of KPI; empty where nothing did.
    pub(super) fn of_kpi(&self, id: &Id) -> String {
        self.kpis
            .get(id)
            .map_or_else(String::new, |entry| said(self.schema(), entry.changes.iter()))
    }
}

/// Whether every listing of a measure shows a change of this kind.
fn is_text(kind: Kind) -> bool {
    matches!(kind, Kind::Added | Kind::Renamed | Kind::Owner | Kind::Field | Kind::Status)
}

/// The kinds of the changes, each once, one a line.
fn said<'c>(schema: &Schema, changes: impl Iterator<Item = &'c Change>) -> String {
    let kinds: BTreeSet<Kind> = changes.map(Change::kind).collect();
    kinds.into_iter().map(|kind| schema.fill(kind.label())).collect::<Vec<_>>().join("\n")
}

pub(super) fn description(words: &Words, against: &Against) -> String {
    let old = against.comparison.old.shown();
    let [measures, kpis] = Table::ALL.map(|table| consolidated::table_sheet(words, table));
    format!("{old}からの変更。変わった行は、シート「{measures}」と「{kpis}」でも色を付けています。")
}

pub(super) fn write(sheet: &mut Worksheet, against: &Against) -> Result<(), WriteError> {
    let mut rows: Vec<Vec<CellValue>> = Vec::new();
    for entry in &against.comparison.entries {
        for change in &entry.changes {
            let remarks = remarks(entry, change);
            let mut texts: Vec<(String, String, String)> = describe(against.comparison, change)
                .into_iter()
                .filter(|(_, text)| text.is_changed())
                .map(|(label, text)| (label, text.new_text(), text.old()))
                .collect();
            if texts.is_empty() {
                texts.push(Default::default());
            }
            for text in texts {
                let number = rows.len() + 1;
                rows.push(row(against, entry, change.kind(), number, text, &remarks));
            }
        }
    }
    let place = against.comparison.levels.words("・");
    let place = TableColumn::new(&place, PLACE_WIDTH, CellStyle::Body);
    let columns: Vec<TableColumn> =
        BEFORE_PLACE.into_iter().chain([place]).chain(BEHIND_PLACE).collect();
    xlsx::table(sheet, &columns, &rows)
}

fn row<'a>(
    against: &Against,
    entry: &Entry,
    kind: Kind,
    number: usize,
    (label, new, old): (String, String, String),
    remarks: &str,
) -> Vec<CellValue<'a>> {
    let schema = &against.comparison.schema;
    let identity = entry.identity();
    let place = entry.place.as_ref().map(Heading::shown);
    let owner = [identity.department.as_str(), identity.section.as_str()];
    let owner: Vec<_> = owner.into_iter().filter(|part| !part.is_empty()).collect();
    vec![
        number.into(),
        against.comparison.subject_label(entry).into_owned().into(),
        place.unwrap_or_default().into(),
        identity.id.0.into(),
        identity.name.into(),
        owner.join("\n").into(),
        schema.fill(kind.label()).into(),
        label.into(),
        new.into(),
        old.into(),
        remarks.to_owned().into(),
        link(against, entry),
    ]
}

fn link<'a>(against: &Against, entry: &Entry) -> CellValue<'a> {
    let id = entry.new.as_ref().map(|identity| &identity.id);
    let Some((sheet, row)) = id.and_then(|id| against.rows.get(id)) else {
        return CellValue::Blank;
    };
    CellValue::Jump { to: format!("'{sheet}'!A{row}"), text: format!("{sheet} {row}行目") }
}

/// What is to be said of the change, and how sure it is that the two are the same entry.
fn remarks(entry: &Entry, change: &Change) -> String {
    let guess = matches!(entry.matched, Some(Match::Likeness { .. }));
    let guess = if guess { "同じ項目と推定" } else { "" };
    let remarks = [remarks_of(entry, change).ja, guess.to_owned()];
    remarks.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("、")
}
