//! A text as it stands in settings.

/// A text in the quotation marks of TOML. Every control character is escaped, so that any text of a
/// form reads back as it was.
pub fn toml_text(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            c if c.is_control() => quoted.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted + "\""
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_text_reads_back_as_it_was(text in any::<String>()) {
            let line = format!("text = {}", toml_text(&text));
            let table: toml::Table = line.parse().expect("TOML");
            prop_assert_eq!(table["text"].as_str(), Some(text.as_str()));
        }
    }
}
