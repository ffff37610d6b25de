//! What would steer a terminal or show nothing, shown as its code point: `<U+001B>`.

use super::invisible::is_invisible;

/// A text that cannot steer the terminal, whatever cell or file name is in it: controls and what
/// turns the direction of writing show as their code points. Line breaks and tabs stay.
pub fn harmless(text: &str) -> String {
    escaped(text, |c| !matches!(c, '\n' | '\t') && steers(c))
}

/// A text that a cell may hold on one line of a report: as [`harmless`], a line break shows as ↵,
/// and what shows nothing, or has no shape that everybody sees, shows as its code point too.
pub fn visible(text: &str) -> String {
    let line: String = text
        .chars()
        .map(|c| match c {
            '\n' => '↵',
            '\t' | '\u{a0}' => ' ',
            c => c,
        })
        .collect();
    escaped(&line, |c| steers(c) || is_invisible(c) || is_tag(c) || is_private(c))
}

fn escaped(text: &str, is_dangerous: impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_dangerous(c) {
            out.push_str(&format!("<U+{:04X}>", u32::from(c)));
        } else {
            out.push(c);
        }
    }
    out
}

/// Whether a character is a control, breaks a line, or turns the direction of writing.
fn steers(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Tags and what stands among them without a meaning.
fn is_tag(c: char) -> bool {
    matches!(c, '\u{2065}' | '\u{e0000}'..='\u{e007f}')
}

/// A character of the private use areas: everybody may give it another shape.
fn is_private(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nothing_steers_the_terminal() {
        for (text, shown) in [
            ("行\n\t列", "行\n\t列"),
            ("\u{1b}[2J", "<U+001B>[2J"),
            ("\u{9b}2J\u{7f}\r", "<U+009B>2J<U+007F><U+000D>"),
            ("a\u{202e}b\u{2066}\u{200f}", "a<U+202E>b<U+2066><U+200F>"),
            ("\u{e000}髙", "\u{e000}髙"),
        ] {
            assert_eq!(harmless(text), shown);
        }
    }

    #[test]
    fn a_cell_stands_on_one_line_with_all_that_is_in_it() {
        for (text, shown) in [
            ("a\u{1b}[2J\nb\u{202e}c\u{7}", "a<U+001B>[2J↵b<U+202E>c<U+0007>"),
            ("\u{e000}\u{200b}\t\u{a0}髙", "<U+E000><U+200B>  髙"),
            ("\u{e0041}\u{f0000}", "<U+E0041><U+F0000>"),
        ] {
            assert_eq!(visible(text), shown);
        }
    }

    proptest! {
        #[test]
        fn what_is_escaped_needs_no_escape(text in any::<String>()) {
            let (safe, line) = (harmless(&text), visible(&text));
            prop_assert_eq!(&harmless(&safe), &safe);
            prop_assert_eq!(&visible(&line), &line);
            prop_assert_eq!(&harmless(&line), &line);
        }
    }
}
