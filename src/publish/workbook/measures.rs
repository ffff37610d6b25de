//! The sheet 個別施策: a row per listing, in printed order.

use std::collections::BTreeSet;

use rust_xlsxwriter::Worksheet;

use super::columns::{self, Comparing, SheetColumn};
use super::{Against, Place, print_without_source, source_cell};
use crate::model::{Annex, Id, Measure, Row as _};
use crate::schema::form::consolidated;
use crate::schema::{Role, Table, Words};
use crate::xlsx::{self, CellValue, WriteError};

/// A row: a measure where it is listed.
struct Line<'a> {
    measure: &'a Measure,
    place: Place,
    /// Its position under the heading; none where no heading lists it.
    order: Option<usize>,
    repost: bool,
    changes: String,
}

pub(super) fn write(
    sheet: &mut Worksheet,
    annex: &Annex,
    against: Option<&Against>,
) -> Result<(), WriteError> {
    let mut lines = Vec::new();
    for heading in annex.headings() {
        let listed = heading.listings.iter().filter_map(|listing| {
            annex.measure(&listing.measure).map(|measure| (listing.repost, measure))
        });
        for (order, (repost, measure)) in (1usize..).zip(listed) {
            let changes = match against {
                Some(against) => against.of_listing(&measure.id, heading.id, repost),
                None => String::new(),
            };
            let place = Place::of(annex, heading);
            lines.push(Line { measure, place, order: Some(order), repost, changes });
        }
    }
    let comparing = if against.is_some() { Comparing::OlderAnnex } else { Comparing::Nothing };
    write_lines(sheet, annex, comparing, &lines)
}

fn write_lines(
    sheet: &mut Worksheet,
    annex: &Annex,
    comparing: Comparing,
    lines: &[Line],
) -> Result<(), WriteError> {
    let schema = &annex.schema;
    let columns = columns::measures(annex, comparing);
    let depths = annex.levels.columns(Table::Measures);
    let labels: Vec<_> = columns.iter().map(|column| column.label(schema)).collect();
    let written = columns::written(&columns, &labels, Table::Measures);
    let words = &schema.words;
    let cells = |line| columns.iter().map(|column| cell(words, *column, line, &depths)).collect();
    let rows: Vec<Vec<CellValue>> = lines.iter().map(cells).collect();
    let marks: Vec<bool> = lines.iter().map(|line| !line.changes.is_empty()).collect();
    xlsx::table_with_marks(sheet, &written, &rows, &marks)?;
    print_without_source(sheet, &written, rows.len())
}

fn cell<'a>(
    words: &'a Words,
    column: SheetColumn<'a>,
    line: &'a Line,
    depths: &[usize],
) -> CellValue<'a> {
    let measure = line.measure;
    match column {
        SheetColumn::Form(column) => match column.role {
            Role::Place => line.place.own(depths).into(),
            Role::Above { level } => line.place.at(usize::from(level)).into(),
            Role::Order => line.order.map_or(CellValue::Blank, CellValue::from),
            Role::Id
            | Role::Status
            | Role::Name
            | Role::Department
            | Role::Section
            | Role::Reposts
            | Role::Measures
            | Role::Note
            | Role::Figure { .. }
            | Role::Value => columns::value(measure, column, measure.text(column)),
        },
        SheetColumn::Level(depth, _) => line.place.at(depth).into(),
        SheetColumn::Heading => line.place.name.as_str().into(),
        SheetColumn::Repost if line.repost => words.reposted().into(),
        SheetColumn::Value(column, part) => columns::value_part(measure, column, part),
        SheetColumn::Changes => line.changes.as_str().into(),
        SheetColumn::Source => (*measure.name.at.file).into(),
        SheetColumn::SourceCell => source_cell(&measure.name.at).into(),
        SheetColumn::Submitter => measure.submitted_by.as_str().into(),
        SheetColumn::Owners => owners(measure).into(),
        SheetColumn::Repost | SheetColumn::Reading(..) | SheetColumn::MeasureIds => {
            CellValue::Blank
        }
    }
}

/// The measures that no heading lists as its own, by id.
pub(super) fn unlisted(annex: &Annex) -> Vec<&Measure> {
    let listed: BTreeSet<&Id> = (annex.headings())
        .flat_map(|heading| &heading.listings)
        .filter(|listing| !listing.repost)
        .map(|listing| &listing.measure)
        .collect();
    annex.measures.iter().filter(|measure| !listed.contains(&measure.id)).collect()
}

/// The sheet of the measures that are printed nowhere, so that no entry of the model is missing.
pub(super) fn write_unlisted(sheet: &mut Worksheet, annex: &Annex) -> Result<(), WriteError> {
    let line = |measure| Line {
        measure,
        place: Place { levels: Vec::new(), ..Place::stated(annex, &measure.category) },
        order: None,
        repost: false,
        changes: String::new(),
    };
    let lines: Vec<Line> = unlisted(annex).into_iter().map(line).collect();
    write_lines(sheet, annex, Comparing::Nothing, &lines)
}

/// Who answers for the measure, one a line: 「警察本部／情報管理課」.
fn owners(measure: &Measure) -> String {
    let joint = consolidated::OWNER_JOINT;
    let owners = measure.owners.iter().map(|o| format!("{}{joint}{}", o.department, o.section));
    owners.collect::<Vec<_>>().join("\n")
}
