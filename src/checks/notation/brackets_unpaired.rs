//! N406: brackets that do not match.

use crate::checks::Context;
use crate::checks::cells::cells;
use crate::diag::{Finding, Rule, Severity};

pub static RULE: Rule = Rule {
    code: "N406",
    name: "brackets-unpaired",
    severity: Severity::Warning,
    title: "括弧の組が合わない",
    title_en: "brackets do not match",
    what: "閉じていない括弧、開いていない括弧、全角と半角が組になった括弧を探します。行の初めの「1)」は番号として見逃します。",
    why: "片方だけ幅の違う括弧は、印刷すると目立ちます。閉じていない括弧は、どこまでが括弧の中か分かりません。",
    mend: "組になる括弧を、同じ幅でそろえてください。",
    example: "「（以下「空白地域」という。)」→「（以下「空白地域」という。）」",
    source: "公用文作成の考え方（令和4年1月）Ⅰ－5 符号の使い方",
};

const PAIRS: &[(char, char)] = &[
    ('（', '）'),
    ('(', ')'),
    ('「', '」'),
    ('『', '』'),
    ('【', '】'),
    ('［', '］'),
    ('[', ']'),
    ('〔', '〕'),
    ('〈', '〉'),
    ('《', '》'),
];

pub(in crate::checks) fn check(context: &Context, findings: &mut Vec<Finding>) {
    for cell in cells(context.annex) {
        let Some((opened, closed)) = fault(cell.text) else { continue };
        let message = match (opened, closed) {
            (Some(open), Some(close)) => {
                say!("「{open}」を「{close}」で閉じている", "“{open}” is closed by “{close}”")
            }
            (Some(open), None) => say!("「{open}」が閉じていない", "“{open}” is not closed"),
            (None, Some(close)) => say!("「{close}」が開いていない", "“{close}” is not opened"),
            (None, None) => continue,
        };
        let found = closed.or(opened).map(String::from).unwrap_or_default();
        findings.push(cell.finding(&RULE, message).found(found).within(cell.text));
    }
}

/// The first brackets that do not match: the one that opens, the one that closes.
fn fault(text: &str) -> Option<(Option<char>, Option<char>)> {
    let mut open: Vec<char> = Vec::new();
    for line in text.lines() {
        for c in without_number(line).chars() {
            if PAIRS.iter().any(|(opening, _)| *opening == c) {
                open.push(c);
            } else if let Some((opening, _)) = PAIRS.iter().find(|(_, closing)| *closing == c) {
                let last = open.pop();
                if last != Some(*opening) {
                    return Some((last, Some(c)));
                }
            }
        }
    }
    open.pop().map(|c| (Some(c), None))
}

/// A line without the number of a list item: 「1)」「ア）」「①」.
fn without_number(line: &str) -> &str {
    let trimmed = line.trim_start();
    let mark = trimmed.find([')', '）']).filter(|end| {
        let number = trimmed.get(..*end).unwrap_or_default();
        (1..=2).contains(&number.chars().count()) && !number.contains(['(', '（'])
    });
    let after = mark.and_then(|end| trimmed.get(end..)).map(|rest| {
        let mut chars = rest.chars();
        chars.next();
        chars.as_str()
    });
    after.unwrap_or(trimmed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn mixed_open_and_stray_brackets_are_found() {
        finds(
            &RULE,
            r"
            概要
            県（以下、「県」という。)が行う。
            ^ N406 [文: 「（」を「)」で閉じている]
            県（宮城県が行う。
            ^ N406 [文: 「（」が閉じていない]
            県が行う）。
            ^ N406 [文: 「）」が開いていない]
            ",
        );
    }

    #[test]
    fn matching_brackets_and_numbered_lines_are_right() {
        silent(
            &RULE,
            r"
            概要
            1)県（「宮城県」をいう。）が行う。\n2）市(仙台市)が行う。\n（3）町が行う。
            ",
        );
    }
}
