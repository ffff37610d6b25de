//! The marks ①② that divide a text into parts.

/// The first mark of all.
pub const FIRST: char = '①';

/// Whether a character is a circled number.
pub fn is_mark(c: char) -> bool {
    matches!(c, '①'..='⑳' | '㉑'..='㉟' | '㊱'..='㊿')
}

/// The mark after this one; the circled numbers go on elsewhere after ⑳.
pub fn following(mark: char) -> Option<char> {
    match mark {
        '①'..='⑲' | '㉑'..='㉞' => char::from_u32(mark as u32 + 1),
        '⑳' => Some('㉑'),
        _ => None,
    }
}
