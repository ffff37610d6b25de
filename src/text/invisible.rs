//! Characters that show nothing: zero-width, direction, control.

/// The text without them; `None` where it has none.
pub fn remove(text: &str) -> Option<String> {
    text.contains(is_invisible).then(|| text.chars().filter(|&c| !is_invisible(c)).collect())
}

/// Whether the character shows nothing and separates nothing.
///
/// Variation selectors are not among them (they choose the shape of the 葛 before them), nor are
/// the control characters that break a line or stand for a space.
pub fn is_invisible(c: char) -> bool {
    match c {
        '\t' | '\n' | '\u{B}' | '\u{C}' | '\r' | '\u{85}' => false,
        '\u{AD}'
        | '\u{61C}'
        | '\u{180E}'
        | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{206F}'
        | '\u{FEFF}'
        | '\u{FFF9}'..='\u{FFFB}'
        | '\u{E0001}'
        | '\u{E0020}'..='\u{E007F}' => true,
        _ => c.is_control(),
    }
}
