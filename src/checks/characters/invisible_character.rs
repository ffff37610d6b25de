//! C305: characters that show nothing.

use crate::checks::prelude::*;
use crate::text::Change;

pub static RULE: Rule = Rule {
    code: "C305",
    name: "invisible-character",
    severity: Severity::Info,
    title: "目に見えない文字を取り除いた",
    title_en: "invisible characters removed",
    what: "幅のない空白や制御文字など、目に見えない文字がセルに混じっていたかを知らせます。",
    why: "ウェブページやPDFから写すと混じり、検索や名前の照合を妨げます。読み取りのときに取り除くので、印刷には影響しません。",
    mend: "直さなくても構いません。直すときは、その部分を打ち直してください。",
    example: "「申請（幅のない空白）受付」→「申請受付」",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    for cell in &context.cells {
        if cell.changes.contains(&Change::Invisible) {
            let message =
                say!("目に見えない文字を取り除いた", "characters that show nothing were removed");
            findings.push(cell.finding(&RULE, message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn a_zero_width_space_is_found_in_texts_and_values() {
        finds(
            &RULE,
            r"
            施策名
            広報紙の\u{200B}電子配信
            ^ C305

            現状値
            500\u{FEFF}人
            ^ C305
            ",
        );
    }

    #[test]
    fn spaces_that_can_be_seen_are_another_matter() {
        silent(
            &RULE,
            r"
            施策名
            広報紙の　電子配信\u{20}
            ",
        );
    }
}
