//! A consolidated workbook back to the model, however a reviewer has edited it.
//!
//! The tables are found by their labels and their rows read as those of a form are. The sheet
//! コード表 gives the headings, 表紙 the words of the edition, 欄の定義 the columns where
//! they are not the standard ones; what the other
//! sheets show follows from these and is not read. As with a form, nothing is judged here: what
//! cannot be read is an observation of the [`Receipt`].

mod columns;
mod corrections;
mod entries;
mod headings;

use std::sync::Arc;

use crate::edition::Limits;
use crate::intake::locate::{self, Located};
use crate::intake::read::grid::{Book, Sheet};
use crate::intake::{Source, read};
use crate::model::{Annex, Contact, Correction, CorrectionKind, Outcome, Receipt};
use crate::schema::form::consolidated as names;
use crate::schema::{Table, Words};
use crate::text::key;

/// Reads `annex.xlsx`; never fails and never panics, whatever the bytes are.
///
/// There is no annex where the file is no workbook, or holds neither a table of measures nor
/// one of KPIs. The observations of the receipt become findings by
/// `checks::of_consolidated`.
pub fn consolidated(name: &str, bytes: &[u8]) -> (Option<Annex>, Receipt) {
    let source = Source { name: Arc::from(name), bytes: Ok(bytes.to_vec()) };
    let mut book = read::read(source, &Limits::default());
    locate::refuse_unsound(&mut book);
    let mut observations = std::mem::take(&mut book.observations);
    let columns::Definitions { schema, levels, headings } =
        columns::definitions(&book, &mut observations);
    let headings = headings::headings(&book, levels.clone(), headings, &mut observations);
    let words = &schema.words;
    let corrections = corrections::corrections(&book, &schema, &mut observations);
    book.sheets.retain(|sheet| !is_derived(words, &sheet.name));
    let readable = book.readable;
    let tables = locate::tables(&book, &schema, |table| levels.have(table), &mut observations);
    let usual = |table| levels.have(table).then(|| names::table_sheet(words, table));
    let has = |table| tables.iter().any(|located| located.table == table);
    locate::note_missing(&book, usual, has, &mut observations);
    let annex =
        (!tables.is_empty()).then(|| entries::annex(headings, &schema, &tables, &mut observations));
    let annex = annex.map(|annex| with_corrections(annex, corrections));
    let receipt = Receipt {
        file: book.file.clone(),
        department: None,
        stated_department: None,
        round: None,
        round_at: Vec::new(),
        contact: Contact::default(),
        form: None,
        outcome: if readable { Outcome::Read } else { Outcome::Unreadable },
        measures: annex.as_ref().map_or(0, |annex| annex.measures.len()),
        kpis: annex.as_ref().map_or(0, |annex| annex.kpis.len()),
        tables: Vec::new(),
        observations,
    };
    (annex, receipt)
}

/// The annex with its corrections; of the entries that are left out only these know it.
fn with_corrections(mut annex: Annex, corrections: Vec<Correction>) -> Annex {
    let left_out = |correction: &&Correction| correction.kind == CorrectionKind::LeftOut;
    for Correction { id, .. } in corrections.iter().filter(left_out) {
        let measures = annex.measures.iter_mut().map(|measure| &mut measure.entry);
        let mut all = measures.chain(annex.kpis.iter_mut().map(|kpi| &mut kpi.entry));
        if let Some(entry) = all.find(|entry| entry.id == *id) {
            entry.left_out = true;
        }
    }
    Annex { corrections, ..annex }
}

/// A sheet whose content follows from others, or was read before.
fn is_derived(words: &Words, name: &str) -> bool {
    let name = key(name);
    names::FIXED.iter().any(|fixed| key(fixed) == name)
        || key(&names::reposts(words)) == name
        || name.starts_with(&key(names::DATA))
}

/// Whether the table holds entries that are printed nowhere.
fn is_unlisted(located: &Located) -> bool {
    let name = key(&located.sheet.name);
    let words = &located.schema.words;
    Table::ALL.into_iter().any(|table| key(&names::unlisted(words, table)) == name)
}

/// The sheet of a name, in any width and with any spaces.
fn sheet<'b>(book: &'b Book, name: &str) -> Option<&'b Sheet> {
    book.sheets.iter().find(|sheet| key(&sheet.name) == key(name))
}
