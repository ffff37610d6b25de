//! `status`: who has submitted.

use clap::ValueEnum;

use super::{EditionArg, TEMPLATE};

/// 部局ごとの提出状況と指摘の件数を表示する
#[derive(Debug, clap::Args)]
#[command(help_template = TEMPLATE, override_usage = "bessatsu status [版のフォルダー] [オプション]", next_help_heading = "オプション")]
pub struct Status {
    #[command(flatten)]
    pub edition: EditionArg,

    /// この部局だけ（部局名、又は 08 のような番号）
    #[arg(long, value_name = "部局")]
    pub department: Option<String>,

    /// この日からあとに受け付けた様式の一覧を表示する（例 2026-05-01）
    #[arg(long, value_name = "日付", conflicts_with_all = ["format", "department"])]
    pub since: Option<String>,

    #[arg(
        long,
        value_enum,
        default_value = "text",
        value_name = "形式",
        hide_default_value = true,
        hide_possible_values = true,
        help = "表示の形式（text：表、json）"
    )]
    pub format: StatusFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum StatusFormat {
    Text,
    Json,
}
