//! Data styles: how the numbers of a document are shown, as number formats of Excel.
//!
//! A document holds the text of a cell as it was shown, so this is needed only where a program
//! has written the value alone.

use std::collections::BTreeMap;

use quick_xml::events::BytesStart;

use super::super::part::{Tag, attribute, flag};

/// The number formats of a document by the names of their styles.
#[derive(Debug, Default)]
pub struct DataStyles {
    styles: BTreeMap<String, DataStyle>,
    open: Option<(String, DataStyle)>,
}

/// A style as far as it can be said in a number format.
#[derive(Debug, Default)]
struct DataStyle {
    code: String,
    /// Texts have a percent sign that counts.
    of_percentages: bool,
    /// Other styles, with the values that they are for.
    others: Vec<(String, String)>,
    /// It has something that no number format says.
    is_beyond: bool,
}

/// The elements that hold a format of numbers.
pub const STYLES: [&str; 7] = [
    "number-style",
    "percentage-style",
    "currency-style",
    "date-style",
    "time-style",
    "boolean-style",
    "text-style",
];

impl DataStyles {
    /// Takes a tag, with the text that stood before it.
    pub fn see(&mut self, tag: &Tag, text: &str) {
        match tag {
            Tag::Open(start) => {
                let local = start.local_name();
                let name = local.as_ref();
                if STYLES.contains(&name) {
                    let of_percentages = name == "percentage-style";
                    let style = DataStyle { of_percentages, ..DataStyle::default() };
                    self.open = Some((attribute(start, "name").unwrap_or_default(), style));
                } else if let Some((_, style)) = &mut self.open {
                    style.open(name, start);
                }
            }
            Tag::Close(name) if STYLES.contains(name) => {
                self.styles.extend(self.open.take());
            }
            Tag::Close("text" | "currency-symbol") => {
                if let Some((_, style)) = &mut self.open {
                    style.say(text);
                }
            }
            Tag::Close(_) => {}
        }
    }

    /// The number format that a style is; `None` where none says the same.
    pub fn code(&self, name: &str) -> Option<String> {
        let style = self.styles.get(name).filter(|style| !style.is_beyond)?;
        let section = |name: &str| {
            let style = self.styles.get(name)?;
            (!style.is_beyond && style.others.is_empty()).then_some(style.code.as_str())
        };
        let others: Vec<(&str, &str)> = style
            .others
            .iter()
            .map(|(condition, name)| Some((condition.as_str(), section(name)?)))
            .collect::<Option<_>>()?;
        Some(match others.as_slice() {
            [] => style.code.clone(),
            [(">=0", first)] => format!("{first};{}", style.code),
            [(">0", first), ("<0", second)] => format!("{first};{second};{}", style.code),
            [(one, first)] => format!("[{one}]{first};{}", style.code),
            [(one, first), (other, second)] => {
                format!("[{one}]{first};[{other}]{second};{}", style.code)
            }
            _ => return None,
        })
    }
}

impl DataStyle {
    fn open(&mut self, name: &str, start: &BytesStart) {
        let is_long = attribute(start, "style").is_some_and(|style| style == "long");
        let is_gengou = attribute(start, "calendar").is_some_and(|name| name == "gengou");
        let either = |long: &'static str, short: &'static str| if is_long { long } else { short };
        let piece = match name {
            "number" => return self.number(start),
            "scientific-number" => format!(
                "0{}E+{}",
                decimals(start),
                "0".repeat(count(start, "min-exponent-digits").unwrap_or(2))
            ),
            "year" if is_gengou => either("ee", "e").to_owned(),
            "year" => either("yyyy", "yy").to_owned(),
            "era" => either("ggg", "g").to_owned(),
            "month" if flag(start, "textual", false) => either("mmmm", "mmm").to_owned(),
            "month" => either("mm", "m").to_owned(),
            "day" => either("dd", "d").to_owned(),
            "day-of-week" => either("aaaa", "aaa").to_owned(),
            "hours" => either("hh", "h").to_owned(),
            "minutes" => either("mm", "m").to_owned(),
            "seconds" => format!("{}{}", either("ss", "s"), decimals(start)),
            "am-pm" => "AM/PM".to_owned(),
            "boolean" => "General".to_owned(),
            "text-content" => "@".to_owned(),
            "map" => {
                let condition = attribute(start, "condition").unwrap_or_default();
                let condition = condition.trim().trim_start_matches("value()").replace(' ', "");
                let other = attribute(start, "apply-style-name").unwrap_or_default();
                return self.others.push((condition, other));
            }
            // The text of these comes with their end; a colour changes no value.
            "text" | "currency-symbol" | "text-properties" => return,
            _ => return self.is_beyond = true,
        };
        self.code.push_str(&piece);
    }

    /// The digits of a number.
    fn number(&mut self, start: &BytesStart) {
        let beyond = ["display-factor", "decimal-replacement", "max-integer-digits"];
        self.is_beyond |= beyond.iter().any(|name| attribute(start, name).is_some());
        let places = count(start, "decimal-places");
        let digits = count(start, "min-integer-digits");
        if places.is_none() && digits.is_none_or(|digits| digits <= 1) {
            self.code.push_str("General");
            return;
        }
        let digits = digits.unwrap_or(1);
        let code = match flag(start, "grouping", false) {
            true if digits == 1 => "#,##0".to_owned(),
            true if digits == 0 => "#,###".to_owned(),
            true => return self.is_beyond = true,
            false if digits == 0 => "#".to_owned(),
            false => "0".repeat(digits),
        };
        self.code.push_str(&code);
        self.code.push_str(&decimals(start));
    }

    /// A text among the digits.
    fn say(&mut self, text: &str) {
        for letter in text.chars() {
            match letter {
                '%' if self.of_percentages => self.code.push('%'),
                letter => self.code.extend(['\\', letter]),
            }
        }
    }
}

/// The decimal point and the digits behind it.
fn decimals(start: &BytesStart) -> String {
    let most = count(start, "decimal-places").unwrap_or(0);
    let least = count(start, "min-decimal-places").unwrap_or(most).min(most);
    let point = if most > 0 { "." } else { "" };
    format!("{point}{}{}", "0".repeat(least), "#".repeat(most - least))
}

/// A number of digits, of which no format has more than these.
fn count(start: &BytesStart, name: &str) -> Option<usize> {
    Some(attribute(start, name)?.trim().parse::<usize>().ok()?.min(30))
}
