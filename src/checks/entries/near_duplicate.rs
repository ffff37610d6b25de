//! E608: a measure that looks like another.

use std::collections::{BTreeMap, BTreeSet};

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
/// Names that meet each other, a hundred times those of a large prefecture. Every pair is looked
/// at, so that twice the names would take four times the time.
const MOST_NAMES: usize = 20_000;
/// Letters that are looked at for one name: what some four hundred names that are nearly alike
/// take. Only names of the same letters in another order need more.
const MOST_LETTERS: usize = 100_000;

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    let Some(label) = context.label(Table::Measures, Role::Name) else { return };
    let names = names(context);
    let met: Vec<&Name> = names.iter().take(MOST_NAMES).collect();
    let looked: Vec<Look> = met
        .par_iter()
        .enumerate()
        .map(|(index, name)| name.look_at(names.iter().take(index)))
        .collect();
    let mut unseen = names.get(MOST_NAMES);
    for (name, Look { alike, is_whole }) in met.iter().zip(looked) {
        unseen = if is_whole { unseen } else { Some(name) };
        for other in alike {
            let (a, b) = (&name.measure.name.value, &other.measure.name.value);
            let message =
                say!("{label}「{a}」が「{b}」とよく似ている", "“{a}” is similar to “{b}”");
            let finding = name.finding(message).also_at([other.measure.name.at.clone()]);
            findings.push(if says_the_same(context, name.measure, other.measure) {
                finding.severity(Severity::Warning)
            } else {
                finding
            });
        }
    }
    if let Some(name) = unseen {
        let message = say!(
            "{label}が多すぎるか長すぎるため、似た名前を全ての組み合わせでは探していない",
            "there are too many names, or too long ones, to compare all of them"
        );
        findings.push(name.finding(message));
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

/// Every name once, with the first measure that has it.
fn names<'a>(context: &Context<'a>) -> Vec<Name<'a>> {
    let mut kinds = BTreeMap::new();
    let mut seen = BTreeSet::new();
    let printed = context.annex.measures.iter().filter(|measure| measure.is_printed());
    printed
        .map(|measure| (text::key(&measure.name.value), measure))
        .filter(|(key, _)| key.chars().count() >= SHORTEST)
        .filter(|(key, _)| seen.insert(key.clone()))
        .map(|(key, measure)| {
            let without_digits: String = key.chars().filter(|c| !c.is_numeric()).collect();
            let next = kinds.len();
            let kind = *kinds.entry(without_digits).or_insert(next);
            Name::new(key, kind, measure)
        })
        .collect()
}

/// What came of looking at the names before one.
struct Look<'a, 'n> {
    alike: Vec<&'n Name<'a>>,
    /// All of them were looked at.
    is_whole: bool,
}

/// A name with what every comparison needs, made once: each name meets all others.
struct Name<'a> {
    measure: &'a Measure,
    key: String,
    /// The same for names that differ in their digits alone.
    kind: usize,
    /// Sorted, to count quickly what two names have in common.
    letters: Vec<char>,
    /// A bit for every letter that stands in the name; several letters share one.
    bits: u64,
}

impl<'a> Name<'a> {
    fn new(key: String, kind: usize, measure: &'a Measure) -> Self {
        let letters = sorted(&key);
        let bits = bits(&letters);
        Self { measure, key, kind, letters, bits }
    }

    fn finding(&self, message: Say) -> Finding {
        let name = &self.measure.name;
        RULE.finding(message).of(&self.measure.submitted_by).at(&name.at).found(&name.value)
    }

    /// The names before it that are like it, as far as [`MOST_LETTERS`] reach.
    fn look_at<'n>(&self, before: impl Iterator<Item = &'n Name<'a>>) -> Look<'a, 'n>
    where
        'a: 'n,
    {
        let mut alike = Vec::new();
        let mut left = MOST_LETTERS;
        for other in before {
            if !self.may_be_like(other) {
                continue;
            }
            let longest = self.letters.len().max(other.letters.len());
            let Some(rest) = left.checked_sub(longest) else {
                return Look { alike, is_whole: false };
            };
            left = rest;
            if !shares_letters(&self.letters, &other.letters) {
                continue;
            }
            let Some(rest) = left.checked_sub(longest * longest) else {
                return Look { alike, is_whole: false };
            };
            left = rest;
            if likeness(&self.key, &other.key) >= ALIKE {
                alike.push(other);
            }
        }
        Look { alike, is_whole: true }
    }

    /// Whether the names can be alike, as far as that is seen without looking at their letters.
    fn may_be_like(&self, other: &Self) -> bool {
        let (a, b) = (self.key.len(), other.key.len());
        // Names that one contains whole are as like as can be; the length tells them apart.
        self.kind != other.kind
            && a.min(b) as f64 >= ALIKE * a.max(b) as f64
            && may_share_letters((self.letters.len(), self.bits), (other.letters.len(), other.bits))
    }
}

fn sorted(key: &str) -> Vec<char> {
    let mut letters: Vec<char> = key.chars().collect();
    letters.sort_unstable();
    letters
}

fn bits(letters: &[char]) -> u64 {
    letters.iter().fold(0, |bits, &c| bits | 1 << (u32::from(c) % u64::BITS))
}

/// Whether [`shares_letters`] can be true. A large edition has millions of pairs, and this is two
/// instructions for each.
fn may_share_letters((a, a_bits): (usize, u64), (b, b_bits): (usize, u64)) -> bool {
    let most = |of: usize, only: u64| of.saturating_sub(only.count_ones() as usize);
    let common = most(a, a_bits & !b_bits).min(most(b, b_bits & !a_bits));
    common * 10 >= a.max(b) * 7
}

/// Whether so many letters are common that the names can be alike at all. Far cheaper than the
/// likeness, and enough to tell nearly all pairs apart.
fn shares_letters(a: &[char], b: &[char]) -> bool {
    let (mut left, mut right) = (a.iter().peekable(), b.iter().peekable());
    let mut common = 0;
    while let (Some(x), Some(y)) = (left.peek(), right.peek()) {
        let order = x.cmp(y);
        common += usize::from(order.is_eq());
        if order.is_le() {
            left.next();
        }
        if order.is_ge() {
            right.next();
        }
    }
    common * 10 >= a.len().max(b.len()) * 7
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
            let (a, b) = (sorted(&a), sorted(&b));
            let quick = may_share_letters((a.len(), bits(&a)), (b.len(), bits(&b)));
            prop_assert!(!shares_letters(&a, &b) || quick);
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
