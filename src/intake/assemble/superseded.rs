//! Several files of one department: which of them counts.

use std::cmp::Reverse;
use std::sync::Arc;

use crate::diag::Place;
use crate::intake::interpret::Submission;
use crate::model::{ObservationKind, Observations, Outcome};

/// A file that could be read and is of a known department.
struct Claim {
    index: usize,
    department: usize,
    /// 0 where it is not known for one of the department's files.
    round: u32,
    file: Arc<str>,
}

impl Claim {
    /// The higher round counts; of equal ones, the first by name.
    fn rank(&self) -> (u32, Reverse<usize>) {
        (self.round, Reverse(self.index))
    }
}

/// Of several files of a department, the highest 提出回 counts; of equal ones, the first by name.
/// They are equal too where one of them has a 提出回 that cannot be read. The files left out are
/// told of; so is the one that counts where another claims the same.
pub fn leave_out_superseded(submissions: &mut [Submission]) {
    let claims = claims(submissions);
    for own in &claims {
        let Some(submission) = submissions.get_mut(own.index) else { continue };
        let rivals = || {
            let of_department = claims.iter().filter(|c| c.department == own.department);
            of_department.filter(|claim| claim.index != own.index)
        };
        let better = rivals().filter(|c| c.rank() > own.rank()).max_by_key(|c| c.rank());
        let equal = || rivals().find(|claim| claim.round == own.round);
        let Some(rival) = better.or_else(equal) else { continue };
        let receipt = &mut submission.receipt;
        let found = match own.round {
            0 => "提出回 不明".to_owned(),
            round => format!("提出回 {round}"),
        };
        // Of a file that is not used only that is told.
        if rivals().any(|claim| claim.round > own.round) {
            receipt.observations = Observations::default();
        }
        let at = Place::file(&receipt.file);
        let noted = receipt.observations.note(ObservationKind::SecondFile, at);
        noted.found(found).expected(&*rival.file);
        if better.is_some() {
            receipt.outcome = Outcome::Superseded;
        }
    }
}

fn claims(submissions: &[Submission]) -> Vec<Claim> {
    let has_unknown = |submission: &&Submission| {
        let mut kinds = submission.receipt.observations.iter().map(|o| o.kind);
        kinds.any(|kind| kind == ObservationKind::UnknownRound)
    };
    let undecided: Vec<Option<usize>> =
        submissions.iter().filter(has_unknown).map(|s| s.department).collect();
    let mut claims = Vec::new();
    for (index, submission) in submissions.iter().enumerate() {
        let Some(department) = submission.department else { continue };
        if submission.receipt.outcome != Outcome::Read {
            continue;
        }
        let round = match submission.receipt.round {
            _ if undecided.contains(&submission.department) => 0,
            // A form that does not say so is the first.
            round => round.unwrap_or(1),
        };
        let file = submission.receipt.file.clone();
        claims.push(Claim { index, department, round, file });
    }
    claims
}
