//! E612: the mark of a repost written into a name by hand.

use super::bracketed;
use crate::checks::prelude::*;
use crate::schema::{Role, Table};
use crate::text;

pub static RULE: Rule = Rule {
    code: "E612",
    name: "repost-mark-in-name",
    severity: Severity::Error,
    title: "施策名に再掲の印が書かれている",
    title_en: "repost mark written into a name",
    what: "施策名に「（再掲）」「【再掲】」「再掲：」のような印が書き込まれていないかを見ます。",
    why: "再掲の印は、「再掲分野」から自動で付けます。手で書くと元の施策と別のものとして扱われ、番号も二重になります。",
    mend: "この行を削除し、元の施策の「再掲分野」に、この行の分野を書いてください。",
    example: "「広報紙の電子配信（再掲）」の行 → 元の行の再掲分野に「1(2) 教育の充実」",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    let Some(label) = context.label(Table::Measures, Role::Name) else { return };
    for measure in context.annex.measures.iter().filter(|m| m.is_printed()) {
        let name = &measure.name.value;
        if has_mark(name) {
            let message = say!(
                "{label}「{name}」に再掲の印が書かれている",
                "the name “{name}” carries the mark of a repost"
            );
            findings.push(
                RULE.finding(message).of(&measure.submitted_by).at(&measure.name.at).found(name),
            );
        }
    }
}

fn has_mark(name: &str) -> bool {
    let key = text::key(name);
    // 再掲載 is a word of its own.
    let is_mark = |content: &str| content.replace("再掲載", "").contains("再掲");
    bracketed(&key).into_iter().any(is_mark)
        // 「（3(1)再掲）」 has brackets in brackets.
        || ["再掲)", "再掲]", "再掲】"].iter().any(|mark| key.contains(mark))
        || key.ends_with("再掲")
        || ["再掲:", "再掲・", "再掲-"].iter().any(|mark| key.starts_with(mark))
        || name.trim().strip_prefix("再掲").is_some_and(|rest| rest.starts_with(char::is_whitespace))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn the_mark_is_found_in_any_form() {
        finds(
            &RULE,
            r"
            施策名
            統計地図の公開（再掲）
            ^ E612
            統計地図の公開 (再掲)
            ^ E612
            統計地図の公開【再掲】
            ^ E612
            統計地図の公開［再掲］
            ^ E612
            統計地図の公開 再掲
            ^ E612
            統計地図の公開（3(1)再掲）
            ^ E612
            再掲：統計地図の公開
            ^ E612
            再掲　統計地図の公開
            ^ E612
            ",
        );
    }

    #[test]
    fn a_name_that_speaks_of_listing_is_right() {
        silent(
            &RULE,
            r"
            施策名
            統計地図の再掲載
            統計地図の公開（広報紙に再掲載）
            ",
        );
    }
}
