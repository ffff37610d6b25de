//! E631: 「（廃止）」 written into a name by hand.

use super::{bracketed, printed};
use crate::checks::prelude::*;
use crate::text::key;

pub static RULE: Rule = Rule {
    code: "E631",
    name: "abolition-mark-in-name",
    severity: Severity::Error,
    title: "名称に「（廃止）」が書かれている",
    title_en: "mark of abolition written into a name",
    what: "{measures.status}が廃止でない{measure}・{kpi}の名称に、「（廃止）」「※廃止予定」のような印が書き込まれていないかを見ます。",
    why: "廃止する{measure}・{kpi}は{measures.status}で見分けます。名称に書いても、印の付いたまま載ります。",
    mend: "取りやめるものであれば、名称から印を消し、{measures.status}を「廃止」にしてください。載せるものであれば、印を消してください。",
    example: "「広報紙の電子配信（廃止）」・{measures.status}「継続」→「広報紙の電子配信」・{measures.status}「廃止」",
    source: "",
};

/// What may stand beside 廃止 in the brackets of a mark: 「（R7末で廃止予定）」.
const BESIDE: &str = "0123456789rh令和平成元年度月末日でにをもって限り.・/予定済み";

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (_, entry) in printed(context.annex) {
        let name = &entry.name.value;
        if has_mark(&key(name)) {
            let message = say!(
                "名称「{name}」に廃止の印が書かれている",
                "the name “{name}” carries a mark of abolition"
            );
            let finding = RULE.finding(message).of(&entry.submitted_by);
            findings.push(finding.at(&entry.name.at).found(name));
        }
    }
}

fn has_mark(name: &str) -> bool {
    let in_brackets = bracketed(name).into_iter().any(|content| {
        content.contains("廃止")
            && content.replacen("廃止", "", 1).chars().all(|c| BESIDE.contains(c))
    });
    in_brackets || name.contains("※廃止") || name.starts_with("廃止:") || name.ends_with("廃止予定")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn a_mark_in_any_form_is_found() {
        finds(
            &RULE,
            r"
            施策名
            統計地図の公開（廃止）
            ^ E631
            統計地図の公開【廃止】
            ^ E631
            統計地図の公開（令和７年度末で廃止予定）
            ^ E631
            統計地図の公開※廃止予定
            ^ E631
            廃止：統計地図の公開
            ^ E631
            ",
        );
    }

    #[test]
    fn a_name_that_speaks_of_abolition_and_an_abolished_entry_are_right() {
        silent(
            &RULE,
            r"
            施策名                           | 区分
            紙の帳票の廃止                   | 継続
            電子申請の推進（ファクスの廃止） | 継続
            統計地図の公開（廃止）           | 廃止
            ",
        );
    }
}
