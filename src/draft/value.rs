//! The labels of a KPI's values: 「目標（R9）」 is the target for 2027, 「2019実績」 an actual value.

use crate::schema::FigureRole;
use crate::text::{clean, era};

/// What a label says of the values below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueLabel {
    pub sort: Sort,
    /// The fiscal year that it names.
    pub year: Option<i32>,
}

/// What a value is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    Base,
    Current,
    Actual,
    Target,
    /// A target beyond the others: 最終, 長期.
    Final,
    /// A year and nothing else.
    Bare,
}

impl Sort {
    /// What it is where no other column says more.
    pub fn role(self) -> FigureRole {
        match self {
            Self::Base => FigureRole::Base,
            Self::Current | Self::Actual => FigureRole::Actual,
            Self::Target | Self::Final => FigureRole::Target,
            Self::Bare => FigureRole::Interim,
        }
    }
}

/// Words of values, the more telling first.
const WORDS: &[(&str, Sort)] = &[
    ("最終目標", Sort::Final),
    ("長期", Sort::Final),
    ("実績", Sort::Actual),
    ("目標", Sort::Target),
    ("現状", Sort::Current),
    ("現況", Sort::Current),
    ("直近", Sort::Current),
    ("最新", Sort::Current),
    ("基準", Sort::Base),
    ("策定時", Sort::Base),
    ("初期", Sort::Base),
    ("当初", Sort::Base),
    ("開始時", Sort::Base),
];

/// Words of labels that speak of a value and have none below them.
const OTHERS: &[&str] = &[
    "達成",
    "評価",
    "考え方",
    "根拠",
    "理由",
    "状況",
    "設定",
    "進捗",
    "増減",
    "比較",
    "指標",
    "内容",
    "取組",
    "事業",
    "課題",
    "分析",
    "方法",
    "説明",
    "出典",
    "時期",
    "予算",
    "決算",
    "施策",
    "政策",
    "率",
    "差",
];

/// The most characters that a label has beside its years and remarks.
const LONGEST: usize = 10;

/// What a label says; `None` where it is none of a value.
pub fn read(label: &str) -> Option<ValueLabel> {
    let label = clean(label).text;
    let (year, rest) = without_year(&label);
    let rest: String = rest.chars().filter(|c| !c.is_whitespace()).collect();
    if OTHERS.iter().any(|word| rest.contains(word)) || rest.chars().count() > LONGEST {
        return None;
    }
    let word = WORDS.iter().find(|(word, _)| rest.contains(word)).map(|&(_, sort)| sort);
    let sort = match word {
        Some(sort) => sort,
        None if year.is_some() && is_hull(&rest) => Sort::Bare,
        None => return None,
    };
    Some(ValueLabel { sort, year })
}

/// Whether a label has nothing but what goes with a year.
fn is_hull(rest: &str) -> bool {
    let rest = rest.replace("年度", "").replace("時点", "");
    rest.chars().all(|c| matches!(c, '年' | '末' | '値' | '(' | ')' | '（' | '）' | '[' | ']'))
}

/// The first year of a text, and the text without it.
fn without_year(text: &str) -> (Option<i32>, String) {
    let mut before = '\0';
    for (at, c) in text.char_indices() {
        let is_inside = before.is_ascii_alphanumeric();
        before = c;
        if is_inside {
            continue;
        }
        if let Some((year, behind)) = text.get(at..).and_then(era::prefix)
            && !behind.starts_with(|c: char| c.is_ascii_alphanumeric())
        {
            let head = text.get(..at).unwrap_or_default();
            return (Some(year), format!("{head}{behind}"));
        }
    }
    (None, text.to_owned())
}

/// The first fiscal year that a text names.
pub fn year(text: &str) -> Option<i32> {
    without_year(&clean(text).text).0
}

/// Whether a text looks like a value: it begins with a number, a sign of one, or the year that it
/// is of, or says that there is none.
pub fn is_value(text: &str) -> bool {
    let text = clean(text).text;
    let text = text.trim_start();
    let is_none = ["-", "―", "－", "ー", "未", "なし", "前年", "現状", "調査中", "検討中"];
    text.chars().count() <= 60
        && (text.starts_with(|c: char| {
            c.is_ascii_digit()
                || matches!(c, '(' | '（' | '▲' | '△' | '約' | '+' | '①'..='⑳' | '[' | '<')
        }) || is_none.iter().any(|word| text.starts_with(word))
            || (text.chars().count() <= 12 && text.contains(|c: char| c.is_ascii_digit())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_say_what_their_values_are_and_of_which_year() {
        use Sort::*;
        for (label, expected) in [
            ("現状値", Some((Current, None))),
            ("現状値（R6）", Some((Current, Some(2024)))),
            ("目標（R9）", Some((Target, Some(2027)))),
            ("目標値\n（令和９年度）", Some((Target, Some(2027)))),
            ("R8年度目標", Some((Target, Some(2026)))),
            ("Ｒ元実績", Some((Actual, Some(2019)))),
            ("2019実績", Some((Actual, Some(2019)))),
            ("R5", Some((Bare, Some(2023)))),
            ("2022", Some((Bare, Some(2022)))),
            ("令和6年度末", Some((Bare, Some(2024)))),
            ("基準", Some((Base, None))),
            ("策定時", Some((Base, None))),
            ("年度当初値", Some((Base, None))),
            ("長期的目標値", Some((Final, None))),
            ("今年度実績値", Some((Actual, None))),
            ("目標設定の考え方", None),
            ("達成状況", None),
            ("R8予算額（千円）", None),
            ("事業目標", None),
            ("測定指標", None),
            ("備考", None),
        ] {
            let found = read(label).map(|found| (found.sort, found.year));
            assert_eq!(found, expected, "{label}");
        }
    }
}
