//! `explain`: what a finding means.

use super::TEMPLATE;

/// 指摘の意味と直し方を説明する
#[derive(Debug, clap::Args)]
#[command(help_template = TEMPLATE, override_usage = "bessatsu explain [コード]", next_help_heading = "オプション")]
pub struct Explain {
    /// 指摘のコード（例：K502）。省くと一覧を表示する
    #[arg(value_name = "コード", help_heading = "引数", display_order = 1)]
    pub code: Option<String>,
}
