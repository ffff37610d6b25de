//! Makes the papers of an edition. Whoever builds once and whoever builds again and again asks
//! the same; what is kept from one build to the next only saves time.

use std::path::{Path, PathBuf};

use super::confirm::unconfirmed;
use super::content::{Checked, Content, Entries};
use super::error::Error;
use super::guard::{Allowance, guarded};
use super::hold::Hold;
use super::observer::{Observer, Stage, stage};
use super::output::{Claim, Outputs, Stamp, Written, archive};
use super::paths::Paths;
use super::version::{Version, last};
use super::{comparison, ids, journal, progress};
use crate::compare::{Comparison, compare};
use crate::diag::{Finding, Severity};
use crate::edition::{Edition, ProgressPaper};
use crate::publish::artifact::{Artifact, Rendered};
use crate::publish::progress::json;
use crate::publish::workbook::corrections;
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
    /// That is the last official version of the same edition, and the comparison table with it
    /// (新旧対照表) is made too.
    pub against_last: bool,
    pub entries: Entries,
    /// An official build is kept in a folder of its version too, below that of the papers.
    pub archive: bool,
    /// Papers of another build may be replaced.
    pub overwrite: bool,
}

impl BuildRequest {
    /// Whether the build writes into the edition's folder too: ids, or a line of its journal.
    pub(super) fn writes_into(&self, paths: &Paths) -> bool {
        matches!(self.papers, Papers::Annex)
            && paths.has_own_submissions()
            && (!self.draft || self.archive)
    }
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
    /// Where what may be published of an official build is kept.
    pub public: Option<PathBuf>,
    /// Whether the file of the ids was written, or why the ids that the papers have could not be
    /// kept.
    pub ids_written: Result<bool, Error>,
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
        paths: &Paths,
        request: &BuildRequest,
        checked: Checked,
        (mut claim, hold): (Claim, Option<Hold>),
        observer: &dyn Observer,
    ) -> Result<BuildResult, Error> {
        let Checked { mut report, content } = checked;
        let Some(content) = content else {
            return Ok(BuildResult::nothing(report, None, NotWritten::Settings));
        };
        if let (Papers::Annex, false) = (&request.papers, request.draft) {
            report.add(&content.edition, unconfirmed(&content).into_iter().collect());
        }
        if report.is_blocked() && !request.draft {
            return Ok(BuildResult::nothing(report, Some(content), NotWritten::Errors));
        }
        // A draft of it would lack the rows of what is not there.
        if content.intake.annex.broken_reference().is_some() {
            return Ok(BuildResult::nothing(report, Some(content), NotWritten::NoPaper));
        }
        let stamp = Stamp::new(&content.edition, request.draft);
        if let Papers::Annex = request.papers {
            refuse_others(request, claim.stamp(), &stamp)?;
        }
        let options = options(request, &content, &report);
        let compared = Compared::of(paths, request, &content)?;
        let Compared { against, .. } = &compared;
        let made = match &request.papers {
            Papers::Annex => {
                let annex = &content.intake.annex;
                let changes = against.as_ref().map(|old| compare(&old.annex, annex).comparison);
                let table = compared.table(&content);
                let of = Making { content: &content, report: &report, options: &options, request };
                let beside = Beside { changes: changes.as_ref(), table };
                self.papers(&of, beside, claim, observer)?
            }
            Papers::Pictures { picture, .. } => {
                pictures(&content, &options, *picture, claim, observer)?
            }
        };
        let failed = made.findings.iter().any(|finding| finding.severity == Severity::Error);
        report.add(&content.edition, made.findings);
        let written = match made.outputs {
            None => Err(NotWritten::NoPaper),
            Some(_) if failed && !request.draft => Err(NotWritten::Errors),
            Some(mut outputs) => {
                if let Papers::Annex = request.papers {
                    outputs.stamp(stamp);
                }
                Ok(stage(observer, Stage::Writing, || outputs.write(&request.out))?)
            }
        };
        let mut result = BuildResult {
            report,
            content: Some(content),
            against: compared.against,
            written,
            public: None,
            ids_written: Ok(false),
        };
        result.keep(request, paths, hold.as_ref());
        result.tell(request, paths, hold.as_ref())?;
        Ok(result)
    }

    /// Makes every paper: the PDF on one core, the rest, which is done sooner and goes to the disk
    /// meanwhile, on another.
    fn papers(
        &mut self,
        making: &Making,
        beside: Beside,
        claim: Claim,
        observer: &dyn Observer,
    ) -> Result<Made, Error> {
        let Making { content, report, options, request } = *making;
        let (edition, annex) = (&content.edition, &content.intake.annex);
        let (pdf, rest) = rayon::join(
            || {
                stage(observer, Stage::Typesetting, || {
                    let allowance = Allowance::of(edition, [annex]);
                    guarded(observer, &allowance, || match edition.results {
                        None => self.renderer.render(edition, annex, options),
                        // The annex that the results are of is published already.
                        Some(_) => progress::paper_of_results(content, annex),
                    })
                })
            },
            || {
                // The templates are read first, on the other core, and then ask for the fonts.
                pdf::warm(edition);
                stage(observer, Stage::Data, || {
                    let rest = beside_the_pdf(content, report, beside, &request.out);
                    let mut outputs = Outputs::claimed(claim);
                    let is_made = !rest.artifacts.is_empty();
                    if is_made {
                        archived(&mut outputs, request, edition, &rest.artifacts);
                        outputs.extend(rest.artifacts);
                        outputs.begin(&request.out)?;
                    }
                    Ok::<_, Error>((is_made.then_some(outputs), rest.findings))
                })
            },
        );
        let (outputs, more) = rest?;
        let mut findings = pdf.findings;
        findings.extend(more);
        let outputs = outputs.filter(|_| !pdf.artifacts.is_empty()).map(|mut outputs| {
            archived(&mut outputs, request, edition, &pdf.artifacts);
            outputs.extend(pdf.artifacts);
            outputs
        });
        Ok(Made { outputs, findings })
    }
}

impl BuildResult {
    fn nothing(report: Report, content: Option<Content>, why: NotWritten) -> Self {
        let written = Err(why);
        Self { report, content, against: None, written, public: None, ids_written: Ok(false) }
    }

    /// Keeps what is to last of an official build: its ids, and the word of where its papers are.
    fn keep(&mut self, request: &BuildRequest, paths: &Paths, hold: Option<&Hold>) {
        let (Some(content), Ok(written)) = (&self.content, &mut self.written) else { return };
        if request.draft || !matches!(request.papers, Papers::Annex) {
            return;
        }
        if let Some(folder) = archive_of(request, &content.edition) {
            // The copies go without saying.
            let kept = request.out.join(&folder);
            written.retain(|paper| !paper.path.starts_with(&kept));
            self.public = Some(archive::public(&request.out, &folder));
        }
        let words = &content.edition.schema.words;
        self.ids_written = ids::write(paths, hold, &content.ids_to_keep(), words);
    }

    /// Tells the journal of what was made for the edition's own folder.
    fn tell(
        &self,
        request: &BuildRequest,
        paths: &Paths,
        hold: Option<&Hold>,
    ) -> Result<(), Error> {
        let (Some(content), Ok(written)) = (&self.content, &self.written) else { return Ok(()) };
        let annex = written.iter().find(|paper| paper.path == request.out.join(ANNEX));
        let Some(annex) = annex.filter(|_| request.archive) else { return Ok(()) };
        let bytes = std::fs::read(&annex.path)
            .map_err(|error| Error::unreadable(&annex.path, error.into()))?;
        journal::built(paths, hold, &content.edition.front.version, request.draft, &bytes)
    }
}

/// The paper by which the journal knows a build.
const ANNEX: &str = "annex.json";

/// The folder of an official build's version.
fn archive_of(request: &BuildRequest, edition: &Edition) -> Option<String> {
    let is_kept = request.archive && !request.draft;
    is_kept.then(|| archive::folder_of(&edition.front.version)).flatten()
}

fn archived(outputs: &mut Outputs, request: &BuildRequest, edition: &Edition, papers: &[Artifact]) {
    if let Some(folder) = archive_of(request, edition) {
        archive::add(outputs, &folder, papers);
    }
}

/// Refuses a folder with papers of another build that these must not replace unasked.
fn refuse_others(request: &BuildRequest, there: Option<Stamp>, stamp: &Stamp) -> Result<(), Error> {
    let Some(there) = there.filter(|_| !request.overwrite) else { return Ok(()) };
    let kept = archive::folder_of(&there.version).filter(|_| request.archive);
    let is_kept = kept.is_some_and(|kept| request.out.join(kept).is_dir());
    if stamp.may_replace(&there, is_kept) {
        return Ok(());
    }
    let (there, new) = (Box::new(there), Box::new(stamp.clone()));
    Err(Error::OtherPapers { folder: request.out.clone(), there, new })
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
        confirmation: None,
    }
}

/// The version that the papers are compared with.
struct Compared {
    against: Option<Version>,
    /// The comparison table is made too.
    has_table: bool,
}

impl Compared {
    /// As it was asked for. A table that lies there from before is not to outlive what it compares.
    fn of(paths: &Paths, request: &BuildRequest, content: &Content) -> Result<Self, Error> {
        let Papers::Annex = request.papers else {
            return Ok(Self { against: None, has_table: false });
        };
        let edition = &content.edition;
        let is_there = || request.out.join(comparison::PAPERS[0]).is_file();
        let last = match &request.against {
            None if request.against_last || is_there() => last(&paths.own_out(), edition)?,
            _ => None,
        };
        if request.against_last && last.is_none() {
            let (out, version) = (paths.own_out(), edition.front.version.clone());
            return Err(Error::NoLastVersion { out, version });
        }
        let has_table = last.is_some();
        let named = request.against.as_deref().map(Version::read).transpose()?;
        Ok(Self { against: named.or(last), has_table })
    }

    fn table(&self, content: &Content) -> Option<Rendered> {
        let old = self.against.as_ref().filter(|_| self.has_table)?;
        Some(comparison::papers(&content.edition, &old.annex, &content.intake.annex))
    }
}

/// What is made beside the papers of every build.
struct Beside<'b> {
    changes: Option<&'b Comparison>,
    /// 新旧対照表 as PDF and workbook.
    table: Option<Rendered>,
}

/// What the papers are made of.
#[derive(Clone, Copy)]
struct Making<'m> {
    content: &'m Content,
    report: &'m Report,
    options: &'m pdf::Options,
    request: &'m BuildRequest,
}

struct Made {
    /// `None` where one of them could not be made; a finding says why.
    outputs: Option<Outputs>,
    findings: Vec<Finding>,
}

/// The workbook, the web page and the data; nothing where one of them cannot be made.
fn beside_the_pdf(
    content: &Content,
    report: &Report,
    Beside { changes, table }: Beside,
    out: &Path,
) -> Rendered {
    let (edition, annex) = (&content.edition, &content.intake.annex);
    let courses = progress::of(edition, annex, &content.earlier());
    let on = |paper| courses.as_ref().filter(|_| edition.progress.on.contains(&paper));
    let beside = workbook::Beside { changes, progress: on(ProgressPaper::Workbook) };
    let book = workbook::render_beside(edition, annex, report, beside);
    let page = web::render(edition, annex, on(ProgressPaper::Page));
    let papers = [book, data::json(annex), page, data::datapackage::render(annex)];
    let data = on(ProgressPaper::Data).map(json::render);
    let report = on(ProgressPaper::Pdf).filter(|_| edition.results.is_none()).map(|shown| {
        let changes = progress::changes(edition, &content.earlier(), annex, annex);
        progress::paper(edition, annex, shown, changes.as_ref())
    });
    // A list that lies there from before is not to outlive what it lists.
    let is_listed = !annex.corrections.is_empty() || out.join(corrections::PAPER).is_file();
    let list = is_listed.then(|| corrections::render(edition, annex));
    Rendered::all(papers.into_iter().chain(data).chain(report).chain(list).chain(table))
}

/// Pictures of the chosen pages, and nothing else.
fn pictures(
    content: &Content,
    options: &pdf::Options,
    picture: pdf::Picture,
    claim: Claim,
    observer: &dyn Observer,
) -> Result<Made, Error> {
    let (edition, annex) = (&content.edition, &content.intake.annex);
    let allowance = Allowance::of(edition, [annex]);
    let pictures = stage(observer, Stage::Typesetting, || {
        guarded(observer, &allowance, || pdf::previews(edition, annex, options, picture))
    });
    if pictures.artifacts.is_empty() && pictures.error().is_none() {
        return Err(Error::NoSuchPage);
    }
    let outputs = (!pictures.artifacts.is_empty()).then(|| {
        let mut outputs = Outputs::claimed(claim);
        outputs.extend(pictures.artifacts);
        outputs
    });
    Ok(Made { outputs, findings: pictures.findings })
}
