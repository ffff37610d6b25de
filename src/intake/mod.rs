//! Workbooks to model: read, locate, normalize, assemble.
//!
//! `read` turns the bytes of a file into sheets of shown text, `locate` finds the form's tables
//! in them by their labels, `normalize` makes measures and KPIs of the rows, and `assemble` joins
//! what all departments sent into one [`Annex`]: owners, ids, links, order.
//!
//! Nothing here judges. What a rule may speak of is kept as [`crate::model::Oddity`] in the
//! file's [`Receipt`]; a file that cannot be read leaves a receipt and the others go on.

mod assemble;
mod consolidated;
mod grid;
mod heading;
mod ids;
mod labels;
mod limits;
mod link;
mod locate;
mod marks;
mod normalize;
pub mod number_format;
mod order;
mod read;
mod rows;
mod words;

use std::sync::Arc;

use rayon::prelude::*;

use crate::edition::Edition;
use crate::model::{Annex, Receipt};

pub use consolidated::consolidated;
/// The bytes of the largest file that is looked into. Of a larger one no more than one byte
/// beyond needs to be read.
pub use limits::FILE_BYTES;

/// A file of the submissions folder.
#[derive(Clone, Debug)]
pub struct Source {
    /// File name without its folder.
    pub name: Arc<str>,
    /// Its content, or why it could not be read from the disk.
    pub bytes: Result<Vec<u8>, String>,
}

/// What the submissions say, and one receipt a file in the order of the file names.
#[derive(Clone, Debug)]
pub struct Intake {
    pub annex: Annex,
    pub receipts: Vec<Receipt>,
}

/// Reads the submissions of an edition.
///
/// `previous` is the annex of the edition before: a row without an id takes the id of the entry
/// of the same name and section there. The result does not depend on the order of `sources`.
pub fn run(edition: &Edition, previous: Option<&Annex>, mut sources: Vec<Source>) -> Intake {
    sources.sort_by(|a, b| a.name.cmp(&b.name));
    let words = words::Words::new(edition);
    let submissions = sources
        .into_par_iter()
        .map(|source| normalize::submission(&words, read::read(source)))
        .collect();
    assemble::assemble(edition, &words, previous, submissions)
}

#[cfg(test)]
mod tests;
