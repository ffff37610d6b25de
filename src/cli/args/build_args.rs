//! What `build` and `watch` have in common: how the papers are made.

use std::path::PathBuf;

use clap::ValueEnum;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::EditionArg;
use crate::session::Standard;

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "オプション")]
pub struct BuildArgs {
    #[command(flatten)]
    pub edition: EditionArg,

    /// 出力先のフォルダー（既定：版のフォルダーの out。正式版は、その中の版ごとのフォルダーにも
    /// 残し、公表用と事務局用に分ける）
    #[arg(short, long, value_name = "出力先")]
    pub out: Option<PathBuf>,

    /// 別の版の別冊や、案に対する正式版が出力先にあっても、置き換える
    #[arg(long)]
    pub overwrite: bool,

    /// 様式にエラーが残っていても作り、表紙に（案）と印字する
    #[arg(long)]
    pub draft: bool,

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
    #[arg(long, value_name = "規格", value_parser = standard(), hide_possible_values = true)]
    pub pdf_standard: Option<Standard>,

    /// この版からの変更点を集約ブックに示す（版のフォルダー、annex.json、annex.xlsx）
    #[arg(long, value_name = "古い版")]
    pub against: Option<PathBuf>,

    /// 同じ版の前の正式な版（out に残るもの）からの変更点を集約ブックに示し、新旧対照表
    /// （comparison.pdf と comparison.xlsx）も作る。改訂のときに使う
    #[arg(long, conflicts_with = "against")]
    pub against_last: bool,

    /// 段階ごとの所要時間を表示する
    #[arg(long)]
    pub timings: bool,

    /// 「情報」の指摘も表示する
    #[arg(long)]
    pub info: bool,
}

fn standard() -> impl TypedValueParser<Value = Standard> {
    PossibleValuesParser::new(Standard::ALL.map(|(name, _)| name))
        .try_map(|name| Standard::named(&name).ok_or("no such standard"))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LayoutArg {
    ByCategory,
    ByDepartment,
}
