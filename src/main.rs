//! The thin binary: everything is in the library.

use std::process::ExitCode;

/// Typesetting makes millions of small things on both cores; this allocator hands them out in
/// less time than that of the C library. `.cargo/config.toml` sets it up.
#[cfg(unix)]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    bessatsu::cli::main()
}
