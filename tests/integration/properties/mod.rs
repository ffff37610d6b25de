//! What holds of any input: damaged workbooks of every kind, random sheets, texts, values, data
//! and settings.
//!
//! Every property tries a fixed number of inputs, the same in every run. With `BESSATSU_LONG` it
//! goes on for so many seconds instead, and `BESSATSU_SEED` chooses other inputs: that is what
//! `tests/run --long` does. A failure names the least input that proptest finds.
//!
//! `tests/corpus/` has the workbooks that are damaged here, beside those that the project writes
//! itself: the example's form of 議会事務局 as LibreOffice saves it (`.xls`, `.ods`), and a small
//! `.xlsb`, as no library at hand writes it.

mod damage;
mod files;
mod orders;
mod outlines;
mod schemas;
mod sheets;
mod texts;
mod workbooks;
