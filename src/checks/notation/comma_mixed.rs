//! N401: 「，」 among 「、」.

use crate::checks::prelude::*;
use crate::edition::Comma;

pub static RULE: Rule = Rule {
    code: "N401",
    name: "comma-mixed",
    severity: Severity::Warning,
    title: "読点に「，」と「、」が混じっている",
    title_en: "two kinds of commas",
    what: "読点に「，」を使ったセルを探します。版の全体で「、」のほうが少ないときは、何も言いません。edition.toml の [notation] の comma で、どちらかに決められます。",
    why: "読点は「、」を原則とし、1つの文書の中でどちらかに統一します。",
    mend: "「，」を「、」に改めてください。",
    example: "「導入し，運用する」→「導入し、運用する」",
    source: "公用文作成の考え方（令和4年1月）Ⅰ－5 符号の使い方",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    let cells = &context.cells;
    let count = |sign| cells.iter().filter(|cell| cell.text.contains(sign)).count();
    let right = match context.edition.notation.comma {
        Comma::Any => return,
        Comma::Usual if count('，') > count('、') => return,
        Comma::Usual => '、',
        Comma::Only(sign) => sign,
    };
    let wrong = if right == '、' { '，' } else { '、' };
    for cell in cells.iter().filter(|cell| cell.text.contains(wrong)) {
        let message = say!("読点に「{wrong}」が使われている", "“{wrong}” is used as a comma");
        findings.push(cell.finding(&RULE, message).found(wrong).expected(right).within(cell.text));
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
    fn an_edition_may_have_the_other_comma_or_both() {
        finds(
            &RULE,
            r#"
            概要
            導入し、運用する。
            ^ N401 [見: 、] [期: ，]
            == edition.toml
            [notation]
            comma = "，"
            "#,
        );
        silent(
            &RULE,
            r#"
            概要
            導入し，運用する。
            導入し、運用する。
            == edition.toml
            [notation]
            comma = "any"
            "#,
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
