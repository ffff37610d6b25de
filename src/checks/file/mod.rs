//! Rules on files as such.

pub mod damaged;
pub mod empty_file;
pub mod encrypted;
pub mod external_link;
pub mod has_macros;
pub mod lock_file;
pub mod not_a_workbook;
pub mod other_edition;
pub mod panicked;
pub mod second_file;
pub mod too_large;
pub mod unknown_department;
pub mod unreadable;
