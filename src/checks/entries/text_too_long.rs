//! E620: a text that will not fit its page.

use crate::checks::prelude::*;

pub static RULE: Rule = Rule {
    code: "E620",
    name: "text-too-long",
    severity: Severity::Warning,
    title: "文章が長すぎる",
    title_en: "text too long",
    what: "{measures.name}60字、{measures.overview.short}・{measures.purpose.short}600字、{kpi}の名称120字、{kpis.current}・{kpis.target}60字を超える欄を探します。",
    why: "別冊の{measures.overview.short}・{measures.purpose.short}の列は1行がおよそ17字、1ページがおよそ50行です。600字を超えると、1つの{measure}だけで1ページの大半を占めます。",
    mend: "要点に絞って短くしてください。詳しい説明は別の資料に譲ります。",
    example: "850字の概要 → 400字程度にまとめる",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    for cell in &context.cells {
        let Some(limit) = cell.column.longest else { continue };
        let length = cell.text.chars().count();
        if length > limit {
            let label = cell.label();
            let message =
                say!("「{label}」が{length}字あり、長すぎる", "“{label}” has {length} characters");
            let expected = format!("{limit}字以内");
            findings.push(cell.finding(&RULE, message).found(cell.text).expected(expected));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn one_character_over_the_limit_is_found() {
        let text_of_601 = "長".repeat(601);
        let text_of_61 = "長".repeat(61);
        finds(
            &RULE,
            &format!(
                r"
            概要
            {text_of_601}
            ^ E620 [期: 600字以内]

            現状値
            {text_of_61}
            ^ E620 [期: 60字以内]
            "
            ),
        );
    }

    #[test]
    fn a_text_at_the_limit_is_right() {
        let text_of_600 = "長".repeat(600);
        silent(
            &RULE,
            &format!(
                r"
            概要
            {text_of_600}
            "
            ),
        );
    }
}
