//! What a differential format (`dxf`) changes.

use quick_xml::events::BytesStart;

use super::super::conditional::Effect;
use super::super::package::colour::Theme;
use super::super::part::{attribute, flag};

/// Takes an element inside of a differential format.
pub fn see(effect: &mut Effect, start: &BytesStart, theme: &Theme) {
    match start.local_name().as_ref() {
        "strike" => effect.struck = Some(flag(start, "val", true)),
        // The colours of borders have the same name, and come after that of the font.
        "color" if effect.letters.is_none() => effect.letters = theme.colour(start),
        "border" => effect.letters = effect.letters.or(Some(None)),
        // A solid fill has its colour in the background, contrary to that of a cell.
        "bgColor" => effect.fill = theme.colour(start),
        "numFmt" => effect.format = attribute(start, "formatCode"),
        _ => {}
    }
}
