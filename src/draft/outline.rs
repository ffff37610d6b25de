//! Levels of headings and the headings themselves, from the columns in which entries name their
//! places.

use std::collections::BTreeMap;

use super::number::{self, Style};
use super::part::Understood;
use crate::schema::{Levels, Table, keys};
use crate::text::key;

/// No more levels than an edition may have.
const MOST: usize = 4;
/// Signs between the headings of a path.
const STEPS: &[char] = &['／', '/', '＞', '>', '→', '＼'];
/// What is to be looked at where headings stand between the rows of a table.
const BETWEEN: &str = "表の途中の見出しの行から。様式では、行ごとに記入する欄になります";
/// The word for a level that no form names.
const UNNAMED: &str = "区分";

/// A level of headings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Level {
    pub word: String,
    pub style: Option<Style>,
    pub printed: bool,
    pub measures: bool,
    pub kpis: bool,
    /// The forms ask for it.
    pub column: bool,
    /// Why it is to be looked at; empty where nothing was guessed.
    pub remark: &'static str,
}

/// A heading and those below it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heading {
    pub title: String,
    pub number: Option<u32>,
    /// The number as it is printed; empty where it has none.
    pub printed: String,
    style: Option<Style>,
    /// What it is known by among its neighbours.
    id: String,
    pub children: Vec<Heading>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    pub levels: Vec<Level>,
    pub headings: Vec<Heading>,
    /// The levels are those of the standard edition.
    pub is_standard: bool,
    /// The levels are the departments and their sections.
    pub is_by_owner: bool,
}

/// The outline of what the tables say.
pub fn outline(tables: &[Understood]) -> Outline {
    let words = words(tables);
    let mut outline = Outline::default();
    if words.is_empty() {
        return by_owner(tables);
    }
    outline.levels = words
        .iter()
        .map(|word| Level {
            word: word.clone(),
            printed: true,
            column: true,
            remark: if is_between(tables, word) { BETWEEN } else { "" },
            ..Level::default()
        })
        .collect();
    let mut paths = Vec::new();
    for table in tables {
        let columns = level_columns(table, &words);
        let found = paths_of(table, &columns);
        // A form that asks for a level lets its entries stand there, filled in or not.
        let asked = columns.iter().rposition(Option::is_some);
        let deepest = found.iter().map(|path| path.len().checked_sub(1)).chain([asked]);
        for deepest in deepest.flatten() {
            if let Some(level) = outline.levels.get_mut(deepest) {
                match table.table {
                    Table::Measures => level.measures = true,
                    Table::Kpis => level.kpis = true,
                }
            }
        }
        paths.extend(found);
        paths.extend(reposts_of(table, words.len()));
    }
    if let [word] = words.as_slice()
        && let Some(parted) = parted(word, &paths, tables, outline.levels.first())
    {
        return parted;
    }
    for path in &paths {
        insert(&mut outline.headings, path, "");
    }
    finish(&mut outline);
    outline
}

/// The words of the levels, from the highest: those of the table with most of them, and what others
/// have between.
fn words(tables: &[Understood]) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut sorted: Vec<&Understood> = tables.iter().collect();
    sorted.sort_by_key(|table| std::cmp::Reverse(table.levels().len()));
    for table in sorted {
        let mut at = 0;
        for index in table.levels() {
            let Some(column) = table.gathered.columns.get(index) else { continue };
            let word = column.full_label();
            match words.iter().position(|known| key(known) == key(&word)) {
                Some(known) => at = known + 1,
                None if words.len() < MOST => {
                    words.insert(at, word);
                    at += 1;
                }
                None => {}
            }
        }
    }
    words
}

/// Whether a level is of the headings between the rows of a table.
fn is_between(tables: &[Understood], word: &str) -> bool {
    let mut columns = tables.iter().flat_map(|table| &table.gathered.columns);
    columns.any(|column| column.is_between && column.label == word)
}

/// The columns of a table for the levels; `None` for a level that it does not ask for.
fn level_columns(table: &Understood, words: &[String]) -> Vec<Option<usize>> {
    let levels = table.levels();
    let find = |word: &String| {
        let label =
            |index: &usize| table.gathered.columns.get(*index).map(|c| key(&c.full_label()));
        levels.iter().copied().find(|index| label(index) == Some(key(word)))
    };
    words.iter().map(find).collect()
}

/// The path of each row's place. What stands in the first row alone counts for those below it, where
/// the level below goes on.
fn paths_of(table: &Understood, columns: &[Option<usize>]) -> Vec<Vec<String>> {
    let gathered = &table.gathered;
    let mut above: Vec<Option<String>> = vec![None; columns.len()];
    let mut paths = Vec::new();
    for row in 0..gathered.rows() {
        let own: Vec<Option<&str>> =
            columns.iter().map(|column| gathered.text(column.as_ref().copied()?, row)).collect();
        let first = own.iter().position(Option::is_some);
        let mut path = Vec::new();
        for (level, text) in own.iter().enumerate() {
            let is_left_out = first.is_none_or(|first| level < first);
            match (text, above.get(level).cloned().flatten()) {
                (Some(text), _) => path.push((*text).to_owned()),
                (None, Some(text)) if is_left_out => path.push(text),
                _ => {}
            }
        }
        for (level, slot) in above.iter_mut().enumerate() {
            if let Some(Some(text)) = own.get(level) {
                *slot = Some((*text).to_owned());
            } else if first.is_some_and(|first| level > first) {
                *slot = None;
            }
        }
        if !path.is_empty() {
            paths.push(path);
        }
    }
    paths
}

/// The paths of the headings under which entries are listed again, where they are written as paths:
/// 「Ⅱ　家族／６　環境／②　出産」.
fn reposts_of(table: &Understood, levels: usize) -> Vec<Vec<String>> {
    let Some(column) = table.column(keys::REPOSTS) else { return Vec::new() };
    let rows = 0..table.gathered.rows();
    let lines = rows.filter_map(|row| table.gathered.text(column, row)).flat_map(str::lines);
    let paths = lines.map(|line| line.split(STEPS).map(|step| step.trim().to_owned()).collect());
    // A title may have such a sign itself.
    paths.filter(|path: &Vec<String>| levels > 1 && path.len() == levels).collect()
}

fn insert(headings: &mut Vec<Heading>, path: &[String], above: &str) {
    let Some((first, rest)) = path.split_first() else { return };
    let read = number::read(first, above);
    let id = format!("{}\n{}", key(&read.title), key(&read.printed));
    let at = headings.iter().position(|heading| heading.id == id).unwrap_or_else(|| {
        let (number, style) = read.number.clone().unzip();
        headings.push(Heading {
            title: read.title.clone(),
            number,
            style,
            printed: read.printed.clone(),
            id,
            children: Vec::new(),
        });
        headings.len() - 1
    });
    if let Some(heading) = headings.get_mut(at) {
        let printed = heading.printed.clone();
        insert(&mut heading.children, rest, &printed);
    }
}

/// Gives each level the commonest style of its headings, and puts headings with numbers in their
/// order.
fn finish(outline: &mut Outline) {
    fn visit(headings: &mut [Heading], depth: usize, styles: &mut Vec<BTreeMap<Style, usize>>) {
        if headings.iter().all(|heading| heading.number.is_some()) {
            headings.sort_by_key(|heading| heading.number);
        }
        for heading in headings {
            styles.resize(styles.len().max(depth + 1), BTreeMap::new());
            if let (Some(style), Some(styles)) = (&heading.style, styles.get_mut(depth)) {
                *styles.entry(style.clone()).or_default() += 1;
            }
            visit(&mut heading.children, depth + 1, styles);
        }
    }
    let mut styles = Vec::new();
    visit(&mut outline.headings, 0, &mut styles);
    for (level, styles) in outline.levels.iter_mut().zip(styles) {
        // Of two that are as common, the first in order, so that the same forms give the same.
        let commonest = styles.into_iter().rev().max_by_key(|(_, count)| *count);
        level.style = commonest.map(|(style, _)| style);
    }
}

/// A single column with the numbers of two levels in each text: 「1(2) 子育て支援」. What the upper level
/// is called, no form says.
fn parted(
    word: &str,
    paths: &[Vec<String>],
    tables: &[Understood],
    level: Option<&Level>,
) -> Option<Outline> {
    let reposts = tables.iter().filter_map(|table| Some((table, table.column(keys::REPOSTS)?)));
    let reposts = reposts.flat_map(|(table, column)| {
        (0..table.gathered.rows()).filter_map(move |row| table.gathered.text(column, row))
    });
    let texts = paths.iter().flatten().map(String::as_str);
    let all: Vec<&str> = texts.chain(reposts.flat_map(str::lines)).collect();
    let found: Vec<(u32, u32, String)> =
        all.iter().filter_map(|text| number::compound(text)).collect();
    if found.is_empty() || found.len() * 10 < all.len() * 9 {
        return None;
    }
    let mut pillars: BTreeMap<u32, BTreeMap<u32, String>> = BTreeMap::new();
    for (upper, lower, title) in found {
        pillars.entry(upper).or_default().entry(lower).or_insert(title);
    }
    let heading = |number, title: String, printed: String, children| Heading {
        title,
        number: Some(number),
        printed,
        style: None,
        id: String::new(),
        children,
    };
    let headings = pillars.into_iter().map(|(upper, below)| {
        let children = below
            .into_iter()
            .map(|(lower, title)| heading(lower, title, format!("{upper}({lower})"), Vec::new()));
        heading(upper, format!("○○（{upper}）"), upper.to_string(), children.collect())
    });
    // An edition with one of the tables alone says so by its levels.
    let has = |wanted| tables.iter().any(|table| table.table == wanted);
    let level = level.cloned().unwrap_or_default();
    let is_usual = key(word) == key(Levels::default().word(2));
    let upper = Level {
        word: if is_usual { Levels::default().word(1).into() } else { UNNAMED.into() },
        style: Some(Style::plain()),
        printed: true,
        remark: "様式に呼び名も題名もない上の段です",
        ..Level::default()
    };
    Some(Outline {
        headings: headings.collect(),
        is_standard: is_usual && has(Table::Measures) && has(Table::Kpis),
        levels: vec![upper, Level { style: Some(Style::below()), ..level }],
        is_by_owner: false,
    })
}

/// Departments and sections as headings, where the forms know no others; else one heading that is not
/// printed.
fn by_owner(tables: &[Understood]) -> Outline {
    let mut outline = Outline { is_by_owner: true, ..Outline::default() };
    let owner = tables.iter().max_by_key(|table| {
        [keys::DEPARTMENT, keys::SECTION]
            .iter()
            .filter(|known| table.column(known).is_some())
            .count()
    });
    let columns: Vec<(&str, String)> = owner.map_or_else(Vec::new, |table| {
        let of = |known: &'static str| {
            Some((known, table.gathered.columns.get(table.column(known)?)?.full_label()))
        };
        [keys::DEPARTMENT, keys::SECTION].into_iter().filter_map(of).collect()
    });
    if columns.is_empty() {
        let level = Level {
            word: UNNAMED.into(),
            measures: tables.iter().any(|table| table.table == Table::Measures),
            kpis: tables.iter().any(|table| table.table == Table::Kpis),
            remark: "見出しに当たる欄がないため、全体を一つの（印刷しない）見出しの下に置きます",
            ..Level::default()
        };
        let heading = Heading { title: "全体".into(), ..Heading::default() };
        return Outline { levels: vec![level], headings: vec![heading], ..Outline::default() };
    }
    for (depth, (_, word)) in columns.iter().enumerate() {
        let is_last = depth + 1 == columns.len();
        outline.levels.push(Level {
            word: word.clone(),
            printed: true,
            column: true,
            measures: is_last && tables.iter().any(|table| table.table == Table::Measures),
            kpis: is_last && tables.iter().any(|table| table.table == Table::Kpis),
            remark: "見出しに当たる欄がないため、担当を見出しにします",
            ..Level::default()
        });
    }
    for table in tables {
        for row in 0..table.gathered.rows() {
            let text = |known: &&str| table.gathered.text(table.column(known)?, row);
            let path = columns.iter().filter_map(|(known, _)| text(known).map(str::to_owned));
            insert(&mut outline.headings, &path.collect::<Vec<_>>(), "");
        }
    }
    outline
}

impl Heading {
    /// What the settings say of the number: one that is not the next after `before`, and a print that
    /// is not the level's.
    pub fn stated(
        &self,
        before: u32,
        style: Option<&Style>,
        above: &str,
    ) -> (Option<u32>, Option<&str>) {
        let own = self.number.filter(|&number| number != before + 1);
        let usual = match (style, self.number) {
            (Some(style), Some(number)) => style.print(number, above),
            (Some(style), None) => style.print(before + 1, above),
            (None, _) => Some(String::new()),
        };
        (own, (usual.as_deref() != Some(self.printed.as_str())).then_some(self.printed.as_str()))
    }
}
