//! Faults of the program itself: what "cannot happen", and happened all the same.
//!
//! A room of [`super`] that meets one makes no paper. It returns the finding of
//! [`internal_error`], which stops the build, so that the last good papers stay and nobody is
//! handed a paper that is silently wrong.

use std::fmt::Display;

use crate::diag::{Finding, Rule, Severity};

/// The rule of this file, for the registry.
pub static RULES: &[&Rule] = &[&INTERNAL_ERROR];

static INTERNAL_ERROR: Rule = Rule {
    code: "T907",
    name: "internal-error",
    severity: Severity::Error,
    title: "プログラムに誤りがある",
    title_en: "an error in the program itself",
    what: "紙面、ブック、データを作るときに、プログラムが「起こらない」としていることが起きていないかどうかを見ます。",
    why: "プログラム自身の誤りです。誤ったものを印刷しないように、何も書き出さず、前回の出力を残します。",
    mend: "様式や設定の誤りではありません。指摘の全文と版のフォルダーを添えて、プログラムの開発者に知らせてください。",
    example: "誤：annex.pdfの作成中に、プログラムの誤りが見つかった\n正：（この指摘が出ない）",
    source: "",
};

/// The finding that a paper (「annex.pdf」) cannot be made because the program is at fault; `what`
/// tells its developers where, in English.
pub fn internal_error(paper: &str, what: impl Display) -> Finding {
    INTERNAL_ERROR.finding(say!(
        "{paper}の作成中に、プログラムの誤りが見つかった（{what}）",
        "internal error while making {paper}: {what}"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_internal_error_stops_the_build_and_names_paper_and_cause() {
        let finding = internal_error("annex.pdf", "no such standard");
        assert!(finding.is_blocking());
        for message in [&finding.message.ja, &finding.message.en] {
            assert!(message.contains("annex.pdf") && message.contains("no such standard"));
        }
    }
}
