//! The words that no department writes, as far as the forms say them: what the edition is of, its
//! years, and what its entries are called.

use super::TableDraft;
use super::columns::Columns;
use super::part::Understood;
use super::value;
use crate::intake::survey::{self, Survey};
use crate::schema::{Table, Words, foreign, keys};
use crate::text::{clean, era};

/// What the cover and the form are to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Front {
    /// `None` where the forms do not say it.
    pub title: Option<String>,
    pub as_of: Option<String>,
    /// The year that the forms are of.
    pub year: Option<i32>,
    /// The first and the last year of the plan, as far as its values name any.
    pub years: Option<(i32, i32)>,
}

/// What sheets of instructions are called behind the title of the plan.
const GUIDES: &[&str] =
    &["記入要領", "記載要領", "作成要領", "記入例", "記載例", "記入の手引", "の"];
/// Titles with one of these are of the form and not of the plan.
const FORMS: &[&str] = &["調査票", "様式", "記入", "一覧", "シート", "調書"];

pub fn front(surveys: &[Survey], as_of: Option<String>, years: &[i32]) -> Front {
    let year = year(surveys, as_of.as_deref());
    let years = years.iter().min().copied().zip(years.iter().max().copied());
    Front { title: title(surveys), as_of, year, years }
}

/// The plan that a title names.
fn plan(title: &str) -> Option<String> {
    // Before the title of a form may stand that of its plan.
    let mut title = title.split("様式").next().unwrap_or(title).trim();
    title = title.strip_suffix("別冊").unwrap_or(title).trim_end();
    for guide in GUIDES {
        title = title.strip_suffix(guide).unwrap_or(title).trim_end();
    }
    let is_of_form = FORMS.iter().any(|word| title.contains(word));
    (!title.is_empty() && !is_of_form && title.chars().count() <= 60).then(|| title.to_owned())
}

/// The first title that is of a plan.
fn title(surveys: &[Survey]) -> Option<String> {
    surveys.iter().flat_map(|survey| &survey.titles).find_map(|title| plan(title))
}

/// The year that the forms are of: that in the title, or else that of the date of reference, or the
/// last one that a column with a budget names.
pub fn year(surveys: &[Survey], as_of: Option<&str>) -> Option<i32> {
    let columns = surveys.iter().flat_map(|survey| &survey.tables).flat_map(|table| &table.columns);
    let budgets = columns.map(survey::Column::full_label).filter(|label| label.contains("予算"));
    let stated = title(surveys).as_deref().and_then(value::year);
    let stated = stated.or_else(|| as_of.and_then(fiscal_year));
    stated.or_else(|| budgets.filter_map(|label| value::year(&label)).max())
}

/// The year of a date of reference: the forms for an edition are asked for in its year, or in the
/// last months before it begins.
fn fiscal_year(as_of: &str) -> Option<i32> {
    era::prefix(clean(as_of).text.trim()).map(|(year, _)| year).or_else(|| value::year(as_of))
}

/// The most characters of a word, and of a title.
const LONGEST_WORD: usize = 20;
const LONGEST_TITLE: usize = 60;

/// What the entries of a table are called, and its sheet and title.
pub fn table(table: Table, first: &Understood, columns: Columns) -> Option<TableDraft> {
    let name = first.column(keys::NAME).and_then(|index| first.gathered.columns.get(index))?;
    // A word is part of the names of sheets, which take not every sign.
    let word = foreign::bare(&name.label).replace(['/', '[', ']', ':', '*', '?', '\\', '\''], "・");
    let is_short = word.chars().count() <= LONGEST_WORD;
    let usual = match table {
        Table::Measures => Words::default().measure,
        Table::Kpis => Words::default().kpi,
    };
    let word = if is_short { word } else { usual };
    let sheet = first.gathered.sheet.trim();
    let is_telling = foreign::names(sheet).is_some() || sheet.contains(&word);
    let title = first.gathered.names.get(1).filter(|title| !title.is_empty());
    let title =
        title.map(|title| title.find("様式").and_then(|at| title.get(at..)).unwrap_or(title));
    let title = title.map(|title| title.lines().map(str::trim).collect::<String>());
    let title = title.filter(|title| title.chars().count() <= LONGEST_TITLE);
    Some(TableDraft {
        sheet: is_telling.then(|| sheet.to_owned()),
        title,
        is_word_guessed: first.is_name_guessed || !is_short,
        word,
        columns,
    })
}
