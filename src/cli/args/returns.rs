//! `returns`: the forms with their findings in them.

use std::path::PathBuf;

use super::{EditionArg, TEMPLATE};

/// 指摘を書き込んだ様式を部局ごとに作る（差戻し用）
#[derive(Debug, clap::Args)]
#[command(help_template = TEMPLATE, override_usage = "bessatsu returns [版のフォルダー] [オプション]", next_help_heading = "オプション")]
pub struct Returns {
    #[command(flatten)]
    pub edition: EditionArg,

    /// この部局だけ（部局名、又は 08 のような番号）
    #[arg(long, value_name = "部局")]
    pub department: Option<String>,

    /// 出力先のフォルダー（既定：版のフォルダーの returns）
    #[arg(short, long, value_name = "出力先")]
    pub out: Option<PathBuf>,
}
