//! `[words]`: what the edition calls its measures and KPIs, and the sheets that hold them.

use std::collections::BTreeMap;
use std::ops::Range;

use super::reader::{Reader, Section};
use super::rules;
use crate::diag::{Finding, Say};
use crate::schema::form::{FINDINGS_SHEET, GUIDE_SHEET, LISTS_SHEET, consolidated};
use crate::schema::{Levels, Schema, Table, WORDS, Word, WordUse, Words};
use crate::text::key;

/// What Excel takes in no name of a sheet; the last not at its ends, and formulas double it.
const FORBIDDEN: [char; 8] = ['[', ']', ':', '*', '?', '/', '\\', '\''];

/// The columns of the form in the words that the settings say.
pub(super) fn schema(s: &mut Section, r: &mut Reader, levels: &Levels) -> Schema {
    let mut said = BTreeMap::new();
    for word in &WORDS {
        let Some((text, span)) = s.text_at(r, word.key) else { continue };
        match fault(word, &text) {
            None => _ = said.insert(word.key, (text, span)),
            Some((message, expected)) => {
                r.add(wrong(r, &span, message).found(text).expected(expected));
            }
        }
    }
    if said.is_empty() {
        return Schema::of(Words::default(), levels);
    }
    let words = Words::following(|word| said.get(word.key).map(|(text, _)| text.clone()));
    same_sheets(&words, |key| said.get(key).map(|(_, span)| span.clone()), s, r);
    Schema::of(words, levels)
}

/// Why a word cannot be used, and what is expected.
fn fault(word: &Word, text: &str) -> Option<(Say, String)> {
    let key = word.key;
    if text.is_empty() {
        let message = say!("{key} が空である", "{key} is empty");
        return Some((message, "1文字以上の語（標準の語を使うときは、この行を消します）".into()));
    }
    let length = text.encode_utf16().count();
    if length > word.longest {
        let longest = word.longest;
        let message = say!("{key} が長すぎる（{length}字）", "{key} is too long: {length}");
        return Some((message, format!("{longest}字以内")));
    }
    if let Some(sign) = text.chars().find(|c| c.is_control()) {
        let sign = sign as u32;
        let message = say!(
            "{key} に改行などの制御文字（U+{sign:04X}）がある",
            "{key} has the control character U+{sign:04X}"
        );
        return Some((message, "1行の語".into()));
    }
    let names_a_sheet = word.used != WordUse::Text;
    if names_a_sheet && text.contains(FORBIDDEN) {
        let message = say!(
            "{key} に、シートの名前に使えない文字がある",
            "{key} has a character that no sheet's name may have"
        );
        return Some((message, "[ ] : * ? / \\ ' を含まない語".into()));
    }
    // A sheet that is called so holds examples, and is not read.
    let guides = [GUIDE_SHEET, "記入例", "記載例"];
    let guide = guides.iter().find(|guide| word.used == WordUse::Sheet && text.contains(*guide));
    guide.map(|guide| {
        let message = say!(
            "{key} に「{guide}」があると、そのシートは読まれない",
            "a sheet whose name has “{guide}” is not read ({key})"
        );
        (message, format!("「{guide}」を含まない語"))
    })
}

fn wrong(r: &Reader, span: &Range<usize>, message: Say) -> Finding {
    r.fault(&rules::WRONG_VALUE, span, message)
}

/// Tells of two sheets of one workbook that would have one name.
fn same_sheets(
    words: &Words,
    span_of: impl Fn(&str) -> Option<Range<usize>>,
    s: &Section,
    r: &mut Reader,
) {
    let form = [
        ("measures-sheet", words.measures_sheet.clone()),
        ("kpis-sheet", words.kpis_sheet.clone()),
    ];
    let annex = [
        ("measures", words.measures.clone()),
        ("kpi", words.kpi.clone()),
        ("measure", consolidated::unlisted(words, Table::Measures)),
        ("kpi", consolidated::unlisted(words, Table::Kpis)),
        ("repost", consolidated::reposts(words)),
    ];
    let fixed = |names: &[&str]| names.iter().map(|name| key(name)).collect::<Vec<_>>();
    let of_form = fixed(&[GUIDE_SHEET, LISTS_SHEET, FINDINGS_SHEET]);
    let of_annex = fixed(consolidated::FIXED);
    for (names, mut taken) in [(&form[..], of_form), (&annex[..], of_annex)] {
        for (word, name) in names {
            if taken.contains(&key(name)) {
                let message =
                    say!("シート「{name}」が2つになる", "two sheets would be called “{name}”");
                let span = span_of(word).unwrap_or_else(|| s.span());
                let finding = wrong(r, &span, message).found(name.as_str());
                r.add(finding.expected(format!("ほかのシートと異なる名前になる {word}")));
            }
            taken.push(key(name));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::edition::parse;
    use crate::schema::WORDS;

    const EXAMPLE: &str = include_str!("../../inputs/2025/edition.toml");

    /// The findings on an edition with these words, as `code:line found → help`.
    fn findings(words: &str) -> Vec<String> {
        let text = format!("{EXAMPLE}\n[words]\n{words}\n");
        let (_, findings) = parse("edition.toml", &text);
        let first = EXAMPLE.lines().count() as u32 + 2;
        let shown = findings.iter().map(|f| {
            let line = f.place.line.map(|line| line - first);
            format!("{}:{} {} {}", f.rule.code, line.unwrap_or(0), f.found, f.help.ja)
        });
        shown.map(|line| line.trim().to_owned()).collect()
    }

    #[test]
    fn every_word_is_explained_with_the_standard_one_and_read_from_there() {
        let mut lines = Vec::new();
        for word in &WORDS {
            let begin = format!("# {} = ", word.key);
            let line = EXAMPLE.lines().find(|line| line.starts_with(&begin));
            lines.push(line.unwrap_or_else(|| panic!("{} is not explained", word.key)));
        }
        let block = lines.join("\n").replace("# ", "");
        let text = format!("{EXAMPLE}\n[words]\n{block}\n");
        let (edition, findings) = parse("edition.toml", &text);
        assert_eq!(findings.len(), 0, "{findings:#?}");
        assert!(edition.is_some_and(|edition| edition.schema.is_standard()), "the standard words");
        let text = text.replace("measure = \"施策\"", "measure = \"事業\"");
        let edition = parse("edition.toml", &text).0.expect("it reads");
        assert_eq!(edition.schema.words.measure, "事業");
    }

    #[test]
    fn a_word_that_cannot_be_used_is_named_with_its_line() {
        let long = "長".repeat(32);
        for (words, expected) in [
            ("mesure = \"事業\"", "S102:1 mesure measure の書き誤りではありませんか。"),
            ("kpi = \"\"", "S104:1"),
            ("kpi = 3", "S104:1 3"),
            (&format!("measures-sheet = \"{long}\""), &format!("S104:1 {long}")),
            ("kpis-sheet = \"様式2/KPI\"", "S104:1 様式2/KPI"),
            ("kpis-sheet = \"KPI記入例\"", "S104:1 KPI記入例"),
            ("kpis-title = \"\"\"様式\n２\"\"\"", "S104:1 様式\n２"),
            // Two sheets of one workbook.
            ("measures-sheet = \"様式\"\nkpis-sheet = \"様 式\"", "S104:2 様 式"),
            ("kpi = \"個別施策\"", "S104:1 個別施策"),
            ("measures = \"表紙\"", "S104:1 表紙"),
        ] {
            assert_eq!(findings(words), [expected.to_owned()], "{words}");
        }
        let mended = "measures-sheet = \"取組一覧\"\nkpis-caption = \"■ 指標 / 目標\"";
        assert_eq!(findings(mended), Vec::<String>::new());
    }
}
