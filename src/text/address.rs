//! Addresses of mail, as far as a letter has to be sure of them.

/// Whether a text is one address of mail or several with commas between, and nothing else: it goes
/// as it stands into the head of a mail.
pub fn is_mail_address(text: &str) -> bool {
    text.split(',').all(|address| is_one(address.trim_matches(' ')))
}

fn is_one(address: &str) -> bool {
    let is_letter = |c: char| c.is_ascii_graphic() && !r#"()<>[]:;@\,""#.contains(c);
    let is_label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    address.split_once('@').is_some_and(|(name, domain)| {
        !name.is_empty()
            && name.chars().all(is_letter)
            && domain.contains('.')
            && domain.split('.').all(is_label)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_told_from_what_is_none() {
        for text in
            ["soumu@pref.example.jp", "so-mu.ka+dx@example.jp", "a@example.jp, b@example.jp"]
        {
            assert!(is_mail_address(text), "{text}");
        }
        for text in [
            "",
            "総務課",
            "soumu",
            "soumu@",
            "soumu@localhost",
            "soumu＠example.jp",
            "soumu@example.jp、b@example.jp",
            "soumu @example.jp",
            "総務課 <soumu@example.jp>",
            "soumu@example..jp",
            "soumu@-example.jp",
            "soumu@example.jp\r\nBcc: x@example.jp",
            "a@example.jp,",
            "内線 2345",
        ] {
            assert!(!is_mail_address(text), "{text}");
        }
    }
}
