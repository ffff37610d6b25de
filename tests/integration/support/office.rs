//! LibreOffice as a reader that nobody here wrote.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

/// The cells of a sheet as shown, by row and column.
pub type Sheet = Vec<Vec<String>>;

/// Recalculates every formula on opening; without it LibreOffice trusts the stored results.
const RECALCULATE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>"#;

/// Opens a workbook, recalculates it, and gives every sheet by name; `None`, and a word about it,
/// where LibreOffice is not installed.
pub fn sheets(workbook: &[u8]) -> Option<BTreeMap<String, Sheet>> {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("book.xlsx"), workbook).unwrap();
    // A field comma, quotes, UTF-8, cells as shown, and every sheet in a file of its own.
    let filter = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1";
    convert(dir.path(), filter)?;
    let mut sheets = BTreeMap::new();
    for entry in std::fs::read_dir(dir.path()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if let Some(sheet) = name.strip_prefix("book-").and_then(|n| n.strip_suffix(".csv")) {
            let text = std::fs::read_to_string(&path).unwrap();
            sheets.insert(sheet.to_string(), cells(&text));
        }
    }
    Some(sheets)
}

/// The workbook opened and saved again in another format: `xls`, `ods`, `xlsx`; `None`, and a word
/// about it, where LibreOffice is not installed.
pub fn saved_as(workbook: &[u8], extension: &str) -> Option<Vec<u8>> {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("book.xlsx"), workbook).unwrap();
    let out = dir.path().join("saved");
    convert_to(dir.path(), &out, extension)?;
    Some(std::fs::read(out.join(format!("book.{extension}"))).unwrap())
}

/// Workbooks, with their file names, as LibreOffice saves them in another format, all in one run.
pub fn all_saved_as(
    books: &[(String, Vec<u8>)],
    extension: &str,
) -> Option<Vec<(String, Vec<u8>)>> {
    let dir = tempfile::tempdir().unwrap();
    let names = books.iter().map(|(name, bytes)| {
        std::fs::write(dir.path().join(name), bytes).unwrap();
        name.as_str()
    });
    let names: Vec<&str> = names.collect();
    let out = dir.path().join("saved");
    convert_all(dir.path(), &out, extension, &names)?;
    let saved = names.iter().map(|name| {
        let name = Path::new(name).with_extension(extension);
        (name.display().to_string(), std::fs::read(out.join(&name)).unwrap())
    });
    Some(saved.collect())
}

fn convert(dir: &Path, filter: &str) -> Option<()> {
    convert_to(dir, dir, filter)
}

fn convert_to(dir: &Path, out: &Path, filter: &str) -> Option<()> {
    convert_all(dir, out, filter, &["book.xlsx"])
}

fn convert_all(dir: &Path, out: &Path, filter: &str, names: &[&str]) -> Option<()> {
    let profile = dir.join("profile");
    std::fs::create_dir_all(profile.join("user")).unwrap();
    std::fs::write(profile.join("user/registrymodifications.xcu"), RECALCULATE).unwrap();
    let run = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", profile.display()))
        .args(["--headless", "--convert-to", filter, "--outdir"])
        .arg(out)
        .args(names.iter().map(|name| dir.join(name)))
        .output();
    let Ok(output) = run else {
        eprintln!("SKIPPED: LibreOffice (soffice) is not installed");
        return None;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(())
}

/// The cells of a CSV text (RFC 4180).
pub fn cells(text: &str) -> Sheet {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut quoted = false;
    let mut chars = text.strip_prefix('\u{feff}').unwrap_or(text).chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted => {}
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            _ => cell.push(c),
        }
    }
    if !cell.is_empty() || !row.is_empty() {
        row.push(cell);
        rows.push(row);
    }
    rows
}
