//! Rules on the characters of a cell.

pub mod char_without_font;
pub mod compatibility_character;
pub mod decomposed_kana;
pub mod half_width_kana;
pub mod invisible_character;
pub mod private_use;
pub mod term_spelling;
pub mod variation_sequence;
