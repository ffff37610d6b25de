//! Placeholders: how a text that is fixed in the program names what an edition has words for.
//!
//! | placeholder | is |
//! |---|---|
//! | `{measure}`, `{kpi}`, `{measures-form}` … | a word of [`Words`](super::Words) |
//! | `{measures.name}`, `{kpis.target}` | the label of a column |
//! | `{measures.overview.short}` | its label where there is little room |
//! | `{figures}`, `{figure}` | the values of a KPI, and one of them, where there are two by their labels |

use std::borrow::Cow;

use super::{Column, FigureRole, Levels, Schema, Table, keys};
use crate::diag::Finding;

impl Schema {
    /// A text with the words and labels of this edition in place of its placeholders. What is no
    /// placeholder stays as it is.
    pub fn fill<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.fill_with(text, str::to_owned)
    }

    /// The same, with the words as `escaped` writes them.
    pub fn fill_with<'t>(&self, text: &'t str, escaped: impl Fn(&str) -> String) -> Cow<'t, str> {
        if !text.contains('{') {
            return Cow::Borrowed(text);
        }
        let mut filled = String::new();
        let mut rest = text;
        while let Some((before, behind)) = rest.split_once('{') {
            filled += before;
            let named = behind.split_once('}');
            match named.and_then(|(name, after)| Some((self.placeholder(name)?, after))) {
                Some((word, after)) => {
                    filled += &escaped(&word);
                    rest = after;
                }
                None => {
                    filled.push('{');
                    rest = behind;
                }
            }
        }
        Cow::Owned(filled + rest)
    }

    /// How to mend a finding, in Japanese: for this case, else in general.
    pub fn mend<'f>(&self, finding: &'f Finding) -> Cow<'f, str> {
        if finding.help.is_empty() {
            self.fill(finding.rule.mend)
        } else {
            Cow::Borrowed(&finding.help.ja)
        }
    }

    fn placeholder(&self, name: &str) -> Option<Cow<'_, str>> {
        let Some((table, column)) = name.split_once('.') else {
            let figures = self.named_figures(name).map(Cow::Owned);
            return figures.or_else(|| self.words.placeholder(name).map(Cow::Borrowed));
        };
        let table = match table {
            "measures" => Table::Measures,
            "kpis" => Table::Kpis,
            _ => return None,
        };
        let (key, is_short) = match column.split_once('.') {
            Some((key, "short")) => (key, true),
            Some(_) => return None,
            None => (column, false),
        };
        let called = |column: &Column| match is_short {
            true => column.short().to_owned(),
            false => column.label.clone(),
        };
        let own = self.column(table, key).or_else(|| self.stand_in(key)).map(called);
        // A text may name a column that this edition does without.
        let standard = || {
            let columns = Self::of(self.words.clone(), &Levels::default());
            columns.column(table, key).map(called)
        };
        own.or_else(standard).map(Cow::Owned)
    }

    /// What a sentence calls all values of a KPI, or any one: 「現状値と目標値」, 「現状値（又は
    /// 目標値）」.
    fn named_figures(&self, name: &str) -> Option<String> {
        let labels: Vec<&str> = self.figures().map(|column| column.label.as_str()).collect();
        match (name, labels.as_slice()) {
            ("figures", [one, other]) => Some(format!("{one}と{other}")),
            ("figure", [one, other]) => Some(format!("{one}（又は{other}）")),
            ("figures" | "figure", [one]) => Some((*one).to_owned()),
            ("figures" | "figure", _) => Some("値".to_owned()),
            _ => None,
        }
    }

    /// The column that stands for what a value of the standard edition says of a KPI.
    fn stand_in(&self, key: &str) -> Option<&Column> {
        match key {
            keys::CURRENT => self.figure(FigureRole::Actual).or(self.figure(FigureRole::Base)),
            keys::TARGET => self.figure(FigureRole::Target),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Words;

    #[test]
    fn placeholders_are_replaced_and_all_else_stays() {
        let schema = Schema::standard();
        for (text, expected) in [
            ("{measure}と{kpi}", "施策とKPI"),
            (
                "「{kpis.measures}」は{measures-form}の{measures.name}",
                "「対象施策」は様式１の施策名",
            ),
            ("{measures.overview.short}", "概要"),
            ("{figures}、{figure}", "現状値と目標値、現状値（又は目標値）"),
            ("owners = [{ department = \"…\" }]", "owners = [{ department = \"…\" }]"),
            (
                "{nothing} {measures.nothing} {kpis.name.long} {",
                "{nothing} {measures.nothing} {kpis.name.long} {",
            ),
        ] {
            assert_eq!(schema.fill(text), expected);
        }
    }

    #[test]
    fn a_column_that_an_edition_does_without_has_its_usual_label_in_the_words_of_the_edition() {
        let measure = |word: &crate::schema::Word| (word.key == "measure").then(|| "事業".into());
        let mut schema = Schema::of(Words::following(measure), &Levels::default());
        assert_eq!(schema.fill("{kpis.measures}"), "対象事業");
        schema.kpis.retain(|column| !column.is(keys::MEASURES));
        assert_eq!(schema.fill("{kpis.measures}"), "対象事業");
        let target = schema.kpis.iter_mut().find(|column| column.is(keys::TARGET));
        let target = target.expect("it has one");
        (target.key, target.label) = ("t2025".into(), "R7目標".into());
        assert_eq!(schema.fill("{kpis.target}"), "R7目標");
    }
}
