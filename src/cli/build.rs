//! `build`: from the submissions to the papers.

use super::args::{Build, BuildFormat, LayoutArg};
use super::check::{render, status};
use super::load::{self, Loaded};
use super::output::{self, Outputs};
use super::plan::Plan;
use super::terminal::Terminal;
use super::timings::{Timings, timed};
use super::{CannotRun, Outcome, Status, version};
use crate::diag::{Finding, Severity};
use crate::proof::compare::{Comparison, compare};
use crate::proof::report::Report;
use crate::publish::{data, pdf, web, workbook};

pub fn run(args: &Build, terminal: &mut Terminal) -> Outcome {
    let plan = Plan::find(&args.edition)?;
    output::recover(&args.out)?;
    let mut timings = Timings::default();
    let progress = terminal.progress(&say!("様式を読んでいます", "reading the forms"));
    let mut loaded = match load::load(&plan, &mut timings)? {
        Ok(loaded) => loaded,
        Err(report) => {
            drop(progress);
            return Ok(stop(&report, args, terminal));
        }
    };
    if loaded.report.is_blocked() && !args.draft {
        drop(progress);
        return Ok(stop(&loaded.report, args, terminal));
    }
    progress.now(&say!("版面を組んでいます", "typesetting"), terminal.lang);
    let options = options(args, &plan, &loaded)?;
    let against = against(args, &loaded, terminal)?;
    let papers = match args.format {
        BuildFormat::Papers => papers(&loaded, &options, against.as_ref(), &mut timings)?,
        BuildFormat::Png => previews(&loaded, &options, pdf::Picture::Png(2.0)),
        BuildFormat::Svg => previews(&loaded, &options, pdf::Picture::Svg),
    };
    let failed = papers.findings.iter().any(|finding| finding.severity == Severity::Error);
    if !papers.findings.is_empty() {
        loaded.findings.extend(papers.findings);
        loaded.report = Report::new(&loaded.edition, loaded.findings.clone());
    }
    let outputs = papers.outputs.filter(|_| !failed || args.draft);
    let Some(outputs) = outputs else {
        drop(progress);
        return Ok(stop(&loaded.report, args, terminal));
    };
    let written = timings.stage("書込", || outputs.write(&args.out))?;
    drop(progress);
    terminal.print(&render(&loaded.report, terminal, args.info));
    terminal.note(&summary(&loaded, &written));
    if args.timings {
        terminal.note(&timings.render());
    }
    Ok(status(&loaded.report))
}

/// Nothing is written: says why, and that the earlier papers are as they were.
fn stop(report: &Report, args: &Build, terminal: &Terminal) -> Status {
    terminal.print(&render(report, terminal, args.info));
    terminal.note(
        "エラーの指摘があるため、何も書き出していません（前回の出力はそのままです）。\n\
         様式を直すか、案として作るときは --draft を付けてください。\n",
    );
    Status::Findings
}

fn options(args: &Build, plan: &Plan, loaded: &Loaded) -> Result<pdf::Options, CannotRun> {
    let standard = match &args.pdf_standard {
        None => pdf::Standard::default(),
        Some(name) => pdf::Standard::named(name).ok_or_else(|| {
            let known: Vec<&str> = pdf::Standard::ALL.iter().map(|(name, _)| *name).collect();
            CannotRun(format!("PDFの規格「{name}」は使えません。使える規格: {}", known.join("、")))
        })?,
    };
    let pages = match &args.pages {
        None => None,
        // Typst cannot tag an excerpt, and one without tags must not take the annex's place.
        Some(_) if args.format == BuildFormat::Papers => {
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
        draft: args.draft.then(|| loaded.report.blocking()),
        standard,
        pages,
        layout: match args.layout {
            LayoutArg::ByCategory => pdf::Layout::Category,
            LayoutArg::ByDepartment => pdf::Layout::Department,
        },
        templates: load::templates(plan, &loaded.edition)?,
    })
}

/// What changed since the version that was named.
fn against(
    args: &Build,
    loaded: &Loaded,
    terminal: &Terminal,
) -> Result<Option<Comparison>, CannotRun> {
    let Some(path) = &args.against else { return Ok(None) };
    let old = version::read(path, terminal)?;
    Ok(Some(compare(&old.annex, &loaded.intake.annex)))
}

struct Papers {
    /// `None` where one of them could not be made; a finding says why.
    outputs: Option<Outputs>,
    findings: Vec<Finding>,
}

/// Makes every paper: the PDF on one core, the rest on another.
fn papers(
    loaded: &Loaded,
    options: &pdf::Options,
    against: Option<&Comparison>,
    timings: &mut Timings,
) -> Result<Papers, CannotRun> {
    let (edition, annex) = (&loaded.edition, &loaded.intake.annex);
    let (((pages, findings), pdf_time), (rest, rest_time)) = rayon::join(
        || timed(|| pdf::render(edition, annex, options)),
        || timed(|| beside_the_pdf(loaded, against)),
    );
    timings.add("組版", pdf_time);
    timings.add("ブックとデータ", rest_time);
    let mut outputs = rest?;
    let outputs = pages.map(|pages| {
        outputs.add("annex.pdf", pages);
        outputs
    });
    Ok(Papers { outputs, findings })
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
    let page = web::render(edition, annex)
        .map_err(|error| CannotRun(format!("Webページを作れません（{error}）。")))?;
    outputs.add("annex.html", page.into_bytes());
    for (name, bytes) in data::datapackage::files(annex) {
        outputs.add(name, bytes);
    }
    Ok(outputs)
}

/// Pictures of the chosen pages, and nothing else.
fn previews(loaded: &Loaded, options: &pdf::Options, picture: pdf::Picture) -> Papers {
    let extension = if picture == pdf::Picture::Svg { "svg" } else { "png" };
    let (edition, annex) = (&loaded.edition, &loaded.intake.annex);
    let (pictures, findings) = pdf::previews(edition, annex, options, picture);
    let outputs = (!pictures.is_empty()).then(|| {
        let mut outputs = Outputs::default();
        for (number, bytes) in pictures {
            outputs.add(format!("annex-{number:02}.{extension}"), bytes);
        }
        outputs
    });
    Papers { outputs, findings }
}

/// What was read and what was written.
fn summary(loaded: &Loaded, written: &[String]) -> String {
    let annex = &loaded.intake.annex;
    let files = loaded.intake.receipts.len();
    let (listings, measures) = (annex.listings().count(), annex.measures.len());
    let kpis = annex.kpi_rows().count();
    let counts = loaded.report.counts();
    let mut text = format!(
        "様式 {files}件を読み、施策 {measures}件（再掲を含む掲載 {listings}件）、KPI {kpis}件をまとめました。\n\
         指摘はエラー {}件、警告 {}件、情報 {}件です。\n",
        counts.error, counts.warning, counts.info
    );
    for path in written {
        text.push_str(&format!("  書出し {path}\n"));
    }
    text
}
