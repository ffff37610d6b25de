//! How the letters of a cell look, as far as that decides whether anybody sees them.

/// Red, green and blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rgb(pub u8, pub u8, pub u8);

/// A colour; none where it cannot be told.
pub type Colour = Option<Rgb>;

const BLACK: Rgb = Rgb(0, 0, 0);
const WHITE: Rgb = Rgb(255, 255, 255);

/// What the format of a cell does to its letters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    pub struck: bool,
    pub letters: Colour,
    pub fill: Colour,
    /// The size of the letters.
    pub points: f64,
    /// A border from corner to corner.
    pub diagonal: bool,
}

/// Why the text of a cell is not to be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unseen {
    /// The sheet shows no zeros.
    Zero,
    /// The format of the cell shows nothing.
    Format,
    /// The letters have the colour of what is behind them.
    Colour,
    /// The letters are too small.
    Size,
    /// A conditional format hides it.
    Condition,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            struck: false,
            letters: Some(BLACK),
            fill: Some(WHITE),
            points: 11.0,
            diagonal: false,
        }
    }
}

impl Look {
    /// Why letters that look so are not seen, if they are not.
    pub fn unseen(&self) -> Option<Unseen> {
        /// Letters below this size are dots.
        const SMALLEST: f64 = 3.0;
        if self.points < SMALLEST {
            return Some(Unseen::Size);
        }
        let (letters, fill) = self.letters.zip(self.fill)?;
        (contrast(letters, fill) < 1.05).then_some(Unseen::Colour)
    }
}

impl Rgb {
    /// Reads `RRGGBB`, with whatever stands before it.
    pub fn parse(text: &str) -> Colour {
        let digits = text.trim();
        let digits = digits.get(digits.len().checked_sub(6)?..)?;
        let byte = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
        Some(Self(byte(0)?, byte(2)?, byte(4)?))
    }

    /// A colour of the palette of 56 that Excel has had from its beginning.
    pub fn indexed(index: u32) -> Colour {
        let index = match index {
            0..=7 => index,
            8..=63 => index - 8,
            64 => return Some(BLACK),
            65 => return Some(WHITE),
            _ => return None,
        };
        let code = PALETTE.get(usize::try_from(index).ok()?)?;
        let [_, red, green, blue] = code.to_be_bytes();
        Some(Self(red, green, blue))
    }

    /// Darker below zero, lighter above.
    pub fn tinted(self, tint: f64) -> Self {
        let part = |part: u8| {
            let part = f64::from(part);
            let part = if tint < 0.0 { part * (1.0 + tint) } else { part + (255.0 - part) * tint };
            part.round().clamp(0.0, 255.0) as u8
        };
        Self(part(self.0), part(self.1), part(self.2))
    }

    /// How bright it is to the eye, from 0 to 1 (WCAG 2).
    fn luminance(self) -> f64 {
        let part = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(self.0) + 0.7152 * part(self.1) + 0.0722 * part(self.2)
    }
}

/// How well one colour is seen on the other, from 1 to 21 (WCAG 2).
fn contrast(one: Rgb, other: Rgb) -> f64 {
    let (one, other) = (one.luminance() + 0.05, other.luminance() + 0.05);
    one.max(other) / one.min(other)
}

const PALETTE: [u32; 56] = [
    0x000000, 0xFFFFFF, 0xFF0000, 0x00FF00, 0x0000FF, 0xFFFF00, 0xFF00FF, 0x00FFFF, 0x800000,
    0x008000, 0x000080, 0x808000, 0x800080, 0x008080, 0xC0C0C0, 0x808080, 0x9999FF, 0x993366,
    0xFFFFCC, 0xCCFFFF, 0x660066, 0xFF8080, 0x0066CC, 0xCCCCFF, 0x000080, 0xFF00FF, 0xFFFF00,
    0x00FFFF, 0x800080, 0x800000, 0x008080, 0x0000FF, 0x00CCFF, 0xCCFFFF, 0xCCFFCC, 0xFFFF99,
    0x99CCFF, 0xFF99CC, 0xCC99FF, 0xFFCC99, 0x3366FF, 0x33CCCC, 0x99CC00, 0xFFCC00, 0xFF9900,
    0xFF6600, 0x666699, 0x969696, 0x003366, 0x339966, 0x003300, 0x333300, 0x993300, 0x993366,
    0x333399, 0x333333,
];

/// What a cell names as its format, by its number, where the list of formats has no such number, or
/// that there is no list. The usual look under the number 0 needs none.
pub fn lacking_format(index: usize, formats: usize) -> Option<String> {
    (index > 0 && index >= formats).then(|| match formats {
        0 => "書式の一覧".to_owned(),
        _ => format!("書式の番号 {index}"),
    })
}

/// What a format of cells refers to and is not there: a font, a fill, a border, each by its number
/// and with how many of them there are.
pub fn lacking_of_format(named: [(u32, usize); 3]) -> impl Iterator<Item = String> {
    let lacking = named.into_iter().zip(["フォント", "塗りつぶし", "罫線"]);
    let lacking = lacking.filter(|((index, count), _)| *index > 0 && *index as usize >= *count);
    lacking.map(|((index, _), what)| format!("書式の{what}の番号 {index}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_unseen_where_they_are_as_their_ground_or_dots() {
        let look = |letters: &str, fill: &str, points| {
            let (letters, fill) = (Rgb::parse(letters), Rgb::parse(fill));
            Look { letters, fill, points, ..Look::default() }.unseen()
        };
        assert_eq!(Look::default().unseen(), None);
        for (letters, fill, points, expected) in [
            ("FFFFFFFF", "FFFFFF", 11.0, Some(Unseen::Colour)),
            ("#FEFEFE", "#FFFFFF", 11.0, Some(Unseen::Colour)),
            ("000000", "000000", 11.0, Some(Unseen::Colour)),
            ("000000", "FFFFFF", 1.0, Some(Unseen::Size)),
            ("FFFFFF", "1F497D", 11.0, None),
            ("BFBFBF", "FFFFFF", 11.0, None),
            ("FF0000", "FFFFFF", 6.0, None),
            // Of a colour that cannot be told nothing is said.
            ("?", "FFFFFF", 11.0, None),
        ] {
            assert_eq!(look(letters, fill, points), expected, "{letters} on {fill}");
        }
    }

    #[test]
    fn the_colours_of_the_palette_are_where_excel_has_them() {
        assert_eq!(Rgb::indexed(1), Rgb::indexed(9));
        assert_eq!(Rgb::indexed(9), Rgb::parse("FFFFFF"));
        assert_eq!(Rgb::indexed(22), Rgb::parse("C0C0C0"));
        assert_eq!(Rgb::indexed(63), Rgb::parse("333333"));
        assert_eq!(Rgb::indexed(66), None);
    }
}
