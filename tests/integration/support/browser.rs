//! A headless browser that reads pages as a person would, driven by the scripts of `tests/web`.

use std::path::Path;
use std::process::Command;

use super::program::root;

/// Opens pages, by file name, under a script and says what it found wrong; nothing, and a word
/// about it, where there is no browser. `BESSATSU_PICTURES` names a folder for what it saw.
pub fn read(script: &str, pages: &[(&str, &str)]) {
    let folder = root().join("tests/web");
    let chromium = std::env::var("BESSATSU_CHROMIUM").unwrap_or("/usr/bin/chromium".into());
    let node = Command::new("node").arg("--version").output().is_ok();
    if !node || !Path::new(&chromium).exists() || !folder.join("node_modules").exists() {
        eprintln!("SKIPPED: needs node, {chromium} and `npm ci` in {}", folder.display());
        return;
    }
    let temporary = tempfile::tempdir().unwrap();
    let mut command = Command::new("node");
    command.arg(folder.join(script));
    for (name, page) in pages {
        let path = temporary.path().join(name);
        std::fs::write(&path, page).unwrap();
        if let Ok(pictures) = std::env::var("BESSATSU_PICTURES") {
            std::fs::copy(&path, Path::new(&pictures).join(name)).unwrap();
        }
        command.arg(path);
    }
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
}
