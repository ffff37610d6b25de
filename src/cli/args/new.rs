//! `new`: an edition to start from.

use std::path::PathBuf;

use super::TEMPLATE;

/// 見本の版を新しいフォルダーに用意する
#[derive(Debug, clap::Args)]
#[command(help_template = TEMPLATE, override_usage = "bessatsu new <フォルダー> [オプション]", next_help_heading = "オプション")]
pub struct New {
    /// 作るフォルダー
    #[arg(value_name = "フォルダー", help_heading = "引数")]
    pub folder: PathBuf,

    /// PDFのひな形も置く（書き換えて使う場合）
    #[arg(long)]
    pub with_templates: bool,
}
