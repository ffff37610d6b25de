//! The set-up of a sheet for print.

use rust_xlsxwriter::Worksheet;

use super::WriteError;

/// The longest page header, in UTF-16 units: a limit of Excel.
const MAX_HEADER: usize = 255;
const PAPER_A4: u8 = 9;
/// The sides of the paper as it lies, in points.
const PAPER: [f64; 2] = [841.89, 595.28];
/// The margins left and right, above and below, in inches.
const MARGINS: [f64; 4] = [0.4, 0.4, 0.65, 0.6];
const INCH: f64 = 72.0;
/// How much of a page is counted on.
const SURE: f64 = 0.94;
/// How high rows may turn out in a program with another font, that fits them to their text anew:
/// so much of what they are here.
const SHOWN: [f64; 7] = [1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7];

/// Sets a sheet up for print: A4 landscape, one page wide, the document's name and the sheet's
/// above, page numbers below; `header_row` says that the first row is repeated on every page.
///
/// # Errors
/// None that a caller could cause.
pub fn page(sheet: &mut Worksheet, document: &str, header_row: bool) -> Result<(), WriteError> {
    sheet.set_paper_size(PAPER_A4).set_landscape().set_print_fit_to_pages(1, 0);
    let [left, right, top, bottom] = MARGINS;
    sheet.set_margins(left, right, top, bottom, 0.3, 0.3).set_print_center_horizontally(true);
    sheet.set_header(format!("&L{}&R&A", header_text(document)));
    sheet.set_footer("&C&P / &N");
    if header_row {
        sheet.set_repeat_rows(0, 0)?;
    }
    Ok(())
}

/// Turns a sheet that was set up by [`page`] upright, on as few pages as its sections need: none is
/// parted that a page has room for. Its columns are so wide, and each section begins in a row and is
/// so high.
pub fn portrait(
    sheet: &mut Worksheet,
    widths: &[f64],
    sections: &[(u32, f64)],
) -> Result<(), WriteError> {
    let [long, short] = PAPER;
    // Made to fit a number of pages, a sheet would be parted anywhere. A little is left for columns
    // that turn out wider, as one that is cut off would stand on a page of its own.
    let scale = (scale(short, widths) * SURE * 100.0).floor();
    sheet.set_portrait().set_print_scale(scale as u16);
    sheet.set_page_breaks(&breaks(sections, page_height(long, scale / 100.0)))?;
    Ok(())
}

/// The sections that begin a page of such a height.
fn breaks(sections: &[(u32, f64)], page: f64) -> Vec<u32> {
    let (mut used, mut breaks) = (0.0, Vec::new());
    for &(row, height) in sections {
        if used > 0.0 && used + height > page {
            breaks.push(row);
            used = 0.0;
        }
        used += height;
    }
    breaks
}

/// How large what has columns of these widths stands on paper that is so wide, one page wide.
fn scale(across: f64, widths: &[f64]) -> f64 {
    let [left, right, ..] = MARGINS;
    // A character has seven pixels and a column five beside, three quarters of a point each.
    let width: f64 = widths.iter().map(|width| (width * 7.0 + 5.0) * 0.75).sum();
    ((across - (left + right) * INCH) / width).min(1.0)
}

/// How high what stands on a page of such paper is, at a scale.
fn page_height(down: f64, scale: f64) -> f64 {
    let [_, _, top, bottom] = MARGINS;
    (down - (top + bottom) * INCH) / scale * SURE
}

/// How many more rows of a height the last page has room for on a sheet that was set up by [`page`],
/// whose columns are so wide and whose rows are so high, whatever program prints it. What is
/// `repeated` stands at the head of every further page.
pub fn rows_left(widths: &[f64], heights: &[f64], repeated: f64, height: f64) -> u32 {
    let [across, down] = PAPER;
    let page = page_height(down, scale(across, widths));
    let left = SHOWN.map(|shown| {
        let used = heights.iter().map(|height| height * shown).fold(0.0, |used, height| {
            if used + height > page { repeated + height } else { used + height }
        });
        // As the sum is no more than some pages, the number is small.
        ((page - used) / height).clamp(0.0, 1000.0) as u32
    });
    left.into_iter().min().unwrap_or(0)
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
    fn rows_are_left_as_far_as_the_last_page_goes() {
        // A page has (595 - 90) × 0.94 points, at the scale of its columns.
        let narrow = [10.0; 4];
        assert_eq!(rows_left(&narrow, &[74.0], 20.0, 40.0), 10);
        assert_eq!(rows_left(&narrow, &[474.0], 20.0, 40.0), 0);
        assert_eq!(rows_left(&narrow, &[474.0, 434.0], 20.0, 40.0), 0, "on the second page");
        assert_eq!(rows_left(&narrow, &[474.0, 34.0], 20.0, 40.0), 0, "on the first or the second");
        assert_eq!(rows_left(&narrow, &[474.0, 334.0], 20.0, 40.0), 3, "on the second anyway");
        // Twice as wide as the page: twice as much stands on it.
        let wide = [36.63; 8];
        assert_eq!(rows_left(&wide, &[148.0], 20.0, 40.0), 20);
    }

    #[test]
    fn a_section_that_a_page_has_room_for_is_not_parted() {
        for (heights, expected) in [
            (&[300.0, 300.0, 300.0][..], &[] as &[u32]),
            (&[300.0, 600.0, 200.0], &[20]),
            (&[900.0, 200.0, 900.0], &[10, 20]),
            // What is higher than a page goes on, and what follows stands for itself.
            (&[100.0, 1500.0, 200.0], &[10, 20]),
            (&[1500.0], &[]),
            (&[], &[]),
        ] {
            let sections: Vec<_> = (0..).step_by(10).zip(heights.iter().copied()).collect();
            assert_eq!(breaks(&sections, 1000.0), expected, "{heights:?}");
        }
    }

    #[test]
    fn page_headers_keep_ampersands_and_their_limit() {
        assert_eq!(header_text("R&D\u{1}"), "R&&D");
        let long = header_text(&"&".repeat(400));
        assert!(long.len() <= MAX_HEADER && long.len().is_multiple_of(2), "{}", long.len());
    }
}
