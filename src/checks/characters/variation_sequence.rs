//! C303: a character with a variation selector.

use crate::checks::prelude::*;

pub static RULE: Rule = Rule {
    code: "C303",
    name: "variation-sequence",
    severity: Severity::Warning,
    title: "異体字セレクタの付いた文字がある",
    title_en: "character with a variation selector",
    what: "字形を指定する目に見えない符号（異体字セレクタ）の付いた文字を探します。",
    why: "書体が対応していなければ、指定した字形では印刷されません。検索や名前の照合でも、付いていない文字と別のものになります。",
    mend: "字形を区別する必要がなければ、その文字を打ち直してください。地名や人名で必要なときは、そのままにして印刷結果を確かめてください。",
    example: "異体字セレクタ付きの「葛」→「葛」",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    for cell in &context.cells {
        let mut sequences: Vec<String> = Vec::new();
        let mut before = None;
        for c in cell.text.chars() {
            if is_selector(c) {
                let sequence: String = before.into_iter().chain([c]).collect();
                if !sequences.contains(&sequence) {
                    sequences.push(sequence);
                }
            }
            before = Some(c);
        }
        for sequence in sequences {
            let plain: String = sequence.chars().filter(|&c| !is_selector(c)).collect();
            let message = say!(
                "「{plain}」に異体字セレクタが付いている",
                "“{plain}” has a variation selector"
            );
            findings.push(
                cell.finding(&RULE, message).found(sequence).expected(plain).within(cell.text),
            );
        }
    }
}

pub(super) fn is_selector(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' | '\u{180b}'..='\u{180d}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn a_selector_is_found_with_its_character() {
        finds(
            &RULE,
            r"
            施策名
            葛\u{E0100}飾の広報
            ^ C303 [見: 葛\u{E0100}] [期: 葛]
            ",
        );
    }

    #[test]
    fn the_plain_character_is_right() {
        silent(
            &RULE,
            r"
            施策名
            葛飾の広報
            ",
        );
    }
}
