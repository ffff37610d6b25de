//! How alike two words are, and which known word an unknown one most likely means.

use super::key;

/// A word of this similarity (0 to 1) or less is no help.
const TOO_DIFFERENT: f64 = 0.5;
/// The likeness of a name that holds the other whole.
const CONTAINED: f64 = 0.9;
/// A shorter name is held by too many others to say anything.
const CONTAINED_FROM: usize = 4;

/// How similar two words are, from 0 to 1, by the letters that are added, left out, replaced or
/// exchanged with their neighbour.
pub fn similarity(a: &str, b: &str) -> f64 {
    let longest = a.chars().count().max(b.chars().count());
    if longest == 0 {
        return 1.0;
    }
    1.0 - strsim::osa_distance(a, b) as f64 / longest as f64
}

/// How alike two names are: as similar as they are, and nearly the same where one holds the other.
pub fn likeness(a: &str, b: &str) -> f64 {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let is_contained = short.chars().count() >= CONTAINED_FROM && long.contains(short);
    let similarity = similarity(a, b);
    if is_contained { similarity.max(CONTAINED) } else { similarity }
}

/// The known word that is most like another, the first of equals; `None` where none is like it.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = key(word);
    let mut best: Option<(&str, [f64; 2])> = None;
    for candidate in known {
        let key = key(candidate);
        // Of several names that the word holds, the one with the most of it.
        let score = [likeness(&wanted, &key), similarity(&wanted, &key)];
        if score[0] > TOO_DIFFERENT && best.is_none_or(|(_, so_far)| score > so_far) {
            best = Some((candidate, score));
        }
    }
    best.map(|(candidate, _)| candidate)
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

    #[test]
    fn a_mistyped_key_is_found_and_another_word_is_none() {
        let keys = ["title", "subtitle", "name", "prefecture"];
        for (typed, meant) in [
            ("tilte", Some("title")),
            ("nmae", Some("name")),
            ("prefecture_name", Some("prefecture")),
            ("date", None),
            ("fonts", None),
        ] {
            assert_eq!(nearest(typed, keys), meant, "{typed}");
        }
    }

    #[test]
    fn two_neighbours_exchanged_are_one_error() {
        assert!((similarity("overveiw", "overview") - 0.875).abs() < 1e-9);
        assert!((similarity("", "") - 1.0).abs() < 1e-9);
    }
}
