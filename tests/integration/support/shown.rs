//! The papers of a build as others read them, to ask whether a text is there.

use std::fs;
use std::io::Cursor;
use std::path::Path;

use bessatsu::schema::Paper;
use calamine::{Data, DataType, Reader, Xlsx};
use serde_json::Value;

use super::asked::{Asked, as_shown, fold};
use super::editions::files;
use super::office;
use super::pdf::read;

/// A text this short may not be broken over two pages but between its own lines.
const SHORT: usize = 12;
/// No text of one paper runs on into the next across this.
const END: &str = "\u{0}";

/// A paper's texts, folded.
pub struct Shown {
    pub paper: Paper,
    pub name: &'static str,
    /// One text, or one a page.
    texts: Vec<String>,
}

impl Shown {
    /// Every paper of a build; the PDF only where poppler is at hand.
    pub fn all(out: &Path) -> Vec<Self> {
        let text = |name: &str| fs::read_to_string(out.join(name)).expect(name);
        let shown = |paper, name, texts| Self { paper, name, texts };
        let json = serde_json::from_str(&text("annex.json")).expect("JSON");
        let mut all = vec![
            Self::page(&text("annex.html")),
            shown(Paper::Workbook, "annex.xlsx", vec![workbook(&out.join("annex.xlsx"))]),
            shown(Paper::Text, "annex.json", vec![strings(&json)]),
            tables(out),
        ];
        all.extend(Self::pdf(&fs::read(out.join("annex.pdf")).expect("annex.pdf")));
        all
    }

    /// The words of the web page.
    pub fn page(html: &str) -> Self {
        Self { paper: Paper::Web, name: "annex.html", texts: vec![fold(&words(html))] }
    }

    /// The cells of a table; a number as number formats may show it.
    pub fn of_cells<'a>(
        paper: Paper,
        name: &'static str,
        cells: impl Iterator<Item = &'a str>,
    ) -> Self {
        let texts = cells.flat_map(|cell| {
            let numbers = cell.parse().map(as_shown).unwrap_or_default();
            std::iter::once(fold(cell)).chain(numbers)
        });
        let texts = vec![texts.collect::<Vec<_>>().join(END)];
        Self { paper, name, texts }
    }

    /// The pages of a PDF.
    pub fn pdf(bytes: &[u8]) -> Option<Self> {
        let text = read(bytes, "pdftotext", &["-raw", "@", "-"])?;
        let texts = text.split('\u{c}').map(fold).collect();
        Some(Self { paper: Paper::Annex, name: "annex.pdf", texts })
    }

    /// Whether the paper has to have the text; `annex.json` has everything.
    fn is_asked(&self, asked: &Asked) -> bool {
        self.paper == Paper::Text
            && !asked.at.starts_with("label")
            && !asked.at.starts_with("head of")
            || asked.papers.contains(&self.paper)
    }

    /// What is asked of the paper and not there.
    pub fn missing<'a>(&'a self, asked: &'a [Asked]) -> impl Iterator<Item = String> + 'a {
        let missing = asked.iter().filter(|asked| self.is_asked(asked) && !self.has(asked));
        missing.map(|asked| format!("{}: {} {}", self.name, asked.at, asked.spellings[0]))
    }

    fn has(&self, asked: &Asked) -> bool {
        asked.spellings.iter().any(|text| self.has_text(text, &asked.cuts))
    }

    /// Whether a folded text stands on one page.
    pub fn holds(&self, text: &str) -> bool {
        self.texts.iter().any(|page| page.contains(text))
    }

    fn has_text(&self, text: &str, cuts: &[usize]) -> bool {
        if self.holds(text) {
            return true;
        }
        // The first piece ends its cell on one page, the second goes on at the top of the next.
        let breaks = |at: usize| {
            let (head, tail) = text.split_at(at);
            self.texts.windows(2).any(|pages| pages[0].contains(head) && pages[1].contains(tail))
        };
        if cuts.iter().any(|at| text.is_char_boundary(*at) && breaks(*at)) {
            return true;
        }
        text.chars().count() >= SHORT && text.char_indices().skip(1).any(|(at, _)| breaks(at))
    }
}

/// The words of a page, without its markup, styles and scripts.
fn words(page: &str) -> String {
    let mut out = String::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let skipped = ["script", "style", "rt", "rp"].into_iter().find(|tag| {
            rest[1..].strip_prefix(tag).is_some_and(|rest| rest.starts_with(['>', ' ']))
        });
        let end = match skipped {
            Some(tag) => rest.find(&format!("</{tag}>")).expect("the end of a tag"),
            None => 0,
        };
        rest = &rest[end..];
        rest = &rest[rest.find('>').expect("the end of a tag") + 1..];
    }
    out.push_str(rest);
    for (entity, c) in [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#x27;", "'"),
        ("&#39;", "'"),
        ("&#x2f;", "/"),
        ("&amp;", "&"),
    ] {
        out = out.replace(entity, c);
    }
    out
}

/// The cells of every sheet; a number as number formats may show it.
fn workbook(path: &Path) -> String {
    let mut book: Xlsx<_> =
        Xlsx::new(Cursor::new(fs::read(path).expect("a workbook"))).expect("a workbook");
    let mut texts = Vec::new();
    for (_, range) in book.worksheets() {
        for (_, _, cell) in range.used_cells() {
            match cell {
                Data::Float(number) => texts.extend(as_shown(*number)),
                cell => texts.extend(cell.as_string().map(|text| fold(&text))),
            }
        }
    }
    texts.join(END)
}

fn strings(value: &Value) -> String {
    match value {
        Value::String(text) => fold(text),
        Value::Number(number) => as_shown(number.as_f64().expect("a number")).join(END),
        Value::Array(values) => values.iter().map(strings).collect::<Vec<_>>().join(END),
        Value::Object(fields) => fields.values().map(strings).collect::<Vec<_>>().join(END),
        Value::Null | Value::Bool(_) => String::new(),
    }
}

/// Every cell of the open data.
fn tables(out: &Path) -> Shown {
    let mut cells = Vec::new();
    for (name, bytes) in files(out) {
        if name.ends_with(".csv") {
            cells.extend(office::cells(&String::from_utf8(bytes).expect("UTF-8")));
        }
    }
    Shown::of_cells(Paper::Data, "*.csv", cells.iter().flatten().map(String::as_str))
}
