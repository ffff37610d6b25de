//! The cell formats of the form.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use crate::schema::{Column, Kind, Role};
use crate::xlsx::CellStyle;

/// Behind cells that are not to be filled in.
const LOCKED: Color = Color::RGB(0xED_ED_ED);
const LOCKED_TEXT: Color = Color::RGB(0x59_59_59);
/// Behind cells that still have to be filled in.
const WANTED: Color = Color::RGB(0xFF_F2_CC);

/// A cell to fill in, as the column asks for it.
pub(super) fn input(column: &Column) -> Format {
    align(column, CellStyle::Body.format()).set_unlocked()
}

/// A cell that the secretariat fills in.
pub(super) fn locked(column: &Column) -> Format {
    align(column, CellStyle::Body.format()).set_background_color(LOCKED).set_font_color(LOCKED_TEXT)
}

/// The format of the whole column, under the spare rows: added rows can be filled in as well.
pub(super) fn beyond(column: &Column) -> Format {
    input(column).set_border(FormatBorder::None)
}

/// The label left of a value above the table.
pub(super) fn label() -> Format {
    CellStyle::Label.format()
}

/// The value right of it: bold, and not a style of the column, so that it runs over the cells
/// beside it.
pub(super) fn stated() -> Format {
    CellStyle::Plain.format().unset_text_wrap().set_bold().set_align(FormatAlign::VerticalCenter)
}

/// What is filled in above the table: the number of the submission, the mark for nothing.
pub(super) fn answer() -> Format {
    centred(CellStyle::Body.format()).set_unlocked()
}

/// Marks required cells that are still empty.
pub(super) fn wanted() -> Format {
    Format::new().set_background_color(WANTED)
}

/// A row that is filled in below the bordered ones.
pub(super) fn filled() -> Format {
    CellStyle::border()
}

fn align(column: &Column, format: Format) -> Format {
    match column.role {
        Role::Id | Role::Status | Role::Order => centred(format),
        Role::Value => match column.kind {
            Kind::Number | Kind::Amount => format.set_indent(0).set_align(FormatAlign::Right),
            // As text, so that Excel does not make a date of 「R7.1」 or 「7-9」.
            Kind::Year | Kind::Period | Kind::Date => centred(format).set_num_format("@"),
            Kind::Text | Kind::Choice | Kind::List => format,
        },
        _ => format,
    }
}

fn centred(format: Format) -> Format {
    format.set_indent(0).set_align(FormatAlign::Center)
}
