//! K503: a KPI without a target.

use super::{is_blank, printed};
use crate::checks::figures::{AIMS, columns};
use crate::checks::prelude::*;

pub static RULE: Rule = Rule {
    code: "K503",
    name: "kpi-without-target",
    severity: Severity::Error,
    title: "{kpi}の{kpis.target}がない",
    title_en: "KPI without a target",
    what: "{kpi}の「{kpis.target}」が記入されているかを見ます。「－」だけの欄も、記入がないものとして扱います。",
    why: "{kpis.target}のない指標では、達成したかどうかを評価できません。",
    mend: "{kpis.target}を、単位と目標年度を付けて書いてください。",
    example: "「－」→「2,200人（R9）」",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    for column in columns(context, &AIMS).into_iter().filter(|column| column.filled) {
        for kpi in printed(context) {
            let figure = kpi.figure(&column.key);
            if !is_blank(&figure.value) {
                continue;
            }
            let (name, label, word) = (&kpi.name.value, &column.label, &context.words().kpi);
            let message = say!("{word}「{name}」の{label}がない", "the KPI “{name}” has no target");
            let finding = RULE.finding(message).of(&kpi.submitted_by).at(&figure.at);
            findings.push(finding.found(&figure.value.printed).expected(label));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn a_blank_and_a_dash_are_no_target() {
        finds(
            &RULE,
            r"
            主なKPI                | 目標値
            広報紙の購読者数（人） |
                                   | ^ K503
            電子申請の件数（件）   | －
                                   | ^ K503
            窓口予約の件数（件）   | \u{20}-\u{20}
                                   | ^ K503
            地図の閲覧数（回）     | ─
                                   | ^ K503
            台帳の点検数（件）     | −
                                   | ^ K503
            相談の件数（件）       | ー
                                   | ^ K503
            ",
        );
    }

    #[test]
    fn a_target_in_words_is_a_target() {
        silent(
            &RULE,
            r"
            目標値
            全国平均(R9)
            ",
        );
    }
}
