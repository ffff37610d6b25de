//! `[layout]`: how the annex is typeset.

use super::reader::{Reader, Section};
use super::rules;
use super::settings::{
    AbolishedList, Chapter, FAMILIES, Layout, MOST_BINDING, MeasureLayout, PaperSize,
};

/// The words of the settings.
const PAPERS: [&str; 2] = ["A4", "A3"];
const ORIENTATIONS: [&str; 2] = ["portrait", "landscape"];
const EMPTY_HEADINGS: [&str; 2] = ["say", "omit"];
const MEASURES: [&str; 2] = ["table", "sheets"];

pub(super) fn read(s: &mut Section, r: &mut Reader) -> Layout {
    let usual = Layout::default();
    Layout {
        font: s.choice(r, "font", FAMILIES[0], &FAMILIES).to_owned(),
        repeat_header: s.flag(r, "repeat-header", usual.repeat_header),
        binding_margin: s.length(r, "binding-margin", usual.binding_margin, MOST_BINDING),
        double_sided: s.flag(r, "double-sided", usual.double_sided),
        omit_empty_headings: {
            let chosen = s.choice(r, "empty-headings", EMPTY_HEADINGS[0], &EMPTY_HEADINGS);
            chosen == EMPTY_HEADINGS[1]
        },
        strict_kinsoku: s.flag(r, "strict-kinsoku", usual.strict_kinsoku),
        paper: match s.choice(r, "paper", PAPERS[0], &PAPERS) {
            "A3" => PaperSize::A3,
            _ => PaperSize::A4,
        },
        landscape: s.choice(r, "orientation", ORIENTATIONS[0], &ORIENTATIONS) == ORIENTATIONS[1],
        measures: measures(s, r),
    }
}

fn measures(s: &mut Section, r: &mut Reader) -> MeasureLayout {
    let are_sheets = s.choice(r, "measures", MEASURES[0], &MEASURES) == MEASURES[1];
    let page_break = s.flag_if_any(r, "sheet-page-break");
    match (are_sheets, page_break) {
        (true, page_break) => MeasureLayout::Sheets { page_break: page_break.unwrap_or(true) },
        (false, None) => MeasureLayout::Table,
        (false, Some(_)) => {
            let message = say!(
                "個票のない版に sheet-page-break がある",
                "sheet-page-break is given, but there are no sheets"
            );
            let finding = s.fault(r, &rules::WRONG_VALUE, "sheet-page-break", message);
            r.add(finding.found("measures = \"table\"").expected("measures = \"sheets\""));
            MeasureLayout::Table
        }
    }
}

/// The folder of templates of one's own.
pub(super) fn templates(s: &mut Section, r: &mut Reader) -> Option<String> {
    let (folder, span) = s.text_at(r, "templates").filter(|(folder, _)| !folder.is_empty())?;
    if is_below(folder.strip_suffix('/').unwrap_or(&folder)) {
        return Some(folder);
    }
    let message =
        say!("templates の「{folder}」は使えない", "{folder} cannot be the folder of templates");
    let finding = r.fault(&rules::WRONG_VALUE, &span, message).found(folder);
    r.add(finding.expected("版のフォルダーの中のフォルダー（templates など。区切りは「/」）"));
    None
}

/// What makes a chapter the list of what is abolished.
const ABOLISHED: &str = "abolished";

/// One chapter or appendix.
pub(super) fn chapter(s: &mut Section, r: &mut Reader) -> Chapter {
    let is_list = s.choice(r, "kind", "file", &["file", ABOLISHED]) == ABOLISHED;
    let mut chapter = Chapter {
        title: s.text(r, "title"),
        file: if is_list { String::new() } else { s.text(r, "file") },
        abolished: is_list.then(|| AbolishedList { reason: s.optional(r, "reason") }),
        line: s.line(r),
    };
    for (key, is_empty) in [("title", chapter.title.is_empty()), ("file", chapter.file.is_empty())]
    {
        if is_empty && s.span_of(key).is_some() {
            let message = say!("章の {key} が空である", "{key} of a chapter is empty");
            let finding = s.fault(r, &rules::WRONG_VALUE, key, message);
            r.add(finding.found("\"\""));
        }
    }
    if !chapter.file.is_empty() && !is_inside(&chapter.file) {
        let file = &chapter.file;
        let message =
            say!("章のファイル「{file}」は使えない", "{file} cannot be the file of a chapter");
        let finding = s.fault(r, &rules::WRONG_VALUE, "file", message).found(file);
        r.add(finding.expected("版のフォルダーの中の .txt 又は .typ（chapters/intro.txt など）"));
        // Nothing outside of the folder is looked at.
        chapter.file.clear();
    }
    chapter
}

/// Whether it is a file of prose that stands in the edition's folder or below it.
fn is_inside(file: &str) -> bool {
    let is_prose = [".txt", ".typ"].iter().any(|end| file.to_ascii_lowercase().ends_with(end));
    is_prose && is_below(file)
}

/// Whether a path leads to what stands in the edition's folder or below it.
fn is_below(path: &str) -> bool {
    !path.contains(['\\', ':']) && path.split('/').all(|part| !part.is_empty() && part != "..")
}

#[cfg(test)]
mod tests {
    use crate::edition::{Layout, MeasureLayout, parse};

    const EXAMPLE: &str = include_str!("../../inputs/2025/edition.toml");

    #[test]
    fn a_page_is_as_the_settings_say() {
        let size = |keys: &str| {
            let text = EXAMPLE.replacen("[layout]", &format!("[layout]\n{keys}"), 1);
            let (edition, findings) = parse("edition.toml", &text);
            let found: Vec<String> =
                findings.iter().map(|f| format!("{} {}", f.rule.code, f.found)).collect();
            (edition.expect("it is TOML").layout.page_size(), found)
        };
        assert_eq!(size(""), ((210.0, 297.0), vec![]));
        assert_eq!(size("orientation = \"landscape\""), ((297.0, 210.0), vec![]));
        let both = "paper = \"A3\"\norientation = \"landscape\"";
        assert_eq!(size(both), ((420.0, 297.0), vec![]));
        assert_eq!(size("paper = \"B4\""), ((210.0, 297.0), vec!["S104 \"B4\"".to_owned()]));
        assert!((Layout::default().table_width() - 184.8).abs() < 1e-9);
    }

    #[test]
    fn sheets_and_chapters_are_read_and_their_faults_told() {
        let read = |keys: &str, tables: &str| {
            let text = EXAMPLE.replacen("[layout]", &format!("[layout]\n{keys}"), 1);
            let (edition, findings) = parse("edition.toml", &format!("{text}\n{tables}"));
            let found: Vec<String> =
                findings.iter().map(|f| format!("{} {}", f.rule.code, f.found)).collect();
            (edition.expect("it is TOML"), found)
        };
        let (edition, found) = read("measures = \"sheets\"", "");
        assert_eq!(edition.layout.measures, MeasureLayout::Sheets { page_break: true });
        assert!(found.is_empty(), "{found:?}");
        let (edition, _) = read("measures = \"sheets\"\nsheet-page-break = false", "");
        assert_eq!(edition.layout.measures, MeasureLayout::Sheets { page_break: false });
        let (_, found) = read("sheet-page-break = true", "");
        assert_eq!(found, ["S104 measures = \"table\""]);
        let chapter = |title: &str, file: &str| {
            format!("[[appendix]]\ntitle = \"{title}\"\nfile = \"{file}\"")
        };
        let (edition, found) = read("", &chapter("用語集", "chapters/terms.txt"));
        assert_eq!(edition.appendices.len(), 1);
        assert!(found.is_empty(), "{found:?}");
        for bad in
            ["terms.docx", "../terms.txt", "/terms.txt", "C:terms.txt", "chapters//terms.txt"]
        {
            let (_, found) = read("", &chapter("用語集", bad));
            assert_eq!(found, [format!("S104 {bad}")]);
        }
        assert_eq!(read("", &chapter("", "terms.txt")).1, ["S104 \"\""]);
    }
}
