//! One side of a comparison: an edition's folder or an `annex.json`.

use std::fs;
use std::path::{Path, PathBuf};

use super::CannotRun;
use super::args::EditionArg;
use super::load;
use super::plan::Plan;
use super::timings::Timings;
use crate::edition::Edition;
use crate::model::Annex;
use crate::publish::data;

pub struct Version {
    pub annex: Annex,
    /// The settings, where an edition's folder was named.
    pub edition: Option<Edition>,
}

/// Reads what `path` names, by what it is and not by what it is called.
pub fn read(path: &Path) -> Result<Version, CannotRun> {
    if path.is_dir() {
        return folder(path);
    }
    let cannot = |why: String| CannotRun(format!("「{}」を読めません（{why}）。", path.display()));
    let bytes = fs::read(path).map_err(|error| cannot(error.to_string()))?;
    let text = String::from_utf8(bytes)
        .map_err(|_| cannot("版のフォルダーか annex.json を指定してください".to_owned()))?;
    let annex = data::read(&text).map_err(cannot)?;
    Ok(Version { annex, edition: None })
}

fn folder(path: &Path) -> Result<Version, CannotRun> {
    let plan = Plan::find(&EditionArg { edition: Some(PathBuf::from(path)), submissions: None })?;
    let loaded = load::load(&plan, &mut Timings::default())?.map_err(|_| {
        CannotRun(format!(
            "「{}」の設定に誤りがあります。bessatsu check で確かめてください。",
            path.display()
        ))
    })?;
    Ok(Version { annex: loaded.intake.annex, edition: Some(loaded.edition) })
}
