//! What a formula shows that is no value.

/// Whether a formula, or what stands for its result, shows a picture: `IMAGE`, and `DISPIMG` of
/// WPS Office.
pub fn is_picture(formula: &str) -> bool {
    let formula = formula.trim_start().trim_start_matches('=');
    let formula = formula.strip_prefix("_xlfn.").unwrap_or(formula);
    let name = formula.split('(').next().filter(|name| name.len() < formula.len());
    name.is_some_and(|name| ["IMAGE", "DISPIMG"].contains(&name.to_ascii_uppercase().as_str()))
}

/// Whether a text is the formula of a picture: WPS Office leaves it where the picture is shown.
pub fn stands_for_picture(text: &str) -> bool {
    text.starts_with('=') && is_picture(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_functions_of_pictures_are_known_and_no_text_is_taken_for_one() {
        for (formula, expected) in [
            ("_xlfn.DISPIMG(\"ID_1\",1)", true),
            ("=DISPIMG(\"ID_1\",1)", true),
            ("IMAGE(\"https://example.jp/a.png\")", true),
            ("=image(A1)", true),
            ("IMAGE", false),
            ("IMAGES(1)", false),
            ("画像（IMAGE(1)）", false),
            ("", false),
        ] {
            assert_eq!(is_picture(formula), expected, "{formula}");
        }
    }
}
