//! The tests of the whole: one crate, so that the program and Typst are linked once.
//!
//! `cargo test --test integration checks::` runs the tests of one file. What several files need is
//! in `support`; what they read is in the folders beside this one.

mod alone;
mod architecture;
mod attack;
mod checks;
mod cli;
mod columns;
mod compare;
mod corrections;
mod deform;
mod diff;
mod editions;
mod faults;
mod first_edition;
mod forms;
mod held;
mod hostile;
mod intake;
mod languages;
mod larger;
mod layout;
mod licenses;
mod next;
mod outputs;
mod pages;
mod pdf;
mod progress;
mod properties;
mod receive;
mod refusals;
mod reported;
mod results;
mod returns;
mod session;
mod status;
mod support;
#[cfg(unix)]
mod values;
mod versions;
mod watch;
mod web;
mod words;
mod workbook;
mod year;
