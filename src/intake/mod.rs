//! Workbooks to model: read, locate, normalize, assemble.
//!
//! `read` turns the bytes of a file into sheets of shown text, `locate` finds the form's tables
//! in them by their labels, `normalize` makes measures and KPIs of the rows, and `assemble` joins
//! what all departments sent into one [`Annex`]: owners, ids, links, order.
//!
//! Nothing here judges. What a rule may speak of is kept as [`crate::model::Observation`] in the
//! file's [`Receipt`]; a file that cannot be read leaves a receipt and the others go on.

mod assemble;
mod consolidated;
pub mod figure;
mod heading;
mod ids;
mod labels;
mod link;
mod locate;
mod marks;
mod normalize;
mod order;
mod outside;
mod read;
mod rows;
mod words;

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use rayon::prelude::*;

use crate::edition::Edition;
use crate::model::{Annex, Receipt};
use normalize::Submission;

pub use consolidated::consolidated;
use read::grid;
pub use read::{is_torn, number_format};

/// A file of the submissions folder.
#[derive(Clone, Debug)]
pub struct Source {
    /// File name without its folder.
    pub name: Arc<str>,
    /// Its content, or why it could not be read from the disk. Of a file that is larger than the
    /// settings allow, no more than one byte beyond needs to be read.
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
pub fn run(edition: &Edition, previous: Option<&Annex>, sources: Vec<Source>) -> Intake {
    SubmissionCache::default().run(edition, previous, sources)
}

/// The submissions of one run, kept for the next: a file of the same bytes is not read again.
///
/// It holds what the last run was given and nothing else, so it does not grow.
#[derive(Debug, Default)]
pub struct SubmissionCache {
    edition: Edition,
    kept: BTreeMap<Arc<str>, (Digest, Submission)>,
}

/// Tells the bytes of a file from those that it had before: their number and their hash.
type Digest = (usize, u64);

fn digest(bytes: &[u8]) -> Digest {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    (bytes.len(), hasher.finish())
}

/// Files that Windows and macOS leave in every folder; nobody submitted them.
fn is_of_the_system(name: &str) -> bool {
    let name = name.to_lowercase();
    name.starts_with('.') || ["thumbs.db", "ehthumbs.db", "desktop.ini"].contains(&name.as_str())
}

impl SubmissionCache {
    /// As [`run`]. The sources are asked for one by one, on all cores.
    pub fn run(
        &mut self,
        edition: &Edition,
        previous: Option<&Annex>,
        sources: impl IntoParallelIterator<Item = Source>,
    ) -> Intake {
        // The settings say what the words of a form mean, and what is read at all.
        if self.edition != *edition {
            *self = Self { edition: edition.clone(), kept: BTreeMap::new() };
        }
        let words = words::Words::new(edition);
        let mut read: Vec<(Digest, Submission)> = sources
            .into_par_iter()
            .filter(|source| !is_of_the_system(&source.name))
            .map(|source| {
                // What could not be read has no bytes to be known by.
                let digest = source.bytes.as_ref().map_or((0, 0), |bytes| digest(bytes));
                match self.kept.get(&source.name) {
                    Some((kept, submission)) if *kept == digest && source.bytes.is_ok() => {
                        (digest, submission.clone())
                    }
                    _ => {
                        let book = read::read(source, &edition.limits);
                        (digest, normalize::submission(&words, book))
                    }
                }
            })
            .collect();
        read.sort_by(|(_, a), (_, b)| a.receipt.file.cmp(&b.receipt.file));
        self.kept = read.iter().map(|each| (each.1.receipt.file.clone(), each.clone())).collect();
        let submissions = read.into_iter().map(|(_, submission)| submission).collect();
        assemble::assemble(edition, &words, previous, submissions)
    }
}

#[cfg(test)]
mod tests;
