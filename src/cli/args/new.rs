//! `new`: an edition to start from.

use std::path::PathBuf;

use super::TEMPLATE;

/// 見本の版、又は使っている様式に合わせた版を、新しいフォルダーに用意する
#[derive(Debug, clap::Args)]
#[command(
    help_template = TEMPLATE,
    override_usage = "bessatsu new <フォルダー> [オプション]",
    next_help_heading = "オプション",
    after_help = "例:\n  bessatsu new 試し                          見本の版を用意する（様式も入っています）\n  bessatsu new 令和8年度版 --blank           様式のない版を、見本の設定で用意する\n  bessatsu new 令和8年度版 --from 調査票.xlsx  使っている様式から edition.toml を作る"
)]
pub struct New {
    /// 作るフォルダー
    #[arg(value_name = "フォルダー", help_heading = "引数")]
    pub folder: PathBuf,

    /// 使っている様式や一覧（Excel）、又はそのフォルダー。見出し、選択肢、記入された内容から edition.toml を作る（何度でも指定できる）
    #[arg(long, value_name = "ファイル", num_args = 1..)]
    pub from: Vec<PathBuf>,

    /// --from のファイルを、最初の提出として submissions に置く
    #[arg(long, requires = "from")]
    pub with_submissions: bool,

    /// 見本の様式を置かず、edition.toml だけを用意する
    #[arg(long, conflicts_with = "from")]
    pub blank: bool,

    /// PDFのひな形も置く（書き換えて使う場合）
    #[arg(long)]
    pub with_templates: bool,
}
