//! `text`: the annex as lines.

use std::path::PathBuf;

use super::TEMPLATE;

/// 別冊の内容を1項目1行の文字で表示する（git diff 用）
#[derive(Debug, clap::Args)]
#[command(help_template = TEMPLATE, override_usage = "bessatsu text <版>", next_help_heading = "オプション")]
pub struct Text {
    /// 版（版のフォルダー、annex.json、annex.xlsx）
    #[arg(value_name = "版", help_heading = "引数")]
    pub version: PathBuf,
}
