//! What is entered in a cell: a text, or a number under the format that shows the same text.

use crate::text::quantity;

/// The content of a cell of the form.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Entry {
    Text(String),
    Number { value: f64, format: String },
}

impl Entry {
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A printed value as a department would enter it: 「69.0%」 is 0.69 under `0.0%`,
    /// 「1,551人」 is 1551 under `#,##0"人"`, and what is more than a number and a unit stays text.
    pub fn figure(printed: &str) -> Self {
        match quantity::in_format(printed) {
            Some((value, format)) => Self::Number { value, format },
            None => Self::text(printed),
        }
    }

    /// 掲載順 and the like.
    pub fn number(value: f64) -> Self {
        Self::Number { value, format: "General".into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_a_number_where_a_format_shows_it_exactly() {
        for (printed, value, format) in [
            ("69.0%", 0.69, "0.0%"),
            ("100%", 1.0, "0%"),
            ("87.4%", 0.874, "0.0%"),
            ("1,551人", 1551.0, "#,##0\"人\""),
            ("974人", 974.0, "#,##0\"人\""),
            ("43", 43.0, "#,##0"),
            ("0", 0.0, "#,##0"),
            ("1データセット", 1.0, "#,##0\"データセット\""),
            ("0.64日", 0.64, "#,##0.00\"日\""),
            ("2025年", 2025.0, "0\"年\""),
        ] {
            let expected = Entry::Number { value, format: format.into() };
            assert_eq!(Entry::figure(printed), expected, "{printed}");
        }
    }

    #[test]
    fn a_value_that_says_more_stays_text() {
        for printed in [
            "",
            "未測定",
            "74.7% (R5)",
            "①8件\n②44%",
            "191,614人(R7.1.20時点)",
            "1,50人",
            "12,34",
            "007",
            "1.",
            ".5",
            "1.2.3",
            "80万人",
            "4千人",
            "-3件",
            "1,551 人",
            "1,,000",
            "1234567890123456",
        ] {
            assert_eq!(Entry::figure(printed), Entry::text(printed), "{printed}");
        }
    }
}
