//! `watch`: the papers, whenever what they are made of changes.

use super::{BuildArgs, TEMPLATE};

/// 様式や設定が変わるたびに、変わったところだけ作り直す
///
/// 提出された様式、edition.toml、前の版、差し替えたひな形を見張り、保存されるたびに出力先を作り直します。エラーの指摘があるときは、前の出力をそのまま残します。終わるには Ctrl+C を押してください。
#[derive(Debug, clap::Args)]
#[command(help_template = TEMPLATE, override_usage = "bessatsu watch [版のフォルダー] [オプション]", next_help_heading = "オプション")]
pub struct Watch {
    #[command(flatten)]
    pub build: BuildArgs,
}
