//! The covering text as a mail that a mail program opens as a draft (`.eml`), with the files that
//! go with it.
//!
//! It has no sender and no date, which the program that sends it knows; the same input gives the
//! same bytes, which a library that makes its own boundaries and message ids does not.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::letter::letter_name;
use crate::edition::{Department, Edition};
use crate::publish::artifact::{Artifact, ContentType, Rendered};

/// No base64 text of ours has it: it holds signs that are none of that alphabet.
const BOUNDARY: &str = "----=_bessatsu_=----";
/// Bytes of the text in one encoded word of a header, which may have 75 characters.
const WORD: usize = 42;
/// Characters of a line of an encoded body.
const LINE: usize = 76;

/// A letter as a mail to its department; `letter` begins with its subject, on a line of its own.
pub fn mail(
    edition: &Edition,
    department: &Department,
    letter: &Artifact,
    attached: &[&Artifact],
) -> Rendered {
    let name = letter_name(edition, department, "eml");
    let mail = std::str::from_utf8(&letter.bytes).map(|letter| {
        let (subject, text) = letter.split_once('\n').unwrap_or((letter, ""));
        let subject = subject.trim_start_matches("件名：");
        written(department.email.as_deref(), subject, text.trim_start(), attached)
    });
    Rendered::text(&name, ContentType::Mail, mail)
}

fn written(to: Option<&str>, subject: &str, text: &str, attached: &[&Artifact]) -> String {
    let mut lines = Vec::new();
    lines.extend(to.map(|to| format!("To: {to}")));
    lines.push(format!("Subject: {}", encoded(subject)));
    lines.push("X-Unsent: 1".to_owned());
    lines.push("MIME-Version: 1.0".to_owned());
    lines.push(format!("Content-Type: multipart/mixed; boundary=\"{BOUNDARY}\""));
    lines.push(String::new());
    lines.push(format!("--{BOUNDARY}"));
    lines.push("Content-Type: text/plain; charset=UTF-8".to_owned());
    lines.push("Content-Transfer-Encoding: base64".to_owned());
    lines.push(String::new());
    body(&mut lines, text.replace('\n', "\r\n").as_bytes());
    for Artifact { name, bytes, .. } in attached {
        lines.push(format!("--{BOUNDARY}"));
        lines.push(format!(
            "Content-Type: application/octet-stream;\r\n name=\"{}\"",
            encoded(name)
        ));
        lines.push("Content-Transfer-Encoding: base64".to_owned());
        let percent = percent_encoded(name);
        lines.push(format!("Content-Disposition: attachment;\r\n filename*=UTF-8''{percent}"));
        lines.push(String::new());
        body(&mut lines, bytes);
    }
    lines.push(format!("--{BOUNDARY}--"));
    lines.push(String::new());
    lines.join("\r\n")
}

fn body(lines: &mut Vec<String>, bytes: &[u8]) {
    let whole = STANDARD.encode(bytes);
    let mut rest = whole.as_str();
    while !rest.is_empty() {
        let (line, after) = rest.split_at(rest.len().min(LINE));
        lines.push(line.to_owned());
        rest = after;
    }
}

/// A text as encoded words (RFC 2047), each of whole characters.
fn encoded(text: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    for letter in text.chars().filter(|letter| !letter.is_control()) {
        if word.len() + letter.len_utf8() > WORD {
            words.push(std::mem::take(&mut word));
        }
        word.push(letter);
    }
    words.push(word);
    let words = words.iter().map(|word| format!("=?UTF-8?B?{}?=", STANDARD.encode(word)));
    words.collect::<Vec<_>>().join("\r\n ")
}

fn percent_encoded(name: &str) -> String {
    let encoded = name.bytes().map(|byte| match byte {
        b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'.' | b'_' | b'-' => {
            char::from(byte).to_string()
        }
        byte => format!("%{byte:02X}"),
    });
    encoded.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_is_cut_between_characters_and_read_back_whole() {
        let subject = "【みやぎDX推進ポリシー　別冊】調査票の修正のお願い（企画部）";
        let header = encoded(subject);
        let mut read = Vec::new();
        for word in header.split("\r\n ") {
            assert!(word.len() <= 75, "{word}");
            let inner = word.strip_prefix("=?UTF-8?B?").and_then(|word| word.strip_suffix("?="));
            let bytes = STANDARD.decode(inner.expect("an encoded word")).expect("base64");
            assert!(std::str::from_utf8(&bytes).is_ok(), "{word}");
            read.extend(bytes);
        }
        assert_eq!(read, subject.as_bytes());
        assert!(!encoded("件名\r\nBcc: a@example.jp").contains("Bcc"));
    }

    #[test]
    fn a_mail_has_an_address_only_where_there_is_one() {
        let form = Artifact::new("01_総務部.xlsx", ContentType::Workbook, vec![7; 100]);
        for (to, has) in [(Some("soumu@example.jp"), true), (None, false)] {
            let mail = written(to, "件名", "本文\n", &[&form]);
            assert_eq!(mail.contains("To: soumu@example.jp\r\n"), has);
            assert!(mail.contains("filename*=UTF-8''01_%E7%B7%8F%E5%8B%99%E9%83%A8.xlsx\r\n"));
            assert!(mail.lines().all(|line| line.len() <= 78), "{mail}");
            assert_eq!(mail.matches(BOUNDARY).count(), 4);
        }
    }
}
