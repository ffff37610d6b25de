//! E605: the same measure twice in one category.

use super::{differing, twins};
use crate::checks::prelude::*;
use crate::checks::two_rows::TwoRows;

pub static RULE: Rule = Rule {
    code: "E605",
    name: "measure-given-twice",
    severity: Severity::Error,
    title: "同じ{measure}が同じ{place}に2回記入されている",
    title_en: "measure given twice in one category",
    what: "{measures.name}と{measures.section}が同じ行が、同じ{place}に2つ以上ないかを、全ての様式を通して見ます。",
    why: "同じ表に同じ{measure}が2度載り、{measure}の数も多く数えられます。",
    mend: "どちらか1行を残して、もう1行の記入を全て消してください。別の{measure}であれば、{measures.name}で区別できるようにしてください。",
    example: "7行目と12行目の「広報紙の電子配信」→ 1行にまとめる",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (measure, first) in twins(context.annex) {
        if measure.category.value != first.category.value {
            continue;
        }
        let (name, word) = (&measure.name.value, &context.words().measure);
        let columns = differing(context, measure, first);
        let message = if columns.is_empty() {
            say!("{word}「{name}」が2回記入されている", "the measure “{name}” is given twice")
        } else {
            let columns = columns.join("・");
            say!(
                "{word}「{name}」が2回記入されており、{columns}も異なる",
                "the measure “{name}” is given twice, with different texts"
            )
        };
        let finding =
            RULE.finding(message).of(&measure.submitted_by).at(&measure.name.at).found(name);
        let rows = TwoRows { clear: measure, keep: first, differing: columns };
        findings.push(rows.told(context, None, finding));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn the_second_row_is_found_whatever_its_width_and_spaces() {
        finds(
            &RULE,
            r"
            施策名
            広報紙の電子配信
            +
            広報紙の 電子配信
            ^ E605
            ",
        );
    }

    #[test]
    fn the_columns_that_differ_are_named() {
        finds(
            &RULE,
            r"
            施策名           | 概要
            広報紙の電子配信 | 配信する。
            +
            広報紙の電子配信 | 配る。
            ^ E605 [文: 概要も異なる] [直: 概要が異なるので、まず5行目を載せたい文章に直してください。5行目を残し、この行の記入を全て消してください。]
            ",
        );
    }

    #[test]
    fn departments_that_give_the_same_measure_are_told_to_agree() {
        finds(
            &RULE,
            r"
            == 01_総務部.xlsx
            施策名           | 担当課室
            広報紙の電子配信 | 広報課
            +
            == 02_企画部.xlsx
            施策名           | 担当課室
            広報紙の電子配信 | 広報課
            ^ E605 [直: どちらの行を残すかを総務部と決めてください。]
            ",
        );
    }

    #[test]
    fn another_category_another_section_or_an_abolished_row_is_no_second_row() {
        silent(
            &RULE,
            r"
            施策名           | 分野 | 担当課室 | 区分
            広報紙の電子配信 | 1(1) | 広報課   | 継続
            広報紙の電子配信 | 1(2) | 広報課   | 継続
            広報紙の電子配信 | 1(1) | 市町村課 | 継続
            広報紙の電子配信 | 1(1) | 広報課   | 廃止
            ",
        );
    }
}
