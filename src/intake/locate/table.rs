//! Sheets to tables: a table is where a row of its labels is, on whatever sheet.
//!
//! A row is a header when it has three labels of a table, two of them telling. Labels over two
//! rows count through their merged cells, and one below a cell that stands over several columns
//! together with that. A header that comes again starts the table anew, so a
//! sheet may hold several tables, and a table several pages with a header each.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use super::labels::{Alike, HeadingLabels, Labels, Rank};
use super::located::Located;
use super::rows::rows;
use crate::diag::CellRef;
use crate::intake::read::grid::{Book, Sheet};
use crate::model::{ObservationKind, Observations};
use crate::schema::form::GUIDE_SHEET;
use crate::schema::{Column, Key, Schema, Table};
use crate::text::key;

/// Finds the tables of a workbook, and says what is unusual about their headers and rows. One that
/// the edition has and that is nowhere by its labels is looked for beside the others by labels that
/// have something hung on them.
pub fn tables<'b>(
    book: &'b Book,
    schema: &'b Schema,
    is_wanted: impl Fn(Table) -> bool,
    observations: &mut Observations,
) -> Vec<Located<'b>> {
    let sheets = book.sheets.iter().filter(|sheet| !is_guide(sheet));
    let mut sheets: Vec<(LabelRows, Vec<Header>)> = sheets
        .map(|sheet| {
            let rows = LabelRows::new(sheet);
            let headers = headers(schema, &rows);
            (rows, headers)
        })
        .collect();
    let is_found = |table| sheets.iter().flat_map(|(_, headers)| headers).any(|h| h.table == table);
    let mut missing = Table::ALL.to_vec();
    missing.retain(|&table| is_wanted(table) && !is_found(table));
    if !missing.is_empty() {
        for (rows, headers) in sheets.iter_mut().filter(|(_, headers)| !headers.is_empty()) {
            add_headers(schema, rows, &missing, headers);
        }
    }
    let located =
        sheets.iter().flat_map(|(rows, headers)| located(schema, rows, headers, observations));
    located.collect()
}

/// The tables of one sheet.
pub fn on_sheet<'b>(
    schema: &'b Schema,
    sheet: &'b Sheet,
    observations: &mut Observations,
) -> Vec<Located<'b>> {
    let rows = LabelRows::new(sheet);
    located(schema, &rows, &headers(schema, &rows), observations)
}

/// The tables below some headers of a sheet.
fn located<'b>(
    schema: &'b Schema,
    label_rows: &LabelRows<'b>,
    headers: &[Header],
    observations: &mut Observations,
) -> Vec<Located<'b>> {
    let words = HeadingLabels::new();
    let sheet = label_rows.sheet;
    let mut found = Vec::new();
    for (index, &Header { table, row: header, first, .. }) in headers.iter().enumerate() {
        let after = sheet.last_row().map_or(0, |last| last + 1);
        let next = headers.get(index + 1);
        let end = next.map_or(after, |next| label_rows.above_heading(header, next.first, &words));
        let (columns, unknown) = (IndexMap::new(), BTreeMap::new());
        let (rows, asides) = (Vec::new(), Vec::new());
        let mut located =
            Located { schema, table, sheet, header, first, end, columns, unknown, rows, asides };
        located.assign(label_rows, observations);
        (located.rows, located.asides) = self::rows(&located, observations);
        found.push(located);
    }
    found
}

/// The sheet of instructions shows tables that are examples.
pub fn is_guide(sheet: &Sheet) -> bool {
    let name = key(&sheet.name);
    name.contains(&key(GUIDE_SHEET)) || name.contains("記入例") || name.contains("記載例")
}

/// The row of a table's labels.
struct Header {
    table: Table,
    row: u32,
    /// The first of the rows of labels that it is one of.
    first: u32,
    /// How many fields it has labels of.
    score: usize,
}

/// The rows that are headers: those of the labels themselves, and on a sheet without any, those
/// of labels that have something hung on them. What stands in the rows of a table that was found
/// is no label, whatever it resembles.
fn headers(schema: &Schema, rows: &LabelRows) -> Vec<Header> {
    let labels = Table::ALL.map(|table| (table, Labels::new(schema, table)));
    let exact = headers_by(&labels, rows, |labels, label| Some(labels.exact(label)?.0));
    if exact.is_empty() { headers_by(&labels, rows, Labels::told) } else { exact }
}

/// Adds the headers of tables that were found nowhere, where their labels have something hung on
/// them; they are no rows that are headers already.
fn add_headers(schema: &Schema, rows: &LabelRows, missing: &[Table], headers: &mut Vec<Header>) {
    let labels: Vec<_> = missing.iter().map(|&table| (table, Labels::new(schema, table))).collect();
    let more = headers_by(&labels, rows, Labels::told).into_iter();
    let is_other = |more: &Header| {
        headers.iter().all(|known| more.row < known.first || known.row < more.first)
    };
    let more: Vec<Header> = more.filter(is_other).collect();
    headers.extend(more);
    headers.sort_by_key(|header| header.first);
}

/// The headers whose labels are told in one way.
fn headers_by<'s>(
    labels: &[(Table, Labels<'s>)],
    rows: &LabelRows,
    told: impl Fn(&Labels<'s>, &str) -> Option<&'s Column>,
) -> Vec<Header> {
    let mut numbers: Vec<u32> = rows.sheet.cells.keys().map(|at| at.row).collect();
    numbers.dedup();
    let mut headers: Vec<Header> = Vec::new();
    let mut above = None;
    for row in numbers {
        let scores = labels.iter().map(|(table, labels)| (*table, rows.score(row, labels, &told)));
        let Some((table, score)) = scores.max_by_key(|&(_, score)| score) else { continue };
        if score == 0 {
            continue;
        }
        match headers.last_mut() {
            // A header of several rows: the one that says most, the lower of two that say as much.
            Some(last) if last.table == table && above == row.checked_sub(1) => {
                if score >= last.score {
                    (last.row, last.score) = (row, score);
                }
            }
            _ => headers.push(Header { table, row, first: row, score }),
        }
        above = Some(row);
    }
    headers
}

/// A header has fewer rows than this; a region that is taller is no label of one.
pub const TALLEST: u32 = 10;

/// The rows of a sheet with their labels: their own cells, and cells of the rows just above that
/// are merged down into them.
struct LabelRows<'b> {
    sheet: &'b Sheet,
    /// What comes down into a row, with its column.
    from_above: BTreeMap<u32, Vec<(u32, &'b str)>>,
    /// What stands over several columns of a row: the first and the last of them, and the text.
    heads: BTreeMap<u32, Vec<(u32, u32, &'b str)>>,
}

impl<'b> LabelRows<'b> {
    fn new(sheet: &'b Sheet) -> Self {
        let mut from_above: BTreeMap<u32, Vec<(u32, &str)>> = BTreeMap::new();
        let mut heads: BTreeMap<u32, Vec<(u32, u32, &str)>> = BTreeMap::new();
        for merge in sheet.merges.iter() {
            let (first, last) = (merge.first.row, merge.last.row);
            if first == last
                && let Some(cell) = sheet.shown(merge.first)
            {
                let head = (merge.first.column, merge.last.column, cell.text.as_str());
                heads.entry(last.saturating_add(1)).or_default().push(head);
            }
            if !(1..TALLEST).contains(&last.saturating_sub(first)) {
                continue;
            }
            let Some(cell) = sheet.shown(merge.first) else { continue };
            for row in first + 1..=last {
                let label = (merge.first.column, cell.text.as_str());
                from_above.entry(row).or_default().push(label);
            }
        }
        Self { sheet, from_above, heads }
    }

    /// A label as the table means it: with what stands over it and its neighbours, where that is a
    /// label of the table (「R8年度」 over 「目標」), else as it stands.
    fn meant(&self, row: u32, column: u32, label: &'b str, labels: &Labels) -> Cow<'b, str> {
        let over = self.heads.get(&row).into_iter().flatten();
        let mut over = over.filter(|(first, last, _)| (*first..=*last).contains(&column));
        let full = over.find_map(|(.., head)| {
            let full = format!("{}{}", head.trim(), label.trim());
            labels.exact(&full).is_some().then_some(full)
        });
        full.map_or(Cow::Borrowed(label), Cow::Owned)
    }

    /// The labels of a row with their columns.
    fn labels(&self, row: u32) -> impl Iterator<Item = (u32, &'b str)> {
        let own = self.sheet.row(row).map(|(at, cell)| (at.column, cell.text.as_str()));
        own.chain(self.from_above.get(&row).into_iter().flatten().copied())
    }

    /// How many fields of the table the row has labels of; 0 where that makes no header.
    fn score<'s>(
        &self,
        row: u32,
        labels: &Labels<'s>,
        told: impl Fn(&Labels<'s>, &str) -> Option<&'s Column>,
    ) -> usize {
        // A row of fewer cells is no header.
        if self.labels(row).nth(2).is_none() {
            return 0;
        }
        let meant = |(column, label)| told(labels, &self.meant(row, column, label, labels));
        let mut columns: Vec<&Column> = self.labels(row).filter_map(meant).collect();
        columns.sort_unstable_by(|a, b| a.key.cmp(&b.key));
        columns.dedup_by(|a, b| a.key == b.key);
        let telling = columns.iter().filter(|column| column.is_telling()).count();
        if columns.len() >= 3 && telling >= 2 { columns.len() } else { 0 }
    }

    /// Where a table ends that another follows at the row `next`: title lines and what stands
    /// above the other table are not rows of the one before.
    fn above_heading(&self, header: u32, next: u32, words: &HeadingLabels) -> u32 {
        let edge = |header: u32| self.labels(header).map(|(column, _)| column).min();
        let edges = [edge(header), edge(next)];
        let is_title = |row: u32| {
            let mut cells = self.sheet.row(row).map(|(at, _)| at.column);
            let first = cells.next();
            cells.next().is_none() && (first.is_none() || edges.contains(&first))
        };
        let is_aside = |row: &u32| {
            is_title(*row)
                || self.sheet.row(*row).any(|(at, cell)| {
                    let merged =
                        self.sheet.merges.at(at).is_some_and(|merge| merge.last.row >= next);
                    merged || words.has(cell.text.trim())
                })
        };
        let aside = (header + 1..next).rev().take_while(is_aside).last();
        aside.unwrap_or(next)
    }
}

impl Located<'_> {
    /// Gives the header's columns to the fields.
    fn assign(&mut self, rows: &LabelRows, observations: &mut Observations) {
        let labels = Labels::new(self.schema, self.table);
        let header = rows.labels(self.header);
        let header: BTreeMap<u32, Cow<str>> = header
            .map(|(column, label)| (column, rows.meant(self.header, column, label, &labels)))
            .collect();
        let header: BTreeMap<u32, &str> =
            header.iter().map(|(&column, label)| (column, &**label)).collect();
        let (sheet, row) = (self.sheet, self.header);
        let mut note = |kind, column, found: &str, expected: &str| {
            let at = sheet.place(CellRef::new(row, column));
            observations.note(kind, at).found(found.trim()).expected(expected);
        };
        for rank in [Rank::Own, Rank::Synonym] {
            for (&column, label) in &header {
                let Some((known, _)) = labels.exact(label).filter(|&(_, its)| its == rank) else {
                    continue;
                };
                match self.columns.get(&known.key) {
                    Some(first) => {
                        let both = both(&header, *first, label);
                        note(ObservationKind::ColumnTwice, column, &both, &known.label);
                    }
                    None => {
                        self.columns.insert(known.key.clone(), column);
                    }
                }
            }
        }
        for (&column, label) in header.iter().filter(|(_, label)| labels.exact(label).is_none()) {
            let free = |key: &str| !self.columns.contains_key(key);
            match labels.alike(label, free).filter(|_| !self.is_beside(label)) {
                Some(Alike { column: known, hung }) => {
                    let kind =
                        if hung { ObservationKind::LabelHung } else { ObservationKind::LabelAlike };
                    note(kind, column, label, &known.label);
                    self.columns.insert(known.key.clone(), column);
                }
                None => {
                    self.unknown.insert(column, (*label).to_owned());
                }
            }
        }
        for (column, both, label) in self.resembling(&labels, &header) {
            note(ObservationKind::ColumnTwice, column, &both, &label);
        }
        let first = header.keys().next().copied().unwrap_or(0);
        for column in self.schema.columns(self.table).iter().filter(|column| column.is_missed()) {
            if !self.columns.contains_key(&column.key) {
                note(ObservationKind::ColumnMissing, first, "", &column.label);
            }
        }
        let order = |key: &Key| self.schema.position(self.table, key);
        self.columns.sort_by(|a, _, b, _| order(a).cmp(&order(b)));
    }

    /// The columns that resemble a field which another column has: who reads the form cannot know
    /// which of them counts. Each with both labels, and the form's own.
    fn resembling(
        &self,
        labels: &Labels,
        header: &BTreeMap<u32, &str>,
    ) -> Vec<(u32, String, String)> {
        let rows = CellRef::new(self.header + 1, 0)..CellRef::new(self.end, 0);
        let cells = self.sheet.cells.range(rows).filter(|(_, cell)| !cell.is_blank());
        let filled: BTreeSet<u32> = cells.map(|(at, _)| at.column).collect();
        let others = self.unknown.iter().filter(|(_, label)| !self.is_beside(label));
        let twice = others.filter_map(|(&column, label)| {
            // Beside a column with the form's own label, one of another year is another column;
            // of two with a year each, nobody can say which is meant.
            let known = labels.alike(label, |_| true)?.column;
            let first = *self.columns.get(&known.key)?;
            let is_own = header.get(&first).is_some_and(|first| labels.exact(first).is_some());
            if is_own && labels.again(label).is_none_or(|again| again.column.key != known.key) {
                return None;
            }
            filled
                .contains(&column)
                .then(|| (column, both(header, first, label), known.label.clone()))
        });
        twice.collect()
    }
}

/// The labels of two columns that mean one field.
fn both(header: &BTreeMap<u32, &str>, first: u32, second: &str) -> String {
    let first = header.get(&first).copied().unwrap_or_default();
    format!("{}、{}", first.trim(), second.trim())
}
