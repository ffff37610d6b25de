//! N401: 「，」 among 「、」.

use crate::checks::prelude::*;

pub static RULE: Rule = Rule {
    code: "N401",
    name: "comma-mixed",
    severity: Severity::Warning,
    title: "読点に「，」と「、」が混じっている",
    title_en: "two kinds of commas",
    what: "読点に「，」を使ったセルを探します。版の全体で「、」のほうが少ないときは、何も言いません。",
    why: "読点は「、」を原則とし、1つの文書の中でどちらかに統一します。",
    mend: "「，」を「、」に改めてください。",
    example: "「導入し，運用する」→「導入し、運用する」",
    source: "公用文作成の考え方（令和4年1月）Ⅰ－5 符号の使い方",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    let cells = &context.cells;
    let count = |sign| cells.iter().filter(|cell| cell.text.contains(sign)).count();
    if count('，') > count('、') {
        return;
    }
    for cell in cells.iter().filter(|cell| cell.text.contains('，')) {
        let message = say!("読点に「，」が使われている", "“，” is used as a comma");
        findings.push(cell.finding(&RULE, message).found('，').expected('、').within(cell.text));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn the_rarer_comma_is_found() {
        finds(
            &RULE,
            r"
            概要
            導入し，運用する。
            ^ N401
            導入し、運用する。
            ",
        );
    }

    #[test]
    fn an_edition_that_uses_the_other_comma_throughout_may() {
        silent(
            &RULE,
            r"
            概要
            導入し，運用する。
            点検し，運用する。
            ",
        );
    }
}
