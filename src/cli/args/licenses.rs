//! `licenses`: under which licences the program and its parts are.

use super::TEMPLATE;

/// このソフトと、組み込まれた書体・部品のライセンスを表示する
#[derive(Debug, clap::Args)]
#[command(help_template = TEMPLATE, override_usage = "bessatsu licenses", next_help_heading = "オプション")]
pub struct Licenses {}
