//! 新旧対照表 and 見え消し as PDF, typeset by `templates/comparison/`.

use serde::Serialize;

use super::data::{Date, issued};
use super::world::AnnexWorld;
use super::{Export, Options, break_hints, fonts, gaps, overflow};
use crate::edition::Edition;
use crate::publish::artifact::Rendered;
use crate::publish::comparison::table::{
    Entry, Layout, Mark, OMITTED, Row, Side, Span, Table, redline, side,
};
use crate::publish::internal::internal_error;

/// The built-in templates by name.
static TEMPLATES: &[(&str, &str)] = &[
    ("main.typ", include_str!("../../../templates/comparison/main.typ")),
    ("cells.typ", include_str!("../../../templates/comparison/cells.typ")),
];

/// What the templates may read, as `data.json`.
#[derive(Debug, Serialize)]
struct Data<'a> {
    title: &'a str,
    author: &'a str,
    date: Date,
    fonts: Vec<String>,
    heading_fonts: Vec<String>,
    new_label: &'a str,
    old_label: &'a str,
    new_version: &'a str,
    old_version: &'a str,
    legend: &'a str,
    redline: bool,
    remarks: bool,
    /// The words of the header row.
    columns: Vec<&'a str>,
    rows: Vec<Shown<'a>>,
}

/// A row; `cells` are the texts from left to right.
#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum Shown<'a> {
    Heading { level: u8, cells: Vec<Vec<Part>> },
    Entry { lines: Vec<Line>, remarks: &'a str },
    Omitted { cells: Vec<Vec<Part>> },
}

#[derive(Debug, Serialize)]
struct Line {
    label: String,
    cells: Vec<Vec<Part>>,
}

#[derive(Debug, Serialize)]
struct Part {
    text: String,
    /// `plain`, `underline`, `strike` or `note`.
    mark: &'static str,
}

/// The PDF of a table.
pub fn render(edition: &Edition, table: &Table, options: &Options) -> Rendered {
    let (layout, name) = match table.options.layout {
        Layout::SideBySide => ("comparison", "comparison.pdf"),
        Layout::Redline => ("redline", "redline.pdf"),
    };
    let json = serde_json::to_vec(&data(edition, table)).map_err(Into::into);
    // It is read beside the annex and printed nowhere: a character that no font has stops nothing.
    let (json, marked) = match json.and_then(|json| gaps::marked(edition, true, json)) {
        Ok(marked) => marked,
        Err(error) => return Rendered::failed(internal_error(name, error)),
    };
    let world = AnnexWorld::of(TEMPLATES, Vec::new(), json);
    let ident =
        format!("bessatsu/{}/{layout}/{}/{}", edition.id(), table.old_version, table.new_version);
    let (document, mut findings) = super::lay_out(&world);
    let Some(document) = document else { return super::unmade(findings) };
    let Some(document) = break_hints::removed(&document) else {
        findings.push(internal_error(name, "a glyph has no place in its text"));
        return super::unmade(findings);
    };
    findings.extend(marked);
    let export = Export { name, ident, standard: options.standard, is_draft: true };
    let laid_out = (Some(document), findings);
    let paper = super::put_out(edition, &world, laid_out, export, overflow::of_tables);
    super::forget();
    paper
}

fn data<'a>(edition: &'a Edition, table: &'a Table) -> Data<'a> {
    let options = &table.options;
    let is_redline = options.layout == Layout::Redline;
    let mut columns = vec!["項目"];
    if is_redline {
        columns.push("本文");
    } else {
        columns.extend(options.sides().map(|(_, label)| label));
    }
    if options.remarks {
        columns.push("備考");
    }
    let usual = Date { year: edition.year, month: 4, day: 1 };
    Data {
        title: &table.title,
        author: &edition.front.issuer,
        date: issued(&edition.front.issued).unwrap_or(usual),
        fonts: fonts::text(edition),
        heading_fonts: fonts::headings(),
        new_label: &options.new_label,
        old_label: &options.old_label,
        new_version: &table.new_version,
        old_version: &table.old_version,
        legend: &table.legend,
        redline: is_redline,
        remarks: options.remarks,
        columns,
        rows: table.rows.iter().map(|row| shown(table, row)).collect(),
    }
}

fn shown<'a>(table: &'a Table, row: &'a Row) -> Shown<'a> {
    match row {
        Row::Heading { level, text } => {
            let cells = cells(table, |s| side(text, s), || redline(text));
            Shown::Heading { level: *level, cells }
        }
        Row::Entry(entry) => {
            let lines = entry.lines.iter().map(|line| Line {
                label: label(entry, &line.label),
                cells: cells(table, |s| line.side(s), || line.redline()),
            });
            Shown::Entry { lines: lines.collect(), remarks: &entry.remarks }
        }
        Row::Omitted => {
            let note = || vec![Span { text: OMITTED.to_owned(), mark: Mark::Note }];
            Shown::Omitted { cells: cells(table, |_| note(), note) }
        }
    }
}

/// The word before a line, which ends nowhere but after the dots between several.
fn label(entry: &Entry, label: &str) -> String {
    let words = if label.is_empty() { &entry.word } else { label };
    let mut held = String::new();
    for c in words.chars() {
        if !held.is_empty() && !held.ends_with('・') {
            held.push(break_hints::WORD_JOINER);
        }
        held.push(c);
    }
    held
}

fn cells(
    table: &Table,
    of: impl Fn(Side) -> Vec<Span>,
    whole: impl Fn() -> Vec<Span>,
) -> Vec<Vec<Part>> {
    let cells: Vec<Vec<Span>> = match table.options.layout {
        Layout::SideBySide => table.options.sides().map(|(s, _)| of(s)).into(),
        Layout::Redline => vec![whole()],
    };
    cells.into_iter().map(parts).collect()
}

/// The parts of a cell, with break hints as its whole text asks: a figure and its unit may have changed
/// apart.
fn parts(spans: Vec<Span>) -> Vec<Part> {
    let whole: String = spans.iter().map(|span| span.text.as_str()).collect();
    let mut hints = break_hints::break_hints(&whole).into_iter().peekable();
    let mut at = 0;
    let mut part = |span: Span| {
        let mut text = String::with_capacity(span.text.len());
        for c in span.text.chars() {
            while let Some((_, hint)) = hints.next_if(|(place, _)| *place <= at) {
                text.push(hint);
            }
            text.push(c);
            at += c.len_utf8();
        }
        let mark = match span.mark {
            Mark::Plain => "plain",
            Mark::Underline => "underline",
            Mark::Strike => "strike",
            Mark::Note => "note",
        };
        Part { text, mark }
    };
    spans.into_iter().map(&mut part).collect()
}
