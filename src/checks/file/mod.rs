//! Rules on files as such.

pub mod other_edition;
pub mod second_file;
pub mod stray_file;
pub mod unknown_department;
