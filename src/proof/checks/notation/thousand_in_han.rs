//! N403: 4千 instead of 4,000.

use super::matches;
use crate::diag::{Finding, Rule, Severity};
use crate::proof::checks::Context;
use crate::proof::checks::cells::cells;

pub static RULE: Rule = Rule {
    code: "N403",
    name: "thousand-in-han",
    severity: Severity::Warning,
    title: "算用数字に「千」「百」が付いている",
    title_en: "千 or 百 after digits",
    what: "「4千」「8百」のように、算用数字の後に漢字の「千」「百」を付けた数を探します。「4万」「2億」は正しい書き方です。",
    why: "漢字で書く単位は兆・億・万だけで、千・百は算用数字で書きます。",
    mend: "4千は4,000、8百は800のように書いてください。",
    example: "「4千人」→「4,000人」",
    source: "公用文作成の考え方（令和4年1月）Ⅰ－4 数字の使い方",
};

pub(in crate::proof::checks) fn check(context: &Context, findings: &mut Vec<Finding>) {
    for cell in cells(context.annex) {
        for written in matches(cell.text, number) {
            let mended = mended(written);
            let message = say!("「{written}」は「{mended}」と書く", "“{written}” is “{mended}”");
            let finding = cell.finding(&RULE, message).found(written).expected(mended);
            findings.push(finding.within(cell.text));
        }
    }
}

/// The length of a number of one to three digits with 千 or 百.
fn number(text: &str) -> Option<usize> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let unit = text.get(digits..)?.chars().next()?;
    ((1..=3).contains(&digits) && "千百".contains(unit)).then_some(digits + unit.len_utf8())
}

fn mended(written: &str) -> String {
    let digits: String = written.chars().filter(char::is_ascii_digit).collect();
    if written.ends_with('千') { format!("{digits},000") } else { format!("{digits}00") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proof::checks::testing::{Case, finds, silent, write, write_figure};

    #[test]
    fn digits_with_a_kanji_thousand_are_found_and_mended() {
        let break_it = |case: &mut Case| {
            write(&mut case.measure(0).overview, "４千人と12千円と8百件を扱う。");
            write_figure(&mut case.kpi().target, "5千人(R9)");
        };
        let cell = "01_総務部.xlsx「様式１　個別施策」F7";
        finds(&RULE, break_it, &[cell, cell, cell, "01_総務部.xlsx「様式２　KPI」H7"]);
        let mut case = Case::sound();
        break_it(&mut case);
        let expected: Vec<_> = case.findings_of(&RULE).into_iter().map(|f| f.expected).collect();
        assert_eq!(expected, ["4,000", "12,000", "800", "5,000"]);
    }

    #[test]
    fn larger_units_and_plain_kanji_are_right() {
        silent(&RULE, |case| {
            write(&mut case.measure(0).overview, "4万人、2億円、数千件、千人を扱う。");
        });
    }
}
