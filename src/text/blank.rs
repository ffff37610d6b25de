//! Texts that say nothing: dashes and white space.

use super::quantity::is_dash;

/// Whether a text is nothing but dashes and white space, or nothing at all.
pub fn says_nothing(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || is_dash(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dashes_alone_say_nothing() {
        for (text, nothing) in
            [("", true), ("－", true), ("ー　―\n", true), ("-5", false), ("なし", false)]
        {
            assert_eq!(says_nothing(text), nothing, "{text:?}");
        }
    }
}
