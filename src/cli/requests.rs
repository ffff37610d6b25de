//! What was typed becomes what will be done: the only place where options are weighed against each
//! other, and where files and formats are guessed from.

use std::path::Path;

use clap::ValueEnum;

use super::args::{
    Build, BuildArgs, BuildFormat, Confirm, ConfirmFormat, Correct, Diff, DiffFormat, EditionArg,
    LayoutArg, Progress, ProgressFormat as ProgressArg, Status, StatusFormat,
};
use super::terminal::Terminal;
use crate::diag::Say;
use crate::session::{
    self, BuildRequest, ComparisonFormat, ComparisonLayout, ComparisonTextOptions,
    ConfirmationFormat, CorrectChange, CorrectRequest, Entries, Grounds, Layout, Moment, Papers,
    Paths, Picture, ProgressFormat, Session, WithdrawRequest, Work,
};

/// Pixels per point of a picture: 144 dpi.
const PIXELS: f32 = 2.0;

/// The folders of an edition.
pub fn paths(args: &EditionArg) -> Result<Paths, session::Error> {
    Paths::find(args.edition.as_deref(), args.submissions.as_deref())
}

/// An edition at work, which tells others what is done to it and by whom.
pub fn session(paths: Paths, command: &str) -> Session {
    let first = |names: &[&str]| {
        let mut values = names.iter().filter_map(|name| std::env::var(name).ok());
        values.find(|value| !value.trim().is_empty())
    };
    let person = first(&["USERNAME", "USER", "LOGNAME"]);
    let computer = first(&["COMPUTERNAME", "HOSTNAME"]);
    let by: Vec<String> = [person, computer].into_iter().flatten().collect();
    Session::open(paths).doing(Work { command: command.to_owned(), by: by.join("@") })
}

/// The moment that was typed; now where none was.
pub fn moment(typed: Option<&str>) -> Result<Moment, Say> {
    let Some(typed) = typed else { return Ok(session::now()) };
    session::moment_of(typed).ok_or_else(|| {
        say!(
            "日時「{typed}」が正しくありません。例: 2026-05-01、2026-05-01T10:30",
            "\"{typed}\" is no time. Examples: 2026-05-01, 2026-05-01T10:30"
        )
    })
}

/// The folders of an edition whose values are corrected.
pub fn paths_of_correction(args: &Correct) -> Result<Paths, session::Error> {
    Paths::find(args.edition.as_deref(), args.submissions.as_deref())
}

/// What `correct` writes; the date is today's where none is given.
pub fn correction(args: &Correct) -> CorrectRequest {
    let Correct { leave_out, order, .. } = *args;
    let change = match (&args.column, &args.to) {
        (Some(column), Some(to)) => {
            CorrectChange::Text { column: column.clone(), from: args.from.clone(), to: to.clone() }
        }
        _ => CorrectChange::Decision { leave_out, list_again: args.list_again.clone(), order },
    };
    let date = args.date.clone().unwrap_or_else(|| session::now().date().to_string());
    let reason = args.reason.as_deref().unwrap_or_default().trim().to_owned();
    let by = args.by.clone().unwrap_or_default();
    CorrectRequest { id: args.id.clone(), change, grounds: Grounds { reason, date, by } }
}

/// What `correct --withdraw` takes back.
pub fn withdrawal(args: &Correct) -> WithdrawRequest {
    WithdrawRequest { id: args.id.clone(), column: args.column.clone() }
}

/// What `build` makes.
pub fn build(args: &Build, paths: &Paths) -> Result<BuildRequest, Say> {
    let picture = match args.format {
        BuildFormat::Papers => None,
        BuildFormat::Png => Some(Picture::Png(PIXELS)),
        BuildFormat::Svg => Some(Picture::Svg),
    };
    let papers = match (picture, &args.pages) {
        (None, None) => Papers::Annex,
        // Typst cannot tag an excerpt, and one without tags must not take the annex's place.
        (None, Some(_)) => {
            return Err(Say::new(
                "--pages は --format png 又は --format svg とともに使ってください（読み上げ用のタグの付いたPDFは、抜粋できません）。",
                "--pages goes with --format png or --format svg (an excerpt of the PDF would have no tags).",
            ));
        }
        (Some(picture), None) => Papers::Pictures { picture, pages: None },
        (Some(picture), Some(typed)) => {
            let pages = session::parse_pages(typed).ok_or_else(|| {
                say!(
                    "ページの指定「{typed}」が正しくありません。例: 5,8-10",
                    "\"{typed}\" are no pages. Example: 5,8-10"
                )
            })?;
            Papers::Pictures { picture, pages: Some(pages) }
        }
    };
    Ok(BuildRequest { papers, ..common(&args.build, paths) })
}

/// What `watch` makes, whenever it does: files that a program only passes by do not count.
pub fn watch(args: &BuildArgs, paths: &Paths) -> BuildRequest {
    BuildRequest { entries: Entries::Lasting, ..common(args, paths) }
}

fn common(args: &BuildArgs, paths: &Paths) -> BuildRequest {
    BuildRequest {
        out: args.out.clone().unwrap_or_else(|| paths.own_out()),
        archive: args.out.is_none(),
        overwrite: args.overwrite,
        draft: args.draft,
        papers: Papers::Annex,
        layout: match args.layout {
            LayoutArg::ByCategory => Layout::Category,
            LayoutArg::ByDepartment => Layout::Department,
        },
        standard: args.pdf_standard.unwrap_or_default(),
        against: args.against.clone(),
        against_last: args.against_last,
        entries: Entries::All,
    }
}

/// The form in which `diff` shows the changes.
pub fn comparison(args: &Diff, terminal: &Terminal) -> Result<ComparisonFormat, Say> {
    let format = format(args.format, args.out.as_deref(), DiffFormat::Text)?;
    if args.redline && !matches!(format, DiffFormat::Xlsx | DiffFormat::Pdf) {
        return Err(Say::new(
            "--redline は、新旧対照表の形式（--format xlsx 又は --format pdf）と一緒に使ってください。",
            "--redline goes with the formats of the comparison table (--format xlsx or --format pdf).",
        ));
    }
    if args.stat && format != DiffFormat::Text {
        return Err(Say::new(
            "--stat は、文章の形式（--format text）と一緒に使ってください。",
            "--stat goes with the text format (--format text).",
        ));
    }
    let layout =
        if args.redline { ComparisonLayout::Redline } else { ComparisonLayout::SideBySide };
    Ok(match format {
        DiffFormat::Text => ComparisonFormat::Text(ComparisonTextOptions {
            color: args.out.is_none() && terminal.colored(),
            stat: args.stat,
            lang: terminal.lang,
        }),
        DiffFormat::Json => ComparisonFormat::Json,
        DiffFormat::Html => ComparisonFormat::Html,
        DiffFormat::Xlsx => ComparisonFormat::Workbook(layout),
        DiffFormat::Pdf => ComparisonFormat::Pdf(layout),
    })
}

/// The form in which `progress` shows the years.
pub fn progress(args: &Progress) -> Result<ProgressFormat, Say> {
    Ok(match format(args.format, args.out.as_deref(), ProgressArg::Text)? {
        ProgressArg::Text => ProgressFormat::Text,
        ProgressArg::Json => ProgressFormat::Json,
        ProgressArg::Html => ProgressFormat::Html,
        ProgressArg::Xlsx => ProgressFormat::Workbook,
        ProgressArg::Pdf => ProgressFormat::Pdf,
    })
}

/// The form in which a department gets its part.
pub fn confirmation(args: &Confirm) -> Result<ConfirmationFormat, Say> {
    Ok(match format(args.format, args.out.as_deref(), ConfirmFormat::Pdf)? {
        ConfirmFormat::Pdf => ConfirmationFormat::Pdf,
        ConfirmFormat::Xlsx => ConfirmationFormat::Workbook,
    })
}

/// The form in which `status` shows how an edition stands.
pub fn status(args: &Status) -> Result<StatusFormat, Say> {
    format(args.format, args.out.as_deref(), StatusFormat::Text)
}

/// The format that was asked for, else that of the extension of the file; `usual` where there is
/// no file, or one without an extension.
///
/// # Errors
/// An extension of no format: a file is not to be another thing than its name says.
fn format<F: ValueEnum>(asked: Option<F>, out: Option<&Path>, usual: F) -> Result<F, Say> {
    if let Some(asked) = asked {
        return Ok(asked);
    }
    let Some(extension) = out.and_then(Path::extension) else { return Ok(usual) };
    let extension = extension.to_string_lossy();
    F::from_str(&extension, true).map_err(|_| {
        say!(
            "拡張子「.{extension}」からは形式が分かりません。--format で指定してください。",
            "\".{extension}\" is the extension of no format. Name one with --format."
        )
    })
}
