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
pub mod comparison;
pub mod data;
mod errors;
mod fonts;
mod overflow;
mod pages;
mod walk;
mod world;

use typst::foundations::Smart;
use typst::layout::PageRanges;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::diag::{Finding, Rule};
use crate::edition::Edition;
use crate::model::Annex;

pub use fonts::{covers, warm};
pub use pages::{Line, Place, lines, page_map, parse_pages};

/// The rules of this stage, which look at templates and at the finished layout.
pub static RULES: &[&Rule] = errors::RULES;

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

/// The PDF of the annex, and what the templates and the layout gave cause to say.
///
/// `None` comes with at least one finding of severity error.
pub fn render(
    edition: &Edition,
    annex: &Annex,
    options: &Options,
) -> (Option<Vec<u8>>, Vec<Finding>) {
    let paper = Press::default().print(edition, annex, options);
    forget();
    paper
}

/// Prints one annex after another: pages that did not change are not laid out again, and a paper
/// of which nothing changed is not even put out again.
#[derive(Default)]
pub struct Press {
    last: Option<Print>,
}

struct Print {
    world: world::AnnexWorld,
    ident: String,
    standard: Standard,
    /// The whole paper; `None` where only some pages were asked for.
    paper: Option<(Option<Vec<u8>>, Vec<Finding>)>,
}

impl Press {
    /// As [`render`].
    pub fn print(
        &mut self,
        edition: &Edition,
        annex: &Annex,
        options: &Options,
    ) -> (Option<Vec<u8>>, Vec<Finding>) {
        let layout = match options.layout {
            Layout::Category => "category",
            Layout::Department => "department",
        };
        let ident = format!("bessatsu/{}/{}/{layout}", edition.id, edition.version);
        let data = data::json(edition, annex, options);
        let world = match self.last.take() {
            None => world::AnnexWorld::annex(options.templates.clone(), data),
            Some(last) => {
                // What is said of a layout names cells, which may have moved.
                let is_silent = |paper: &(Option<Vec<u8>>, Vec<Finding>)| paper.1.is_empty();
                let is_same = last.ident == ident
                    && last.standard == options.standard
                    && options.pages.is_none()
                    && last.world.is(&options.templates, &data);
                if let Some(paper) = last.paper.clone().filter(|p| is_same && is_silent(p)) {
                    self.last = Some(last);
                    return paper;
                }
                let mut world = last.world;
                world.renew(options.templates.clone(), data);
                world
            }
        };
        let inspect = |document: &PagedDocument| overflow::findings(document, edition, annex);
        let paper = typeset(&world, ident.clone(), options, inspect);
        let whole = options.pages.is_none().then(|| paper.clone());
        self.last = Some(Print { world, ident, standard: options.standard, paper: whole });
        paper
    }
}

/// The PDF of any paper of ours; `ident` is the same for the same paper, `inspect` looks at its
/// finished pages.
fn typeset(
    world: &world::AnnexWorld,
    ident: String,
    options: &Options,
    inspect: impl Fn(&PagedDocument) -> Vec<Finding> + Sync,
) -> (Option<Vec<u8>>, Vec<Finding>) {
    let (document, mut findings) = lay_out(world);
    let Some(document) = document else { return (None, findings) };
    // In a rebuild the other core is busy for a while, and the export is not to wait for it.
    let (bytes, seen) = rayon::join(|| export(&document, ident, options), || inspect(&document));
    findings.extend(seen);
    match bytes {
        Ok(bytes) => (Some(bytes), findings),
        Err(diagnostics) => {
            findings.extend(errors::findings(world, &diagnostics));
            (None, findings)
        }
    }
}

/// The built-in templates, by name.
pub fn templates() -> impl Iterator<Item = (&'static str, &'static str)> {
    world::TEMPLATES.iter().copied()
}

/// Pictures of the chosen sheets, each with its number counted from the cover.
pub fn previews(
    edition: &Edition,
    annex: &Annex,
    options: &Options,
    picture: Picture,
) -> (Vec<(usize, Vec<u8>)>, Vec<Finding>) {
    let world = world::AnnexWorld::new(edition, annex, options);
    let (document, mut findings) = lay_out(&world);
    findings.extend(document.iter().flat_map(|d| overflow::findings(d, edition, annex)));
    let pictures = document.map_or_else(Vec::new, |document| {
        pages::chosen(&document, options.pages.as_ref())
            .map(|(number, page)| (number, pages::draw(page, picture)))
            .collect()
    });
    forget();
    (pictures, findings)
}

fn lay_out(world: &world::AnnexWorld) -> (Option<PagedDocument>, Vec<Finding>) {
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

fn export(
    document: &PagedDocument,
    ident: String,
    options: &Options,
) -> typst::diag::SourceResult<Vec<u8>> {
    let standards = PdfStandards::new(options.standard.list()).unwrap_or_default();
    let creator = concat!("bessatsu ", env!("CARGO_PKG_VERSION"));
    typst_pdf::pdf(
        document,
        &PdfOptions {
            ident: Smart::Custom(ident),
            creator: Smart::Custom(Some(creator.into())),
            timestamp: None,
            // Typst refuses to tag an excerpt, so the file always holds all pages.
            page_ranges: None,
            standards,
            tagged: true,
            pretty: false,
        },
    )
}
