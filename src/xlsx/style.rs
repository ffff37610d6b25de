//! How cells look: fonts, colours, borders, number formats.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatUnderline};

pub const FONT: &str = "BIZ UDゴシック";
pub const FONT_SIZE: f64 = 10.0;
/// The one colour: titles, headers, links.
pub const ACCENT: Color = Color::RGB(0x1F_4E_79);
/// Behind headers and totals; light enough for a black and white print.
pub const TINT: Color = Color::RGB(0xE4_EC_F4);
/// Behind rows that changed.
pub(super) const MARKED: Color = Color::RGB(0xFF_F2_CC);
const LINE: Color = Color::RGB(0xA6_A6_A6);
const GREY: Color = Color::RGB(0x59_59_59);
const COUNT: &str = "#,##0;-#,##0;\"-\"";

/// What all cells share.
pub(super) fn base() -> Format {
    Format::new()
        .set_font_name(FONT)
        .set_font_size(FONT_SIZE)
        .set_font_family(3)
        .set_font_charset(128)
        .set_align(FormatAlign::VerticalCenter)
}

/// How a cell looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellStyle {
    /// The document's name on a cover.
    Title,
    /// Smaller words under a title.
    Subtitle,
    /// A heading above a block.
    Heading,
    /// Words without a border.
    Plain,
    /// Small grey words.
    Note,
    /// The first row of a table.
    Header,
    /// The first column of a table of pairs, and totals.
    Label,
    /// The second column of a table of pairs.
    Value,
    /// Text of any length.
    Body,
    /// Short text in the middle.
    Centre,
    /// Numbers with thousands separators.
    Number,
    /// A number without them.
    Year,
    /// A count; zero shows as a dash, so that the others stand out.
    Count,
    /// A count in a row or column of totals.
    Total,
    /// A link within the workbook.
    Link,
    /// A value for machines: no border, no number format.
    Data,
    /// A number for machines with its decimals.
    Figure,
}

impl CellStyle {
    pub fn format(self) -> Format {
        let wrapped = base().set_text_wrap();
        match self {
            Self::Title => base().set_font_size(20).set_bold().set_font_color(ACCENT),
            Self::Subtitle => base().set_font_size(12).set_font_color(ACCENT),
            Self::Heading => base().set_font_size(12).set_bold().set_font_color(ACCENT),
            Self::Plain => wrapped.set_align(FormatAlign::Top),
            Self::Note => base().set_font_size(9).set_font_color(GREY),
            Self::Header => bordered(wrapped)
                .set_bold()
                .set_font_color(ACCENT)
                .set_background_color(TINT)
                .set_align(FormatAlign::Center)
                .set_align(FormatAlign::VerticalCenter),
            Self::Label => bordered(wrapped).set_bold().set_background_color(TINT),
            Self::Value => indented(bordered(wrapped)),
            Self::Body => indented(bordered(wrapped)).set_align(FormatAlign::Top),
            Self::Centre => {
                bordered(wrapped).set_align(FormatAlign::Center).set_align(FormatAlign::Top)
            }
            Self::Number => numeric(wrapped).set_num_format("#,##0").set_align(FormatAlign::Top),
            Self::Year => numeric(wrapped).set_num_format("0").set_align(FormatAlign::Top),
            Self::Count => numeric(wrapped).set_num_format(COUNT),
            Self::Total => {
                numeric(wrapped).set_num_format(COUNT).set_bold().set_background_color(TINT)
            }
            Self::Link => bordered(wrapped)
                .set_font_color(ACCENT)
                .set_underline(FormatUnderline::Single)
                .set_align(FormatAlign::Top),
            Self::Data => indented(wrapped).set_align(FormatAlign::Top),
            Self::Figure => {
                base().set_align(FormatAlign::Right).set_indent(1).set_align(FormatAlign::Top)
            }
        }
    }

    /// The lines around a cell of a table, for a conditional format.
    pub fn border() -> Format {
        Format::new().set_border(FormatBorder::Thin).set_border_color(LINE)
    }

    /// Whether a long text goes on in further lines.
    pub(super) fn wraps(self) -> bool {
        !matches!(self, Self::Title | Self::Subtitle | Self::Heading | Self::Note | Self::Figure)
    }
}

fn bordered(format: Format) -> Format {
    format.set_border(FormatBorder::Thin).set_border_color(LINE)
}

fn indented(format: Format) -> Format {
    format.set_align(FormatAlign::Left).set_indent(1)
}

fn numeric(format: Format) -> Format {
    bordered(format).set_align(FormatAlign::Right).set_indent(1)
}
