//! Rules on the way a text is written.

pub mod brackets_unpaired;
pub mod comma_mixed;
pub mod counter_ka;
pub mod digits_without_separators;
pub mod era_year_differs;
pub mod full_stop_missing;
pub mod house_spelling;
pub mod narrowed_letters;
pub mod thousand_in_han;
pub mod unit_differs;
pub mod unit_missing;
pub mod words_piled_up;
pub mod year_forms_mixed;
pub mod year_without_era;

/// The parts of a text that a pattern takes; it gives the length of its match at the beginning
/// of a text that a digit opens and no digit precedes. What one match takes opens no other.
fn matches(text: &str, pattern: impl Fn(&str) -> Option<usize>) -> Vec<&str> {
    let mut found = Vec::new();
    let mut before = None;
    let mut rest = text.chars();
    loop {
        let here = rest.as_str();
        let Some(c) = rest.next() else { return found };
        let opens = c.is_ascii_digit() && !before.is_some_and(|b: char| b.is_ascii_digit());
        before = Some(c);
        let length = if opens { pattern(here) } else { None };
        if let Some((matched, after)) = length.and_then(|length| here.split_at_checked(length)) {
            found.push(matched);
            before = matched.chars().next_back();
            rest = after.chars();
        }
    }
}
