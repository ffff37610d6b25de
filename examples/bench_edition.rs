//! Writes what the benches work on:
//! `cargo run --release --example bench_edition -- TIMES FOLDER`.
//!
//! FOLDER gets an edition with so many times the entries of the example (`edition/`), the first
//! form with one cell changed in several ways (`changed/`), and the same annex as a Typst project for other
//! programs to compile (`typst/`: our templates and their `data.json`). With 0, the edition is
//! the smallest that there can be.

#[path = "../tests/integration/support"]
mod support {
    pub mod changed;
    pub mod example;
    pub mod larger;
}

use std::fs;
use std::io;
use std::path::Path;

use bessatsu::intake::{self, Source};
use bessatsu::publish::pdf;

use support::changed;
use support::larger::Larger;

/// How many changed forms there are: what was built once is quickly built again.
const CHANGES: usize = 8;

fn main() -> io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let times = arguments.next().and_then(|times| times.parse().ok());
    let (Some(times @ 0..=100), Some(folder)) = (times, arguments.next()) else {
        eprintln!("bench_edition TIMES FOLDER, with TIMES from 0 to 100");
        std::process::exit(2);
    };
    write(&Larger::new(times), Path::new(&folder))
}

fn write(larger: &Larger, folder: &Path) -> io::Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    let submissions = folder.join("edition/submissions");
    fs::create_dir_all(&submissions)?;
    fs::write(folder.join("edition/edition.toml"), &larger.settings)?;
    let mut sources = Vec::new();
    for (name, bytes) in larger.submissions() {
        fs::write(submissions.join(&name), &bytes)?;
        sources.push(Source { name: name.into(), bytes: Ok(bytes) });
    }
    for number in 0..CHANGES {
        let (name, bytes) = changed::submission(larger, number);
        let changed = folder.join(format!("changed/{number}"));
        fs::create_dir_all(&changed)?;
        fs::write(changed.join(name), bytes)?;
    }

    let typst = folder.join("typst");
    fs::create_dir(&typst)?;
    for (name, text) in pdf::templates() {
        fs::write(typst.join(name), text)?;
    }
    let annex = intake::run(&larger.edition, None, sources).annex;
    let data = pdf::data::json(&larger.edition, &annex, &pdf::Options::default())
        .map_err(std::io::Error::other)?;
    fs::write(typst.join("data.json"), data)
}
