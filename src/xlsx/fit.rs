//! How many lines a text takes in a column, and how high its row is for that.

use unicode_width::UnicodeWidthChar;

/// The tallest row, in points: a limit of Excel.
const MAX_HEIGHT: f64 = 409.0;
const LINE_HEIGHT: f64 = 12.5;
const ROW_PADDING: f64 = 4.0;
const HEADER_PADDING: f64 = 6.0;
/// Signs that Excel never puts at the start of a line.
const NOT_FIRST: &str =
    "、。，．・：；？！）」』】〕〉》ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々…,.:;?!)]}%";
/// Signs that Excel never puts at the end of a line.
const NOT_LAST: &str = "（「『【〔〈《([{";
/// What the margin of an indented cell takes of its width.
const INDENT: f64 = 1.5;

/// The height in points of a row that shows all of these texts in their columns' widths.
pub fn height<'a>(cells: impl IntoIterator<Item = (&'a str, f64)>) -> f64 {
    height_of(cells.into_iter().map(|(text, width)| (text, width - INDENT)), ROW_PADDING)
}

/// The height in points of a header row with these labels.
pub fn header_height<'a>(labels: impl IntoIterator<Item = (&'a str, f64)>) -> f64 {
    height_of(labels, ROW_PADDING + HEADER_PADDING)
}

fn height_of<'a>(cells: impl IntoIterator<Item = (&'a str, f64)>, padding: f64) -> f64 {
    let lines = cells.into_iter().map(|(text, width)| lines(text, width)).max().unwrap_or(1);
    (f64::from(lines.max(1)) * LINE_HEIGHT + padding).min(MAX_HEIGHT)
}

/// The width of a text's longest line, in half-width characters.
pub fn width(text: &str) -> usize {
    let line = |line: &str| line.chars().filter_map(UnicodeWidthChar::width_cjk).sum();
    text.split('\n').map(line).max().unwrap_or(0)
}

/// The number of lines that a text takes in a column of this width.
pub fn lines(text: &str, width: f64) -> u32 {
    let limit = (width as usize).max(2);
    text.split('\n').map(|line| paragraph(line, limit)).fold(0, u32::saturating_add)
}

/// Lines of one paragraph: what may not be parted goes to the next line as a whole.
fn paragraph(text: &str, limit: usize) -> u32 {
    let (mut count, mut used, mut piece) = (1u32, 0usize, 0usize);
    let mut place = |piece: usize| {
        if used + piece <= limit {
            used += piece;
            return;
        }
        // One that no line holds is cut where the line ends.
        let lines = piece.div_ceil(limit);
        count = count.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
        if used == 0 {
            count -= 1;
        }
        used = piece - (lines - 1) * limit;
    };
    let mut before = None;
    for c in text.chars() {
        if before.is_some_and(|before| may_part(before, c)) {
            place(std::mem::take(&mut piece));
        }
        piece += c.width_cjk().unwrap_or(0);
        before = Some(c);
    }
    place(piece);
    count
}

/// Whether a line may end between two characters.
fn may_part(before: char, after: char) -> bool {
    let is_latin = |c: char| c.width_cjk() == Some(1) && c != ' ';
    let in_word = is_latin(before) && is_latin(after);
    !(in_word || after == ' ' || NOT_FIRST.contains(after) || NOT_LAST.contains(before))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_as_a_fixed_pitch_font_sets_them() {
        for (text, width, expected) in [
            ("", 10.0, 1),
            ("子育て支援", 10.0, 1),
            ("子育て支援策", 10.0, 2),
            ("一\n二\n三", 10.0, 3),
            ("①②③④⑤⑥", 10.0, 2),
            ("AI word", 5.0, 2),
            ("abcdefghijkl", 5.0, 3),
            ("あいうえおか。", 12.0, 2),
            ("あいうえお」。", 12.0, 2),
            ("あいうえ（お）", 10.0, 2),
            ("総務部.xlsx 様式", 12.0, 2),
            ("第総務部.xlsx", 8.0, 2),
            ("あいうえお", 0.0, 5),
        ] {
            assert_eq!(lines(text, width), expected, "{text} in {width}");
        }
    }

    #[test]
    fn a_row_is_never_higher_than_excel_allows() {
        assert_eq!(height([("あ\n".repeat(500).as_str(), 10.0)]), MAX_HEIGHT);
        assert!(height([]) >= LINE_HEIGHT);
    }
}
