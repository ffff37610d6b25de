//! N406: brackets that do not match.

use crate::checks::prelude::*;
use crate::edition::Brackets;

pub static RULE: Rule = Rule {
    code: "N406",
    name: "brackets-unpaired",
    severity: Severity::Warning,
    title: "括弧の組が合わない",
    title_en: "brackets do not match",
    what: "閉じていない括弧、開いていない括弧、全角と半角が組になった括弧を探します。行の初めの「1)」は番号として見逃します。edition.toml の [notation] の brackets で丸括弧の幅を決めると、幅の違うものも探します。",
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
    let width = context.edition.notation.brackets;
    for cell in &context.cells {
        let Some(fault) = fault(cell.text).or_else(|| other_width(cell.text, width)) else {
            continue;
        };
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
            Fault::OtherWidth { is, meant } => {
                (is, say!("「{is}」は「{meant}」と書く", "“{is}” is “{meant}”"))
            }
        };
        findings.push(cell.finding(&RULE, message).found(found).within(cell.text));
    }
}

enum Fault {
    Differ { open: char, close: char },
    NotClosed(char),
    NotOpened(char),
    OtherWidth { is: char, meant: char },
}

/// The round brackets in full and in half width.
const ROUND: [(char, char); 2] = [('（', '('), ('）', ')')];

/// The first round bracket that has not the width of the edition.
fn other_width(text: &str, width: Brackets) -> Option<Fault> {
    let other = |c: char| {
        let (full, half) = ROUND.into_iter().find(|&(full, half)| [full, half].contains(&c))?;
        let meant = match width {
            Brackets::Any => return None,
            Brackets::Full => full,
            Brackets::Half => half,
        };
        (c != meant).then_some(Fault::OtherWidth { is: c, meant })
    };
    text.lines().flat_map(|line| without_number(line).chars()).find_map(other)
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
    fn an_edition_may_have_round_brackets_of_one_width() {
        finds(
            &RULE,
            r#"
            概要
            県(本庁)が行う。
            ^ N406 [見: (] [文: 「(」は「（」と書く]
            1) 県（本庁）が行う。
            == edition.toml
            [notation]
            brackets = "full"
            "#,
        );
    }

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
