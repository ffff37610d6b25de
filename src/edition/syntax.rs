//! What is said where the settings are no TOML: the line, what is wrong with it in the words of
//! somebody who never heard of TOML, and how to mend it.

use std::collections::BTreeSet;

use super::reader::{MOST_FINDINGS, Reader};
use super::rules;
use super::value::first_letters;
use crate::diag::{Finding, Say};

/// The findings on settings that could not be read, one for each line.
pub(super) fn findings(reader: &Reader, errors: &[toml::de::Error]) -> Vec<Finding> {
    let single = single_headers(reader);
    if !single.is_empty() {
        // Every later header of the name is an error only because of this one.
        return single.into_iter().map(|line| single_header(reader, line)).collect();
    }
    let mut seen = BTreeSet::new();
    let faults = errors.iter().take(MOST_FINDINGS).map(|error| fault(reader, error));
    faults.filter(|finding| seen.insert(finding.place.line)).collect()
}

/// The tables that may be written again and again: a test holds them against the example.
const LISTS: [&str; 17] = [
    "accept",
    "appendix",
    "chapter",
    "department",
    "heading",
    "heading.heading",
    "heading.heading.heading",
    "joint",
    "kpi-column",
    "kpi-direction",
    "kpi-value",
    "level",
    "measure-column",
    "page-break",
    "pillar",
    "pillar.category",
    "progress.band",
];

/// The lines that say `[name]` where others say `[[name]]`, or where the name is that of a list and
/// stands there again.
fn single_headers(reader: &Reader) -> Vec<u32> {
    let headers: Vec<(u32, &str)> = (1..)
        .zip(reader.lines())
        .map(|(number, line)| (number, line.split('#').next().unwrap_or(line).trim()))
        .filter(|(_, line)| line.starts_with('[') && line.ends_with(']'))
        .collect();
    let mut meant: BTreeSet<&str> =
        headers.iter().filter_map(|(_, line)| name(line.strip_prefix("[[")?)).collect();
    let mut once = BTreeSet::new();
    for name in headers.iter().filter_map(|(_, line)| single(line)) {
        if !once.insert(name) && LISTS.contains(&name) {
            meant.insert(name);
        }
    }
    let is_meant = |name: &str| meant.contains(name);
    let meant = headers.iter().filter(|(_, line)| single(line).is_some_and(is_meant));
    meant.map(|(number, _)| *number).collect()
}

/// The name of a header with single brackets.
fn single(line: &str) -> Option<&str> {
    name(line.strip_prefix('[').filter(|rest| !rest.starts_with('['))?)
}

/// The name in what is left of a header behind its first brackets.
fn name(rest: &str) -> Option<&str> {
    Some(rest.trim_end_matches(']').trim()).filter(|name| !name.is_empty())
}

fn single_header(reader: &Reader, line: u32) -> Finding {
    let text = reader.text_of(line).trim();
    let name = text.trim_matches(['[', ']']);
    let message = say!(
        "[{name}] の角括弧が1重になっている",
        "[{name}] has single brackets where the others have two"
    );
    let help = say!(
        "何度も書ける表なので、この行の角括弧を [[{name}]] と2重にしてください。2重になっているほかの [[{name}]] は正しく書かれています。",
        "write [[{name}]] on this line; those with two brackets are right"
    );
    let finding = reader.fault_of_line(&rules::SYNTAX, line, message);
    finding.found(text).expected(format!("[[{name}]]")).help(help)
}

fn fault(reader: &Reader, error: &toml::de::Error) -> Finding {
    let span = error.span().unwrap_or(0..0);
    let (line, _) = reader.position(span.start);
    let text = reader.text_of(line);
    let (ja, help) = cause(text).unwrap_or_else(|| translate(error.message()));
    reader
        .fault(&rules::SYNTAX, &span, Say::new(ja, error.message()))
        .found(first_letters(text.trim()))
        .help(Say::new(help, "see https://toml.io for how a settings file is written"))
}

/// What is wrong, and how to mend it.
type Words = (&'static str, &'static str);

const QUOTES: Words = (
    "文字列が半角の「\"」で囲まれていない",
    "値の両端を、日本語入力を切って打つ半角の「\"」で囲んでください。",
);
const DIGITS: Words =
    ("数が全角の数字で書かれている", "数は半角の数字で書いてください（令和7年度なら 2025）。");
const YES_OR_NO: Words = (
    "「はい」「いいえ」は使えない",
    "「はい」は true、「いいえ」は false と、引用符を付けずに半角の小文字で書いてください。",
);
const BACKSLASH: Words = (
    "文字列の中に「\\」（¥）がある",
    "フォルダーの区切りは「/」で書いてください（../令和6年度版/annex.json など）。",
);

/// Characters that stand in no line outside of its texts, and what is said of them.
const SLIPS: &[(&[char], Words)] = &[
    (&['“', '”', '＂', '「', '」', '‘', '’'], QUOTES),
    (
        &['＝'],
        ("等号が全角になっている", "項目名と値の間の「＝」を、半角の「=」に直してください。"),
    ),
    (
        &['［', '］', '【', '】'],
        ("角括弧が全角になっている", "「［」「］」を、半角の「[」「]」に直してください。"),
    ),
    (
        &['，', '、'],
        ("コンマが全角になっている", "値の間の「、」や「，」を、半角の「,」に直してください。"),
    ),
    (&['＃'], ("「#」が全角になっている", "メモの先頭の「＃」を、半角の「#」に直してください。")),
    (
        &['\u{3000}'],
        ("全角の空白がある", "引用符「\"」の外の全角の空白を、消すか半角の空白に直してください。"),
    ),
    (&['０', '１', '２', '３', '４', '５', '６', '７', '８', '９'], DIGITS),
];

/// What is wrong with a line, as its characters show: the slips of a Japanese keyboard.
fn cause(line: &str) -> Option<Words> {
    let code = outside_quotes(line);
    if let Some((_, words)) = SLIPS.iter().find(|(letters, _)| code.contains(*letters)) {
        return Some(*words);
    }
    let value = code.split_once('=').map_or("", |(_, value)| value.trim());
    if ["はい", "いいえ", "有", "無", "yes", "no", "True", "False"].contains(&value) {
        Some(YES_OR_NO)
    } else if line.contains('\\') && line.contains('"') {
        Some(BACKSLASH)
    } else {
        value.starts_with(|c: char| !c.is_ascii()).then_some(QUOTES)
    }
}

/// A line without what stands between quotation marks, and without its remark.
fn outside_quotes(line: &str) -> String {
    let mut outside = String::new();
    let mut is_inside = false;
    for letter in line.chars() {
        match letter {
            '"' => is_inside = !is_inside,
            '#' if !is_inside => break,
            letter if !is_inside => outside.push(letter),
            _ => {}
        }
    }
    outside
}

/// The commonest of the TOML parser's messages in Japanese, with the remedy.
fn translate(message: &str) -> (&'static str, &'static str) {
    let table: &[(&str, &str, &str)] = &[
        ("duplicate key", "同じ項目が2回書かれている", "どちらか一方を消してください。"),
        (
            "basic string",
            "文字列が「\"」で閉じられていない",
            "値の両端を半角の「\"」で囲んでください。",
        ),
        ("key with no value", "項目に値がない", "項目名の後に「= 値」を半角で書いてください。"),
        (
            "unclosed array",
            "並びが「]」で閉じられていない",
            "並びの終わりに「]」を書いてください。",
        ),
        (
            "unclosed table",
            "表の見出しが「]」で閉じられていない",
            "見出しを「[…]」の形にしてください。",
        ),
    ];
    table.iter().find(|(needle, ..)| message.contains(needle)).map_or(
        (
            "設定ファイルの書き方に誤りがある",
            "この行の前後で、「\"」「=」「,」「[ ]」が半角で、抜けや余りなく書かれているか確かめてください。",
        ),
        |&(_, ja, help)| (ja, help),
    )
}

#[cfg(test)]
mod tests {
    use crate::edition::parse;

    const EXAMPLE: &str = include_str!("../../inputs/2025/edition.toml");

    /// The findings on the example with one place changed: what was found, and what is said.
    fn said(from: &str, to: &str) -> Vec<(String, String)> {
        assert!(EXAMPLE.contains(from), "{from}");
        let text = EXAMPLE.replacen(from, to, 1);
        let before = &text[..text.find(to).expect("the change")];
        let line = before.matches('\n').count() + 1;
        let (edition, findings) = parse("edition.toml", &text);
        assert!(edition.is_none(), "{to}");
        assert_eq!(findings[0].place.line, Some(line as u32), "{to}: {findings:#?}");
        findings.into_iter().map(|f| (f.found, format!("{} {}", f.message.ja, f.help.ja))).collect()
    }

    #[test]
    fn every_slip_of_a_japanese_keyboard_is_named_with_its_line_and_its_remedy() {
        let font = "font = \"BIZ UDPGothic\"";
        for (from, to, words) in [
            ("year = 2025", "year = ２０２５", "全角の数字"),
            ("year = 2025", "year ＝ 2025", "等号が全角"),
            ("year = 2025", "year =　2025", "全角の空白"),
            (font, "font = “BIZ UDPGothic”", "半角の「\"」"),
            (font, "font = 「BIZ UDPGothic」", "半角の「\"」"),
            (font, "font = 明朝", "半角の「\"」"),
            (font, "font = \"BIZ UDPGothic", "閉じられていない"),
            ("repeat-header = false", "repeat-header = いいえ", "false"),
            ("[layout]", "［layout］", "角括弧が全角"),
            ("[layout]", "previous = \"..\\令和6年度版\\out\"", "「/」で"),
        ] {
            let said = said(from, to);
            assert!(said[0].1.contains(words), "{to}: {said:#?}");
            assert!(!said[0].0.is_empty(), "{to}: the line is not quoted");
        }
    }

    #[test]
    fn one_header_with_single_brackets_is_told_alone_and_no_good_line_is_to_be_deleted() {
        let name = "name = \"総務部\"";
        let said = said(&format!("[[department]]\n{name}"), &format!("[department]\n{name}"));
        let [(found, message)] = said.as_slice() else { panic!("{said:#?}") };
        assert_eq!(found, "[department]");
        assert!(message.contains("[[department]] と2重に"), "{message}");
        assert!(!message.contains("消して"), "{message}");
    }

    #[test]
    fn headers_that_all_have_single_brackets_are_told_each_and_none_is_to_be_deleted() {
        let text = EXAMPLE.replace("[[department]]", "[department]");
        let (edition, findings) = parse("edition.toml", &text);
        assert!(edition.is_none());
        assert_eq!(findings.len(), EXAMPLE.matches("\n[[department]]").count());
        for finding in &findings {
            assert!(finding.help.ja.contains("[[department]] と2重に"), "{}", finding.help.ja);
        }
    }

    #[test]
    fn the_lists_are_those_of_the_example() {
        let headers = EXAMPLE.split("[[").skip(1).filter_map(|rest| rest.split_once("]]"));
        let named: std::collections::BTreeSet<&str> = headers.map(|(name, _)| name).collect();
        assert!(named.into_iter().eq(super::LISTS));
    }

    #[test]
    fn a_table_that_may_stand_once_is_not_to_get_a_second_bracket() {
        let (edition, findings) = parse("edition.toml", &format!("{EXAMPLE}\n[form]\n"));
        assert!(edition.is_none());
        let said: Vec<&str> = findings.iter().map(|finding| &*finding.help.ja).collect();
        assert!(!said.iter().any(|help| help.contains("2重")), "{said:?}");
    }
}
