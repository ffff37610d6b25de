//! Writes the example edition's submissions again, after its source or the form changed:
//! `cargo run --example example_submissions`.

#[path = "../tests/integration/support/example.rs"]
mod example;

fn main() -> std::io::Result<()> {
    let edition = example::edition();
    let folder = example::folder().join("submissions");
    std::fs::create_dir_all(&folder)?;
    for (name, bytes) in example::written(&edition, &example::annex(&edition)) {
        std::fs::write(folder.join(&name), &bytes)?;
        println!("{name} ({} bytes)", bytes.len());
    }
    Ok(())
}
