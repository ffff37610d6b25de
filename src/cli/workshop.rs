//! Makes the papers of an edition. `build` asks it once, `watch` again and again: there is one
//! way to make them, and what the workshop keeps from one time to the next only saves time.

use std::path::{Path, PathBuf};

use super::args::{BuildFormat, LayoutArg, Making};
use super::load::{self, Entries, Loaded};
use super::output::{Outputs, Written};
use super::plan::Plan;
use super::terminal::Terminal;
use super::timings::{Timings, timed};
use super::{CannotRun, progress, version};
use crate::compare::{Comparison, compare};
use crate::diag::{Finding, Severity};
use crate::intake::Shelf;
use crate::publish::{data, pdf, web, workbook};
use crate::report::Report;

/// What is to be made, and of what.
pub struct Order<'a> {
    pub plan: &'a Plan,
    pub making: &'a Making,
    pub format: BuildFormat,
    pub pages: Option<&'a str>,
    pub entries: Entries,
}

/// What came of an order.
pub struct Built {
    pub report: Report,
    /// The files that were read; none where the settings cannot be.
    pub loaded: Option<Loaded>,
    /// The papers, or why nothing was written.
    pub written: Result<Vec<Written>, HeldBack>,
}

/// Why nothing was written; a finding says where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeldBack {
    /// The settings cannot be read.
    Settings,
    /// There are errors, and a draft was not asked for.
    Errors,
    /// The PDF cannot be made, not even as a draft.
    NoPdf,
}

impl HeldBack {
    /// What is said of it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Settings => {
                "edition.toml に誤りがあるため、何も書き出していません（前回の出力はそのままです）。\n"
            }
            Self::Errors => {
                "エラーの指摘があるため、何も書き出していません（前回の出力はそのままです）。\n\
                 示された箇所を直すか、案として作るときは --draft を付けてください。\n"
            }
            Self::NoPdf => {
                "PDFを作れないため、何も書き出していません（前回の出力はそのままです）。\n\
                 コードがTで始まる指摘の箇所を直してください。--draft を付けても作れません。\n"
            }
        }
    }
}

/// What is kept from one order to the next.
#[derive(Default)]
pub struct Workshop {
    shelf: Shelf,
    renderer: pdf::IncrementalRenderer,
}

impl Workshop {
    pub fn build(
        &mut self,
        order: &Order,
        terminal: &Terminal,
        timings: &mut Timings,
    ) -> Result<Built, CannotRun> {
        let progress = terminal.progress(&say!("様式を読んでいます", "reading the forms"));
        let loaded = load::again(order.plan, order.entries, &mut self.shelf, timings)?;
        let mut loaded = match loaded {
            Ok(loaded) => loaded,
            Err(report) => {
                return Ok(Built { report, loaded: None, written: Err(HeldBack::Settings) });
            }
        };
        let draft = order.making.draft;
        if loaded.report.is_blocked() && !draft {
            return Ok(Built::of(loaded, Err(HeldBack::Errors)));
        }
        progress.now(&say!("版面を組んでいます", "typesetting"), terminal.lang);
        let options = options(order, &loaded)?;
        let against = against(&order.making.against, &loaded, terminal)?;
        let papers = match order.format {
            BuildFormat::Papers => {
                let out = &order.making.out;
                self.papers(&loaded, &options, against.as_ref(), out, timings)?
            }
            BuildFormat::Png => previews(&loaded, &options, pdf::Picture::Png(2.0))?,
            BuildFormat::Svg => previews(&loaded, &options, pdf::Picture::Svg)?,
        };
        let failed = papers.findings.iter().any(|finding| finding.severity == Severity::Error);
        if !papers.findings.is_empty() {
            loaded.findings.extend(papers.findings);
            loaded.report = Report::new(&loaded.edition, loaded.findings.clone());
        }
        let written = match papers.outputs {
            None => Err(HeldBack::NoPdf),
            Some(_) if failed && !draft => Err(HeldBack::Errors),
            Some(outputs) => Ok(timings.stage("書込", || outputs.write(&order.making.out))?),
        };
        Ok(Built::of(loaded, written))
    }

    /// Lets go of what is too old to be of use. It takes a moment, and is for when nobody waits.
    pub fn tidy(&mut self) {
        pdf::forget();
    }

    /// Makes every paper: the PDF on one core, the rest, which is done sooner and goes to the disk
    /// meanwhile, on another.
    fn papers(
        &mut self,
        loaded: &Loaded,
        options: &pdf::Options,
        against: Option<&Comparison>,
        out: &Path,
        timings: &mut Timings,
    ) -> Result<Papers, CannotRun> {
        let (edition, annex) = (&loaded.edition, &loaded.intake.annex);
        let (((pages, findings), pdf_time), (rest, rest_time)) = rayon::join(
            || timed(|| self.renderer.render(edition, annex, options)),
            || {
                // The templates are read first, on the other core, and then ask for the fonts.
                pdf::warm(edition);
                timed(|| {
                    let mut outputs = beside_the_pdf(loaded, against)?;
                    outputs.begin(out)?;
                    Ok(outputs)
                })
            },
        );
        timings.add("組版", pdf_time);
        timings.add("ブックとデータ", rest_time);
        let mut outputs: Outputs = rest?;
        let outputs = pages.map(|pages| {
            outputs.add("annex.pdf", pages);
            outputs
        });
        Ok(Papers { outputs, findings })
    }
}

impl Built {
    fn of(loaded: Loaded, written: Result<Vec<Written>, HeldBack>) -> Self {
        Self { report: loaded.report.clone(), loaded: Some(loaded), written }
    }
}

fn options(order: &Order, loaded: &Loaded) -> Result<pdf::Options, CannotRun> {
    let pages = match order.pages {
        None => None,
        // Typst cannot tag an excerpt, and one without tags must not take the annex's place.
        Some(_) if order.format == BuildFormat::Papers => {
            return Err(CannotRun(
                "--pages は --format png 又は --format svg とともに使ってください（読み上げ用のタグの付いたPDFは、抜粋できません）。"
                    .to_owned(),
            ));
        }
        Some(pages) => Some(pdf::parse_pages(pages).ok_or_else(|| {
            CannotRun(format!("ページの指定「{pages}」が正しくありません。例: 5,8-10"))
        })?),
    };
    Ok(pdf::Options {
        draft: order.making.draft.then(|| loaded.report.blocking()),
        standard: order.making.pdf_standard.unwrap_or_default(),
        pages,
        layout: match order.making.layout {
            LayoutArg::ByCategory => pdf::Layout::Category,
            LayoutArg::ByDepartment => pdf::Layout::Department,
        },
        templates: load::templates(order.plan, &loaded.edition)?,
    })
}

/// What changed since the version that was named.
fn against(
    named: &Option<PathBuf>,
    loaded: &Loaded,
    terminal: &Terminal,
) -> Result<Option<Comparison>, CannotRun> {
    let Some(path) = named else { return Ok(None) };
    let old = version::read(path, terminal)?;
    Ok(Some(compare(&old.annex, &loaded.intake.annex).comparison))
}

struct Papers {
    /// `None` where one of them could not be made; a finding says why.
    outputs: Option<Outputs>,
    findings: Vec<Finding>,
}

/// The workbook, the web page and the data.
fn beside_the_pdf(loaded: &Loaded, against: Option<&Comparison>) -> Result<Outputs, CannotRun> {
    let (edition, annex) = (&loaded.edition, &loaded.intake.annex);
    let mut outputs = Outputs::default();
    let book = match against {
        None => workbook::render(edition, annex, &loaded.report),
        Some(changes) => workbook::render_against(edition, annex, &loaded.report, changes),
    };
    let book = book.map_err(|error| CannotRun(format!("集約ブックを作れません（{error}）。")))?;
    outputs.add("annex.xlsx", book);
    outputs.add("annex.json", data::json(annex).into_bytes());
    let page = web::render(edition, annex, progress::of(loaded).as_ref())
        .map_err(|error| CannotRun(format!("ウェブページを作れません（{error}）。")))?;
    outputs.add("annex.html", page.into_bytes());
    for (name, bytes) in data::datapackage::files(annex) {
        outputs.add(name, bytes);
    }
    Ok(outputs)
}

/// Pictures of the chosen pages, and nothing else.
fn previews(
    loaded: &Loaded,
    options: &pdf::Options,
    picture: pdf::Picture,
) -> Result<Papers, CannotRun> {
    let extension = if picture == pdf::Picture::Svg { "svg" } else { "png" };
    let (edition, annex) = (&loaded.edition, &loaded.intake.annex);
    let (pictures, findings) = pdf::previews(edition, annex, options, picture);
    if pictures.as_ref().is_some_and(Vec::is_empty) {
        return Err(CannotRun(
            "--pages に当たるページがありません。表紙を1として数えた番号で指定してください。"
                .to_owned(),
        ));
    }
    let outputs = pictures.map(|pictures| {
        let mut outputs = Outputs::default();
        for (number, bytes) in pictures {
            outputs.add(format!("annex-{number:02}.{extension}"), bytes);
        }
        outputs
    });
    Ok(Papers { outputs, findings })
}
