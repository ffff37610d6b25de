//! The finished pages: which are wanted, and their pictures.

use std::num::NonZeroUsize;

use typst::layout::PageRanges;
use typst_layout::{Page, PagedDocument};

use super::Picture;

/// Reads 「5,8-10」 (also 「-3」 and 「40-」): sheets counted from the cover.
pub fn parse_pages(text: &str) -> Option<PageRanges> {
    let number = |text: &str| match text.trim() {
        "" => Some(None),
        digits => digits.parse::<NonZeroUsize>().ok().map(Some),
    };
    let range = |part: &str| {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let (first, last) = (number(first)?, number(last)?);
        let backwards = matches!((first, last), (Some(a), Some(b)) if a > b);
        (!backwards && (first.is_some() || last.is_some())).then_some(first..=last)
    };
    text.split(',').map(range).collect::<Option<Vec<_>>>().map(PageRanges::new)
}

/// The wanted pages with their numbers counted from the cover.
pub fn chosen<'a>(
    document: &'a PagedDocument,
    ranges: Option<&'a PageRanges>,
) -> impl Iterator<Item = (usize, &'a Page)> {
    document
        .pages()
        .iter()
        .enumerate()
        .filter(move |&(index, _)| ranges.is_none_or(|ranges| ranges.includes_page_index(index)))
        .map(|(index, page)| (index + 1, page))
}

/// The picture of a page as the bytes of a file.
pub fn draw(page: &Page, picture: Picture) -> Result<Vec<u8>, String> {
    match picture {
        Picture::Svg => Ok(typst_svg::svg(page, &typst_svg::SvgOptions::default()).into_bytes()),
        Picture::Png(scale) => {
            let options = typst_render::RenderOptions {
                pixel_per_pt: f64::from(scale).into(),
                ..Default::default()
            };
            typst_render::render(page, &options).encode_png().map_err(|error| error.to_string())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::parse_pages;

    #[test]
    fn page_ranges_are_read_as_typed_and_nonsense_is_refused() {
        let index = |text: &str| -> Vec<usize> {
            let ranges = parse_pages(text).unwrap_or_else(|| panic!("{text}"));
            (0..12).filter(|&i| ranges.includes_page_index(i)).map(|i| i + 1).collect()
        };
        assert_eq!(index("5,8-10"), [5, 8, 9, 10]);
        assert_eq!(index("-2"), [1, 2]);
        assert_eq!(index("11-"), [11, 12]);
        for bad in ["", "-", "0", "3-1", "a", "1,,2", "1.5"] {
            assert!(parse_pages(bad).is_none(), "{bad}");
        }
    }
}
