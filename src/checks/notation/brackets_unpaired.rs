//! N406: brackets that do not match.

use crate::checks::prelude::*;

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

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    for cell in &context.cells {
        let Some(fault) = fault(cell.text) else { continue };
        let (found, message) = match fault {
            Fault::Differ { open, close } => {
                let message =
                    say!("「{open}」を「{close}」で閉じている", "“{open}” is closed by “{close}”");
                (close, message)
            }
            Fault::NotClosed(open) => {
                (open, say!("「{open}」が閉じていない", "“{open}” is not closed"))
            }
            Fault::NotOpened(close) => {
                (close, say!("「{close}」が開いていない", "“{close}” is not opened"))
            }
        };
        findings.push(cell.finding(&RULE, message).found(found).within(cell.text));
    }
}

enum Fault {
    Differ { open: char, close: char },
    NotClosed(char),
    NotOpened(char),
}

/// What is wrong with the first brackets that do not match.
fn fault(text: &str) -> Option<Fault> {
    let mut open: Vec<char> = Vec::new();
    for line in text.lines() {
        for c in without_number(line).chars() {
            if PAIRS.iter().any(|(opening, _)| *opening == c) {
                open.push(c);
            } else if let Some((opening, _)) = PAIRS.iter().find(|(_, closing)| *closing == c) {
                match open.pop() {
                    Some(last) if last == *opening => {}
                    Some(last) => return Some(Fault::Differ { open: last, close: c }),
                    None => return Some(Fault::NotOpened(c)),
                }
            }
        }
    }
    open.pop().map(Fault::NotClosed)
}

/// A line without the number of a list item: 「1)」「ア）」「①」.
fn without_number(line: &str) -> &str {
    let trimmed = line.trim_start();
    let is_number =
        |text: &str| (1..=2).contains(&text.chars().count()) && !text.contains(['(', '（']);
    match trimmed.split_once([')', '）']) {
        Some((number, rest)) if is_number(number) => rest,
        _ => trimmed,
    }
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
