//! `check`: the findings.

use clap::ValueEnum;

use super::{EditionArg, TEMPLATE};

/// 提出された様式を点検し、指摘を表示する
#[derive(Debug, clap::Args)]
#[command(help_template = TEMPLATE, override_usage = "bessatsu check [版のフォルダー] [オプション]", next_help_heading = "オプション")]
pub struct Check {
    #[command(flatten)]
    pub edition: EditionArg,

    /// この部局だけ（部局名、又は 08 のような番号）
    #[arg(long, value_name = "部局")]
    pub department: Option<String>,

    #[arg(
        long,
        value_enum,
        default_value = "text",
        value_name = "形式",
        hide_default_value = true,
        hide_possible_values = true,
        help = "表示の形式（text：文章、json、sarif、accept：認めるときに edition.toml に貼る例外）"
    )]
    pub format: CheckFormat,

    /// 「情報」の指摘も表示する
    #[arg(long)]
    pub info: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    Text,
    Json,
    Sarif,
    Accept,
}
