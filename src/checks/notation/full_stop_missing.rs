//! N408: a text without 「。」 in a column whose texts end with it.

use std::collections::BTreeMap;

use crate::checks::prelude::*;
use crate::schema::{Key, Kind, Role, Table};

pub static RULE: Rule = Rule {
    code: "N408",
    name: "full-stop-missing",
    severity: Severity::Info,
    title: "文末の「。」がない",
    title_en: "full stop missing",
    what: "概要と目的のうち、「。」で終わっていないものを探します。版の中で「。」で終わるものが8割に満たない列では、何も言いません。",
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
    for column in columns.into_values() {
        let without: Vec<&&Cell> = column.iter().filter(|cell| !ends(cell.text)).collect();
        if (column.len() - without.len()) as f64 >= MOST * column.len() as f64 {
            for cell in without {
                let label = cell.label();
                let message = say!("「{label}」の文末に「。」がない", "no “。” at the end");
                findings.push(cell.finding(&RULE, message));
            }
        }
    }
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
