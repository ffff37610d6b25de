//! Cuts a text into the pieces that change as a whole: a Latin word, a number with its unit, or
//! else a single character.

use similar::DiffableStr;

use crate::text::quantity::{self, Kind};

/// The pieces of the text in order; put together they are the text.
pub fn tokens(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut end = 0;
    let mut tokens = quantity::tokens(text).peekable();
    while let Some(token) = tokens.next() {
        let start = end;
        end += token.text.len();
        if !matches!(token.kind, Kind::Number | Kind::Date | Kind::Word) {
            pieces.extend(token.text.tokenize_graphemes());
            continue;
        }
        if let Some(unit) = tokens.next_if(|next| next.kind == Kind::Unit) {
            end += unit.text.len();
        }
        pieces.extend(text.get(start..end));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_keep_their_units_and_words_their_letters() {
        for (text, pieces) in [
            ("約1,802人が", &["約", "1,802人", "が"][..]),
            ("1億2,000万円", &["1億2,000万円"]),
            ("▲5.5%", &["▲5.5%"]),
            ("AI-OCRとRPA", &["AI-OCR", "と", "RPA"]),
            ("50か所(R6.12月末)", &["50か所", "(", "R6.12月末", ")"]),
            ("don't do", &["don't", " ", "do"]),
            ("葛\u{E0100}城\n", &["葛\u{E0100}", "城", "\n"]),
            ("①548件", &["①", "548件"]),
            ("3-", &["3", "-"]),
        ] {
            assert_eq!(tokens(text), pieces, "{text}");
        }
    }

    proptest! {
        #[test]
        fn the_pieces_are_the_text(text in any::<String>(), plain in "[-▲0-9,.千万億円人件A-Z か所]{0,30}") {
            prop_assert_eq!(tokens(&text).concat(), text);
            prop_assert_eq!(tokens(&plain).concat(), plain);
        }
    }
}
