//! The files of an edition's chapters and appendices.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::files::{self, Links, list};
use super::paths::{Paths, SETTINGS};
use crate::diag::Finding;
use crate::edition::{Edition, Limit};
use crate::publish::pdf;
use crate::text::similar::nearest;

/// What a file of Typst may show or take in from its folder.
const BESIDE: [&str; 8] = ["typ", "svg", "png", "jpg", "jpeg", "gif", "webp", "csv"];

/// The files by their names in the settings, and what stands beside those of Typst in a folder of
/// theirs. What cannot be read is not among them.
pub fn read(paths: &Paths, edition: &Edition) -> Vec<(String, Vec<u8>)> {
    let most = edition.limits.most(Limit::File);
    names(paths, edition)
        .into_iter()
        .filter_map(|name| {
            let bytes = files::read(&paths.folder.join(&name), most, Links::Refuse).ok()?;
            (bytes.len() as u64 <= most).then_some((name, bytes))
        })
        .collect()
}

/// The paths of these files, whether they are there or not.
pub fn paths(paths: &Paths, edition: &Edition) -> Vec<PathBuf> {
    names(paths, edition).iter().map(|name| paths.folder.join(name)).collect()
}

/// What is wrong with them.
pub fn check(paths: &Paths, edition: &Edition, files: &[(String, Vec<u8>)]) -> Vec<Finding> {
    let near = |name: &str| {
        let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
        let there = list(&paths.folder.join(folder)).unwrap_or_default();
        let there = there.iter().map(|entry| entry.file_name().to_string_lossy().into_owned());
        let there: Vec<String> = there.collect();
        let near = nearest(file, there.iter().map(String::as_str))?;
        Some(if folder.is_empty() { near.to_owned() } else { format!("{folder}/{near}") })
    };
    pdf::check_chapters(edition, SETTINGS, files, near)
}

fn names(paths: &Paths, edition: &Edition) -> BTreeSet<String> {
    let named = edition.chapters.iter().chain(&edition.appendices);
    let named: Vec<&str> = named.map(|chapter| chapter.file.as_str()).collect();
    let folders = named.iter().filter(|name| name.ends_with(".typ"));
    let folders: BTreeSet<&str> =
        folders.filter_map(|name| Some(name.rsplit_once('/')?.0)).collect();
    let beside = folders.into_iter().flat_map(|folder| {
        let entries = list(&paths.folder.join(folder)).unwrap_or_default().into_iter();
        entries.filter_map(move |entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            let extension = Path::new(&name).extension()?.to_str()?.to_ascii_lowercase();
            BESIDE.contains(&extension.as_str()).then(|| format!("{folder}/{name}"))
        })
    });
    let named = named.iter().filter(|name| !name.is_empty()).map(|name| (*name).to_owned());
    named.chain(beside).collect()
}
