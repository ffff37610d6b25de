//! `correct`: a change of the secretariat's to a submitted value.

use std::path::PathBuf;

use clap::ArgGroup;

use super::TEMPLATE;

/// 提出された様式をそのままにして、事務局の修正を corrections.toml に書く
#[derive(Debug, clap::Args)]
#[command(
    help_template = TEMPLATE,
    override_usage = "bessatsu correct <ID> <欄> [--from 修正前] --to 修正後 --reason 理由\n        bessatsu correct <ID> --leave-out --reason 理由\n        bessatsu correct <ID> [欄] --withdraw",
    group = ArgGroup::new("change").args(["to", "withdraw"]),
    next_help_heading = "オプション",
    after_help = "例:\n  bessatsu correct R7-012 施策名 --from 来年度の窓口予約 --to 窓口予約 --reason 表記の統一\n  bessatsu correct R7-012 備考 --to \"\" --reason 事務局あての連絡のため\n  bessatsu correct R7-020 --leave-out --reason 関係部局と協議中のため\n  bessatsu correct R7-020 --list-again \"2(1)\" --order 1 --reason 本部会議の決定\n  bessatsu correct R7-012 施策名 --withdraw     施策名の修正をやめる\n  bessatsu correct R7-020 --withdraw            掲載しない、再掲、掲載順の決定をやめる\n\n修正は、様式を読み取った後、点検の前に当たります。部局が同じ欄を直したときは、check が知らせます。\nやめるときは --withdraw を付けます。corrections.toml のほかの修正とメモは、そのまま残ります。"
)]
pub struct Correct {
    /// 修正する施策・KPIのID（R7-012、R7-K03 など）
    #[arg(value_name = "ID", help_heading = "引数", display_order = 1)]
    pub id: String,

    /// 修正する欄の名前（施策名、概要、目標値 など）
    #[arg(
        value_name = "欄",
        help_heading = "引数",
        display_order = 2,
        requires = "change",
        required_unless_present_any = ["leave_out", "list_again", "order", "withdraw"],
        conflicts_with_all = ["leave_out", "list_again", "order"]
    )]
    pub column: Option<String>,

    /// 修正前の記載（欄の全体。省くと、いまの記載）
    #[arg(long, value_name = "修正前", requires = "column", allow_hyphen_values = true)]
    pub from: Option<String>,

    /// 修正後の記載（欄の全体。空にするときは ""）
    #[arg(long, value_name = "修正後", requires = "column", allow_hyphen_values = true)]
    pub to: Option<String>,

    /// この版には掲載しない
    #[arg(long)]
    pub leave_out: bool,

    /// この見出しにも再掲する（何度でも指定できる）
    #[arg(long, value_name = "見出し", conflicts_with = "leave_out")]
    pub list_again: Vec<String>,

    /// 見出しの中で何番目に載せるか
    #[arg(long, value_name = "番目", conflicts_with = "leave_out")]
    pub order: Option<f64>,

    /// 前に書いた修正をやめる（欄を書かないと、掲載しない・再掲・掲載順の決定をやめる）
    #[arg(long, conflicts_with_all = ["from", "leave_out", "list_again", "order", "reason", "date", "by"])]
    pub withdraw: bool,

    /// 修正する理由（部局に示す）
    #[arg(
        long,
        value_name = "理由",
        allow_hyphen_values = true,
        required_unless_present = "withdraw"
    )]
    pub reason: Option<String>,

    /// 修正した日（既定：今日）
    #[arg(long, value_name = "日付")]
    pub date: Option<String>,

    /// 修正した人
    #[arg(long, value_name = "氏名")]
    pub by: Option<String>,

    /// edition.toml のあるフォルダー（省くと、今のフォルダーか、inputs の中の最も新しい版）
    #[arg(long, value_name = "版のフォルダー")]
    pub edition: Option<PathBuf>,

    /// 提出された様式のフォルダー（既定：版のフォルダーの submissions）
    #[arg(long, value_name = "フォルダー")]
    pub submissions: Option<PathBuf>,
}
