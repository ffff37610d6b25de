//! E632: a note that asks for something that nobody does.

use super::printed;
use crate::checks::prelude::*;
use crate::schema::Role;

pub static RULE: Rule = Rule {
    code: "E632",
    name: "note-asks",
    severity: Severity::Warning,
    title: "{measures.note}に、載せ方に関わることが書かれている",
    title_en: "a note that bears on what is printed",
    what: "{measures.status}が廃止でない行の{measures.note}に、削除・廃止・未定・差し替え・仮などの語がないかを見ます。",
    why: "{measures.note}は印刷されず、読み取りにも使われません。削除や差し替えを頼んでも、行はそのまま載ります。",
    mend: "取りやめるものであれば{measures.status}を「廃止」にし、差し替えるものや仮のものであれば、その欄を決まった内容に書き直してください。このまま載せてよければ、{measures.note}を消してください。",
    example: "{measures.note}「R7末で廃止。行を削除してください」→ {measures.status}「廃止」",
    source: "",
};

/// 仮 alone would be found in 仮想 and 仮名.
const WORDS: [&str; 14] = [
    "削除",
    "廃止",
    "未定",
    "差替",
    "差し替",
    "さしかえ",
    "仮の",
    "仮で",
    "仮値",
    "仮置",
    "(仮",
    "（仮",
    "は仮",
    "仮）",
];

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (table, entry) in printed(context.annex) {
        let Some(note) = &entry.note else { continue };
        let Some(word) = asked(&note.value) else { continue };
        let Some(label) = context.label(table, Role::Note) else { continue };
        let message = say!("{label}に「{word}」とある", "the note says “{word}”");
        let finding = RULE.finding(message).of(&entry.submitted_by).at(&note.at);
        findings.push(finding.found(word).within(&note.value));
    }
}

/// The first of the words in a note.
fn asked(note: &str) -> Option<&str> {
    if note == "仮" {
        return Some(note);
    }
    WORDS.into_iter().find(|word| note.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn a_note_that_asks_is_found() {
        finds(
            &RULE,
            r"
            備考
            削除してください
            ^ E632 [見: 削除]
            R7末で廃止
            ^ E632 [見: 廃止]
            目標値は未定
            ^ E632
            概要は差し替え予定
            ^ E632
            仮
            ^ E632
            数値は仮
            ^ E632
            ",
        );
    }

    #[test]
    fn other_notes_and_those_of_an_abolished_entry_are_right() {
        silent(
            &RULE,
            r"
            備考               | 区分
            仮想サーバーを使う | 継続
            問合せは広報課まで | 継続
            平仮名で表記       | 継続
            R7末で廃止         | 廃止
            ",
        );
    }
}
