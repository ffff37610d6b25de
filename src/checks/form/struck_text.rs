//! F208: text that is struck through instead of deleted.

use crate::checks::prelude::*;
use crate::edition::StruckText;
use crate::model::ObservationKind;
use crate::text::quotation;

pub static RULE: Rule = Rule {
    code: "F208",
    name: "struck-text",
    severity: Severity::Error,
    title: "取消線の付いた文字がある",
    title_en: "text struck through",
    what: "セルの全体又は一部に、取消線（見え消し）の付いた文字がないかを見ます。edition.toml の [form] に struck-text = \"leave-out\" と書くと、その文字を除いて読み、警告に改めます。",
    why: "取消線の付いた文字も値の一部です。そのまま読むと「目標を５０７０件とする」のように、消したつもりの文字と残した文字がつながって載ってしまいます。",
    mend: "取消線の付いた文字を消すときはセルから削除し、残すときは取消線を外してください。条件付き書式の取消線は、その書式を消してください。行の全体に付いているときは、その行のほかの指摘は示しません。載せない行であれば、{measures.status}を「廃止」にしてください。",
    example: "「５０」に取消線を引いた「５０７０件」→「70件」",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (receipt, observation) in context.observations(ObservationKind::StruckText) {
        let struck = quotation(&observation.found);
        let finding = match context.edition.form.struck_text {
            StruckText::Refuse => {
                let message = match observation.more.is_empty() {
                    true => {
                        say!("「{struck}」に取消線が付いている", "“{struck}” is struck through")
                    }
                    false => say!(
                        "「{struck}」の行の全体に取消線が付いている",
                        "the whole row of “{struck}” is struck through"
                    ),
                };
                finding_of(&RULE, receipt, observation, message)
            }
            StruckText::LeaveOut => {
                let message = say!(
                    "取消線の付いた「{struck}」を除いて読んだ",
                    "“{struck}” is struck through and was left out"
                );
                finding_of(&RULE, receipt, observation, message).severity(Severity::Warning)
            }
        };
        findings.push(finding);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn struck_text_is_an_error() {
        finds(
            &RULE,
            r"
            概要
            ~~廃止する予定~~
            ^ F208 error [文: 「廃止する予定」に取消線が付いている]
            ",
        );
    }

    #[test]
    fn the_settings_may_leave_it_out_with_a_warning() {
        finds(
            &RULE,
            r#"
            概要
            ~~廃止する予定~~
            ^ F208 warning [文: 除いて読んだ]
            == edition.toml
            [form]
            struck-text = "leave-out"
            "#,
        );
    }

    #[test]
    fn a_long_text_is_quoted_by_its_begin() {
        finds(
            &RULE,
            r"
            概要
            ~~紙で管理している台帳を電子化し、庁内の全ての所属で見られるようにして、窓口の待ち時間を減らす。~~
            ^ F208 error [文: 見られるよ…」に取消線が付いている]
            ",
        );
    }

    #[test]
    fn plain_text_is_right() {
        silent(
            &RULE,
            r"
            概要
            廃止する予定
            ",
        );
    }
}
