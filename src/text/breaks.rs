//! Line breaks: however they were stored, a line feed.

/// What stands for a break besides a line feed. `_x000D_` is how a workbook spells a carriage
/// return in its XML; some writers leave it so in the text.
const BREAKS: [&str; 10] = [
    "\r\n", "\r", "\u{B}", "\u{C}", "\u{85}", "\u{2028}", "\u{2029}", "_x000D_", "_x000d_",
    "_x000A_",
];

/// The text with line feeds alone; `None` where it has no other break.
pub(super) fn unify(text: &str) -> Option<String> {
    if !BREAKS.iter().any(|b| text.contains(b)) {
        return None;
    }
    let mut unified = String::with_capacity(text.len());
    let mut rest = text;
    loop {
        let found = BREAKS.iter().find_map(|b| Some((*b, rest.strip_prefix(b)?)));
        let mut characters = rest.chars();
        if let Some((found, behind)) = found {
            // `_x000D_` before a line feed is the first half of one break, as in CRLF.
            let is_half = found.eq_ignore_ascii_case("_x000D_");
            rest = if is_half { behind.strip_prefix('\n').unwrap_or(behind) } else { behind };
            unified.push('\n');
        } else if let Some(c) = characters.next() {
            unified.push(c);
            rest = characters.as_str();
        } else {
            break;
        }
    }
    Some(unified)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_break_is_one_line_feed() {
        for (text, unified) in [
            ("a\r\nb", "a\nb"),
            ("a\rb", "a\nb"),
            ("a\r\rb", "a\n\nb"),
            ("a_x000D_\nb", "a\nb"),
            ("a_x000D_b", "a\nb"),
            ("a\u{B}b\u{2028}c", "a\nb\nc"),
        ] {
            assert_eq!(unify(text).as_deref(), Some(unified), "{text:?}");
        }
        assert_eq!(unify("a\nb"), None);
    }
}
