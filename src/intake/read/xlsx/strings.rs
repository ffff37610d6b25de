//! Texts of cells: the shared strings of a workbook and those that stand in a cell itself.

use std::sync::Arc;

use super::super::look::Look;
use super::super::package::colour::Theme;
use super::super::part::{Tag, Xml, attribute, flag, walk};
use super::super::refusal::{Refusal, within};
use super::super::runs::{Font, Runs, Text};
use crate::edition::{Limit, Limits};

/// The shared strings, by index.
#[derive(Debug, Default)]
pub struct SharedStrings(Vec<Text>);

impl SharedStrings {
    pub fn read(xml: &Xml, theme: &Theme, limits: &Limits) -> Result<Self, Refusal> {
        let mut strings = Vec::new();
        let mut reader = TextReader::default();
        walk(xml, |tag, text| {
            match &tag {
                Tag::Open(start) if start.local_name().as_ref() == "sst" => {
                    let declared = attribute(start, "uniqueCount");
                    can_hold(xml, declared.and_then(|count| count.trim().parse().ok()))?;
                }
                Tag::Open(start) if start.local_name().as_ref() == "si" => {
                    reader = TextReader::default();
                }
                Tag::Close("si") => {
                    strings.push(std::mem::take(&mut reader).finish());
                    within(limits, [(Limit::Strings, strings.len() as u64)])?;
                }
                _ => reader.see(&tag, &text, theme),
            }
            Ok(())
        })?;
        Ok(Self(strings))
    }

    /// Whether one of them says nothing.
    pub fn have_blank(&self) -> bool {
        self.0.iter().any(|text| text.shown.is_empty())
    }

    pub fn get(&self, index: usize) -> Option<&Text> {
        self.0.get(index)
    }
}

/// Refuses a part that says it holds more strings than it has room for: something of it is lost,
/// or it is forged.
fn can_hold(xml: &Xml, declared: Option<u64>) -> Result<(), Refusal> {
    let most = (xml.len() / "<si/>".len()) as u64;
    match declared.filter(|&declared| declared > most) {
        Some(declared) => Err(Refusal::damaged(format!("uniqueCount {declared}"))),
        None => Ok(()),
    }
}

/// Collects one text (`<si>` or `<is>`). The phonetic guides in it are not part of it.
#[derive(Debug, Default)]
pub struct TextReader {
    shown: String,
    runs: Runs,
    in_run: bool,
    in_guide: bool,
    /// The spaces at the ends of a piece belong to it.
    keeps_spaces: bool,
    /// What the run's own properties say, once it has any.
    own: Option<Font>,
}

impl TextReader {
    /// Takes a tag inside the text, with the letters that stood before it.
    pub fn see(&mut self, tag: &Tag, text: &str, theme: &Theme) {
        match tag {
            Tag::Open(start) => match start.local_name().as_ref() {
                "r" => (self.in_run, self.own) = (true, None),
                "rPh" => self.in_guide = true,
                // A font that says no colour has the usual one, whatever the cell's is.
                "rPr" => {
                    let letters = Some(Look::default().letters);
                    self.own = Some(Font { letters, ..Font::default() });
                }
                "color" => {
                    if let (Some(own), Some(colour)) = (&mut self.own, theme.colour(start)) {
                        own.letters = Some(colour);
                    }
                }
                "sz" => {
                    let points = attribute(start, "val").and_then(|size| size.trim().parse().ok());
                    self.own.get_or_insert_default().points = points;
                }
                "strike" => self.own.get_or_insert_default().struck = flag(start, "val", true),
                "vertAlign" => {
                    let raised = attribute(start, "val").is_some_and(|val| val != "baseline");
                    self.own.get_or_insert_default().raised = raised;
                }
                "t" => {
                    self.keeps_spaces = attribute(start, "space").is_some_and(|s| s == "preserve");
                }
                _ => {}
            },
            Tag::Close("r") => self.in_run = false,
            Tag::Close("rPh") => self.in_guide = false,
            Tag::Close("t") if !self.in_guide => self.push(text),
            Tag::Close(_) => {}
        }
    }

    fn push(&mut self, text: &str) {
        let text =
            if self.keeps_spaces { text } else { text.trim_matches([' ', '\t', '\r', '\n']) };
        let text = unescaped(text);
        self.shown.push_str(&text);
        if self.in_run {
            self.runs.push(text, self.own);
        }
    }

    pub fn finish(self) -> Text {
        let runs = (!self.runs.is_empty()).then(|| Arc::new(self.runs));
        Text { shown: self.shown.into(), runs }
    }
}

/// A text with its escapes `_xHHHH_` resolved: UTF-16 units that XML cannot hold, or that Excel
/// would rather not write as they are. Half of a pair becomes U+FFFD.
pub fn unescaped(text: &str) -> String {
    let mut units: Vec<u16> = Vec::new();
    let mut rest = text;
    let mut unescaped = String::new();
    while let Some(at) = rest.find('_') {
        let (before, escape) = rest.split_at(at);
        let Some(unit) = escaped_unit(escape) else {
            let (before, after) = rest.split_at(at + 1);
            flush(&mut unescaped, &mut units);
            unescaped.push_str(before);
            rest = after;
            continue;
        };
        if !before.is_empty() {
            flush(&mut unescaped, &mut units);
            unescaped.push_str(before);
        }
        units.push(unit);
        rest = escape.get(ESCAPE_LENGTH..).unwrap_or("");
    }
    flush(&mut unescaped, &mut units);
    unescaped.push_str(rest);
    unescaped
}

const ESCAPE_LENGTH: usize = "_xHHHH_".len();

/// The unit of the escape that a text begins with.
fn escaped_unit(text: &str) -> Option<u16> {
    let digits = text.get(..ESCAPE_LENGTH)?.strip_prefix("_x")?.strip_suffix('_')?;
    let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hex.then(|| u16::from_str_radix(digits, 16).ok())?
}

fn flush(text: &mut String, units: &mut Vec<u16>) {
    text.push_str(&String::from_utf16_lossy(units));
    units.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_resolved_and_what_only_looks_like_one_stays() {
        for (text, expected) in [
            ("一行目_x000D_\n二行目", "一行目\r\n二行目"),
            ("_x005F_x000D_", "_x000D_"),
            ("_xD842__xDFB7_野家", "𠮷野家"),
            ("_xD842_野家", "\u{FFFD}野家"),
            ("_xD842_a_xDFB7_", "\u{FFFD}a\u{FFFD}"),
            ("_x00_ _xZZZZ_ _X000D_ __ _", "_x00_ _xZZZZ_ _X000D_ __ _"),
            ("a_x0041_b_", "aAb_"),
            ("_x+041_", "_x+041_"),
            ("_x00あ_", "_x00あ_"),
            ("", ""),
        ] {
            assert_eq!(unescaped(text), expected, "{text}");
        }
    }
}
