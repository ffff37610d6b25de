//! Makes the papers of an edition. Whoever builds once and whoever builds again and again asks
//! the same; what is kept from one build to the next only saves time.

use std::path::{Path, PathBuf};

use super::content::{Checked, Content, Entries};
use super::error::Error;
use super::observer::{Observer, Stage, stage};
use super::output::{Outputs, Written};
use super::{progress, version::Version};
use crate::compare::{Comparison, compare};
use crate::diag::{Finding, Severity};
use crate::publish::artifact::Rendered;
use crate::publish::{data, pdf, web, workbook};
use crate::report::Report;

/// What is to be made, and how.
#[derive(Clone, Debug, Default)]
pub struct BuildRequest {
    /// The folder for what is made.
    pub out: PathBuf,
    /// Made although there are errors, and printed as a draft.
    pub draft: bool,
    pub papers: Papers,
    pub layout: pdf::Layout,
    pub standard: pdf::Standard,
    /// The version that the workbook shows the changes since.
    pub against: Option<PathBuf>,
    pub entries: Entries,
}

/// Which papers are made.
#[derive(Clone, Debug, Default)]
pub enum Papers {
    /// All of them.
    #[default]
    Annex,
    /// Pictures of pages, and nothing else.
    Pictures { picture: pdf::Picture, pages: Option<pdf::PageRanges> },
}

/// What came of a request.
#[derive(Debug)]
pub struct BuildResult {
    pub report: Report,
    /// What was read; nothing where the settings cannot be.
    pub content: Option<Content>,
    /// The version that the workbook shows the changes since.
    pub against: Option<Version>,
    /// The papers, or why nothing was written.
    pub written: Result<Vec<Written>, NotWritten>,
}

/// Why nothing was written; a finding says where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotWritten {
    /// The settings cannot be read.
    Settings,
    /// There are errors, and a draft was not asked for.
    Errors,
    /// A paper cannot be made, not even as a draft.
    NoPaper,
}

/// Makes papers, and keeps what the next ones can be made of.
#[derive(Default)]
pub(super) struct Builder {
    renderer: pdf::IncrementalRenderer,
}

impl Builder {
    pub fn build(
        &mut self,
        request: &BuildRequest,
        checked: Checked,
        observer: &dyn Observer,
    ) -> Result<BuildResult, Error> {
        let Checked { mut report, content } = checked;
        let Some(content) = content else {
            let written = Err(NotWritten::Settings);
            return Ok(BuildResult { report, content: None, against: None, written });
        };
        if report.is_blocked() && !request.draft {
            let written = Err(NotWritten::Errors);
            return Ok(BuildResult { report, content: Some(content), against: None, written });
        }
        // A draft of it would lack the rows of what is not there.
        if content.intake.annex.broken_reference().is_some() {
            let written = Err(NotWritten::NoPaper);
            return Ok(BuildResult { report, content: Some(content), against: None, written });
        }
        let options = options(request, &content, &report);
        let against = request.against.as_deref().map(Version::read).transpose()?;
        let made = match &request.papers {
            Papers::Annex => {
                let annex = &content.intake.annex;
                let changes = against.as_ref().map(|old| compare(&old.annex, annex).comparison);
                self.papers(&content, &report, &options, changes.as_ref(), &request.out, observer)?
            }
            Papers::Pictures { picture, .. } => pictures(&content, &options, *picture, observer)?,
        };
        let failed = made.findings.iter().any(|finding| finding.severity == Severity::Error);
        report.add(&content.edition, made.findings);
        let written = match made.outputs {
            None => Err(NotWritten::NoPaper),
            Some(_) if failed && !request.draft => Err(NotWritten::Errors),
            Some(outputs) => Ok(stage(observer, Stage::Writing, || outputs.write(&request.out))?),
        };
        Ok(BuildResult { report, content: Some(content), against, written })
    }

    /// Makes every paper: the PDF on one core, the rest, which is done sooner and goes to the disk
    /// meanwhile, on another.
    fn papers(
        &mut self,
        content: &Content,
        report: &Report,
        options: &pdf::Options,
        changes: Option<&Comparison>,
        out: &Path,
        observer: &dyn Observer,
    ) -> Result<Made, Error> {
        let (edition, annex) = (&content.edition, &content.intake.annex);
        let (pdf, rest) = rayon::join(
            || {
                stage(observer, Stage::Typesetting, || {
                    self.renderer.render(edition, annex, options)
                })
            },
            || {
                // The templates are read first, on the other core, and then ask for the fonts.
                pdf::warm(edition);
                stage(observer, Stage::Data, || {
                    let rest = beside_the_pdf(content, report, changes);
                    let mut outputs = Outputs::default();
                    let is_made = !rest.artifacts.is_empty();
                    if is_made {
                        outputs.extend(rest.artifacts);
                        outputs.begin(out)?;
                    }
                    Ok::<_, Error>((is_made.then_some(outputs), rest.findings))
                })
            },
        );
        let (outputs, more) = rest?;
        let mut findings = pdf.findings;
        findings.extend(more);
        let outputs = outputs.filter(|_| !pdf.artifacts.is_empty()).map(|mut outputs| {
            outputs.extend(pdf.artifacts);
            outputs
        });
        Ok(Made { outputs, findings })
    }
}

/// Evicts layouts that nothing has asked for of late from Typst's cache. It takes a moment: to be
/// called when the papers are written and nobody waits.
pub fn forget_layouts() {
    pdf::forget();
}

fn options(request: &BuildRequest, content: &Content, report: &Report) -> pdf::Options {
    let pages = match &request.papers {
        Papers::Annex => None,
        Papers::Pictures { pages, .. } => pages.clone(),
    };
    pdf::Options {
        draft: request.draft.then(|| report.blocking()),
        standard: request.standard,
        pages,
        layout: request.layout,
        templates: content.templates.clone(),
        chapters: content.chapters.clone(),
    }
}

struct Made {
    /// `None` where one of them could not be made; a finding says why.
    outputs: Option<Outputs>,
    findings: Vec<Finding>,
}

/// The workbook, the web page and the data; nothing where one of them cannot be made.
fn beside_the_pdf(content: &Content, report: &Report, changes: Option<&Comparison>) -> Rendered {
    let (edition, annex) = (&content.edition, &content.intake.annex);
    let book = match changes {
        None => workbook::render(edition, annex, report),
        Some(changes) => workbook::render_against(edition, annex, report, changes),
    };
    let page = web::render(edition, annex, progress::of(content).as_ref());
    Rendered::all([book, data::json(annex), page, data::datapackage::render(annex)])
}

/// Pictures of the chosen pages, and nothing else.
fn pictures(
    content: &Content,
    options: &pdf::Options,
    picture: pdf::Picture,
    observer: &dyn Observer,
) -> Result<Made, Error> {
    let (edition, annex) = (&content.edition, &content.intake.annex);
    let pictures =
        stage(observer, Stage::Typesetting, || pdf::previews(edition, annex, options, picture));
    if pictures.artifacts.is_empty() && pictures.error().is_none() {
        return Err(Error::NoSuchPage);
    }
    let outputs = (!pictures.artifacts.is_empty()).then(|| {
        let mut outputs = Outputs::default();
        outputs.extend(pictures.artifacts);
        outputs
    });
    Ok(Made { outputs, findings: pictures.findings })
}
