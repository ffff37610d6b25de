//! C308: one term in several spellings within the edition.

use std::collections::BTreeMap;

use crate::checks::prelude::*;

pub static RULE: Rule = Rule {
    code: "C308",
    name: "term-spelling",
    severity: Severity::Warning,
    title: "同じ語の表記が版の中でそろっていない",
    title_en: "one term in several spellings",
    what: "片仮名語の長音・小書きの有無（サーバ／サーバー、ウェブ／ウエブ）と、英字の大文字・小文字（WEB／Web）が版の中でそろっているかを見ます。英字の違いは固有の名称のことが多いので、情報として知らせます。",
    why: "部局ごとの表記の違いがそのまま並ぶと、別の物のように読めます。",
    mend: "多いほうの表記にそろえてください。固有名詞であればそのままで構いません。",
    example: "「サーバ」と「サーバー」→「サーバー」",
    source: "公用文作成の考え方（令和4年1月）Ⅰ－3 外来語の表記",
};

/// Where each spelling of a term stands.
type Spellings<'a> = BTreeMap<&'a str, Vec<&'a Cell<'a>>>;

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    let cells = &context.cells;
    let mut terms: BTreeMap<String, Spellings> = BTreeMap::new();
    for cell in cells {
        for word in words(cell.text) {
            for key in keys(word) {
                terms.entry(key).or_default().entry(word).or_default().push(cell);
            }
        }
    }
    // A term may be found by two keys; its rarer spellings are named once.
    let mut named: Vec<&str> = Vec::new();
    for spellings in terms.values().filter(|spellings| spellings.len() > 1) {
        let Some(usual) = usual(spellings) else { continue };
        for (&word, places) in spellings.iter().filter(|(word, _)| **word != usual) {
            if !named.contains(&word) {
                named.push(word);
                findings.extend(by_department(word, usual, places));
            }
        }
    }
}

/// The commonest spelling; of equals the longer, which keeps the long vowel.
fn usual<'a>(spellings: &Spellings<'a>) -> Option<&'a str> {
    spellings.iter().max_by_key(|(word, places)| (places.len(), word.len())).map(|(word, _)| *word)
}

/// A finding for each form that has the spelling, with all its cells.
fn by_department(word: &str, usual: &str, places: &[&Cell]) -> Vec<Finding> {
    let latin = word.chars().all(|c| c.is_ascii_alphanumeric());
    let mut findings: Vec<Finding> = Vec::new();
    for cell in places {
        match findings.iter_mut().find(|f| f.place.file == cell.at.file) {
            Some(first) if first.place == *cell.at || first.more.contains(cell.at) => {}
            Some(first) => first.more.push(cell.at.clone()),
            None => {
                let message = say!(
                    "「{word}」は版の中で「{usual}」と書かれることが多い",
                    "“{word}” is mostly spelt “{usual}” in this edition"
                );
                let finding = cell.finding(&RULE, message).found(word).expected(usual);
                let severity = if latin { Severity::Info } else { RULE.severity };
                findings.push(finding.within(cell.text).severity(severity));
            }
        }
    }
    findings
}

/// Runs of katakana and runs of ASCII letters and digits.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let kind = |c: char| match c {
        'ァ'..='ヴ' | 'ー' => 1,
        c if c.is_ascii_alphanumeric() => 2,
        _ => 0,
    };
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            let first = kind(rest.chars().next()?);
            let end = rest.find(|c| kind(c) != first).unwrap_or(rest.len());
            let (word, after) = rest.split_at(end);
            rest = after;
            if first != 0 {
                return Some(word);
            }
        }
    })
}

/// What spellings of one term have in common. Short words have none: サバ is no サーバ.
fn keys(word: &str) -> Vec<String> {
    if word.is_ascii() {
        let letters = word.chars().any(|c| c.is_ascii_alphabetic());
        return if letters && word.len() > 1 { vec![word.to_lowercase()] } else { Vec::new() };
    }
    let mut keys = Vec::new();
    let trimmed = word.trim_end_matches('ー');
    if trimmed.chars().count() >= 3 {
        keys.push(format!("{trimmed}ー"));
    }
    let folded: String = word.chars().filter(|&c| c != 'ー').map(large).collect();
    if folded.chars().count() >= 4 {
        keys.push(folded);
    }
    keys
}

/// The large form of a small kana.
fn large(c: char) -> char {
    match c {
        'ァ' => 'ア',
        'ィ' => 'イ',
        'ゥ' => 'ウ',
        'ェ' => 'エ',
        'ォ' => 'オ',
        'ッ' => 'ツ',
        'ャ' => 'ヤ',
        'ュ' => 'ユ',
        'ョ' => 'ヨ',
        'ヮ' => 'ワ',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn the_rarer_spelling_is_found_once_with_its_further_cells() {
        finds(
            &RULE,
            r"
            概要                             | 目的
            サーバーを守る。サーバーを直す。 | サーバーを使う。
            サーバを置く。                   | サーバを生かす。
            ^ C308 [見: サーバ] [期: サーバー] | +
            ",
        );
    }

    #[test]
    fn small_kana_and_inner_long_vowels_count_too_and_case_is_an_info() {
        finds(
            &RULE,
            r"
            概要
            ソフトウェアとインターフェースとWEBを使う。
            ^ C308 [見: ソフトウェア]
            ^ C308 info [見: WEB]
            ソフトウエアとインタフェースとWebを使う。
            ^ C308 [見: インタフェース]
            ",
        );
    }

    #[test]
    fn short_words_and_different_words_are_no_spellings_of_each_other() {
        silent(
            &RULE,
            r"
            概要
            サバとバーとカードを使う。
            サーバとバとコードを使う。
            ",
        );
    }
}
