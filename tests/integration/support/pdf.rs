//! Poppler, qpdf and the checkers of PDF/UA as readers that nobody here wrote.

use std::process::Command;

use super::program::root;

/// What a program prints of a PDF, whose path takes the place of `@`; `None`, and a word about
/// it, where the program is not installed. A failure of the program fails the test.
pub fn read(pdf: &[u8], program: &str, arguments: &[&str]) -> Option<String> {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("annex.pdf");
    std::fs::write(&path, pdf).unwrap();
    let path = path.display().to_string();
    let arguments = arguments.iter().map(|a| if *a == "@" { path.as_str() } else { a });
    let Ok(output) = Command::new(program).args(arguments).output() else {
        eprintln!("SKIPPED: {program} is not installed");
        return None;
    };
    let (out, err) =
        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{program}: {}\n{out}{err}", output.status);
    Some(out.into_owned())
}

/// The interpreter that has the checkers: of `BESSATSU_PYTHON`, else `python3`.
pub fn python() -> String {
    std::env::var("BESSATSU_PYTHON").unwrap_or_else(|_| "python3".into())
}

/// Whether the interpreter has a module; says aloud where it has not.
pub fn has_module(module: &str) -> bool {
    let found = Command::new(python())
        .args(["-c", &format!("import {module}")])
        .output()
        .is_ok_and(|output| output.status.success());
    if !found {
        eprintln!("SKIPPED: {} has no module {module}", python());
    }
    found
}

/// A text without white space and without what pdftotext puts between pages.
pub fn dense(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{c}').collect()
}

/// A program of this folder.
pub fn script(name: &str) -> String {
    root().join("tests/integration/support").join(name).display().to_string()
}
