//! `correct`: a correction of the secretariat's, written into `corrections.toml` or taken out of it.

use std::path::Path;

use super::args::Correct;
use super::terminal::Terminal;
use super::{Outcome, Status, requests};
use crate::diag::Say;
use crate::session::{CorrectResult, NewOne, WithdrawResult, Withdrawn};

pub fn run(args: &Correct, terminal: &Terminal) -> Outcome {
    let mut session = requests::session(requests::paths_of_correction(args)?, "correct");
    if args.withdraw {
        let request = requests::withdrawal(args);
        return withdraw(&session.withdraw(&request)?, &request.id, terminal);
    }
    let result = session.correct(&requests::correction(args))?;
    match &result {
        CorrectResult { written: Some(path), corrections, .. } => {
            terminal.print(corrected(path, corrections).get(terminal.lang));
            Ok(Status::Clean)
        }
        CorrectResult { written: None, report, .. } => {
            terminal.print_report(report, true);
            terminal.note(&not_corrected());
            Ok(Status::Findings)
        }
    }
}

fn withdraw(result: &WithdrawResult, id: &str, terminal: &Terminal) -> Outcome {
    match result {
        WithdrawResult::Withdrawn { path, what } => {
            let path = path.display();
            let mut said =
                say!("「{path}」から次の修正を取り除きました。\n", "Taken out of \"{path}\":\n");
            what.iter().for_each(|one| add(&mut said, &withdrawn(one)));
            terminal.print(said.get(terminal.lang));
            Ok(Status::Clean)
        }
        WithdrawResult::NotThere { others } => {
            let mut said = not_there(id, others);
            others.iter().for_each(|one| add(&mut said, &withdrawn(one)));
            terminal.print(said.get(terminal.lang));
            terminal.note(&not_corrected());
            Ok(Status::Findings)
        }
        WithdrawResult::Unreadable { report } => {
            terminal.print_report(report, true);
            terminal.note(&not_corrected());
            Ok(Status::Findings)
        }
    }
}

fn not_there(id: &str, others: &[Withdrawn]) -> Say {
    if others.is_empty() {
        return say!(
            "{id}の修正は corrections.toml にありません。\n",
            "corrections.toml has no correction of {id}.\n"
        );
    }
    say!(
        "取り除く修正が corrections.toml にありません。{id}については、次のものがあります（欄の修正は欄の名前を付けて、掲載に関する決定は欄の名前を付けずに取り除きます）。\n",
        "corrections.toml has no such correction. Of {id} it has these (name the column of a text; name none for what is decided of the entry).\n"
    )
}

fn add(said: &mut Say, more: &Say) {
    said.ja += &more.ja;
    said.en += &more.en;
}

/// A correction as the file has it, on lines of its own.
fn withdrawn(one: &Withdrawn) -> Say {
    let (id, what, reason) = match one {
        Withdrawn::Text(text) => {
            let (column, from, to) = (&text.column, shown(&text.from), shown(&text.to));
            let what = say!("{column}　{from} → {to}", "{column}: {from} → {to}");
            (&text.id, what, &text.grounds.reason)
        }
        Withdrawn::Decision(decision) => {
            let mut what = Vec::new();
            if decision.leave_out {
                what.push(Say::new("掲載しない", "left out"));
            }
            if !decision.list_again.is_empty() {
                let headings = decision.list_again.join("、");
                what.push(say!("再掲：{headings}", "listed again: {headings}"));
            }
            if let Some(order) = decision.order {
                what.push(say!("掲載順：{order}", "order: {order}"));
            }
            let (ja, en): (Vec<String>, Vec<String>) =
                what.into_iter().map(|Say { ja, en }| (ja, en)).unzip();
            (&decision.id, Say::new(ja.join("、"), en.join(", ")), &decision.grounds.reason)
        }
    };
    let Say { ja, en } = what;
    say!("  {id}　{ja}（理由：{reason}）\n", "  {id}: {en} ({reason})\n")
}

/// What was corrected, and where it is written.
fn corrected(path: &Path, corrections: &[NewOne]) -> Say {
    let path = path.display();
    let mut said = say!("「{path}」に修正を書きました。\n", "Written into \"{path}\".\n");
    for NewOne { name, column, correction } in corrections {
        let id = &correction.id;
        let (from, to) = (shown(&correction.from), shown(&correction.to));
        let name = name.replace('\n', " ");
        let lines = match correction.column {
            None => say!("  {id}「{name}」　{column}\n", "  {id} {name}: left out\n"),
            Some(_) => say!(
                "  {id}「{name}」　{column}\n    修正前　{from}\n    修正後　{to}\n",
                "  {id} {name}: {column}\n    from {from}\n    to   {to}\n"
            ),
        };
        said.ja += &lines.ja;
        said.en += &lines.en;
    }
    said
}

/// A text on one line.
fn shown(text: &str) -> String {
    if text.is_empty() {
        "（空欄）".to_owned()
    } else {
        text.lines().collect::<Vec<_>>().join("⏎")
    }
}

/// Nothing of a correction that cannot be applied is written.
fn not_corrected() -> Say {
    Say::new(
        "修正は書いていません（corrections.toml は元のままです）。\n",
        "Nothing was written; corrections.toml is as it was.\n",
    )
}
