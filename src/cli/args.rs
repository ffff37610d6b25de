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
    #[arg(value_name = "コード")]
    pub code: Option<String>,
}

#[derive(Debug, clap::Args)]
pub struct EditionArg {
    /// edition.toml のあるフォルダー（省くと、今のフォルダーか、inputs の中の最も新しい版）
    #[arg(value_name = "版のフォルダー")]
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
