//! `progress`: the KPIs over the years, as lines, as data, as a page or on paper.

use super::args::Progress;
use super::deliver::deliver;
use super::terminal::Terminal;
use super::{Failure, Outcome, Status, requests};
use crate::diag::Say;
use crate::session::{Version, is_judged_as_usual, progress_of};

pub fn run(args: &Progress, terminal: &Terminal) -> Outcome {
    let format = requests::progress(args)?;
    let read = |path| terminal.read_version(path);
    let versions: Vec<Version> =
        args.editions.iter().map(|p| read(p)).collect::<Result<_, Failure>>()?;
    if is_judged_as_usual(&versions) {
        terminal.note(&Say::new(
            "設定（edition.toml）のない版だけなので、判定は標準の方法（基準値と目標値を結ぶ直線どおりの進み方を1とする）によりました。版の判定の方法によるときは、版のフォルダーを指定してください。\n",
            "No edition with settings was named, so the KPIs are judged as usual, by a straight line from base to target. Name the folder of an edition to judge by its settings.\n",
        ));
    }
    let stages = terminal.stages();
    let artifact = progress_of(&versions, format, &stages)?;
    drop(stages);
    deliver(args.out.as_deref(), &artifact, terminal)?;
    Ok(Status::Clean)
}
