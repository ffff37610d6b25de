//! The words of a finding as a department reads them: about its own form alone, and short.

use crate::diag::{Finding, Rule};
use crate::schema::Schema;
use crate::text::quotation;

/// The settings, which no department has.
const SETTINGS: &str = "edition.toml";
/// Where nothing is left to say to a department.
const OURS: &str = "事務局で確かめます。そのままで構いません。";
/// The rules whose remedy Excel refuses while a sheet is protected as that of the form is: headings,
/// ids and other locked texts, merges, filters, notes and what is drawn. Such a fault was made
/// without the protection, which may be on again.
const UNPROTECTED: [&str; 16] = [
    "E613", "E614", "E615", "E616", "E617", "E633", "E680", "F202", "F203", "F204", "F207", "F209",
    "F210", "F211", "F242", "F250",
];
const TAKE_OFF: &str = "保護されていて直せないときは、先に「校閲」－「シート保護の解除」を押してください（パスワードはありません）。";

/// What to do about a finding, as far as it is the department's to do.
pub(super) fn mend(schema: &Schema, finding: &Finding) -> String {
    let text = without_settings(&schema.mend(finding));
    mended(finding.rule, text)
}

/// The same for the further places of a finding, where they are mended otherwise.
pub(super) fn mend_at_more(finding: &Finding) -> String {
    mended(finding.rule, without_settings(&finding.help_at_more.ja))
}

fn mended(rule: &Rule, mut text: String) -> String {
    if text.is_empty() {
        return OURS.to_owned();
    }
    if UNPROTECTED.contains(&rule.code) {
        text.push_str(TAKE_OFF);
    }
    text
}

/// What is said, its quotations shortened.
pub(super) fn said(text: &str) -> String {
    shortened(&without_settings(text))
}

/// What stands or should stand in a cell.
pub(super) fn quoted(text: &str) -> String {
    quotation(&without_settings(text))
}

/// A text without what only the secretariat can do: sentences, and words in brackets, about the
/// settings.
fn without_settings(text: &str) -> String {
    let mut text = text.to_owned();
    while let Some(bracket) = bracket_about_settings(&text) {
        text.replace_range(bracket, "");
    }
    if !text.contains(SETTINGS) {
        return text;
    }
    let lines = text.split('\n').take_while(|line| !line.starts_with("[["));
    let sentences = lines.flat_map(|line| line.split_inclusive('。'));
    sentences.filter(|sentence| !sentence.contains(SETTINGS)).collect()
}

fn bracket_about_settings(text: &str) -> Option<std::ops::Range<usize>> {
    let at = text.find(SETTINGS)?;
    let from = text.get(..at)?.rfind('（')?;
    let end = from + text.get(from..)?.find('）')? + '）'.len_utf8();
    (end > at).then_some(from..end)
}

/// A text whose quotations 「…」 are cut where they are long.
fn shortened(text: &str) -> String {
    let mut short = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('「') {
        short.push_str(before);
        short.push('「');
        let Some(end) = end_of_quotation(after) else {
            rest = after;
            continue;
        };
        let (quoted, behind) = after.split_at(end);
        short.push_str(&quotation(quoted));
        rest = behind;
    }
    short.push_str(rest);
    short
}

/// Where the quotation ends that was opened before a text.
fn end_of_quotation(text: &str) -> Option<usize> {
    let mut depth = 1;
    text.char_indices().find_map(|(at, letter)| {
        match letter {
            '「' => depth += 1,
            '」' => depth -= 1,
            _ => {}
        }
        (depth == 0).then_some(at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Rule, Say, Severity};

    #[test]
    fn nothing_about_the_settings_is_said_to_a_department() {
        for (text, told) in [
            ("部局名を書いてください。", "部局名を書いてください。"),
            (
                "部局名を書いてください。新しい部局は edition.toml に加えてください。",
                "部局名を書いてください。",
            ),
            (
                "その旨を書いてください（事務局は、edition.toml に better = \"lower\" と書いてください）。",
                "その旨を書いてください。",
            ),
            ("64MB以下（edition.toml の [limits] の file）", "64MB以下"),
            ("edition.toml に次の行を加えてください。\n[[kpi-column]]\nkey = \"a\"", ""),
        ] {
            assert_eq!(without_settings(text), told);
        }
        static RULE: Rule = Rule {
            code: "K599",
            name: "test",
            severity: Severity::Error,
            title: "",
            title_en: "",
            what: "",
            why: "",
            mend: "edition.toml の joint に加えます。",
            example: "",
            source: "",
        };
        let finding = RULE.finding(Say::default());
        assert_eq!(mend(&Schema::standard(), &finding), OURS);
    }

    #[test]
    fn a_long_quotation_is_cut_and_what_is_said_of_it_stays() {
        let long = "あ".repeat(50);
        let short = format!("{}…", "あ".repeat(30));
        assert_eq!(
            said(&format!("「{long}」に取消線が付いている")),
            format!("「{short}」に取消線が付いている")
        );
        assert_eq!(said("「短い」と「語」"), "「短い」と「語」");
        assert_eq!(said("「閉じない"), "「閉じない");
        assert_eq!(quoted(&long), short);
    }
}
