//! `progress`: the KPIs over the years.

use std::path::PathBuf;

use clap::ValueEnum;

use super::TEMPLATE;

/// KPIの推移と目標への進み具合を表示する
///
/// 版は古いものから順に並べます。1つだけのときは、その版の previous（前の版）から見ます。
/// 判定の方法と区分は、最後の版の edition.toml（progress の表）で決めます。
#[derive(Debug, clap::Args)]
#[command(help_template = TEMPLATE, override_usage = "bessatsu progress <版> [版 …] [オプション]", next_help_heading = "オプション")]
pub struct Progress {
    /// 版（版のフォルダー、annex.json、annex.xlsx）。古い順に並べる
    #[arg(value_name = "版", required = true, help_heading = "引数")]
    pub editions: Vec<PathBuf>,

    #[arg(
        long,
        value_enum,
        value_name = "形式",
        hide_possible_values = true,
        help = "形式（text：一覧、json、html、xlsx、pdf：進捗状況。既定：書き出すファイルの拡張子の形式、なければtext）"
    )]
    pub format: Option<ProgressFormat>,

    /// 書き出すファイル
    #[arg(short, long, value_name = "ファイル")]
    pub out: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ProgressFormat {
    #[value(alias = "txt")]
    Text,
    Json,
    Html,
    Xlsx,
    Pdf,
}
