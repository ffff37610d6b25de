//! `[notation]`: the house style that the rules on the way a text is written (N4xx) hold to.

use super::reader::{Reader, Section};
use super::rules;

/// How the texts of an edition are written. The default is that of official documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notation {
    pub comma: Comma,
    /// The sign of 「3か所」; `None`: any.
    pub counter: Option<char>,
    pub thousand: Thousand,
    pub separators: Separators,
    pub brackets: Brackets,
    pub year: YearForm,
    pub full_stop: FullStop,
    /// Spellings of the edition's own.
    pub spellings: Vec<Spelling>,
}

/// The comma of Japanese text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Comma {
    /// 「、」, unless the edition mostly has 「，」.
    #[default]
    Usual,
    Only(char),
    Any,
}

/// 4,000 or 4千.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Thousand {
    #[default]
    Digits,
    Any,
}

/// 12,500 or 12500.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Separators {
    #[default]
    Comma,
    None,
    Any,
}

/// The width of brackets; those of a pair always have the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Brackets {
    #[default]
    Any,
    Full,
    Half,
}

/// The form of a fiscal year among the values of KPIs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum YearForm {
    /// The one that most of them have.
    #[default]
    Usual,
    /// R9
    Short,
    /// 令和9年度
    Long,
    /// 2027年度
    Western,
    Any,
}

/// 「。」 at the end of the texts of a column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FullStop {
    /// Where nearly all of the column end with it.
    #[default]
    Usual,
    Always,
    Never,
    Any,
}

/// A spelling that is not the edition's: 「下さい」, to be 「ください」.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spelling {
    pub wrong: String,
    pub right: String,
}

/// The signs that may stand for 「か」 in 「3か所」, the usual one first.
pub const COUNTERS: [char; 7] = ['か', 'ヶ', 'ケ', 'ヵ', 'カ', '箇', '個'];

impl Default for Notation {
    fn default() -> Self {
        Self {
            comma: Comma::default(),
            counter: Some(COUNTERS[0]),
            thousand: Thousand::default(),
            separators: Separators::default(),
            brackets: Brackets::default(),
            year: YearForm::default(),
            full_stop: FullStop::default(),
            spellings: Vec::new(),
        }
    }
}

pub(super) fn read(s: &mut Section, r: &mut Reader) -> Notation {
    Notation {
        comma: match s.choice(r, "comma", "usual", &["usual", "、", "，", "any"]) {
            "、" => Comma::Only('、'),
            "，" => Comma::Only('，'),
            "any" => Comma::Any,
            _ => Comma::Usual,
        },
        counter: match s.choice(r, "counter", "か", &["か", "ヶ", "ケ", "ヵ", "カ", "箇", "any"])
        {
            "any" => None,
            sign => sign.chars().next(),
        },
        thousand: match s.choice(r, "thousand", "digits", &["digits", "any"]) {
            "any" => Thousand::Any,
            _ => Thousand::Digits,
        },
        separators: match s.choice(r, "separators", "comma", &["comma", "none", "any"]) {
            "none" => Separators::None,
            "any" => Separators::Any,
            _ => Separators::Comma,
        },
        brackets: match s.choice(r, "brackets", "any", &["any", "full", "half"]) {
            "full" => Brackets::Full,
            "half" => Brackets::Half,
            _ => Brackets::Any,
        },
        year: match s.choice(r, "year", "usual", &["usual", "R9", "令和9年度", "2027年度", "any"])
        {
            "R9" => YearForm::Short,
            "令和9年度" => YearForm::Long,
            "2027年度" => YearForm::Western,
            "any" => YearForm::Any,
            _ => YearForm::Usual,
        },
        full_stop: match s.choice(r, "full-stop", "usual", &["usual", "always", "never", "any"]) {
            "always" => FullStop::Always,
            "never" => FullStop::Never,
            "any" => FullStop::Any,
            _ => FullStop::Usual,
        },
        spellings: s.section(r, "spelling", "[notation.spelling]", spellings),
    }
}

/// Pairs of a spelling and the one that is to stand in its place.
fn spellings(s: &mut Section, r: &mut Reader) -> Vec<Spelling> {
    let mut spellings: Vec<Spelling> = Vec::new();
    for (wrong, right, span) in s.texts_by_key(r) {
        let fault = if wrong.is_empty() || right.is_empty() {
            Some(say!("表記の組に空のものがある", "an empty spelling"))
        } else if wrong == right {
            Some(say!("「{wrong}」を同じ表記に改めることになる", "\"{wrong}\" would stay as it is"))
        } else if let Some(other) = spellings.iter().find(|other| other.wrong == right) {
            let back = &other.right;
            Some(say!(
                "「{wrong}」は「{right}」に、「{right}」は「{back}」に改めることになる",
                "\"{wrong}\" becomes \"{right}\", and \"{right}\" becomes \"{back}\""
            ))
        } else {
            None
        };
        match fault {
            Some(message) => {
                let finding = r.fault(&rules::NOTATION, &span, message);
                let found = format!("\"{wrong}\" = \"{right}\"");
                r.add(finding.found(found).expected("\"下さい\" = \"ください\""));
            }
            None => spellings.push(Spelling { wrong, right }),
        }
    }
    // Where one holds another, the longer is looked for first.
    spellings.sort_by_key(|spelling| std::cmp::Reverse(spelling.wrong.chars().count()));
    spellings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edition::{Edition, parse};

    fn read(text: &str) -> (Edition, Vec<String>) {
        let example = include_str!("../../inputs/2025/edition.toml");
        let (edition, findings) = parse(
            "edition.toml",
            &example.replacen("[notation]\n", &format!("[notation]\n{text}\n"), 1),
        );
        let said = findings.iter().map(|f| format!("{} {}", f.rule.code, f.found)).collect();
        (edition.expect("settings that can be read"), said)
    }

    #[test]
    fn what_is_not_set_is_the_style_of_official_documents() {
        let (edition, said) = read("");
        assert_eq!((edition.notation, said), (Notation::default(), Vec::new()));
    }

    #[test]
    fn every_key_is_read() {
        let (edition, said) = read(
            "comma = \"，\"\ncounter = \"箇\"\nthousand = \"any\"\nseparators = \"none\"\nbrackets = \"full\"\nyear = \"令和9年度\"\nfull-stop = \"never\"\nspelling = { \"下さい\" = \"ください\", \"下さいませ\" = \"くださいませ\" }",
        );
        assert_eq!(said, Vec::<String>::new());
        let spelling =
            |wrong: &str, right: &str| Spelling { wrong: wrong.into(), right: right.into() };
        let expected = Notation {
            comma: Comma::Only('，'),
            counter: Some('箇'),
            thousand: Thousand::Any,
            separators: Separators::None,
            brackets: Brackets::Full,
            year: YearForm::Long,
            full_stop: FullStop::Never,
            spellings: vec![spelling("下さいませ", "くださいませ"), spelling("下さい", "ください")],
        };
        assert_eq!(edition.notation, expected);
    }

    #[test]
    fn a_style_that_is_none_is_a_finding() {
        for (text, expected) in [
            ("comma = \",\"", "S104 \",\""),
            ("year = \"R8\"", "S104 \"R8\""),
            ("spelling = { \"サーバ\" = \"サーバ\" }", "S261 \"サーバ\" = \"サーバ\""),
            ("spelling = { \"下さい\" = \"\" }", "S261 \"下さい\" = \"\""),
            ("spelling = { \"下さい\" = 1 }", "S104 1"),
            (
                "spelling = { \"下さい\" = \"ください\", \"ください\" = \"下さい\" }",
                "S261 \"ください\" = \"下さい\"",
            ),
        ] {
            assert_eq!(read(text).1, [expected], "{text}");
        }
    }
}
