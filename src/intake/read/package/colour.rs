//! Colours as parts of a package name them: by themselves, or by their place in the theme or in
//! the palette of the program.

use quick_xml::events::BytesStart;

use super::super::look::{Colour, Rgb};
use super::super::part::{Tag, Xml, attribute, flag, walk};
use super::super::refusal::Refusal;

/// The colours of the theme, in the order in which formats count them.
#[derive(Debug)]
pub struct Theme(Vec<Colour>);

/// The names of the colours in the theme's part, in the order in which formats count them: light
/// before dark, contrary to the part.
const NAMES: [&str; 12] = [
    "lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6",
    "hlink", "folHlink",
];

impl Default for Theme {
    fn default() -> Self {
        Self(vec![Rgb::parse("FFFFFF"), Rgb::parse("000000")])
    }
}

impl Theme {
    pub fn read(xml: &Xml) -> Result<Self, Refusal> {
        let mut theme = Self::default();
        theme.0.resize(NAMES.len(), None);
        let mut open = None;
        walk(xml, |tag, _| {
            match tag {
                Tag::Open(start) => {
                    let name = start.local_name();
                    let place = NAMES.iter().position(|known| *known == name.as_ref());
                    open = place.or(open);
                    let value = match name.as_ref() {
                        "srgbClr" => attribute(start, "val"),
                        "sysClr" => attribute(start, "lastClr"),
                        _ => None,
                    };
                    let colour = value.and_then(|value| Rgb::parse(&value));
                    let known = open.and_then(|place| theme.0.get_mut(place));
                    if let (Some(known), Some(colour)) = (known, colour) {
                        *known = Some(colour);
                    }
                }
                Tag::Close(name) if NAMES.contains(&name) => open = None,
                Tag::Close(_) => {}
            }
            Ok(())
        })?;
        Ok(theme)
    }

    /// A colour by its number.
    pub fn at(&self, index: usize) -> Colour {
        self.0.get(index).copied().flatten()
    }

    /// The colour that an element names; nothing where it leaves it to the program.
    pub fn colour(&self, start: &BytesStart) -> Option<Colour> {
        if flag(start, "auto", false) {
            return None;
        }
        let number = |name| attribute(start, name)?.trim().parse::<u32>().ok();
        let colour = if let Some(rgb) = attribute(start, "rgb") {
            Rgb::parse(&rgb)
        } else if let Some(index) = number("theme") {
            usize::try_from(index).ok().and_then(|index| self.at(index))
        } else {
            number("indexed").and_then(Rgb::indexed)
        };
        let tint = attribute(start, "tint").and_then(|tint| tint.trim().parse::<f64>().ok());
        Some(colour.map(|colour| colour.tinted(tint.unwrap_or(0.0))))
    }
}
