//! `confirm`: a department's part for its approval.

use std::path::PathBuf;

use clap::ValueEnum;

use super::{EditionArg, TEMPLATE};

/// 部局の掲載部分の確認を頼む（-o）、又は確認の回答を記録する（--by）
///
/// -o を付けると、その部局の掲載部分を、冊子のページと事務局で修正したところを付けて作ります（部局に送って確認を頼みます）。--by を付けると、確認した人を received/journal.jsonl に記録します。確認の後に内容が変わると、確認はやり直しになります。
#[derive(Debug, clap::Args)]
#[command(help_template = TEMPLATE, override_usage = "bessatsu confirm [版のフォルダー] --department <部局> [オプション]", next_help_heading = "オプション", after_help = "例:\n  bessatsu confirm --department 総務部 -o 確認依頼_総務部.pdf\n  bessatsu confirm --department 総務部 -o 確認依頼_総務部.xlsx\n  bessatsu confirm --department 総務部 --by \"行政経営推進課 宮城花子\"")]
pub struct Confirm {
    #[command(flatten)]
    pub edition: EditionArg,

    /// 部局（部局名、又は 08 のような番号）
    #[arg(long, value_name = "部局", required = true)]
    pub department: String,

    /// 確認を頼む紙面を書き出すファイル（.pdf：紙面、.xlsx：表）
    #[arg(short, long, value_name = "ファイル", required_unless_present = "by")]
    pub out: Option<PathBuf>,

    #[arg(
        long,
        value_enum,
        value_name = "形式",
        hide_possible_values = true,
        conflicts_with = "by",
        help = "形式（pdf、xlsx。既定：書き出すファイルの拡張子の形式）"
    )]
    pub format: Option<ConfirmFormat>,

    /// 確認した人
    #[arg(long, value_name = "氏名", conflicts_with = "out")]
    pub by: Option<String>,

    /// 確認の回答があった日時（既定：今。例 2026-05-01）
    #[arg(long, value_name = "日時", requires = "by")]
    pub at: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ConfirmFormat {
    Pdf,
    Xlsx,
}
