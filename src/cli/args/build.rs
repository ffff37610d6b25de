//! `build`: the papers of an edition.

use clap::ValueEnum;

use super::{BuildArgs, TEMPLATE};

/// 別冊を作る（PDF、集約ブック、データ）
///
/// 提出された様式を読んで点検し、エラーの指摘がなければ出力先に書き出します。エラーが残っているときは何も書き換えません。
#[derive(Debug, clap::Args)]
#[command(help_template = TEMPLATE, override_usage = "bessatsu build [版のフォルダー] [オプション]", next_help_heading = "オプション")]
pub struct Build {
    #[command(flatten)]
    pub build: BuildArgs,

    #[arg(
        long,
        value_enum,
        default_value = "papers",
        value_name = "形式",
        hide_default_value = true,
        hide_possible_values = true,
        help = "作るもの（papers：別冊一式、png・svg：ページの画像だけ）"
    )]
    pub format: BuildFormat,

    /// 画像にするページ（例：5,8-10。表紙を1と数える。既定：全ページ）。--format png 又は svg と
    /// ともに使う。読み上げ用のタグの付いた抜粋は作れないので、PDFには使えない
    #[arg(long, value_name = "ページ")]
    pub pages: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum BuildFormat {
    Papers,
    Png,
    Svg,
}
