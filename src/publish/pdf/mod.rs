//! The typeset PDF: the model as values ([`data`]), templates and fonts as a Typst world
//! ([`world`]), Typst's complaints as findings ([`errors`]), and so what leaves its place on the
//! finished pages ([`overflow`]).
//!
//! Templates live in `templates/annex/` and hold no content; an edition may replace them one by
//! one. What a template may read is [`data::Data`] and nothing else: there is no clock, no
//! network and no file but the templates themselves.
//!
#![doc = include_str!("standards.md")]

pub mod blocks;
mod break_hints;
mod chapters;
mod columns;
pub mod comparison;
pub mod data;
mod entry_pages;
mod errors;

mod fields;
mod fonts;
mod gaps;
mod groups;
mod incremental;
mod overflow;
mod pages;
mod phrases;
pub mod progress;
mod side_files;
pub mod walk;
mod widths;
mod world;

use typst::foundations::Smart;
pub use typst::layout::PageRanges;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::diag::{Finding, Rule, Severity};
use crate::edition::Edition;
use crate::model::Annex;
use crate::publish::artifact::{Artifact, ContentType, Rendered};
use crate::publish::confirmation::Confirmation;
use crate::publish::internal::internal_error;

pub use chapters::check as check_chapters;
pub use entry_pages::entry_pages;
pub use errors::is_glyph_missing;
pub use fields::fields;
pub use fonts::{covers, warm};
pub use incremental::IncrementalRenderer;
pub use pages::parse_pages;
pub use side_files::check as check_side_files;

/// The rules of this stage, which look at templates and at the finished layout.
pub static RULES: &[&Rule] = errors::RULES;

/// The name of the annex in findings on it.
const ANNEX: &str = "annex.pdf";

/// Pages of layouts are kept for this many further layouts, so that the next one is quick. After
/// twenty changes of a cell the program holds 150 MiB, whether the number is 1, 3 or 10.
const KEEP_LAYOUTS: usize = 3;

/// Lets go of layouts that nothing has asked for of late. It takes as long as a tenth of a layout,
/// so it is done when the user has the papers, or never where the program ends.
pub fn forget() {
    comemo::evict(KEEP_LAYOUTS);
}

/// What is to be made of the model.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// A draft with this many open errors; `None` for the official print.
    pub draft: Option<usize>,
    pub standard: Standard,
    /// Sheets to make pictures of, counted from the cover; `None` for all.
    pub pages: Option<PageRanges>,
    pub layout: Layout,
    /// Templates that replace or extend the built-in ones: name and content.
    pub templates: Vec<(String, Vec<u8>)>,
    /// The files of chapters and appendices, by the names that the settings give them, and what
    /// stands beside those of Typst.
    pub chapters: Vec<(String, Vec<u8>)>,
    /// What a department is asked to confirm, where the annex is its part of it.
    pub confirmation: Option<Confirmation>,
}

impl Options {
    /// Every file that Typst may read beside the built-in templates and the data.
    fn files(&self) -> Vec<(String, Vec<u8>)> {
        [self.templates.as_slice(), &self.chapters].concat()
    }
}

/// What the chapters of the body are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// Pillars with their categories: the official one.
    #[default]
    Category,
    /// Departments with their share of each category, for their own use.
    Department,
}

/// The standards that the file conforms to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standard {
    /// PDF/UA-1 and PDF/A-2a together: the most that Typst gives.
    #[default]
    Ua1A2a,
    /// PDF/UA-1 and PDF/A-3a.
    Ua1A3a,
    /// PDF/UA-1 alone.
    Ua1,
    /// PDF/A-2a alone.
    A2a,
    /// PDF/A-2u alone.
    A2u,
    /// PDF 1.7 without a promise.
    Plain,
}

impl Standard {
    pub const ALL: [(&'static str, Standard); 6] = [
        ("ua-1+a-2a", Self::Ua1A2a),
        ("ua-1+a-3a", Self::Ua1A3a),
        ("ua-1", Self::Ua1),
        ("a-2a", Self::A2a),
        ("a-2u", Self::A2u),
        ("1.7", Self::Plain),
    ];

    /// The standard by its name on the command line.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|&(_, standard)| standard)
    }

    fn list(self) -> &'static [PdfStandard] {
        match self {
            Self::Ua1A2a => &[PdfStandard::Ua_1, PdfStandard::A_2a],
            Self::Ua1A3a => &[PdfStandard::Ua_1, PdfStandard::A_3a],
            Self::Ua1 => &[PdfStandard::Ua_1],
            Self::A2a => &[PdfStandard::A_2a],
            Self::A2u => &[PdfStandard::A_2u],
            Self::Plain => &[PdfStandard::V_1_7],
        }
    }
}

/// The picture format of a preview.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Picture {
    /// With this many pixels per point (2.0 is 144 dpi).
    Png(f32),
    Svg,
}

/// What the templates and the layout gave cause to say, of a paper that cannot be made.
fn unmade(findings: Vec<Finding>) -> Rendered {
    Rendered { artifacts: Vec::new(), findings }
}

/// The PDF of the annex.
pub fn render(edition: &Edition, annex: &Annex, options: &Options) -> Rendered {
    let (world, marked) = match world::AnnexWorld::new(edition, annex, options) {
        Ok(world) => world,
        Err(error) => return Rendered::failed(internal_error(ANNEX, error)),
    };
    let inspect = |document: &PagedDocument| overflow::findings(document, edition, annex);
    let export = Export::annex(edition, options);
    let mut paper = put_out(edition, &world, lay_out(&world), export, inspect);
    paper.findings.extend(marked);
    forget();
    paper
}

/// As what a layout is exported.
#[derive(Clone, PartialEq)]
struct Export {
    /// The name of the paper in findings.
    name: &'static str,
    /// What the paper is known by, in every version of its file.
    ident: String,
    standard: Standard,
    /// What no font has stops nothing.
    is_draft: bool,
}

impl Export {
    fn annex(edition: &Edition, options: &Options) -> Self {
        let layout = match options.layout {
            Layout::Category => "category",
            Layout::Department => "department",
        };
        let mut ident = format!("bessatsu/{}/{}/{layout}", edition.id(), edition.front.version);
        if let Some(asked) = &options.confirmation {
            ident += &format!("/{}", asked.department);
        }
        Self { name: ANNEX, ident, standard: options.standard, is_draft: options.draft.is_some() }
    }
}

/// The pages, and what the templates gave cause to say.
type LaidOut = (Option<PagedDocument>, Vec<Finding>);

/// The file of a layout; `inspect` looks at its finished pages.
fn put_out(
    edition: &Edition,
    world: &world::AnnexWorld,
    (document, mut findings): LaidOut,
    export: Export,
    inspect: impl Fn(&PagedDocument) -> Vec<Finding> + Sync,
) -> Rendered {
    let Some(document) = document else { return unmade(findings) };
    let name = export.name;
    let options = match pdf_options(&export) {
        Ok(options) => options,
        Err(reason) => {
            findings.push(internal_error(name, reason));
            return unmade(findings);
        }
    };
    // In a rebuild the other core is busy for a while, and the export is not to wait for it.
    let (bytes, seen) = rayon::join(|| typst_pdf::pdf(&document, &options), || inspect(&document));
    findings.extend(seen);
    match bytes {
        Ok(bytes) => {
            let artifacts = vec![Artifact::new(name, ContentType::Pdf, bytes)];
            Rendered { artifacts, findings }
        }
        Err(diagnostics) => {
            let told = errors::findings(world, &diagnostics);
            let bytes = match export.is_draft && told.iter().all(errors::is_glyph_missing) {
                true => with_gaps(edition, world, &document, &export),
                false => None,
            };
            let Some(bytes) = bytes else {
                findings.extend(told);
                return unmade(findings);
            };
            findings.extend(told.into_iter().map(|told| told.severity(Severity::Warning)));
            let artifacts = vec![Artifact::new(name, ContentType::Pdf, bytes)];
            Rendered { artifacts, findings }
        }
    }
}

/// The file of a draft whose templates or chapters have what no font has: with marks in its place, or
/// else as it is, without the promise that all can be read aloud.
fn with_gaps(
    edition: &Edition,
    world: &world::AnnexWorld,
    document: &PagedDocument,
    export: &Export,
) -> Option<Vec<u8>> {
    let marked = world.with_gaps(edition).and_then(|world| lay_out(&world).0);
    let file = |document: &PagedDocument, standard| {
        let options = pdf_options(&Export { standard, ..export.clone() }).ok()?;
        typst_pdf::pdf(document, &options).ok()
    };
    let of_marked = marked.as_ref().and_then(|marked| file(marked, export.standard));
    of_marked.or_else(|| file(marked.as_ref().unwrap_or(document), Standard::Plain))
}

/// The built-in templates, by name.
pub fn templates() -> impl Iterator<Item = (&'static str, &'static str)> {
    world::TEMPLATES.iter().copied()
}

/// Pictures of the chosen sheets, numbered from the cover; none where no sheet is chosen.
pub fn previews(edition: &Edition, annex: &Annex, options: &Options, picture: Picture) -> Rendered {
    let (document, mut findings) = pages(edition, annex, options);
    let Some(document) = document else { return unmade(findings) };
    findings.extend(overflow::findings(&document, edition, annex));
    let (extension, content_type) = match picture {
        Picture::Png(_) => ("png", ContentType::Png),
        Picture::Svg => ("svg", ContentType::Svg),
    };
    let pictures = pages::chosen(&document, options.pages.as_ref())
        .map(|(number, page)| {
            let name = format!("annex-{number:02}.{extension}");
            Ok(Artifact::new(name, content_type, pages::draw(page, picture)?))
        })
        .collect::<Result<Vec<Artifact>, String>>();
    forget();
    match pictures {
        Ok(artifacts) => Rendered { artifacts, findings },
        Err(error) => {
            findings.push(internal_error(ANNEX, error));
            unmade(findings)
        }
    }
}

/// The pages of the annex, for those who look at the typesetting and not at the file.
///
/// `None` comes with at least one finding of severity error.
pub fn pages(
    edition: &Edition,
    annex: &Annex,
    options: &Options,
) -> (Option<PagedDocument>, Vec<Finding>) {
    match world::AnnexWorld::new(edition, annex, options) {
        Ok((world, marked)) => {
            let (document, mut findings) = lay_out(&world);
            findings.extend(marked);
            (document, findings)
        }
        Err(error) => (None, vec![internal_error(ANNEX, error)]),
    }
}

fn lay_out(world: &world::AnnexWorld) -> LaidOut {
    let compiled = typst::compile::<PagedDocument>(world);
    let mut findings = errors::findings(world, &compiled.warnings);
    match compiled.output {
        Ok(document) => (Some(document), findings),
        Err(diagnostics) => {
            findings.extend(errors::findings(world, &diagnostics));
            (None, findings)
        }
    }
}

/// How Typst is to export; `Err` where it refuses the standards together.
fn pdf_options(export: &Export) -> Result<PdfOptions, String> {
    let creator = concat!("bessatsu ", env!("CARGO_PKG_VERSION"));
    Ok(PdfOptions {
        ident: Smart::Custom(export.ident.clone()),
        creator: Smart::Custom(Some(creator.into())),
        timestamp: None,
        // Typst refuses to tag an excerpt, so the file always holds all pages.
        page_ranges: None,
        standards: standards(export.standard.list())?,
        tagged: true,
        pretty: false,
    })
}

fn standards(list: &[PdfStandard]) -> Result<PdfStandards, String> {
    PdfStandards::new(list).map_err(|refused| refused.message().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn standards_that_typst_refuses_are_an_error_and_never_no_standard() {
        for (name, standard) in Standard::ALL {
            assert!(standards(standard.list()).is_ok(), "{name}");
        }
        let refused = standards(&[PdfStandard::Ua_1, PdfStandard::A_4]);
        assert!(refused.is_err_and(|reason| !reason.is_empty()));
    }
}
