//! The lines of the settings that somebody has still to decide: see [`crate::text::confirm`].

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::rules;
use crate::diag::{Finding, Place, Say};
use crate::text::confirm::asked;

/// A line that is to be decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unconfirmed {
    /// Where the mark stands, from 1.
    pub line: u32,
    /// What is set there: 「year = 2026」; of a text of several lines the first, and nothing where the
    /// mark stands alone.
    pub setting: String,
    /// What is asked; often nothing.
    pub asked: String,
}

/// The lines that are to be decided, from the first. Settings that are no TOML have none.
pub fn unconfirmed(text: &str) -> Vec<Unconfirmed> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let Ok(root) = DeTable::parse(text) else { return Vec::new() };
    let mut spans = Spans::default();
    spans.of_table(root.get_ref());
    let mut found = Vec::new();
    let mut start = 0;
    for (at, line) in (1..).zip(text.split_inclusive('\n')) {
        let signs = line.match_indices('#').map(|(within, _)| start + within);
        let is_text = |sign: &usize| spans.texts.iter().any(|text| text.contains(sign));
        let comments: Vec<usize> = signs.filter(|sign| !is_text(sign)).collect();
        let end = start + line.len();
        let mark = comments.iter().find_map(|&sign| Some((sign, asked(text.get(sign..end)?)?)));
        if let (Some((mark, asked)), Some(&comment)) = (mark, comments.first()) {
            // A setting that is only proposed stands in a comment itself.
            let setting = match text.get(comment..mark).map(str::trim_end) {
                Some(proposed) if !proposed.is_empty() => proposed.to_owned(),
                _ => spans.setting_before(text, start, comment),
            };
            found.push(Unconfirmed { line: at, setting, asked: asked.to_owned() });
        }
        start = end;
    }
    found
}

/// What is still to be decided, as findings.
pub(super) fn left(file: &str, text: &str) -> Vec<Finding> {
    let of = |Unconfirmed { line, setting, asked }| {
        let place = Place::line(file, line);
        let message = say!("「要確認」が残っている", "this is still to be confirmed");
        let help =
            if asked.is_empty() { Say::default() } else { say!("{asked}。", "asked: {asked}") };
        rules::UNCONFIRMED.finding(message).at(&place).found(setting).help(help)
    };
    unconfirmed(text).into_iter().map(of).collect()
}

/// Where texts stand, in which a 「#」 begins no comment, and where settings do.
#[derive(Default)]
struct Spans {
    texts: Vec<Range<usize>>,
    /// From the key to the end of the value.
    settings: Vec<Range<usize>>,
}

impl Spans {
    fn of_table(&mut self, table: &DeTable) {
        for (key, value) in table.iter() {
            self.texts.push(key.span());
            self.settings.push(key.span().start..value.span().end);
            self.of_value(value);
        }
    }

    fn of_value(&mut self, value: &Spanned<DeValue>) {
        match value.get_ref() {
            DeValue::String(_) => self.texts.push(value.span()),
            DeValue::Array(items) => items.iter().for_each(|item| self.of_value(item)),
            DeValue::Table(table) => self.of_table(table),
            _ => {}
        }
    }

    /// The setting that ends before a comment on its line, on one line.
    fn setting_before(&self, text: &str, line: usize, comment: usize) -> String {
        let ends_here = |span: &&Range<usize>| (line..=comment).contains(&span.end);
        let last = self.settings.iter().filter(ends_here).max_by_key(|span| span.end);
        let setting = last.and_then(|span| text.get(span.clone())).unwrap_or_default();
        let mut lines = setting.lines();
        let first = lines.next().unwrap_or_default().to_owned();
        if lines.next().is_some() { first + "…" } else { first }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mark_is_found_and_no_text_is_taken_for_one() {
        let text = "\
# 「要確認」と書いてあります。
[edition]
year = 2026  # 要確認：年度
title = \"計画 # 要確認：これは題名\"
introduction = \"\"\"
# 要確認：これも文章
前文\"\"\"  # 要確認：前文
\"# 要確認\" = 1

# 要確認：部局の再編
[[department]]
sections = [
    \"甲課\",  # 要確認
]
# choices = [\"A\"]  # 要確認：選択肢
form = { as-of = \"1月\", contact = \"課\" } # 要確認：基準日
";
        let found = unconfirmed(text);
        let found: Vec<_> =
            found.iter().map(|u| (u.line, u.setting.as_str(), u.asked.as_str())).collect();
        assert_eq!(
            found,
            [
                (3, "year = 2026", "年度"),
                (7, "introduction = \"\"\"…", "前文"),
                (10, "", "部局の再編"),
                (13, "", ""),
                (15, "# choices = [\"A\"]", "選択肢"),
                (16, "form = { as-of = \"1月\", contact = \"課\" }", "基準日"),
            ]
        );
        assert_eq!(unconfirmed("[edition"), []);
    }
}
