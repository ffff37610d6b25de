//! What was typed. The texts are what `--help` shows to a clerk.

use std::path::PathBuf;

use clap::{ArgAction, Parser, Subcommand, ValueEnum};

use crate::diag::Lang;

const TEMPLATE: &str =
    "{before-help}{about-with-newline}\n使い方: {usage}\n\n{all-args}{after-help}";

/// 各部局の様式（Excel）から、ポリシー別冊のPDFと集約ブックを作ります。
#[derive(Debug, Parser)]
#[command(
    name = "bessatsu",
    version,
    help_template = TEMPLATE,
    override_usage = "bessatsu <コマンド> [版のフォルダー] [オプション]",
    subcommand_help_heading = "コマンド",
    subcommand_value_name = "コマンド",
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true,
    infer_subcommands = true,
    after_help = "例:\n  bessatsu check             提出された様式を点検する\n  bessatsu build             別冊を作り、out フォルダーに書き出す\n  bessatsu explain K502      指摘の意味と直し方を読む\n\n終了コード: 0 問題なし、1 エラーの指摘あり、2 実行できなかった"
)]
pub struct Args {
    #[command(subcommand)]
    pub command: Command,

    /// 表示の言語
    #[arg(
        long,
        global = true,
        value_enum,
        default_value = "ja",
        value_name = "言語",
        hide_default_value = true,
        hide_possible_values = true,
        help = "表示の言語（ja：日本語、en：英語）",
        help_heading = "共通オプション"
    )]
    pub lang: LangArg,

    /// 色
    #[arg(
        long,
        global = true,
        value_enum,
        default_value = "auto",
        value_name = "色",
        hide_default_value = true,
        hide_possible_values = true,
        help = "色を付けるか（auto：端末のときだけ、always：常に、never：付けない）",
        help_heading = "共通オプション"
    )]
    pub color: Color,

    /// 途中経過とまとめを表示しない
    #[arg(short, long, global = true, help_heading = "共通オプション")]
    pub quiet: bool,

    /// この説明を表示する
    #[arg(short = 'h', long = "help", global = true, action = ArgAction::Help, help_heading = "共通オプション")]
    help: Option<bool>,

    /// 版番号を表示する
    #[arg(short = 'V', long = "version", action = ArgAction::Version, help_heading = "共通オプション")]
    version: Option<bool>,
}

#[derive(Debug, Subcommand)]
#[command(help_template = TEMPLATE)]
pub enum Command {
    Build(Build),
    Check(Check),
    Explain(Explain),
    Forms(Forms),
    Returns(Returns),
    Status(Status),
    Diff(Diff),
    New(New),
    Progress(Progress),
    Text(Text),
}

/// 別冊を作る（PDF、集約ブック、データ）
///
/// 提出された様式を読んで点検し、エラーの指摘がなければ出力先に書き出します。エラーが残っているときは何も書き換えません。
#[derive(Debug, clap::Args)]
#[command(help_template = TEMPLATE, override_usage = "bessatsu build [版のフォルダー] [オプション]", next_help_heading = "オプション")]
pub struct Build {
    #[command(flatten)]
    pub edition: EditionArg,

    /// 出力先のフォルダー（既定：out）
    #[arg(short, long, value_name = "出力先", default_value = "out", hide_default_value = true)]
    pub out: PathBuf,

    /// エラーが残っていても作り、表紙に（案）と印字する
    #[arg(long)]
    pub draft: bool,

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

    #[arg(
        long,
        value_enum,
        default_value = "by-category",
        value_name = "並べ方",
        hide_default_value = true,
        hide_possible_values = true,
        help = "PDFの並べ方（by-category：分野ごと、by-department：部局ごと）"
    )]
    pub layout: LayoutArg,

    /// PDFの規格（既定：ua-1+a-2a。ほかに ua-1+a-3a、ua-1、a-2a、a-2u、1.7）
    #[arg(long, value_name = "規格")]
    pub pdf_standard: Option<String>,

    /// この版からの変更点を集約ブックに示す（版のフォルダー、annex.json、annex.xlsx）
    #[arg(long, value_name = "旧い版")]
    pub against: Option<PathBuf>,

    /// 段階ごとの所要時間を表示する
    #[arg(long)]
    pub timings: bool,

    /// 参考情報の指摘も表示する
    #[arg(long)]
    pub info: bool,
}

/// 提出された様式を点検し、指摘を表示する
#[derive(Debug, clap::Args)]
#[command(help_template = TEMPLATE, override_usage = "bessatsu check [版のフォルダー] [オプション]", next_help_heading = "オプション")]
pub struct Check {
    #[command(flatten)]
    pub edition: EditionArg,

    #[arg(
        long,
        value_enum,
        default_value = "text",
        value_name = "形式",
        hide_default_value = true,
        hide_possible_values = true,
        help = "表示の形式（text：文章、json、sarif）"
    )]
    pub format: CheckFormat,

    /// 参考情報の指摘も表示する
    #[arg(long)]
    pub info: bool,
}

/// 指摘の意味と直し方を説明する
#[derive(Debug, clap::Args)]
#[command(help_template = TEMPLATE, override_usage = "bessatsu explain [コード]", next_help_heading = "オプション")]
pub struct Explain {
    /// 指摘のコード（例：K502）。省くと一覧を表示する
    #[arg(value_name = "コード", help_heading = "引数", display_order = 1)]
    pub code: Option<String>,
}

/// 部局に送る様式を作る
///
/// 版に提出済みの様式や前の版があれば、その内容を記入した様式を作ります。
#[derive(Debug, clap::Args)]
#[command(help_template = TEMPLATE, override_usage = "bessatsu forms [版のフォルダー] [オプション]", next_help_heading = "オプション")]
pub struct Forms {
    #[command(flatten)]
    pub edition: EditionArg,

    /// 出力先のフォルダー（既定：forms）
    #[arg(short, long, value_name = "出力先", default_value = "forms", hide_default_value = true)]
    pub out: PathBuf,

    /// この部局の様式だけを作る
    #[arg(long, value_name = "部局名")]
    pub department: Option<String>,

    /// 次の年度の版を、このフォルダーに用意する
    #[arg(long, value_name = "フォルダー", conflicts_with_all = ["department", "out"])]
    pub next: Option<PathBuf>,
}

/// 指摘を書き込んだ様式を部局ごとに作る（差戻し用）
#[derive(Debug, clap::Args)]
#[command(help_template = TEMPLATE, override_usage = "bessatsu returns [版のフォルダー] [オプション]", next_help_heading = "オプション")]
pub struct Returns {
    #[command(flatten)]
    pub edition: EditionArg,

    /// 出力先のフォルダー（既定：returns）
    #[arg(
        short,
        long,
        value_name = "出力先",
        default_value = "returns",
        hide_default_value = true
    )]
    pub out: PathBuf,
}

/// 部局ごとの提出状況と指摘の件数を表示する
#[derive(Debug, clap::Args)]
#[command(help_template = TEMPLATE, override_usage = "bessatsu status [版のフォルダー] [オプション]", next_help_heading = "オプション")]
pub struct Status {
    #[command(flatten)]
    pub edition: EditionArg,

    #[arg(
        long,
        value_enum,
        default_value = "text",
        value_name = "形式",
        hide_default_value = true,
        hide_possible_values = true,
        help = "表示の形式（text：表、json）"
    )]
    pub format: StatusFormat,
}

/// 二つの版を比べる
///
/// 比べるものは、版のフォルダー、annex.json、集約ブック（annex.xlsx）のどれかです。終了コードは、変更なしが0、変更ありが1です。
#[derive(Debug, clap::Args)]
#[command(help_template = TEMPLATE, override_usage = "bessatsu diff <旧> <新> [オプション]", next_help_heading = "オプション")]
pub struct Diff {
    /// 旧い版（版のフォルダー、annex.json、annex.xlsx）
    #[arg(value_name = "旧", help_heading = "引数", display_order = 1)]
    pub old: PathBuf,

    /// 新しい版（版のフォルダー、annex.json、annex.xlsx）
    #[arg(value_name = "新", help_heading = "引数", display_order = 2)]
    pub new: PathBuf,

    #[arg(
        long,
        value_enum,
        default_value = "text",
        value_name = "形式",
        hide_default_value = true,
        hide_possible_values = true,
        help = "形式（text：文章、json、html、xlsx・pdf：新旧対照表）"
    )]
    pub format: DiffFormat,

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

/// KPIの推移と目標への進み具合を表示する
///
/// 版は古いものから順に並べます。
#[derive(Debug, clap::Args)]
#[command(help_template = TEMPLATE, override_usage = "bessatsu progress <版> [版 …] [オプション]", next_help_heading = "オプション")]
pub struct Progress {
    /// 版（版のフォルダー、annex.json、annex.xlsx）。古い順に並べる
    #[arg(value_name = "版", required = true, help_heading = "引数")]
    pub editions: Vec<PathBuf>,

    #[arg(
        long,
        value_enum,
        default_value = "json",
        value_name = "形式",
        hide_default_value = true,
        hide_possible_values = true,
        help = "形式（json、html）"
    )]
    pub format: ProgressFormat,

    /// 書き出すファイル
    #[arg(short, long, value_name = "ファイル")]
    pub out: Option<PathBuf>,
}

/// 別冊の内容を1項目1行の文字で表示する（git diff 用）
#[derive(Debug, clap::Args)]
#[command(help_template = TEMPLATE, override_usage = "bessatsu text <版>", next_help_heading = "オプション")]
pub struct Text {
    /// 版（版のフォルダー、annex.json、annex.xlsx）
    #[arg(value_name = "版", help_heading = "引数")]
    pub version: PathBuf,
}

#[derive(Debug, clap::Args)]
pub struct EditionArg {
    /// edition.toml のあるフォルダー（省くと、今のフォルダーか、inputs の中の最も新しい版）
    #[arg(value_name = "版のフォルダー", help_heading = "引数", display_order = 1)]
    pub edition: Option<PathBuf>,

    /// 提出された様式のフォルダー（既定：版のフォルダーの submissions）
    #[arg(long, value_name = "フォルダー")]
    pub submissions: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LangArg {
    Ja,
    En,
}

impl From<LangArg> for Lang {
    fn from(lang: LangArg) -> Self {
        match lang {
            LangArg::Ja => Lang::Ja,
            LangArg::En => Lang::En,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    Text,
    Json,
    Sarif,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum BuildFormat {
    Papers,
    Png,
    Svg,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LayoutArg {
    ByCategory,
    ByDepartment,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum StatusFormat {
    Text,
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    Text,
    Json,
    Html,
    Xlsx,
    Pdf,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ProgressFormat {
    Json,
    Html,
    Xlsx,
}
