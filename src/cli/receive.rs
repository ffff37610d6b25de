//! `receive`: forms that came in take their places.

use std::path::Path;

use super::args::Receive;
use super::terminal::Terminal;
use super::{Failure, Outcome, Status, requests};
use crate::diag::Say;
use crate::session::{Arrival, ArrivalOutcome, Arrivals, Changes, Moment, Named, Paths, Received};

pub fn run(args: &Receive, terminal: &Terminal) -> Outcome {
    let at = requests::moment(args.at.as_deref()).map_err(Failure::Usage)?;
    let mut session = requests::session(Paths::find(args.edition.as_deref(), None)?, "receive");
    let arrivals = session.receive(&args.files, at, &terminal.stages())?;
    let mut status = Status::Clean;
    for arrival in &arrivals.files {
        let told = told(&arrivals, arrival);
        terminal.print(&format!("{}\n", told.get(terminal.lang)));
        // What counts is in the next check; of what is there already nothing is new.
        let is_told = is_taken(arrival) || is_known(arrival) || arrival.report.findings.is_empty();
        if !is_told {
            terminal.print_report(&arrival.report, false);
        }
        if !is_settled(arrival) {
            status = Status::Findings;
        }
    }
    Ok(status)
}

fn is_taken(arrival: &Arrival) -> bool {
    matches!(arrival.outcome, ArrivalOutcome::Taken(_))
}

fn is_known(arrival: &Arrival) -> bool {
    matches!(arrival.outcome, ArrivalOutcome::Known { .. })
}

/// Whether nothing is left to do about a file.
fn is_settled(arrival: &Arrival) -> bool {
    match arrival.outcome {
        ArrivalOutcome::Taken(_) => !arrival.report.is_blocked(),
        ArrivalOutcome::Known { .. } => true,
        ArrivalOutcome::Older { .. }
        | ArrivalOutcome::OtherEdition { .. }
        | ArrivalOutcome::NoForm
        | ArrivalOutcome::Unreadable(_) => false,
    }
}

/// What became of a file.
fn told(arrivals: &Arrivals, arrival: &Arrival) -> Say {
    // Two folders may have files of one name.
    let is_same = |other: &&Arrival| other.file.file_name() == arrival.file.file_name();
    let file = match arrivals.files.iter().filter(is_same).count() {
        0 | 1 => name(&arrival.file),
        _ => arrival.file.display().to_string(),
    };
    match &arrival.outcome {
        ArrivalOutcome::Taken(received) => taken(&file, received, arrivals, arrival),
        ArrivalOutcome::Older { received, newer } => {
            let Received { department, kept, .. } = received;
            let Say { ja, en } = round(received);
            say!(
                "{file}：{department}{ja}の様式ですが、第{newer}回が提出済みです。提出は第{newer}回のままとし、このファイルは {kept} に残しました。",
                "{file}: {en} of {department}, which has sent round {newer} already. Round {newer} stays; this file is kept as {kept}."
            )
        }
        ArrivalOutcome::Known { kept } => say!(
            "{file}：同じ内容のファイルが {kept} にあります。何もしていません。",
            "{file}: the same file is there already as {kept}. Nothing was done."
        ),
        ArrivalOutcome::OtherEdition { edition } => say!(
            "{file}：別の版（{edition}）の様式なので、受け付けていません。",
            "{file}: a form of another edition ({edition}); it was not taken."
        ),
        ArrivalOutcome::NoForm => say!(
            "{file}：部局の様式として読めないので、受け付けていません。",
            "{file}: no form of a department; it was not taken."
        ),
        ArrivalOutcome::Unreadable(why) => {
            let Say { ja, en } = why.say();
            say!("{file}：読めません（{ja}）。", "{file}: cannot be read ({en}).")
        }
    }
}

fn taken(file: &str, received: &Received, arrivals: &Arrivals, arrival: &Arrival) -> Say {
    let Received { department, kept, measures, kpis, .. } = received;
    let counts = arrival.report.counts();
    let (errors, warnings) = (counts.error, counts.warning);
    let (measure, kpi) = (&arrivals.words.measure, &arrivals.words.kpi);
    let Say { ja, en } = round(received);
    let mut told = say!(
        "{file}：{department}{ja}として受け付けました（{kept}、{measure} {measures}、{kpi} {kpis}、エラー{errors}件、警告{warnings}件）。",
        "{file}: taken as {en} of {department} ({kept}, {measures} measures, {kpis} KPIs, {errors} errors, {warnings} warnings)."
    );
    if !received.replaced.is_empty() {
        let earlier = received.replaced.join("、");
        let Say { ja, en } = say!(
            "\n  前の提出は {earlier} に残しました。",
            "\n  What was there before is kept as {earlier}."
        );
        (told.ja, told.en) = (told.ja + &ja, told.en + &en);
    }
    if let Some(changes) = &received.changes {
        let Say { ja, en } = changed(changes);
        (told.ja, told.en) = (told.ja + "\n  " + &ja, told.en + "\n  " + &en);
    }
    told
}

/// What came in from a day on, a line each; nothing is known without a journal.
pub fn since(day: Moment, received: Option<Vec<(Moment, Received)>>) -> Say {
    let day = day.date();
    let Some(received) = received else {
        return Say::new(
            "受付の記録がありません。bessatsu receive で受け付けると、受付の日時が記録されます。\n",
            "there is no journal. It is kept from the first bessatsu receive on.\n",
        );
    };
    if received.is_empty() {
        return say!(
            "{day}からあとに受け付けた様式はありません。\n",
            "nothing came in since {day}.\n"
        );
    }
    let mut told = Say::default();
    for (at, received) in &received {
        let (at, file, department) = (at.shown(), &received.file, &received.department);
        let Say { ja, en } = round(received);
        let older = if received.counts {
            ("", "")
        } else {
            ("　控え（提出は別の回）", ", kept beside")
        };
        told.ja += &format!("{at}　{department}{ja}　{file}{}\n", older.0);
        told.en += &format!("{at}  {department}, {en}  {file}{}\n", older.1);
        if let Some(changes) = &received.changes {
            let Say { ja, en } = changed(changes);
            told.ja += &format!("  {ja}\n");
            told.en += &format!("  {en}\n");
        }
    }
    told
}

/// 「（第2回）」
fn round(received: &Received) -> Say {
    match received.round {
        Some(round) => say!("（第{round}回）", "round {round}"),
        None => Say::new("", "a form"),
    }
}

/// What is different from the submission before.
fn changed(changes: &Changes) -> Say {
    if changes.is_empty() {
        return Say::new("前の提出と同じ内容です。", "It says the same as the one before.");
    }
    let kinds = [
        (&changes.added, "追加", "added"),
        (&changes.removed, "取下げ", "removed"),
        (&changes.changed, "変更", "changed"),
    ];
    let kinds = kinds.into_iter().filter(|(entries, ..)| !entries.is_empty());
    let (ja, en): (Vec<String>, Vec<String>) = kinds
        .map(|(entries, ja, en)| {
            let (count, named) = (entries.len(), named(entries));
            (format!("{ja}{count}件（{}）", named.ja), format!("{count} {en} ({})", named.en))
        })
        .unzip();
    let (ja, en) = (ja.join("、"), en.join(", "));
    say!("前の提出から：{ja}", "Since the one before: {en}")
}

/// The entries by name, as many as a line may have.
fn named(entries: &[Named]) -> Say {
    const SHOWN: usize = 5;
    let shown: Vec<String> =
        entries.iter().take(SHOWN).map(|Named { id, name }| format!("{id} {name}")).collect();
    let rest = entries.len().saturating_sub(SHOWN);
    let (ja, en) = (shown.join("、"), shown.join(", "));
    if rest == 0 {
        say!("{ja}", "{en}")
    } else {
        say!("{ja}、ほか{rest}件", "{en} and {rest} more")
    }
}

fn name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into())
}
