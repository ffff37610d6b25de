//! E620: a text that will not fit its page.

use crate::checks::Context;
use crate::checks::cells::cells;
use crate::diag::{Finding, Rule, Severity};
use crate::edition::fields::{Field, Table};

pub static RULE: Rule = Rule {
    code: "E620",
    name: "text-too-long",
    severity: Severity::Warning,
    title: "文章が長すぎる",
    title_en: "text too long",
    what: "施策名60字、概要・目的600字、KPIの名称120字、現状値・目標値60字を超える欄を探します。",
    why: "別冊の概要・目的の列は1行がおよそ17字、1ページがおよそ50行です。600字を超えると、1つの施策だけで1ページの大半を占めます。",
    mend: "要点に絞って短くしてください。詳しい説明は別の資料に譲ります。",
    example: "850字の概要 → 400字程度にまとめる",
    source: "",
};

/// The most characters of a field.
fn limit(table: Table, field: Field) -> Option<usize> {
    match (table, field) {
        (Table::Measures, Field::Name) => Some(60),
        (Table::Measures, Field::Overview | Field::Purpose) => Some(600),
        (Table::Kpis, Field::Name) => Some(120),
        (Table::Kpis, Field::Current | Field::Target) => Some(60),
        _ => None,
    }
}

pub(in crate::checks) fn check(context: &Context, findings: &mut Vec<Finding>) {
    for cell in cells(context.annex) {
        let Some(limit) = limit(cell.table, cell.field) else { continue };
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
    use crate::checks::testing::{finds, silent, write, write_figure};

    #[test]
    fn one_character_over_the_limit_is_found() {
        finds(
            &RULE,
            |case| {
                write(&mut case.measure(0).overview, &"長".repeat(601));
                write_figure(&mut case.kpi().current, &"長".repeat(61));
            },
            &["01_総務部.xlsx「様式１　個別施策」F7", "01_総務部.xlsx「様式２　KPI」G7"],
        );
    }

    #[test]
    fn a_text_at_the_limit_is_right() {
        silent(&RULE, |case| write(&mut case.measure(0).overview, &"長".repeat(600)));
    }
}
