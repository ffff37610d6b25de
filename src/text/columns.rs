//! Texts in columns of a terminal, where a character of Japanese takes two.

use unicode_width::UnicodeWidthStr;

/// The columns that a text takes.
pub fn width(text: &str) -> usize {
    text.width()
}

/// The columns of the widest of some texts.
pub fn widest<'a>(texts: impl IntoIterator<Item = &'a str>) -> usize {
    texts.into_iter().fold(0, |widest, text| widest.max(width(text)))
}

/// A text with blanks behind it up to a number of columns.
pub fn pad(text: &str, columns: usize) -> String {
    format!("{text}{}", blanks(text, columns))
}

/// A text with blanks before it up to a number of columns.
pub fn pad_start(text: &str, columns: usize) -> String {
    format!("{}{text}", blanks(text, columns))
}

fn blanks(text: &str, columns: usize) -> String {
    " ".repeat(columns.saturating_sub(width(text)))
}

/// The beginning of a text that takes no more than these columns, with … where something is left
/// out.
pub fn cut(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut kept = String::new();
    for c in text.chars() {
        let mut longer = kept.clone();
        longer.push(c);
        if width(&longer) + width("…") > columns {
            break;
        }
        kept = longer;
    }
    kept + "…"
}

/// The end of a text, as [`cut`] takes the beginning.
pub fn cut_start(text: &str, columns: usize) -> String {
    let reversed: String = text.chars().rev().collect();
    cut(&reversed, columns).chars().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_padded_and_cut_by_the_columns_they_take() {
        assert_eq!(pad("部局", 6), "部局  ");
        assert_eq!(pad_start("12", 4), "  12");
        assert_eq!(pad("部局名", 4), "部局名");
        assert_eq!(cut("部局名", 5), "部局…");
        assert_eq!(cut("部局名", 6), "部局名");
        assert_eq!(cut_start("部局名", 5), "…局名");
        assert_eq!(widest(["部", "abc", ""]), 3);
        assert_eq!(widest([]), 0);
    }
}
