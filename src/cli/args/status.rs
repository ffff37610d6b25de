//! `status`: who has submitted.

use std::path::PathBuf;

use clap::ValueEnum;

use super::{EditionArg, TEMPLATE};

/// 部局ごとの提出状況と指摘の件数を表示する
#[derive(Debug, clap::Args)]
#[command(help_template = TEMPLATE, override_usage = "bessatsu status [版のフォルダー] [オプション]", next_help_heading = "オプション", after_help = "例:\n  bessatsu status\n  bessatsu status -o 提出状況.xlsx     印刷して回せる1枚の表\n  bessatsu status --since 2026-05-01")]
pub struct Status {
    #[command(flatten)]
    pub edition: EditionArg,

    /// この部局だけ（部局名、又は 08 のような番号）
    #[arg(long, value_name = "部局")]
    pub department: Option<String>,

    /// この日からあとに受け付けた様式の一覧を表示する（例 2026-05-01）
    #[arg(long, value_name = "日付", conflicts_with_all = ["format", "department", "out", "at"])]
    pub since: Option<String>,

    /// この日時の時点で残りの日数を数える（既定：今。例 2026-05-01）
    #[arg(long, value_name = "日時")]
    pub at: Option<String>,

    /// 書き出すファイル
    #[arg(short, long, value_name = "ファイル")]
    pub out: Option<PathBuf>,

    #[arg(
        long,
        value_enum,
        value_name = "形式",
        hide_possible_values = true,
        help = "形式（text：表、json、xlsx：印刷用の1枚の表。既定：書き出すファイルの拡張子の形式、なければtext）"
    )]
    pub format: Option<StatusFormat>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum StatusFormat {
    #[value(alias = "txt")]
    Text,
    Json,
    Xlsx,
}
