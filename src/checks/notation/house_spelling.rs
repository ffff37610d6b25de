//! N412: a spelling that the edition does not use.

use crate::checks::prelude::*;
use crate::edition::Spelling;

pub static RULE: Rule = Rule {
    code: "N412",
    name: "house-spelling",
    severity: Severity::Warning,
    title: "版で使わない表記が使われている",
    title_en: "a spelling that is not the edition's",
    what: "edition.toml の [notation.spelling] に書かれた、版で使わない表記を探します。何も書かれていなければ、何も言いません。",
    why: "漢字で書くか仮名で書くか、送り仮名、言葉の選び方は、1つの文書の中で統一します。",
    mend: "示された表記に改めてください。固有名詞であればそのままで構いません。",
    example: "「御覧下さい」→「御覧ください」",
    source: "公用文作成の考え方（令和4年1月）Ⅰ－1 漢字の使い方",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    let spellings = &context.edition.notation.spellings;
    if spellings.is_empty() {
        return;
    }
    for cell in &context.cells {
        for Spelling { wrong, right } in wrong_in(cell.text, spellings) {
            let message = say!("「{wrong}」は「{right}」と書く", "“{wrong}” is “{right}”");
            let finding = cell.finding(&RULE, message).found(wrong).expected(right);
            findings.push(finding.within(cell.text));
        }
    }
}

/// The spellings of a text that are not the edition's, each once. What one of them takes, and a
/// right spelling that holds a wrong one (「サーバ」 in 「サーバー」), is no other.
fn wrong_in<'s>(text: &str, spellings: &'s [Spelling]) -> Vec<&'s Spelling> {
    let mut found: Vec<&Spelling> = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        // What is left behind a right spelling, and behind a wrong one, of which the longest come
        // first; the one that takes more holds.
        let right = spellings.iter().filter_map(|spelling| rest.strip_prefix(&spelling.right));
        let right = right.min_by_key(|left| left.len());
        let wrong = spellings
            .iter()
            .find_map(|spelling| Some((spelling, rest.strip_prefix(&spelling.wrong)?)));
        rest = match (wrong, right) {
            (Some((wrong, left)), right) if right.is_none_or(|right| left.len() < right.len()) => {
                if found.iter().all(|other| other.wrong != wrong.wrong) {
                    found.push(wrong);
                }
                left
            }
            (_, Some(left)) => left,
            (_, None) => {
                let mut letters = rest.chars();
                letters.next();
                letters.as_str()
            }
        };
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn a_spelling_that_is_not_the_editions_is_found_with_the_one_that_is() {
        finds(
            &RULE,
            r#"
            概要                               | 目的
            御覧下さい。サーバとサーバーを守る。 | 箇所を直す。
            ^ N412 [見: 下さい] [期: ください] | ^ N412 [見: 箇所] [期: か所]
            ^ N412 [見: サーバ] [期: サーバー]
            == edition.toml
            [notation.spelling]
            "下さい" = "ください"
            "サーバ" = "サーバー"
            "箇所" = "か所"
            "#,
        );
    }

    #[test]
    fn what_is_right_and_what_is_not_set_is_nothing_to_speak_of() {
        silent(
            &RULE,
            r#"
            概要
            サーバーを御覧ください。
            == edition.toml
            [notation.spelling]
            "下さい" = "ください"
            "サーバ" = "サーバー"
            "#,
        );
        silent(
            &RULE,
            r"
            概要
            御覧下さい。
            ",
        );
    }
}
