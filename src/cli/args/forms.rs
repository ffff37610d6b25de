//! `forms`: the forms to send out.

use std::path::PathBuf;

use super::{EditionArg, TEMPLATE};

/// 部局に送る様式を作る
///
/// 版に提出済みの様式や前の版があれば、その内容を記入した様式を作ります。edition.toml に「要確認」の行が残っている間は作りません。
#[derive(Debug, clap::Args)]
#[command(help_template = TEMPLATE, override_usage = "bessatsu forms [版のフォルダー] [オプション]", next_help_heading = "オプション")]
pub struct Forms {
    #[command(flatten)]
    pub edition: EditionArg,

    /// 出力先のフォルダー（既定：版のフォルダーの forms）
    #[arg(short, long, value_name = "出力先")]
    pub out: Option<PathBuf>,

    /// この部局の様式だけを作る（部局名、又は 08 のような番号）
    #[arg(long, value_name = "部局")]
    pub department: Option<String>,

    /// 次の年度の版を、このフォルダーに用意する（まず設定だけ。「要確認」の行を決めてから、その版の
    /// 様式を作る）
    #[arg(long, value_name = "フォルダー", conflicts_with_all = ["department", "out"])]
    pub next: Option<PathBuf>,

    /// 再編表（reorganisation.xlsx）を読み、部局、課室、見出しの変わったところを edition.toml に
    /// 書き込んでから様式を作る
    #[arg(long, value_name = "再編表", conflicts_with = "next")]
    pub reorganisation: Option<PathBuf>,

    /// 設定に「要確認」の行が残っていても、様式を作る
    #[arg(long)]
    pub force: bool,

    /// この版の実績（実績値、取組状況、評価など）を部局に尋ねる版を、このフォルダーに用意する
    #[arg(long, value_name = "フォルダー", conflicts_with_all = ["department", "out", "next"])]
    pub progress: Option<PathBuf>,
}
