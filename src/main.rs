//! The thin binary: everything is in the library.

use std::process::ExitCode;

/// Typesetting makes millions of small things on both cores; this allocator hands them out in
/// less time than that of the C library.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    bessatsu::cli::main()
}
