//! N407: fiscal years in several forms among the values of KPIs.

use std::collections::BTreeMap;

use crate::checks::prelude::*;
use crate::edition::YearForm;
use crate::schema::Table;
use crate::text::quantity::{self, Kind, Token};

pub static RULE: Rule = Rule {
    code: "N407",
    name: "year-forms-mixed",
    severity: Severity::Info,
    title: "年度の書き方がそろっていない",
    title_en: "years in several forms",
    what: "{kpi}の{kpis.current}・{kpis.target}の中の年度が、R9、令和9年度、2027年度のどれか1つの形にそろっているかを見ます。edition.toml の [notation] の year で、どの形にそろえるかを決められます。",
    why: "同じ表の中で年度の書き方が違うと、比べにくくなります。",
    mend: "多いほうの書き方にそろえてください。",
    example: "「80%（令和9年度）」→「80%（R9）」",
    source: "公用文作成の考え方（令和4年1月）Ⅰ－4 数字の使い方",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    let mut forms: BTreeMap<Form, Vec<&Cell>> = BTreeMap::new();
    for cell in &context.cells {
        let is_value = cell.column.is_figure();
        if cell.table == Table::Kpis
            && is_value
            && let Some(form) = form(cell.text)
        {
            forms.entry(form).or_default().push(cell);
        }
    }
    let most = || forms.iter().max_by_key(|(_, cells)| cells.len()).map(|(form, _)| *form);
    let (usual, is_set) = match context.edition.notation.year {
        YearForm::Any => return,
        YearForm::Usual => (most(), false),
        YearForm::Short => (Some(Form::Short), true),
        YearForm::Long => (Some(Form::Long), true),
        YearForm::Western => (Some(Form::Western), true),
    };
    let Some(usual) = usual else { return };
    for (_, cells) in forms.iter().filter(|(form, _)| **form != usual) {
        for cell in cells {
            let usual = usual.example();
            let (message, help) = if is_set {
                (
                    say!("年度の書き方が版の書き方と違う", "the year is not in the edition's form"),
                    say!(
                        "この版では「{usual}」のように書きます",
                        "In this edition it is written like “{usual}”"
                    ),
                )
            } else {
                (
                    say!(
                        "年度がほかの欄と違う書き方である",
                        "the year is in another form than elsewhere"
                    ),
                    say!(
                        "ほかの欄では「{usual}」のように書かれています",
                        "Elsewhere it is written like “{usual}”"
                    ),
                )
            };
            findings.push(cell.finding(&RULE, message).found(cell.text).help(help));
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Form {
    /// R9
    Short,
    /// 令和9年
    Long,
    /// 2027年
    Western,
}

impl Form {
    fn example(self) -> &'static str {
        match self {
            Self::Short => "R9",
            Self::Long => "令和9年度",
            Self::Western => "2027年度",
        }
    }
}

/// The form of the first year in a value.
fn form(text: &str) -> Option<Form> {
    if ["令和", "平成"].iter().any(|era| text.contains(era)) {
        return Some(Form::Long);
    }
    let tokens: Vec<Token> = quantity::tokens(text).collect();
    if tokens.iter().any(|token| token.kind == Kind::Date) {
        return Some(Form::Short);
    }
    let is_western = |pair: &[Token]| {
        matches!(pair, [number, unit] if number.kind == Kind::Number
            && number.text.len() == 4
            && unit.text.starts_with('年'))
    };
    tokens.windows(2).any(is_western).then_some(Form::Western)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn the_rarer_form_is_found() {
        finds(
            &RULE,
            r"
            目標値
            800人（R9）
            900人（R9）
            900人（令和9年度）
            ^ N407 [直: 「R9」のように]
            900人（2027年度）
            ^ N407
            ",
        );
    }

    #[test]
    fn an_edition_may_have_a_form_of_its_own() {
        finds(
            &RULE,
            r#"
            目標値
            800人（R9）
            ^ N407 [直: 「令和9年度」のように]
            900人（令和9年度）
            == edition.toml
            [notation]
            year = "令和9年度"
            "#,
        );
    }

    #[test]
    fn values_without_a_year_and_dates_of_the_same_era_are_right() {
        silent(
            &RULE,
            r"
            現状値           | 目標値
            850人(R6.12月末) | 900人（R9）
            未測定           | 900人（R9）
            ",
        );
    }
}
