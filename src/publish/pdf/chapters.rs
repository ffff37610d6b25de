//! Chapters of prose before the tables, and appendices behind them: files of text, or of Typst, that
//! the settings name.

use serde::Serialize;

use super::blocks::{Block, blocks};
use crate::diag::{Finding, Place, Rule, Severity};
use crate::edition::{AbolishedList, Chapter, Edition};
use crate::model::Annex;
use crate::schema::Table;

/// A chapter as templates get it.
#[derive(Debug, Serialize)]
pub struct ChapterText<'a> {
    /// `chapter-1`, `appendix-1`
    pub id: String,
    pub title: &'a str,
    /// Its paragraphs and lists, of a file of text.
    pub text: Vec<Block>,
    /// The file, where it is one of Typst.
    pub file: Option<&'a str>,
}

pub(super) static UNREADABLE: Rule = Rule {
    code: "T913",
    name: "chapter-unreadable",
    severity: Severity::Error,
    title: "章のファイルを読み取れない",
    title_en: "the file of a chapter cannot be read",
    what: "edition.toml の [[chapter]] と [[appendix]] が指すファイルが、版のフォルダーにあり、.txt では文字コードが UTF-8 であるかどうかを見ます。",
    why: "読み取れない章は印刷できません。",
    mend: "ファイルの名前と場所を確かめてください。メモ帳などで保存するときは、文字コードに「UTF-8」を選んでください。",
    example: "誤：file = \"chapter/intro.txt\"\n正：file = \"chapters/intro.txt\"",
    source: "",
};

/// Whether a file is Typst's own.
fn is_typst(file: &str) -> bool {
    file.to_ascii_lowercase().ends_with(".typ")
}

/// The text of a file among those that were read; `None` where it is not among them or not UTF-8.
fn text<'f>(files: &'f [(String, Vec<u8>)], name: &str) -> Option<&'f str> {
    let (_, bytes) = files.iter().find(|(known, _)| known == name)?;
    let text = std::str::from_utf8(bytes).ok()?;
    Some(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// The chapters with their texts. What cannot be read is told of by [`check`].
pub fn texts<'a>(
    chapters: &'a [Chapter],
    kind: &str,
    annex: &Annex,
    files: &[(String, Vec<u8>)],
    is_strict: bool,
) -> Vec<ChapterText<'a>> {
    let chapter = |(at, chapter): (usize, &'a Chapter)| {
        let is_typst = is_typst(&chapter.file);
        let list = chapter.abolished.as_ref().map(|list| abolished(annex, list));
        let text = text(files, &chapter.file).filter(|_| !is_typst);
        let text = list.as_deref().or(text);
        ChapterText {
            id: format!("{kind}-{}", at + 1),
            title: &chapter.title,
            text: text.map(|text| blocks(text, is_strict)).unwrap_or_default(),
            file: is_typst.then_some(&chapter.file),
        }
    };
    chapters.iter().enumerate().map(chapter).collect()
}

/// The list of what is abolished as a text: under the caption of each table an item for each entry,
/// and its reason.
fn abolished(annex: &Annex, list: &AbolishedList) -> String {
    let words = &annex.schema.words;
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut lines = Vec::new();
    let all = annex.abolished();
    for table in Table::ALL {
        let mut own = all.iter().filter(|(of, _)| *of == table).peekable();
        if own.peek().is_some() {
            lines.push(match table {
                Table::Measures => words.measures_caption.clone(),
                Table::Kpis => words.kpis_caption.clone(),
            });
        }
        for (_, entry) in own {
            let owner = [&entry.department.value, &entry.section.value].map(|name| one_line(name));
            let owner: Vec<&str> =
                owner.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
            let owner = match owner.as_slice() {
                [] => String::new(),
                names => format!("（{}）", names.join("　")),
            };
            let column = list.reason.as_deref().and_then(|key| annex.schema.column(table, key));
            let reason = column.map_or("", |column| entry.value(&column.key).value.as_str());
            let reason = match one_line(reason) {
                reason if reason.is_empty() => reason,
                reason => format!("　理由：{reason}"),
            };
            lines.push(format!("・{}　{}{owner}{reason}", entry.id, one_line(&entry.name.value)));
        }
    }
    if lines.is_empty() {
        let (measure, kpi) = (&words.measure, &words.kpi);
        lines.push(format!("廃止した{measure}と{kpi}はありません。"));
    }
    lines.join("\n")
}

/// The line of the settings with a chapter, by its id.
pub fn line(edition: &Edition, id: &str) -> Option<u32> {
    let of = |kind: &str, chapters: &[Chapter]| {
        let number: usize = id.strip_prefix(kind)?.parse().ok()?;
        chapters.get(number.checked_sub(1)?).map(|chapter| chapter.line)
    };
    of("chapter-", &edition.chapters).or_else(|| of("appendix-", &edition.appendices))
}

/// What is wrong with the files of chapters; `near` knows a file of a similar name.
pub fn check(
    edition: &Edition,
    settings: &str,
    files: &[(String, Vec<u8>)],
    near: impl Fn(&str) -> Option<String>,
) -> Vec<Finding> {
    let chapters = edition.chapters.iter().chain(&edition.appendices);
    let unreadable = chapters.filter(|chapter| !chapter.file.is_empty()).filter_map(|chapter| {
        let file = &chapter.file;
        let is_there = files.iter().any(|(name, _)| name == file);
        let message = if !is_there {
            say!(
                "章のファイル「{file}」を読めない",
                "{file}, the file of a chapter, cannot be read"
            )
        } else if text(files, file).is_none() {
            say!(
                "章のファイル「{file}」が UTF-8 でない",
                "{file}, the file of a chapter, is not UTF-8"
            )
        } else {
            return None;
        };
        let finding = UNREADABLE.finding(message).at(&Place::line(settings, chapter.line));
        let finding = finding.found(file);
        Some(match near(file).filter(|_| !is_there) {
            Some(near) => finding.expected(near),
            None => finding,
        })
    });
    unreadable.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chapter_that_cannot_be_read_is_told_with_its_line() {
        let chapter = |file: &str, line| Chapter {
            title: "趣旨".into(),
            file: file.into(),
            abolished: None,
            line,
        };
        let edition = Edition {
            chapters: vec![chapter("intro.txt", 5), chapter("old.txt", 8)],
            appendices: vec![chapter("terms.txt", 11), chapter("map.typ", 14)],
            ..Edition::default()
        };
        let files = [
            ("intro.txt".to_owned(), "\u{feff}一つ目\n・二つ目".as_bytes().to_vec()),
            ("old.txt".to_owned(), vec![0x83, 0x65]),
            ("map.typ".to_owned(), b"= A".to_vec()),
        ];
        let near = |name: &str| Some(name.replace("terms", "term"));
        let findings = check(&edition, "edition.toml", &files, near);
        let told: Vec<String> = findings
            .iter()
            .map(|f| format!("{} {:?} {} {}", f.rule.code, f.place.line, f.found, f.expected))
            .collect();
        assert_eq!(told, ["T913 Some(8) old.txt ", "T913 Some(11) terms.txt term.txt"]);
        let texts = texts(&edition.chapters, "chapter", &Annex::default(), &files, true);
        assert_eq!((texts[0].id.as_str(), texts[0].text.len()), ("chapter-1", 2));
        assert_eq!(line(&edition, "appendix-2"), Some(14));
        assert_eq!(line(&edition, "1(2)"), None);
    }
}
