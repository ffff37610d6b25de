//! Texts that say nothing: dashes and white space.

/// Whether a text is nothing but dashes and white space, or nothing at all.
pub fn says_nothing(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || "-‐‑‒–—―−－ー─━".contains(c))
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
