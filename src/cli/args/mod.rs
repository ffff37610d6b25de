//! What was typed, one file a command. The texts are what `--help` shows to a clerk.

mod build;
mod build_args;
mod check;
mod confirm;
mod correct;
mod diff;
mod explain;
mod forms;
mod licenses;
mod new;
mod progress;
mod receive;
mod returns;
mod status;
mod text;
mod watch;

use std::path::PathBuf;

use clap::{ArgAction, Parser, Subcommand, ValueEnum};

use crate::diag::Lang;

pub use build::{Build, BuildFormat};
pub use build_args::{BuildArgs, LayoutArg};
pub use check::{Check, CheckFormat};
pub use confirm::{Confirm, ConfirmFormat};
pub use correct::Correct;
pub use diff::{Diff, DiffFormat};
pub use explain::Explain;
pub use forms::Forms;
pub use licenses::Licenses;
pub use new::New;
pub use progress::{Progress, ProgressFormat};
pub use receive::Receive;
pub use returns::Returns;
pub use status::{Status, StatusFormat};
pub use text::Text;
pub use watch::Watch;

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
    after_help = "例:\n  bessatsu new 令和8年度版      版のフォルダーを用意する\n  bessatsu forms 令和8年度版    部局に送る様式を作る\n  bessatsu check 令和8年度版    届いた様式を点検する\n  bessatsu build 令和8年度版    別冊を作る\n  bessatsu explain K502         指摘の意味と直し方を読む\n\n終了コード: 0 問題なし、1 エラーの指摘あり、2 実行できなかった"
)]
pub struct Args {
    #[command(subcommand)]
    pub command: Command,

    /// 指摘の言語
    #[arg(
        long,
        global = true,
        value_enum,
        default_value = "ja",
        value_name = "言語",
        hide_default_value = true,
        hide_possible_values = true,
        help = "指摘を表示する言語（ja：日本語、en：英語）",
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

    /// 途中経過や書き出したファイルの一覧を表示しない
    #[arg(short, long, global = true, help_heading = "共通オプション")]
    pub quiet: bool,

    /// この説明を表示する
    #[arg(short = 'h', long = "help", global = true, action = ArgAction::Help, help_heading = "共通オプション")]
    help: Option<bool>,

    /// 版番号を表示する
    #[arg(short = 'V', long = "version", action = ArgAction::Version, help_heading = "共通オプション")]
    version: Option<bool>,
}

/// The commands, in the order in which a year needs them.
#[derive(Debug, Subcommand)]
#[command(help_template = TEMPLATE)]
pub enum Command {
    New(New),
    Forms(Forms),
    Receive(Receive),
    Status(Status),
    Check(Check),
    Returns(Returns),
    Correct(Correct),
    Confirm(Confirm),
    Build(Build),
    Diff(Diff),
    Progress(Progress),
    Watch(Watch),
    Explain(Explain),
    Text(Text),
    Licenses(Licenses),
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
