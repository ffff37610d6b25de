//! E612: 「（再掲）」 written into a name by hand.

use super::REPOST_MARK;
use crate::diag::{Finding, Rule, Severity};
use crate::model::Status;
use crate::proof::checks::Context;
use crate::text;

pub static RULE: Rule = Rule {
    code: "E612",
    name: "repost-mark-in-name",
    severity: Severity::Error,
    title: "施策名に「（再掲）」が書かれている",
    title_en: "repost mark written into a name",
    what: "施策名に「（再掲）」と書き込まれていないかを見ます。",
    why: "再掲の印は、「再掲分野」から自動で付けます。手で書くと元の施策と別のものとして扱われ、番号も二重になります。",
    mend: "この行を削除し、元の施策の「再掲分野」に、この行の分野を書いてください。",
    example: "「広報紙の電子配信（再掲）」の行 → 元の行の再掲分野に「1(2) 教育の充実」",
    source: "",
};

pub(in crate::proof::checks) fn check(context: &Context, findings: &mut Vec<Finding>) {
    for measure in context.annex.measures.iter().filter(|m| m.status.value != Status::Abolished) {
        let name = &measure.name.value;
        if text::key(name).contains(REPOST_MARK) {
            let message = say!(
                "施策名「{name}」に「（再掲）」が書かれている",
                "the name “{name}” carries the mark of a repost"
            );
            findings.push(
                RULE.finding(message).of(&measure.submitted_by).at(&measure.name.at).found(name),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proof::checks::testing::{finds, silent, write};

    #[test]
    fn the_mark_is_found_in_either_width() {
        for name in ["統計地図の公開（再掲）", "統計地図の公開 (再掲)"] {
            finds(
                &RULE,
                |case| write(&mut case.measure(2).name, name),
                &["02_企画部.xlsx「様式１　個別施策」E9"],
            );
        }
    }

    #[test]
    fn a_name_that_speaks_of_listing_is_right() {
        silent(&RULE, |case| write(&mut case.measure(2).name, "統計地図の再掲載"));
    }
}
