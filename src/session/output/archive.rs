//! Every official build is kept in a folder of its version, below that of the papers: what may be
//! published apart from what is the secretariat's own.

use std::path::{Path, PathBuf};

use super::Outputs;
use crate::publish::artifact::Artifact;

/// For the public.
const PUBLIC: &str = "公表用";
/// With what the departments wrote for the secretariat alone: remarks, cells, findings.
const OFFICE: &str = "事務局用";
/// The papers that are not for the public.
const NOT_PUBLIC: [&str; 5] =
    ["annex.json", "annex.xlsx", "comparison.pdf", "comparison.xlsx", "corrections.xlsx"];
/// The paper from which a version can be read again.
const ANNEX: &str = "annex.json";
/// Characters of a version's name in a folder's.
const NAME_CHARS: usize = 40;

/// The folder of a version, below that of the papers: 「第1.0版」.
pub fn folder_of(version: &str) -> Option<String> {
    let forbidden = |c: char| c.is_control() || r#"\/:*?"<>|"#.contains(c);
    let name = version.chars().filter(|c| !c.is_whitespace());
    let name: String = name.map(|c| if forbidden(c) { '_' } else { c }).take(NAME_CHARS).collect();
    let name = name.trim_matches('.');
    (!name.is_empty()).then(|| name.to_owned())
}

/// Adds papers to a set once more, in the folder of their version.
pub fn add(outputs: &mut Outputs, folder: &str, papers: &[Artifact]) {
    for paper in papers {
        let part = if NOT_PUBLIC.contains(&paper.name.as_str()) { OFFICE } else { PUBLIC };
        outputs.add(format!("{folder}/{part}/{}", paper.name), paper.bytes.clone());
    }
}

/// Where the papers for the public are.
pub fn public(out: &Path, folder: &str) -> PathBuf {
    out.join(folder).join(PUBLIC)
}

/// The annexes of the versions that are kept below a folder of papers, by name.
pub fn annexes(out: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(out).into_iter().flatten().flatten();
    let annexes = entries.map(|entry| entry.path().join(OFFICE).join(ANNEX));
    let mut annexes: Vec<PathBuf> = annexes.filter(|path| path.is_file()).collect();
    annexes.sort();
    annexes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_of_a_version_is_a_name_that_every_system_takes() {
        for (version, expected) in [
            ("第 1.0 版", Some("第1.0版")),
            ("1/2: 改", Some("1_2_改")),
            ("..", None),
            ("　", None),
            ("", None),
        ] {
            assert_eq!(folder_of(version).as_deref(), expected, "{version}");
        }
    }
}
