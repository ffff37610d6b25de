//! `receive`: forms that came in.

use std::path::PathBuf;

use super::TEMPLATE;

/// 届いた様式を版に受け付ける
///
/// ファイル名ではなく中身から部局と提出回を判断し、submissions フォルダーに置きます。前の提出は
/// received フォルダーに残り、いつ何を受け付けたかは received/journal.jsonl に記録されます。
#[derive(Debug, clap::Args)]
#[command(help_template = TEMPLATE, override_usage = "bessatsu receive <ファイル>... [オプション]", next_help_heading = "オプション", after_help = "例:\n  bessatsu receive 総務部.xlsx\n  bessatsu receive 受信フォルダー --edition 令和8年度版")]
pub struct Receive {
    /// 届いた様式（フォルダーを指定すると、その中の全てのファイル）
    #[arg(required = true, value_name = "ファイル", help_heading = "引数")]
    pub files: Vec<PathBuf>,

    /// edition.toml のあるフォルダー（省くと、今のフォルダーか、inputs の中の最も新しい版）
    #[arg(long, value_name = "版のフォルダー")]
    pub edition: Option<PathBuf>,

    /// 受け付けた日時（既定：今。例 2026-05-01、2026-05-01T10:30）
    #[arg(long, value_name = "日時")]
    pub at: Option<String>,
}
