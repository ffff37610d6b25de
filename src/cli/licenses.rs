//! `licenses`: the licence of the program and of all that is part of it.

use super::terminal::Terminal;
use super::{Outcome, Status};

const OWN: &str = include_str!("../../LICENSE");
const FONTS: [(&str, &str); 4] = [
    ("BIZ UDPGothic, BIZ UDGothic", include_str!("../../fonts/LICENSE-BIZUDGothic.txt")),
    ("BIZ UDMincho", include_str!("../../fonts/LICENSE-BIZUDMincho.txt")),
    ("Bessatsu Fallback (Noto Sans CJK JP)", include_str!("../../fonts/LICENSE-NotoSansCJK.txt")),
    (
        "Bessatsu Marks (Noto Sans Symbols 2)",
        include_str!("../../fonts/LICENSE-NotoSansSymbols2.txt"),
    ),
];
/// Made by the test `licenses` from the crates that are linked.
const CRATES: &str = include_str!("third-party.txt");

pub fn run(terminal: &Terminal) -> Outcome {
    terminal.print(&format!("bessatsu\n\n{}\n", OWN.trim()));
    for (font, licence) in FONTS {
        terminal.print(&format!("\n\n==== {font}\n\n{}\n", licence.trim()));
    }
    terminal.print(&format!("\n\n==== {CRATES}"));
    Ok(Status::Clean)
}
