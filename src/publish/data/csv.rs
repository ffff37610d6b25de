//! The tables as CSV: UTF-8 with a byte order mark, RFC 4180, one header row.
//!
//! A spreadsheet program runs a text that starts like a formula. So a text whose first character
//! that is not white space is one of `=` `+` `-` `@` (or their full-width forms), or that starts
//! with a tab or a line break, gets one apostrophe in front. A text that starts with an
//! apostrophe of its own gets one too, so that whoever takes one apostrophe away from the start
//! of a text that has one ([`unguarded`]) has every text back as it was. Numbers are never
//! touched.

use std::borrow::Cow;

use crate::model::Annex;
use crate::publish::tables::{Cell, Table};

/// The rule for readers, in Japanese; `datapackage.json` has it.
pub const GUARD_NOTE: &str = "表計算ソフトで数式として動かないように、「=」「+」「-」「@」（全角を含む）、タブ又は改行で始まる文字列（前に空白があるものを含む）と「'」で始まる文字列には、先頭に「'」を1つ付けています。文字列の先頭が「'」のときは、それを1つ取り除くと元の文字列になります。";

/// A table as CSV. Records end with CRLF; line breaks within a text are line feeds.
pub fn render(table: &Table, annex: &Annex) -> String {
    let mut csv = String::from('\u{feff}');
    let columns = table.columns(annex);
    record(&mut csv, columns.iter().map(|column| Cow::Borrowed(&*column.name)));
    for row in (table.rows)(annex) {
        record(&mut csv, columns.iter().map(|column| shown(column.value(&row))));
    }
    csv
}

pub(super) fn record<'a>(csv: &mut String, fields: impl Iterator<Item = Cow<'a, str>>) {
    for (at, field) in fields.enumerate() {
        if at > 0 {
            csv.push(',');
        }
        if field.contains([',', '"', '\r', '\n']) || field.trim() != field {
            csv.push('"');
            csv.push_str(&field.replace('"', "\"\""));
            csv.push('"');
        } else {
            csv.push_str(&field);
        }
    }
    csv.push_str("\r\n");
}

fn shown(cell: Cell<'_>) -> Cow<'_, str> {
    match cell {
        Cell::Empty => "".into(),
        Cell::Text(text) => guarded(text),
        Cell::Integer(number) => number.to_string().into(),
        Cell::Number(number) => number.to_string().into(),
        Cell::Boolean(true) => "true".into(),
        Cell::Boolean(false) => "false".into(),
    }
}

/// The text with an apostrophe in front where a spreadsheet program would run it.
pub fn guarded(text: Cow<'_, str>) -> Cow<'_, str> {
    let first = text.trim_start().chars().next();
    let formula = first.is_some_and(|c| "=+-@＝＋－＠".contains(c));
    if formula || text.starts_with(['\'', '\t', '\r', '\n']) {
        format!("'{text}").into()
    } else {
        text
    }
}

/// The text of a cell without the apostrophe of [`guarded`].
pub fn unguarded(text: &str) -> &str {
    text.strip_prefix('\'').unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn no_text_runs_as_a_formula() {
        for text in
            ["=1+1", "+81", "-5", "@SUM(A1)", " =1", "\t=1", "\u{3000}＝1", "＠x", "\rx", "'a"]
        {
            assert_eq!(guarded(text.into()), format!("'{text}"));
        }
        for text in ["1-2", "施策", "", "①=", "007"] {
            assert_eq!(guarded(text.into()), text);
        }
    }

    #[test]
    fn what_would_break_a_record_is_quoted() {
        let mut csv = String::new();
        record(&mut csv, ["a", "b,c", "d\"e", "f\ng", " h", ""].map(Cow::Borrowed).into_iter());
        assert_eq!(csv, "a,\"b,c\",\"d\"\"e\",\"f\ng\",\" h\",\r\n");
    }

    #[test]
    fn numbers_stand_without_exponents_or_guards() {
        for (number, text) in [(-5.5, "-5.5"), (1e21, "1000000000000000000000"), (69.0, "69")] {
            assert_eq!(shown(Cell::Number(number)), text);
        }
    }

    proptest! {
        #[test]
        fn every_text_reads_back(text in "['=+@ \t\n\r-]{0,3}\\PC{0,5}") {
            let guarded = guarded(text.as_str().into());
            prop_assert_eq!(unguarded(&guarded), text.as_str());
        }
    }
}
