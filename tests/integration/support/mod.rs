//! What several tests need: editions and models to start from, and programs that read what the
//! project writes.

pub mod asked;
pub mod browser;
pub mod changed;
pub mod editions;
pub mod example;
pub mod filled;
pub mod grid;
pub mod held;
pub mod laid_out;
pub mod larger;
pub mod model;
pub mod office;
pub mod pdf;
pub mod pipeline;
pub mod planted;
pub mod program;
pub mod repacked;
pub mod results;
pub mod revision;
pub mod sheets;
pub mod shown;
pub mod submissions;
pub mod xlsb;
