//! The submissions of one run, kept for the next.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use rayon::prelude::*;

use crate::diag::Place;
use crate::edition::Edition;
use crate::intake::interpret::Submission;
use crate::intake::read::Source;
use crate::model::{ObservationKind, Observations, Outcome};

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
    /// What the sources say, in the order of their names; `read` reads those that are not kept.
    pub(super) fn read(
        &mut self,
        edition: &Edition,
        sources: impl IntoParallelIterator<Item = Source>,
        read: impl Fn(Source) -> Submission + Sync,
    ) -> Vec<Submission> {
        // The settings say what the words of a form mean, and what is read at all.
        if self.edition != *edition {
            *self = Self { edition: edition.clone(), kept: BTreeMap::new() };
        }
        let mut submissions: Vec<(Digest, Submission)> = sources
            .into_par_iter()
            .filter(|source| !is_of_the_system(&source.name))
            .map(|source| {
                // What could not be read has no bytes to be known by.
                let digest = source.bytes.as_ref().map_or((0, 0), |bytes| digest(bytes));
                match self.kept.get(&source.name) {
                    Some((kept, submission)) if *kept == digest && source.bytes.is_ok() => {
                        (digest, submission.clone())
                    }
                    _ => (digest, read(source)),
                }
            })
            .collect();
        submissions.sort_by(|(_, a), (_, b)| a.receipt.file.cmp(&b.receipt.file));
        self.kept =
            submissions.iter().map(|each| (each.1.receipt.file.clone(), each.clone())).collect();
        leave_out_copies(&mut submissions);
        submissions.into_iter().map(|(_, submission)| submission).collect()
    }
}

/// Of files of the same bytes the one with the shortest name counts: the others are called
/// 「… - コピー」 or 「… (1)」.
fn leave_out_copies(submissions: &mut [(Digest, Submission)]) {
    let mut counts: BTreeMap<Digest, Arc<str>> = BTreeMap::new();
    for (digest, submission) in &*submissions {
        let file = &submission.receipt.file;
        let first = counts.entry(*digest).or_insert_with(|| file.clone());
        if (file.chars().count(), file) < (first.chars().count(), first) {
            *first = file.clone();
        }
    }
    for (digest, Submission { receipt, .. }) in submissions {
        let Some(first) = counts.get(digest).filter(|first| **first != receipt.file) else {
            continue;
        };
        if receipt.outcome == Outcome::Read {
            receipt.outcome = Outcome::Superseded;
            receipt.observations = Observations::default();
            let at = Place::file(&receipt.file);
            receipt.observations.note(ObservationKind::Copy, at).found(&**first);
        }
    }
}
