//! Writes the example edition's submissions again, after its source or the form changed:
//! `cargo run --release --example example_submissions`.

#[path = "../tests/support/example.rs"]
mod example;

fn main() -> std::io::Result<()> {
    let folder = example::folder().join("submissions");
    std::fs::create_dir_all(&folder)?;
    for (name, bytes) in example::submissions() {
        std::fs::write(folder.join(&name), &bytes)?;
        println!("{name} ({} bytes)", bytes.len());
    }
    Ok(())
}
