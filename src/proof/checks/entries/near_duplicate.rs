//! E608: a measure that looks like another.

use crate::diag::{Finding, Rule, Severity};
use crate::model::{Measure, Status};
use crate::proof::checks::Context;
use crate::proof::checks::nearest::likeness;
use crate::text;

pub static RULE: Rule = Rule {
    code: "E608",
    name: "near-duplicate",
    severity: Severity::Info,
    title: "よく似た名前の施策がある",
    title_en: "measures with similar names",
    what: "施策名がほとんど同じで、完全には一致しない施策を探します。数字だけが違うもの（第1期と第2期など）は見ません。",
    why: "書き誤りのために同じ施策が別のものとして2度載っていることがあります。",
    mend: "同じ施策であれば1行にまとめ、別の施策であればそのままで構いません。",
    example: "「電子申請システムの運営」と「電子申請システムの運用」",
    source: "",
};

/// From this likeness on (0 to 1), two names may be meant for one.
const ALIKE: f64 = 0.85;
/// Shorter names are alike by chance.
const SHORTEST: usize = 8;

pub(in crate::proof::checks) fn check(context: &Context, findings: &mut Vec<Finding>) {
    let names: Vec<(String, &Measure)> = context
        .annex
        .measures
        .iter()
        .filter(|m| m.status.value != Status::Abolished)
        .map(|m| (text::key(&m.name.value), m))
        .filter(|(key, _)| key.chars().count() >= SHORTEST)
        .collect();
    for (index, (key, measure)) in names.iter().enumerate() {
        for (other_key, other) in names.iter().take(index) {
            if is_alike(key, other_key) {
                let (a, b) = (&measure.name.value, &other.name.value);
                let message =
                    say!("施策名「{a}」が「{b}」とよく似ている", "“{a}” is similar to “{b}”");
                findings.push(
                    RULE.finding(message)
                        .of(&measure.submitted_by)
                        .at(&measure.name.at)
                        .also_at([other.name.at.clone()])
                        .found(a),
                );
            }
        }
    }
}

fn is_alike(a: &str, b: &str) -> bool {
    let without_digits = |key: &str| key.chars().filter(|c| !c.is_numeric()).collect::<String>();
    // Names that one contains whole are as like as can be; the length tells them apart.
    let (short, long) = if a.len() < b.len() { (a.len(), b.len()) } else { (b.len(), a.len()) };
    a != b
        && short as f64 >= ALIKE * long as f64
        && without_digits(a) != without_digits(b)
        && likeness(a, b) >= ALIKE
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proof::checks::testing::{finds, silent, write};

    #[test]
    fn a_name_with_one_word_changed_is_found() {
        finds(
            &RULE,
            |case| {
                write(&mut case.measure(0).name, "電子申請受付システムの運営");
                write(&mut case.measure(2).name, "電子申請受付システムの運用");
            },
            &["02_企画部.xlsx「様式１　個別施策」E9 + 01_総務部.xlsx「様式１　個別施策」E7"],
        );
    }

    #[test]
    fn other_names_and_other_numbers_are_right() {
        silent(&RULE, |case| {
            write(&mut case.measure(0).name, "情報システム整備事業（第1期）");
            write(&mut case.measure(1).name, "情報システム整備事業（第2期）");
            write(&mut case.measure(2).name, "情報通信網の整備と運用");
        });
    }
}
