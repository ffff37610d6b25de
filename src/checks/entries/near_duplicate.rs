//! E608: a measure that looks like another.

use rayon::prelude::*;

use crate::checks::prelude::*;
use crate::model::{Measure, Row};
use crate::schema::{Role, Table};
use crate::text;

pub static RULE: Rule = Rule {
    code: "E608",
    name: "near-duplicate",
    severity: Severity::Info,
    title: "よく似た名前の{measure}がある",
    title_en: "measures with similar names",
    what: "{measures.name}がほとんど同じで、完全には一致しない{measure}を探します。数字だけが違うもの（第1期と第2期など）は見ません。文章もほとんど同じときは、警告にします。",
    why: "書き誤りのために同じ{measure}が別のものとして2度載っていることがあります。",
    mend: "同じ{measure}であれば1行にまとめ、別の{measure}であればそのままで構いません。",
    example: "「電子申請システムの運営」と「電子申請システムの運用」",
    source: "",
};

/// From this likeness on (0 to 1), two names may be meant for one.
const ALIKE: f64 = 0.85;
/// Shorter names are alike by chance.
const SHORTEST: usize = 8;

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    let names: Vec<(Name, &Measure)> = context
        .annex
        .measures
        .iter()
        .filter(|m| m.is_printed())
        .map(|m| (text::key(&m.name.value), m))
        .filter(|(key, _)| key.chars().count() >= SHORTEST)
        .map(|(key, measure)| (Name::new(key), measure))
        .collect();
    let pairs = names.par_iter().enumerate().flat_map_iter(|(index, (name, measure))| {
        let alike = names.iter().take(index).filter(|(other, _)| name.is_like(other));
        alike.map(|(_, other)| (*measure, *other))
    });
    let Some(label) = context.label(Table::Measures, Role::Name) else { return };
    for (measure, other) in pairs.collect::<Vec<_>>() {
        let (a, b) = (&measure.name.value, &other.name.value);
        let message = say!("{label}「{a}」が「{b}」とよく似ている", "“{a}” is similar to “{b}”");
        let finding = RULE.finding(message).of(&measure.submitted_by).at(&measure.name.at);
        let finding = finding.also_at([other.name.at.clone()]).found(a);
        findings.push(if says_the_same(context, measure, other) {
            finding.severity(Severity::Warning)
        } else {
            finding
        });
    }
}

/// Shorter texts are alike by chance, and of longer ones the beginning tells, in characters.
const TEXT: std::ops::Range<usize> = 20..400;
/// From this likeness on (0 to 1), two texts speak of one measure.
const SAME: f64 = 0.75;

/// Whether the texts of two measures are nearly the same too.
fn says_the_same(context: &Context, a: &Measure, b: &Measure) -> bool {
    let text = |measure: &Measure| -> String {
        let columns = context.edition.schema.values(Table::Measures);
        let columns = columns.filter(|column| column.is_wordy());
        let whole: String = columns.map(|column| text::key(&measure.text(column))).collect();
        whole.chars().take(TEXT.end).collect()
    };
    let (a, b) = (text(a), text(b));
    a.chars().count() >= TEXT.start && text::similar::similarity(&a, &b) >= SAME
}

/// A name with what every comparison needs, made once: each name meets all others.
struct Name {
    key: String,
    without_digits: String,
    /// Sorted, to count quickly what two names have in common.
    letters: Vec<char>,
    /// A bit for every letter that stands in the name; several letters share one.
    bits: u64,
}

impl Name {
    fn new(key: String) -> Self {
        let mut letters: Vec<char> = key.chars().collect();
        letters.sort_unstable();
        let without_digits = key.chars().filter(|c| !c.is_numeric()).collect();
        let bits = letters.iter().fold(0, |bits, &c| bits | 1 << (u32::from(c) % u64::BITS));
        Self { key, without_digits, letters, bits }
    }

    fn is_like(&self, other: &Self) -> bool {
        let (a, b) = (self.key.len(), other.key.len());
        // Names that one contains whole are as like as can be; the length tells them apart.
        a.min(b) as f64 >= ALIKE * a.max(b) as f64
            && self.may_share_letters(other)
            && self.shares_letters(other)
            && self.key != other.key
            && self.without_digits != other.without_digits
            && likeness(&self.key, &other.key) >= ALIKE
    }

    /// Whether [`shares_letters`](Self::shares_letters) can be true. A large edition has millions of
    /// pairs, and this is two instructions for each.
    fn may_share_letters(&self, other: &Self) -> bool {
        let (a, b) = (self.letters.len(), other.letters.len());
        let most = |of: usize, only: u64| of.saturating_sub(only.count_ones() as usize);
        let common = most(a, self.bits & !other.bits).min(most(b, other.bits & !self.bits));
        common * 10 >= a.max(b) * 7
    }

    /// Whether so many letters are common that the names can be alike at all. Far cheaper than
    /// the likeness, and enough to tell nearly all pairs apart.
    fn shares_letters(&self, other: &Self) -> bool {
        let (mut a, mut b) = (self.letters.iter().peekable(), other.letters.iter().peekable());
        let mut common = 0;
        while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
            let order = x.cmp(y);
            common += usize::from(order.is_eq());
            if order.is_le() {
                a.next();
            }
            if order.is_ge() {
                b.next();
            }
        }
        common * 10 >= self.letters.len().max(other.letters.len()) * 7
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_quick_look_passes_every_pair_that_shares_its_letters(
            a in "[あ-お一-丕]{8,20}", b in "[あ-お一-丕]{8,20}",
        ) {
            let (a, b) = (Name::new(a), Name::new(b));
            prop_assert!(!a.shares_letters(&b) || a.may_share_letters(&b));
        }
    }

    #[test]
    fn a_name_with_one_word_changed_is_found() {
        finds(
            &RULE,
            r"
            施策名
            電子申請受付システムの運営
            +
            電子申請受付システムの運用
            ^ E608
            ",
        );
    }

    #[test]
    fn one_measure_of_two_departments_is_a_warning_with_both_cells() {
        finds(
            &RULE,
            r"
            == 01_総務部.xlsx
            施策名                     | 概要                                             | 目的
            電子申請受付システムの運営 | 県民が自宅から申請できる電子申請の仕組みを運営する。 | 手間を減らす。
            +
            == 02_企画部.xlsx
            施策名                     | 概要                                             | 目的
            電子申請受付システムの運用 | 県民が自宅から申請できる電子申請の仕組みを運用する。 | 手間を減らす。
            ^ E608 warning
            ",
        );
    }

    #[test]
    fn other_names_and_other_numbers_are_right() {
        silent(
            &RULE,
            r"
            施策名
            情報システム整備事業（第1期）
            情報システム整備事業（第2期）
            情報通信網の整備と運用
            ",
        );
    }
}
