//! What was deleted and inserted within one text.

use std::ops::Range;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::tokens::tokens;

/// A stretch of a text and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Run {
    Same(String),
    Deleted(String),
    Inserted(String),
}

impl Run {
    pub fn text(&self) -> &str {
        match self {
            Self::Same(text) | Self::Deleted(text) | Self::Inserted(text) => text,
        }
    }
}

/// Both texts in one, in reading order; of two neighbours the deletion comes first.
#[derive(
    Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(transparent)]
pub struct Inline(pub Vec<Run>);

impl Inline {
    pub fn same(text: &str) -> Self {
        Self::of(text, "", "")
    }

    pub fn deleted(text: &str) -> Self {
        Self::of("", text, "")
    }

    pub fn inserted(text: &str) -> Self {
        Self::of("", "", text)
    }

    fn of(same: &str, deleted: &str, inserted: &str) -> Self {
        let runs = [
            Run::Same(same.to_owned()),
            Run::Deleted(deleted.to_owned()),
            Run::Inserted(inserted.to_owned()),
        ];
        Self(runs.into_iter().filter(|run| !run.text().is_empty()).collect())
    }

    /// Compares two texts. Comparing them the other way round gives the mirror image.
    pub fn between(old: &str, new: &str) -> Self {
        inline(old, new)
    }

    /// Compares two owners, or lists of them: a name that changed is another name.
    pub fn of_owners(old: &str, new: &str) -> Self {
        owners(old, new)
    }

    pub fn is_changed(&self) -> bool {
        self.0.iter().any(|run| !matches!(run, Run::Same(_)))
    }

    /// The text before the change.
    pub fn old(&self) -> String {
        self.0.iter().filter(|r| !matches!(r, Run::Inserted(_))).map(Run::text).collect()
    }

    /// The text after the change.
    pub fn new_text(&self) -> String {
        self.0.iter().filter(|r| !matches!(r, Run::Deleted(_))).map(Run::text).collect()
    }
}

/// An equal stretch (of any length, also none) and the change behind it.
#[derive(Clone, Debug, Default, PartialEq)]
struct Hunk {
    same: String,
    deleted: String,
    inserted: String,
}

/// Compares two texts. Comparing them the other way round gives the mirror image.
pub fn inline(old: &str, new: &str) -> Inline {
    compared(old, new, |a, b| {
        let mut hunks = hunks(&tokens(a), &tokens(b));
        merge_islands(&mut hunks);
        replace_whole(&mut hunks);
        for at in 0..hunks.len().saturating_sub(1) {
            settle(&mut hunks, at);
        }
        hunks
    })
}

/// Compares two owners, or lists of them: a name that changed is another name.
pub fn owners(old: &str, new: &str) -> Inline {
    list(old, new, &['・', '、', ' ', '\n', '（', '）', '(', ')'])
}

/// Compares two lists with one name a line: a name that changed is another name.
pub fn lines(old: &str, new: &str) -> Inline {
    list(old, new, &['\n'])
}

fn list(old: &str, new: &str, separators: &[char]) -> Inline {
    compared(old, new, |a, b| hunks(&names(a, separators), &names(b, separators)))
}

/// The names and the separators between them; put together they are the text.
fn names<'t>(text: &'t str, separators: &[char]) -> Vec<&'t str> {
    let pieces = text.split_inclusive(separators).flat_map(|name| {
        let bare = name.trim_end_matches(separators);
        let (bare, separator) = name.split_at(bare.len());
        [bare, separator]
    });
    pieces.filter(|piece| !piece.is_empty()).collect()
}

fn compared(old: &str, new: &str, hunks: impl Fn(&str, &str) -> Vec<Hunk>) -> Inline {
    if old == new {
        return Inline::same(new);
    }
    // An edit script of least length is seldom the only one, so the way round is fixed.
    let turned = new < old;
    let (a, b) = if turned { (new, old) } else { (old, new) };
    let mut runs = Vec::new();
    for mut hunk in hunks(a, b) {
        if turned {
            std::mem::swap(&mut hunk.deleted, &mut hunk.inserted);
        }
        runs.extend(Inline::of(&hunk.same, &hunk.deleted, &hunk.inserted).0);
    }
    Inline(runs)
}

fn hunks(old: &[&str], new: &[&str]) -> Vec<Hunk> {
    let mut hunks = vec![Hunk::default()];
    for op in capture_diff_slices(Algorithm::Myers, old, new) {
        let deleted = within(old, op.old_range());
        let inserted = within(new, op.new_range());
        if matches!(op, DiffOp::Equal { .. }) {
            hunks.push(Hunk { same: inserted, ..Hunk::default() });
        } else if let Some(hunk) = hunks.last_mut() {
            hunk.deleted += &deleted;
            hunk.inserted += &inserted;
        }
    }
    hunks
}

fn length(text: &str) -> usize {
    text.chars().count()
}

/// Takes an equal stretch into the change around it where it is no longer than the changes on
/// either side: what is left there by chance reads worse than one replacement. A change of one
/// character does not stand apart either where so little divides it from a replacement.
fn merge_islands(hunks: &mut Vec<Hunk>) {
    let size = |hunk: &Hunk| length(&hunk.deleted).max(length(&hunk.inserted));
    let mut at = 1;
    while let (Some(before), Some(here)) = (hunks.get(at - 1), hunks.get(at)) {
        let island = length(&here.same);
        // Two insertions beside each other are two insertions; only a mixture is confetti.
        let mixed = !(before.deleted.is_empty() && here.deleted.is_empty()
            || before.inserted.is_empty() && here.inserted.is_empty());
        let limit = if mixed { island } else { island.saturating_mul(2) };
        let crumb = mixed && (is_crumb(before, island) || is_crumb(here, island));
        if limit > size(before).min(size(here)) && !crumb || here.same.contains('\n') {
            at += 1;
            continue;
        }
        let here = hunks.remove(at);
        if let Some(before) = hunks.get_mut(at - 1) {
            before.deleted = format!("{}{}{}", before.deleted, here.same, here.deleted);
            before.inserted = format!("{}{}{}", before.inserted, here.same, here.inserted);
        }
        // The change has grown, so the stretch before it may be an island now.
        at = at.saturating_sub(1).max(1);
    }
}

/// One character inserted or deleted, a sign still more than a letter.
fn is_crumb(hunk: &Hunk, island: usize) -> bool {
    let text = format!("{}{}", hunk.deleted, hunk.inserted);
    let sign = !text.starts_with(char::is_alphanumeric);
    length(&text) == 1 && island <= if sign { 3 } else { 2 }
}

/// Texts that have less than a fifth of the longer one in common are other texts.
fn replace_whole(hunks: &mut Vec<Hunk>) {
    let sum = |part: fn(&Hunk) -> &String| hunks.iter().map(|h| length(part(h))).sum::<usize>();
    let same = sum(|h| &h.same);
    let (deleted, inserted) = (sum(|h| &h.deleted), sum(|h| &h.inserted));
    if deleted == 0 || inserted == 0 || same * 5 >= same + deleted.max(inserted) {
        return;
    }
    let mut whole = Hunk::default();
    for hunk in hunks.drain(..) {
        whole.deleted += &hunk.same;
        whole.deleted += &hunk.deleted;
        whole.inserted += &hunk.same;
        whole.inserted += &hunk.inserted;
    }
    hunks.push(whole);
}

/// Shifts a mere insertion or deletion between two equal stretches to where it reads best:
/// 「する。［－…を行う。－］」 rather than 「す［－る。…を行う－］る。」.
fn settle(hunks: &mut [Hunk], at: usize) {
    let Some([hunk, next]) = hunks.get_mut(at..at + 2) else { return };
    let change = match (hunk.deleted.is_empty(), hunk.inserted.is_empty()) {
        (true, false) => &mut hunk.inserted,
        (false, true) => &mut hunk.deleted,
        _ => return,
    };
    // As far to the left as it goes, then step by step to the right, keeping the best place.
    let whole = format!("{}{change}{}", hunk.same, next.same);
    let all = tokens(&whole);
    let (left, middle) = (tokens(&hunk.same), tokens(change));
    // The pieces of the parts need not be the pieces of the whole (A|I, A|B → AI|AB).
    if all.len() != left.len() + middle.len() + tokens(&next.same).len() {
        return;
    }
    let mut start = left.len();
    let width = middle.len();
    // No change may come to touch another one.
    let least = usize::from(at > 0);
    let most = all.len() - usize::from(!next.deleted.is_empty() || !next.inserted.is_empty());
    while start > least && all.get(start - 1) == all.get(start + width - 1) {
        start -= 1;
    }
    let mut best = (0, left.len());
    loop {
        let rank = rank(&all, start, width);
        if rank > best.0 {
            best = (rank, start);
        }
        if start + width >= most || all.get(start) != all.get(start + width) {
            break;
        }
        start += 1;
    }
    let (_, start) = best;
    hunk.same = within(&all, 0..start);
    *change = within(&all, start..start + width);
    next.same = within(&all, start + width..all.len());
}

/// The text of the pieces from one place to another; no piece is lost where ranges adjoin.
fn within(pieces: &[&str], range: Range<usize>) -> String {
    pieces.iter().skip(range.start).take(range.len()).copied().collect()
}

/// How well a change of `width` pieces reads at `start`: best after and up to the end of a line
/// or a sentence, then of a clause.
fn rank(all: &[&str], start: usize, width: usize) -> u8 {
    let end = |at: usize| match at.checked_sub(1).and_then(|before| all.get(before)).copied() {
        None | Some("\n") => 4,
        Some("。") => 3,
        Some("、" | "，" | "；" | ";") => 2,
        Some("・" | "」" | "）" | ")" | " ") => 1,
        Some(_) => 0,
    };
    end(start).min(end(start + width)) * 2 + u8::from(end(start + width) > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(old: &str, new: &str) -> String {
        inline(old, new)
            .0
            .iter()
            .map(|run| match run {
                Run::Same(text) => text.clone(),
                Run::Deleted(text) => format!("[-{text}]"),
                Run::Inserted(text) => format!("[+{text}]"),
            })
            .collect()
    }

    #[test]
    fn changes_are_shown_as_a_reader_would_mark_them() {
        for (old, new, marked) in [
            ("同じ", "同じ", "同じ"),
            (
                "受講者1,551人を見込む",
                "受講者1,802人を見込む",
                "受講者[-1,551人][+1,802人]を見込む",
            ),
            ("AI-OCRを使う", "AI-RPAを使う", "[-AI-OCR][+AI-RPA]を使う"),
            ("窓口を設ける。", "相談の窓口を設ける。", "[+相談の]窓口を設ける。"),
            (
                "周知する。支援する。",
                "周知する。研修を行い、支援する。",
                "周知する。[+研修を行い、]支援する。",
            ),
            (
                "窓口を整備する。情報を発信する。",
                "窓口を整備する。利便を改善する。情報を発信する。",
                "窓口を整備する。[+利便を改善する。]情報を発信する。",
            ),
            (
                "ワード及びエクセル（マイクロソフト）で、高い級の修了を目指す",
                "表計算ソフトで、高い級の修了を目指す",
                "[-ワード及びエクセル（マイクロソフト）][+表計算ソフト]で、高い級の修了を目指す",
            ),
            ("SNS（LINE）の窓口", "SNS（LINE、X）の窓口", "SNS（LINE[+、X]）の窓口"),
            ("推進を図る", "促進に努める", "[-推進を図る][+促進に努める]"),
            (
                "県民の利便性を高める取組を行う",
                "県民の安心感を高める取組を行う",
                "県民の[-利便性][+安心感]を高める取組を行う",
            ),
            ("一行目\n二行目", "一行目\n二行目\n三行目", "一行目\n二行目[+\n三行目]"),
            ("", "新しい", "[+新しい]"),
            ("古い", "", "[-古い]"),
        ] {
            assert_eq!(shown(old, new), marked);
        }
    }

    #[test]
    fn the_name_of_an_owner_changes_as_a_whole() {
        let shown = |old: &str, new: &str| -> String {
            let mark = |run: &Run| match run {
                Run::Same(text) => text.clone(),
                Run::Deleted(text) => format!("[-{text}]"),
                Run::Inserted(text) => format!("[+{text}]"),
            };
            owners(old, new).0.iter().map(mark).collect()
        };
        for (old, new, marked) in [
            ("企画部", "総務部", "[-企画部][+総務部]"),
            ("警察本部・企画部", "警察本部・総務部", "警察本部・[-企画部][+総務部]"),
            ("広報課", "広報課・統計課", "広報課[+・統計課]"),
            ("教職員課（総合教育センター）", "教職員課", "教職員課[-（総合教育センター）]"),
            ("", "広報課", "[+広報課]"),
        ] {
            assert_eq!(shown(old, new), marked);
            let back = owners(new, old);
            assert_eq!((back.old(), back.new_text()), (new.to_owned(), old.to_owned()));
        }
        let lists = lines("産業支援事業\n観光の事業", "産業支援事業\n移住の事業");
        assert_eq!(lists.0.last(), Some(&Run::Inserted("移住の事業".into())));
    }

    #[test]
    fn no_single_characters_are_left_standing_between_changes() {
        let inline = inline(
            "市町村と連携し、地域の課題を解決する人材を育てる。",
            "企業等が協働し、社会の問題を分析する者たちを募る。",
        );
        for (at, run) in inline.0.iter().enumerate() {
            let inside = at > 0 && at + 1 < inline.0.len();
            if let Run::Same(text) = run {
                assert!(!inside || text.chars().count() > 1, "{inline:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn both_texts_are_in_it_and_the_mirror_is_the_other_way_round(
            old in "[あい。\n1人]{0,24}", new in "[あい。\n1人]{0,24}",
        ) {
            let there = inline(&old, &new);
            prop_assert_eq!(there.old(), old.clone());
            prop_assert_eq!(there.new_text(), new.clone());
            prop_assert_eq!(there.is_changed(), old != new);
            let back = inline(&new, &old);
            prop_assert_eq!(back.old(), there.new_text());
            let swapped = |runs: &Inline, deleted: bool| -> Vec<String> {
                runs.0.iter().filter(|run| match run {
                    Run::Same(_) => false,
                    Run::Deleted(_) => deleted,
                    Run::Inserted(_) => !deleted,
                }).map(|run| run.text().to_owned()).collect()
            };
            prop_assert_eq!(swapped(&there, true), swapped(&back, false));
            prop_assert_eq!(swapped(&there, false), swapped(&back, true));
        }
    }
}
