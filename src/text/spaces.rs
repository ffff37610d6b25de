//! Spaces: one between words, none at the ends of lines, no blank lines at the ends.
//!
//! A full-width space between two words is the author's and stays; a run of spaces becomes its
//! widest. Tabs, no-break spaces and their like are spaces.

/// The text with its spaces tidied; `None` where there is nothing to tidy.
pub(super) fn tidy(text: &str) -> Option<String> {
    let mut lines: Vec<String> = text.split('\n').map(line).skip_while(String::is_empty).collect();
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    let tidied = lines.join("\n");
    (tidied != text).then_some(tidied)
}

fn line(line: &str) -> String {
    let mut tidied = String::with_capacity(line.len());
    let mut space = None;
    for c in line.chars() {
        if is_space(c) {
            space = if c == '\u{3000}' { Some(c) } else { space.or(Some(' ')) };
        } else {
            let space = space.take();
            if !tidied.is_empty() {
                tidied.extend(space);
            }
            tidied.push(c);
        }
    }
    tidied
}

/// White space within a line.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() && c != '\n'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_are_tidied_line_by_line() {
        for (text, tidied) in [
            ("a  b", "a b"),
            ("東京　　仙台", "東京　仙台"),
            ("東京 　仙台", "東京　仙台"),
            ("a\tb\u{A0}c", "a b c"),
            ("　a　\n b ", "a\nb"),
            ("\n　\na\n\nb\n \n", "a\n\nb"),
            (" 　\n", ""),
        ] {
            assert_eq!(tidy(text).as_deref(), Some(tidied), "{text:?}");
        }
        for text in ["", "a b", "東京　仙台", "a\n\nb"] {
            assert_eq!(tidy(text), None);
        }
    }
}
