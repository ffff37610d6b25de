//! White space in paragraphs as Open Document has it.

/// A run of white space is one space, and at the ends of a paragraph it is none.
#[derive(Debug, Default)]
pub struct WhiteSpace {
    /// Something stands before in the paragraph.
    is_begun: bool,
    /// A space comes before whatever follows.
    is_due: bool,
}

impl WhiteSpace {
    /// The text as it is shown, as far as that is known: a space at its end waits for what follows.
    pub fn collapse(&mut self, text: &str) -> String {
        let mut shown = String::new();
        for letter in text.chars() {
            if matches!(letter, ' ' | '\t' | '\r' | '\n') {
                self.is_due = self.is_begun;
            } else {
                shown.push_str(self.before());
                shown.push(letter);
            }
        }
        shown
    }

    /// What comes before something that stands for itself: a space that is due, or nothing.
    pub fn before(&mut self) -> &'static str {
        self.is_begun = true;
        if std::mem::take(&mut self.is_due) { " " } else { "" }
    }
}
