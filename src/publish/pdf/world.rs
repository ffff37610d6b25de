//! The world that Typst sees: the templates, `data.json`, the embedded fonts, and no clock.

use std::borrow::Cow;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};
use typst_kit::files::{FileLoader, FileStore};
use typst_kit::fonts::FontStore;

use super::data::{self, DataError};
use super::{Options, fonts, gaps};
use crate::diag::Finding;
use crate::edition::Edition;
use crate::model::Annex;

/// The template that is compiled.
const MAIN: &str = "main.typ";
/// The file under which templates find the annex.
const DATA: &str = "data.json";

/// The built-in templates by name.
pub static TEMPLATES: &[(&str, &str)] = &[
    (MAIN, include_str!("../../../templates/annex/main.typ")),
    ("layout.typ", include_str!("../../../templates/annex/layout.typ")),
    ("data.typ", include_str!("../../../templates/annex/data.typ")),
    ("text.typ", include_str!("../../../templates/annex/text.typ")),
    ("cover.typ", include_str!("../../../templates/annex/cover.typ")),
    ("contents.typ", include_str!("../../../templates/annex/contents.typ")),
    ("body.typ", include_str!("../../../templates/annex/body.typ")),
    ("header.typ", include_str!("../../../templates/annex/header.typ")),
    ("sheets.typ", include_str!("../../../templates/annex/sheets.typ")),
    ("chapters.typ", include_str!("../../../templates/annex/chapters.typ")),
    ("tables.typ", include_str!("../../../templates/annex/tables.typ")),
    ("confirmation.typ", include_str!("../../../templates/annex/confirmation.typ")),
    ("foot.typ", include_str!("../../../templates/annex/foot.typ")),
    ("colophon.typ", include_str!("../../../templates/annex/colophon.typ")),
];

/// One annex to be typeset.
pub struct AnnexWorld {
    library: LazyHash<Library>,
    fonts: FontStore,
    files: FileStore<Templates>,
    main: FileId,
}

impl AnnexWorld {
    /// With what there is to say of characters that a draft cannot print.
    pub fn new(
        edition: &Edition,
        annex: &Annex,
        options: &Options,
    ) -> Result<(Self, Vec<Finding>), DataError> {
        let data = data::json(edition, annex, options)?;
        let (data, marked) = gaps::marked(edition, options.draft.is_some(), data)?;
        Ok((Self::annex(options.files(), data), marked))
    }

    /// An annex of templates of its edition's own, and of data.
    pub fn annex(own: Vec<(String, Vec<u8>)>, data: Vec<u8>) -> Self {
        Self::of(TEMPLATES, own, data)
    }

    /// The same with marks in the edition's own sources for what no font has; `None` where they have
    /// nothing of it.
    pub fn with_gaps(&self, edition: &Edition) -> Option<Self> {
        let Templates { built_in, own, data } = self.files.loader();
        let mut is_marked = false;
        let mut mark = |(name, bytes): &(String, Vec<u8>)| {
            let is_source = name.to_ascii_lowercase().ends_with(".typ");
            let marked = is_source.then(|| gaps::marked_source(edition, bytes)).flatten();
            is_marked |= marked.is_some();
            (name.clone(), marked.unwrap_or_else(|| bytes.clone()))
        };
        let own = own.iter().map(&mut mark).collect();
        is_marked.then(|| Self::of(built_in, own, data.to_vec()))
    }

    /// Takes the place of what was typeset before; what did not change is not laid out again.
    pub fn renew(&mut self, own: Vec<(String, Vec<u8>)>, data: Vec<u8>) {
        let templates = self.files.loader_mut();
        (templates.own, templates.data) = (own, Bytes::new(data));
        self.files.reset();
    }

    /// Whether these templates and data are what was typeset before.
    pub fn is(&self, own: &[(String, Vec<u8>)], data: &[u8]) -> bool {
        let templates = self.files.loader();
        templates.own == own && templates.data.as_slice() == data
    }

    /// A paper of other templates and data.
    pub fn of(
        built_in: &'static [(&'static str, &'static str)],
        own: Vec<(String, Vec<u8>)>,
        data: Vec<u8>,
    ) -> Self {
        Self {
            library: LazyHash::new(library()),
            fonts: fonts::store(),
            files: FileStore::new(Templates { built_in, own, data: Bytes::new(data) }),
            main: file_id(MAIN),
        }
    }
}

/// With what says which cells of a row are the headers of others.
fn library() -> Library {
    let features = [Feature::A11yExtras].into_iter().collect();
    Library::builder().with_features(features).build()
}

impl World for AnnexWorld {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.files.source(id)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.file(id)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// The name of a template, as its author knows it.
pub fn name(id: FileId) -> Cow<'static, str> {
    Cow::Borrowed(id.get().vpath().get_without_slash())
}

fn file_id(name: &'static str) -> FileId {
    let Ok(path) = VirtualPath::new(name) else { unreachable!("a constant of this file") };
    RootedPath::new(VirtualRoot::Project, path).intern()
}

/// The edition's own templates, then the built-in ones, then the data.
struct Templates {
    built_in: &'static [(&'static str, &'static str)],
    own: Vec<(String, Vec<u8>)>,
    data: Bytes,
}

impl FileLoader for Templates {
    fn load(&self, id: FileId) -> FileResult<Bytes> {
        let path = id.get();
        let name = path.vpath().get_without_slash();
        if *path.root() != VirtualRoot::Project {
            return Err(FileError::Other(Some("packages are not available".into())));
        }
        if name == DATA {
            return Ok(self.data.clone());
        }
        if let Some((_, bytes)) = self.own.iter().find(|(own, _)| own == name) {
            return Ok(Bytes::new(bytes.clone()));
        }
        self.built_in
            .iter()
            .find(|(built_in, _)| *built_in == name)
            .map(|(_, text)| Bytes::from_string(*text))
            .ok_or_else(|| FileError::NotFound(name.into()))
    }
}
