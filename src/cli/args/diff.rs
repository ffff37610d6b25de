//! `diff`: two versions side by side.

use std::path::PathBuf;

use clap::ValueEnum;

use super::TEMPLATE;

/// 二つの版を比べる
///
/// 比べるものは、版のフォルダー、annex.json、集約ブック（annex.xlsx）、部局の様式（同じ部局の前後の提出）のどれかです。同じものはIDで、IDがなければ名称と担当で、それもなければ文章の近さ（60%以上）で見つけ、近さによるものには「（推定）」と付けます。終了コードは、変更なしが0、変更ありが1、比べられないときが2です。
#[derive(Debug, clap::Args)]
#[command(help_template = TEMPLATE, override_usage = "bessatsu diff <旧> <新> [オプション]", next_help_heading = "オプション")]
pub struct Diff {
    /// 古い版（版のフォルダー、annex.json、annex.xlsx、部局の様式）
    #[arg(value_name = "旧", help_heading = "引数", display_order = 1)]
    pub old: PathBuf,

    /// 新しい版（版のフォルダー、annex.json、annex.xlsx、部局の様式）
    #[arg(value_name = "新", help_heading = "引数", display_order = 2)]
    pub new: PathBuf,

    #[arg(
        long,
        value_enum,
        value_name = "形式",
        hide_possible_values = true,
        help = "形式（text：文章、json、html、xlsx・pdf：新旧対照表。既定：書き出すファイルの拡張子の形式、なければtext）"
    )]
    pub format: Option<DiffFormat>,

    /// 新旧対照表の代わりに見え消しにする（xlsx、pdf）
    #[arg(long)]
    pub redline: bool,

    /// 件数だけを表示する
    #[arg(long)]
    pub stat: bool,

    /// 書き出すファイル
    #[arg(short, long, value_name = "ファイル")]
    pub out: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    #[value(alias = "txt")]
    Text,
    Json,
    Html,
    Xlsx,
    Pdf,
}
