//! What the binary formats have in common: numbers in bytes, and texts with several fonts.

pub fn u16_at(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(*data.get(at..)?.first_chunk()?))
}

pub fn u32_at(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*data.get(at..)?.first_chunk()?))
}

/// A text taken apart where its font changes: what stands before the first change, and every
/// piece with the font that it changes to. The places count UTF-16 units; one that lies before
/// the last is taken for the same, so that no letter comes twice.
pub fn pieces(text: &str, changes: &[(usize, u16)]) -> (String, Vec<(u16, String)>) {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut pieces = Vec::new();
    let mut end = units.len();
    let mut starts = Vec::new();
    let mut last = 0;
    for &(start, font) in changes {
        last = start.clamp(last, units.len());
        starts.push((last, font));
    }
    for &(start, font) in starts.iter().rev() {
        let piece = units.get(start..end).unwrap_or_default();
        pieces.push((font, String::from_utf16_lossy(piece)));
        end = start;
    }
    pieces.reverse();
    (String::from_utf16_lossy(units.get(..end).unwrap_or_default()), pieces)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_taken_apart_without_losing_or_repeating_a_letter() {
        for (changes, expected) in [
            (vec![], "あ𠮷い"),
            (vec![(0, 5)], "|5あ𠮷い"),
            (vec![(1, 5), (3, 6)], "あ|5𠮷|6い"),
            (vec![(3, 5), (1, 6), (9, 7)], "あ𠮷|5|6い|7"),
        ] {
            let (mut shown, pieces) = pieces("あ𠮷い", &changes);
            for (font, piece) in pieces {
                shown.push_str(&format!("|{font}{piece}"));
            }
            assert_eq!(shown, expected, "{changes:?}");
        }
    }
}
