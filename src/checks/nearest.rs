//! The known name that an unknown one most likely means.

use crate::diag::Say;
use crate::text;

/// Below this likeness (0 to 1) a name is no help.
const LIKE_ENOUGH: f64 = 0.5;
/// The likeness of a name that holds the other whole.
const CONTAINED: f64 = 0.9;
/// A shorter name is held by too many others to say anything.
const CONTAINED_FROM: usize = 4;

/// The most similar of the names, the first of equals; `None` where none is similar.
pub fn nearest<'a>(name: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = text::key(name);
    let mut best: Option<(&str, f64)> = None;
    for candidate in names {
        let likeness = likeness(&wanted, &text::key(candidate));
        if likeness >= LIKE_ENOUGH && best.is_none_or(|(_, so_far)| likeness > so_far) {
            best = Some((candidate, likeness));
        }
    }
    best.map(|(candidate, _)| candidate)
}

/// That the nearest name may be meant, or nothing to say.
pub fn perhaps(nearest: Option<&str>) -> Say {
    match nearest {
        Some(name) => say!(
            "「{name}」のことであれば、そのとおりに書き直してください。",
            "Perhaps “{name}” is meant"
        ),
        None => Say::default(),
    }
}

/// How alike two keys are, from 0 to 1.
pub fn likeness(a: &str, b: &str) -> f64 {
    let edits = strsim::normalized_levenshtein(a, b);
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short.chars().count() >= CONTAINED_FROM && long.contains(short) {
        edits.max(CONTAINED)
    } else {
        edits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_meant_is_found_over_typing_errors_and_additions() {
        let names = ["電子申請システムの運営", "電子契約システムの導入", "総務課", "税務課"];
        for (name, meant) in [
            ("電子申請システムの運用", Some("電子申請システムの運営")),
            ("県の電子契約システムの導入(R7)", Some("電子契約システムの導入")),
            ("総 務 課", Some("総務課")),
            ("道路台帳の整備", None),
            ("", None),
        ] {
            assert_eq!(nearest(name, names), meant, "{name}");
        }
    }
}
