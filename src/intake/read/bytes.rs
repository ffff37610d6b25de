//! What the binary formats have in common: numbers in bytes, and texts with several fonts.

pub fn u16_at(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(*data.get(at..)?.first_chunk()?))
}

pub fn u32_at(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*data.get(at..)?.first_chunk()?))
}

pub fn f64_at(data: &[u8], at: usize) -> Option<f64> {
    Some(f64::from_le_bytes(*data.get(at..)?.first_chunk()?))
}

/// A number in four bytes: an integer or the upper half of a number, maybe in hundredths.
pub fn rk(bits: u32) -> f64 {
    let number = if bits & 2 != 0 {
        f64::from(bits.cast_signed() >> 2)
    } else {
        f64::from_bits(u64::from(bits & !3) << 32)
    };
    if bits & 1 != 0 { number / 100.0 } else { number }
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
    fn a_short_number_is_an_integer_or_half_a_number_or_hundredths_of_either() {
        let half = (1.5f64.to_bits() >> 32) as u32;
        for (bits, expected) in [
            (974 << 2 | 2, 974.0),
            (5123 << 2 | 3, 51.23),
            ((-52i32 << 2 | 2).cast_unsigned(), -52.0),
            ((-525i32 << 2 | 3).cast_unsigned(), -5.25),
            (half, 1.5),
            (half | 1, 0.015),
            (0, 0.0),
        ] {
            assert_eq!(rk(bits), expected, "{bits:#x}");
        }
    }

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
