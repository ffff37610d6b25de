//! The set-up of a sheet for print.

use rust_xlsxwriter::Worksheet;

use super::WriteError;

/// The longest page header, in UTF-16 units: a limit of Excel.
const MAX_HEADER: usize = 255;
const PAPER_A4: u8 = 9;

/// Sets a sheet up for print: A4 landscape, one page wide, the document's name and the sheet's
/// above, page numbers below; `header_row` says that the first row is repeated on every page.
///
/// # Errors
/// None that a caller could cause.
pub fn page(sheet: &mut Worksheet, document: &str, header_row: bool) -> Result<(), WriteError> {
    sheet.set_paper_size(PAPER_A4).set_landscape().set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.4, 0.4, 0.65, 0.6, 0.3, 0.3).set_print_center_horizontally(true);
    sheet.set_header(format!("&L{}&R&A", header_text(document)));
    sheet.set_footer("&C&P / &N");
    if header_row {
        sheet.set_repeat_rows(0, 0)?;
    }
    Ok(())
}

/// Text for a page header: `&` doubled, control characters out, no longer than Excel allows.
fn header_text(text: &str) -> String {
    let mut header = String::new();
    let mut units = 0;
    for c in text.chars().filter(|c| !c.is_control()) {
        let shown = if c == '&' { "&&".to_string() } else { c.to_string() };
        units += shown.encode_utf16().count();
        if units > MAX_HEADER - "&L&R&A".len() {
            break;
        }
        header.push_str(&shown);
    }
    header
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_headers_keep_ampersands_and_their_limit() {
        assert_eq!(header_text("R&D\u{1}"), "R&&D");
        let long = header_text(&"&".repeat(400));
        assert!(long.len() <= MAX_HEADER && long.len().is_multiple_of(2), "{}", long.len());
    }
}
