//! Changes in words, for every form of output.

use crate::compare::{Aspect, Change, Common, Comparison, Entry, Figures, HeadingName, Inline};
use crate::diag::Say;

/// A change as a label and, where it has one, the text with its marks; what the text does not
/// show (positions, differences in numbers) stands in the remarks.
pub fn describe(comparison: &Comparison, change: &Change) -> Vec<(String, Inline)> {
    let Comparison { levels, schema, .. } = comparison;
    let word = levels.all_place_words();
    let called = |label| schema.fill(label).into_owned();
    match change {
        Change::Added { contents, .. } => contents
            .iter()
            .map(|content| (content.field.label().to_owned(), Inline::inserted(&content.text)))
            .collect(),
        Change::Removed { contents, .. } => contents
            .iter()
            .map(|content| (content.field.label().to_owned(), Inline::deleted(&content.text)))
            .collect(),
        Change::Renamed { text } => vec![("名称".to_owned(), text.clone())],
        Change::Owner { department, section } => vec![
            (called("{measures.department}"), department.clone()),
            (called("{measures.section}"), section.clone()),
        ],
        Change::Field { field, text } => vec![(field.label().to_owned(), text.clone())],
        Change::Current(figures) => vec![(called("{kpis.current}"), figures.text.clone())],
        Change::Target(figures) => vec![(called("{kpis.target}"), figures.text.clone())],
        Change::Figure { field, figures } => {
            vec![(field.label().to_owned(), figures.text.clone())]
        }
        Change::Setting { setting, text } => vec![(setting.label.to_owned(), text.clone())],
        Change::Throughout { what, old, new, .. } => {
            vec![(called(what.label()), replaced(old, new))]
        }
        Change::Moved { old, new } => {
            let text = replaced(&named(&word, old), &named(&word, new));
            vec![(word, text)]
        }
        Change::Renumbered { old, new } => vec![("番号".to_owned(), replaced(old, new))],
        Change::Status { old, new } => {
            vec![(called("{measures.status}"), replaced(old.label(), new.label()))]
        }
        Change::Reordered { category, repost, old, new } => {
            let label = if *repost {
                called("{reposted}の{measures.order}") + &format!("（{}）", named(&word, category))
            } else {
                called("{measures.order}")
            };
            vec![(label, replaced(&format!("{old}番目"), &format!("{new}番目")))]
        }
        Change::RepostAdded { category } => {
            vec![(called("{reposted}"), Inline::inserted(&category.shown()))]
        }
        Change::RepostRemoved { category } => {
            vec![(called("{reposted}"), Inline::deleted(&category.shown()))]
        }
    }
}

/// What is to be said of a change of an entry: as [`remarks`], and that the secretariat has made it,
/// and why.
pub fn remarks_of(entry: &Entry, change: &Change) -> Say {
    let all = [remarks(change), corrected(entry, change)];
    let (ja, en): (Vec<String>, Vec<String>) =
        all.into_iter().filter(|said| !said.is_empty()).map(|Say { ja, en }| (ja, en)).unzip();
    Say::new(ja.join("、"), en.join(", "))
}

/// 「事務局修正（表記の統一）」; nothing where a change is the department's.
pub fn corrected(entry: &Entry, change: &Change) -> Say {
    let mut reasons: Vec<String> = Vec::new();
    for correction in entry.corrections_of(change) {
        let reason = correction.reason.replace('\n', " ");
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    if reasons.is_empty() {
        return Say::default();
    }
    let (ja, en) = (reasons.join("、"), reasons.join(", "));
    say!("事務局修正（{ja}）", "corrected by the secretariat ({en})")
}

/// What is to be said of a change beside its text; often nothing.
pub fn remarks(change: &Change) -> Say {
    match change {
        Change::Current(figures) | Change::Target(figures) | Change::Figure { figures, .. } => {
            of_figures(figures)
        }
        Change::Added { abolished: true, .. } => Say::new("廃止を取りやめ", "abolished no longer"),
        Change::Removed { abolished: true, .. } => Say::new("廃止", "abolished"),
        Change::Throughout { what, within, old, new, is_joined, .. } => {
            throughout(*what, within, old, new, *is_joined)
        }
        _ => Say::default(),
    }
}

fn of_figures(figures: &Figures) -> Say {
    let mut remarks: Vec<Say> = figures.numbers.iter().map(|number| number.say()).collect();
    // A number that comes or goes has no difference to be shown.
    let is_shown = |aspect: &Aspect| *aspect == Aspect::Number && !figures.numbers.is_empty();
    let other = figures.aspects.iter().filter(|aspect| !is_shown(aspect));
    remarks.extend(other.map(|aspect| {
        let Say { ja, en } = aspect.say();
        say!("{ja}の変更", "{en} changed")
    }));
    let (ja, en): (Vec<String>, Vec<String>) =
        remarks.into_iter().map(|Say { ja, en }| (ja, en)).unzip();
    Say::new(ja.join("、"), en.join(", "))
}

/// What is said once of what changed alike wherever it stood.
fn throughout(what: Common, within: &str, old: &str, new: &str, is_joined: bool) -> Say {
    let cause = if what == Common::KpiNote { "" } else { "組織改編により" };
    let of = if within.is_empty() { String::new() } else { format!("{within}の") };
    let becomes = match what {
        Common::Department | Common::Section if is_joined => "統合",
        Common::Department | Common::Section => "改称",
        Common::Owner | Common::KpiNote => "改める",
    };
    let within = if within.is_empty() { String::new() } else { format!(" of {within}") };
    say!(
        "{cause}{of}「{old}」を「{new}」に{becomes}（以下同じ）",
        "“{old}”{within} is “{new}” throughout"
    )
}

pub(super) fn replaced(old: &str, new: &str) -> Inline {
    let mut both = Inline::deleted(old);
    both.0.extend(Inline::inserted(new).0);
    both
}

fn named(word: &str, heading: &Option<HeadingName>) -> String {
    heading.as_ref().map_or_else(|| format!("{word}なし"), HeadingName::shown)
}
