//! N408: a text without 「。」 in a column whose texts end with it.

use std::collections::BTreeMap;

use crate::checks::prelude::*;
use crate::edition::FullStop;
use crate::schema::{Key, Kind, Role, Table};

pub static RULE: Rule = Rule {
    code: "N408",
    name: "full-stop-missing",
    severity: Severity::Info,
    title: "文末の「。」がない",
    title_en: "full stop missing",
    what: "概要と目的のうち、「。」で終わっていないものを探します。版の中で「。」で終わるものが8割に満たない列では、何も言いません。edition.toml の [notation] の full-stop で、いつも付ける、又は付けないと決められます。",
    why: "同じ列の中で、「。」で終わる文と終わらない文が混じると、不ぞろいに見えます。",
    mend: "文であれば「。」を付け、体言止めであれば「～する。」のような文に改めてください。",
    example: "「人材の育成を図る」→「人材の育成を図る。」",
    source: "公用文作成の考え方（令和4年1月）Ⅰ－5 符号の使い方",
};

/// From this share of texts with a full stop on, one without it stands out.
const MOST: f64 = 0.8;

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    let mut columns: BTreeMap<(Table, &Key), Vec<&Cell>> = BTreeMap::new();
    for cell in context.cells.iter().filter(|cell| cell.column.role == Role::Value) {
        if cell.column.kind == Kind::Text && !cell.text.is_empty() {
            columns.entry((cell.table, &cell.column.key)).or_default().push(cell);
        }
    }
    let style = context.edition.notation.full_stop;
    for column in columns.into_values() {
        let (with, without): (Vec<&Cell>, Vec<&Cell>) =
            column.iter().partition(|cell| ends(cell.text));
        let is_usual = with.len() as f64 >= MOST * column.len() as f64;
        match style {
            FullStop::Usual if is_usual => findings.extend(without.into_iter().map(missing)),
            FullStop::Always => findings.extend(without.into_iter().map(missing)),
            FullStop::Never => {
                let stops = with.into_iter().filter(|cell| cell.text.ends_with('。'));
                findings.extend(stops.map(too_many));
            }
            FullStop::Usual | FullStop::Any => {}
        }
    }
}

fn missing(cell: &Cell) -> Finding {
    let label = cell.label();
    cell.finding(&RULE, say!("「{label}」の文末に「。」がない", "no “。” at the end"))
}

fn too_many(cell: &Cell) -> Finding {
    let label = cell.label();
    let message = say!("「{label}」の文末に「。」がある", "“。” at the end");
    let help = say!("この版では、文末の「。」を付けません", "In this edition no text ends with it");
    cell.finding(&RULE, message).found('。').within(cell.text).help(help)
}

/// Whether a text ends as a sentence does, or in a bracket after one.
fn ends(text: &str) -> bool {
    let text = text.trim_end_matches(['）', ')', '」', '』']);
    text.ends_with(['。', '．', '！', '？', '!', '?', '※'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn the_one_without_it_is_found() {
        finds(
            &RULE,
            r"
            目的
            広報を早める。
            手間を減らす。
            人材の育成を図る
            ^ N408
            対応を早める。
            理解を深める。
            ",
        );
    }

    #[test]
    fn an_edition_may_have_it_always_or_never() {
        finds(
            &RULE,
            r#"
            目的
            人材の育成
            ^ N408 [文: 「。」がない]
            業務の効率化
            ^ N408
            対応を早める。
            == edition.toml
            [notation]
            full-stop = "always"
            "#,
        );
        finds(
            &RULE,
            r#"
            概要   | 目的
            研修   | 人材の育成
            手引き | 対応を早める。
                   | ^ N408 [文: 「。」がある]
            == edition.toml
            [notation]
            full-stop = "never"
            "#,
        );
    }

    #[test]
    fn a_column_that_mixes_both_has_no_custom_to_break() {
        silent(
            &RULE,
            r"
            目的
            人材の育成
            業務の効率化
            対応を早める。
            ",
        );
    }

    #[test]
    fn a_full_stop_within_the_last_bracket_is_one() {
        silent(
            &RULE,
            r"
            目的
            広報を早める。
            手間を減らす。
            人材の育成を図る（県が行う。）
            対応を早める。
            理解を深める。
            ",
        );
    }
}
