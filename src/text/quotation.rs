//! Quotations in what is said of a text.

/// Characters of the longest quotation, and of what is left of a longer one.
const LONGEST: usize = 40;
const LEFT: usize = 30;

/// A text as it is quoted: the begin of a long one, with … in the place of the rest.
pub fn quotation(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    text.chars().take(LEFT).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_quoted_by_its_begin() {
        for length in [0, 1, LONGEST] {
            let text = "調".repeat(length);
            assert_eq!(quotation(&text), text);
        }
        let long = "調".repeat(LONGEST + 1);
        assert_eq!(quotation(&long), format!("{}…", "調".repeat(LEFT)));
    }
}
