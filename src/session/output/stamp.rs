//! Of which build the papers in a folder are, so that none takes the place of another's unasked.

use std::path::Path;

use crate::edition::Edition;
use crate::publish::data;
use crate::session::files::{self, Links};

/// The longest stamp that is read.
pub const LONGEST: u64 = 4096;
/// The longest annex that is looked into for what it is of.
const ANNEX: u64 = 64 << 20;
/// The paper that says of which edition and version a folder is that has no stamp.
const PAPER: &str = "annex.json";
const DRAFT: &str = "draft";
const OFFICIAL: &str = "official";

/// Of which build papers are. It stands in the lock file of their folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    pub edition: String,
    pub version: String,
    /// `None`: nobody knows any more.
    pub draft: Option<bool>,
}

impl Stamp {
    pub fn new(edition: &Edition, draft: bool) -> Self {
        Self {
            edition: edition.id().to_owned(),
            version: edition.front.version.clone(),
            draft: Some(draft),
        }
    }

    /// That of the papers in a folder, by the line in its lock file; `None` where there are none.
    /// Without a stamp the papers say of which edition and version they are.
    pub fn of(folder: &Path, line: Option<&str>) -> Option<Self> {
        if let Some(stamp) = line.and_then(Self::parsed) {
            // Whoever took the papers away wants new ones.
            return folder.join(PAPER).is_file().then_some(stamp);
        }
        let bytes = files::read(&folder.join(PAPER), ANNEX, Links::Refuse).ok()?;
        let front = data::read(std::str::from_utf8(&bytes).ok()?).ok()?.front;
        Some(Self { edition: front.edition, version: front.version, draft: None })
    }

    /// As [`Self::parsed`] reads it.
    pub fn line(&self) -> String {
        let of = if self.draft == Some(true) { DRAFT } else { OFFICIAL };
        let one_line = |text: &str| text.replace(['\n', '\r', '\t'], " ");
        format!("{of}\t{}\t{}\n", one_line(&self.edition), one_line(&self.version))
    }

    fn parsed(text: &str) -> Option<Self> {
        let mut parts = text.strip_suffix('\n')?.split('\t');
        let draft = match parts.next()? {
            DRAFT => Some(true),
            OFFICIAL => Some(false),
            _ => return None,
        };
        let (edition, version) = (parts.next()?.to_owned(), parts.next()?.to_owned());
        Some(Self { edition, version, draft })
    }

    /// Whether papers of this build may take the place of those. `is_kept`: the others lie in
    /// their version's folder as well.
    pub fn may_replace(&self, there: &Self, is_kept: bool) -> bool {
        self.edition == there.edition
            && match (self.draft, there.draft) {
                (_, Some(true)) => true,
                (Some(true), Some(false)) => false,
                (_, Some(false) | None) => self.version == there.version || is_kept,
            }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp(edition: &str, version: &str, draft: bool) -> Stamp {
        Stamp { edition: edition.into(), version: version.into(), draft: Some(draft) }
    }

    #[test]
    fn a_stamp_is_read_as_it_was_written() {
        for stamp in [stamp("R7", "第 1.0 版", false), stamp("R8", "", true)] {
            assert_eq!(Stamp::parsed(&stamp.line()), Some(stamp));
        }
        for text in ["", "draft\tR7\n", "other\tR7\t1\n", "draft\tR7\t1"] {
            assert_eq!(Stamp::parsed(text), None, "{text}");
        }
    }

    #[test]
    fn a_draft_gives_way_and_official_papers_do_to_those_of_their_version_alone() {
        let (official, draft) = (stamp("R7", "1.0", false), stamp("R7", "1.0", true));
        for (new, there, is_kept, expected) in [
            (&official, &draft, false, true),
            (&draft, &draft, false, true),
            (&official, &official, false, true),
            (&draft, &official, false, false),
            (&draft, &official, true, false),
            (&stamp("R7", "1.1", false), &official, false, false),
            (&stamp("R7", "1.1", false), &official, true, true),
            (&stamp("R7", "1.1", true), &draft, false, true),
            (&stamp("R8", "1.0", false), &official, true, false),
            (&stamp("R8", "1.0", true), &draft, false, false),
        ] {
            assert_eq!(new.may_replace(there, is_kept), expected, "{new:?} over {there:?}");
        }
        let unknown = Stamp { draft: None, ..official.clone() };
        assert!(draft.may_replace(&unknown, false));
        assert!(!stamp("R7", "1.1", true).may_replace(&unknown, false));
    }
}
