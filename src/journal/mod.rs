//! The journal of an edition: what came in, went back, was built and confirmed, and when.
//!
//! It is a text of one event a line, in JSON, in the order in which things happened. Lines are
//! added and never changed. A line that cannot be read stays where it is and is told of, so that
//! nothing that was written is lost by whoever adds to it.

mod event;
mod moment;
#[cfg(test)]
mod tests;

pub use event::{Built, Changes, Confirmed, Event, Line, Named, Received, Returned};
pub use moment::Moment;

use crate::diag::{Finding, Place, Rule, Say, Severity};

/// The rules of this room, for the registry.
pub static RULES: &[&Rule] = &[&LINE_UNREADABLE, &UNCONFIRMED];

static LINE_UNREADABLE: Rule = Rule {
    code: "A801",
    name: "journal-line-unreadable",
    severity: Severity::Warning,
    title: "受付の記録に読めない行がある",
    title_en: "a line of the journal cannot be read",
    what: "受付の記録（received/journal.jsonl）の各行が、受付や確認の記録として読めるかどうかを見ます。",
    why: "読めない行の受付や確認は、提出状況に表れません。",
    mend: "記録を手で書き換えたときは、元に戻してください。元の内容が分からなければ、その行をそのままにしておいても、ほかの行は使われます。",
    example: "誤：{\"at\":\"2026-05-01T10:00:00+09:00\",\"event\":\"rec\n正：（1行に1件の記録が、最後まで書かれている）",
    source: "",
};

static UNCONFIRMED: Rule = Rule {
    code: "A802",
    name: "unconfirmed",
    severity: Severity::Warning,
    title: "部局が掲載内容を確認していない",
    title_en: "departments have not confirmed their parts",
    what: "正式な別冊を作るとき、提出のあった部局の全てが、今の掲載内容を確認したかどうかを見ます。受付の記録（received/journal.jsonl）のある版だけが対象です。",
    why: "部局の了解のないまま公表すると、公表の後に訂正が必要になることがあります。確認の後で内容が変わったときも、確認はやり直しになります。",
    mend: "bessatsu confirm --department 部局 -o 確認依頼.pdf で紙面を送り、回答があったら --by に確認した人を書いて記録してください。確認のない部局があれば正式な別冊を作らないことにするには、edition.toml の [rules] で A802 をエラーにします。",
    example: "誤：総務部が確認していない\n正：（全ての部局の確認が記録されている）",
    source: "",
};

/// That these departments have not confirmed their parts as they are now.
pub fn unconfirmed(departments: &[&str]) -> Finding {
    let count = departments.len();
    let message = say!(
        "{count}部局が今の掲載内容を確認していない",
        "{count} departments have not confirmed their parts as they are now"
    );
    let help = Say::new(
        "回答があったら bessatsu confirm --department 部局 --by 氏名 で記録してください",
        "take the answers down with bessatsu confirm --department NAME --by WHO",
    );
    UNCONFIRMED.finding(message).found(departments.join("、")).help(help)
}

/// What happened to an edition, the earliest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Journal {
    pub lines: Vec<Line>,
}

impl Journal {
    /// Reads a journal; lines that are none come as findings that name `file`.
    pub fn read(file: &str, text: &str) -> (Self, Vec<Finding>) {
        let (mut lines, mut findings) = (Vec::new(), Vec::new());
        for (number, text) in (1..).zip(text.lines()) {
            if text.trim().is_empty() {
                continue;
            }
            match serde_json::from_str(text) {
                Ok(line) => lines.push(line),
                Err(_) => findings.push(unreadable(file, number, text)),
            }
        }
        (Self { lines }, findings)
    }

    /// What came in.
    pub fn received(&self) -> impl DoubleEndedIterator<Item = (&Moment, &Received)> {
        self.lines.iter().filter_map(|line| match &line.event {
            Event::Received(received) => Some((&line.at, received)),
            Event::Built(_) | Event::Returned(_) | Event::Confirmed(_) => None,
        })
    }

    /// When the submission with these bytes came in to count.
    pub fn arrival(&self, sha256: &str) -> Option<(&Moment, &Received)> {
        self.received().rev().find(|(_, received)| received.counts && received.sha256 == sha256)
    }

    /// What a department said last of its part.
    pub fn confirmation(&self, department: &str) -> Option<(&Moment, &Confirmed)> {
        self.lines.iter().rev().find_map(|line| match &line.event {
            Event::Confirmed(confirmed) if confirmed.department == department => {
                Some((&line.at, confirmed))
            }
            _ => None,
        })
    }
}

fn unreadable(file: &str, number: u32, text: &str) -> Finding {
    const SHOWN: usize = 60;
    let mut found: String = text.chars().take(SHOWN).collect();
    if text.chars().count() > SHOWN {
        found.push('…');
    }
    let message =
        Say::new("受付の記録のこの行を読めない", "this line of the journal cannot be read");
    let help = Say::new(
        "手で書き換えたときは元に戻してください。ほかの行は使われます",
        "put it back if it was edited by hand; the other lines are used",
    );
    LINE_UNREADABLE.finding(message).at(&Place::line(file, number)).found(found).help(help)
}
