//! Words of comparison behind a number: 以上, 以下, 超, 未満.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// 以上, 以下, 超, 未満.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Comparison {
    AtLeast,
    AtMost,
    Above,
    Below,
}

const WORDS: [(&str, Comparison); 6] = [
    ("以上", Comparison::AtLeast),
    ("以下", Comparison::AtMost),
    ("以内", Comparison::AtMost),
    ("超え", Comparison::Above),
    ("超", Comparison::Above),
    ("未満", Comparison::Below),
];

/// The word of comparison at the beginning of a text.
pub(super) fn prefix(text: &str) -> Option<(Comparison, &str)> {
    let (word, comparison) = WORDS.iter().find(|(word, _)| text.starts_with(word))?;
    Some((*comparison, text.get(..word.len())?))
}

/// A unit without its word of comparison, which stands at its end or before what it is counted
/// by: 「件以上」 and 「件以上/年」 are 「件」 and 「件/年」.
pub fn split(unit: &str) -> Option<(String, Comparison)> {
    WORDS.iter().find_map(|(word, comparison)| {
        let (bare, per) = unit.split_once(word)?;
        let ends = per.is_empty() || per.starts_with(['/', '／']);
        ends.then(|| (format!("{bare}{per}"), *comparison))
    })
}
