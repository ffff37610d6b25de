//! Outlines of one to four levels, which the settings declare: the place of every entry, and where
//! it is listed again, comes back from forms, workbook and `annex.json` as it went in.

use bessatsu::compare::compare;
use bessatsu::edition::{self, Edition};
use bessatsu::forms;
use bessatsu::intake;
use bessatsu::model::{Annex, Entry, HeadingId, Sourced, Status};
use bessatsu::publish::{data, workbook};
use bessatsu::report::Report;
use bessatsu::schema::Table;
use proptest::prelude::*;

use crate::support::held::hold;
use crate::support::{model, pipeline};

/// What an edition says beside its levels and headings.
const REST: &str = r#"
[edition]
id = "R7"
year = 2025
title = "あおば県の計画"
period = "2025~2027"
first-year = 2025
last-year = 2027
volume = "別冊"
version = "第1版"
chapter = "施策と指標"

[kpi]
note = "※現状値はR6年度の数値"

[colophon]
issued = "令和7年3月"
issuer = "あおば県"

[form]
as-of = "令和7年1月"
version = "1"

[[kpi-column]]
key = "reposts"

[[department]]
name = "総務部"
sections = ["人事課"]

[[department]]
name = "企画部"
sections = ["統計課"]

[[department]]
name = "警察本部"
sections = ["情報管理課"]

[[joint]]
department = "警察本部・企画部"
section = "情報管理課・統計課"
owners = [
    { department = "警察本部", section = "情報管理課" },
    { department = "企画部", section = "統計課" },
]
"#;

const WORDS: [&str; 4] = ["編", "章", "節", "項"];
/// How headings are numbered: those of the topmost level, and those below it.
const TOP_NUMBERS: [&str; 4] = ["{1}", "第{1}編", "{Ⅰ}", ""];
const NUMBERS: [&str; 6] = ["{up}({1})", "({1})", "{up}-{1}", "{①}", "{A}", ""];
const NOUNS: [&str; 12] = [
    "暮らし",
    "学び",
    "働く場",
    "備え",
    "支え合い",
    "清流",
    "森林",
    "海辺",
    "道路",
    "橋りょう",
    "祭り",
    "観光",
];
const ENDS: [&str; 4] = ["", "を守る", "をつくる", "を広げる"];

/// A level as it is drawn. The lowest always holds something.
#[derive(Clone, Debug)]
struct DrawnLevel {
    number: usize,
    holds: [bool; 2],
    column: bool,
    /// Headings under each of those above.
    headings: usize,
    /// The number of the first.
    first: usize,
}

/// Levels, whether titles come again under other headings, and where entries stand and are listed
/// again: numbers that choose among the headings.
#[derive(Clone, Debug)]
struct Drawn {
    levels: Vec<DrawnLevel>,
    titles_repeat: bool,
    places: Vec<usize>,
    reposts: Vec<Option<usize>>,
}

fn drawn() -> impl Strategy<Value = Drawn> {
    let level = (0..12usize, any::<[bool; 2]>(), any::<bool>(), 1..4usize, 1..3usize).prop_map(
        |(number, holds, column, headings, first)| DrawnLevel {
            number,
            holds,
            column,
            headings,
            first,
        },
    );
    let places = prop::collection::vec(0..1000usize, 4..9);
    let reposts = prop::collection::vec(prop::option::of(0..1000usize), 3..7);
    (prop::collection::vec(level, 1..5), any::<bool>(), places, reposts).prop_map(
        |(levels, titles_repeat, places, reposts)| Drawn { levels, titles_repeat, places, reposts },
    )
}

impl Drawn {
    fn settings(&self) -> String {
        let mut text = REST.to_owned();
        let lowest = self.levels.len() - 1;
        for (at, level) in self.levels.iter().enumerate() {
            let patterns = if at == 0 { &TOP_NUMBERS[..] } else { &NUMBERS[..] };
            let number = patterns[level.number % patterns.len()];
            let [measures, kpis] = level.holds.map(|holds| holds || at == lowest);
            text += &format!(
                "[[level]]\nword = \"{}\"\nnumber = \"{number}\"\nmeasures = {measures}\nkpis = {kpis}\ncolumn = {}\n",
                WORDS[at], level.column
            );
        }
        let mut count = 0;
        self.headings(0, &mut count, &mut text);
        text
    }

    fn headings(&self, depth: usize, count: &mut usize, text: &mut String) {
        let Some(level) = self.levels.get(depth) else { return };
        let noun = |at: usize| NOUNS[at % NOUNS.len()];
        for number in level.first..level.first + level.headings {
            let title = if self.titles_repeat && depth > 0 {
                format!("{}{}", noun(number), ENDS[depth])
            } else {
                format!("{}{}その{count}", noun(*count), ENDS[depth])
            };
            *count += 1;
            let table = vec!["heading"; depth + 1].join(".");
            *text += &format!("[[{table}]]\nnumber = {number}\ntitle = \"{title}\"\n");
            self.headings(depth + 1, count, text);
        }
    }

    /// The small annex with its entries in the drawn places.
    fn filled(&self, edition: &Edition) -> Annex {
        let (_, mut annex) = model::small_annex();
        annex.schema = edition.schema.clone();
        annex.levels = edition.levels.clone();
        let holding = |table: Table| -> Vec<HeadingId> {
            let headings = edition.headings().into_iter().map(|heading| heading.id);
            headings.filter(|id| edition.levels.hold(id.depth(), table)).collect()
        };
        let [measures, kpis] = Table::ALL.map(holding);
        let put = |number: usize, ids: &[HeadingId], entry: &mut Entry| {
            let own = ids[self.places[number % self.places.len()] % ids.len()];
            entry.category = Sourced { value: Some(own), ..Sourced::default() };
            let again = self.reposts[number % self.reposts.len()].map(|n| ids[n % ids.len()]);
            let again = again.filter(|id| *id != own);
            let sourced = |id| Sourced { value: Some(id), ..Sourced::default() };
            entry.reposts = again.map(sourced).into_iter().collect();
        };
        annex.measures.iter_mut().enumerate().for_each(|(n, m)| put(n, &measures, &mut m.entry));
        annex.kpis.iter_mut().enumerate().for_each(|(n, k)| put(n, &kpis, &mut k.entry));
        annex
    }
}

/// Where the entries stand and are listed again, in the order of their names.
fn places(annex: &Annex) -> Vec<String> {
    let of = |entry: &Entry| {
        let ids = [&entry.category].into_iter().chain(&entry.reposts);
        let ids = ids.map(|id| id.value.map_or("?".to_owned(), |id| id.to_string()));
        format!("{}: {}", entry.name.value, ids.collect::<Vec<_>>().join(" "))
    };
    let measures = annex.measures.iter().filter(|m| m.status.value != Status::Abolished);
    let mut all: Vec<String> = measures.map(|measure| of(&measure.entry)).collect();
    all.extend(annex.kpis.iter().map(|kpi| of(&kpi.entry)));
    all.sort();
    all
}

fn through_forms(edition: &Edition, annex: &Annex) -> Annex {
    let forms = edition.departments.iter().map(|department| {
        let bytes = forms::write(edition, department, Some(annex)).into_bytes().expect("a form");
        (forms::file_name(edition, department), bytes)
    });
    pipeline::read(edition, None, forms).annex
}

fn holds(drawn: &Drawn) -> Result<(), TestCaseError> {
    let (edition, findings) = edition::parse("edition.toml", &drawn.settings());
    prop_assert!(findings.is_empty(), "{findings:#?}");
    let edition = edition.expect("settings");
    let filled = drawn.filled(&edition);
    let read = through_forms(&edition, &filled);
    prop_assert_eq!(places(&read), places(&filled), "forms");
    prop_assert_eq!(places(&through_forms(&edition, &read)), places(&read), "forms again");
    let listed = read.kpi_listings().filter(|(heading, kpi)| kpi.is_repost(heading)).count();
    let reposts: usize = read.kpis.iter().map(|kpi| kpi.reposts.len()).sum();
    prop_assert_eq!(listed, reposts, "every repost is listed");
    let text = data::json(&read).into_text().expect("JSON");
    prop_assert_eq!(data::read(&text).expect("a model"), read.clone(), "annex.json");
    let report = Report::new(&edition, Vec::new());
    let book = workbook::render(&edition, &read, &report).into_bytes().expect("a workbook");
    let (back, receipt) = intake::consolidated("annex.xlsx", &book);
    prop_assert!(receipt.observations.is_empty(), "{:?}", receipt.observations);
    let back = back.expect("an annex");
    prop_assert_eq!(places(&back), places(&read), "workbook");
    let compared = compare(&read, &back).comparison;
    prop_assert!(compared.is_empty(), "{:#?}", compared.entries);
    Ok(())
}

#[test]
fn entries_stand_in_every_outline_where_they_stood() {
    hold(48, drawn(), |drawn| holds(&drawn));
}
