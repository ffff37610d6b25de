//! What a value of the settings must be: its kind, its length, its letters.

use std::borrow::Cow;
use std::ops::Range;

use toml::Spanned;
use toml::de::DeValue;

use super::reader::Reader;
use super::rules;
use crate::text::{self, similar::nearest};

/// What a key's value must be, in the words of the findings.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Text,
    Number,
    Length { most: f64 },
    Limit,
    Decimal,
    Flag,
    Date,
    Choice(&'static [&'static str]),
    Texts,
    Table,
    Tables,
}

impl Kind {
    fn ja(self) -> Cow<'static, str> {
        let words = match self {
            Self::Choice(words) => return format!("\"{}\"", words.join("\" 又は \"")).into(),
            Self::Length { most } => return format!("0から{most}までの数値").into(),
            Self::Text => "文字列（\"…\"）",
            Self::Number => "整数",
            Self::Limit => "1以上の整数",
            Self::Decimal => "数値（1.2 など）",
            Self::Flag => "true 又は false",
            Self::Date => "日付（2026-03-01 など）",
            Self::Texts => "文字列の並び（[\"…\", \"…\"]）",
            Self::Table => "表（[…]）",
            Self::Tables => "表の並び（[[…]]）",
        };
        words.into()
    }
}

/// A list of the settings has no more items than this: a large prefecture has some hundred of
/// whatever there is.
pub(super) const MOST_ITEMS: usize = 2_000;
/// Characters of a text. The longest are the paragraphs below a heading.
const MOST_CHARACTERS: usize = 10_000;

pub(super) fn too_many(reader: &mut Reader, key: &str, value: &Spanned<DeValue>, count: usize) {
    if count > MOST_ITEMS {
        let message = say!("{key} が多すぎる", "there are too many of {key}");
        let finding = reader.fault(&rules::BEYOND, &value.span(), message);
        let (found, expected) = (format!("{count}個"), format!("{MOST_ITEMS}個まで"));
        reader.add(finding.found(found).expected(expected));
    }
}

pub(super) fn written(value: &DeValue) -> Option<String> {
    value.as_str().map(|text| text.trim().to_owned())
}

/// A text as it can be printed: what shows nothing is taken out of it, and what is beyond the
/// longest is cut off; both are told.
pub(super) fn printable(
    reader: &mut Reader,
    key: &str,
    span: &Range<usize>,
    mut text: String,
) -> String {
    if let Some(visible) = text::without_invisible(&text) {
        let message = say!(
            "{key} に目に見えない文字がある（取り除いて読む）",
            "{key} has characters that show nothing; they are taken out"
        );
        let finding = reader.fault(&rules::INVISIBLE, span, message);
        reader.add(finding.found(around_invisible(&text)).expected(first_letters(&visible)));
        text = visible;
    }
    if let Some((end, _)) = text.char_indices().nth(MOST_CHARACTERS) {
        let message = say!("{key} が長すぎる", "{key} is too long");
        let finding = reader.fault(&rules::BEYOND, span, message);
        let found = format!("{}字", text.chars().count());
        reader.add(finding.found(found).expected(format!("{MOST_CHARACTERS}字まで")));
        text.truncate(end);
    }
    text
}

/// What a finding quotes of a text.
pub(super) fn first_letters(text: &str) -> String {
    text.chars().take(40).collect()
}

/// What stands around the first character of a text that shows nothing, with its code.
fn around_invisible(text: &str) -> String {
    let at = text.chars().position(text::is_invisible).unwrap_or(0);
    let around: String = text.chars().skip(at.saturating_sub(10)).take(20).collect();
    text::escape::visible(&around)
}

pub(super) fn wrong_kind(reader: &mut Reader, key: &str, kind: Kind, value: &Spanned<DeValue>) {
    let source = reader.source(value.span());
    let found = first_letters(source.lines().next().unwrap_or_default());
    let written = value.get_ref().as_str();
    let message = match (kind, written) {
        (Kind::Choice(_), Some(written)) => {
            say!("{key} に「{written}」は選べない", "{key} may not be “{written}”")
        }
        _ => say!("{key} の値の書き方が違う", "{key} has a value of the wrong kind"),
    };
    let mut finding =
        reader.fault(&rules::WRONG_VALUE, &value.span(), message).found(found).expected(kind.ja());
    if let (Kind::Choice(words), Some(written)) = (kind, written)
        && let Some(near) = nearest(written, words.iter().copied())
    {
        finding = finding
            .help(say!("\"{near}\" の書き誤りではありませんか。", "did you mean \"{near}\"?"));
    }
    reader.add(finding);
}

pub(super) fn one_of(words: &[&'static str], value: &DeValue) -> Option<&'static str> {
    words.iter().copied().find(|word| value.as_str() == Some(word))
}

pub(super) fn integer(value: &DeValue) -> Option<i64> {
    let integer = value.as_integer()?;
    i64::from_str_radix(&integer.as_str().replace('_', ""), integer.radix()).ok()
}

pub(super) fn decimal(value: &DeValue) -> Option<f64> {
    let read: Option<f64> = match value {
        DeValue::Float(f) => f.as_str().replace('_', "").parse().ok(),
        other => integer(other).map(|i| i as f64),
    };
    read.filter(|n| n.is_finite())
}
